/** Declared beside the arithmetic that justifies it (`why`) and enforced by the kit. */
export type RateLimit =
  | {
      readonly kind: 'concurrency';
      readonly max: number;
      /** Begins with so many, goes up by one while all goes well, and is halved when the shop shows strain. */
      readonly adaptive?: { readonly start: number };
      readonly why: string;
    }
  | { readonly kind: 'cost'; readonly capacity: number; readonly perSecond: number; readonly why: string };

/** What the last answer said about the budget; it overrides the declared numbers. */
export interface Budget {
  readonly remaining: number;
  readonly capacity: number;
  readonly perSecond: number;
  /** What the refused call would have needed, where the platform says so. */
  readonly needed?: number;
}
