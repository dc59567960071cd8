import { GatewayError } from '#contract';

const MAX_DEPTH = 32;
const MAX_ENTRIES = 10_000;
const STRING = /"(?:[^"\\]|\\.)*"/g;
const NUMBER = /-?\d[\d.eE+-]*/g;
// Half of a pair means nothing by itself and is lost on the way to UTF-8; Postgres holds no NUL.
const NOT_TEXT = /[\p{Surrogate}\0]/u;

/**
 * Reads a JSON body that can be handled without loss and without surprises.
 * @throws GatewayError `request_invalid` for what is no JSON in UTF-8, is nested deeper than 32, has more than 10,000 entries,
 * a number that JavaScript cannot hold exactly, half a surrogate pair, or a key that means something to every object
 */
export function readJsonBody(bytes: Uint8Array): unknown {
  const text = decode(bytes);
  // Before anything is built of it.
  if (hasLossyNumber(text)) throw refusal('A number cannot be held exactly; send amounts and long ids as strings.');
  const value = parse(text);
  check(value, { left: MAX_ENTRIES }, 0);
  return value;
}

function refusal(message: string): GatewayError<'request_invalid'> {
  return new GatewayError('request_invalid', message);
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw refusal('The body is not valid UTF-8.');
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // What the parser says quotes the body.
    throw refusal('The body is not valid JSON.');
  }
}

function hasLossyNumber(text: string): boolean {
  return (text.replace(STRING, '""').match(NUMBER) ?? []).some((token) => !isExact(token));
}

/** RFC 8259 section 6: integers up to 2^53, and fractions of at most 15 significant digits. */
function isExact(token: string): boolean {
  const value = Number(token);
  if (/^-?\d+$/.test(token)) return Number.isSafeInteger(value);
  const digits = token
    .replace(/e.*$/i, '')
    .replace(/[-.]/g, '')
    .replace(/^0+|0+$/g, '');
  return Number.isFinite(value) && digits.length <= 15 && (value !== 0 || digits === '');
}

function check(value: unknown, budget: { left: number }, depth: number): void {
  if (typeof value === 'string' && NOT_TEXT.test(value)) throw refusal('A text has a sign that stands for nothing.');
  if (typeof value !== 'object' || value === null) return;
  if (depth >= MAX_DEPTH) throw refusal(`The body is nested deeper than ${MAX_DEPTH}.`);
  const entries = Object.entries(value);
  budget.left -= entries.length;
  if (budget.left < 0) throw refusal(`The body has more than ${MAX_ENTRIES} entries.`);
  for (const [key, item] of entries) {
    if (key === '__proto__' || (key === 'constructor' && typeof item === 'object'))
      throw refusal('A key is not allowed.');
    if (NOT_TEXT.test(key)) throw refusal('A key has a sign that stands for nothing.');
    check(item, budget, depth + 1);
  }
}
