import type { Fulfillment, OrderFulfillmentStatus, PaymentStatus, ReturnRecord, TransactionRecord } from '#contract';

// Every table is complete: a test holds its words against the enumerations of the schema. A word added later is
// `other` and stands in platformStatus.

/** `displayFinancialStatus`. A payment whose authorization ran out was never collected, like a voided one. */
export const PAYMENT = {
  AUTHORIZED: 'authorized',
  EXPIRED: 'voided',
  PAID: 'paid',
  PARTIALLY_PAID: 'partiallyPaid',
  PARTIALLY_REFUNDED: 'partiallyRefunded',
  PENDING: 'pending',
  REFUNDED: 'refunded',
  VOIDED: 'voided',
} as const satisfies Readonly<Record<string, PaymentStatus>>;

/**
 * `displayFulfillmentStatus`. Orders on hold (suspected fraud, say) and orders put back into stock must not look like
 * work to be done, and nothing in our vocabulary says that: they are `other`.
 */
export const FULFILLMENT = {
  FULFILLED: 'fulfilled',
  FULFILLMENT_NOT_REQUIRED: 'notRequired',
  IN_PROGRESS: 'unfulfilled',
  ON_HOLD: 'other',
  OPEN: 'unfulfilled',
  PARTIALLY_FULFILLED: 'partiallyFulfilled',
  PENDING_FULFILLMENT: 'unfulfilled',
  REQUEST_DECLINED: 'unfulfilled',
  RESTOCKED: 'other',
  SCHEDULED: 'unfulfilled',
  UNFULFILLED: 'unfulfilled',
} as const satisfies Readonly<Record<string, OrderFulfillmentStatus>>;

type ShipmentStatus = Fulfillment['status'];

/** `Fulfillment.status`: what became of the request to ship. */
export const SHIPMENT = {
  CANCELLED: 'canceled',
  ERROR: 'failed',
  FAILURE: 'failed',
  OPEN: 'pending',
  PENDING: 'pending',
  SUCCESS: 'shipped',
} as const satisfies Readonly<Record<string, ShipmentStatus>>;

/** `Fulfillment.displayStatus`: where the parcel is, once the request succeeded. */
export const PARCEL = {
  ATTEMPTED_DELIVERY: 'inTransit',
  CANCELED: 'canceled',
  CARRIER_PICKED_UP: 'inTransit',
  CONFIRMED: 'pending',
  DELAYED: 'inTransit',
  DELIVERED: 'delivered',
  FAILURE: 'failed',
  FULFILLED: 'shipped',
  IN_TRANSIT: 'inTransit',
  LABEL_PRINTED: 'pending',
  LABEL_PURCHASED: 'pending',
  LABEL_VOIDED: 'pending',
  MARKED_AS_FULFILLED: 'shipped',
  NOT_DELIVERED: 'failed',
  OUT_FOR_DELIVERY: 'inTransit',
  PICKED_UP: 'delivered',
  READY_FOR_PICKUP: 'pending',
  SUBMITTED: 'pending',
} as const satisfies Readonly<Record<string, ShipmentStatus>>;

/** `Return.status`. */
export const RETURN = {
  CANCELED: 'canceled',
  CLOSED: 'closed',
  DECLINED: 'declined',
  OPEN: 'open',
  REQUESTED: 'requested',
} as const satisfies Readonly<Record<string, ReturnRecord['status']>>;

/** `OrderTransaction.kind`. Change given in cash and a suggestion are no movement between shop and buyer. */
export const TRANSACTION = {
  AUTHORIZATION: 'authorization',
  CAPTURE: 'capture',
  CHANGE: 'other',
  EMV_AUTHORIZATION: 'authorization',
  REFUND: 'refund',
  SALE: 'payment',
  SUGGESTED_REFUND: 'other',
  VOID: 'void',
} as const satisfies Readonly<Record<string, TransactionRecord['kind']>>;

/** `OrderTransaction.status`. */
export const TRANSACTION_OUTCOME = {
  AWAITING_RESPONSE: 'pending',
  ERROR: 'failed',
  FAILURE: 'failed',
  PENDING: 'pending',
  SUCCESS: 'success',
  UNKNOWN: 'other',
} as const satisfies Readonly<Record<string, TransactionRecord['status']>>;

/** Our word for the platform's; `other` for one that is not in the table, and for none at all. */
export function statusOf<S extends string>(
  table: Readonly<Record<string, S>>,
  word: string | null | undefined,
): S | 'other' {
  return (typeof word === 'string' && Object.hasOwn(table, word) ? table[word] : undefined) ?? 'other';
}

/** The platform's words behind one of ours. */
export function wordsFor(table: Readonly<Record<string, string>>, status: string): string[] {
  return Object.keys(table).filter((word) => table[word] === status);
}
