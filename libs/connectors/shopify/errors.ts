import type { Budget, ErrorMap, ErrorRule, PlatformProblem } from '#contract';
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
  data: z.unknown().optional(),
  error: text,
  error_description: text,
  extensions: z.object({ search: anything }).catch({ search: [] }),
});

const userErrors = z.array(
  z
    .object({ field: z.unknown(), message: text, code: text })
    .catch({ field: undefined, message: undefined, code: undefined }),
);

/** Of a refusal beside data that names no code, as many older mutations do not. */
const USER_ERROR = 'USER_ERROR';

/**
 * What a mutation refused, beside the data of a 200: in `userErrors`, `orderCancelUserErrors` or whatever name its payload
 * gives the list. None of it was written then, also where a record stands beside it.
 */
function refusals(data: unknown): PlatformProblem[] {
  return valuesOf(data).flatMap((payload) =>
    Object.entries(recordOf(payload))
      .filter(([name, list]) => /errors$/i.test(name) && Array.isArray(list))
      .flatMap(([, list]) => userErrors.parse(list))
      .map(({ field, message, code }) => ({
        code: code ?? USER_ERROR,
        message: message ?? 'no reason was given',
        field: fieldPath(field),
      })),
  );
}

function fieldPath(field: unknown): string {
  return [field]
    .flat()
    .filter((part) => typeof part === 'string' || typeof part === 'number')
    .join('.');
}

function valuesOf(value: unknown): readonly unknown[] {
  return Object.values(recordOf(value));
}

function recordOf(value: unknown): object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}

/**
 * The problems in any body. `errors` is a list in GraphQL, a text where the request was stopped before it,
 * and fields with their messages in answers of the older API. Any of them counts, also beside data: half an answer is
 * none.
 */
function problems(body: unknown): readonly PlatformProblem[] {
  const read = answer.safeParse(body);
  if (!read.success) return [];
  const { errors, data, error, error_description: message, extensions } = read.data;
  return [
    ...problemsIn(errors),
    ...(error === undefined ? [] : [{ code: error, ...(message === undefined ? {} : { message }) }]),
    ...refusals(data),
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

/**
 * What mutations refuse, by code (the schema's enumerations of errors) or by message (recorded at live shops), because
 * older mutations have no codes. The rest is `request_rejected`.
 */
const REFUSALS: readonly ErrorRule[] = [
  // The first attempt with this key is still at work: the same key again, later
  // (docs: https://shopify.dev/docs/api/usage/idempotent-requests).
  { code: 'IDEMPOTENCY_CONCURRENT_REQUEST', as: 'platform_unavailable' },
  { status: 200, message: /idempoten.*(concurrent|in progress|being processed)/i, as: 'platform_unavailable' },
  { code: 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH', as: 'conflict' },
  { status: 200, message: /idempoten.*(different|mismatch|another)/i, as: 'conflict' },
  { code: /^(CHANGE_FROM|COMPARE)_QUANTITY_STALE$/, as: 'conflict' },
  { code: /^(SERVICE_UNAVAILABLE|OPERATION_IN_PROGRESS|INTERNAL_ERROR)$/, as: 'platform_unavailable' },
  { status: 200, message: /operation .*already in progress/i, as: 'platform_unavailable' },
  // Trial and development shops take five new orders a minute.
  { code: 'TOO_MANY_REQUESTS', as: 'platform_rate_limited' },
  { status: 200, message: /too many (attempts|requests)/i, as: 'platform_rate_limited' },
  { code: /^(MISSING_PERMISSION|UNAUTHORIZED|NO_REFUND_PERMISSION)$/, as: 'platform_scope_missing' },
  // Protected customer data needs the platform's approval of the app.
  { status: 200, message: /app is not approved|access denied/i, as: 'platform_scope_missing' },
  { code: /(^|_)(NOT_FOUND|DOES_NOT_EXIST)$/, as: 'not_found' },
  { code: /_DOES_NOT_BELONG_TO_THE_PRODUCT$/, as: 'not_found' },
  {
    status: 200,
    message: /(does not|doesn['’]t) exist|not found|(cannot|can['’]t|could not|couldn['’]t) be found/i,
    as: 'not_found',
  },
  { code: /(^|_)(TAKEN|ALREADY_EXISTS|DUPLICATE)$/, as: 'conflict' },
  { status: 200, message: /already (been taken|in use|exists|been cancell?ed)|must be unique/i, as: 'conflict' },
];

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
    // Of the token endpoint: the refresh token is spent, the app was removed, or shop and app have no common owner.
    { status: 401, code: 'invalid_request', as: 'credential_revoked' },
    { code: /^(app_not_installed|shop_not_permitted)$/, as: 'credential_revoked' },
    { status: 401, as: 'credential_expired' },
    // Frozen for non-payment, or locked for abuse; a redirect is a shop renamed, which the merchant must connect anew.
    { status: [301, 302, 303, 307, 308, 402, 423], as: 'store_closed' },
    // A missing record is null in a 200. So this is a missing shop, which says so in a text or a page.
    { status: 404, html: true, as: 'store_closed' },
    { status: 404, message: /\S/, as: 'store_closed' },
    { status: 404, as: 'platform_contract_broken' },
    { status: 430, as: 'platform_blocked' },
    ...REFUSALS,
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
