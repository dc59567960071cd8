import type { Random } from '../../random.js';
import { databaseTime } from '../database-time.js';
import { addHistory, type OrderWork, type Quantities } from '../orders/documents.js';
import { invoiceOrder } from '../orders/invoice.js';
import { moneyItems } from '../orders/order-items.js';
import { canShip, isOnline, setState } from '../orders/order-rules.js';
import { draftRefund, refundOrder } from '../orders/refund.js';
import { shipOrder } from '../orders/ship.js';
import { cancelOrder, holdOrder } from '../orders/stop.js';
import { addTransaction } from '../orders/transactions.js';
import { addBoth, inner, num, type Row } from '../row.js';
import type { MagentoShop } from '../shop.js';
import type { ShopData } from '../shop-data.js';
import type { SeedPlan } from './seed-plan.js';

export interface Life {
  readonly shop: MagentoShop;
  readonly data: ShopData;
  readonly plan: SeedPlan;
  readonly random: Random;
  readonly base: number;
}

const HOUR = 3_600;

// Twenty-one orders meet every state; the newest ones are still to be worked on.
const LIVES = [
  'complete',
  'complete',
  'processing',
  'pending',
  'complete',
  'complete',
  'partlyShipped',
  'canceled',
  'closed',
  'complete',
  'holded',
  'refundedPart',
  'invoicedPart',
  'review',
  'custom',
  'pendingPayment',
  'complete',
  'shippedUnpaid',
  'adjusted',
  'customNew',
  'complete',
] as const;

type Fate = (typeof LIVES)[number];

/** What became of an order after it was placed. @param at when that was, in seconds since 1970 */
export function liveOrder(life: Life, order: Row, index: number, at: number): void {
  const fate = LIVES[index % LIVES.length] ?? 'complete';
  let hours = 0;
  const next = (): OrderWork => {
    hours += life.random.between(1, 20);
    return { ...life, order, now: databaseTime(Math.min(at + hours * HOUR, life.base - 60)) };
  };
  if (isOnline(order) && fate !== 'pendingPayment') authorize(next());
  if (index % 9 === 4) addHistory(next(), life.random.pick(life.plan.comments), undefined, 1);
  FATES[fate](life, next, order);
}

function authorize(work: OrderWork): void {
  const payment = inner(work.order, 'payment');
  addBoth(payment, 'amount_authorized', num(payment, 'amount_ordered'), num(payment, 'base_amount_ordered'));
  addTransaction(work, 'authorization');
}

type Next = () => OrderWork;

const FATES: Readonly<Record<Fate, (life: Life, next: Next, order: Row) => void>> = {
  pending: () => undefined,
  processing: (_life, next) => void invoiceOrder(next(), undefined, true),
  complete: (life, next, order) => finish(life, next, order),
  closed: (life, next, order) => {
    finish(life, next, order);
    giveBack(next(), undefined, undefined, 0);
  },
  refundedPart: (life, next, order) => {
    finish(life, next, order);
    giveBack(next(), firstPiece(order), 0, 0);
  },
  adjusted: (life, next, order) => {
    finish(life, next, order);
    giveBack(next(), new Map(), 0, 1.5);
  },
  partlyShipped: (life, next, order) => {
    invoiceOrder(next(), undefined, true);
    if (canShip(order)) ship(life, next(), firstPiece(order));
  },
  invoicedPart: (_life, next, order) => void invoiceOrder(next(), firstPiece(order), true),
  shippedUnpaid: (life, next, order) => {
    if (canShip(order)) ship(life, next(), undefined);
  },
  canceled: (_life, next) => void cancelOrder(next()),
  holded: (_life, next) => void holdOrder(next()),
  review: (_life, next) => setState(next().order, 'payment_review'),
  pendingPayment: (_life, next) => setState(next().order, 'pending_payment'),
  custom: ({ shop }, next, order) => {
    invoiceOrder(next(), undefined, true);
    setCustom(shop, order, 'processing');
  },
  customNew: ({ shop }, _next, order) => setCustom(shop, order, 'new'),
};

function setCustom({ customStatuses }: MagentoShop, order: Row, state: string): void {
  const custom = customStatuses.find((one) => one.state === state);
  if (custom && order['state'] === state) order['status'] = custom.status;
}

function finish(life: Life, next: Next, order: Row): void {
  invoiceOrder(next(), undefined, true);
  if (canShip(order)) ship(life, next(), undefined);
}

function ship({ random }: Life, work: OrderWork, quantities: Quantities): void {
  const track = { track_number: `1Z${random.between(100_000_000, 999_999_999)}`, title: 'UPS', carrier_code: 'ups' };
  const tracks = random.chance(80) ? [track] : [];
  shipOrder(work, { quantities, tracks, sourceCode: 'default' });
}

/** One piece of the first thing that is money and can be shipped, else of the first. */
function firstPiece(order: Row): Map<number, number> {
  const items = moneyItems(order);
  const item = items.find((one) => one['is_virtual'] !== 1) ?? items[0];
  return new Map(item ? [[num(item, 'item_id'), 1]] : []);
}

function giveBack(work: OrderWork, quantities: Quantities, shipping: number | undefined, positive: number): void {
  const asked = {
    quantities,
    ...(shipping === undefined ? {} : { shipping }),
    positive,
    negative: 0,
    isOnline: isOnline(work.order),
    returned: [],
  };
  refundOrder(work, asked, draftRefund(work.order, asked));
}
