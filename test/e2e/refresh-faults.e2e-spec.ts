import { beforeAll, describe, expect, it } from 'vitest';
import { startSystem, type System } from '../system.js';
import { type ApiClient, apiClient } from './api-client.js';
import { type LedgerEntry, readLedger } from './sandbox-ledger.js';
import { connectShopify, EUR_SHOP, JPY_SHOP, KWD_SHOP, USD_SHOP } from './shopify-way.js';
import { until } from './until.js';

const WATCHING = 120_000;
const TOKEN_ENDPOINT = '/admin/oauth/access_token';
const READING = { everyMs: 1300, tries: 40 };

// Two workers: every tick of either may come upon the same due token.
let system: System;
let api: ApiClient;
beforeAll(async () => {
  system = await startSystem({ tokenSeconds: 10 });
  await system.addWorker();
  api = apiClient(system, system.tenants[0].app);
  return () => system.stop();
});

const connect = (shop: string) => connectShopify(system, system.tenants[0].app, { shop });
const fault = (shop: string, order: object) =>
  system.control('PUT', `/control/faults/${shop}`, { ...order, path: TOKEN_ENDPOINT });
const refreshes = async (shop: string): Promise<readonly LedgerEntry[]> =>
  (await readLedger(system, shop)).filter(({ kind }) => kind === 'refreshToken');
const issuedAt = async (shop: string) => (await refreshes(shop)).filter(({ outcome }) => outcome === 'issued');

function reports(storeId: string, outcome: string): readonly string[] {
  const uuid = storeId.replace(/^sto_(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return system.logLines.filter((line) => line.includes(`token ${outcome}`) && line.includes(uuid));
}

const isReadable = async (storeId: string) => (await api.get(`/v1/orders?store=${storeId}&limit=1`)).status === 200;

/** No refresh token gave two pairs, none was refused, and the merchant was never asked for anything. */
async function expectUnharmed(shop: string, storeId: string): Promise<void> {
  const entries = await refreshes(shop);
  expect(entries.filter(({ outcome }) => outcome === 'refused')).toEqual([]);
  const redeemed = entries.filter(({ outcome }) => outcome === 'issued').map(({ credential }) => credential);
  expect(new Set(redeemed).size).toBe(redeemed.length);
  expect(await api.store(storeId)).toMatchObject({ status: 'active', statusReason: null });
}

describe.concurrent('the token endpoint', () => {
  it('may be down for a while: the shop recovers by itself', { timeout: WATCHING }, async () => {
    const store = await connect(USD_SHOP);
    await fault(USD_SHOP, { kind: 'html' });
    await until('a renewal that was put off', () => reports(store.id, 'postponed').length > 0);
    const before = (await issuedAt(USD_SHOP)).length;
    await system.control('DELETE', `/control/faults/${USD_SHOP}`);
    await until('a renewal after the outage', async () => (await issuedAt(USD_SHOP)).length > before);
    await until('reads work again', () => isReadable(store.id), READING);
    await expectUnharmed(USD_SHOP, store.id);
  });

  it(
    'case 6: may lose its answer after it has redeemed: the same token is sent again',
    { timeout: WATCHING },
    async () => {
      const store = await connect(EUR_SHOP);
      await fault(EUR_SHOP, { kind: 'reset', count: 1 });
      await until('a second try', async () => (await refreshes(EUR_SHOP)).length >= 2);
      const [lost, again] = await refreshes(EUR_SHOP);
      expect([lost?.outcome, again?.outcome, again?.credential]).toEqual(['issued', 'replayed', lost?.credential]);
      await until('a renewal with what the second try gave', async () => (await issuedAt(EUR_SHOP)).length >= 2);
      await until('reads work', () => isReadable(store.id), READING);
      await expectUnharmed(EUR_SHOP, store.id);
    },
  );

  it('case 1: is asked once for each token by two workers and two readers', { timeout: WATCHING }, async () => {
    const stores = [await connect(JPY_SHOP), await connect(KWD_SHOP)];
    await until(
      'four renewals of both shops',
      async () => {
        const reads = stores.map(({ id }) => api.orders(`store=${id}&limit=1`));
        for (const { data } of await Promise.all([...reads])) expect(data).toHaveLength(1);
        const counts = await Promise.all([JPY_SHOP, KWD_SHOP].map(async (shop) => (await refreshes(shop)).length));
        return Math.min(...counts) >= 4;
      },
      READING,
    );
    for (const [index, shop] of [JPY_SHOP, KWD_SHOP].entries()) {
      const entries = await refreshes(shop);
      expect(new Set(entries.map(({ credential }) => credential)).size).toBe(entries.length);
      await expectUnharmed(shop, stores[index]?.id ?? '');
    }
  });
});
