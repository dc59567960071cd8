import { z } from 'zod';
import type { JsonValue } from '#contract';
import type { Row } from './row.js';
import type { MagentoShop } from './shop.js';
import { SHOPS } from './shops.js';

const TABLES = [
  'orders',
  'invoices',
  'shipments',
  'creditmemos',
  'transactions',
  'products',
  'attributes',
  'categories',
  'customers',
  'groups',
  'salesRules',
  'coupons',
  'carts',
  'sources',
  'sourceItems',
  'stocks',
  'stockLinks',
  'reservations',
  'bulks',
] as const;

export type TableName = (typeof TABLES)[number];

const rowSchema = z.record(z.string(), z.json());
const savedShopSchema = z.object({
  tables: z.record(z.enum(TABLES), z.array(rowSchema)),
  counters: z.record(z.string(), z.number().int()),
});
export const shopDataStateSchema = z.record(z.string(), savedShopSchema);

/** Everything one shop's database holds. */
export class ShopData {
  readonly tables: Readonly<Record<TableName, Row[]>>;
  readonly counters: Record<string, number>;

  constructor(saved?: z.infer<typeof savedShopSchema>) {
    this.tables = saved?.tables ?? emptyTables();
    this.counters = saved?.counters ?? {};
  }

  /** The next number of a sequence, from 1. */
  next(sequence: string): number {
    return (this.counters[sequence] = (this.counters[sequence] ?? 0) + 1);
  }
}

function emptyTables(): Record<TableName, Row[]> {
  const tables: Partial<Record<TableName, Row[]>> = {};
  for (const name of TABLES) tables[name] = [];
  // Each name of the list was set just now.
  return tables as Record<TableName, Row[]>;
}

interface BookParts {
  /** Fills a shop as it was at the first start. */
  readonly seed: (shop: MagentoShop, data: ShopData) => void;
  /** Called when somebody first looks at a shop (then the seeds' point in time must be kept) and after each change. */
  readonly changed: () => void;
}

/** The data of all shops. A shop nobody wrote to is seeded anew at each start; of others everything is kept. */
export class ShopBook {
  readonly #parts: BookParts;
  readonly #open = new Map<string, ShopData>();
  readonly #written = new Set<string>();

  constructor(parts: BookParts) {
    this.#parts = parts;
  }

  of(shop: MagentoShop): ShopData {
    const known = this.#open.get(shop.host);
    if (known) return known;
    const data = new ShopData();
    this.#parts.seed(shop, data);
    this.#open.set(shop.host, data);
    this.#parts.changed();
    return data;
  }

  /** Call after every change. */
  wrote(shop: MagentoShop): void {
    this.#written.add(shop.host);
    this.#parts.changed();
  }

  snapshot(): JsonValue {
    const written = SHOPS.filter((shop) => this.#written.has(shop.host));
    return Object.fromEntries(
      written.map((shop) => {
        const { tables, counters } = this.of(shop);
        return [shop.host, structuredClone({ tables, counters })];
      }),
    );
  }

  restore(saved: z.infer<typeof shopDataStateSchema>): void {
    this.#open.clear();
    this.#written.clear();
    for (const [host, shop] of Object.entries(saved)) {
      this.#open.set(host, new ShopData(shop));
      this.#written.add(host);
    }
  }
}
