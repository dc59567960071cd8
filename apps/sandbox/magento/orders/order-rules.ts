import { inner, num, type Row, rowsOf, sumOf, text } from '../row.js';

/** What may happen to an order, by its state and its items (fact sheet, section 6; Magento's `Sales\Model\Order`). */

export function stateOf(order: Row): string {
  return text(order, 'state');
}

function isStopped(order: Row): boolean {
  return ['holded', 'payment_review'].includes(stateOf(order));
}

export function toInvoice(item: Row): number {
  return Math.max(0, sumOf(num(item, 'qty_ordered'), -num(item, 'qty_invoiced'), -num(item, 'qty_canceled')));
}

/** What was refunded is not shipped any more; children are shipped with their parent. */
export function toShip(item: Row): number {
  if (item['is_virtual'] === 1 || item['parent_item_id'] !== undefined) return 0;
  const gone = Math.max(num(item, 'qty_shipped'), num(item, 'qty_refunded'));
  return Math.max(0, sumOf(num(item, 'qty_ordered'), -gone, -num(item, 'qty_canceled')));
}

export function toRefund(item: Row): number {
  return Math.max(0, sumOf(num(item, 'qty_invoiced'), -num(item, 'qty_refunded')));
}

function some(order: Row, left: (item: Row) => number): boolean {
  return rowsOf(order, 'items').some((item) => item['parent_item_id'] === undefined && left(item) > 0);
}

export function canInvoice(order: Row): boolean {
  if (isStopped(order) || ['canceled', 'complete', 'closed'].includes(stateOf(order))) return false;
  return some(order, toInvoice);
}

export function canShip(order: Row): boolean {
  if (isStopped(order) || order['is_virtual'] === 1 || stateOf(order) === 'canceled') return false;
  return some(order, toShip);
}

export function canCancel(order: Row): boolean {
  if (isStopped(order) || ['canceled', 'complete', 'closed'].includes(stateOf(order))) return false;
  return some(order, toInvoice);
}

export function canHold(order: Row): boolean {
  return !['canceled', 'payment_review', 'complete', 'closed', 'holded'].includes(stateOf(order));
}

export function canRefund(order: Row): boolean {
  if (isStopped(order) || ['canceled', 'closed'].includes(stateOf(order))) return false;
  return refundable(order) > 0;
}

/** The most money that can be given back, in the base currency. */
export function refundable(order: Row): number {
  return sumOf(num(order, 'base_total_paid'), -num(order, 'base_total_refunded'));
}

/**
 * After each save: an order that is worked on is complete when nothing is left to invoice or to ship, and closed when its
 * money went back, too (fact sheet, section 6).
 */
export function settleState(order: Row): void {
  if (['canceled', 'holded', 'payment_review', 'closed', 'pending_payment'].includes(stateOf(order))) return;
  if (canInvoice(order) || canShip(order)) return;
  if (!canRefund(order) && num(order, 'total_refunded') > 0) setState(order, 'closed');
  else if (stateOf(order) === 'processing' && !some(order, toInvoice)) setState(order, 'complete');
}

/** A shipment or an invoice sets a new order going. */
export function startProcessing(order: Row): void {
  if (['new', 'pending_payment'].includes(stateOf(order))) setState(order, 'processing');
}

/** The status becomes the state's own one. */
export function setState(order: Row, state: string): void {
  order['state'] = state;
  order['status'] = state === 'new' ? 'pending' : state;
}

export function isOnline(order: Row): boolean {
  return text(inner(order, 'payment'), 'method') === 'braintree';
}
