import type { RestEndpoint } from './rest-endpoint.js';
import { restError, type RestError } from './rest-error.js';
import { refused } from './rest-outcome.js';

/** What a stranger is told who wants to write. */
export const CANNOT_CREATE = restError(
  401,
  'woocommerce_rest_cannot_create',
  'Sorry, you are not allowed to create resources.',
);
export const CANNOT_EDIT = restError(
  401,
  'woocommerce_rest_cannot_edit',
  'Sorry, you are not allowed to edit this resource.',
);
export const CANNOT_DELETE = restError(
  401,
  'woocommerce_rest_cannot_delete',
  'Sorry, you are not allowed to delete this resource.',
);

/** A genuine shop would do it; the sandbox says plainly that it does not, rather than pretend. */
const NOT_SIMULATED = restError(501, 'sandbox_not_simulated', 'The sandbox does not simulate writing to a shop.');

/** Recorded: captures/woocommerce/err-400-malformed-json.json. */
const MALFORMED: RestError = {
  status: 400,
  code: 'rest_invalid_json',
  message: 'Invalid JSON body passed.',
  data: { status: 400, json_error_code: 4, json_error_message: 'Syntax error' },
};

/** A route that writes: keys, scopes and malformed bodies are answered as recorded, the write itself is not simulated. */
export function writeEndpoint(allow: string, denied: RestError): RestEndpoint<void> {
  return {
    allow,
    denied,
    read: () => undefined,
    answer: ({ body }) => refused(body !== undefined && body.length > 0 && !isJson(body) ? MALFORMED : NOT_SIMULATED),
  };
}

function isJson(body: Buffer): boolean {
  try {
    JSON.parse(body.toString('utf8'));
    return true;
  } catch {
    return false;
  }
}
