import { describe, expect, it } from 'vitest';
import { Big } from '#contract';
import { amountPrinter } from '../amount-printer.js';
import type { WooOrder } from '../order.js';
import { orderBody } from '../order-body.js';
import { refundBody } from '../refund-body.js';
import type { WooShop } from '../shop.js';
import { buchladen } from './buchladen.js';
import { seedOrders } from './seed-orders.js';
import { souq } from './souq.js';
import { tea } from './tea.js';
import { vinyl } from './vinyl.js';

const SHOPS = [buchladen, tea, souq, vinyl];
const BASE = Date.parse('2026-11-22T19:00:00Z') / 1000;

interface PrintedTax {
  readonly id: number;
  readonly total: string;
}
interface PrintedItem {
  readonly quantity: number;
  readonly subtotal: string;
  readonly total: string;
  readonly total_tax: string;
  readonly taxes: readonly PrintedTax[];
  readonly price: number;
}
/** The parts of a printed order that the arithmetic is about. */
interface PrintedOrder {
  readonly total: string;
  readonly total_tax: string;
  readonly cart_tax: string;
  readonly shipping_total: string;
  readonly shipping_tax: string;
  readonly discount_total: string;
  readonly discount_tax: string;
  readonly line_items: readonly PrintedItem[];
  readonly shipping_lines: readonly PrintedItem[];
  readonly fee_lines: readonly PrintedItem[];
  readonly tax_lines: readonly {
    readonly rate_id: number;
    readonly tax_total: string;
    readonly shipping_tax_total: string;
  }[];
  readonly coupon_lines: readonly { readonly discount: string; readonly discount_tax: string }[];
  readonly refunds: readonly { readonly total: string }[];
}

function printed(order: WooOrder, shop: WooShop): PrintedOrder {
  const body = orderBody(order, { shop, siteUrl: 'https://x.test', print: amountPrinter(shop.printedDecimals) });
  // What a client reads: the body as it comes out of JSON.
  return JSON.parse(JSON.stringify(body)) as PrintedOrder;
}

function total(values: readonly string[]): Big {
  return values.reduce((sum, value) => sum.plus(value), new Big(0));
}

/** Pairs of a printed sum and the printed amounts it must be the sum of. */
type Sums = readonly (readonly [sum: string, parts: readonly string[]])[];

function sumsOfItems(body: PrintedOrder): Sums {
  const items = [...body.line_items, ...body.shipping_lines, ...body.fee_lines];
  const before = body.line_items.map((line) => line.subtotal);
  const after = body.line_items.map((line) => `-${line.total}`.replace('--', ''));
  return [
    [body.total, [...items.map((item) => item.total), body.total_tax]],
    [body.total_tax, [body.cart_tax, body.shipping_tax]],
    [body.shipping_total, body.shipping_lines.map((line) => line.total)],
    [body.discount_total, [...before, ...after]],
  ];
}

function sumsOfTaxes(body: PrintedOrder): Sums {
  const cart = [...body.line_items, ...body.fee_lines];
  const ofRate = (rate: number): string[] =>
    cart.flatMap((item) => item.taxes.filter((tax) => tax.id === rate).map((tax) => tax.total));
  return [
    [body.cart_tax, body.tax_lines.map((line) => line.tax_total)],
    [body.shipping_tax, body.tax_lines.map((line) => line.shipping_tax_total)],
    ...[...cart, ...body.shipping_lines].map((item) => [item.total_tax, item.taxes.map((tax) => tax.total)] as const),
    ...body.tax_lines.map((line) => [line.tax_total, ofRate(line.rate_id)] as const),
  ];
}

