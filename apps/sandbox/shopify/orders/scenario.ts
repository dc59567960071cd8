/** Which kind of goods a scenario's lines are. */
export type Goods = 'mixed' | 'giftCard' | 'digital' | 'manyLines' | 'free';

/** A discount a scenario applies. */
export type DiscountName =
  | 'codePercent'
  | 'codeFixed'
  | 'automaticLine'
  | 'manualLine'
  | 'codeLine'
  | 'freeShipping'
  | 'shippingFixed'
  | 'everything';

/** How an order is paid. */
export type PaymentName =
  | 'card'
  | 'capturedLater'
  | 'partlyCaptured'
  | 'authorized'
  | 'expired'
  | 'voided'
  | 'pending'
  | 'unpaid'
  | 'deposit'
  | 'giftCardAndCard'
  | 'declinedThenPaid'
  | 'cash';

/** How far the parcels are. */
export type FulfillmentName =
  | 'none'
  | 'partial'
  | 'full'
  | 'delivered'
  | 'twoParcels'
  | 'cancelledThenSent'
  | 'failed'
  | 'hold'
  | 'scheduled'
  | 'inProgress';

/** What was given back. */
export type RefundName =
  'oneUnit' | 'everything' | 'goodwill' | 'shippingOnly' | 'lineAndShipping' | 'twice' | 'restockOnly' | 'damaged';

/** A kind of order, told by what happened to it. */
export interface Scenario {
  readonly goods?: Goods;
  readonly discounts?: readonly DiscountName[];
  readonly payment: PaymentName;
  readonly fulfillment?: FulfillmentName;
  readonly refund?: RefundName;
  readonly shipping?: 'standard' | 'express' | 'none' | 'pickup' | 'changed';
  readonly cancelled?: 'CUSTOMER' | 'FRAUD' | 'INVENTORY' | 'DECLINED' | 'STAFF' | 'OTHER';
  readonly closed?: boolean;
  readonly edit?: 'removed' | 'added';
  readonly guest?: boolean;
  readonly test?: boolean;
  readonly tip?: boolean;
  readonly duties?: boolean;
  readonly fee?: boolean;
  readonly deletedProduct?: boolean;
  readonly attributes?: boolean;
  readonly presentment?: boolean;
  readonly otherAddress?: boolean;
  readonly taxExempt?: boolean;
  readonly note?: string;
  readonly tags?: readonly string[];
  readonly sourceName?: string;
}

/** Every kind of order there is, in the order they come up. Each shop goes through the list again and again. */
export const SCENARIOS: readonly Scenario[] = [
  { payment: 'card', fulfillment: 'delivered', closed: true },
  { payment: 'card', discounts: ['codePercent'], tags: ['Newsletter', 'VIP'] },
  { payment: 'pending', note: 'Bitte nach 18 Uhr klingeln – danke! 🙏' },
  { payment: 'authorized', discounts: ['automaticLine'], fulfillment: 'hold' },
  { payment: 'partlyCaptured', fulfillment: 'partial' },
  { payment: 'deposit', edit: 'added', tags: ['edited'] },
  { payment: 'card', fulfillment: 'full', refund: 'oneUnit' },
  { payment: 'card', fulfillment: 'full', refund: 'everything', closed: true },
  { payment: 'voided', cancelled: 'CUSTOMER', note: 'Ordered twice by mistake.' },
  { payment: 'card', fulfillment: 'twoParcels', discounts: ['freeShipping'], presentment: true },
  { payment: 'card', tip: true, guest: true, shipping: 'pickup', sourceName: 'pos' },
  { payment: 'card', duties: true, presentment: true, fulfillment: 'full', shipping: 'express' },
  { payment: 'giftCardAndCard', discounts: ['codeFixed'], fulfillment: 'partial' },
  { payment: 'card', goods: 'giftCard', shipping: 'none', fulfillment: 'full', otherAddress: true },
  { payment: 'card', deletedProduct: true, fulfillment: 'full', refund: 'goodwill' },
  { payment: 'capturedLater', attributes: true, fulfillment: 'inProgress', tags: ['gift', 'wrap: yes'] },
  { payment: 'card', goods: 'manyLines', discounts: ['codePercent'], fulfillment: 'partial' },
  { payment: 'card', test: true, note: 'TEST – do not ship' },
  { payment: 'card', edit: 'removed', refund: 'oneUnit', presentment: true },
  { payment: 'unpaid', edit: 'removed', discounts: ['manualLine'] },
  { payment: 'card', refund: 'everything', cancelled: 'FRAUD', closed: true },
  { payment: 'card', discounts: ['everything'], fulfillment: 'cancelledThenSent', presentment: true },
  { payment: 'expired', discounts: ['codeLine'] },
  { payment: 'declinedThenPaid', guest: true, fulfillment: 'full', otherAddress: true },
  { payment: 'card', goods: 'free', shipping: 'none', note: 'Free sample' },
  { payment: 'card', goods: 'digital', shipping: 'none', fulfillment: 'full', closed: true },
  { payment: 'cash', shipping: 'pickup', sourceName: 'pos', fulfillment: 'full', closed: true },
  { payment: 'card', refund: 'twice', fulfillment: 'full', discounts: ['codePercent', 'shippingFixed'] },
  { payment: 'pending', cancelled: 'INVENTORY', refund: 'restockOnly' },
  { payment: 'card', fee: true, fulfillment: 'failed', shipping: 'changed', taxExempt: true },
  { payment: 'card', refund: 'lineAndShipping', fulfillment: 'full', presentment: true },
  { payment: 'card', refund: 'shippingOnly', fulfillment: 'delivered', tip: true, duties: true, presentment: true },
  {
    payment: 'card',
    refund: 'damaged',
    fulfillment: 'delivered',
    closed: true,
    discounts: ['automaticLine', 'codePercent'],
  },
  { payment: 'authorized', fulfillment: 'scheduled', attributes: true, shipping: 'express' },
];
