import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { freshDatabase, type FreshDatabase } from '../../test/setup/database.js';
import { fillTenant, openSession, type Session, type TenantRows } from '../../test/setup/tenants.js';
import { type Database, openDatabase } from './database.js';
import { createSqlCredentials } from './sql-credentials.js';

let database: FreshDatabase;
let admin: Session;
let workers: readonly Database[];
let tenants: readonly TenantRows[];
beforeAll(async () => {
  database = await freshDatabase();
  admin = await openSession(database.adminUrl);
  workers = ['1', '2', '3'].map((name) =>
    openDatabase({ url: database.urls.worker, poolSize: 2, applicationName: `worker-${name}` }),
  );
  tenants = [await fillTenant(admin, 'ada'), await fillTenant(admin, 'bob')];
});
afterAll(async () => {
  for (const worker of workers) await worker.close();
  await admin.end();
  await database.drop();
});
beforeEach(async () => {
  await admin.sql("DELETE FROM stores WHERE account <> 'shop'");
  await admin.sql("UPDATE stores SET status = 'active'");
  await admin.sql(
    "UPDATE credentials SET state = 'active', due_at = NULL, access_expires_at = NULL, lease_owner = NULL, lease_until = NULL, attempt = 0",
  );
});

const [first, second, third] = [0, 1, 2];
const claimDue = (product: Database, claimer: string, limit: number, leaseSeconds: number, except: string[] = []) =>
  createSqlCredentials(product, { acrossTenants: true }).claimDue({
    claimer,
    limit,
    leaseSeconds,
    exceptPlatforms: except,
  });
const claim = async (
  worker: number,
  batch = 100,
  claimer = `worker-${worker}`,
  lease = 30,
): Promise<readonly string[]> => {
  const product = workers[worker];
  if (product === undefined) throw new Error('there is no such worker');
  return (await claimDue(product, claimer, batch, lease)).map(({ storeId }) => storeId);
};

/** Connects so many shops more, each with a credential that is due and expires in so many seconds. */
async function connect(count: number, expiresIn: (index: number) => number = () => 60): Promise<readonly string[]> {
  const ids = Array.from({ length: count }, () => randomUUID());
  for (const [index, id] of ids.entries()) {
    const { tenantId, appId } = tenants[index % tenants.length] ?? { tenantId: '', appId: '' };
    await admin.sql(
      "INSERT INTO stores (id, tenant_id, app_id, platform, client_key, account, api_root, platform_id, name, domain, currency, mode, status, status_since, updated_at) VALUES ($1::uuid, $2, $3, 'example', 'c', ($1::uuid)::text, 'r', '1', 'n', 'd', 'EUR', 'test', 'active', now(), now())",
      [id, tenantId, appId],
    );
    await admin.sql(
      "INSERT INTO credentials (id, tenant_id, store_id, strategy, sealed, version, due_at, access_expires_at) VALUES (gen_random_uuid(), $1, $2, 's', '', 1, now() - interval '1 second', now() + make_interval(secs => $3))",
      [tenantId, id, expiresIn(index)],
    );
  }
  return ids;
}

const set = (change: string, storeId = tenants[0]?.storeId ?? ''): Promise<unknown> =>
  admin.sql(`UPDATE credentials SET ${change} WHERE store_id = $1`, [storeId]);

describe('credentials that are due', () => {
  it('case 1: are claimed once each, however many claim at the same moment', async () => {
    const due = await connect(60);
    const rounds: Promise<readonly string[]>[] = [];
    for (let round = 0; round < 4; round += 1)
      for (const worker of [first, second, third]) rounds.push(claim(worker, 7));
    const claimed = (await Promise.all(rounds)).flat();
    expect(new Set(claimed).size).toBe(claimed.length);
    expect([...claimed].sort()).toEqual([...due].sort());
  });

  it('case 16: are claimed with those first that expire first', async () => {
    const due = await connect(9, (index) => 100 - 10 * index);
    const urgent = await claim(first, 3);
    expect([...urgent].sort()).toEqual(due.slice(6).sort());
    expect([...(await claim(second, 3))].sort()).toEqual(due.slice(3, 6).sort());
  });

  it('come with whose they are, and are written down as begun', async () => {
    const [storeId = ''] = await connect(1);
    const [claimed] = await claimDue(workers[0] as Database, 'me', 5, 30);
    expect(claimed).toMatchObject({
      storeId,
      tenantId: tenants[0]?.tenantId,
      platform: 'example',
      claimer: 'me',
      version: 1,
      attempt: 1,
      client: { clientId: 'client', handle: 'handle-ada' },
    });
    expect(claimed?.accessSeconds).toBeGreaterThan(50);
    const [row] = await admin.sql(
      'SELECT lease_owner, attempt, attempt_started_at IS NOT NULL AS started, extract(epoch FROM lease_until - now())::int AS lease FROM credentials WHERE store_id = $1',
      [storeId],
    );
    expect(row).toMatchObject({ lease_owner: 'me', attempt: 1, started: true });
    expect(Number(row?.['lease'])).toBeGreaterThan(20);
  });

  it('are not those of a platform that has no place left', async () => {
    await connect(2);
    expect(await claimDue(workers[0] as Database, 'me', 5, 30, ['example'])).toEqual([]);
    expect(await claimDue(workers[0] as Database, 'me', 5, 30, ['other'])).toHaveLength(2);
  });

  it('may be claimed again when the lease has ended, and not before', async () => {
    const [storeId = ''] = await connect(1);
    expect(await claim(first)).toEqual([storeId]);
    expect(await claim(second)).toEqual([]);
    await set("lease_until = now() - interval '1 second'", storeId);
    expect(await claim(second)).toEqual([storeId]);
    const [row] = await admin.sql('SELECT lease_owner, attempt FROM credentials WHERE store_id = $1', [storeId]);
    expect(row).toEqual({ lease_owner: 'worker-1', attempt: 2 });
  });

  it.each([
    ['not due yet', "due_at = now() + interval '1 minute'"],
    ['never due', 'due_at = NULL'],
    ['refused', "due_at = now(), state = 'refused'"],
    ['held', "due_at = now(), lease_owner = 'x', lease_until = now() + interval '1 minute'"],
  ])('are not those that are %s', async (_, change) => {
    await set(change);
    expect(await claim(first)).toEqual([]);
    await set("due_at = now(), state = 'active', lease_until = NULL");
    expect(await claim(first)).toHaveLength(1);
  });

  it.each(['needsReauth', 'revoked', 'paused', 'disconnected', 'connecting'])(
    'are not those of a store that is %s',
    async (status) => {
      await set('due_at = now()');
      await admin.sql('UPDATE stores SET status = $1', [status]);
      expect(await claim(first)).toEqual([]);
    },
  );
});
