import { addUpOrder, Big, minorUnitDecimals, type OrderAmounts, Unreadable } from '#contract';
import { describe, expect, it } from 'vitest';
import { allowedRounding, type ModelOrder, modelOrders, printedTotals, printMinor, totalsOf } from './model-order.js';

const ORDERS = modelOrders(600, 2026);

function amountsOf(order: ModelOrder, more = 0): OrderAmounts {
  const { currency, taxesIncluded, decimals, lines, fees } = order;
  const { discount, shipping, tax, total, refunded } = totalsOf(order);
  const big = (value: number): Big => new Big(printMinor(value, decimals));
  return {
    currency,
    taxesIncluded,
    lines: lines.map(({ price, quantity }) => big(price).times(quantity)),
    fees: fees.map(({ price }) => big(price)),
    discount: big(discount),
    shipping: big(shipping),
    tax: big(tax),
    total: big(total + more),
    refunded: big(refunded),
  };
}

describe('generated orders', () => {
  it('are of every kind', () => {
    const kinds: readonly ((order: ModelOrder) => boolean)[] = [
      ...[0, 2, 3].map((decimals) => (order: ModelOrder) => order.decimals === decimals),
      ...[true, false].map((included) => (order: ModelOrder) => order.taxesIncluded === included),
      ({ fees }) => fees.length > 1,
      ({ lines }) => lines.some(({ discount }) => discount > 0),
      ({ shipping }) => shipping.some(({ discount }) => discount > 0),
      ({ refunds }) => refunds.length > 1,
      ({ rounding }) => rounding > 0,
      ({ rounding }) => rounding < 0,
      (order) => totalsOf(order).total > 2 ** 32,
    ];
    for (const kind of kinds) expect(ORDERS.filter(kind).length, kind.toString()).toBeGreaterThan(20);
    for (const { currency, decimals } of ORDERS) expect(minorUnitDecimals(currency)).toBe(decimals);
    for (const order of ORDERS)
      for (const sum of Object.values(totalsOf(order))) expect(sum).toSatisfy(Number.isSafeInteger);
  });

  it('add up exactly, whatever they are made of', () => {
    for (const order of ORDERS) expect(addUpOrder(amountsOf(order))).toEqual(printedTotals(order));
  });

  it('are refused when more is left over than rounding explains', () => {
    for (const order of ORDERS) {
      const allowed = allowedRounding(order);
      expect(() => addUpOrder(amountsOf(order, allowed - order.rounding))).not.toThrow();
      for (const more of [allowed + 1, -allowed - 1])
        expect(() => addUpOrder(amountsOf(order, more - order.rounding))).toThrow(Unreadable);
    }
  });
});
