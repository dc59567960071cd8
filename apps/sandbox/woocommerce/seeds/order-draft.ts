import type { Buyer, Coupon, Gateway, Product, Variation, WooShop } from '../shop.js';
import type { SeedRandom } from './seed-random.js';

export interface DraftLine {
  readonly product: Product;
  readonly variation?: Variation;
  readonly quantity: number;
  readonly net?: string;
}

export interface DraftRefund {
  readonly kind: 'line' | 'amount' | 'full';
  readonly at: number;
}

/** What happened to an order, before ids are given out and prices worked out. Instants are seconds since 1970. */
export interface OrderDraft {
  /** When its row was written; the import wrote rows much later than the orders were placed. */
  readonly insertedAt: number;
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly paidAt: number | null;
  readonly completedAt: number | null;
  readonly status: string;
  readonly buyer: Buyer;
  readonly gateway: Gateway;
  readonly lines: readonly DraftLine[];
  readonly coupon?: Coupon;
  readonly fee?: { readonly name: string; readonly amount: string };
  readonly shipping: 'flat' | 'free' | 'none';
  readonly refunds: readonly DraftRefund[];
  readonly note: string;
  readonly extras: { readonly tracking: boolean; readonly externalId: boolean };
}

const DAY = 86_400;
const HOUR = 3_600;

// Twenty orders hold every status; `custom` is the shop's own first one. Drafts are made apart: a genuine shop deletes
// them after a day, so they can only be the newest (fact sheet, section 5.2).
const STATUSES = [
  ...[
    'completed',
    'processing',
    'completed',
    'on-hold',
    'completed',
    'processing',
    'pending',
    'completed',
    'cancelled',
  ],
  ...['completed', 'refunded', 'processing', 'completed', 'failed', 'custom', 'completed', 'completed', 'processing'],
  ...['trash', 'completed'],
];

const PAID = new Set(['processing', 'completed', 'refunded', 'trash', 'custom']);
const TOUCHED_LATER = new Set(['cancelled', 'failed', 'on-hold']);

/** The orders of a shop in the order they were placed, spread over the days before `base`, the newest two hours old. */
export function draftOrders(shop: WooShop, base: number, random: SeedRandom): OrderDraft[] {
  const { plan } = shop;
  const step = Math.floor((plan.days * DAY) / plan.orders);
  const regular = Array.from({ length: plan.orders }, (_, index) => {
    const latest = base - 2 * HOUR - (plan.orders - index - 1) * step;
    const createdAt = latest - random.integer(Math.floor(step * 0.8));
    const isDraft = index >= plan.orders - 2;
    const status = isDraft ? 'checkout-draft' : (STATUSES[index % STATUSES.length] ?? 'completed');
    return draftOrder(shop, index, status, createdAt, base, random);
  });
  return [...importedOrders(shop, base, random), ...regular];
}

/** Old orders that a migration wrote all in one second, two days before `base`. */
function importedOrders(shop: WooShop, base: number, random: SeedRandom): OrderDraft[] {
  const { plan } = shop;
  const importedAt = base - 2 * DAY;
  return Array.from({ length: plan.imported }, (_, index) => {
    const createdAt = base - (plan.days + plan.imported - index) * DAY - random.integer(HOUR * 12);
    const draft = draftOrder(shop, index * 2, 'completed', createdAt, base, random);
    return { ...draft, insertedAt: importedAt, modifiedAt: importedAt, refunds: [] };
  });
}

type History = Pick<OrderDraft, 'createdAt' | 'modifiedAt' | 'paidAt' | 'completedAt' | 'refunds'>;

/** @param kind a status, or `custom` */
function draftOrder(
  shop: WooShop,
  index: number,
  kind: string,
  createdAt: number,
  base: number,
  random: SeedRandom,
): OrderDraft {
  const { plan } = shop;
  const history = historyOf(index, kind, createdAt, base, random);
  const fee = feeOf(shop, index);
  return {
    ...history,
    insertedAt: createdAt,
    status: kind === 'custom' ? (shop.customStatuses[0]?.slug ?? 'processing') : kind,
    buyer: buyerOf(shop, index, random),
    gateway: random.pick(plan.gateways),
    lines: linesOf(shop, index, random),
    ...(index % 5 === 2 ? { coupon: random.pick(plan.coupons) } : {}),
    ...(fee ? { fee } : {}),
    shipping: index % 17 === 8 ? 'none' : index % 4 === 3 ? 'free' : 'flat',
    note: index % 6 === 1 ? random.pick(plan.notes) : '',
    extras: { tracking: history.completedAt !== null && index % 3 === 0, externalId: index % 8 === 2 },
  };
}

function historyOf(index: number, kind: string, createdAt: number, base: number, random: SeedRandom): History {
  const notAfterBase = (instant: number): number => Math.min(instant, base - 60);
  const paidAt = PAID.has(kind) ? createdAt + 20 + random.integer(600) : null;
  const isDone = kind === 'completed' || kind === 'trash';
  const completedAt = isDone ? notAfterBase(createdAt + DAY + random.integer(3 * DAY)) : null;
  const refunds = refundsOf(kind, index, notAfterBase((completedAt ?? createdAt) + HOUR + random.integer(4 * DAY)));
  const touchedAt = TOUCHED_LATER.has(kind) ? notAfterBase(createdAt + random.integer(DAY)) : 0;
  const changes = [createdAt, paidAt ?? 0, completedAt ?? 0, touchedAt, ...refunds.map((refund) => refund.at)];
  return { createdAt, paidAt, completedAt, refunds, modifiedAt: Math.max(...changes) };
}

function refundsOf(kind: string, index: number, at: number): DraftRefund[] {
  if (kind === 'refunded') return [{ kind: 'full', at }];
  if (kind !== 'completed') return [];
  const byLine: DraftRefund[] = index % 4 === 0 ? [{ kind: 'line', at }] : [];
  const byAmount: DraftRefund[] = index % 6 === 4 ? [{ kind: 'amount', at }] : [];
  return [...byLine, ...byAmount];
}

function feeOf(shop: WooShop, index: number): { name: string; amount: string } | undefined {
  if (index % 7 === 1) return shop.plan.fee;
  return index % 9 === 4 ? shop.plan.allowance : undefined;
}

function buyerOf(shop: WooShop, index: number, random: SeedRandom): Buyer {
  const isGuest = index % 3 === 1;
  return random.pick(shop.plan.buyers.filter((buyer) => (buyer.customerId === 0) === isGuest));
}

function linesOf(shop: WooShop, index: number, random: SeedRandom): DraftLine[] {
  const { products, bundle } = shop.plan;
  const present = products.filter((product) => product.deleted !== true);
  const gone = products.filter((product) => product.deleted === true);
  const first = index % 11 === 3 ? random.pick(gone) : random.pick(present);
  const others = present.filter((product) => product !== first);
  const chosen = [first, ...others.filter(() => random.integer(others.length) < 1)].slice(0, 4);
  const lines = chosen.map((product) => lineOf(product, 1 + random.integer(3), random));
  return index % 13 === 5 ? [{ ...lineOf(random.pick(present), 3, random), net: bundle }, ...lines.slice(1)] : lines;
}

function lineOf(product: Product, quantity: number, random: SeedRandom): DraftLine {
  if (product.variations.length === 0) return { product, quantity };
  return { product, quantity, variation: random.pick(product.variations) };
}