describe.each(SHOPS.map((shop) => [shop.host, shop] as const))('the arithmetic of %s', (_host, shop) => {
  const orders = seedOrders(shop, BASE);
  const zero = amountPrinter(shop.printedDecimals);
  const money = new RegExp(`^-?\\d+\\.\\d{${shop.printedDecimals}}$`);

  it.each([
    ['lines, shipping, fees and taxes are the total', sumsOfItems],
    ['taxes of the items are those of the tax lines', sumsOfTaxes],
  ] as const)('adds up in every order: %s', (_what, check) => {
    for (const order of orders) {
      const body = printed(order, shop);
      expect(body.total).toMatch(money);
      for (const [expected, actual] of check(body)) expect(zero(total(actual)), `order ${order.id}`).toBe(expected);
    }
  });

  it('keeps price times quantity within the last decimal of the line', () => {
    for (const line of orders.flatMap((order) => printed(order, shop).line_items)) {
      expect(zero(new Big(line.price).times(line.quantity))).toBe(line.total);
    }
  });

  it('refunds what the refunds say, and never more than was paid', () => {
    for (const order of orders) {
      const refunded = total(order.refunds.map((refund) => refund.amount.toFixed()));
      expect(refunded.lte(order.totals.total)).toBe(true);
      if (order.status === 'refunded') expect(refunded.eq(order.totals.total)).toBe(true);
      expect(printed(order, shop).refunds.map((refund) => refund.total)).toEqual(
        order.refunds.map((refund) => `-${zero(refund.amount)}`),
      );
    }
  });

  it('dates nothing later than the start, and nothing out of order', () => {
    for (const order of orders) {
      const later = [order.modifiedAt, order.paidAt ?? order.createdAt, order.completedAt ?? order.createdAt];
      for (const instant of later) expect(instant).toBeGreaterThanOrEqual(order.createdAt);
      expect(order.modifiedAt).toBe(Math.max(order.modifiedAt, ...later, ...order.refunds.map((r) => r.createdAt)));
      expect(order.modifiedAt).toBeLessThan(BASE);
    }
  });

  it('is the same at every start', () => {
    expect(JSON.stringify(seedOrders(shop, BASE))).toBe(JSON.stringify(orders));
    const ids = orders.flatMap((order) => [order.id, ...order.refunds.map((refund) => refund.id)]);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('what the shops hold', () => {
  const books = seedOrders(buchladen, BASE);
  const lines = books.flatMap((order) => order.lines);

  it('has every status', () => {
    expect(new Set(books.map((order) => order.status))).toEqual(
      new Set([
        'pending',
        'on-hold',
        'processing',
        'completed',
        'cancelled',
        'refunded',
        'failed',
        'trash',
        'checkout-draft',
        'awaiting-pickup',
      ]),
    );
  });

  it('has the cases a connector stumbles over', () => {
    expect(books.filter((order) => order.buyer.customerId === 0).length).toBeGreaterThan(10);
    expect(lines.some((line) => line.productId === 0 && line.sku === null)).toBe(true);
    expect(lines.some((line) => line.quantity === 3 && line.total.eq('10.00'))).toBe(true);
    expect(lines.some((line) => line.meta.some((meta) => meta.key === 'pa_groesse'))).toBe(true);
    expect(lines.some((line) => line.name.includes('&amp;'))).toBe(true);
    expect(lines.some((line) => line.name.includes('🌱'))).toBe(true);
    expect(books.some((order) => order.feeLines.some((fee) => fee.total.lt(0)))).toBe(true);
    expect(books.some((order) => order.taxLines.length > 1)).toBe(true);
    expect(new Set(books.flatMap((order) => order.couponLines.map((line) => line.coupon.type))).size).toBe(2);
    expect(books.some((order) => order.shippingLines[0]?.methodId === 'free_shipping')).toBe(true);
    const partial = books.filter((order) => order.status === 'completed').flatMap((order) => order.refunds);
    expect(partial.some((refund) => refund.lines.length > 0)).toBe(true);
    expect(partial.some((refund) => refund.lines.length === 0)).toBe(true);
    expect(books.some((order) => order.refunds.length > 1)).toBe(true);
  });

  it('has an import: more orders modified in one second than fit on a page, and numbers that are no ids', () => {
    const records = seedOrders(vinyl, BASE);
    const perSecond = new Map<number, number>();
    for (const { modifiedAt } of records) perSecond.set(modifiedAt, (perSecond.get(modifiedAt) ?? 0) + 1);
    expect(Math.max(...perSecond.values())).toBeGreaterThanOrEqual(120);
    expect(records.every((order) => order.number.startsWith('NY-'))).toBe(true);
  });

  it('prints whole yen with two decimals and fils with three', () => {
    for (const order of seedOrders(tea, BASE)) expect(printed(order, tea).total).toMatch(/\.00$/);
    expect(
      seedOrders(souq, BASE)
        .map((order) => printed(order, souq).total)
        .some((text) => !text.endsWith('0')),
    ).toBe(true);
  });

  it('prints a refund with negative lines at a positive price', () => {
    const refund = books.flatMap((order) => order.refunds).find((one) => one.lines.length > 0);
    if (!refund) throw new Error('no refund of a line was seeded');
    const body = refundBody(refund, { shop: buchladen, siteUrl: 'https://x.test', print: amountPrinter(2) });
    const [line] = (JSON.parse(JSON.stringify(body)) as { line_items: PrintedItem[] }).line_items;
    expect(line?.quantity).toBe(-1);
    expect(line?.total).toMatch(/^-\d/);
    expect(line?.price).toBeTypeOf('number');
    expect(line?.price).toBeGreaterThan(0);
  });
});
