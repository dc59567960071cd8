import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Big } from '#contract';
import { registerClient, startSystem, type System, type TestApp } from '../system.js';
import { type ApiClient, apiClient } from './api-client.js';
import { connectShopify, KWD_SHOP, SHOPIFY_SHOPS, USD_SHOP } from './shopify-way.js';
import { expectToAddUp, platformIds, type Walk, walkOrders } from './walk-orders.js';
import { BOOKS, makeKeys, pasted, shopAddress, SOUQ, WOOCOMMERCE_SHOPS } from './woocommerce-way.js';

const LIMITS = [7, 50, 250] as const;

let system: System;
beforeAll(async () => {
  system = await startSystem();
  return () => system.stop();
});

let apps = 0;
/** An app of its own has a rate budget of its own at the platform, so that no walk waits for another. */
async function freshApp(): Promise<TestApp> {
  const number = String((apps += 1));
  const app = await system.addApp(system.tenants[0].id, { name: `App ${number}`, mode: 'test' });
  await registerClient(system, app, `orders-${number}`);
  return app;
}

interface Connected {
  readonly api: ApiClient;
  readonly storeId: string;
}

async function connect(host: string, app?: TestApp): Promise<Connected> {
  const owner = app ?? (await freshApp());
  const api = apiClient(system, owner);
  if (SHOPIFY_SHOPS.some((shop) => shop === host)) {
    return { api, storeId: (await connectShopify(system, owner, { shop: host })).id };
  }
  const credentials = pasted(shopAddress(host), await makeKeys(system, host));
  const answer = await api.call('POST', '/v1/stores', { platform: 'woocommerce', credentials });
  return { api, storeId: z.object({ id: z.string() }).parse(answer.json).id };
}

/** How many orders a shop itself says an app may see. */
async function countAt(host: string): Promise<number> {
  if (WOOCOMMERCE_SHOPS.some((shop) => shop === host)) {
    const { consumer_key: key, consumer_secret: secret } = await makeKeys(system, host);
    const folder = new URL(shopAddress(host)).pathname.replace(/\/$/, '');
    const response = await fetch(`${system.sandboxUrl}/${host}${folder}/wp-json/wc/v3/orders?per_page=1`, {
      headers: { authorization: `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}` },
    });
    return Number(response.headers.get('x-wp-total'));
  }
  const contents = z.object({ host: z.string(), contents: z.record(z.string(), z.number()) });
  const shops = z.object({ platforms: z.array(z.object({ shops: z.array(contents) })) });
  const { platforms } = shops.parse(await (await fetch(`${system.sandboxUrl}/shops`)).json());
  const shop = platforms.flatMap((platform) => platform.shops).find((one) => one.host === host);
  // Orders older than 60 days need a scope that the platform grants to few apps.
  const { orders = 0, ...older } = shop?.contents ?? {};
  return orders - Object.values(older).reduce((sum, count) => sum + count, 0);
}

const rawTotal = z.union([
  z.object({ total: z.string() }).transform(({ total }) => total),
  z
    .object({ totalPriceSet: z.object({ shopMoney: z.object({ amount: z.string() }) }) })
    .transform(({ totalPriceSet }) => totalPriceSet.shopMoney.amount),
]);

function expectWhole(walk: Walk, limit: number, count: number): void {
  expect(walk.quarantined).toEqual([]);
  expect([walk.orders.length, new Set(walk.orders.map(({ id }) => id)).size]).toEqual([count, count]);
  expect(Math.max(...walk.sizes)).toBeLessThanOrEqual(limit);
  const placed = walk.orders.map(({ placedAt }) => Date.parse(placedAt));
  expect(placed).toEqual([...placed].sort((left, right) => right - left));
}

describe.concurrent.each([...SHOPIFY_SHOPS, ...WOOCOMMERCE_SHOPS])('%s', (host) => {
  it('is listed to its end whatever the limit, in order, and adds up to the last digit', async () => {
    const count = await countAt(host);
    const connected = await Promise.all(LIMITS.map(() => connect(host)));
    const walks = await Promise.all(
      connected.map(({ api, storeId }, index) =>
        walkOrders(api, `store=${storeId}&limit=${String(LIMITS[index])}&include=raw`),
      ),
    );
    const [first, ...others] = walks;
    for (const [index, walk] of walks.entries()) expectWhole(walk, LIMITS[index] ?? 0, count);
    for (const other of others) expect([...platformIds(other)].sort()).toEqual([...platformIds(first ?? other)].sort());
    for (const order of first?.orders ?? []) {
      expectToAddUp(order);
      expect(new Big(order.totals.total.amount).eq(rawTotal.parse(order.raw))).toBe(true);
    }
    await expectReadableById(connected[0], first?.orders ?? []);
  }, 90_000);
});

/** The first, the middle and the last one by their own ids: the same records again. */
async function expectReadableById(at: Connected | undefined, orders: Walk['orders']): Promise<void> {
  for (const place of [0, Math.floor(orders.length / 2), orders.length - 1]) {
    const { raw: _raw, ...listed } = orders[place] ?? { id: '' };
    const answer = await at?.api.get(`/v1/orders/${listed.id}`);
    expect([answer?.status, answer?.json]).toEqual([200, listed]);
  }
}

