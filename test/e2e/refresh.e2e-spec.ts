import { beforeAll, describe, expect, it } from 'vitest';
import { startSystem, type System } from '../system.js';
import { type ApiClient, apiClient } from './api-client.js';
import { createMerchantBrowser } from './merchant-browser.js';
import { type LedgerEntry, readLedger } from './sandbox-ledger.js';
import { agreeAtShopify, CALLBACK, connectShopify, EUR_SHOP, JPY_SHOP, KWD_SHOP, USD_SHOP } from './shopify-way.js';
import { until } from './until.js';

const TOKEN_SECONDS = 10;
const WATCHING = 90_000;
// Slower than the platform's rate limit allows, so that a read never waits for another.
const READING = { everyMs: 1300, tries: 50 };

let system: System;
let api: ApiClient;
beforeAll(async () => {
  system = await startSystem({ tokenSeconds: TOKEN_SECONDS });
  api = apiClient(system, system.tenants[0].app);
  return () => system.stop();
});

const connect = (shop: string) => connectShopify(system, system.tenants[0].app, { shop });
const refreshes = async (shop: string): Promise<readonly LedgerEntry[]> =>
  (await readLedger(system, shop)).filter(({ kind }) => kind === 'refreshToken');
const lastRefresh = async (shop: string) => (await refreshes(shop)).at(-1)?.sequence ?? 0;

/** Each refresh token was presented once, and each was the one that the call before had given. */
function expectUnbrokenChain(entries: readonly LedgerEntry[]): void {
  expect(entries.map(({ outcome }) => outcome)).toEqual(entries.map(() => 'issued'));
  expect(new Set(entries.map(({ credential }) => credential)).size).toBe(entries.length);
  for (const [index, { issued }] of entries.slice(0, -1).entries()) expect(issued).toBe(entries[index + 1]?.credential);
}

describe.concurrent('a token that dies soon', () => {
  it('is renewed ahead of its death by the worker, while nobody reads the shop', { timeout: WATCHING }, async () => {
    const store = await connect(USD_SHOP);
    await until('three renewals', async () => (await refreshes(USD_SHOP)).length >= 3);
    const entries = await refreshes(USD_SHOP);
    expectUnbrokenChain(entries);
    const [first, second] = entries.map(({ at }) => Date.parse(at));
    expect((second ?? 0) - (first ?? 0)).toBeLessThan(TOKEN_SECONDS * 1000);
    expect((await api.orders(`store=${store.id}&limit=1`)).data).toHaveLength(1);
  });

  it('leaves the shop readable all the time, over several lifetimes', { timeout: WATCHING }, async () => {
    const store = await connect(KWD_SHOP);
    await until(
      'five renewals with reads in between',
      async () => {
        // Throws at the first read that does not work.
        expect((await api.orders(`store=${store.id}&limit=1`)).data).toHaveLength(1);
        return (await refreshes(KWD_SHOP)).length >= 5;
      },
      READING,
    );
    expectUnbrokenChain(await refreshes(KWD_SHOP));
    expect(await api.store(store.id)).toMatchObject({ status: 'active', statusReason: null });
  });
});

describe.concurrent('a grant that the merchant ended at the platform', () => {
  it(
    'case 10: makes the store ask for a new consent, ends all calls, and heals by it',
    { timeout: WATCHING },
    async () => {
      const store = await connect(EUR_SHOP);
      await system.control('DELETE', `/control/grants/${EUR_SHOP}`);
      await until('needsReauth', async () => (await api.store(store.id)).status === 'needsReauth');
      const told = await refreshes(EUR_SHOP);
      // The second refusal is believed, and not one call follows it.
      expect(told.filter(({ outcome }) => outcome === 'refused')).toHaveLength(2);
      expect((await api.store(store.id)).statusReason).toContain('The platform ended the grant');

      // The worker goes on with others' tokens, and never comes back to this one.
      const since = await lastRefresh(USD_SHOP);
      await until('two more renewals of another shop', async () => {
        return (await refreshes(USD_SHOP)).filter(({ sequence }) => sequence > since).length >= 2;
      });
      for (let asked = 0; asked < 30; asked += 1) {
        const problem = await api.problem('GET', `/v1/orders?store=${store.id}&limit=1`);
        expect([problem.status, problem.code, problem.actor]).toEqual([409, 'credential_revoked', 'merchant']);
        expect(problem.title).toContain('must connect the store again');
      }
      expect(await refreshes(EUR_SHOP)).toEqual(told);

      await reconnect(store.id, EUR_SHOP);
      expect(await api.store(store.id)).toMatchObject({ status: 'active', statusReason: null });
      expect((await api.orders(`store=${store.id}&limit=1`)).data).toHaveLength(1);
      await until('a renewal of the new grant', async () => (await refreshes(EUR_SHOP)).at(-1)?.outcome === 'issued');
    },
  );

  it('is noticed by the first read, which says so', { timeout: WATCHING }, async () => {
    const store = await connect(JPY_SHOP);
    await system.control('DELETE', `/control/grants/${JPY_SHOP}`);
    const problem = await api.problem('GET', `/v1/orders?store=${store.id}&limit=1`);
    expect([problem.status, problem.code]).toEqual([409, 'credential_revoked']);
    expect((await api.store(store.id)).status).toBe('needsReauth');
    expect((await refreshes(JPY_SHOP)).filter(({ outcome }) => outcome === 'refused').length).toBeLessThanOrEqual(3);
  });
});

/** Goes the whole way again by a link that is for this store only. */
async function reconnect(storeId: string, shop: string): Promise<void> {
  const { app } = system.tenants[0];
  const browser = createMerchantBrowser();
  const { url: link } = await api.createSession({ storeId });
  const screen = await browser.open(link);
  expect(screen.text).toMatch(/This connects .* again/);
  const elsewhere = await browser.submit(screen.forms[0], { shop: USD_SHOP });
  expect([elsewhere.status, elsewhere.text]).toEqual([400, expect.stringContaining('it is not for another shop')]);
  const consent = await browser.submit(screen.forms[0], { shop });
  const callback = await browser.submitUntil(consent.forms[0], { decision: 'install' }, CALLBACK);
  expect((await browser.open(callback)).title).toBe('Your shop is connected');
  expect((await api.stores()).filter(({ domain }) => domain === shop)).toHaveLength(1);
  // Somebody else's store cannot be reconnected, and looks unknown.
  const foreign = apiClient(system, system.tenants[1].app);
  expect((await foreign.problem('POST', '/v1/connect-sessions', { storeId })).code).toBe('not_found');
  expect((await agreeAtShopify(system, app, { shop })).callback).toMatch(CALLBACK);
}
