import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { registerClient, startSystem, type System } from '../system.js';
import { type ApiClient, apiClient, type OrderPage } from './api-client.js';
import { connectShopify, KWD_SHOP } from './shopify-way.js';
import { walkOrders } from './walk-orders.js';
import { makeKeys, pasted, shopAddress, SOUQ } from './woocommerce-way.js';

type ListedOrder = OrderPage['data'][number];

interface Shop {
  readonly api: ApiClient;
  readonly storeId: string;
  readonly platform: 'shopify' | 'woocommerce';
  /** All orders, read without a filter: what a filtered list is compared with. */
  readonly orders: readonly ListedOrder[];
}

let system: System;
let shopify: Shop;
let woocommerce: Shop;
beforeAll(async () => {
  system = await startSystem();
  shopify = await openShopify('whole-list');
  woocommerce = await openWooCommerce();
  return () => system.stop();
});

/** Through an app of its own: its rate budget is fresh. */
async function openShopify(clientId: string): Promise<Shop> {
  const app = await system.addApp(system.tenants[0].id, { name: clientId, mode: 'test' });
  await registerClient(system, app, clientId);
  const api = apiClient(system, app);
  const { id: storeId } = await connectShopify(system, app, { shop: KWD_SHOP });
  const { orders } = await walkOrders(api, `store=${storeId}&limit=50`);
  return { api, storeId, platform: 'shopify', orders };
}

async function openWooCommerce(): Promise<Shop> {
  const api = apiClient(system, system.tenants[0].app);
  const credentials = pasted(shopAddress(SOUQ), await makeKeys(system, SOUQ));
  const answer = await api.call('POST', '/v1/stores', { platform: 'woocommerce', credentials });
  const { id: storeId } = z.object({ id: z.string() }).parse(answer.json);
  const { orders } = await walkOrders(api, `store=${storeId}&limit=250`);
  return { api, storeId, platform: 'woocommerce', orders };
}

/** The filtered list must hold exactly the orders of the whole list that fit. */
async function expectExactly(
  { api, storeId, orders }: Pick<Shop, 'api' | 'storeId' | 'orders'>,
  filter: string,
  fits: (order: ListedOrder) => boolean,
): Promise<number> {
  const found = await walkOrders(api, `store=${storeId}&limit=40&${filter}`);
  const numbers = found.orders.map(({ number }) => number).sort();
  const expected = orders.filter(fits).map(({ number }) => number);
  expect({ filter, numbers }).toEqual({ filter, numbers: expected.sort() });
  return numbers.length;
}

const second = (instant: string): number => Math.floor(Date.parse(instant) / 1000);

describe.each(['shopify', 'woocommerce'] as const)('at %s', (platform) => {
  const shop = (): Shop => (platform === 'shopify' ? shopify : woocommerce);

  it('updatedSince is inclusive, to the second, and sorts by the change unless told otherwise', async () => {
    const instants = shop().orders.map(({ updatedAt }) => updatedAt);
    const since = instants.sort()[Math.floor(instants.length / 2)] ?? '';
    const filter = `updatedSince=${encodeURIComponent(since)}`;
    await expectExactly(shop(), filter, ({ updatedAt }) => second(updatedAt) >= second(since));
    const { data } = await shop().api.orders(`store=${shop().storeId}&limit=20&${filter}`);
    const changes = data.map(({ updatedAt }) => updatedAt);
    expect(changes).toEqual([...changes].sort());
    expect(changes[0]).toBe(since);
    const later = new Date(Date.parse(since) + 1000).toISOString();
    const offset = later.replace('Z', '+00:00');
    await expectExactly(shop(), `updatedSince=${encodeURIComponent(offset)}`, ({ updatedAt }) => {
      return second(updatedAt) > second(since);
    });
  }, 60_000);

  it('createdSince includes its instant, createdUntil does not', async () => {
    const placed = shop().orders.map(({ placedAt }) => placedAt);
    const [since = '', until = ''] = [placed.sort()[5], placed.sort()[15]];
    const filter = `createdSince=${since}&createdUntil=${until}`;
    const count = await expectExactly(shop(), filter, ({ placedAt }) => {
      return second(placedAt) >= second(since) && second(placedAt) < second(until);
    });
    expect(count).toBeGreaterThanOrEqual(10);
    await expectExactly(shop(), `createdSince=${until}&createdUntil=${since}`, () => false);
  }, 60_000);

  it('takes several statuses, and gives no other', async () => {
    await expectExactly(shop(), 'status=open&status=canceled', ({ status }) => ['open', 'canceled'].includes(status));
  }, 60_000);
});

