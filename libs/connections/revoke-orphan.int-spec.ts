import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Secret } from '#contract';
import { type Database, openDatabase } from '#persistence';
import type { Vault } from '#vault';
import { freshDatabase, type FreshDatabase } from '../../test/setup/database.js';
import { fillTenant, openSession, type Session, type TenantRows } from '../../test/setup/tenants.js';
import { revokeOrphan } from './revoke-grant.js';

let fresh: FreshDatabase;
let admin: Session;
let database: Database;
let ada: TenantRows;
beforeAll(async () => {
  fresh = await freshDatabase();
  admin = await openSession(fresh.adminUrl);
  ada = await fillTenant(admin, 'ada');
  database = openDatabase({ url: fresh.urls.worker, poolSize: 2, applicationName: 'test' });
});
afterAll(async () => {
  await Promise.all([database.close(), admin.end()]);
  await fresh.drop();
});
beforeEach(() => admin.sql('DELETE FROM revocations'));

// Only that something is sealed matters here.
const vault = { seal: () => Promise.resolve(new Uint8Array([1])) } as unknown as Vault;
const PAIR = { kind: 'oauth2', accessToken: new Secret('a'), refreshToken: new Secret('r') } as const;
const orphan = () => {
  const { tenantId, storeId } = ada;
  return revokeOrphan({ database, vault }, { tenantId, storeId, platform: 'shopify', strategy: 'oauth' }, PAIR);
};
const waiting = async () => (await admin.sql("SELECT 1 FROM revocations WHERE state = 'waiting'")).length;

describe('a pair that comes after its store has gone', () => {
  it.each([
    ['disconnected', 1],
    ['revoked', 1],
    ['active', 0],
    ['needsReauth', 0],
  ])('case 22: of a store that is %s, without a credential: %i to give back', async (status, count) => {
    await admin.sql('UPDATE stores SET status = $1 WHERE id = $2', [status, ada.storeId]);
    await admin.sql('DELETE FROM credentials WHERE store_id = $1', [ada.storeId]);
    await orphan();
    expect(await waiting()).toBe(count);
  });

  it('case 22: is left alone where another has taken its place', async () => {
    await admin.sql("UPDATE stores SET status = 'disconnected' WHERE id = $1", [ada.storeId]);
    await admin.sql(
      "INSERT INTO credentials (id, tenant_id, store_id, strategy, sealed, version) VALUES ($1, $2, $3, 'oauth', $4, 1)",
      [randomUUID(), ada.tenantId, ada.storeId, Buffer.alloc(1)],
    );
    await orphan();
    expect(await waiting()).toBe(0);
  });
});
