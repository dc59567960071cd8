import { randomBytes, randomUUID } from 'node:crypto';
import { beforeAll, expect, it } from 'vitest';
import { publicId } from '#contract';
import { timelinePage } from '#operator-api';
import { startSystem, type System } from '../system.js';
import { signedIn, type SignedIn } from './operator-way.js';

let system: System;
let viewer: SignedIn;
const store = randomUUID();
beforeAll(async () => {
  system = await startSystem({ idle: true });
  viewer = await signedIn(system, { name: 'Vera', role: 'viewer' });
  const { tenantId, appId } = system.tenants[0].app;
  await system.sql(
    `INSERT INTO stores (id, tenant_id, app_id, platform, client_key, account, api_root, platform_id, name, domain, currency, mode, status, status_since, updated_at)
     VALUES ($1, $2, $3, 'woocommerce', 'past', 'shop', 'https://shop.example/', '1', 'Shop', 'shop.example', 'EUR', 'test', 'active', now(), now())`,
    [store, tenantId, appId],
  );
  return () => system.stop();
});

/** A try to connect the store so many hours ago. */
async function attempt(status: string, errorCode: string | null, hours: number): Promise<void> {
  const { tenantId, appId } = system.tenants[0].app;
  const session = randomUUID();
  await system.sql(
    'INSERT INTO connect_sessions (id, tenant_id, app_id, token_hash, store_id, expires_at) VALUES ($1, $2, $3, $4, $5, now())',
    [session, tenantId, appId, randomBytes(32), store],
  );
  await system.sql(
    `INSERT INTO connect_attempts (id, tenant_id, session_id, platform, strategy, account, api_root, state_hash, browser_hash, expires_at, status, error_code, created_at)
     VALUES (gen_random_uuid(), $1, $2, 'woocommerce', 's', 'shop', 'r', $3, $4, now(), $5, $6, now() - make_interval(hours => $7::int))`,
    [tenantId, session, randomBytes(32), randomBytes(32), status, errorCode, hours],
  );
}

it('tells of tries that failed before however many that worked', async () => {
  for (let hours = 1; hours <= 6; hours += 1) await attempt('connected', null, hours);
  await attempt('failed', 'platform_unavailable', 10);
  await attempt('declined', null, 20);
  const told: string[] = [];
  let cursor: string | null = '';
  for (let pages = 0; cursor !== null && pages < 10; pages += 1) {
    const more: string = cursor === '' ? '' : `&cursor=${cursor}`;
    const { json } = await viewer.call('GET', `/ops/stores/${publicId('store', store)}/timeline?limit=1${more}`);
    const { data, nextCursor } = timelinePage.parse(json);
    told.push(...data.map(({ text }) => text));
    cursor = nextCursor;
  }
  expect(told).toEqual(['Connecting failed (platform_unavailable).', 'The merchant did not agree to connect.']);
});
