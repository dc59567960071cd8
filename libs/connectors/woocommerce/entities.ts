const NAMED: ReadonlyMap<string, string> = new Map(
  Object.entries({
    amp: '&',
    lt: '<',
    gt: '>',
    quot: '"',
    apos: "'",
    nbsp: '\u00A0',
    ndash: '–',
    mdash: '—',
    hellip: '…',
    rarr: '→',
    euro: '€',
    pound: '£',
  }),
);

/**
 * Names of products, shops and methods are stored as HTML text: `Tom &amp; Co`, `&#36;`. Decoded once, in one pass, so that
 * `&amp;lt;` stays `&lt;`; what is no known entity stays as it is.
 */
export function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,8}));/gi, (entity, decimal, hexadecimal, name) => {
    if (typeof name === 'string') return NAMED.get(name) ?? entity;
    return character(typeof decimal === 'string' ? Number(decimal) : parseInt(String(hexadecimal), 16)) ?? entity;
  });
}

function character(code: number): string | undefined {
  const isText =
    code >= 0x20 && code <= 0x10ffff && !(code >= 0x7f && code <= 0x9f) && !(code >= 0xd800 && code <= 0xdfff);
  return isText ? String.fromCodePoint(code) : undefined;
}
