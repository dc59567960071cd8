import type { WooOrder } from './order.js';
import { buchladen } from './seeds/buchladen.js';
import { seedOrders } from './seeds/seed-orders.js';
import { souq } from './seeds/souq.js';
import { tea } from './seeds/tea.js';
import { vinyl } from './seeds/vinyl.js';
import type { WooShop } from './shop.js';

const SHOPS: readonly WooShop[] = [buchladen, tea, souq, vinyl];

/** The seeded shops and what they sold. Orders are made when first asked for, so that a restored base date counts. */
export class ShopRegistry {
  readonly shops = SHOPS;
  readonly #orders = new Map<WooShop, readonly WooOrder[]>();
  readonly #seeded: () => void;
  #base: number;

  /**
   * @param base the moment the seeds look back from, in seconds since 1970
   * @param seeded called when somebody first looks at a shop: from then on the base must not be lost
   */
  constructor(base: number, seeded: () => void) {
    this.#base = base;
    this.#seeded = seeded;
  }

  get base(): number {
    return this.#base;
  }

  set base(base: number) {
    this.#base = base;
    this.#orders.clear();
  }

  find(host: string): WooShop | undefined {
    return SHOPS.find((shop) => shop.host === host);
  }

  ordersOf(shop: WooShop): readonly WooOrder[] {
    const known = this.#orders.get(shop);
    if (known) return known;
    const seeded = seedOrders(shop, this.#base);
    this.#orders.set(shop, seeded);
    this.#seeded();
    return seeded;
  }
}
