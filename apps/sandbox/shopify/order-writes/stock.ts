import type { Order } from '../orders/order.js';
import type { WriteContext } from './commit-order.js';
import type { OrderCreateOptions } from './order-create-input.js';

/** Units of an order's line that go back on a shelf. */
export interface Restocked {
  /** Position in the order's lines. */
  readonly line: number;
  readonly quantity: number;
  /** Null = the place the order is sent from. */
  readonly locationId: number | null;
}

/** Puts units of an order back into stock. */
export function restock(_context: WriteContext, _order: Order, _units: readonly Restocked[]): void {
  return;
}

/** Takes an order's units out of stock. @returns false when the policy forbids it; nothing is taken then */
export function takeStock(
  _context: WriteContext,
  _order: Order,
  _behaviour: NonNullable<OrderCreateOptions['inventoryBehaviour']>,
): boolean {
  return true;
}
