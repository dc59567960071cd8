import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CLIENT, EUR_SHOP, USD_SHOP } from '../testing/running-shopify.js';
import { PAID_ORDER, startOrdersApp, type OrdersApp } from '../testing/orders-app.js';
import { startReceiver, type WebhookReceiver } from '../../testing/webhook-receiver.js';
import { webhookHmac } from './send-message.js';

const SUBSCRIBE = `S($topic: WebhookSubscriptionTopic!, $sub: WebhookSubscriptionInput!) {
  webhookSubscriptionCreate(topic: $topic, webhookSubscription: $sub) {
    webhookSubscription { id topic uri format includeFields apiVersion { handle } } userErrors { field message } } }`;
const UPDATE = `U($id: ID!, $sub: WebhookSubscriptionInput!) { webhookSubscriptionUpdate(id: $id, webhookSubscription: $sub) {
  webhookSubscription { id uri } userErrors { field message } } }`;
const DELETE = `D($id: ID!) { webhookSubscriptionDelete(id: $id) { deletedWebhookSubscriptionId userErrors { field message } } }`;
const LIST = '{ webhookSubscriptions(first: 50) { nodes { id topic uri } } }';

let app: OrdersApp;
let receiver: WebhookReceiver;
beforeEach(async () => {
  [app, receiver] = await Promise.all([startOrdersApp(), startReceiver()]);
});
afterEach(() => Promise.all([app.running.sandbox.close(), receiver.close()]));

const subscribe = (topic: string, more: Record<string, unknown> = {}) =>
  app.write(SUBSCRIBE, { topic, sub: { uri: receiver.url, ...more } });
const idOf = (payload: Readonly<Record<string, unknown>>): string =>
  z.object({ id: z.string() }).parse(payload['webhookSubscription']).id;
