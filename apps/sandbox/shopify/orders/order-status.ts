import type { Order } from './order.js';
import { orderTotals, refundedUnits } from './order-totals.js';

/** `displayFinancialStatus`, by the money that moved. */
export function financialStatus(order: Order): string {
  const { received, refunded, currentTotal, capturable, total } = orderTotals(order);
  const has = (kind: string, status: string): boolean =>
    order.transactions.some((transaction) => transaction.kind === kind && transaction.status === status);
  if (received.shop > 0) {
    if (refunded.shop >= received.shop) return 'REFUNDED';
    if (refunded.shop > 0) return 'PARTIALLY_REFUNDED';
    return received.shop >= currentTotal.shop ? 'PAID' : 'PARTIALLY_PAID';
  }
  if (order.authorizationExpired) return 'EXPIRED';
  if (has('VOID', 'SUCCESS')) return 'VOIDED';
  if (capturable.shop > 0) return 'AUTHORIZED';
  // docs: an order cancelled before it was paid is voided.
  if (order.cancelledAt !== null && total.shop > 0) return 'VOIDED';
  return currentTotal.shop === 0 ? 'PAID' : 'PENDING';
}

/** Units of a line that are on their way or arrived. */
export function fulfilledUnits(order: Order, line: number): number {
  return order.fulfillments
    .filter(({ status }) => status === 'SUCCESS')
    .flatMap(({ lines }) => lines)
    .filter((part) => part.line === line)
    .reduce((units, { quantity }) => units + quantity, 0);
}

/** Units of a line still to be fulfilled. Units cancelled before they were sent are out; returned ones had been sent. */
export function unfulfilledUnits(order: Order, line: number): number {
  const quantity = order.lines[line]?.quantity ?? 0;
  const unsent = quantity - refundedUnits(order, line, ['CANCEL']) - fulfilledUnits(order, line);
  // Units refunded without being put back are not sent either.
  return Math.max(0, Math.min(unsent, quantity - refundedUnits(order, line)));
}

/** `displayFulfillmentStatus`, by what is left to send. */
export function fulfillmentStatus(order: Order): string {
  const open = order.lines.reduce((units, _line, position) => units + unfulfilledUnits(order, position), 0);
  const done = order.lines.reduce((units, _line, position) => units + fulfilledUnits(order, position), 0);
  if (done > 0) return open === 0 ? 'FULFILLED' : 'PARTIALLY_FULFILLED';
  return order.fulfillmentHold ?? 'UNFULFILLED';
}

/** `returnStatus`, by the returns that are neither declined nor cancelled. */
export function returnStatus({ returns }: Order): string {
  const has = (wanted: string): boolean => returns.some(({ status }) => status === wanted);
  if (has('OPEN')) return 'IN_PROGRESS';
  if (has('REQUESTED')) return 'RETURN_REQUESTED';
  return has('CLOSED') ? 'RETURNED' : 'NO_RETURN';
}

/** What an order is called: "#1001" unless it was given a name. */
export function orderName({ name, number }: Order): string {
  return name ?? `#${number}`;
}
