/** A text, or a number as it is written. */
const TOKENS = /"(?:\\.|[^"\\])*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
/** Beyond it not every whole number can be told from the next. */
const SAFE_DIGITS = 15;

/**
 * Reads JSON without losing digits: whole numbers that are too long for a number become texts. Ids of the platform's own
 * test deliveries are such (820982911946154508). Undefined for anything that is no JSON in UTF-8.
 */
export function readExactJson(bytes: Uint8Array): unknown {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return JSON.parse(text.replace(TOKENS, (token) => (isLong(token) ? `"${token}"` : token)));
  } catch {
    return undefined;
  }
}

function isLong(token: string): boolean {
  return /^-?\d+$/.test(token) && token.length > SAFE_DIGITS;
}
