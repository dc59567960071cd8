import type { Random } from '../../random.js';
import type { Shop } from '../shops.js';
import type { Moment, Order } from './order.js';
import type { OrderIds } from './order-ids.js';
import type { Scenario } from './scenario.js';

/** What the steps of an order's history are made from. */
export interface History {
  readonly shop: Shop;
  readonly scenario: Scenario;
  readonly random: Random;
  readonly ids: OrderIds;
  /** The moment so many hours after the order was placed, but never later than the shop was seeded. */
  readonly at: (hours: number) => Moment;
}

/** One step: takes an order and tells what happened to it next. */
export type Step = (order: Order, history: History) => Order;
