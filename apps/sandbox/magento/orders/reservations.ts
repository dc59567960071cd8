import { num, type Row, rowsOf, sumOf, text } from '../row.js';
import type { ShopData } from '../shop-data.js';

/**
 * Stock that is sold but still on the shelf: a negative row when an order is placed, positive ones when it is shipped,
 * canceled or refunded (fact sheet, section 5.8). What can still be sold is the shelf's stock plus all of them.
 */
export function reserve(data: ShopData, order: Row, event: string, quantities?: ReadonlyMap<string, number>): void {
  for (const [sku, quantity] of quantities ?? leafQuantities(order)) {
    data.tables.reservations.push({
      reservation_id: data.next('reservation'),
      stock_id: 1,
      sku,
      quantity: event === 'order_placed' ? -quantity : quantity,
      metadata: JSON.stringify({ event_type: event, object_id: text(order, 'entity_id') }),
    });
  }
}

function leafQuantities(order: Row): Map<string, number> {
  const quantities = new Map<string, number>();
  for (const item of rowsOf(order, 'items')) {
    if (item['product_type'] === 'configurable') continue;
    const sku = text(item, 'sku');
    quantities.set(sku, sumOf(quantities.get(sku) ?? 0, num(item, 'qty_ordered')));
  }
  return quantities;
}

/** Stock on the shelves of the sources that are switched on and belong to the stock, plus reservations. */
export function salableQuantity(data: ShopData, sku: string): number {
  const { sources, sourceItems, reservations } = data.tables;
  const open = new Set(
    sources.filter((source) => source['enabled'] === true).map((source) => text(source, 'source_code')),
  );
  const shelves = sourceItems.filter(
    (item) => isSku(item, sku) && item['status'] === 1 && open.has(text(item, 'source_code')),
  );
  const held = reservations.filter((row) => isSku(row, sku));
  return sumOf(...[...shelves, ...held].map((row) => num(row, 'quantity')));
}

/** MySQL compares SKUs without regard to case. */
export function isSku(row: Row, sku: string): boolean {
  return text(row, 'sku').toLowerCase() === sku.toLowerCase();
}
