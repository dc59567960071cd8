import { beforeAll, expect, it } from 'vitest';
import { attention, storesPage } from '#operator-api';
import { startSystem, type System } from '../system.js';
import { signedIn, type SignedIn } from './operator-way.js';

const STORES = 10_000;
let system: System;
let viewer: SignedIn;
beforeAll(async () => {
  system = await startSystem({ idle: true });
  viewer = await signedIn(system, { name: 'Vera', role: 'viewer' });
  const { tenantId, appId } = system.tenants[0].app;
  // Every kind of trouble, in equal shares; one in ten dies soon.
  await system.sql(
    `INSERT INTO stores (id, tenant_id, app_id, platform, client_key, account, api_root, platform_id, name, domain, currency, mode, status, status_since, updated_at,
       health_state, health_reason, health_since, dies_at, warned_days, scopes_lost)
     SELECT gen_random_uuid(), $1, $2, 'woocommerce', 'fleet', 'shop-' || n, 'https://shop.example/', n::text, 'Shop ' || n, 'shop-' || n || '.example', 'EUR', 'test',
       CASE r.state WHEN 'needsReauth' THEN 'needsReauth' WHEN 'revoked' THEN 'revoked' ELSE 'active' END, now(), now(),
       r.state, r.reason, now() - n * interval '1 second', CASE WHEN n % 10 = 0 THEN now() + interval '3 days' END, CASE WHEN n % 10 = 0 THEN 7 END, '{}'
     FROM generate_series(1, $3::int) n JOIN (VALUES (0, 'degraded', 'contractBroken'), (1, 'needsReauth', 'grantEnded'), (2, 'degraded', 'unavailable'),
       (3, 'rateLimited', 'rateLimited'), (4, 'revoked', 'appRemoved')) r (at, state, reason) ON r.at = n % 5`,
    [tenantId, appId, STORES],
  );
  await system.sql('ANALYZE');
  return () => system.stop();
});

/** Reads, and says how long it took. */
async function timed(path: string): Promise<unknown> {
  const begun = performance.now();
  const { json, status } = await viewer.call('GET', path);
  const took = (performance.now() - begun).toFixed(0);
  process.stdout.write(`\n${path.slice(0, 40)} with ${STORES} stores in trouble: ${took} ms\n`);
  expect(status).toBe(200);
  return json;
}

it('answers what is to be done with 10,000 stores in trouble, in rows that are few and totals that are true', async () => {
  await timed('/ops/attention');
  const json = await timed('/ops/attention');
  const { groups, stores } = attention.parse(json);
  for (const { rows } of groups) expect(rows.length).toBeLessThanOrEqual(100);
  expect(groups.map(({ who, total }) => [who, total])).toEqual([
    ['you', 2000],
    ['merchant', 4000],
    ['nobody', 4000],
  ]);
  expect(stores).toMatchObject({ total: STORES, healthy: 0 });
  const ids = groups.flatMap(({ rows }) => rows.map(({ id }) => id));
  expect(new Set(ids).size).toBe(ids.length);
});

it('lists them in pages of a bounded size, each once, in every order', async () => {
  for (const sort of ['urgency', 'name', 'since', 'diesAt']) {
    const seen = new Set<string>();
    let cursor: string | null = '';
    for (let pages = 0; cursor !== null && pages < 4; pages += 1) {
      const json = await timed(`/ops/stores?limit=250&sort=${sort}${cursor === '' ? '' : `&cursor=${cursor}`}`);
      const page = storesPage.parse(json);
      expect([page.data.length, page.total]).toEqual([250, STORES]);
      for (const { id } of page.data) seen.add(id);
      cursor = page.nextCursor;
    }
    expect([sort, seen.size]).toEqual([sort, 1000]);
  }
});
