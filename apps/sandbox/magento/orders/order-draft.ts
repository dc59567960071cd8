import type { Row } from '../row.js';
import type { StoreView } from '../shop.js';

export interface DraftLine {
  /** What is bought: a simple or virtual product, or one child of a configurable one. */
  readonly sku: string;
  readonly quantity: number;
}

/** An order as it is placed, before anything is worked out. */
export interface OrderDraft {
  readonly view: StoreView;
  /** Absent for a guest. */
  readonly customer?: Row;
  readonly email: string;
  readonly billing: Row;
  /** Absent where nothing is shipped. */
  readonly shipping?: Row;
  readonly lines: readonly DraftLine[];
  /** Percent off every line, by a rule. */
  readonly discount?: { readonly percent: number; readonly code: string; readonly ruleId: number };
  readonly payment: string;
  /** Seconds since 1970. */
  readonly at: number;
}
