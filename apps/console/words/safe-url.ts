/** No address anybody has: what is relative stays on it, and what leaves it names somebody else. */
const NOWHERE = 'https://nowhere.invalid';

/**
 * An address out of data, if it may be linked to: http or https, or a path of our own. Everything else is text.
 * @returns null for `javascript:`, `data:` and whatever else is no place
 */
export function safeHref(text: string): string | null {
  const url = parse(text);
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') return null;
  if (url.origin !== NOWHERE) return /^https?:\/\//i.test(text.trim()) ? url.href : null;
  return text.startsWith('/') ? `${url.pathname}${url.search}${url.hash}` : null;
}

/** A place in the console out of data, such as `/stores/sto_...`; null for whatever leads elsewhere. */
export function ownPlace(text: string): string | null {
  const href = safeHref(text);
  return href?.startsWith('/') === true && !href.startsWith('//') ? href : null;
}

/** A path with ids in it that are data: each is one segment, whatever it holds. */
export function pathOf(strings: TemplateStringsArray, ...ids: readonly string[]): string {
  // A segment of dots alone would be resolved away, escaped or not.
  const segment = (id: string) => (/^\.{1,2}$/.test(id) ? '-' : encodeURIComponent(id));
  return strings.reduce((path, part, index) => `${path}${segment(ids[index - 1] ?? '')}${part}`);
}

/** Query text of what is set; empty values are left out. */
export function queryOf(values: Readonly<Record<string, string | undefined>>): string {
  const set = Object.entries(values).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return set.length === 0 ? '' : `?${new URLSearchParams(set).toString()}`;
}

function parse(text: string): URL | undefined {
  return URL.canParse(text, NOWHERE) ? new URL(text, NOWHERE) : undefined;
}
