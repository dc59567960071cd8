import { z } from 'zod';
import { seedStore } from '../seeds/seed-store.js';
import { QUOTAS, STORES, type Store } from '../stores.js';
import { json, ROWS, type Rows, type TableName } from './rows.js';
import { Table } from './table.js';

const knobsSchema = z.object({
  /** Whether its API account is still there; it is when this is absent. */
  apiAccount: z.boolean().exactOptional(),
  /** Requests in 30 seconds. */
  quota: z.number().int().min(1),
  /** How long a new hook hears nothing; the platform takes up to a minute. */
  hookDelaySeconds: z.number().int().min(0).max(3_600),
  /** How long what the platform does later (stock adjustments, captures, voids) takes. */
  lagSeconds: z.number().int().min(0).max(3_600),
  /** How often each hook hears of the same thing; the platform repeats itself now and then. */
  copies: z.number().int().min(1).max(5),
});

/** What a test may turn at one store. */
export type Knobs = z.infer<typeof knobsSchema>;

export const knobChanges = knobsSchema.partial();

type Tables = { readonly [Name in TableName]: Table<Rows[Name]> };

/** One store with everything it holds. */
export interface StoreData {
  readonly store: Store;
  readonly tables: Tables;
  readonly knobs: Knobs;
  /** Calls that empty a whole collection, so that a test can prove that nobody makes them: `DELETE /v2/orders` and the like. */
  readonly wipes: Record<string, number>;
}

const tableSchema = z.object({ lastId: z.number().int(), rows: z.array(json) });
const savedStoreSchema = z.object({
  knobs: knobsSchema,
  wipes: z.record(z.string(), z.number()),
  tables: z.partialRecord(z.enum(Object.keys(ROWS) as [TableName, ...TableName[]]), tableSchema),
});

export const savedStoresSchema = z.object({ base: z.number(), stores: z.record(z.string(), savedStoreSchema) });

/** All stores. What they hold is made when first asked for, as of the moment they were first started. */
export interface StoreBook {
  of(store: Store): StoreData;
  snapshot(): z.infer<typeof savedStoresSchema>;
  /**
   * Checks everything a store was saved with.
   * @returns takes it over
   * @throws {z.ZodError} when a row is not of this sandbox's making
   */
  readSaved(saved: z.infer<typeof savedStoresSchema>): () => void;
}

const NAMES = Object.keys(ROWS) as readonly TableName[];

/** The schema table is typed per key; walking over the keys loses which one it is. */
type AnyTable = Table<{ readonly id: number }>;
const tableOf = (data: StoreData, name: TableName): AnyTable => data.tables[name];

function makeStore(store: Store, base: number, changed: () => void): StoreData {
  const seeds = seedStore(store, base);
  const made = NAMES.map((name) => [name, new Table<{ readonly id: number }>(seeds[name] ?? [], changed)] as const);
  return {
    store,
    // Built from the same keys.
    tables: Object.fromEntries(made) as unknown as Tables,
    knobs: { quota: QUOTAS[store.plan], hookDelaySeconds: 0, lagSeconds: 0, copies: 1 },
    wipes: {},
  };
}

function printStore(data: StoreData): z.infer<typeof savedStoreSchema> {
  const written = NAMES.filter((name) => tableOf(data, name).written);
  const tables = written.map((name) => {
    const table = tableOf(data, name);
    return [name, { lastId: table.lastId, rows: table.all() }];
  });
  return {
    knobs: { ...data.knobs },
    wipes: { ...data.wipes },
    tables: Object.fromEntries(tables) as z.infer<typeof savedStoreSchema>['tables'],
  };
}

/** @param changed called after every change that must survive a restart */
export function createStoreBook(now: () => Date, changed: () => void): StoreBook {
  let base = now().getTime();
  const made = new Map<string, StoreData>();
  const of = (store: Store): StoreData => {
    const known = made.get(store.hash) ?? makeStore(store, base, changed);
    made.set(store.hash, known);
    return known;
  };
  return {
    of,
    snapshot: () => ({
      base,
      stores: Object.fromEntries([...made].map(([hash, data]) => [hash, printStore(data)])),
    }),
    readSaved(saved) {
      const read = STORES.flatMap((store) => {
        const state = saved.stores[store.hash];
        if (state === undefined) return [];
        const tables = NAMES.flatMap((name) => {
          const table = state.tables[name];
          return table === undefined
            ? []
            : [{ name, lastId: table.lastId, rows: z.array(ROWS[name]).parse(table.rows) }];
        });
        return [{ store, state, tables }];
      });
      return () => {
        base = saved.base;
        made.clear();
        for (const { store, state, tables } of read) {
          const data = of(store);
          Object.assign(data.knobs, state.knobs);
          Object.assign(data.wipes, state.wipes);
          for (const { name, rows, lastId } of tables) {
            const table = tableOf(data, name);
            table.fill(rows, lastId);
            table.written = true;
          }
        }
      };
    },
  };
}
