import type { FastifyRequest } from 'fastify';
import type { JsonValue } from '#contract';
import { type PhpArray, type PhpValue, parsePhpQuery } from '../../php-query.js';
import type { RestError } from '../rest-error.js';
import { type Arguments, objectArgument } from './arguments.js';

/** Recorded: captures/woocommerce/err-400-malformed-json.json. */
const MALFORMED: RestError = {
  status: 400,
  code: 'rest_invalid_json',
  message: 'Invalid JSON body passed.',
  data: { status: 400, json_error_code: 4, json_error_message: 'Syntax error' },
};

/**
 * The arguments of a request: JSON counts before a form, a form before the query. A body of any other type is ignored
 * without a word (recorded: err-json-without-content-type.json).
 */
export function readArguments(
  request: FastifyRequest,
  query: PhpArray,
): { readonly values: Arguments } | { readonly problem: RestError } {
  const fromQuery = plain(query);
  const body = Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '';
  const type = request.headers['content-type']?.toLowerCase() ?? '';
  if (type.startsWith('application/x-www-form-urlencoded')) {
    return { values: { ...fromQuery, ...plain(parsePhpQuery(body)) } };
  }
  if (!/^application\/([\w!#$&^.+-]+\+)?json\b/.test(type) || body === '') return { values: fromQuery };
  try {
    // What JSON.parse gives is JSON.
    const parsed = JSON.parse(body) as JsonValue;
    return { values: { ...fromQuery, ...objectArgument(parsed) } };
  } catch {
    return { problem: MALFORMED };
  }
}

/** PHP's arrays are lists or objects, depending on their keys. */
function plain(values: PhpArray): Arguments {
  return Object.fromEntries([...values].map(([name, value]) => [name, plainValue(value)]));
}

function plainValue(value: PhpValue): JsonValue {
  if (typeof value === 'string') return value;
  const isList = [...value.keys()].every((key, index) => key === String(index));
  return isList ? [...value.values()].map(plainValue) : plain(value);
}
