import { createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { SCOPES } from '#contract';
import { startSystem, type System } from '../system.js';
import { type ApiClient, apiClient, type Store } from './api-client.js';
import { CEDAR, connectBigCommerce, panelOf, registerBigCommerceApp } from './bigcommerce-way.js';
import { connectShopify, USD_SHOP } from './shopify-way.js';
import { until } from './until.js';
import { BOOKS, connectWooCommerce } from './woocommerce-way.js';

const ACCESS = SCOPES.filter((scope) => scope !== 'passthrough' && scope !== 'read:customers.pii');
const PATIENCE = { everyMs: 200, tries: 150 };

const event = z.object({
  id: z.string(),
  type: z.string(),
  storeId: z.string(),
  record: z.object({ kind: z.string(), id: z.string(), platformId: z.string() }).nullable(),
  details: z.record(z.string(), z.unknown()).nullable(),
  occurredAt: z.string().nullable(),
  createdAt: z.string(),
});
type Event = z.infer<typeof event>;

let system: System;
let api: ApiClient;
beforeAll(async () => {
  system = await startSystem();
  api = apiClient(system, system.tenants[0].app);
  return () => system.stop();
});

/** The whole log, page by page, two at a time. */
async function events(query = ''): Promise<readonly Event[]> {
  const found: Event[] = [];
  for (let after = ''; ;) {
    const { json } = await api.get(`/v1/events?limit=2${after}${query}`);
    const page = z.object({ data: z.array(event), nextCursor: z.string().nullable() }).parse(json);
    found.push(...page.data);
    if (page.nextCursor === null) return found;
    after = `&after=${page.nextCursor}`;
  }
}

const uuidOf = (store: Store): string => store.id.replace(/^sto_(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
async function addressOf(store: Store): Promise<string> {
  const [row] = await system.sql('SELECT handle FROM webhook_channels WHERE store_id = $1', [uuidOf(store)]);
  return `${system.url}/webhooks/s/${String(row?.['handle'])}`;
}
const subscribed = async (store: Store): Promise<string[]> =>
  (await system.sql('SELECT topic FROM webhook_subscriptions WHERE store_id = $1 ORDER BY topic', [uuidOf(store)])).map(
    ({ topic }) => String(topic),
  );
const deliver = (host: string) => system.control('POST', `/control/deliveries/${host}`);
const deliveries = (store: Store) =>
  system.sql(
    'SELECT topic, status, reason, sealed_payload IS NULL AS dropped FROM webhook_deliveries WHERE store_id = $1',
    [uuidOf(store)],
  );

const WAYS = [
  {
    platform: 'shopify',
    host: USD_SHOP,
    connect: () => connectShopify(system, system.tenants[0].app, { shop: USD_SHOP, session: { access: ACCESS } }),
  },
  {
    platform: 'woocommerce',
    host: BOOKS,
    connect: () => connectWooCommerce(system, system.tenants[0].app, { host: BOOKS, session: { access: ACCESS } }),
  },
  {
    platform: 'bigcommerce',
    host: panelOf(CEDAR),
    connect: async () => {
      await registerBigCommerceApp(system, system.tenants[0].app, 'webhook-client');
      return await connectBigCommerce(system, system.tenants[0].app, { hash: CEDAR, session: { access: ACCESS } });
    },
  },
] as const;

describe.each(WAYS)('webhooks of $platform', { timeout: 120_000 }, ({ host, connect }) => {
  let store: Store;
  beforeAll(async () => {
    store = await connect();
    await until('the store is subscribed', async () => (await subscribed(store)).length > 0, PATIENCE);
  }, 120_000);

  const ofType = async (type: string): Promise<readonly Event[]> =>
    (await events(`&store=${store.id}`)).filter((one) => one.type === type);

  it('tell of what happens in the shop, as events that name records which can be read', async () => {
    const body = { name: `Seen by webhook ${host}` };
    const made = await api.call('POST', `/v1/products?store=${store.id}`, body);
    expect([made.status, made.text]).toEqual([201, expect.stringContaining('Seen by webhook')]);
    const { data } = z.object({ data: z.object({ id: z.string() }) }).parse(made.json);
    await deliver(host);
    const seen = async () => (await ofType('product.created')).find(({ record }) => record?.id === data.id);
    await until('the event is in the log', async () => (await seen()) !== undefined, PATIENCE);
    const read = await api.get(`/v1/products/${data.id}`);
    expect(read.text).toContain('Seen by webhook');
    // What was processed needs no payload any more.
    for (const { status, dropped } of await deliveries(store)) expect([status, dropped]).toEqual(['processed', true]);
  });

  it('are made anew when the platform has lost them, and the log says so', async () => {
    const before = await subscribed(store);
    await system.control('DELETE', `/control/webhooks/${host}`);
    await system.sql('UPDATE webhook_channels SET due_at = now() WHERE store_id = $1', [uuidOf(store)]);
    await until('they are restored', async () => (await ofType('store.webhooksRestored')).length > 0, PATIENCE);
    expect(await subscribed(store)).toEqual(before);
    const [restored] = await ofType('store.webhooksRestored');
    expect(restored?.details).toEqual({ topics: expect.arrayContaining([before[0]]) as unknown });
  });

  it.each<[string, RequestInit]>([
    ['no signature', { body: '{"id":1}' }],
    ['a signature of somebody else', { body: '{"id":1}', headers: signed('{"id":1}', 'not-the-secret') }],
    ['an empty signature', { body: '{"id":1}', headers: signatures('') }],
    ['a signature that is no base64', { body: '{"id":1}', headers: signatures('%%%') }],
    ['a signature of 7 kB', { body: '{"id":1}', headers: signatures('A'.repeat(7000)) }],
    ['no body at all', { headers: signatures('AAAA') }],
    ['a form', { body: 'a=b', headers: { 'content-type': 'application/x-www-form-urlencoded' } }],
    ['brackets without end', { body: '['.repeat(100_000), headers: signatures('AAAA') }],
  ])('with %s are refused, and nothing is kept', async (_, init) => {
    const before = (await deliveries(store)).length;
    const response = await fetch(await addressOf(store), { method: 'POST', ...init });
    expect([response.status, await response.json()]).toEqual([
      401,
      expect.objectContaining({ code: 'webhook_unverified' }),
    ]);
    expect(await deliveries(store)).toHaveLength(before);
  });

  it('larger than five megabytes are refused before they are read', async () => {
    const response = await fetch(await addressOf(store), { method: 'POST', body: 'x'.repeat(6 * 1024 * 1024) });
    expect(response.status).toBe(413);
  });

  it('at an address that nobody has are refused', async () => {
    for (const path of [
      '/webhooks/s/AAAAAAAAAAAAAAAAAAAAAAAA',
      '/webhooks/c/AAAAAAAAAAAAAAAAAAAAAAAA',
      '/webhooks/s/x',
    ]) {
      const response = await fetch(`${system.url}${path}`, { method: 'POST', body: '{}' });
      expect([path, response.status]).toEqual([path, 404]);
    }
  });

  it('end with the connection: the address is gone, and so are the subscriptions', async () => {
    const address = await addressOf(store);
    expect((await api.call('DELETE', `/v1/stores/${store.id}`)).status).toBe(204);
    const response = await fetch(address, { method: 'POST', body: '{}' });
    expect(response.status).toBe(404);
  });
});

describe('a shop that calls itself by another address than the one it is reached at', () => {
  const source = { 'x-wc-webhook-source': 'https://inner.example.test:8080/', 'x-wc-webhook-topic': 'order.updated' };
  /** What the sandbox holds of the subscription: the gateway tells its secret to nobody else. */
  const secretOf = async (address: string): Promise<string | undefined> => {
    const text = await readFile(path.join(system.folder, 'sandbox.json'), 'utf8').catch(() => '{}');
    let secret: string | undefined;
    JSON.parse(text, (_, value: unknown) => {
      const read = z.object({ deliveryUrl: z.literal(address), secret: z.string() }).safeParse(value);
      secret = read.data?.secret ?? secret;
      return value;
    });
    return secret;
  };

  it('is known by the secret of its own subscription', { timeout: 60_000 }, async () => {
    const store = await WAYS[1].connect();
    await until('the store is subscribed', async () => (await subscribed(store)).length > 0, PATIENCE);
    const address = await addressOf(store);
    await until('the sandbox has written it down', async () => (await secretOf(address)) !== undefined, PATIENCE);
    const secret = (await secretOf(address)) ?? '';
    const body = '{"id":1}';
    const before = (await deliveries(store)).length;
    const response = await fetch(address, { method: 'POST', body, headers: { ...source, ...signed(body, secret) } });
    expect(response.status).toBe(200);
    expect(await deliveries(store)).toHaveLength(before + 1);
  });
});

/** The headers that both platforms sign with; the other's is nothing to either. */
function signatures(value: string): Record<string, string> {
  return { 'x-shopify-hmac-sha256': value, 'x-wc-webhook-signature': value };
}
function signed(body: string, secret: string): Record<string, string> {
  return signatures(createHmac('sha256', secret).update(body).digest('base64'));
}