const control = (method: string, path: string, body?: unknown) =>
  fetch(`${app.running.url}${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
const deliver = (host = USD_SHOP) => control('POST', `/control/deliveries/${host}`);
const topics = () => receiver.received.map(({ headers }) => headers['x-shopify-topic']);
const subscribed = async () => {
  const { data } = await app.running.ask(USD_SHOP, app.token, LIST);
  return z
    .object({ nodes: z.array(z.looseObject({ topic: z.string(), uri: z.string() })) })
    .parse(data?.['webhookSubscriptions']).nodes;
};

test('the signature is that of the documentation’s recipe', () => {
  const body = '{"id":820982911946154508,"email":"jon@example.com","total_price":"403.00"}';
  expect(webhookHmac(body, 'shpss_test_secret_0123456789abcdef')).toBe('iK7xZ5p0jshXEpbs/4Ie3dXJ6SYKQE9twj/E32RX31s=');
});

describe('subscriptions', () => {
  test('are made, listed, changed and deleted', async () => {
    const { payload } = await subscribe('ORDERS_CREATE');
    expect(payload['webhookSubscription']).toMatchObject({
      topic: 'ORDERS_CREATE',
      uri: receiver.url,
      format: 'JSON',
      apiVersion: { handle: '2026-10' },
    });
    const id = idOf(payload);
    await app.write(UPDATE, { id, sub: { uri: 'https://app.example/hooks' } });
    expect(await subscribed()).toMatchObject([{ topic: 'ORDERS_CREATE', uri: 'https://app.example/hooks' }]);
    expect((await app.write(DELETE, { id })).payload['deletedWebhookSubscriptionId']).toBe(id);
    expect(await subscribed()).toEqual([]);
    expect((await app.write(DELETE, { id })).errors[0]?.message).toBe('Webhook subscription does not exist');
  });

  test.each([
    ['http://app.example/hooks', 'Address protocol http:// is not supported'],
    ['', "Address can't be blank"],
    ['https://other.myshopify.com/hooks', 'Address cannot be a Shopify or an internal domain'],
  ])('are refused for %j', async (uri, message) => {
    const { payload, errors } = await subscribe('ORDERS_CREATE', { uri });
    expect(payload['webhookSubscription']).toBeNull();
    expect(errors).toEqual([{ field: ['webhookSubscription', 'callbackUrl'], message }]);
  });

  test('are one per topic and address', async () => {
    await subscribe('ORDERS_CREATE');
    expect((await subscribe('ORDERS_CREATE')).errors[0]?.message).toBe('Address for this topic has already been taken');
    expect((await subscribe('ORDERS_UPDATED')).errors).toEqual([]);
  });

  test('get lost without a word when a test says so', async () => {
    await subscribe('ORDERS_CREATE');
    await subscribe('ORDERS_UPDATED');
    const answer = await control('DELETE', `/control/webhooks/${USD_SHOP}?topic=orders/create`);
    expect(await answer.json()).toEqual({ forgotten: 1 });
    expect((await subscribed()).map(({ topic }) => topic)).toEqual(['ORDERS_UPDATED']);
  });
});

describe('deliveries', () => {
  test('carry the signed body and every header', async () => {
    await subscribe('ORDERS_CREATE', { name: 'mine' });
    const order = await app.create({ ...PAID_ORDER, tags: ['b', 'a'] });
    await deliver();
    const [one] = receiver.received;
    expect(one?.headers).toMatchObject({
      'x-shopify-topic': 'orders/create',
      'x-shopify-shop-domain': USD_SHOP,
      'x-shopify-api-version': '2026-10',
      'x-shopify-name': 'mine',
    });
    const signature = createHmac('sha256', CLIENT.secret)
      .update(one?.body ?? '')
      .digest('base64');
    expect(one?.headers['x-shopify-hmac-sha256']).toBe(signature);
    expect(one?.headers['x-shopify-triggered-at']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$/);
    const body = z.looseObject({}).parse(JSON.parse(one?.body ?? ''));
    expect(body).toMatchObject({
      id: Number(order.id.split('/').at(-1)),
      admin_graphql_api_id: order.id,
      name: order.name,
      financial_status: 'paid',
      fulfillment_status: null,
      total_price: '40.00',
      total_price_set: { shop_money: { amount: '40.00', currency_code: 'USD' } },
      tags: 'a, b',
      line_items: [{ price: '20.00', quantity: 2, fulfillable_quantity: 2 }],
    });
    expect(body['created_at']).toMatch(/-05:00$/);
  });

  test('tell everything an order goes through', async () => {
    for (const topic of [
      'ORDERS_UPDATED',
      'ORDERS_PAID',
      'ORDERS_FULFILLED',
      'FULFILLMENTS_CREATE',
      'ORDERS_CANCELLED',
      'REFUNDS_CREATE',
      'ORDER_TRANSACTIONS_CREATE',
      'ORDERS_DELETE',
    ]) {
      await subscribe(topic);
    }
    const sent = await app.create({ ...PAID_ORDER, fulfillmentStatus: 'FULFILLED' });
    await deliver();
    expect(topics()).toEqual(['orders/paid', 'orders/fulfilled', 'order_transactions/create', 'fulfillments/create']);
    receiver.received.length = 0;
    const order = await app.create({ ...PAID_ORDER, financialStatus: 'PENDING' });
    const cancel = `C($id: ID!) { orderCancel(orderId: $id, reason: OTHER, restock: true) { job { id } orderCancelUserErrors { field message } } }`;
    await app.write(cancel, { id: order.id });
    await app.order(order.id);
    await deliver();
    expect(topics()).toEqual(['orders/updated', 'orders/cancelled', 'refunds/create']);
    receiver.received.length = 0;
    const remove = 'D($id: ID!) { orderDelete(orderId: $id) { deletedId userErrors { field message } } }';
    await app.write(remove, { id: sent.id }).catch(() => undefined);
    await deliver();
    expect(JSON.parse(receiver.received[0]?.body ?? '{}')).toEqual({ id: Number(sent.id.split('/').at(-1)) });
  });

  test('go out by themselves soon after the answer', async () => {
    await subscribe('ORDERS_CREATE');
    await app.create(PAID_ORDER);
    await expect.poll(topics).toEqual(['orders/create']);
  });

  test('are cut to the fields asked for', async () => {
    await subscribe('ORDERS_CREATE', { includeFields: ['id', 'name'] });
    await app.create(PAID_ORDER);
    await deliver();
    expect(Object.keys(z.looseObject({}).parse(JSON.parse(receiver.received[0]?.body ?? '')))).toEqual(['id', 'name']);
  });

  test('are tried again with the same id and body; eight failures in a row end the subscription', async () => {
    await subscribe('ORDERS_CREATE');
    receiver.status = 302;
    await app.create(PAID_ORDER);
    for (let round = 0; round < 9; round += 1) await deliver();
    const ids = new Set(receiver.received.map(({ headers }) => headers['x-shopify-webhook-id']));
    expect(receiver.received).toHaveLength(8);
    expect(ids.size).toBe(1);
    expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1);
    expect(await subscribed()).toEqual([]);
  });

  test('stay with the shop and its app', async () => {
    await subscribe('ORDERS_CREATE');
    const { access_token } = await app.running.connect(EUR_SHOP, 'write_orders,read_orders');
    const other = await app.running.ask(EUR_SHOP, access_token, LIST);
    expect(other.data?.['webhookSubscriptions']).toEqual({ nodes: [] });
  });
});

describe('an app that is removed', () => {
  test('is told at the address it had, then its tokens and subscriptions are gone', async () => {
    await subscribe('APP_UNINSTALLED');
    await subscribe('ORDERS_CREATE');
    expect((await control('POST', `/control/uninstall/${USD_SHOP}`, { clientId: CLIENT.clientId })).status).toBe(204);
    await deliver();
    expect(topics()).toEqual(['app/uninstalled']);
    expect(JSON.parse(receiver.received[0]?.body ?? '{}')).toMatchObject({ myshopify_domain: USD_SHOP });
    expect((await app.running.graphql(USD_SHOP, app.token, '{ shop { id } }')).status).toBe(401);
    const { access_token } = await app.running.connect(USD_SHOP);
    const again = await app.running.ask(USD_SHOP, access_token, LIST);
    expect(again.data?.['webhookSubscriptions']).toEqual({ nodes: [] });
  });

  test('may remove itself', async () => {
    await app.write('{ appUninstall { app { id } userErrors { field message } } }', {});
    expect((await app.running.graphql(USD_SHOP, app.token, '{ shop { id } }')).status).toBe(401);
  });
});

describe('compliance messages', () => {
  const order = { clientId: CLIENT.clientId, topic: 'customers/redact', payload: { orders_to_redact: [7] } };

  test('go to the address the app registered', async () => {
    const { clientId, ...registration } = CLIENT;
    await app.running.control('PUT', `/control/shopify/clients/${clientId}`, {
      ...registration,
      webhookUrl: receiver.url,
    });
    expect((await control('POST', `/control/webhooks/${USD_SHOP}`, order)).status).toBe(204);
    await deliver();
    const [one] = receiver.received;
    expect(topics()).toEqual(['customers/redact']);
    expect(JSON.parse(one?.body ?? '{}')).toMatchObject({ shop_domain: USD_SHOP, orders_to_redact: [7] });
    expect(one?.headers['x-shopify-hmac-sha256']).toBe(webhookHmac(one?.body ?? '', CLIENT.secret));
  });

  test('cannot be sent to an app without one', async () => {
    expect((await control('POST', `/control/webhooks/${USD_SHOP}`, order)).status).toBe(404);
    expect((await control('POST', '/control/webhooks/nobody.example', order)).status).toBe(404);
    expect((await control('POST', '/control/uninstall/nobody.example', {})).status).toBe(404);
    expect((await control('DELETE', '/control/webhooks/nobody.example')).status).toBe(404);
  });
});
