import type { StoreRow } from '#persistence';

/** Where a merchant's step leads: to the platform's own screen, or straight to a connected store. */
export type Begun =
  | { readonly kind: 'redirect'; readonly url: URL }
  | { readonly kind: 'connected'; readonly store: StoreRow }
  /** An earlier step, such as the first of two clicks, is at work on it. */
  | { readonly kind: 'pending' };
