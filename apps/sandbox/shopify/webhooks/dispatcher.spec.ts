import { afterEach, beforeEach, expect, test } from 'vitest';
import { createShopStore } from '../shop-data.js';
import type { ShopData } from '../shop-slice.js';
import { createTestClock, USD_SHOP } from '../testing/running-shopify.js';
import { startReceiver, type WebhookReceiver } from '../../testing/webhook-receiver.js';
import { createDispatcher, type Dispatcher } from './dispatcher.js';
import { wireTopic } from './topics.js';
import { webhooksSlice } from './webhooks-slice.js';

const MINUTE = 60_000;
const clock = createTestClock();
let receiver: WebhookReceiver;
let data: ShopData;
let dispatcher: Dispatcher;

beforeEach(async () => {
  receiver = await startReceiver();
  const store = createShopStore(clock.now, () => undefined);
  const found = store.find(USD_SHOP);
  if (found === undefined) throw new Error('No shop.');
  data = found;
  dispatcher = createDispatcher({ now: clock.now, secretOf: () => 'secret' });
});
afterEach(() => receiver.close());

const post = (uri: string) => dispatcher.post(data, { clientId: 'app', uri, topic: 'shop/redact', payload: {} });

test('a failed message is tried eight times more within four hours, further and further apart', async () => {
  receiver.status = 500;
  post(receiver.url);
  const gaps: number[] = [];
  expect(await dispatcher.deliver(data)).toEqual({ delivered: 0, failed: 1, waiting: 1 });
  for (;;) {
    const [next] = webhooksSlice.read(data).queue;
    if (next === undefined) break;
    const gap = next.dueAt - clock.now().getTime();
    clock.advance(gap - 1);
    expect(await dispatcher.deliver(data)).toMatchObject({ failed: 0 });
    clock.advance(1);
    expect(await dispatcher.deliver(data)).toMatchObject({ failed: 1 });
    gaps.push(gap);
  }
  expect(gaps).toHaveLength(8);
  expect(gaps).toEqual([...gaps].sort((left, right) => left - right));
  expect(gaps.reduce((whole, gap) => whole + gap, 0)).toBe(240 * MINUTE);
  expect(receiver.received).toHaveLength(9);
});

test('a message is sent once, however many deliveries are asked for at the same time', async () => {
  post(receiver.url);
  const first = dispatcher.deliver(data);
  // The first is on its way when the second comes into the queue.
  await new Promise((resolve) => setImmediate(resolve));
  post(receiver.url);
  await Promise.all([first, dispatcher.deliver(data), dispatcher.deliver(data), dispatcher.deliver(data)]);
  expect(receiver.received).toHaveLength(2);
});

test('nothing is sent beyond this machine', async () => {
  post('https://app.example/hooks');
  post('http://127.0.0.1.example/hooks');
  expect(await dispatcher.deliver(data)).toEqual({ delivered: 0, failed: 0, waiting: 0 });
});

test.each([
  ['ORDERS_CREATE', 'orders/create'],
  ['ORDERS_PARTIALLY_FULFILLED', 'orders/partially_fulfilled'],
  ['ORDER_TRANSACTIONS_CREATE', 'order_transactions/create'],
  ['INVENTORY_LEVELS_UPDATE', 'inventory_levels/update'],
  ['FULFILLMENT_ORDERS_PLACED_ON_HOLD', 'fulfillment_orders/placed_on_hold'],
  ['APP_UNINSTALLED', 'app/uninstalled'],
  ['APP_SCOPES_UPDATE', 'app/scopes_update'],
  ['CUSTOMER_TAGS_ADDED', 'customer.tags_added'],
  ['DISCOUNTS_REDEEMCODE_ADDED', 'discounts/redeemcode_added'],
])('%s is %s on the wire', (topic, wire) => {
  expect(wireTopic(topic)).toBe(wire);
});
