import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshDatabase, type FreshDatabase } from '../../test/setup/database.js';
import { fillTenant, openSession, type Session, type TenantRows } from '../../test/setup/tenants.js';
import { type Database, openDatabase } from './database.js';

/** Tables of tenants, with the column that says whose a row is. A new table is added here, or to those below. */
const TENANT_TABLES: Readonly<Record<string, string>> = {
  tenants: 'id',
  apps: 'tenant_id',
  api_keys: 'tenant_id',
  data_keys: 'tenant_id',
  platform_clients: 'tenant_id',
  brands: 'tenant_id',
  connect_sessions: 'tenant_id',
  connect_attempts: 'tenant_id',
  stores: 'tenant_id',
  credentials: 'tenant_id',
  writes: 'tenant_id',
  webhook_channels: 'tenant_id',
  webhook_subscriptions: 'tenant_id',
  webhook_deliveries: 'tenant_id',
  events: 'tenant_id',
  polls: 'tenant_id',
  revocations: 'tenant_id',
  oauth_clients: 'tenant_id',
};
/** Tables that belong to nobody, and what the product's roles may do with them. */
const SHARED_TABLES: Readonly<Record<string, Readonly<Record<'app' | 'worker', readonly string[]>>>> = {
  vault_canaries: { app: ['INSERT', 'SELECT'], worker: ['INSERT', 'SELECT'] },
  activity_minutes: { app: ['SELECT'], worker: ['SELECT'] },
  alerts: { app: ['SELECT'], worker: ['INSERT', 'SELECT', 'UPDATE'] },
  worker_ticks: { app: ['SELECT'], worker: ['INSERT', 'SELECT', 'UPDATE'] },
  operator_tokens: { app: [], worker: [] },
  operators: { app: [], worker: [] },
  operator_sessions: { app: [], worker: [] },
  operator_sign_in_links: { app: [], worker: [] },
  audit_entries: { app: [], worker: [] },
  audit_heads: { app: [], worker: [] },
  stops: { app: [], worker: [] },
  access_cutoffs: { app: [], worker: [] },
  data_key_rotations: { app: [], worker: [] },
  oauth_artifacts: { app: ['DELETE', 'INSERT', 'SELECT', 'UPDATE'], worker: ['DELETE'] },
  oauth_signing_keys: { app: ['INSERT', 'SELECT'], worker: ['INSERT', 'SELECT'] },
  _prisma_migrations: { app: [], worker: [] },
};
/** Tables of tenants that are reached by named functions alone. */
const CLOSED_TABLES = ['store_paces', 'store_calls', 'app_refusals'];
const OWN_TABLES = Object.entries(TENANT_TABLES).filter(([table]) => table !== 'tenants');

let database: FreshDatabase;
let admin: Session;
let ada: TenantRows;
let bob: TenantRows;
beforeAll(async () => {
  database = await freshDatabase();
  admin = await openSession(database.adminUrl);
  ada = await fillTenant(admin, 'ada');
  bob = await fillTenant(admin, 'bob');
});
afterAll(async () => {
  await admin.end();
  await database.drop();
});

describe('the tables', () => {
  it('are all known, and those of tenants are closed to everybody, their owner included', async () => {
    const tables = await admin.sql(
      "SELECT relname, relrowsecurity AND relforcerowsecurity AS closed FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'f')",
    );
    const closed = Object.fromEntries(tables.map(({ relname, closed: is }) => [String(relname), is]));
    expect(closed).toEqual({
      ...Object.fromEntries([...Object.keys(TENANT_TABLES), ...CLOSED_TABLES].map((table) => [table, true])),
      ...Object.fromEntries(Object.keys(SHARED_TABLES).map((table) => [table, false])),
    });
  });

  it('refer to each other only within a tenant', async () => {
    const keys = await admin.sql(`
      SELECT conname, conrelid::regclass::text AS "from", confrelid::regclass::text AS "to",
        (SELECT array_agg(attname::text ORDER BY attname) FROM pg_attribute WHERE attrelid = conrelid AND attnum = ANY (conkey)) AS columns
      FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace`);
    expect(keys.length).toBeGreaterThanOrEqual(8);
    for (const { conname, columns } of keys) expect(columns, String(conname)).toContain('tenant_id');
  });

  it.each([
    [
      'api_keys',
      (a: TenantRows, b: TenantRows) =>
        `INSERT INTO api_keys (id, tenant_id, app_id, hash, last_four) VALUES (gen_random_uuid(), '${a.tenantId}', '${b.appId}', '\\x01', 'x')`,
    ],
    ['stores', (a: TenantRows, b: TenantRows) => `UPDATE stores SET app_id = '${b.appId}' WHERE id = '${a.storeId}'`],
    [
      'platform_clients',
      (a: TenantRows, b: TenantRows) =>
        `UPDATE platform_clients SET app_id = '${b.appId}', platform = 'other' WHERE tenant_id = '${a.tenantId}'`,
    ],
    [
      'credentials',
      (a: TenantRows, b: TenantRows) =>
        `UPDATE credentials SET tenant_id = '${b.tenantId}' WHERE id = '${a.credentialId}'`,
    ],
    [
      'connect_sessions',
      (a: TenantRows, b: TenantRows) => `UPDATE connect_sessions SET app_id = '${b.appId}' WHERE id = '${a.sessionId}'`,
    ],
    [
      'connect_attempts',
      (a: TenantRows, b: TenantRows) =>
        `UPDATE connect_attempts SET session_id = '${b.sessionId}' WHERE id = '${a.attemptId}'`,
    ],
    [
      'apps',
      () => `INSERT INTO apps (id, tenant_id, name, mode) VALUES (gen_random_uuid(), gen_random_uuid(), 'x', 'test')`,
    ],
    [
      'data_keys',
      () =>
        `INSERT INTO data_keys (id, tenant_id, kek_id, wrapped, generation) VALUES ('d', gen_random_uuid(), 'k', '\\x01', 1)`,
    ],
  ])('refuse a row of %s that points to another tenant, whoever writes it', async (_, statement) => {
    await expect(admin.sql(statement(ada, bob))).rejects.toThrow('foreign key constraint');
  });
});

