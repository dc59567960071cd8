import { z } from 'zod';
import type { JsonValue } from '#contract';
import type { WooShop } from '../shop.js';
import {
  type CatalogueProduct,
  couponSchema,
  type Customer,
  customerSchema,
  type GlobalAttribute,
  globalAttributeSchema,
  productSchema,
  type ShopCoupon,
  type Term,
  termSchema,
} from './records.js';

const countersSchema = z.object({
  term: z.number().int(),
  attribute: z.number().int(),
  user: z.number().int(),
  meta: z.number().int(),
});

const shopSchema = z.object({
  products: z.array(productSchema),
  terms: z.array(termSchema),
  attributes: z.array(globalAttributeSchema),
  customers: z.array(customerSchema),
  coupons: z.array(couponSchema),
  counters: countersSchema,
});
const savedSchema = z.record(z.string(), shopSchema);

type Counter = keyof z.infer<typeof countersSchema>;

/** One shop's catalogue as it is seeded and saved. */
export interface CatalogueContents {
  readonly products: readonly CatalogueProduct[];
  readonly terms: readonly Term[];
  readonly attributes: readonly GlobalAttribute[];
  readonly customers: readonly Customer[];
  readonly coupons: readonly ShopCoupon[];
}

/** Rows of one kind, in the order of their ids. */
export interface Rows<Row extends { readonly id: number }> {
  all(): readonly Row[];
  find(id: number): Row | undefined;
  save(row: Row): Row;
  remove(id: number): void;
}

/** Products, terms, customers and coupons of one shop. */
export interface ShopCatalogue {
  readonly products: Rows<CatalogueProduct>;
  readonly terms: Rows<Term>;
  readonly attributes: Rows<GlobalAttribute>;
  readonly customers: Rows<Customer>;
  readonly coupons: Rows<ShopCoupon>;
  next(counter: Counter): number;
}

export interface CatalogueBook {
  of(shop: WooShop): ShopCatalogue;
  snapshot(): JsonValue;
  /** @throws {z.ZodError} when the state is not {@link CatalogueBook.snapshot}'s; nothing is taken over then */
  restore(state: JsonValue): void;
}

interface Source {
  readonly shops: readonly WooShop[];
  readonly seedsOf: (shop: WooShop) => CatalogueContents;
  /** Asks for the state to be saved. */
  readonly changed: () => void;
}

interface Held {
  readonly catalogue: ShopCatalogue;
  readonly counters: Record<Counter, number>;
  written: boolean;
}

/** The catalogue of every shop: the seeded one until somebody writes. */
export function createCatalogueBook({ shops, seedsOf, changed }: Source): CatalogueBook {
  const held = new Map<WooShop, Held>();
  const heldOf = (shop: WooShop): Held => {
    const known = held.get(shop) ?? hold(seedsOf(shop), undefined, changed);
    held.set(shop, known);
    return known;
  };
  return {
    of: (shop) => heldOf(shop).catalogue,
    snapshot: () => snapshotOf(held),
    restore(state) {
      const saved = savedSchema.parse(state);
      held.clear();
      for (const shop of shops) {
        const slice = saved[shop.host];
        if (slice) held.set(shop, { ...hold(slice, slice.counters, changed), written: true });
      }
    },
  };
}

function hold(contents: CatalogueContents, saved: Record<Counter, number> | undefined, changed: () => void): Held {
  const counters = saved ?? firstCounters(contents);
  const written = (): void => {
    holder.written = true;
    changed();
  };
  const holder: Held = {
    counters,
    written: false,
    catalogue: {
      products: rowsOf(contents.products, written),
      terms: rowsOf(contents.terms, written),
      attributes: rowsOf(contents.attributes, written),
      customers: rowsOf(contents.customers, written),
      coupons: rowsOf(contents.coupons, written),
      next: (counter) => (counters[counter] += 1),
    },
  };
  return holder;
}

function rowsOf<Row extends { readonly id: number }>(rows: readonly Row[], written: () => void): Rows<Row> {
  const byId = new Map(rows.map((row) => [row.id, row]));
  return {
    all: () => [...byId.values()],
    find: (id) => byId.get(id),
    save(row) {
      byId.set(row.id, row);
      written();
      return row;
    },
    remove(id) {
      byId.delete(id);
      written();
    },
  };
}

/** Only shops that were written to. */
function snapshotOf(held: ReadonlyMap<WooShop, Held>): JsonValue {
  const slices = [...held]
    .filter(([, { written }]) => written)
    .map(([shop, { catalogue, counters }]): [string, unknown] => [
      shop.host,
      {
        products: catalogue.products.all(),
        terms: catalogue.terms.all(),
        attributes: catalogue.attributes.all(),
        customers: catalogue.customers.all(),
        coupons: catalogue.coupons.all(),
        counters,
      },
    ]);
  // Rows are plain JSON already.
  return JSON.parse(JSON.stringify(Object.fromEntries(slices))) as JsonValue;
}

function firstCounters({ products, terms, attributes, customers }: CatalogueContents): Record<Counter, number> {
  const metas = [...products, ...customers].flatMap((row) => row.meta.map((one) => one.id));
  return {
    term: largest(terms.map((term) => term.id)),
    attribute: largest(attributes.map((attribute) => attribute.id)),
    user: largest(customers.map((customer) => customer.id)),
    meta: Math.max(largest(metas), 1000),
  };
}

function largest(numbers: readonly number[]): number {
  return numbers.reduce((most, number) => Math.max(most, number), 0);
}
