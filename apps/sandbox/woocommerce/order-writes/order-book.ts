import { z } from 'zod';
import type { JsonValue } from '#contract';
import type { WooOrder } from '../order.js';
import type { WooShop } from '../shop.js';
import { type OrderNote, orderNoteSchema } from './order-note.js';
import { orderSchema } from './order-schema.js';

const countersSchema = z.object({
  post: z.number().int(),
  item: z.number().int(),
  meta: z.number().int(),
  note: z.number().int(),
});
const savedSchema = z.record(
  z.string(),
  z.object({
    changed: z.array(orderSchema),
    removed: z.array(z.number().int()),
    notes: z.array(orderNoteSchema),
    counters: countersSchema,
  }),
);

/** Each kind of row is numbered by a sequence of its own; orders, refunds, products and coupons are all posts. */
type Counter = keyof z.infer<typeof countersSchema>;

interface ShopOrders {
  readonly orders: Map<number, WooOrder>;
  readonly changed: Set<number>;
  readonly removed: Set<number>;
  readonly notes: Map<number, OrderNote>;
  readonly counters: Record<Counter, number>;
}

/** The orders of every shop: the seeded ones and what was written since. */
export interface OrderBook {
  /** In the order of their ids. */
  of(shop: WooShop): readonly WooOrder[];
  find(shop: WooShop, id: number): WooOrder | undefined;
  save(shop: WooShop, order: WooOrder): void;
  /** With its notes. */
  remove(shop: WooShop, id: number): void;
  next(shop: WooShop, counter: Counter): number;
  /** Oldest first. */
  notesOf(shop: WooShop, orderId: number): readonly OrderNote[];
  addNote(shop: WooShop, note: Omit<OrderNote, 'id'>): OrderNote;
  removeNote(shop: WooShop, id: number): void;
  snapshot(): JsonValue;
  /** @throws {z.ZodError} when the state is not {@link OrderBook.snapshot}'s; nothing is taken over then */
  restore(state: JsonValue): void;
}

interface Source {
  readonly shops: readonly WooShop[];
  readonly seedsOf: (shop: WooShop) => readonly WooOrder[];
  /** Asks for the state to be saved. */
  readonly changed: () => void;
}

export function createOrderBook(source: Source): OrderBook {
  const shops = new Map<WooShop, ShopOrders>();
  const shopOf = (shop: WooShop): ShopOrders => {
    const known = shops.get(shop) ?? seeded(shop, source.seedsOf(shop));
    shops.set(shop, known);
    return known;
  };
  const next = (shop: WooShop, counter: Counter): number => {
    source.changed();
    return (shopOf(shop).counters[counter] += 1);
  };
  return {
    of: (shop) => [...shopOf(shop).orders.values()],
    find: (shop, id) => shopOf(shop).orders.get(id),
    save(shop, order) {
      shopOf(shop).orders.set(order.id, order);
      shopOf(shop).changed.add(order.id);
      source.changed();
    },
    remove(shop, id) {
      removeOrder(shopOf(shop), id);
      source.changed();
    },
    next,
    notesOf: (shop, orderId) => [...shopOf(shop).notes.values()].filter((note) => note.orderId === orderId),
    addNote(shop, note) {
      const numbered = { ...note, id: next(shop, 'note') };
      shopOf(shop).notes.set(numbered.id, numbered);
      return numbered;
    },
    removeNote(shop, id) {
      shopOf(shop).notes.delete(id);
      source.changed();
    },
    snapshot: () => snapshotOf(shops),
    restore(state) {
      const saved = savedSchema.parse(state);
      shops.clear();
      for (const shop of source.shops) {
        const slice = saved[shop.host];
        if (slice) shops.set(shop, restored(seeded(shop, source.seedsOf(shop)), slice));
      }
    },
  };
}

function removeOrder(orders: ShopOrders, id: number): void {
  orders.orders.delete(id);
  orders.changed.delete(id);
  orders.removed.add(id);
  for (const note of orders.notes.values()) if (note.orderId === id) orders.notes.delete(note.id);
}

/** Only shops that were written to, and of them only what differs from the seeds. */
function snapshotOf(shops: ReadonlyMap<WooShop, ShopOrders>): JsonValue {
  const slices = [...shops].map(([shop, { orders, changed, removed, notes, counters }]): [string, unknown] => [
    shop.host,
    {
      changed: [...changed].map((id) => orders.get(id)),
      removed: [...removed],
      notes: [...notes.values()],
      counters,
    },
  ]);
  // Amounts print themselves as strings, so what comes out is plain JSON.
  return JSON.parse(JSON.stringify(Object.fromEntries(slices))) as JsonValue;
}

function restored(fresh: ShopOrders, slice: z.infer<typeof savedSchema>[string]): ShopOrders {
  for (const id of slice.removed) removeOrder(fresh, id);
  for (const order of slice.changed) {
    fresh.orders.set(order.id, order);
    fresh.changed.add(order.id);
  }
  for (const note of slice.notes) fresh.notes.set(note.id, note);
  Object.assign(fresh.counters, slice.counters);
  return fresh;
}

function seeded(shop: WooShop, seeds: readonly WooOrder[]): ShopOrders {
  const { plan } = shop;
  const posts = [
    ...seeds.flatMap((order) => [order.id, ...order.refunds.map((refund) => refund.id)]),
    ...plan.products.flatMap((product) => [product.id, ...product.variations.map((variation) => variation.id)]),
    ...plan.coupons.map((coupon) => coupon.id),
  ];
  const items = seeds.flatMap((order) => [
    ...[...order.lines, ...order.taxLines, ...order.shippingLines, ...order.feeLines, ...order.couponLines],
    ...order.refunds.flatMap((refund) => [...refund.lines, ...refund.taxLines]),
  ]);
  return {
    orders: new Map(seeds.map((order) => [order.id, order])),
    changed: new Set(),
    removed: new Set(),
    notes: new Map(),
    counters: {
      post: largest(posts),
      item: largest(items.map((item) => item.id)),
      meta: largest(seeds.flatMap(metaIds)),
      // Every order left a few behind, which the seeds do not hold.
      note: seeds.length * 3,
    },
  };
}

function metaIds(order: WooOrder): number[] {
  return [
    ...order.meta.map((one) => one.id),
    ...order.lines.flatMap((line) => line.meta.map((one) => one.id)),
    ...order.couponLines.map((line) => line.metaId),
    ...order.refunds.flatMap((refund) => [refund.metaId, ...refund.lines.map((line) => line.metaId)]),
  ];
}

function largest(numbers: readonly number[]): number {
  return numbers.reduce((most, number) => Math.max(most, number), 0);
}
