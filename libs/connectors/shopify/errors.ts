import type { Budget, ErrorMap, PlatformProblem } from '#contract';
import { z } from 'zod';

/** Our own mark for a search the platform understood only in part; its warnings come beside the data of a 200. */
const SEARCH_WARNING = 'SEARCH_WARNING';

const text = z.string().optional().catch(undefined);
const graphqlError = z
  .object({ message: text, extensions: z.object({ code: text }).optional().catch(undefined) })
  .catch({});
const anything = z.array(z.unknown()).catch([]);
const search = z.object({ warnings: anything }).catch({ warnings: [] });
const warning = z.object({ field: text, message: text }).catch({});
const answer = z.object({
  errors: z.unknown().optional(),
  error: text,
  error_description: text,
  extensions: z.object({ search: anything }).catch({ search: [] }),
});

/**
 * The problems in any body. `errors` is a list in GraphQL, a text where the request was stopped before it,
 * and fields with their messages in answers of the older API. Any of them counts, also beside data: half an answer is
 * none.
 */
function problems(body: unknown): readonly PlatformProblem[] {
  const read = answer.safeParse(body);
  if (!read.success) return [];
  const { errors, error, error_description: message, extensions } = read.data;
  return [
    ...problemsIn(errors),
    ...(error === undefined ? [] : [{ code: error, ...(message === undefined ? {} : { message }) }]),
    ...extensions.search.flatMap((each) => search.parse(each).warnings).map(searchProblem),
  ];
}

function searchProblem(given: unknown): PlatformProblem {
  const { field = 'query', message = 'not understood' } = warning.parse(given);
  return { code: SEARCH_WARNING, message: `${field}: ${message}` };
}

function problemsIn(errors: unknown): PlatformProblem[] {
  if (typeof errors === 'string') return [{ message: errors }];
  if (Array.isArray(errors)) return errors.map(problemOf);
  if (typeof errors !== 'object' || errors === null) return [];
  return Object.entries(errors).map(([field, messages]) => {
    const words = [messages].flat().filter((message) => typeof message === 'string');
    return { message: [field, ...words].join(' ') };
  });
}

function problemOf(listed: unknown): PlatformProblem {
  const { message, extensions } = graphqlError.parse(typeof listed === 'string' ? { message: listed } : listed);
  const code = extensions?.code;
  return { ...(message === undefined ? {} : { message }), ...(code === undefined ? {} : { code }) };
}

/** Statuses: https://shopify.dev/docs/api/usage/response-codes. Codes: recorded at live shops. */
export const errors: ErrorMap = {
  problems,
  rules: [
    { code: 'THROTTLED', as: 'platform_rate_limited' },
    { code: 'ACCESS_DENIED', as: 'platform_scope_missing' },
    { code: 'MAX_COST_EXCEEDED', as: 'request_rejected' },
    { code: 'INTERNAL_SERVER_ERROR', as: 'platform_unavailable' },
    { code: SEARCH_WARNING, as: 'platform_contract_broken' },
    // Our documents are fixed: if the platform cannot read one, its version has changed below us.
    ...[
      'undefinedField',
      'argumentLiteralsIncompatible',
      'missingRequiredArguments',
      'selectionMismatch',
      'PARSE_ERROR',
    ].map((code) => ({ code, as: 'platform_contract_broken' }) as const),
    { status: 401, as: 'credential_expired' },
    // Frozen for non-payment, or locked for abuse; a redirect is a shop renamed, which the merchant must connect anew.
    { status: [301, 302, 303, 307, 308, 402, 423], as: 'store_closed' },
    // A missing record is null in a 200. So this is a missing shop, which says so in a text or a page.
    { status: 404, html: true, as: 'store_closed' },
    { status: 404, message: /\S/, as: 'store_closed' },
    { status: 404, as: 'platform_contract_broken' },
    { status: 430, as: 'platform_blocked' },
  ],
};

const finite = z.number().nonnegative();
const cost = z.object({
  extensions: z.object({
    cost: z.object({
      requestedQueryCost: finite.optional(),
      throttleStatus: z.object({ maximumAvailable: finite, currentlyAvailable: finite, restoreRate: finite }),
    }),
  }),
});

/** The rate budget is in the body of every answer, of a refused one too (docs: https://shopify.dev/docs/api/usage/limits). */
export function budget(body: unknown): Budget | undefined {
  const read = cost.safeParse(body);
  if (!read.success) return undefined;
  const { requestedQueryCost: needed, throttleStatus: status } = read.data.extensions.cost;
  return {
    remaining: status.currentlyAvailable,
    capacity: status.maximumAvailable,
    perSecond: status.restoreRate,
    ...(needed === undefined ? {} : { needed }),
  };
}
