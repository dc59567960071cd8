import { statusesOf } from '../order-query.js';
import { needsProcessing, type WooOrder } from '../order.js';
import type { WooShop } from '../shop.js';
import { reduceStock, restoreStock } from './order-stock.js';
import type { OrderShop } from './order-shop.js';

const TAKES_STOCK = ['processing', 'on-hold', 'completed'];
const GIVES_STOCK_BACK = ['cancelled', 'pending'];

/**
 * Everything that entering a status does: dates, stock, the note. Any status may follow any other (fact sheet,
 * section 5.2).
 * @param byUser whether the note names the user instead of WooCommerce
 */
export function enterStatus(order: WooOrder, status: string, shop: OrderShop, byUser = false): WooOrder {
  if (order.status === status) return order;
  const dated = { ...order, status, ...datesOf(order, status, shop.now) };
  const moved = TAKES_STOCK.includes(status)
    ? reduceStock(dated, shop)
    : GIVES_STOCK_BACK.includes(status)
      ? restoreStock(dated, shop)
      : dated;
  const [from, to] = [nameOf(order.status, shop.shop), nameOf(status, shop.shop)];
  shop.note(order.id, `Order status changed from ${from} to ${to}.`, byUser);
  return moved;
}

/** What `set_paid` does. */
export function completePayment(order: WooOrder, transactionId: string | undefined, shop: OrderShop): WooOrder {
  if (!['on-hold', 'pending', 'failed', 'cancelled'].includes(order.status)) return order;
  const paid = { ...order, paidAt: order.paidAt ?? shop.now, transactionId: transactionId ?? order.transactionId };
  return enterStatus(paid, needsProcessing(order) ? 'processing' : 'completed', shop);
}

function datesOf(order: WooOrder, status: string, now: number): Pick<WooOrder, 'paidAt' | 'completedAt'> {
  const isPaid = status === 'completed' || (status === 'processing' && needsProcessing(order));
  return {
    paidAt: order.paidAt ?? (isPaid ? now : null),
    completedAt: status === 'completed' ? now : order.completedAt,
  };
}

function nameOf(slug: string, shop: WooShop): string {
  if (slug === 'trash') return 'Trash';
  if (slug === 'auto-draft') return 'Auto-draft';
  return statusesOf(shop).find((status) => status.slug === slug)?.name ?? slug;
}
