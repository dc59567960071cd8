import type { Order } from './order.js';
import { fulfilledUnits, unfulfilledUnits } from './order-status.js';
import { refundedUnits } from './order-totals.js';

/** A line of a fulfillment order: what of an order's line one location sends. */
export interface FulfillmentOrderLine {
  readonly id: number;
  /** Position in the order's lines. */
  readonly line: number;
  readonly total: number;
  readonly remaining: number;
}

/** The work one location has with an order. A simulated order is always sent from one place, so it has one. */
export interface FulfillmentOrder {
  readonly id: number;
  readonly status: 'OPEN' | 'IN_PROGRESS' | 'ON_HOLD' | 'SCHEDULED' | 'CLOSED' | 'CANCELLED';
  readonly lines: readonly FulfillmentOrderLine[];
  readonly actions: readonly string[];
}

// Far from the ids of orders and lines, so that an app mixing them up is found out.
const ORDER_OFFSET = 1_200_000_000_000;
const LINE_OFFSET = 21_000_000_000_000;

const ACTIONS: Readonly<Record<FulfillmentOrder['status'], readonly string[]>> = {
  OPEN: ['CREATE_FULFILLMENT', 'REPORT_PROGRESS', 'MOVE', 'HOLD'],
  IN_PROGRESS: ['CREATE_FULFILLMENT', 'REPORT_PROGRESS', 'MARK_AS_OPEN', 'HOLD'],
  SCHEDULED: ['CREATE_FULFILLMENT', 'MARK_AS_OPEN'],
  ON_HOLD: ['RELEASE_HOLD', 'HOLD', 'MOVE'],
  CLOSED: [],
  CANCELLED: [],
};

function statusOf(order: Order, remaining: number): FulfillmentOrder['status'] {
  const sent = order.lines.some((_line, position) => fulfilledUnits(order, position) > 0);
  if (order.cancelledAt !== null && !sent) return 'CANCELLED';
  if (remaining === 0) return 'CLOSED';
  if (order.fulfillmentHold !== null) return order.fulfillmentHold;
  return sent ? 'IN_PROGRESS' : 'OPEN';
}

/** The fulfillment orders of an order, worked out from what was sent and taken off. */
export function fulfillmentOrdersOf(order: Order): readonly FulfillmentOrder[] {
  const lines = order.lines.flatMap(({ id, quantity }, line) => {
    const total = quantity - refundedUnits(order, line, ['CANCEL']);
    const remaining = order.cancelledAt === null ? unfulfilledUnits(order, line) : 0;
    return total > 0 ? [{ id: id + LINE_OFFSET, line, total, remaining }] : [];
  });
  if (lines.length === 0 && order.cancelledAt === null) return [];
  const status = statusOf(
    order,
    lines.reduce((units, { remaining }) => units + remaining, 0),
  );
  return [{ id: order.id + ORDER_OFFSET, status, lines, actions: ACTIONS[status] }];
}

/** The order a fulfillment order belongs to. */
export function orderIdOfFulfillmentOrder(id: number): number {
  return id - ORDER_OFFSET;
}