describe('a list over several stores', () => {
  it('reads one after the other, each in order, and loses and repeats nothing', async () => {
    const app = await freshApp();
    const [one, two] = [await connect(KWD_SHOP, app), await connect(SOUQ, app)];
    const query = `store=${one.storeId}&store=${two.storeId}&limit=11`;
    const walk = await walkOrders(one.api, query);
    const expected = [await countAt(KWD_SHOP), await countAt(SOUQ)];
    const byStore = [one, two].map(({ storeId }) => walk.orders.filter((order) => order.storeId === storeId));
    expect(byStore.map(({ length }) => length)).toEqual(expected);
    expect(walk.orders).toEqual(byStore.flat());
    expect(new Set(walk.orders.map(({ id }) => id)).size).toBe(walk.orders.length);
    for (const orders of byStore) {
      const placed = orders.map(({ placedAt }) => placedAt);
      expect(placed).toEqual([...placed].sort().reverse());
    }
  }, 60_000);

  it('counts a store that was named twice once', async () => {
    const { api, storeId } = await connect(SOUQ);
    const walk = await walkOrders(api, `store=${storeId}&store=${storeId}&limit=250`);
    expect(walk.orders).toHaveLength(await countAt(SOUQ));
  });
});

describe('sorting', () => {
  it.each([USD_SHOP, BOOKS])(
    'keeps each order it offers at %s',
    async (host) => {
      const { api, storeId } = await connect(host);
      for (const sort of ['createdAt', '-createdAt', 'updatedAt', '-updatedAt']) {
        const { data } = await api.orders(`store=${storeId}&sort=${sort}&limit=25`);
        const times = data.map((order) => Date.parse(sort.endsWith('createdAt') ? order.placedAt : order.updatedAt));
        const sorted = [...times].sort((left, right) => (sort.startsWith('-') ? right - left : left - right));
        expect([sort, times.length, times]).toEqual([sort, 25, sorted]);
      }
    },
    60_000,
  );
});

describe('what an order holds', () => {
  it('shows the realistic variety of the sandbox, in exact amounts of every kind of currency', async () => {
    const seen = { currencies: new Set<string>(), payment: new Set<string>(), names: '' };
    for (const host of [SOUQ, BOOKS, ...WOOCOMMERCE_SHOPS.filter((shop) => shop !== SOUQ && shop !== BOOKS)]) {
      const { api, storeId } = await connect(host);
      for (const order of (await walkOrders(api, `store=${storeId}&limit=250`)).orders) {
        const { currency, totals, paymentStatus, customer } = order;
        const decimals = { JPY: 0, KWD: 3 }[currency] ?? 2;
        expect(totals.total.amount).toMatch(decimals === 0 ? /^\d+$/ : new RegExp(`^\\d+\\.\\d{${String(decimals)}}$`));
        seen.currencies.add(currency);
        seen.payment.add(paymentStatus);
        seen.names += customer?.lastName ?? '';
      }
    }
    expect([...seen.currencies].sort()).toEqual(['EUR', 'JPY', 'KWD', 'USD']);
    expect([...seen.payment]).toEqual(expect.arrayContaining(['paid', 'pending', 'refunded', 'partiallyRefunded']));
    expect(seen.names).toMatch(/\p{Script=Arabic}/u);
    expect(seen.names).toMatch(/\p{Script=Han}/u);
  }, 60_000);

  it('hides people from a key without the right to personal data, and gives no raw record', async () => {
    const app = await freshApp();
    const { api, storeId } = await connect(BOOKS, app);
    const key = await system.addKey(app, { scopes: ['read:orders'] });
    const limited = apiClient(system, { apiKey: key });
    const open = (await api.orders(`store=${storeId}&limit=40`)).data;
    const masked = (await limited.orders(`store=${storeId}&limit=40`)).data;
    const people = open.flatMap(({ customer, billingAddress, shippingAddress }) => [
      ...[customer?.email, customer?.lastName, customer?.phone],
      ...[billingAddress, shippingAddress].flatMap((address) => [address?.address1, address?.lastName, address?.phone]),
    ]);
    const text = JSON.stringify(masked);
    for (const word of people.filter((one) => one !== undefined && one !== null && one.length > 3)) {
      expect(text).not.toContain(JSON.stringify(word));
    }
    expect(masked.map(({ totals }) => totals)).toEqual(open.map(({ totals }) => totals));
    expect(masked[0]?.billingAddress?.city).toBe(open[0]?.billingAddress?.city);
    const byId = await limited.get(`/v1/orders/${masked[0]?.id ?? ''}`);
    expect(byId.json).toEqual(masked[0]);
    for (const path of [`/v1/orders?store=${storeId}&include=raw`, `/v1/orders/${open[0]?.id ?? ''}?include=raw`]) {
      expect((await limited.problem('GET', path)).code).toBe('scope_missing');
    }
  });
});
