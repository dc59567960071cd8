import { z } from 'zod';
import { beforeEach, expect, test } from 'vitest';
import { catalogueSlice, saveProduct } from '../catalogue/catalogue-slice.js';
import { createShopStore } from '../shop-data.js';
import type { ShopData } from '../shop-slice.js';
import { ordersOf } from '../orders/orders-slice.js';
import { createTestClock, USD_SHOP } from '../testing/running-shopify.js';
import { homeLocationOf } from '../orders/home-location.js';
import { releaseSent, restock, setAsideAgain, takeStock } from './stock.js';

let data: ShopData;
let told: unknown[];
beforeEach(() => {
  const found = createShopStore(createTestClock().now, () => undefined).find(USD_SHOP);
  if (found === undefined) throw new Error('No shop.');
  data = found;
  told = [];
});

const context = () => ({
  data,
  shop: data.shop,
  now: new Date('2026-11-22T12:00:00Z'),
  notify: (topic: string, payload: unknown) => void told.push({ topic, payload }),
});
const first = () => {
  const product = catalogueSlice.read(data).products[0];
  const variant = product?.variants[0];
  if (product === undefined || variant === undefined) throw new Error('No product.');
  const level = variant.levels.find(({ locationId }) => locationId === homeLocationOf(data.shop).id);
  return { product, variant, available: level?.available ?? 0, committed: level?.committed ?? 0 };
};

/** An order of so many of the first variant. */
function orderOf(quantity: number) {
  const [order] = ordersOf(data);
  const [line] = order?.lines ?? [];
  if (order === undefined || line === undefined) throw new Error('No order.');
  return { ...order, lines: [{ ...line, quantity, variantId: first().variant.id }] };
}

test('an order bypasses the stock unless it is told not to', () => {
  const { available } = first();
  expect(takeStock(context(), orderOf(2), 'BYPASS')).toBe(true);
  expect(first().available).toBe(available);
});

test('units are set aside, sent and put back', () => {
  const { available } = first();
  takeStock(context(), orderOf(3), 'DECREMENT_IGNORING_POLICY');
  expect(first()).toMatchObject({ available: available - 3, committed: 3 });
  expect(z.array(z.object({ topic: z.string() })).parse(told)).toEqual([{ topic: 'INVENTORY_LEVELS_UPDATE' }]);
  releaseSent(context(), orderOf(3), [{ line: 0, quantity: 2 }]);
  restock(context(), orderOf(3), [{ line: 0, quantity: 1, locationId: null }]);
  expect(first()).toMatchObject({ available: available - 2, committed: 0 });
});

test('units whose parcel was canceled are set aside again', () => {
  const { available } = first();
  takeStock(context(), orderOf(3), 'DECREMENT_IGNORING_POLICY');
  releaseSent(context(), orderOf(3), [{ line: 0, quantity: 2 }]);
  setAsideAgain(context(), orderOf(3), [{ line: 0, quantity: 2 }]);
  expect(first()).toMatchObject({ available: available - 3, committed: 3 });
});

test('the policy of a variant forbids selling more than there is, unless it is ignored or says to go on', () => {
  const { available, product, variant } = first();
  const more = orderOf(available + 1);
  expect(takeStock(context(), more, 'DECREMENT_OBEYING_POLICY')).toBe(false);
  expect(first().available).toBe(available);
  saveProduct(data, { ...product, variants: [{ ...variant, policy: 'CONTINUE' }] });
  expect(takeStock(context(), more, 'DECREMENT_OBEYING_POLICY')).toBe(true);
  expect(first().available).toBe(-1);
});
