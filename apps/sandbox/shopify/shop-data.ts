import { z } from 'zod';
import type { SavedState, ShopData } from './shop-slice.js';
import { SHOPS } from './shops.js';
import { SLICES } from './slices.js';

const YEAR_MS = 365 * 86_400_000;
/** Above every number a seed hands out. */
const FIRST_ID = 15_000_000_000_001;

/** What the store saves. */
export const storeSchema = z.object({
  seededAt: z.number(),
  lastId: z.number(),
  /** By host, then by slice. */
  shops: z.record(z.string(), z.record(z.string(), z.json())),
});

/** All shops. What they hold is made when first asked for, as of the moment the shops were first started. */
export interface ShopStore {
  readonly find: (host: string) => ShopData | undefined;
  snapshot(): z.infer<typeof storeSchema>;
  /** Goes back to what an earlier run saved. @throws {z.ZodError} when a slice is not of this sandbox's making */
  restore(saved: z.infer<typeof storeSchema>): void;
}

/** @param changed called after every change that must survive a restart */
export function createShopStore(now: () => Date, changed: () => void): ShopStore {
  const made = new Map<string, ShopData>();
  const kept = new Map<string, Map<string, () => SavedState>>();
  let moment: number | undefined;
  let lastId = FIRST_ID;
  const seededAt = (): number => (moment ??= now().getTime());

  const make = (host: string): ShopData | undefined => {
    const shop = SHOPS.find((one) => one.host === host);
    if (shop === undefined) return undefined;
    const slices = new Map(kept.get(host));
    kept.set(host, slices);
    return {
      shop,
      createdAt: seededAt() - 2 * YEAR_MS,
      seededAt: seededAt(),
      nextId: () => ++lastId,
      savedOf: (slice) => slices.get(slice)?.(),
      keep(slice, snapshot) {
        slices.set(slice, snapshot);
        changed();
      },
    };
  };

  return {
    find(host) {
      const data = made.get(host) ?? make(host);
      if (data !== undefined) made.set(host, data);
      return data;
    },
    snapshot: () => ({
      seededAt: seededAt(),
      lastId,
      shops: Object.fromEntries(
        [...kept].map(([host, slices]) => [
          host,
          Object.fromEntries([...slices].map(([slice, snapshot]) => [slice, snapshot()])),
        ]),
      ),
    }),
    restore(saved) {
      for (const slices of Object.values(saved.shops)) {
        for (const slice of SLICES) {
          const state = slices[slice.name];
          if (state !== undefined) slice.check(state);
        }
      }
      moment = saved.seededAt;
      lastId = saved.lastId;
      made.clear();
      kept.clear();
      for (const [host, slices] of Object.entries(saved.shops)) {
        kept.set(host, new Map(Object.entries(slices).map(([slice, state]) => [slice, () => state])));
      }
    },
  };
}
