import { databaseTime } from '../database-time.js';
import type { MagentoShop } from '../shop.js';
import type { ShopData } from '../shop-data.js';
import { planDe } from './plan-de.js';
import { planJp } from './plan-jp.js';
import { planUs } from './plan-us.js';
import { seedCarts } from './seed-carts.js';
import { seedCatalogue } from './seed-catalogue.js';
import { seedOrders } from './seed-orders.js';
import { seedPeople } from './seed-people.js';

const PLANS = { US: planUs, DE: planDe, JP: planJp };

const DAY = 86_400;

/** Fills a shop as it was at its first start; the same every time with the same `base`, seconds since 1970. */
export function seedShop(shop: MagentoShop, data: ShopData, base: number): void {
  const plan = PLANS[shop.prefix];
  const opened = databaseTime(base - (plan.days + 30) * DAY);
  seedPeople(shop, data, plan, opened);
  seedCatalogue(data, plan, opened);
  seedOrders(shop, data, plan, base);
  seedCarts(shop, data, plan, base);
}
