import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { freshDatabase, type FreshDatabase } from '../../test/setup/database.js';
import { fillSealedTenant, type SealedTenant } from '../../test/setup/sealed-tenant.js';
import { openSession, type Session } from '../../test/setup/tenants.js';
import { type Database, openDatabase } from '#persistence';
import { checkKeys, dataKeyStore } from '#runtime';
import { createVault, localKey, type Vault } from '#vault';
import { deleteTenant } from './delete-tenant.js';

let database: FreshDatabase;
let session: Session;
let owner: Database;
let product: Database;
let tenant: SealedTenant;
let other: SealedTenant;
const keys = [localKey(randomBytes(32))];

beforeAll(async () => {
  database = await freshDatabase();
  session = await openSession(database.adminUrl);
  owner = openDatabase({ url: database.urls.owner, poolSize: 2, applicationName: 'test-owner' });
  product = openDatabase({ url: database.urls.app, poolSize: 2, applicationName: 'test' });
});
afterAll(async () => {
  await Promise.all([owner.close(), product.close()]);
  await session.end();
  await database.drop();
});
beforeEach(async () => {
  const vault = await newProcess();
  [tenant, other] = [await fillSealedTenant(session, vault), await fillSealedTenant(session, vault)];
});

const quiet = () => undefined;
const newProcess = async (): Promise<Vault> =>
  createVault({ keyEncryption: await checkKeys(product, keys), dataKeys: dataKeyStore(product) });
const unreadable = { code: 'credential_unreadable' };

/** Every table that has rows of tenants, the newest ones too. */
async function tablesOfTenants(): Promise<readonly string[]> {
  const rows = await session.sql(
    "SELECT table_name::text AS name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'tenant_id'",
  );
  return rows.map(({ name }) => String(name));
}

const rowsOf = async (table: string, tenantId: string) =>
  (await session.sql(`SELECT count(*)::int AS held FROM ${table} WHERE tenant_id = $1`, [tenantId]))[0]?.['held'];

it('case 104: leaves no row of the tenant in any table, and every row of the others', async () => {
  const done = await deleteTenant(owner, await newProcess(), tenant.tenantId, quiet);
  expect(done).toMatchObject({ dataKeys: 1, stores: 1 });
  for (const table of await tablesOfTenants()) {
    expect([table, await rowsOf(table, tenant.tenantId)]).toEqual([table, 0]);
    expect([table, await rowsOf(table, other.tenantId)]).toEqual([table, 1]);
  }
  expect(await session.sql('SELECT id FROM tenants WHERE id = $1', [tenant.tenantId])).toEqual([]);
  expect(Object.keys(await other.open(await newProcess()))).toHaveLength(8);
  expect(await deleteTenant(owner, await newProcess(), tenant.tenantId, quiet)).toBeUndefined();
});

it('case 104: what a backup of its ciphertext brings back opens nowhere, also under a new data key', async () => {
  const before = await newProcess();
  await tenant.open(before);
  const tables = [
    'credentials',
    'connect_attempts',
    'platform_clients',
    'writes',
    'webhook_channels',
    'webhook_deliveries',
  ];
  await session.sql('CREATE SCHEMA IF NOT EXISTS backup');
  for (const table of ['tenants', ...tables])
    await session.sql(
      `CREATE TABLE backup.${table} AS SELECT * FROM public.${table} WHERE ${table === 'tenants' ? 'id' : 'tenant_id'} = $1::uuid`.replace(
        '$1',
        `'${tenant.tenantId}'`,
      ),
    );
  await deleteTenant(owner, before, tenant.tenantId, quiet);
  // Past the foreign keys, as a restore of single tables goes.
  await session.sql('SET session_replication_role = replica');
  for (const table of ['tenants', ...tables]) {
    const [columns] = await session.sql(
      "SELECT string_agg(quote_ident(column_name), ', ') AS list FROM information_schema.columns WHERE table_schema = 'public' AND table_name = $1 AND is_generated = 'NEVER'",
      [table],
    );
    const list = String(columns?.['list']);
    await session.sql(`INSERT INTO public.${table} (${list}) SELECT ${list} FROM backup.${table}`);
  }
  await session.sql('SET session_replication_role = DEFAULT');
  for (const vault of [before, await newProcess()]) await expect(tenant.open(vault)).rejects.toMatchObject(unreadable);
  const again = await newProcess();
  await again.createTenantKey(tenant.tenantId);
  await expect(tenant.open(again)).rejects.toMatchObject(unreadable);
});

it('case 104: killed after the keys were destroyed it has ended the tenant already, and goes on when started again', async () => {
  const killed = new Error('killed');
  const dying = () => {
    throw killed;
  };
  await expect(deleteTenant(owner, await newProcess(), tenant.tenantId, dying)).rejects.toBe(killed);
  await expect(tenant.open(await newProcess())).rejects.toMatchObject(unreadable);
  expect(
    await session.sql("SELECT wrapped FROM data_keys WHERE tenant_id = $1 AND wrapped <> ''", [tenant.tenantId]),
  ).toEqual([]);
  const [row] = await session.sql('SELECT suspended_at IS NOT NULL AS suspended FROM tenants WHERE id = $1', [
    tenant.tenantId,
  ]);
  expect(row).toEqual({ suspended: true });
  expect(await session.sql('SELECT status FROM stores WHERE id = $1', [tenant.storeId])).toEqual([
    { status: 'disconnected' },
  ]);
  expect(await deleteTenant(owner, await newProcess(), tenant.tenantId, quiet)).toMatchObject({
    dataKeys: 0,
    stores: 0,
  });
  expect(await rowsOf('credentials', tenant.tenantId)).toBe(0);
});
