import type { Order } from './orders/order.js';
import { seedOrders } from './orders/seed-orders.js';
import { SHOPS, type Shop } from './shops.js';

const YEAR_MS = 365 * 86_400_000;

/** A shop with everything it holds. */
export interface ShopData {
  readonly shop: Shop;
  readonly orders: readonly Order[];
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}

/** All shops. Their orders are made when first asked for, as of the moment the shops were first started. */
export interface ShopStore {
  readonly find: (host: string) => ShopData | undefined;
  /** Milliseconds since 1970. Fixed from the first call on. */
  seededAt(): number;
  /** Goes back to the moment an earlier run was seeded at. */
  restore(seededAt: number): void;
}

export function createShopStore(now: () => Date): ShopStore {
  const made = new Map<string, ShopData>();
  let moment: number | undefined;
  const seededAt = (): number => (moment ??= now().getTime());

  return {
    seededAt,
    find(host) {
      const shop = SHOPS.find((one) => one.host === host);
      if (shop === undefined) return undefined;
      const data = made.get(host) ?? {
        shop,
        orders: seedOrders(shop, seededAt()),
        createdAt: seededAt() - 2 * YEAR_MS,
      };
      made.set(host, data);
      return data;
    },
    restore(earlier) {
      moment = earlier;
      made.clear();
    },
  };
}