const declared = z.object({
  operations: z.array(
    z.object({
      operation: z.string(),
      filters: z.record(z.string(), z.union([z.literal(true), z.array(z.string())])).optional(),
    }),
  ),
});

describe('every value that a platform declares', () => {
  it.each(['status', 'paymentStatus', 'fulfillmentStatus'] as const)(
    'of %s gives exactly the orders that have it',
    async (name) => {
      const own = await openShopify(`values-of-${name}`);
      let tried = 0;
      for (const shop of [own, woocommerce]) {
        const { operations } = declared.parse((await shop.api.get(`/v1/platforms/${shop.platform}`)).json);
        const values = operations.find(({ operation }) => operation === 'orders.list')?.filters?.[name] ?? [];
        for (const value of values === true ? [] : values) {
          // What lies in the bin is in no list that does not ask for it.
          const isBin = shop.platform === 'woocommerce' && value === 'archived';
          if (isBin) await expectOnly(shop, `${name}=${value}`, (order) => order[name] === value);
          else await expectExactly(shop, `${name}=${value}`, (order) => order[name] === value);
          tried += 1;
        }
      }
      expect(tried).toBeGreaterThanOrEqual(2);
    },
    90_000,
  );

  async function expectOnly({ api, storeId }: Shop, filter: string, fits: (order: ListedOrder) => boolean) {
    const { orders } = await walkOrders(api, `store=${storeId}&${filter}`);
    expect(orders.length).toBeGreaterThan(0);
    expect(orders.every(fits)).toBe(true);
  }
});

describe('finding one order', () => {
  it('by its number, exactly, whatever stands in it', async () => {
    const { number = '' } = shopify.orders[7] ?? {};
    const exact = `number=${encodeURIComponent(number)}`;
    expect(await expectExactly(shopify, exact, (order) => order.number === number)).toBe(1);
    for (const odd of [number.slice(0, -1), '*', `' OR name:'${number}`, '"', '\\', '日本']) {
      await expectExactly(shopify, `number=${encodeURIComponent(odd)}`, (order) => order.number === odd);
    }
  }, 60_000);

  it('by the buyer’s e-mail', async () => {
    const email = shopify.orders.find(({ customer }) => customer?.email != null)?.customer?.email ?? '';
    const filter = `customerEmail=${encodeURIComponent(email)}`;
    const count = await expectExactly(shopify, filter, ({ customer }) => customer?.email === email);
    expect(count).toBeGreaterThan(0);
  }, 60_000);
});

describe('a filter that a platform does not have', () => {
  it.each([
    ['woocommerce', 'paymentStatus=paid', 'paymentStatus'],
    ['woocommerce', 'fulfillmentStatus=fulfilled', 'fulfillmentStatus'],
    ['woocommerce', 'customerEmail=a%40example.com', 'customerEmail'],
    ['woocommerce', 'number=17', 'number'],
    ['woocommerce', 'status=other', 'status'],
    ['shopify', 'status=completed', 'status'],
    ['shopify', 'fulfillmentStatus=unfulfilled', 'fulfillmentStatus'],
  ] as const)('is refused by %s: %s', async (platform, filter, name) => {
    const { api, storeId } = platform === 'shopify' ? shopify : woocommerce;
    const problem = await api.problem('GET', `/v1/orders?store=${storeId}&${filter}`);
    expect([problem.status, problem.code, problem.fields?.[0]?.path]).toEqual([422, 'filter_unsupported', name]);
    expect(problem.detail).toContain(name);
    expect(problem.platform?.id).toBe(platform);
  });

  it('is refused for a list over two stores when one of them lacks it', async () => {
    const app = await system.addApp(system.tenants[0].id, { name: 'Both', mode: 'test' });
    await registerClient(system, app, 'both');
    const api = apiClient(system, app);
    const one = await connectShopify(system, app, { shop: KWD_SHOP });
    const credentials = pasted(shopAddress(SOUQ), await makeKeys(system, SOUQ));
    const two = await api.call('POST', '/v1/stores', { platform: 'woocommerce', credentials });
    const { id } = z.object({ id: z.string() }).parse(two.json);
    const problem = await api.problem('GET', `/v1/orders?store=${one.id}&store=${id}&paymentStatus=paid`);
    expect([problem.code, problem.platform?.id]).toEqual(['filter_unsupported', 'woocommerce']);
  });
});
