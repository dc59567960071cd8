import type { Budget, ErrorMap, PlatformProblem } from '#contract';
import { z } from 'zod';

const words = z.string().optional().catch(undefined);
const status = z.union([z.int().min(400).max(599), z.string().regex(/^[45]\d\d$/)]).transform(Number);

/** One entry of a V2 error: `[{"status": 404, "message": "…", "details": {…}}]`. An order has a status too, but a word. */
const v2 = z.object({ status, message: z.string(), details: z.record(z.string(), z.unknown()).optional().catch({}) });

/** V3: `{"status": 422, "title": "…", "type": "…", "errors": {"name": "…"}, "detail": "…"}` (docs: API status codes). */
const v3 = z.object({
  status: status.refine((number) => number >= 400),
  // Left out by what the catalogue documents for 409 and 422 (products_catalog.v3.yml).
  title: words,
  detail: words,
  errors: z.unknown().optional(),
});

/** Refunds are refused inside of `data` (orders.v3.yml). */
const wrapped = z.object({ data: z.array(v3).min(1) });

/** Some of a batch failed: `{"data": […], "errors": […], "meta": {"total", "success", "failed"}}`, status 207. */
const partial = z.object({
  // One error alone where a product or categories are written (category-trees_catalog.v3.yml).
  errors: z.union([z.array(z.unknown()).min(1), v3.transform((error): unknown[] => [error])]),
});

/** Of the token endpoint; what else it answers is not documented. */
const oauth = z.object({ error: z.string(), error_description: words });

function problems(body: unknown): readonly PlatformProblem[] {
  if (Array.isArray(body)) return body.flatMap(problemsOfV2);
  const old = problemsOfV2(body);
  if (old.length > 0) return old;
  const named = v3.safeParse(body).data;
  if (named !== undefined) return problemsOfV3(named);
  const inside = wrapped.safeParse(body).data;
  if (inside !== undefined) return inside.data.flatMap(problemsOfV3);
  const refused = oauth.safeParse(body).data;
  if (refused !== undefined) return [{ code: refused.error, ...said(refused.error_description) }];
  return partial.safeParse(body).data?.errors.flatMap(problemsOfPart) ?? [];
}

function problemsOfV2(entry: unknown): readonly PlatformProblem[] {
  const read = v2.safeParse(entry).data;
  if (read === undefined) return [];
  const reasons = Object.values(read.details ?? {}).filter((detail) => typeof detail === 'string');
  return [{ message: [read.message, ...reasons].join(' ') }];
}

function problemsOfV3({ title, detail, errors: fields }: z.infer<typeof v3>): readonly PlatformProblem[] {
  const first = { message: detail === undefined ? title : `${title} ${detail}` };
  return [first, ...fieldsIn(fields).map(([field, message]) => ({ message, field }))];
}

/** `errors` is an object of texts, a list of such, or a list of texts. */
function fieldsIn(errors: unknown): readonly (readonly [string, string])[] {
  if (Array.isArray(errors)) return errors.flatMap(fieldsIn);
  if (typeof errors !== 'object' || errors === null) return [];
  return Object.entries(errors).flatMap(([field, message]) =>
    typeof message === 'string' ? [[field, message] as const] : fieldsIn(message),
  );
}

/** The status of the answer says nothing of a part that failed: its own is the code. */
function problemsOfPart(entry: unknown): readonly PlatformProblem[] {
  const read = v3.safeParse(entry).data;
  if (read === undefined) return [{ message: 'a part of the request failed' }];
  return problemsOfV3(read).map((problem) => ({ ...problem, code: String(read.status) }));
}

function said(message: string | undefined): { readonly message?: string } {
  return message === undefined ? {} : { message };
}

/** Statuses: docs, API status codes; what is behind them on this platform: fact sheet, c. */
export const errors: ErrorMap = {
  problems,
  rules: [
    // Tokens do not expire: one that is refused is gone, with the app, the account or the owner.
    { status: 401, as: 'credential_revoked' },
    { status: 403, as: 'platform_scope_missing' },
    // Beside the quota some resources may only be written by so many calls at once.
    { status: 429, as: 'platform_rate_limited' },
    { status: 409, as: 'conflict' },
    // What another record has already: where customers and categories are written, that is no 409.
    { status: [207, 422], message: /\balready (?:in use|exists|taken)\b/i, as: 'conflict' },
    // The shop is being moved or changed by the platform itself: later.
    { status: 423, as: 'platform_unavailable' },
    // The plan's own number of products, locations or the like is reached.
    { status: 507, as: 'request_rejected' },
    { status: [502, 503], as: 'platform_unavailable' },
    { status: 504, as: 'platform_timeout' },
    // A wrong path or method is led to the page for people ("You are being redirected"; node-bigcommerce issues 48, 67).
    { status: [301, 302, 303, 307, 308], as: 'platform_contract_broken' },
    { status: 200, html: true, as: 'platform_contract_broken' },
    { status: [405, 406, 415], as: 'platform_contract_broken' },
    // A deletion or another write of parts: told by the part that failed.
    { status: [200, 207], code: '404', as: 'not_found' },
    { status: [200, 207], code: '409', as: 'conflict' },
    { status: 207, as: 'request_rejected' },
  ],
};

const DEFAULT_WINDOW_MS = 30_000;

/**
 * Every answer says how much of the window is left to all apps of the shop together (docs: rate limits). A refusal by
 * that quota, and one that says how long to wait, is waited for as long as it says; one that says nothing backs off.
 */
export function budget(_: unknown, header: (name: string) => string | undefined): Budget | undefined {
  const number = (name: string) => (/^\d{1,12}$/.test(header(name) ?? '') ? Number(header(name)) : undefined);
  const capacity = number('x-rate-limit-requests-quota');
  const remaining = number('x-rate-limit-requests-left');
  if (capacity === undefined || remaining === undefined || capacity === 0) return undefined;
  const windowMs = number('x-rate-limit-time-window-ms') || DEFAULT_WINDOW_MS;
  const perSecond = capacity / (windowMs / 1000);
  const waitMs = Math.max((number('x-retry-after') ?? 0) * 1000, number('x-rate-limit-time-reset-ms') ?? 0);
  // Nothing comes back before the window ends, and then all of it: a refused call has to wait for that.
  return { remaining, capacity, perSecond, ...(remaining < 1 && { needed: remaining + (waitMs / 1000) * perSecond }) };
}
