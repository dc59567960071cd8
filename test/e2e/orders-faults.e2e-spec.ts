import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startSystem, type System } from '../system.js';
import { type ApiClient, apiClient } from './api-client.js';
import { connectShopify, EUR_SHOP } from './shopify-way.js';
import { platformIds } from './walk-orders.js';
import { makeKeys, pasted, shopAddress, SOUQ } from './woocommerce-way.js';

let system: System;
let api: ApiClient;
const stores = new Map<string, string>();
beforeAll(async () => {
  system = await startSystem();
  const { app } = system.tenants[0];
  api = apiClient(system, app);
  stores.set(EUR_SHOP, (await connectShopify(system, app, { shop: EUR_SHOP })).id);
  stores.set(SOUQ, await importSouq());
  return () => system.stop();
});
beforeEach(() => async () => {
  for (const host of stores.keys()) await system.control('DELETE', `/control/faults/${host}`);
});

async function importSouq(): Promise<string> {
  const credentials = pasted(shopAddress(SOUQ), await makeKeys(system, SOUQ));
  const answer = await api.call('POST', '/v1/stores', { platform: 'woocommerce', credentials });
  return z.object({ id: z.string() }).parse(answer.json).id;
}

const fault = (host: string, order: object) => system.control('PUT', `/control/faults/${host}`, order);
const list = (host: string, more = '') => `store=${stores.get(host) ?? ''}&limit=3${more}`;

describe.each([EUR_SHOP, SOUQ])('%s', (host) => {
  it.each([
    ['cuts the connection', { kind: 'down' }],
    ['answers a page', { kind: 'html' }],
    ['cuts its answer in the middle', { kind: 'reset' }],
    ['answers 502', { kind: 'status', status: 502 }],
    ['is slow', { kind: 'slow', delayMs: 1200 }],
  ])('costs the caller a moment when it %s once', async (_what, order) => {
    const before = await api.orders(list(host));
    await fault(host, { ...order, count: 1 });
    expect(await api.orders(list(host))).toMatchObject({ data: before.data, quarantined: [] });
  });

  it.each([
    ['down', { kind: 'down' }, 503, 'platform_unavailable', undefined],
    ['answering a page', { kind: 'html' }, 503, 'platform_unavailable', 503],
    ['answering 200 with a page', { kind: 'status', status: 200, body: '<html><script>x</script>' }, 502, null, 200],
    ['answering 200 with nonsense', { kind: 'status', status: 200, body: { x: 1 } }, 502, null, 200],
    ['behind a firewall', { kind: 'status', status: 403, body: '<html>Blocked: 10.0.0.7</html>' }, null, null, 403],
  ])(
    'gives a clear error and loses nothing when it is %s',
    async (_what, order, http, code, platformStatus) => {
      await fault(host, order);
      const problem = await api.problem('GET', `/v1/orders?${list(host)}`);
      if (http !== null) expect(problem.status).toBe(http);
      if (code !== null) expect([problem.code, problem.retryable]).toEqual([code, true]);
      expect(problem.code).toMatch(/^platform_/);
      expect(problem.platform?.['status']).toBe(platformStatus);
      expect(JSON.stringify(problem)).not.toMatch(/<|Authorization|Basic |shpat_|ck_/);
      await system.control('DELETE', `/control/faults/${host}`);
      expect((await api.orders(list(host))).data).toHaveLength(3);
      expect((await api.store(stores.get(host) ?? '')).status).toBe('active');
    },
    30_000,
  );

  it('goes on after a page that failed: the cursor is as good as before', async () => {
    const { nextCursor } = await api.orders(list(host));
    const next = list(host, `&cursor=${encodeURIComponent(nextCursor ?? '')}`);
    const expected = await api.orders(next);
    await fault(host, { kind: 'html' });
    expect((await api.problem('GET', `/v1/orders?${next}`)).status).toBe(503);
    await system.control('DELETE', `/control/faults/${host}`);
    expect((await api.orders(next)).data).toEqual(expected.data);
  }, 30_000);

  it('delivers a page around a record it cannot trust, and names that and why', async () => {
    const good = await api.orders(list(host));
    await fault(host, { kind: 'brokenRecord', count: 1 });
    const { data, quarantined, nextCursor } = await api.orders(list(host, '&include=raw'));
    expect([data.length, quarantined.length]).toEqual([2, 1]);
    const [broken] = quarantined;
    expect(broken?.reason.length).toBeGreaterThan(10);
    expect(broken?.raw).toBeDefined();
    const missing = good.data.filter(({ platformId }) => !data.some((order) => order.platformId === platformId));
    expect(missing.map(({ platformId }) => platformId)).toEqual([broken?.platformId]);
    expect(data.map(({ raw: _raw, ...order }) => order)).toEqual(good.data.filter((order) => !missing.includes(order)));
    // And the list goes on behind it as if nothing had been.
    const rest = await api.orders(list(host, `&include=raw&cursor=${encodeURIComponent(nextCursor ?? '')}`));
    const whole = await api.orders(`store=${stores.get(host) ?? ''}&limit=6`);
    expect([...platformIds({ orders: good.data }), ...platformIds({ orders: rest.data })]).toEqual(
      platformIds({ orders: whole.data }),
    );
    const plain = await api.orders(list(host));
    expect(plain.quarantined).toEqual([]);
  }, 60_000);
});

it('stops asking the platform when the caller has gone, and takes it for no failure', async () => {
  await fault(SOUQ, { kind: 'slow', delayMs: 60_000, count: 1 });
  const { app } = system.tenants[0];
  const calls = () => system.logLines.filter((line) => line.includes('"platform call'));
  const before = calls().length;
  const given = fetch(`${system.url}/v1/orders?${list(SOUQ)}`, {
    headers: { authorization: `Bearer ${app.apiKey}` },
    signal: AbortSignal.timeout(300),
  });
  await expect(given).rejects.toThrow();
  await expect.poll(() => calls().length, { timeout: 5000 }).toBeGreaterThan(before);
  expect(system.logLines.filter((line) => line.includes('"level":50') && line.includes('the caller has gone'))).toEqual(
    [],
  );
  expect((await api.orders(list(SOUQ))).data).toHaveLength(3);
});

it('serves forty callers of one store at once, on kept connections, without a warning', async () => {
  const warnings: string[] = [];
  const note = ({ name, message }: Error) => warnings.push(`${name}: ${message}`);
  process.on('warning', note);
  try {
    for (let round = 0; round < 4; round += 1) {
      const pages = await Promise.all(Array.from({ length: 10 }, () => api.orders(list(SOUQ))));
      for (const page of pages) expect(page.data).toEqual(pages[0]?.data);
    }
  } finally {
    process.off('warning', note);
  }
  expect(warnings).toEqual([]);
});

it('says that a shop took its keys back, until new ones are pasted', async () => {
  await system.control('DELETE', `/control/grants/${SOUQ}`);
  const problem = await api.problem('GET', `/v1/orders?${list(SOUQ)}`);
  expect([problem.status, problem.code, problem.actor]).toEqual([409, 'credential_revoked', 'merchant']);
  expect(problem.title).toContain('must connect the store again');
  expect(await importSouq()).toBe(stores.get(SOUQ));
  expect((await api.orders(list(SOUQ))).data).toHaveLength(3);
});
