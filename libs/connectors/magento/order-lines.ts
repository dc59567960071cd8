import type { ConnectedStore } from '#contract';
import { topLines } from './order-amounts.js';
import { type MagentoItem, type MagentoOrder, magentoOrder } from './order-schema.js';
import { ORDERS } from './orders.js';
import { readOne, rejected } from './record-calls.js';

/** An order in the platform's own terms, which can also be mapped. */
export async function orderOf(store: ConnectedStore, orderId: string): Promise<MagentoOrder> {
  return magentoOrder.parse((await readOne(store, ORDERS, orderId)).raw);
}

interface Wanted {
  readonly lineItemId: string;
  readonly quantity: number;
}

/**
 * Lines with quantities as the platform takes them.
 * @param left how many of a line may be taken at most
 * @throws GatewayError `request_rejected` for a line that the order does not have, and for more than is left of it
 */
export function checkedQuantities(
  order: MagentoOrder,
  wanted: readonly Wanted[],
  verb: string,
  left: (line: MagentoItem) => number,
): { readonly order_item_id: number; readonly qty: number }[] {
  const quantities = new Map<string, number>();
  for (const { lineItemId, quantity } of wanted)
    quantities.set(lineItemId, (quantities.get(lineItemId) ?? 0) + quantity);
  return [...quantities].map(([lineItemId, qty]) => {
    const line = topLines(order).find((item) => item.item_id === lineItemId);
    if (line === undefined) throw rejected(`The order has no line ${lineItemId}.`, 'lineItems');
    const most = Math.max(left(line), 0);
    if (qty > most) throw rejected(`Of the line ${lineItemId} only ${most} are left to ${verb}.`, 'lineItems');
    return { order_item_id: Number(lineItemId), qty };
  });
}
