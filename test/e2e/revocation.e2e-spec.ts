import { beforeAll, describe, expect, it } from 'vitest';
import { startSystem, type System } from '../system.js';
import { type ApiClient, apiClient } from './api-client.js';
import { connectShopify, EUR_SHOP, JPY_SHOP, USD_SHOP } from './shopify-way.js';
import { BOOKS, connectWooCommerce } from './woocommerce-way.js';
import { until } from './until.js';

let system: System;
let api: ApiClient;
beforeAll(async () => {
  system = await startSystem({ tap: true });
  api = apiClient(system, system.tenants[0].app);
  return () => system.stop();
});

const connect = (shop: string) => connectShopify(system, system.tenants[0].app, { shop });
const disconnect = async (id: string) => expect((await api.call('DELETE', `/v1/stores/${id}`)).status).toBe(204);
const reason = async (id: string) => (await api.store(id)).statusReason ?? '';
const uninstalls = (shop: string) =>
  system.exchanges.filter(({ host, body }) => host === shop && body.includes('appUninstall'));
const left = async () =>
  await system.sql('SELECT state, sealed IS NULL AS destroyed FROM revocations ORDER BY created_at');

describe('a store that is disconnected', { timeout: 90_000 }, () => {
  it('case 145: has its grant withdrawn at the platform, which is shown', async () => {
    const store = await connect(USD_SHOP);
    await disconnect(store.id);
    expect((await api.problem('GET', `/v1/orders?store=${store.id}&limit=1`)).code).toBe('store_disconnected');
    await until('the platform confirmed it', async () => (await reason(store.id)).includes('confirmed'));
    expect(uninstalls(USD_SHOP).map(({ status }) => status)).toEqual([200]);
    expect(await left()).toEqual([{ state: 'done', destroyed: true }]);
    expect(
      await system.sql('SELECT 1 FROM credentials WHERE store_id = (SELECT id FROM stores WHERE account = $1)', [
        USD_SHOP,
      ]),
    ).toEqual([]);
  });

  it('case 145: is tried again while the platform is down, and done when it answers', async () => {
    const store = await connect(EUR_SHOP);
    await system.control('PUT', `/control/faults/${EUR_SHOP}`, { kind: 'status', status: 503 });
    await disconnect(store.id);
    await until('a try has failed', async () => {
      const rows = await system.sql("SELECT 1 FROM revocations WHERE state = 'waiting' AND last_error IS NOT NULL");
      return rows.length === 1;
    });
    expect(await reason(store.id)).toContain('is being withdrawn');
    await system.control('DELETE', `/control/faults/${EUR_SHOP}`);
    await until('the platform confirmed it', async () => (await reason(store.id)).includes('confirmed'));
  });

  it('case 145: where the platform knows no way, says so and where the merchant does it', async () => {
    const store = await connectWooCommerce(system, system.tenants[0].app, { host: BOOKS });
    await disconnect(store.id);
    expect(await reason(store.id)).toMatch(/could not be withdrawn\. .+ Delete it in the shop under/);
  });

  it('keeps the new grant of a shop that is connected again before the old one was given back', async () => {
    const store = await connect(JPY_SHOP);
    await system.control('PUT', `/control/faults/${JPY_SHOP}`, { kind: 'status', status: 503 });
    await disconnect(store.id);
    await system.control('DELETE', `/control/faults/${JPY_SHOP}`);
    await system.sql("UPDATE revocations SET due_at = now() + interval '3 seconds' WHERE state = 'waiting'");
    const again = await connect(JPY_SHOP);
    await until('nothing waits', async () => (await left()).every(({ state }) => state !== 'waiting'));
    const counts = uninstalls(JPY_SHOP).filter(({ status }) => status === 200).length;
    expect(counts).toBe(0);
    expect((await api.orders(`store=${again.id}&limit=1`)).data).toHaveLength(1);
  });
});
