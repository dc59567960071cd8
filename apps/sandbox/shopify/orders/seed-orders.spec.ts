import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  EUR_SHOP,
  JPY_SHOP,
  KWD_SHOP,
  ORDER_SCOPES,
  startShopify,
  USD_SHOP,
  type RunningShopify,
} from '../testing/running-shopify.js';
import { SHOPS } from '../shops.js';
import { decimalsOf } from './bag.js';
import { seedOrders } from './seed-orders.js';

const money = z.object({ amount: z.string().regex(/^-?\d+\.\d+$/), currencyCode: z.string() });
const bag = z.object({ shopMoney: money, presentmentMoney: money });
const nodes = <Shape extends z.ZodType>(shape: Shape) =>
  z.object({ nodes: z.array(shape), pageInfo: z.object({ hasNextPage: z.literal(false) }) });
const tax = z.object({ title: z.string(), rate: z.number(), priceSet: bag });
const allocation = z.object({ allocatedAmountSet: bag, discountApplication: z.object({ index: z.number() }) });
const orderSchema = z.object({
  id: z.string(),
  name: z.string(),
  taxesIncluded: z.boolean(),
  displayFinancialStatus: z.string().nullable(),
  subtotalPriceSet: bag,
  totalDiscountsSet: bag,
  totalShippingPriceSet: bag,
  totalTaxSet: bag,
  totalTipReceivedSet: bag,
  originalTotalDutiesSet: bag.nullable(),
  originalTotalAdditionalFeesSet: bag.nullable(),
  totalPriceSet: bag,
  currentTotalPriceSet: bag,
  totalReceivedSet: bag,
  totalRefundedSet: bag,
  totalOutstandingSet: bag,
  taxLines: z.array(tax),
  lineItems: nodes(
    z.object({
      quantity: z.number(),
      currentQuantity: z.number(),
      originalUnitPriceSet: bag,
      taxLines: z.array(tax),
      discountAllocations: z.array(allocation),
    }),
  ),
  shippingLines: nodes(
    z.object({
      originalPriceSet: bag,
      discountedPriceSet: bag,
      taxLines: z.array(tax),
      discountAllocations: z.array(allocation),
    }),
  ),
  transactions: z.array(z.object({ kind: z.string(), status: z.string(), amountSet: bag })),
  refunds: z.array(
    z.object({
      totalRefundedSet: bag,
      refundLineItems: nodes(z.object({ quantity: z.number(), subtotalSet: bag, totalTaxSet: bag })),
      refundShippingLines: nodes(z.object({ subtotalAmountSet: bag, taxAmountSet: bag })),
      orderAdjustments: nodes(z.object({ amountSet: bag })),
      transactions: nodes(z.object({ amountSet: bag })),
    }),
  ),
});
const pageSchema = z.object({
  orders: z.object({
    nodes: z.array(orderSchema),
    pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
  }),
});
type Order = z.infer<typeof orderSchema>;
type Bag = z.infer<typeof bag>;

const M = '{ shopMoney { amount currencyCode } presentmentMoney { amount currencyCode } }';
const P = 'pageInfo { hasNextPage }';
const T = `taxLines { title rate priceSet ${M} }`;
const A = `discountAllocations { allocatedAmountSet ${M} discountApplication { index } }`;
const ORDERS = `query Some($after: String) { orders(first: 10, after: $after) { pageInfo { hasNextPage endCursor } nodes { id name taxesIncluded displayFinancialStatus
  subtotalPriceSet ${M} totalDiscountsSet ${M} totalShippingPriceSet ${M} totalTaxSet ${M} totalTipReceivedSet ${M} originalTotalDutiesSet ${M}
  originalTotalAdditionalFeesSet ${M} totalPriceSet ${M} currentTotalPriceSet ${M} totalReceivedSet ${M} totalRefundedSet ${M} totalOutstandingSet ${M}
  ${T} lineItems(first: 250) { nodes { quantity currentQuantity originalUnitPriceSet ${M} ${T} ${A} } ${P} }
  shippingLines(first: 10) { nodes { originalPriceSet ${M} discountedPriceSet ${M} ${T} ${A} } ${P} }
  transactions { kind status amountSet ${M} }
  refunds { totalRefundedSet ${M} refundLineItems(first: 250) { nodes { quantity subtotalSet ${M} totalTaxSet ${M} } ${P} }
    refundShippingLines(first: 10) { nodes { subtotalAmountSet ${M} taxAmountSet ${M} } ${P} }
    orderAdjustments(first: 10) { nodes { amountSet ${M} } ${P} } transactions(first: 10) { nodes { amountSet ${M} } ${P} } } } } }`;

