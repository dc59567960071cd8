import type { OrderFulfillmentStatus, OrderStatus, PaymentStatus } from '#contract';

interface Meaning {
  readonly order: OrderStatus;
  /** Where `payment_status` says nothing: orders that were paid elsewhere, or made by an API. */
  readonly payment: PaymentStatus;
  /** Where no line has to be sent, or nothing was counted. */
  readonly fulfillment?: OrderFulfillmentStatus;
}

/** A purchase that was never finished: not an order yet. */
export const INCOMPLETE = 0;
export const SHIPPED = 2;
export const PARTIALLY_SHIPPED = 3;
export const CANCELED = 5;
export const AWAITING_PAYMENT = 7;
export const COMPLETED = 10;
export const AWAITING_FULFILLMENT = 11;

// By number: a merchant may rename each of them (docs: order statuses; fact sheet, e). There are no others.
const MEANINGS: ReadonlyMap<number, Meaning> = new Map<number, Meaning>([
  [INCOMPLETE, { order: 'other', payment: 'pending' }],
  [1, { order: 'open', payment: 'pending' }],
  // All goods are with the carrier; merchants complete an order later, or never.
  [SHIPPED, { order: 'completed', payment: 'paid', fulfillment: 'fulfilled' }],
  [PARTIALLY_SHIPPED, { order: 'open', payment: 'paid', fulfillment: 'partiallyFulfilled' }],
  [4, { order: 'completed', payment: 'refunded' }],
  [CANCELED, { order: 'canceled', payment: 'voided' }],
  // The payment was declined.
  [6, { order: 'canceled', payment: 'failed' }],
  [AWAITING_PAYMENT, { order: 'open', payment: 'pending' }],
  [8, { order: 'open', payment: 'paid' }],
  [9, { order: 'open', payment: 'paid' }],
  [COMPLETED, { order: 'completed', payment: 'paid', fulfillment: 'fulfilled' }],
  [AWAITING_FULFILLMENT, { order: 'open', payment: 'paid' }],
  // Manual verification required.
  [12, { order: 'open', payment: 'pending' }],
  // The buyer disputes the payment at the bank: it is still there.
  [13, { order: 'open', payment: 'paid' }],
  [14, { order: 'open', payment: 'partiallyRefunded' }],
]);

const OTHER: Meaning = { order: 'other', payment: 'other' };

const PAYMENTS: ReadonlyMap<string, PaymentStatus> = new Map([
  ['authorized', 'authorized'],
  ['captured', 'paid'],
  // Asked for, not done yet.
  ['capture pending', 'authorized'],
  ['declined', 'failed'],
  ['held for review', 'pending'],
  ['paid', 'paid'],
  ['partially refunded', 'partiallyRefunded'],
  ['pending', 'pending'],
  ['refunded', 'refunded'],
  ['void', 'voided'],
  ['void pending', 'authorized'],
]);

export function meaningOf(statusId: number): Meaning {
  return MEANINGS.get(statusId) ?? OTHER;
}

/** What is given back counts more than the words; `payment_status` more than the status. */
export function paymentOf(
  { status_id: id, payment_status: word }: { readonly status_id: number; readonly payment_status: string | null },
  refunded: 'none' | 'some' | 'all',
): PaymentStatus {
  if (refunded !== 'none') return refunded === 'all' ? 'refunded' : 'partiallyRefunded';
  return word === null ? meaningOf(id).payment : (PAYMENTS.get(word.toLowerCase()) ?? 'other');
}

/** Numbers of statuses that one of ours means, for filters. */
export function numbersOf(status: OrderStatus): readonly number[] {
  return [...MEANINGS].flatMap(([number, { order }]) => (order === status ? [number] : []));
}

/** Every number there is. */
export const STATUS_NUMBERS: readonly number[] = [...MEANINGS.keys()];
