import { expect } from 'vitest';
import { Big, minorUnitDecimals, type Order } from '#contract';
import type { ApiClient, OrderPage } from './api-client.js';

/** A list of orders, read to its end. */
export interface Walk {
  readonly orders: OrderPage['data'];
  readonly quarantined: OrderPage['quarantined'];
  /** How many records each answer held. */
  readonly sizes: readonly number[];
}

/**
 * Follows `nextCursor` to the end.
 * @param query without a leading question mark
 * @param from a cursor to begin at
 * @throws Error for a list that does not end
 */
export async function walkOrders(api: Pick<ApiClient, 'orders'>, query: string, from = ''): Promise<Walk> {
  const pages: OrderPage[] = [];
  for (let cursor: string | null = from; cursor !== null;) {
    if (pages.length > 300) throw new Error(`no end of ${query}`);
    const page: OrderPage = await api.orders(`${query}${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`);
    pages.push(page);
    cursor = page.nextCursor;
  }
  return {
    orders: pages.flatMap(({ data }) => data),
    quarantined: pages.flatMap(({ quarantined }) => quarantined),
    sizes: pages.map(({ data, quarantined }) => data.length + quarantined.length),
  };
}

export function platformIds({ orders }: Pick<Walk, 'orders'>): readonly string[] {
  return orders.map(({ platformId }) => platformId);
}

const amount = (money: { readonly amount: string }): Big => new Big(money.amount);
const total = (values: readonly Big[]): Big => values.reduce((sum, value) => sum.plus(value), new Big(0));

/** Checks the sum of api.md on one order, exactly, and that every amount is in the order's own currency. */
export function expectToAddUp(order: Order): void {
  const { totals, currency, lineItems, shippingLines, fees, taxesIncluded } = order;
  const decimals = minorUnitDecimals(currency);
  const lines = lineItems.map((line) => amount(line.unitPrice).times(line.quantity).round(decimals, Big.roundHalfUp));
  const parts = total(lines)
    .minus(amount(totals.discount))
    .plus(amount(totals.shipping))
    .plus(amount(totals.fees))
    .plus(taxesIncluded ? 0 : amount(totals.tax))
    .plus(amount(totals.rounding));
  expect({ id: order.number, total: totals.total.amount }).toEqual({
    id: order.number,
    total: parts.toFixed(totals.total.amount.split('.')[1]?.length ?? 0),
  });
  expect(total(lines).eq(amount(totals.subtotal))).toBe(true);
  const allowed = new Big(10).pow(-decimals).times(lineItems.length + fees.length + shippingLines.length + 1);
  expect(amount(totals.rounding).abs().lte(allowed)).toBe(true);
  const printed = [...Object.values(totals), ...lineItems.map((line) => line.total), ...fees.map((fee) => fee.amount)];
  expect([...new Set(printed.map((money) => money.currency))]).toEqual([currency]);
}
