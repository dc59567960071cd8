/** A value of PHP's `$_GET`: text, or an array when the name carried brackets. */
export type PhpValue = string | PhpArray;

/** PHP's ordered array with text keys; a Map, because an object would reorder numeric keys. */
export type PhpArray = Map<string, PhpValue>;

// PHP's max_input_vars and max_input_nesting_level; more than that is dropped.
const MAX_VARIABLES = 1000;
const MAX_DEPTH = 64;

/**
 * Reads a query string or form body as PHP does: `+` is a space, a repeated name is replaced, `a[]=1&a[k]=2` becomes an
 * array, malformed percent signs stay as they are. The signature check needs these rules
 * (fact sheet, section 3.1: array syntax becomes nested and is flattened again as `a[0]`).
 */
export function parsePhpQuery(query: string): PhpArray {
  const result: PhpArray = new Map();
  for (const pair of query.split('&').slice(0, MAX_VARIABLES)) {
    const equals = pair.indexOf('=');
    const name = decodePhp(equals === -1 ? pair : pair.slice(0, equals)).replace(/^ +/, '');
    const value = equals === -1 ? '' : decodePhp(pair.slice(equals + 1));
    if (name !== '' && !name.startsWith('[')) assign(result, keysOf(name), value);
  }
  return result;
}

/** The value as text; an array or an absent name gives undefined. */
export function textOf(query: PhpArray, name: string): string | undefined {
  const value = query.get(name);
  return typeof value === 'string' ? value : undefined;
}

/** PHP's `urldecode`. */
export function decodePhp(text: string): string {
  return text
    .replaceAll('+', ' ')
    .replace(/(?:%[0-9a-f]{2})+/gi, (bytes) => Buffer.from(bytes.replaceAll('%', ''), 'hex').toString('utf8'));
}

/** PHP's `rawurlencode`: RFC 3986, `~` unreserved. */
export function encodeRfc3986(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, percent);
}

/** PHP's `urlencode`: a space becomes `+`, `~` is escaped. */
export function encodePhp(text: string): string {
  return encodeURIComponent(text)
    .replace(/[!'()*~]/g, percent)
    .replaceAll('%20', '+');
}

/**
 * Builds a query string the way WordPress does for its paging links, recorded: captures/woocommerce/orders-list-*.json:
 * brackets escaped, the equals sign of an empty value left out.
 */
export function buildPhpQuery(query: PhpArray): string {
  return flatten(query, '')
    .map(([name, value]) => (value === '' ? name : `${name}=${encodePhp(value)}`))
    .join('&');
}

function flatten(values: PhpArray, prefix: string): [string, string][] {
  return [...values].flatMap(([key, value]): [string, string][] => {
    const name = prefix === '' ? encodePhp(key) : `${prefix}%5B${encodePhp(key)}%5D`;
    return typeof value === 'string' ? [[name, value]] : flatten(value, name);
  });
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

/** `a[b][]` -> `a`, `b`, `` ; dots and spaces of the first part become underscores. */
function keysOf(name: string): string[] {
  const bracket = name.indexOf('[');
  const head = (bracket === -1 ? name : name.slice(0, bracket)).replace(/[. ]/g, '_');
  if (bracket === -1 || !name.includes(']', bracket)) return [head];
  const inner = [...name.slice(bracket).matchAll(/\[([^\]]*)\]/g)].map((match) => match[1] ?? '');
  return [head, ...inner.slice(0, MAX_DEPTH)];
}

function assign(target: PhpArray, keys: readonly string[], value: string): void {
  const [first = '', ...rest] = keys;
  const key = first === '' ? nextIndex(target) : first;
  if (rest.length === 0) {
    target.set(key, value);
    return;
  }
  const present = target.get(key);
  const inner: PhpArray = present instanceof Map ? present : new Map<string, PhpValue>();
  target.set(key, inner);
  assign(inner, rest, value);
}

function nextIndex(target: PhpArray): string {
  const indexes = [...target.keys()].filter((key) => /^\d{1,9}$/.test(key)).map(Number);
  return String(indexes.length === 0 ? 0 : Math.max(...indexes) + 1);
}
