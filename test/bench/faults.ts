/** What happens to one call of a token endpoint. */
export type Fault =
  | { readonly kind: 'slow'; readonly milliseconds: number }
  /** Redeemed, but the answer never arrives. */
  | { readonly kind: 'lost' }
  | { readonly kind: 'unavailable' };

/** Decides over the calls one after the other. */
export interface Faults {
  next(): Fault | undefined;
}

export interface FaultShares {
  /** Of all calls, from 0 to 1. */
  readonly slow: number;
  readonly slowMs: readonly [least: number, most: number];
  readonly lost: number;
  readonly unavailable: number;
}

/** Faults in these shares, the same for the same chance. */
export function createFaults({ slow, slowMs, lost, unavailable }: FaultShares, random: () => number): Faults {
  return {
    next() {
      const drawn = random();
      const [least, most] = slowMs;
      // Drawn whatever it is for, so that the tape is the same for everybody.
      const milliseconds = least + (most - least) * random();
      if (drawn < slow) return { kind: 'slow', milliseconds };
      if (drawn < slow + lost) return { kind: 'lost' };
      if (drawn < slow + lost + unavailable) return { kind: 'unavailable' };
      return undefined;
    },
  };
}
