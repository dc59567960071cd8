import { type Big, decimal, type OrderFulfillmentStatus, type OrderStatus, type PaymentStatus } from '#contract';
import { type Side, topLines } from './order-amounts.js';
import type { MagentoItem, MagentoOrder } from './order-schema.js';

// States are the platform's own and fixed; merchants add statuses to them (fact sheet, 6). `holded` is no slip of ours.
const STATES: ReadonlyMap<string, OrderStatus> = new Map([
  ['new', 'open'],
  ['pending_payment', 'open'],
  ['payment_review', 'open'],
  ['processing', 'open'],
  ['holded', 'open'],
  ['complete', 'completed'],
  ['closed', 'completed'],
  ['canceled', 'canceled'],
]);

// The statuses that come with the platform, for orders whose state is missing (release notes of 2.4.9).
const STATUSES: ReadonlyMap<string, string> = new Map([
  ...[...STATES.keys()].map((state) => [state, state] as const),
  ['pending', 'new'],
  ['fraud', 'payment_review'],
  ['pending_paypal', 'pending_payment'],
  ['paypal_reversed', 'payment_review'],
  ['paypal_canceled_reversal', 'processing'],
]);

/** The state of an order, by its status where it has none; undefined for words that nobody knows. */
export function stateOf({ state, status }: Pick<MagentoOrder, 'state' | 'status'>): string | undefined {
  if (state !== null && STATES.has(state)) return state;
  return STATUSES.get(status ?? '');
}

/** Which states, and which statuses of orders without one, are meant by one of ours; `other` and `archived` have none. */
export function wordsOf(status: OrderStatus): {
  readonly states: readonly string[];
  readonly statuses: readonly string[];
} {
  const states = [...STATES].flatMap(([word, meaning]) => (meaning === status ? [word] : []));
  const statuses = [...STATUSES].flatMap(([word, state]) => (states.includes(state) ? [word] : []));
  return { states, statuses };
}

/** Those of our statuses by which orders can be searched. */
export const STATUS_FILTER = [...new Set(STATES.values())] as const;

type Statuses = {
  readonly status: OrderStatus;
  readonly paymentStatus: PaymentStatus;
  readonly fulfillmentStatus: OrderFulfillmentStatus;
};

export function statusesOf(order: MagentoOrder, side: Side): Statuses {
  const state = stateOf(order);
  return {
    status: STATES.get(state ?? '') ?? 'other',
    paymentStatus: paymentStatusOf(order, side, state),
    fulfillmentStatus: fulfillmentStatusOf(order),
  };
}

function paymentStatusOf(order: MagentoOrder, { pick }: Side, state: string | undefined): PaymentStatus {
  const [paid, refunded] = [
    pick(order.base_total_paid, order.total_paid),
    pick(order.base_total_refunded, order.total_refunded),
  ];
  if (state === 'canceled' && !paid.gt(0)) return 'voided';
  if (refunded.gt(0)) return refunded.gte(paid) ? 'refunded' : 'partiallyRefunded';
  const total = pick(order.base_grand_total, order.grand_total);
  if (paid.gte(total)) return 'paid';
  if (paid.gt(0)) return 'partiallyPaid';
  if (state === undefined) return 'other';
  return authorized(order, pick).gt(0) ? 'authorized' : 'pending';
}

function authorized({ payment }: MagentoOrder, pick: Side['pick']): Big {
  return payment ? pick(payment.base_amount_authorized, payment.amount_authorized) : decimal('0');
}

function fulfillmentStatusOf(order: MagentoOrder): OrderFulfillmentStatus {
  const lines = order.is_virtual ? [] : topLines(order).filter(({ is_virtual: isVirtual }) => !isVirtual);
  if (lines.length === 0) return 'notRequired';
  if (!order.items.some(({ qty_shipped: shipped }) => shipped > 0)) return 'unfulfilled';
  const isWhole = lines.every((line) => shippedOf(line, order) >= wanted(line));
  return isWhole ? 'fulfilled' : 'partiallyFulfilled';
}

function wanted({ qty_ordered: ordered, qty_canceled: canceled, qty_refunded: refunded }: MagentoItem): number {
  return ordered - canceled - refunded;
}

/** What of a line was sent. The parts of a bundle may be sent one by one; then as many are sent as are whole. */
export function shippedOf(line: MagentoItem, { items }: MagentoOrder): number {
  if (line.qty_shipped > 0 || line.product_type !== 'bundle') return line.qty_shipped;
  const parts = items.filter(
    (item) => item.parent_item_id === line.item_id && item.qty_ordered > 0 && !item.is_virtual,
  );
  const whole = parts.map((part) => Math.floor((part.qty_shipped * line.qty_ordered) / part.qty_ordered));
  return whole.length === 0 ? 0 : Math.min(...whole);
}
