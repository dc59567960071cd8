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
  lastId: z.number().default(FIRST_ID),
  /** By host, then by slice. */
  shops: z.record(z.string(), z.record(z.string(), z.json())).default({}),
});

/** All shops. What they hold is made when first asked for, as of the moment the shops were first started. */
export interface ShopStore {
  readonly find: (host: string) => ShopData | undefined;
  snapshot(): z.infer<typeof storeSchema>;
  /** Goes back to what an earlier run saved. @throws {z.ZodError} when a slice is not of this sandbox's making */
  restore(saved: z.infer<typeof storeSchema>): void;
}

type Kept = Map<string, Map<string, () => SavedState>>;

/** A shop as seeded at that moment, with what was saved of it. */
function makeShop(
  host: string,
  seededAt: number,
  nextId: () => number,
  kept: Kept,
  changed: () => void,
): ShopData | undefined {
  const shop = SHOPS.find((one) => one.host === host);
  if (shop === undefined) return undefined;
  const slices = kept.get(host) ?? new Map<string, () => SavedState>();
  kept.set(host, slices);
  return {
    shop,
    seededAt,
    nextId,
    createdAt: seededAt - 2 * YEAR_MS,
    savedOf: (slice) => slices.get(slice)?.(),
    keep(slice, snapshot) {
      slices.set(slice, snapshot);
      changed();
    },
  };
}

/** @throws {z.ZodError} when a slice is not of this sandbox's making */
function checkSlices(shops: z.infer<typeof storeSchema>['shops']): void {
  for (const slices of Object.values(shops)) {
    for (const slice of SLICES) {
      const state = slices[slice.name];
      if (state !== undefined) slice.check(state);
    }
  }
}

function printKept(kept: Kept): z.infer<typeof storeSchema>['shops'] {
  const printed: z.infer<typeof storeSchema>['shops'] = {};
  for (const [host, slices] of kept) {
    printed[host] = Object.fromEntries([...slices].map(([slice, snapshot]) => [slice, snapshot()]));
  }
  return printed;
}

/** @param changed called after every change that must survive a restart */
export function createShopStore(now: () => Date, changed: () => void): ShopStore {
  const made = new Map<string, ShopData>();
  const kept: Kept = new Map();
  let moment: number | undefined;
  let lastId = FIRST_ID;
  const seededAt = (): number => (moment ??= now().getTime());

  return {
    find(host) {
      const data = made.get(host) ?? makeShop(host, seededAt(), () => ++lastId, kept, changed);
      if (data !== undefined) made.set(host, data);
      return data;
    },
    snapshot: () => ({ seededAt: seededAt(), lastId, shops: printKept(kept) }),
    restore(saved) {
      checkSlices(saved.shops);
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
