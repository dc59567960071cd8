import type { z } from 'zod';

/** What a merchant may call a shop, who wants to run a script in an operator's browser, or at least to confuse them. */
export const HOSTILE = [
  '<img src=x onerror="window.pwned=1">',
  '"><script>window.pwned=1</script>',
  'javascript:window.pwned=1',
  '</title><svg onload=window.pwned=1>',
  "'-window.pwned-'{{constructor.constructor('window.pwned=1')()}}${window.pwned=1}",
  '\u202Egnp.exe\u0000\u0007\u200B',
  '//evil.invalid/\\evil',
  'W'.repeat(200),
  '../../ops/session?x=#',
] as const;

type Leaf = readonly (string | number)[];

function leavesOf(value: unknown, path: Leaf = []): readonly Leaf[] {
  if (typeof value === 'string') return [path];
  if (Array.isArray(value)) return value.flatMap((part, index) => leavesOf(part, [...path, index]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) => leavesOf(part, [...path, name]));
}

function withLeaves(value: unknown, change: (path: Leaf, text: string) => string, path: Leaf = []): unknown {
  if (typeof value === 'string') return change(path, value);
  if (Array.isArray(value)) return value.map((part, index) => withLeaves(part, change, [...path, index]));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, withLeaves(part, change, [...path, name])]),
  );
}

/** Items of one list are alike. */
const placeOf = (path: Leaf): string => path.map((part) => (typeof part === 'number' ? '*' : part)).join('.');

/**
 * An answer in which every text is hostile that its schema leaves free: no list of fields that somebody forgets to add to.
 * @returns the answer, and the places that were made hostile
 */
export function makeHostile(
  schema: z.ZodType,
  body: unknown,
): { readonly body: unknown; readonly places: readonly string[] } {
  const places = [...new Set(leavesOf(body).map(placeOf))];
  const hostile: string[] = [];
  let current = body;
  for (const [number, place] of places.entries()) {
    const tried = withLeaves(current, (path, text) => {
      if (placeOf(path) !== place) return text;
      const row = path.find((part) => typeof part === 'number') ?? 0;
      // What is shown as a link is tried as one.
      const isAddress = /^https?:\/\//.test(text);
      const word = isAddress ? 'javascript:window.pwned=1' : HOSTILE[(number + row) % HOSTILE.length];
      // Lists tell their rows apart by texts such as ids.
      return `${word ?? ''} ${path.filter((part) => typeof part === 'number').join('.')}`;
    });
    if (!schema.safeParse(tried).success) continue;
    current = tried;
    hostile.push(place);
  }
  return { body: current, places: hostile };
}
