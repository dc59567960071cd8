// Beyond, nothing is gained, and powers grow out of numbers.
const MOST_DOUBLINGS = 10;

/** A first wait, doubled with each try up to the longest; in whatever unit the two are. */
export function doubled(first: number, tries: number, longest: number): number {
  return Math.min(first * 2 ** Math.min(tries, MOST_DOUBLINGS), longest);
}
