import { z } from 'zod';
import { createSlice, type ShopData } from '../shop-slice.js';
import type { Order } from './order.js';
import { seedOrders } from './seed-orders.js';

/** What was written to a shop's orders; the seeded ones are made anew at each start and are not part of it. */
export interface OrdersState {
  /** Orders changed or added since the shop was seeded. */
  readonly changed: readonly Order[];
  /** Ids of orders deleted since. */
  readonly deleted: readonly number[];
}

// An order is only ever saved by this sandbox itself, so its outline is enough to tell it from another state.
const orderSchema = z.custom<Order>(
  (value) =>
    z.looseObject({ id: z.number(), number: z.number(), lines: z.array(z.unknown()) }).safeParse(value).success,
);
const stateSchema: z.ZodType<OrdersState> = z.object({
  changed: z.array(orderSchema),
  deleted: z.array(z.number()),
});

export const ordersSlice = createSlice('orders', stateSchema, () => ({ changed: [], deleted: [] }));

const seeded = new WeakMap<ShopData, readonly Order[]>();
const merged = new WeakMap<OrdersState, readonly Order[]>();

function seededOrders(data: ShopData): readonly Order[] {
  const orders = seeded.get(data) ?? seedOrders(data.shop, data.seededAt);
  seeded.set(data, orders);
  return orders;
}

/** All orders of a shop as they stand now, oldest first. */
export function ordersOf(data: ShopData): readonly Order[] {
  const state = ordersSlice.read(data);
  const known = merged.get(state);
  if (known !== undefined) return known;
  const changed = new Map(state.changed.map((order) => [order.id, order]));
  const kept = seededOrders(data).map((order) => changed.get(order.id) ?? order);
  const old = new Set(kept.map(({ id }) => id));
  const added = state.changed.filter(({ id }) => !old.has(id));
  const orders = [...kept, ...added].filter(({ id }) => !state.deleted.includes(id));
  merged.set(state, orders);
  return orders;
}

/** Puts an order in the place of the one with its id, or adds it. */
export function saveOrder(data: ShopData, order: Order): void {
  ordersSlice.update(data, (state) => ({
    ...state,
    changed: [...state.changed.filter(({ id }) => id !== order.id), order],
  }));
}

/** Takes an order away for good. */
export function removeOrder(data: ShopData, id: number): void {
  ordersSlice.update(data, (state) => ({
    changed: state.changed.filter((order) => order.id !== id),
    deleted: [...state.deleted, id],
  }));
}
