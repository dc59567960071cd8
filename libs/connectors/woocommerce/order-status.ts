import type { Big, OrderFulfillmentStatus, OrderStatus, PaymentStatus } from '#contract';
import type { WooOrder } from './order-schema.js';

interface Meaning {
  readonly order: OrderStatus;
  readonly payment: PaymentStatus;
  /** Where a date of payment is known; without this the date changes nothing. */
  readonly paid?: PaymentStatus;
  readonly fulfillment: OrderFulfillmentStatus;
  /** Where a date of completion is known: the order was completed before it came into this status. */
  readonly completed?: OrderFulfillmentStatus;
}

// `processing` without a date of payment is cash on delivery.
const UNPAID: Meaning = { order: 'open', payment: 'pending', paid: 'paid', fulfillment: 'unfulfilled' };
// A cart at the checkout (recorded: orders-list-asc-by-modified).
const DRAFT: Meaning = { order: 'other', payment: 'pending', fulfillment: 'unfulfilled' };
const CUSTOM: Meaning = {
  order: 'other',
  payment: 'other',
  paid: 'paid',
  fulfillment: 'other',
  completed: 'fulfilled',
};

const MEANINGS: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
  ['pending', UNPAID],
  ['processing', UNPAID],
  ['on-hold', UNPAID],
  ['failed', { order: 'open', payment: 'failed', fulfillment: 'unfulfilled' }],
  ['completed', { order: 'completed', payment: 'paid', fulfillment: 'fulfilled' }],
  ['refunded', { order: 'completed', payment: 'refunded', fulfillment: 'unfulfilled', completed: 'fulfilled' }],
  ['cancelled', { order: 'canceled', payment: 'voided', fulfillment: 'unfulfilled' }],
  ['trash', { ...CUSTOM, order: 'archived' }],
  ['checkout-draft', DRAFT],
  ['auto-draft', DRAFT],
]);

// The feature "fulfillments" of WooCommerce 10.1 and later keeps its own word.
const BY_FULFILLMENT_META: ReadonlyMap<unknown, OrderFulfillmentStatus> = new Map([
  ['fulfilled', 'fulfilled'],
  ['partially_fulfilled', 'partiallyFulfilled'],
  ['unfulfilled', 'unfulfilled'],
]);

/** Which of the platform's statuses are meant by one of ours; `other` has no exact counterpart and is no filter. */
export const STATUS_FILTER: ReadonlyMap<OrderStatus, readonly string[]> = new Map(
  (['open', 'completed', 'canceled', 'archived'] as const).map((status) => [
    status,
    [...MEANINGS].flatMap(([word, { order }]) => (order === status ? [word] : [])),
  ]),
);

/** The three statuses of an order. What was given back counts more than the word: an order keeps its word on a refund. */
export function statusesOf(
  order: WooOrder,
  total: Big,
  refunded: Big,
): { status: OrderStatus; paymentStatus: PaymentStatus; fulfillmentStatus: OrderFulfillmentStatus } {
  const meaning = MEANINGS.get(order.status) ?? CUSTOM;
  const given = refunded.gt(0) ? (refunded.gte(total) ? 'refunded' : 'partiallyRefunded') : undefined;
  const meta = order.meta_data.find(({ key }) => key === '_fulfillment_status')?.value;
  return {
    status: meaning.order,
    paymentStatus: given ?? (order.date_paid_gmt === null ? undefined : meaning.paid) ?? meaning.payment,
    fulfillmentStatus:
      BY_FULFILLMENT_META.get(meta) ??
      (order.date_completed_gmt === null ? undefined : meaning.completed) ??
      meaning.fulfillment,
  };
}

/** Whether it waits for something to be done: several of the platform's words mean that. */
export function isOpen({ status }: WooOrder): boolean {
  return MEANINGS.get(status)?.order === 'open';
}