describe.each(['app', 'worker'] as const)('the role of the %s', (role) => {
  let session: Session;
  beforeAll(async () => {
    session = await openSession(database.urls[role]);
  });
  afterAll(() => session.end());

  /** Runs one statement in a transaction of that tenant, and takes it back. */
  async function as(tenantId: string | undefined, statement: string): Promise<Readonly<Record<string, unknown>>[]> {
    await session.sql('BEGIN');
    try {
      if (tenantId !== undefined) await session.sql("SELECT set_config('shopspan.tenant', $1, true)", [tenantId]);
      return await session.sql(statement);
    } finally {
      await session.sql('ROLLBACK');
    }
  }
  /** A row like the other tenant's, with new values where they must be unique. */
  const copyOf = (table: string, tenantId: string): Promise<unknown> =>
    copied(admin, table, tenantId).then((row) => insert(table, row));
  const insert = (table: string, row: Readonly<Record<string, unknown>>): string => {
    const values = JSON.stringify(row).replaceAll("'", "''");
    // Which key a sealed value names, the database says itself.
    const columns = Object.keys(row).filter((column) => !column.endsWith('data_key_id'));
    const list = columns.join(', ');
    return `INSERT INTO ${table} (${list}) SELECT ${list} FROM jsonb_populate_record(NULL::${table}, '${values}')`;
  };

  it.each(Object.keys(TENANT_TABLES))('case 108: without a tenant sees nothing of %s', async (table) => {
    expect(await as(undefined, `SELECT * FROM ${table}`)).toEqual([]);
    expect(await as('', `SELECT * FROM ${table}`)).toEqual([]);
  });

  it.each(OWN_TABLES)('case 108: without a tenant changes nothing of %s', async (table) => {
    expect(await as(undefined, `UPDATE ${table} SET tenant_id = tenant_id RETURNING *`)).toEqual([]);
    expect(await as(undefined, `DELETE FROM ${table} RETURNING *`)).toEqual([]);
    await expect(as(undefined, String(await copyOf(table, ada.tenantId)))).rejects.toThrow('row-level security');
  });

  it.each(Object.entries(TENANT_TABLES))('with a tenant sees its rows of %s and no other', async (table, column) => {
    const rows = await as(ada.tenantId, `SELECT ${column} AS owner FROM ${table}`);
    expect(rows.map(({ owner }) => owner)).toEqual([ada.tenantId]);
    expect(
      await as(
        ada.tenantId,
        `SELECT * FROM ${table} WHERE ${column} = '${bob.tenantId}' OR true AND ${column} <> '${ada.tenantId}'`,
      ),
    ).toEqual([]);
  });

  it.each(OWN_TABLES)("with a tenant cannot touch another's rows of %s", async (table) => {
    expect(
      await as(
        ada.tenantId,
        `UPDATE ${table} SET tenant_id = tenant_id WHERE tenant_id = '${bob.tenantId}' RETURNING *`,
      ),
    ).toEqual([]);
    expect(await as(ada.tenantId, `DELETE FROM ${table} WHERE tenant_id = '${bob.tenantId}' RETURNING *`)).toEqual([]);
    await expect(as(ada.tenantId, String(await copyOf(table, bob.tenantId)))).rejects.toThrow('row-level security');
    await expect(as(ada.tenantId, `UPDATE ${table} SET tenant_id = '${bob.tenantId}'`)).rejects.toThrow(
      'row-level security',
    );
  });

  it.each([
    ['INSERT', `INSERT INTO tenants (id, name) VALUES ('${randomUUID()}', 'x')`],
    ['UPDATE', "UPDATE tenants SET suspended_at = NULL, name = 'x'"],
    ['DELETE', 'DELETE FROM tenants'],
    ['TRUNCATE', 'TRUNCATE stores CASCADE'],
    ['the migrations', 'SELECT * FROM _prisma_migrations'],
    ["operators' tokens", 'SELECT id FROM operator_tokens'],
    ['changing a canary', "UPDATE vault_canaries SET canary = ''"],
    ['deleting a canary', 'DELETE FROM vault_canaries'],
    ['another role', 'SET ROLE shopspan_claims'],
    ['the other role', `SET ROLE ${role === 'app' ? 'shopspan_worker' : 'shopspan_app'}`],
    ['another user', "SET SESSION AUTHORIZATION 'postgres'"],
    ['switching the policy off', 'ALTER TABLE stores DISABLE ROW LEVEL SECURITY'],
    ['not enforcing it', 'ALTER TABLE stores NO FORCE ROW LEVEL SECURITY'],
    ['dropping it', 'DROP POLICY tenant_isolation ON stores'],
    ['reading past it', 'SET LOCAL row_security = off; SELECT * FROM stores'],
    ['a policy of its own', 'CREATE POLICY open ON stores USING (true)'],
    ['granting itself more', `GRANT ALL ON operator_tokens TO shopspan_${role}`],
    ['a table of its own', 'CREATE TABLE mine (id int)'],
    // Named functions look for tables in the temporary schema first: with one, a role could put its own in their way.
    ['a temporary table', 'CREATE TEMP TABLE api_keys (id int)'],
    ['a schema of its own', 'CREATE SCHEMA mine'],
    ['a function of its own', "CREATE FUNCTION public.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'"],
    [
      "replacing the policy's function",
      "CREATE OR REPLACE FUNCTION shopspan_current_tenant() RETURNS uuid LANGUAGE sql AS 'SELECT NULL::uuid'",
    ],
    ['files of the server', "SELECT pg_read_file('/etc/hostname')"],
    ['programs of the server', "COPY (SELECT 1) TO PROGRAM 'true'"],
    ['making roles', 'CREATE ROLE mine'],
    ["the queue's schema", 'CREATE TABLE queue.mine (id int)'],
  ])('case 111: may not do this: %s', async (_, statement) => {
    await expect(as(ada.tenantId, statement)).rejects.toThrow(
      /permission denied|must be owner|would be affected by row-level security|must be (a )?superuser|does not exist/,
    );
  });

  it('case 111: may name another tenant: that is its word, and all that this gives it are the rows of that one', async () => {
    for (const [table, column] of Object.entries(TENANT_TABLES)) {
      const rows = await as(bob.tenantId, `SELECT ${column} AS owner FROM ${table}`);
      expect(rows.map(({ owner }) => owner)).toEqual([bob.tenantId]);
    }
    await expect(as('not-a-uuid', 'SELECT * FROM stores')).rejects.toThrow('invalid input syntax for type uuid');
    for (const near of [ada.tenantId.slice(0, -1) + (ada.tenantId.endsWith('0') ? '1' : '0'), randomUUID()]) {
      expect(await as(near, 'SELECT * FROM stores')).toEqual([]);
    }
  });

  it('has exactly these rights on tables that belong to nobody, and none on those of functions', async () => {
    const closed = CLOSED_TABLES.map((table): [string, readonly string[]] => [table, []]);
    const shared = Object.entries(SHARED_TABLES).map(([table, rights]): [string, readonly string[]] => [
      table,
      rights[role],
    ]);
    for (const [table, rights] of [...shared, ...closed]) {
      const rows = await admin.sql(
        `SELECT privilege FROM unnest(ARRAY['DELETE','INSERT','REFERENCES','SELECT','TRIGGER','TRUNCATE','UPDATE']) AS privilege WHERE has_table_privilege('shopspan_${role}', '${table}', privilege)`,
      );
      expect(rows.map(({ privilege }) => privilege)).toEqual(rights);
    }
  });

  it('case 111: forgets the tenant with the transaction, also after a failure, on every connection of the pool', async () => {
    const product = openDatabase({ url: database.urls[role], poolSize: 2, applicationName: 'test' });
    try {
      const work = Array.from({ length: 120 }, async (__, turn) => {
        const { tenantId, storeId } = turn % 2 === 0 ? ada : bob;
        const failing = turn % 5 === 0;
        const seen = await product
          .withTenant(tenantId, async (tx) => {
            const stores = await tx.store.findMany({ select: { id: true } });
            if (failing) throw new Error('planned');
            return stores;
          })
          .catch((error: unknown) => error);
        expect(seen).toEqual(failing ? new Error('planned') : [{ id: storeId }]);
        expect(await storesInSight(product)).toEqual([]);
      });
      await Promise.all(work);
    } finally {
      await product.close();
    }
  });
});

/** How many stores can be seen without a tenant. */
async function storesInSight(product: Database): Promise<unknown> {
  return await product.shared.$queryRaw`SELECT id FROM stores`;
}

async function copied(admin: Session, table: string, tenantId: string): Promise<Readonly<Record<string, unknown>>> {
  const [row] = await admin.sql(`SELECT to_jsonb(t) AS row FROM ${table} t WHERE tenant_id = $1`, [tenantId]);
  const fresh = { id: table === 'data_keys' ? `dek_${randomUUID()}` : randomUUID() };
  return { ...(row?.['row'] as object), ...fresh };
}
