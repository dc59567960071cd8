import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createShopStore, storeSchema } from './shop-data.js';
import { ordersOf, saveOrder } from './orders/orders-slice.js';
import { PAID_ORDER, WRITE_SCOPES } from './testing/orders-app.js';
import { createTestClock, startShopify, USD_SHOP } from './testing/running-shopify.js';

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'sandbox-'))));
afterEach(() => rm(folder, { recursive: true }));

const CREATE = `mutation C($order: OrderCreateOrderInput!) { orderCreate(order: $order) { order { id } userErrors { message } } }`;
const SUBSCRIBE = `mutation { webhookSubscriptionCreate(topic: ORDERS_CREATE, webhookSubscription: { uri: "https://app.example/" }) {
  webhookSubscription { id } userErrors { message } } }`;
const READ = `query R($id: ID!) { order(id: $id) { id note totalPriceSet { shopMoney { amount } } }
  webhookSubscriptions(first: 5) { nodes { topic } } }`;

test('what was written is there after a restart', async () => {
  const clock = createTestClock();
  const stateFile = join(folder, 'state.json');
  const first = await startShopify({ stateFile }, clock);
  const { access_token: token } = await first.connect(USD_SHOP, WRITE_SCOPES);
  const { data } = await first.ask(USD_SHOP, token, CREATE, { order: { ...PAID_ORDER, note: 'kept' } });
  const { order } = z.object({ order: z.object({ id: z.string() }) }).parse(data?.['orderCreate']);
  await first.ask(USD_SHOP, token, SUBSCRIBE);
  await first.sandbox.close();

  const second = await startShopify({ stateFile }, clock);
  const after = await second.ask(USD_SHOP, token, READ, { id: order.id });
  const again = await second.ask(USD_SHOP, token, CREATE, { order: PAID_ORDER });
  await second.sandbox.close();
  expect(after.data).toEqual({
    order: { id: order.id, note: 'kept', totalPriceSet: { shopMoney: { amount: '40.0' } } },
    webhookSubscriptions: { nodes: [{ topic: 'ORDERS_CREATE' }] },
  });
  const made = z.object({ order: z.object({ id: z.string() }) }).parse(again.data?.['orderCreate']);
  expect(made.order.id).not.toBe(order.id);
}, 20_000);

test('a state of another making is refused and nothing of it is taken over', () => {
  const store = createShopStore(createTestClock().now, () => undefined);
  const data = store.find(USD_SHOP);
  const [order] = data === undefined ? [] : ordersOf(data);
  if (data === undefined || order === undefined) throw new Error('No order.');
  saveOrder(data, { ...order, note: 'changed' });
  const saved = storeSchema.parse(JSON.parse(JSON.stringify(store.snapshot())));
  const other = createShopStore(createTestClock().now, () => undefined);
  expect(() =>
    other.restore({ ...saved, shops: { [USD_SHOP]: { orders: { changed: [{}], deleted: [] } } } }),
  ).toThrow();
  other.restore(saved);
  const restored = other.find(USD_SHOP);
  expect(restored && ordersOf(restored)[0]?.note).toBe('changed');
});

const MAKE = `mutation M($p: ProductCreateInput!, $c: CustomerInput!, $d: DiscountCodeBasicInput!) {
  productCreate(product: $p) { product { id } userErrors { message } }
  customerCreate(input: $c) { customer { id } userErrors { message } }
  collectionCreate(collection: { title: "Kept" }) { collection { id } userErrors { message } }
  discountCodeBasicCreate(basicCodeDiscount: $d) { codeDiscountNode { id } userErrors { message } } }`;
const KEPT = `{ products(first: 2, query: "title:Kept") { nodes { title variants(first: 2) { nodes { title } } } }
  customers(first: 2, query: "first_name:Kept") { nodes { firstName addressesV2(first: 2) { nodes { city } } } }
  collections(first: 2, query: "title:Kept") { nodes { title } }
  codeDiscountNodeByCode(code: "KEPT") { codeDiscount { ... on DiscountCodeBasic { title } } } }`;
const CATALOGUE = 'write_products,write_customers,write_discounts,read_orders';

test('products, customers, collections and discounts are there after a restart', async () => {
  const clock = createTestClock();
  const stateFile = join(folder, 'state.json');
  const first = await startShopify({ stateFile }, clock);
  const { access_token: token } = await first.connect(USD_SHOP, CATALOGUE);
  const made = await first.ask(USD_SHOP, token, MAKE, {
    p: { title: 'Kept', productOptions: [{ name: 'Size', values: [{ name: 'M' }] }] },
    c: { firstName: 'Kept', addresses: [{ city: 'Kyiv', countryCode: 'UA' }] },
    d: {
      ...{ title: 'Kept', code: 'KEPT', startsAt: '2026-01-01T00:00:00Z', context: { all: 'ALL' } },
      customerGets: { value: { percentage: 0.1 }, items: { all: true } },
    },
  });
  expect(JSON.stringify(made)).not.toContain('"message"');
  const before = await first.ask(USD_SHOP, token, KEPT);
  await first.sandbox.close();
  const second = await startShopify({ stateFile }, clock);
  const after = await second.ask(USD_SHOP, token, KEPT);
  await second.sandbox.close();
  expect(after.data).toEqual(before.data);
  expect(after.data).toMatchObject({
    products: { nodes: [{ title: 'Kept', variants: { nodes: [{ title: 'M' }] } }] },
    customers: { nodes: [{ addressesV2: { nodes: [{ city: 'Kyiv' }] } }] },
  });
}, 20_000);

test('a state from before shops could be written to gives the same shops', async () => {
  const clock = createTestClock();
  const stateFile = join(folder, 'state.json');
  const query = '{ orders(first: 3) { nodes { id name createdAt } } }';
  const first = await startShopify({ stateFile }, clock);
  const { access_token: token } = await first.connect(USD_SHOP, CATALOGUE);
  const before = await first.ask(USD_SHOP, token, query);
  await first.sandbox.close();

  const state = z
    .object({ platforms: z.looseObject({ shopify: z.looseObject({ store: storeSchema }) }) })
    .loose()
    .parse(JSON.parse(await readFile(stateFile, 'utf8')));
  const { store, ...rest } = state.platforms.shopify;
  const old = { ...state, platforms: { ...state.platforms, shopify: { ...rest, seededAt: store.seededAt } } };
  await writeFile(stateFile, JSON.stringify(old));
  clock.advance(1_000);
  const second = await startShopify({ stateFile }, clock);
  const after = await second.ask(USD_SHOP, token, query);
  await second.sandbox.close();
  expect(after.data).toEqual(before.data);
}, 20_000);
