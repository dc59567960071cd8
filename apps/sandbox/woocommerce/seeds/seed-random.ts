/** Numbers that look random and are the same on every machine, so that a seeded shop can be relied upon in a test. */
export interface SeedRandom {
  /** 0 … below - 1. */
  integer(below: number): number;
  /** @throws RangeError when there is nothing to choose from */
  pick<T>(values: readonly T[]): T;
  /** Letters and digits, as in an order key. */
  token(length: number): string;
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Mulberry32, started from a hash of the text. */
export function seedRandom(seed: string): SeedRandom {
  const letters = Array.from(seed, (letter) => letter.codePointAt(0) ?? 0);
  let state = letters.reduce((hash, letter) => Math.imul(hash ^ letter, 16_777_619), 2_166_136_261);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const integer = (below: number): number => Math.floor(next() * below);
  return {
    integer,
    pick: (values) => {
      const value = values[integer(values.length)];
      if (value === undefined) throw new RangeError('nothing to choose from');
      return value;
    },
    token: (length) => Array.from({ length }, () => LETTERS[integer(LETTERS.length)] ?? '0').join(''),
  };
}
