import { createRandom } from '../../random.js';
import type { ShopData } from '../shop-slice.js';
import type { Shop } from '../shops.js';
import { bagOf, NOTHING, sum, times, type Exchange } from './bag.js';
import { catalogueOf } from './catalogue.js';
import { applyDiscounts } from './order-discounts.js';
import type { Buyer, Line, Moment } from './order.js';
import { taxesOn } from './order-taxes.js';
import { netOfLine, sumOfTaxes } from './order-totals.js';
import { customersOf } from './people.js';

/** A checkout somebody began and left. */
export interface AbandonedCheckout {
  readonly id: number;
  readonly createdAt: Moment;
  readonly updatedAt: Moment;
  /** When it became an order after all; null = it is still open. */
  readonly completedAt: Moment | null;
  readonly buyer: Buyer;
  readonly lines: readonly Line[];
  readonly codes: readonly string[];
  readonly exchange: Exchange;
}

const CHECKOUTS = 9;
const FIRST_ID = 38_100_000_000_000;
const HOUR = 3_600_000;
const STEP_HOURS = 29;
/** Every so manyth was completed later. */
const RECOVERED_EVERY = 3;

function lineOf(shop: Shop, exchange: Exchange, item: number, quantity: number, id: number): Line | undefined {
  const sold = catalogueOf(shop)[item];
  if (sold === undefined) return undefined;
  const { title, variantTitle, sku, vendor, grams, price, kind } = sold;
  return {
    ...{ id, title, variantTitle, sku, vendor, grams, quantity },
    productId: shop.id * 100 + item + 1,
    variantId: shop.id * 100 + 5_001 + item,
    unitPrice: bagOf(price, exchange),
    allocations: [],
    taxes: [],
    duty: NOTHING,
    taxable: kind !== 'giftCard',
    requiresShipping: kind === undefined,
    isGiftCard: kind === 'giftCard',
    attributes: [],
  };
}

function seedOne(data: ShopData, buyers: readonly Buyer[], index: number): AbandonedCheckout {
  const { shop, seededAt } = data;
  const random = createRandom(`${shop.host} checkout ${index}`);
  const exchange = { shopCurrency: shop.currency, presentmentCurrency: shop.currency, rate: 1 };
  const id = FIRST_ID + shop.id * 16 + index;
  const createdAt = Math.floor((seededAt - (index * STEP_HOURS + 2) * HOUR) / 1_000) * 1_000;
  const first = random.between(0, 4);
  const picked = [
    lineOf(shop, exchange, first, random.between(1, 3), id * 4),
    lineOf(shop, exchange, first + 1, 1, id * 4 + 1),
  ];
  const goods = picked.filter((line) => line !== undefined);
  const withCode = index % 4 === 1;
  const { lines } = applyDiscounts(
    { lines: goods, shipping: [], discounts: [] },
    withCode ? ['codePercent'] : [],
    exchange,
  );
  const recovered = index % RECOVERED_EVERY === 2;
  return {
    ...{ id, createdAt, exchange },
    updatedAt: createdAt + (recovered ? 5 : 0.25) * HOUR,
    completedAt: recovered ? createdAt + 5 * HOUR : null,
    buyer: random.pick(buyers),
    lines: lines.map((line) => ({
      ...line,
      taxes: line.taxable ? taxesOn(netOfLine(line), shop.taxes, shop.taxesIncluded) : [],
    })),
    codes: withCode ? ['WELCOME10'] : [],
  };
}

const seeded = new WeakMap<ShopData, readonly AbandonedCheckout[]>();

/** The checkouts left in a shop, oldest first: the same ones for the same moment. */
export function abandonedCheckoutsOf(data: ShopData): readonly AbandonedCheckout[] {
  const known = seeded.get(data);
  if (known !== undefined) return known;
  const buyers = customersOf(data.shop, data.seededAt);
  const made = Array.from({ length: CHECKOUTS }, (_, index) => seedOne(data, buyers, index)).reverse();
  seeded.set(data, made);
  return made;
}

/** What a checkout comes to. */
export function checkoutTotals({ lines }: AbandonedCheckout, { taxesIncluded }: Shop) {
  const items = sum(lines.map(({ unitPrice, quantity }) => times(unitPrice, quantity)));
  const subtotal = sum(lines.map(netOfLine));
  const tax = sum(lines.map(({ taxes }) => sumOfTaxes(taxes)));
  return { items, subtotal, tax, total: taxesIncluded ? subtotal : sum([subtotal, tax]) };
}
