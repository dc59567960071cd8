import { bagOf, decimalsOf, NOTHING, portion, sum, type Exchange } from './bag.js';
import type { Buyer, Line, Moment, Order, Shipping } from './order.js';
import { applyDiscounts } from './order-discounts.js';
import { fulfill } from './order-fulfillment.js';
import type { History, Step } from './order-history.js';
import { chooseLines } from './order-lines.js';
import { pay } from './order-payment.js';
import { refund, removeUnit } from './order-refund.js';
import { taxesOn } from './order-taxes.js';
import { netOfLine, netOfShipping } from './order-totals.js';
import { otherAddress } from './people.js';

/** What a scenario does not decide. */
export interface OrderSeed {
  readonly number: number;
  readonly createdAt: Moment;
  readonly buyer: Buyer;
}

const TIP_PERCENT = 15;
const STEPS: readonly Step[] = [priceAndTax, removeUnit, pay, fulfill, refund, finish];

function exchangeOf({ shop, scenario, random }: History): Exchange {
  const own = { shopCurrency: shop.currency, presentmentCurrency: shop.currency, rate: 1 };
  const foreign = Object.entries(shop.presentment);
  if (scenario.presentment !== true || foreign.length === 0) return own;
  const [presentmentCurrency, rate] = random.pick(foreign);
  return { ...own, presentmentCurrency, rate };
}

/** A typical price in the shop's own currency: 7.5 units, 750 in a currency without decimals. */
function shippingPrice(currency: string, factor: number): number {
  const decimals = decimalsOf(currency);
  return Math.round(7.5 * factor * 10 ** (decimals === 0 ? 2 : decimals));
}

function shippingOf({ shop, scenario, ids }: History, exchange: Exchange): readonly Shipping[] {
  const line = (title: string, code: string, factor: number, removed = false): Shipping => {
    const price = bagOf(shippingPrice(shop.currency, factor), exchange);
    return { id: ids.next(), title, code, source: 'shopify', price, allocations: [], taxes: [], removed };
  };
  switch (scenario.shipping ?? 'standard') {
    case 'none':
      return [];
    case 'pickup':
      return [line('In-store pickup', 'pickup', 0)];
    case 'express':
      return [line('Express', 'express', 2.4)];
    case 'changed':
      return [line('Express', 'express', 2.4, true), line('Standard', 'standard', 1)];
    case 'standard':
      return [line('Standard', 'standard', 1)];
  }
}

/** Everything that has not happened yet. */
const UNTOUCHED = {
  closedAt: null,
  cancelledAt: null,
  cancelReason: null,
  discounts: [],
  tip: NOTHING,
  transactions: [],
  fulfillments: [],
  refunds: [],
  returns: [],
  fulfillmentHold: null,
  name: null,
  processedAt: null,
  staffNote: null,
  sourceIdentifier: null,
  sourceUrl: null,
} as const;

function whoAndWhere({ shop, scenario, random, ids }: History, buyer: Buyer, lines: readonly Line[]) {
  const guest = scenario.guest === true;
  const ships = lines.some(({ requiresShipping }) => requiresShipping) && scenario.shipping !== 'pickup';
  const destination = scenario.otherAddress === true ? otherAddress(shop, random, ids.next()) : buyer.address;
  return {
    email: guest ? 'guest@example.com' : buyer.email,
    phone: buyer.email === null ? buyer.phone : null,
    poNumber: buyer.address.company === null ? null : `PO-${random.between(1_000, 9_999)}`,
    buyer: guest ? null : buyer,
    billingAddress: buyer.address,
    shippingAddress: ships ? destination : null,
  };
}

function markings({ scenario }: History) {
  return {
    note: scenario.note ?? null,
    sourceName: scenario.sourceName ?? 'web',
    // recorded: Shopify answers tags in alphabetical order, whatever order they were given in
    tags: [...(scenario.tags ?? [])].sort(),
    test: scenario.test === true,
    edited: scenario.edit !== undefined,
    attributes: scenario.attributes === true ? [{ key: 'delivery_date', value: '2026-12-24' }] : [],
    authorizationExpired: scenario.payment === 'expired',
  };
}

function start(history: History, { number, createdAt, buyer }: OrderSeed): Order {
  const { shop, scenario, random, ids } = history;
  const exchange = exchangeOf(history);
  const lines = chooseLines(shop, random, scenario, exchange, ids);
  const fee = { id: ids.next(), name: 'Import handling', price: bagOf(shippingPrice(shop.currency, 0.6), exchange) };
  return {
    ...UNTOUCHED,
    ...markings(history),
    ...whoAndWhere(history, buyer, lines),
    ...{ number, exchange, createdAt, lines },
    id: ids.order,
    updatedAt: createdAt,
    confirmationNumber: `C${random.between(1_000_000, 9_999_999).toString(36).toUpperCase()}`,
    taxesIncluded: shop.taxesIncluded,
    shipping: shippingOf(history, exchange),
    fees: scenario.fee === true ? [fee] : [],
  };
}

function priceAndTax(order: Order, { shop, scenario }: History): Order {
  const discounted = applyDiscounts(order, scenario.discounts ?? [], order.exchange);
  const rates = scenario.taxExempt === true ? [] : shop.taxes;
  const lines = discounted.lines.map((line) => ({
    ...line,
    taxes: line.taxable ? taxesOn(netOfLine(line), rates, order.taxesIncluded) : [],
  }));
  const shipping = discounted.shipping.map((line) => ({
    ...line,
    taxes: shop.taxShipping ? taxesOn(netOfShipping(line), rates, order.taxesIncluded) : [],
  }));
  const tip = scenario.tip === true ? portion(sum(lines.map(netOfLine)), TIP_PERCENT, 100) : NOTHING;
  return { ...order, ...discounted, lines, shipping, tip };
}

function finish(order: Order, { scenario, at }: History): Order {
  const cancelledAt = scenario.cancelled === undefined ? null : at(13);
  const closedAt = scenario.closed === true ? at(130) : null;
  const events = [
    ...order.transactions,
    ...order.fulfillments,
    ...order.refunds,
    ...order.fulfillments.map(({ deliveredAt }) => ({ at: deliveredAt ?? 0 })),
  ].map((event) => event.at);
  const edited = scenario.edit === undefined ? 0 : at(3);
  const updatedAt = Math.max(order.createdAt, edited, cancelledAt ?? 0, closedAt ?? 0, ...events);
  return { ...order, cancelledAt, closedAt, updatedAt, cancelReason: scenario.cancelled ?? null };
}

/** Makes an order by letting its scenario happen step by step. */
export function buildOrder(history: History, seed: OrderSeed): Order {
  return STEPS.reduce((order, step) => step(order, history), start(history, seed));
}
