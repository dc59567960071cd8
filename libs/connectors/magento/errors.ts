import type { ErrorMap, ErrorRule, PlatformProblem } from '#contract';
import { z } from 'zod';

const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);
// By position or by name; null and lists of texts are left as they are printed.
const parameters = z
  .union([z.array(scalar.catch('')), z.record(z.string(), scalar.catch(''))])
  .nullish()
  .catch(null);

const message = z.object({ message: z.string(), parameters });
const fatal = z.object({
  messages: z.object({ error: z.array(z.object({ code: scalar.nullish().catch(null), message: z.string() })) }),
});

/**
 * A message with its placeholders filled in: `%1` is the first parameter, `%fieldName` the one of that name
 * (recorded: auth-oauth1-header-sha1, err-400-missing-required). What has no parameter stays as it is.
 */
export function filledIn({ message: text, parameters: given }: z.infer<typeof message>): string {
  const values: Readonly<Record<string, string>> = Array.isArray(given)
    ? Object.fromEntries(given.map((value, index) => [`${index + 1}`, value]))
    : (given ?? {});
  return text.replace(/%(\w+)/g, (placeholder, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? placeholder) : placeholder,
  );
}

const several = z.object({ errors: z.array(z.unknown()).nullish().catch(null) });

/** The field a message is about, in the platform's words: it says so in a parameter of that name. */
function problemOf(value: unknown): PlatformProblem[] {
  const read = message.safeParse(value).data;
  if (read === undefined) return [];
  const field = Array.isArray(read.parameters) ? undefined : read.parameters?.['fieldName'];
  return [{ message: filledIn(read), ...(field ? { field } : {}) }];
}

const DENIED = /isn't authorized to access/;

const authenticationRules: readonly ErrorRule[] = [
  // A token that is unknown or switched off, no token, and a permission that is missing are one and the same answer
  // (recorded: err-401-bad-token, err-401-no-auth, auth-integration-token-as-bearer). What tells them apart is what was
  // asked for: the shop itself is read with every connection, so who may not even do that may do nothing.
  { status: 401, message: /isn't authorized to access.*\bMagento_Backend::store\b/s, as: 'credential_revoked' },
  { status: 401, message: DENIED, as: 'platform_scope_missing' },
  { status: 403, message: DENIED, as: 'platform_scope_missing' },
  // The clocks differ by more than ten minutes, or a nonce came twice: the keys are fine (fact sheet, 2.2).
  { message: /\bnonce\b|oauth_timestamp/, as: 'platform_unavailable' },
  { status: 401, code: 'oauth_problem', as: 'credential_revoked' },
  // Signature, consumer, token: `Specified token does not exist`, `The signature is invalid. Verify and try again.` ...
  { status: 401, html: false, as: 'credential_revoked' },
  // A site before its opening has a password of its own, a firewall a page of its own.
  { status: [401, 403], as: 'platform_blocked' },
];

/** The token endpoints speak in forms: `oauth_problem=` and the reason (recorded: consent-err-verifier-reused). */
function tokenProblem(text: string): PlatformProblem[] {
  const problem = text.startsWith('oauth_problem=') ? new URLSearchParams(text).get('oauth_problem') : null;
  return problem ? [{ code: 'oauth_problem', message: problem }] : [];
}

export const errors: ErrorMap = {
  problems(body) {
    if (typeof body === 'string') return tokenProblem(body);
    const crash = fatal.safeParse(body).data;
    if (crash !== undefined) {
      return crash.messages.error.map(({ code, message: text }) => ({ message: text, ...(code ? { code } : {}) }));
    }
    const own = problemOf(body);
    if (own.length === 0) return [];
    return [...own, ...(several.safeParse(body).data?.errors ?? []).flatMap(problemOf)];
  },
  rules: [
    // Hosts and proxies answer these with pages; the platform itself limits only the checkout (fact sheet, 3).
    { status: 429, as: 'platform_rate_limited' },
    { status: [408, 504, 524], as: 'platform_timeout' },
    // At another address than the shop's own it redirects; following would carry the credential there.
    { status: [301, 302, 303, 307, 308], as: 'platform_blocked' },
    ...authenticationRules,
    // Words for what another record has already, with status 400 (recorded: customer-create-duplicate,
    // product-create-duplicate-url-key, coupon-create-duplicate).
    { message: /\balready exists\b|same (?:code|email)/i, as: 'conflict' },
    // The module that would answer is switched off; with it on, every path of ours has a route (recorded: err-404-route).
    { status: 404, message: /does not match any route/, as: 'store_closed' },
  ],
};
