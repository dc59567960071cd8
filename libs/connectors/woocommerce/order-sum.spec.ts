import { type JsonValue, orderRecord, type OrderRecord, Unreadable } from '#contract';
import { readRecord } from '#kit';
import { allowedRounding, type ModelOrder, modelOrders, printedTotals, printMinor, totalsOf } from '#testing';
import { expect, it } from 'vitest';
import { mapOrder } from './map-order.js';
import { wooOrder } from './order-schema.js';

/** The platform prints amounts without tax, whatever the catalogue says, and shipping only after its discounts. */
const ORDERS = modelOrders(300, 11).map((order): ModelOrder => ({
  ...order,
  taxesIncluded: false,
  shipping: order.shipping.map(({ price, discount, tax }) => ({ price: price - discount, discount: 0, tax })),
}));

/** A model order as the platform prints it. */
function platformOrder(order: ModelOrder, more = 0): JsonValue {
  const { currency, decimals, lines, shipping, fees, refunds } = order;
  const { total, tax, discount, shipping: shippingTotal } = totalsOf(order);
  const text = (value: number): string => printMinor(value, decimals);
  const shippingTax = shipping.reduce((sum, one) => sum + one.tax, 0);
  return {
    id: 7,
    number: '7',
    status: 'processing',
    currency,
    prices_include_tax: true,
    date_created_gmt: '2026-09-05T08:00:00',
    discount_total: text(discount),
    shipping_total: text(shippingTotal),
    shipping_tax: text(shippingTax),
    total: text(total + more),
    total_tax: text(tax),
    line_items: lines.map(({ price, quantity, discount: off, tax: lineTax }, index) => ({
      id: index + 1,
      name: 'Cup',
      product_id: 5,
      variation_id: 0,
      quantity,
      subtotal: text(price * quantity),
      total: text(price * quantity - off),
      total_tax: text(lineTax),
      taxes: [{ id: 1, total: text(lineTax) }],
      meta_data: [],
    })),
    shipping_lines: shipping.map(({ price, tax: lineTax }, index) => ({
      id: index + 100,
      method_title: 'By boat',
      method_id: 'boat',
      total: text(price),
      total_tax: text(lineTax),
      taxes: [],
    })),
    fee_lines: fees.map(({ price, tax: feeTax }) => ({
      name: 'Gift wrap',
      total: text(price),
      total_tax: text(feeTax),
    })),
    tax_lines: [{ label: 'VAT', tax_total: text(tax - shippingTax), shipping_tax_total: text(shippingTax) }],
    refunds: refunds.map((amount, index) => ({ id: index + 200, reason: '', total: text(-amount) })),
  };
}

const read = (raw: JsonValue): OrderRecord =>
  readRecord(raw, { schema: wooOrder, map: mapOrder, identify: () => null });

it('orders of any make add up to what they were made of', () => {
  for (const order of ORDERS) {
    const record = read(platformOrder(order));
    expect(orderRecord.parse(record)).toEqual(record);
    expect(record.totals).toEqual(printedTotals(order));
    expect(record.taxesIncluded).toBe(false);
    const { currency, decimals, lines, refunds } = order;
    const print = (value: number) => ({ amount: printMinor(value, decimals), currency });
    expect(record.lineItems.map(({ unitPrice, discount, total }) => ({ unitPrice, discount, total }))).toEqual(
      lines.map(({ price, quantity, discount }) => ({
        unitPrice: print(price),
        discount: print(discount),
        total: print(price * quantity - discount),
      })),
    );
    expect(record.refunds.map(({ amount }) => amount)).toEqual(refunds.map(print));
  }
});

it('orders that do not add up are not read', () => {
  for (const order of ORDERS) {
    const most = allowedRounding(order);
    for (const left of [most + 1, -most - 1])
      expect(() => read(platformOrder(order, left - order.rounding))).toThrow(Unreadable);
  }
});
