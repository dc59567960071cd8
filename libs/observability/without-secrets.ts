import { withoutPeople } from '#contract';

/** Names under which credentials travel, without their separators and case. What a name ends in counts: `X-Shop-Token`. */
const SECRET_NAME = /(?:authorization|cookie|token|secret|password|apikey|consumerkey|clientkey|signature|hmac)$/;
const CENSORED = '[secret]';
const MAX_DEPTH = 6;
const MAX_ENTRIES = 100;
const MAX_TEXT = 4000;

// Queries hold codes, states and signatures; whatever stands before an @ is a password.
const IN_ADDRESSES: readonly [RegExp, string][] = [
  [/(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/?#"'<>@]*@/gi, `$1${CENSORED}@`],
  [/(\b[a-z][a-z0-9+.-]*:\/\/[^\s?#"'<>]*)[?#][^\s"'<>]*/gi, '$1?…'],
  // A connect link is a secret in itself, and so is one to sign in with.
  [/(\/(?:connect|ops\/link)\/(?:keys\/)?)[\w-]{20,}/g, `$1${CENSORED}`],
];
const IN_TEXT: readonly [RegExp, string][] = [
  [/\b(Basic|Bearer|OAuth)\s+[\w.~+/=-]{8,}/gi, `$1 ${CENSORED}`],
  // Keys and tokens that name what they are, such as ours: ssk_live_..., sso_...
  [/\b[a-z]{2,10}_(?:live_|test_)?[A-Za-z0-9_-]{20,}/g, CENSORED],
  [
    /((?:authorization|cookie|token|secret|password|api_?key|consumer_?key|hmac|\bcode|\bstate)["']?\s*[:=]\s*["']?)[^\s"'&,;}]{6,}/gi,
    `$1${CENSORED}`,
  ],
];

/** A text for a log line: no queries of addresses, no user names in them, nothing that looks like a credential, nobody; cut. */
export function textWithoutSecrets(text: string): string {
  const harmless = [...IN_ADDRESSES, ...IN_TEXT].reduce(
    (rest, [found, instead]) => rest.replace(found, instead),
    text.slice(0, MAX_TEXT),
  );
  return withoutPeople(harmless);
}

/**
 * Data for a log line. Only plain objects, lists and errors are walked, not too deep and not too wide; values whose name
 * says that they are secret are hidden. Of an error there is its name, message, code, stack and causes, and nothing of
 * what libraries hang on theirs (requests, headers). Whatever else is no data shows only what it is.
 */
export function withoutSecrets(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return textWithoutSecrets(value);
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (depth >= MAX_DEPTH) return '[…]';
  const deeper = (item: unknown): unknown => withoutSecrets(item, depth + 1);
  if (value instanceof Error) return deeper(partsOf(value));
  if (value instanceof URL) return textWithoutSecrets(value.href);
  if (Array.isArray(value)) return value.slice(0, MAX_ENTRIES).map(deeper);
  if (!isPlain(value)) return `[${value.constructor.name}]`;
  const entries = Object.entries(value).slice(0, MAX_ENTRIES);
  return Object.fromEntries(entries.map(([name, item]) => [name, isSecret(name, item) ? CENSORED : deeper(item)]));
}

function partsOf(error: Error): object {
  const { name: type, message, stack, cause } = error;
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  return { type, message, ...code, stack, ...(cause === undefined ? {} : { cause }) };
}

function isPlain(value: object): value is Readonly<Record<string, unknown>> {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

// How many of them there are, or that there is none, is no secret.
function isSecret(name: string, value: unknown): boolean {
  return (
    typeof value !== 'number' &&
    typeof value !== 'boolean' &&
    value != null &&
    SECRET_NAME.test(name.toLowerCase().replace(/[^a-z]/g, ''))
  );
}
