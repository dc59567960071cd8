import type { SeedRows } from '../state/rows.js';

/** The tables an order's rows go to. */
export type OrderTables = Required<
  Pick<
    SeedRows,
    | 'orders'
    | 'lines'
    | 'orderAddresses'
    | 'orderCoupons'
    | 'orderTaxes'
    | 'fees'
    | 'messages'
    | 'shipments'
    | 'transactions'
    | 'refunds'
  >
>;
