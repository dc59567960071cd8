import { createRandom } from '../../random.js';
import { SHOPS, type Shop } from '../shops.js';
import { buildOrder } from './build-order.js';
import type { Moment, Order } from './order.js';
import type { History } from './order-history.js';
import { createOrderIds } from './order-ids.js';
import { customersOf } from './people.js';
import { SCENARIOS } from './scenario.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const FIRST_NUMBER = 1_001;
const RECENT_DAYS = 55;
const NEWEST_AGE = 10 * MINUTE;
const OLDEST_STEP_DAYS = 41;
/** Later orders come closer together, as in a shop that grows. */
const GROWTH = 1.3;
/** Every so manyth recent order was touched by one bulk action, hence in the same second. */
const BULK_EVERY = 13;
const BULK_AGE = 3 * HOUR;

const wholeSecond = (moment: number): Moment => Math.floor(moment / SECOND) * SECOND;

function placedAt(shop: Shop, seededAt: Moment, index: number): Moment {
  const { old, recent } = shop.orders;
  if (index < old) return wholeSecond(seededAt - (65 + (old - index) * OLDEST_STEP_DAYS) * DAY);
  const place = recent - 1 - (index - old);
  const age = (RECENT_DAYS * DAY - NEWEST_AGE) * (place / (recent - 1)) ** GROWTH + NEWEST_AGE;
  return wholeSecond(seededAt - age);
}

function firstSerial(shop: Shop): number {
  const before = SHOPS.slice(0, SHOPS.indexOf(shop));
  return before.reduce((serial, { orders }) => serial + orders.old + orders.recent, 0);
}

function touchedInBulk(order: Order, seededAt: Moment, index: number): Order {
  const at = wholeSecond(seededAt - BULK_AGE);
  if (index % BULK_EVERY !== 0 || order.updatedAt > at) return order;
  return { ...order, updatedAt: at, tags: [...order.tags, 'bulk-2026'].sort() };
}

/**
 * The orders of a shop, oldest first: the same ones for the same moment on every machine.
 * @param seededAt the moment the shop was first started, in milliseconds since 1970
 */
export function seedOrders(shop: Shop, seededAt: Moment): readonly Order[] {
  const customers = customersOf(shop, seededAt);
  const latest = wholeSecond(seededAt - MINUTE);
  const serial = firstSerial(shop);
  return Array.from({ length: shop.orders.old + shop.orders.recent }, (_, index) => {
    const createdAt = placedAt(shop, seededAt, index);
    const random = createRandom(`${shop.host} order ${index}`);
    const history: History = {
      shop,
      random,
      scenario: SCENARIOS[index % SCENARIOS.length] ?? { payment: 'card' },
      ids: createOrderIds(serial + index),
      at: (hours) => wholeSecond(Math.max(createdAt, Math.min(createdAt + hours * HOUR, latest))),
    };
    const order = buildOrder(history, { number: FIRST_NUMBER + index, createdAt, buyer: random.pick(customers) });
    return touchedInBulk(order, seededAt, index);
  });
}
