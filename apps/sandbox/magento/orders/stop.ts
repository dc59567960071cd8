import { addBoth, num, sumOf } from '../row.js';
import { type OrderWork, touch } from './documents.js';
import { withChildren } from './invoice.js';
import { moneyItems } from './order-items.js';
import { canCancel, canHold, setState, toInvoice } from './order-rules.js';
import { reserve } from './reservations.js';

/** Cancels what is not invoiced. @returns whether it could be (recorded: order-cancel-again.json) */
export function cancelOrder(work: OrderWork): boolean {
  const { order, data } = work;
  if (!canCancel(order)) return false;
  for (const item of moneyItems(order)) {
    const quantity = toInvoice(item);
    if (quantity === 0) continue;
    for (const one of withChildren(order, item)) one['qty_canceled'] = quantity;
    item['tax_canceled'] = sumOf(num(item, 'tax_amount'), -num(item, 'tax_invoiced'));
    item['discount_tax_compensation_canceled'] = sumOf(num(item, 'discount_tax_compensation_amount'));
    const sku = item['sku'];
    if (typeof sku === 'string') reserve(data, order, 'order_canceled', new Map([[sku, quantity]]));
  }
  const left = (name: string, done: string): void => {
    const [amount, base] = ['', 'base_'].map((prefix) => sumOf(num(order, prefix + name), -num(order, prefix + done)));
    addBoth(order, done.replace('invoiced', 'canceled'), amount ?? 0, base ?? 0);
  };
  left('subtotal', 'subtotal_invoiced');
  left('tax_amount', 'tax_invoiced');
  left('shipping_amount', 'shipping_invoiced');
  left('discount_amount', 'discount_invoiced');
  left('grand_total', 'total_invoiced');
  setState(order, 'canceled');
  touch(work);
  return true;
}

/** @returns whether it could be */
export function holdOrder(work: OrderWork): boolean {
  const { order } = work;
  if (!canHold(order)) return false;
  order['hold_before_state'] = order['state'] ?? '';
  order['hold_before_status'] = order['status'] ?? '';
  setState(order, 'holded');
  touch(work);
  return true;
}

/** @returns whether it was on hold */
export function unholdOrder(work: OrderWork): boolean {
  const { order } = work;
  if (order['state'] !== 'holded') return false;
  order['state'] = order['hold_before_state'] ?? 'new';
  order['status'] = order['hold_before_status'] ?? 'pending';
  delete order['hold_before_state'];
  delete order['hold_before_status'];
  touch(work);
  return true;
}
