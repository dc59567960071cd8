import { createHmac } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { registerClient, startSystem, type System, type TestApp } from '../system.js';
import { type ApiClient, apiClient } from './api-client.js';
import { connectShopify, EUR_SHOP, JPY_SHOP, USD_SHOP } from './shopify-way.js';
import { until } from './until.js';

const PATIENCE = { everyMs: 200, tries: 150 };

let system: System;
let app: TestApp;
let api: ApiClient;
let client: { readonly secret: string };
beforeAll(async () => {
  system = await startSystem();
  app = await system.addApp(system.tenants[0].id, { name: 'Acme', mode: 'test' });
  client = await registerClient(system, app, 'webhook-client');
  api = apiClient(system, app);
  return () => system.stop();
});

const types = async (): Promise<string[]> => {
  const { json } = await api.get('/v1/events?limit=250');
  return z
    .object({ data: z.array(z.object({ type: z.string() })) })
    .parse(json)
    .data.map(({ type }) => type);
};
const connect = (shop: string) =>
  connectShopify(system, app, { shop, session: { access: ['read:orders', 'read:customers', 'write:customers'] } });
const handleOf = async (table: 'webhook_channels' | 'platform_clients'): Promise<string> => {
  const rows = await system.sql(`SELECT handle FROM ${table} ORDER BY created_at DESC LIMIT 1`);
  return String(rows[0]?.['handle']);
};

/** Sends what the platform would send, with its signature. */
async function send(
  path: string,
  body: string,
  headers: Record<string, string>,
  secret = client.secret,
): Promise<number> {
  const signature = createHmac('sha256', secret).update(body).digest('base64');
  const sent = { 'content-type': 'application/json', 'x-shopify-hmac-sha256': signature, ...headers };
  return (await fetch(`${system.url}${path}`, { method: 'POST', body, headers: sent })).status;
}
const order = (id: string) => `{"id":${id},"admin_graphql_api_id":"gid://shopify/Order/${id}"}`;
const topic = (name: string, shop: string, id: string, eventId = id) => ({
  ...{
    'x-shopify-topic': name,
    'x-shopify-shop-domain': shop,
    'x-shopify-webhook-id': id,
    'x-shopify-event-id': eventId,
  },
  ...{ 'x-shopify-triggered-at': new Date().toISOString(), 'x-shopify-api-version': '2026-10' },
});

describe('a delivery', { timeout: 60_000 }, () => {
  it('that comes eight times at once has one effect; its long id keeps every digit', async () => {
    await connect(EUR_SHOP);
    const path = `/webhooks/s/${await handleOf('webhook_channels')}`;
    const body = order('820982911946154508');
    const once = () => send(path, body, topic('orders/create', EUR_SHOP, 'delivery-1'));
    expect(await Promise.all(Array.from({ length: 8 }, once))).toEqual(Array.from({ length: 8 }, () => 200));
    const log = async () => (await api.get('/v1/events?limit=250&type=order.created')).text;
    await until('it is in the log', async () => (await log()).includes('820982911946154508'), PATIENCE);
    expect((await log()).split('gid://shopify/Order/820982911946154508')).toHaveLength(2);
  });

  it('of another shop, or signed with another secret, is refused', async () => {
    await connect(EUR_SHOP);
    const path = `/webhooks/s/${await handleOf('webhook_channels')}`;
    expect(await send(path, order('1'), topic('orders/create', USD_SHOP, 'd-2'))).toBe(401);
    expect(await send(path, order('1'), topic('orders/create', EUR_SHOP, 'd-3'), 'wrong')).toBe(401);
    expect(
      await send(path, `${order('1')} `, {
        ...topic('orders/create', EUR_SHOP, 'd-4'),
        'x-shopify-hmac-sha256': createHmac('sha256', client.secret).update(order('1')).digest('base64'),
      }),
    ).toBe(401);
  });

  it('of a topic that nobody knows is kept and answered for', async () => {
    await connect(EUR_SHOP);
    const path = `/webhooks/s/${await handleOf('webhook_channels')}`;
    expect(await send(path, '{"id":1}', topic('moons/rise', EUR_SHOP, 'd-5'))).toBe(200);
    const status = async () =>
      (await system.sql("SELECT status FROM webhook_deliveries WHERE topic = 'moons/rise'"))[0]?.['status'];
    await until('it stands aside', async () => (await status()) === 'unhandled', PATIENCE);
  });
});