let running: RunningShopify;
beforeAll(async () => void (running = await startShopify({ tokenSeconds: 10_000_000 })));
afterAll(() => running.sandbox.close());

async function readOrders(host: string): Promise<readonly Order[]> {
  const { access_token: token } = await running.connect(host, `${ORDER_SCOPES},read_all_orders`);
  const read: Order[] = [];
  let after: string | null = null;
  do {
    const answer = await running.ask(host, token, ORDERS, { after });
    expect(answer.errors).toBeUndefined();
    const { orders } = pageSchema.parse(answer.data);
    read.push(...orders.nodes);
    after = orders.pageInfo.hasNextPage ? orders.pageInfo.endCursor : null;
  } while (after !== null);
  return read;
}

type Side = 'shopMoney' | 'presentmentMoney';

/** Whole minor units, read back from the printed amounts. */
function reader(side: Side) {
  const minor = (value: Bag | null): number => {
    if (value === null) return 0;
    const { amount, currencyCode } = value[side];
    const [whole = '', fraction = ''] = amount.replace('-', '').split('.');
    const decimals = decimalsOf(currencyCode);
    expect(fraction.replace(/0+$/, '').length).toBeLessThanOrEqual(decimals);
    const size = Number(whole) * 10 ** decimals + Number(fraction.padEnd(3, '0').slice(0, 3)) / 10 ** (3 - decimals);
    return amount.startsWith('-') ? -size : size;
  };
  const total = (values: readonly Bag[]): number => values.reduce((sum, value) => sum + minor(value), 0);
  return { minor, total };
}

function expectSums(order: Order, side: Side): void {
  const { minor, total } = reader(side);
  const [lines, shipping] = [order.lineItems.nodes, order.shippingLines.nodes];
  const parts = [...lines, ...shipping];
  const gross = lines.reduce((sum, line) => sum + minor(line.originalUnitPriceSet) * line.quantity, 0);
  const lineDiscounts = total(lines.flatMap((line) => line.discountAllocations.map((one) => one.allocatedAmountSet)));
  const allDiscounts = total(parts.flatMap((part) => part.discountAllocations.map((one) => one.allocatedAmountSet)));
  const tax = total(parts.flatMap((part) => part.taxLines.map(({ priceSet }) => priceSet)));
  const extras =
    minor(order.totalTipReceivedSet) +
    minor(order.originalTotalDutiesSet) +
    minor(order.originalTotalAdditionalFeesSet);
  expect(minor(order.totalDiscountsSet)).toBe(allDiscounts);
  expect(minor(order.subtotalPriceSet)).toBe(gross - lineDiscounts);
  expect(minor(order.totalTaxSet)).toBe(tax);
  expect(total(order.taxLines.map(({ priceSet }) => priceSet))).toBe(tax);
  expect(minor(order.totalShippingPriceSet)).toBe(total(shipping.map((line) => line.originalPriceSet)));
  expect(minor(order.totalPriceSet)).toBe(
    gross - allDiscounts + minor(order.totalShippingPriceSet) + extras + (order.taxesIncluded ? 0 : tax),
  );
}

function expectTaxes(order: Order, side: Side): void {
  const { minor, total } = reader(side);
  for (const line of order.lineItems.nodes) {
    const net =
      minor(line.originalUnitPriceSet) * line.quantity -
      total(line.discountAllocations.map((one) => one.allocatedAmountSet));
    const rates = line.taxLines.reduce((sum, { rate }) => sum + rate, 0);
    for (const { rate, priceSet } of line.taxLines) {
      const exact = order.taxesIncluded ? (net * rate) / (1 + rates) : net * rate;
      expect(Math.abs(minor(priceSet) - exact)).toBeLessThanOrEqual(0.5 + 1e-6);
    }
  }
}

