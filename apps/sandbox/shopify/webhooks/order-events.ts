import type { Order } from '../orders/order.js';
import { financialStatus, fulfillmentStatus } from '../orders/order-status.js';
import type { Shop } from '../shops.js';
import { orderPayload } from './order-payload.js';
import {
  fulfillmentOrderPayload,
  fulfillmentPayload,
  refundPayload,
  returnPayload,
  transactionPayload,
} from './part-payloads.js';

/** Something subscribers are told. */
export interface ShopEvent {
  /** A value of `WebhookSubscriptionTopic`. */
  readonly topic: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

const FINISHED: ReadonlySet<string> = new Set(['SUCCESS', 'FAILURE', 'ERROR']);
const RETURN_TOPICS: Readonly<Record<string, string>> = {
  REQUESTED: 'RETURNS_REQUEST',
  OPEN: 'RETURNS_APPROVE',
  CLOSED: 'RETURNS_CLOSE',
  DECLINED: 'RETURNS_DECLINE',
  CANCELED: 'RETURNS_CANCEL',
};

function ofOrder(after: Order, before: Order | undefined): readonly string[] {
  const became = (of: (order: Order) => string, wanted: string): boolean =>
    of(after) === wanted && (before === undefined || of(before) !== wanted);
  return [
    before === undefined ? 'ORDERS_CREATE' : 'ORDERS_UPDATED',
    ...(after.cancelledAt !== null && !before?.cancelledAt ? ['ORDERS_CANCELLED'] : []),
    ...(became(financialStatus, 'PAID') ? ['ORDERS_PAID'] : []),
    ...(became(fulfillmentStatus, 'FULFILLED') ? ['ORDERS_FULFILLED'] : []),
    ...(became(fulfillmentStatus, 'PARTIALLY_FULFILLED') ? ['ORDERS_PARTIALLY_FULFILLED'] : []),
  ];
}

/** Those of `after` that are not in `before` as they are. */
function fresh<Part extends { readonly id: number }>(after: readonly Part[], before: readonly Part[] = []) {
  return after
    .filter((part) => !before.includes(part))
    .map((part) => {
      const known = before.some(({ id }) => id === part.id);
      return { part, known };
    });
}

function ofParts(after: Order, before: Order | undefined, shop: Shop): readonly ShopEvent[] {
  const transactions = fresh(after.transactions, before?.transactions).filter(({ part }) => FINISHED.has(part.status));
  return [
    ...transactions.map(({ part }) => ({
      topic: 'ORDER_TRANSACTIONS_CREATE',
      payload: transactionPayload(part, after, shop),
    })),
    ...fresh(after.refunds, before?.refunds).map(({ part }) => ({
      topic: 'REFUNDS_CREATE',
      payload: refundPayload(part, after, shop),
    })),
    ...fresh(after.fulfillments, before?.fulfillments).map(({ part, known }) => ({
      topic: known ? 'FULFILLMENTS_UPDATE' : 'FULFILLMENTS_CREATE',
      payload: fulfillmentPayload(part, after, shop),
    })),
    ...fresh(after.returns, before?.returns).map(({ part, known }) => ({
      topic:
        known && part.status === 'OPEN' && part.approvedAt !== null && reopened(part.id, before)
          ? 'RETURNS_REOPEN'
          : (RETURN_TOPICS[part.status] ?? 'RETURNS_UPDATE'),
      payload: returnPayload(part, after),
    })),
  ];
}

function reopened(id: number, before: Order | undefined): boolean {
  return before?.returns.some((one) => one.id === id && one.status === 'CLOSED') === true;
}

function ofWork(after: Order, before: Order | undefined): readonly ShopEvent[] {
  const payload = fulfillmentOrderPayload(after);
  if (payload === undefined) return [];
  if (before === undefined) return [{ topic: 'FULFILLMENT_ORDERS_ORDER_ROUTING_COMPLETE', payload }];
  const [was, is] = [before.fulfillmentHold === 'ON_HOLD', after.fulfillmentHold === 'ON_HOLD'];
  if (was === is) return [];
  return [{ topic: is ? 'FULFILLMENT_ORDERS_PLACED_ON_HOLD' : 'FULFILLMENT_ORDERS_HOLD_RELEASED', payload }];
}

/** Everything a change of an order tells. @param before absent = the order is new */
export function orderEvents(after: Order, before: Order | undefined, shop: Shop): readonly ShopEvent[] {
  const payload = orderPayload(after, shop);
  const order = ofOrder(after, before).map((topic) => ({ topic, payload }));
  return [...order, ...ofParts(after, before, shop), ...ofWork(after, before)];
}
