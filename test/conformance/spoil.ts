/** A place in a JSON value, from its root. */
type Place = readonly (string | number)[];

/** One thing wrong with a value, and where. */
export interface Spoiled {
  readonly what: string;
  readonly value: unknown;
}

const HUGE_TEXT = 'x'.repeat(50_000);

const WRONGS: readonly { readonly name: string; readonly of: (value: unknown) => unknown }[] = [
  { name: 'null', of: () => null },
  { name: 'of another type', of: otherType },
  { name: 'huge', of: huge },
];

function otherType(value: unknown): unknown {
  if (typeof value === 'string') return { unexpected: [value] };
  if (typeof value === 'number') return [value];
  if (typeof value === 'boolean') return 'perhaps';
  return Array.isArray(value) ? { 0: value[0] ?? null } : ['unexpected'];
}

function huge(value: unknown): unknown {
  if (typeof value === 'number') return 1e308;
  if (typeof value === 'string') return /^-?[\d.]+$/.test(value) ? '9'.repeat(400) : HUGE_TEXT;
  if (Array.isArray(value)) return Array.from({ length: 300 }, () => (value[0] ?? null) as unknown);
  return HUGE_TEXT;
}

/**
 * A value with one field deleted, null, of another type or huge, each in turn. Of a long value only every so many, so
 * that there are at most `most`; which ones does not depend on chance.
 */
export function* spoil(value: unknown, most: number): Generator<Spoiled> {
  const places = [...placesOf(value, [])];
  const all = places.flatMap((place) => [
    { what: `${place.join('.')} deleted`, place, wrong: undefined },
    ...WRONGS.map(({ name, of }) => ({ what: `${place.join('.')} ${name}`, place, wrong: of })),
  ]);
  // A step without a common divisor with four meets all kinds of wrong.
  const step = Math.max(1, Math.ceil(all.length / most)) | 1;
  for (let index = 0; index < all.length; index += step) {
    const { what, place, wrong } = all[index] ?? { what: '', place: [], wrong: undefined };
    yield { what, value: changed(value, place, wrong) };
  }
}

function* placesOf(value: unknown, place: Place): Generator<Place> {
  if (place.length > 0) yield place;
  if (typeof value !== 'object' || value === null) return;
  for (const [name, part] of Object.entries(value))
    yield* placesOf(part, [...place, Array.isArray(value) ? Number(name) : name]);
}

function changed(value: unknown, [first, ...rest]: Place, wrong: ((value: unknown) => unknown) | undefined): unknown {
  if (first === undefined) return wrong?.(value);
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    if (rest.length === 0 && wrong === undefined) return items.filter((_item, index) => index !== first);
    return items.map((item, index) => (index === first ? changed(item, rest, wrong) : item));
  }
  const fields = Object.entries(Object(value) as object);
  if (rest.length === 0 && wrong === undefined) return Object.fromEntries(fields.filter(([name]) => name !== first));
  return Object.fromEntries(fields.map(([name, part]) => [name, name === first ? changed(part, rest, wrong) : part]));
}