function expectPayments(order: Order, side: Side): void {
  const { minor, total } = reader(side);
  const moved = (kinds: readonly string[]): number =>
    total(
      order.transactions
        .filter(({ kind, status }) => status === 'SUCCESS' && kinds.includes(kind))
        .map(({ amountSet }) => amountSet),
    );
  expect(minor(order.totalReceivedSet)).toBe(moved(['SALE', 'CAPTURE']));
  expect(minor(order.totalRefundedSet)).toBe(moved(['REFUND']));
  expect(minor(order.totalRefundedSet)).toBe(total(order.refunds.map(({ totalRefundedSet }) => totalRefundedSet)));
  const net = minor(order.totalReceivedSet) - minor(order.totalRefundedSet);
  expect(minor(order.totalOutstandingSet)).toBe(minor(order.currentTotalPriceSet) - net);
  let back = 0;
  for (const refund of order.refunds) {
    const lines = refund.refundLineItems.nodes;
    const shipping = refund.refundShippingLines.nodes;
    const taxes = [...lines.map(({ totalTaxSet }) => totalTaxSet), ...shipping.map(({ taxAmountSet }) => taxAmountSet)];
    const goods = total([
      ...lines.map(({ subtotalSet }) => subtotalSet),
      ...shipping.map((line) => line.subtotalAmountSet),
    ]);
    const adjusted = total(refund.orderAdjustments.nodes.map(({ amountSet }) => amountSet));
    const calculated = goods + (order.taxesIncluded ? 0 : total(taxes));
    if (refund.transactions.nodes.length > 0) expect(minor(refund.totalRefundedSet)).toBe(calculated - adjusted);
    back += calculated - adjusted;
  }
  expect(minor(order.currentTotalPriceSet)).toBe(minor(order.totalPriceSet) - back);
}

describe.each([
  [USD_SHOP, 138],
  [EUR_SHOP, 63],
  [JPY_SHOP, 42],
  [KWD_SHOP, 32],
])('every order of %s', (host, count) => {
  let orders: readonly Order[];
  beforeAll(async () => void (orders = await readOrders(host)), 60_000);

  test('is there', () => {
    expect(orders).toHaveLength(count);
  });

  test.each(['shopMoney', 'presentmentMoney'] as const)('adds up to the minor unit in %s', (side) => {
    for (const order of orders) {
      expectSums(order, side);
      expectTaxes(order, side);
      expectPayments(order, side);
    }
  });

  test('has quantities that refunds and edits explain', () => {
    for (const order of orders) {
      const gone = order.refunds
        .flatMap(({ refundLineItems }) => refundLineItems.nodes)
        .reduce((sum, { quantity }) => sum + quantity, 0);
      const missing = order.lineItems.nodes.reduce((sum, line) => sum + line.quantity - line.currentQuantity, 0);
      expect(missing).toBe(gone);
    }
  });
});

describe('what is among them', () => {
  const at = Date.parse('2026-11-22T12:00:00Z');
  const all = SHOPS.flatMap((shop) => seedOrders(shop, at));
  const some = (test: (order: (typeof all)[number]) => boolean): number => all.filter(test).length;

  test('every kind of order somebody has to cope with', () => {
    const kinds = {
      presentment: some(({ exchange }) => exchange.shopCurrency !== exchange.presentmentCurrency),
      guests: some(({ buyer }) => buyer === null),
      manyLines: some(({ lines }) => lines.length > 50),
      deleted: some(({ lines }) => lines.some(({ productId }) => productId === null)),
      giftCards: some(({ lines }) => lines.some(({ isGiftCard }) => isGiftCard)),
      tips: some(({ tip }) => tip.shop > 0),
      duties: some(({ lines }) => lines.some(({ duty }) => duty.shop > 0)),
      fees: some(({ fees }) => fees.length > 0),
      attributes: some(({ attributes }) => attributes.length > 0),
      removedShipping: some(({ shipping }) => shipping.some(({ removed }) => removed)),
      edited: some(({ edited }) => edited),
      tests: some(({ test: isTest }) => isTest),
      free: some(({ lines }) => lines.every(({ unitPrice }) => unitPrice.shop === 0)),
      discrepancies: some(({ refunds }) => refunds.some(({ discrepancy }) => discrepancy !== null)),
      phoneOnly: some(({ email, phone }) => email === null && phone !== null),
    };
    expect(Object.entries(kinds).filter(([, count]) => count === 0)).toEqual([]);
  });

  test('ids of their own, and the same orders for the same moment', () => {
    const ids = all.flatMap(({ id, lines, transactions, refunds, fulfillments }) => [
      id,
      ...[...lines, ...transactions, ...refunds, ...fulfillments].map((part) => part.id),
    ]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(SHOPS.flatMap((shop) => seedOrders(shop, at))).toEqual(all);
  });

  test('no moment after the shop was started, and none before the order was placed', () => {
    for (const { createdAt, updatedAt, transactions, fulfillments, refunds } of all) {
      for (const event of [...transactions, ...fulfillments, ...refunds]) {
        expect(event.at).toBeGreaterThanOrEqual(createdAt);
        expect(event.at).toBeLessThanOrEqual(updatedAt);
      }
      expect(updatedAt).toBeLessThanOrEqual(at);
    }
  });
});