describe('a merchant who removes the app', { timeout: 60_000 }, () => {
  it('ends the connection: the store is revoked, and what comes late changes nothing', async () => {
    const store = await connect(USD_SHOP);
    const path = `/webhooks/s/${await handleOf('webhook_channels')}`;
    const isSubscribed = async () => {
      const heard = 'SELECT 1 FROM webhook_subscriptions w JOIN stores s ON s.id = w.store_id WHERE s.account = $1';
      return (await system.sql(`${heard} AND topic ILIKE '%uninstalled%'`, [USD_SHOP])).length > 0;
    };
    await until('it hears of removals', isSubscribed, PATIENCE);
    await system.control('POST', `/control/uninstall/${USD_SHOP}`, {});
    await until('the store is revoked', async () => (await api.store(store.id)).status === 'revoked', PATIENCE);
    expect(await types()).toContain('store.revoked');
    expect((await api.problem('GET', `/v1/orders?store=${store.id}`)).code).toBe('credential_revoked');
    expect(await send(path, order('7'), topic('orders/create', USD_SHOP, 'late-1'))).toBe(200);
    const ignored = async () =>
      (await system.sql("SELECT status FROM webhook_deliveries WHERE dedupe_key LIKE '%late-1%'"))[0]?.['status'];
    await until('it is ignored', async () => (await ignored()) === 'ignored', PATIENCE);
    // A removal that happened before the merchant came back is no removal any more.
    const again = await connect(USD_SHOP);
    expect(again.id).toBe(store.id);
    const old = { ...topic('app/uninstalled', USD_SHOP, 'late-2'), 'x-shopify-triggered-at': '2020-01-01T00:00:00Z' };
    expect(await send(path, JSON.stringify({ id: 1, myshopify_domain: USD_SHOP }), old)).toBe(200);
    const late = async () =>
      (await system.sql("SELECT status FROM webhook_deliveries WHERE dedupe_key LIKE '%late-2%'"))[0]?.['status'];
    await until('the old removal is ignored', async () => (await late()) === 'ignored', PATIENCE);
    expect((await api.store(store.id)).status).toBe('active');
  });
});

describe('the three privacy topics', { timeout: 60_000 }, () => {
  const compliance = (name: string, payload: object = {}) =>
    system.control('POST', `/control/webhooks/${JPY_SHOP}`, { clientId: 'webhook-client', topic: name, payload });

  it('are refused without the right signature', async () => {
    const path = `/webhooks/c/${await handleOf('platform_clients')}`;
    const body = JSON.stringify({ shop_domain: JPY_SHOP });
    expect(await send(path, body, topic('shop/redact', JPY_SHOP, 'p-0'), 'wrong')).toBe(401);
    expect(await send(path, body, { 'x-shopify-topic': 'shop/redact' }, '')).toBe(401);
  });

  it('are answered and acted on', async () => {
    const store = await connect(JPY_SHOP);
    await compliance('customers/data_request', { customer: { id: 191167 }, orders_requested: [299938] });
    await until(
      'the app hears of the request',
      async () => (await types()).includes('privacy.customerDataRequested'),
      PATIENCE,
    );
    // A copy that would be left: the answer of a write.
    const made = await api.call(
      'POST',
      `/v1/customers?store=${store.id}`,
      { email: 'left.over@example.com' },
      { 'idempotency-key': 'copy' },
    );
    expect(made.status).toBe(201);
    const copies = async () => (await system.sql("SELECT 1 FROM writes WHERE idempotency_key = 'copy'")).length;
    expect(await copies()).toBe(1);
    await compliance('customers/redact', { customer: { id: 191167 }, orders_to_redact: [299938] });
    await until('the copy is gone', async () => (await copies()) === 0, PATIENCE);
    await until('the app hears of it', async () => (await types()).includes('privacy.customerErased'), PATIENCE);
    await compliance('shop/redact');
    await until('the shop is gone', async () => (await api.store(store.id)).status === 'disconnected', PATIENCE);
    expect(await api.store(store.id)).toMatchObject({ name: 'erased', status: 'disconnected' });
    const left = await system.sql(
      'SELECT 1 FROM credentials c JOIN stores s ON s.id = c.store_id WHERE s.account = $1',
      [JPY_SHOP],
    );
    expect(left).toEqual([]);
    // Sent again, it is answered and changes nothing.
    await compliance('shop/redact');
    expect((await api.store(store.id)).status).toBe('disconnected');
  });
});
