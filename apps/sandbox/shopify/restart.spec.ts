import { mkdtemp, rm } from 'node:fs/promises';
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
