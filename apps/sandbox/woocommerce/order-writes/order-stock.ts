import type { LineItem, MetaDatum, WooOrder } from '../order.js';
import { type OrderShop, productIdOf } from './order-shop.js';

const REDUCED = '_reduced_stock';
const RESTOCKED = '_restock_refunded_items';

/** Takes the goods of every line from stock that are not taken yet. */
export function reduceStock(order: WooOrder, shop: OrderShop): WooOrder {
  if (isStockReduced(order)) return order;
  const changes: string[] = [];
  const lines = order.lines.map((line) => {
    if (countOf(line, REDUCED) > 0) return line;
    const change = moveStock(line, -line.quantity, shop);
    if (!change) return line;
    changes.push(`${nameOf(line, shop)} (${change.from}&rarr;${change.to})`);
    return withCount(line, REDUCED, line.quantity, shop);
  });
  if (changes.length > 0) shop.note(order.id, `Stock levels reduced: ${changes.join(', ')}`);
  return { ...order, lines, stockReduced: true };
}

/** Puts back what the lines say was taken. */
export function restoreStock(order: WooOrder, shop: OrderShop): WooOrder {
  if (!isStockReduced(order)) return order;
  const changes: string[] = [];
  const lines = order.lines.map((line) => {
    const taken = countOf(line, REDUCED);
    const change = taken === 0 ? undefined : moveStock(line, taken, shop);
    if (!change) return line;
    changes.push(`${nameOf(line, shop)} (${change.from}&rarr;${change.to})`);
    return withCount(line, REDUCED, 0, shop);
  });
  if (changes.length > 0) shop.note(order.id, `Stock levels increased: ${changes.join(', ')}`);
  return { ...order, lines, stockReduced: false };
}

/** After an edit of a line whose order took its goods already (recorded: order-notes-list.json, "Adjusted stock"). */
export function adjustStock(order: WooOrder, line: LineItem, quantity: number, shop: OrderShop): LineItem {
  if (!['processing', 'on-hold', 'completed'].includes(order.status)) return line;
  const due = quantity - countOf(line, RESTOCKED);
  const difference = due - countOf(line, REDUCED);
  const change = difference === 0 ? undefined : moveStock(line, -difference, shop);
  if (!change) return line;
  if (quantity > 0) shop.note(order.id, `Adjusted stock: ${line.name} (${change.from}&rarr;${change.to})`, true);
  return withCount(line, REDUCED, due, shop);
}

/** Pieces of a line that were sent back go into stock again, as far as they were taken from it. */
export function restockRefunded(order: WooOrder, line: LineItem, quantity: number, shop: OrderShop): LineItem {
  const taken = countOf(line, REDUCED);
  const change = taken === 0 || quantity === 0 ? undefined : moveStock(line, quantity, shop);
  if (!change) return line;
  const id = productIdOf(line);
  shop.note(order.id, `Item #${id} stock increased from ${change.from} to ${change.to}.`);
  const kept = withCount(line, REDUCED, Math.max(taken - quantity, 0), shop);
  return withCount(kept, RESTOCKED, countOf(line, RESTOCKED) + quantity, shop);
}

export function isStockReduced({ stockReduced, lines }: WooOrder): boolean {
  return stockReduced ?? lines.some((line) => countOf(line, REDUCED) > 0);
}

function moveStock(line: LineItem, difference: number, shop: OrderShop): { from: number; to: number } | undefined {
  if (line.productId === 0) return undefined;
  return shop.catalogue.changeStock(productIdOf(line), difference);
}

function nameOf(line: LineItem, shop: OrderShop): string {
  return shop.catalogue.product(productIdOf(line))?.name ?? line.name;
}

function countOf({ meta }: LineItem, key: string): number {
  return Number(meta.find((one) => one.key === key)?.value ?? 0);
}

function withCount(line: LineItem, key: string, count: number, { totalling }: OrderShop): LineItem {
  const value = String(count);
  const known = line.meta.find((one) => one.key === key);
  const others = line.meta.filter((one) => one.key !== key);
  if (count === 0) return { ...line, meta: others };
  const datum: MetaDatum = { id: known?.id ?? totalling.metaId(), key, value, display: { key, value } };
  return { ...line, meta: known ? line.meta.map((one) => (one === known ? datum : one)) : [...line.meta, datum] };
}
