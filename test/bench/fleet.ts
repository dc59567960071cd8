import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { createApp, createTenant } from '#auth';
import { readSettings } from '#config';
import { Secret } from '#contract';
import { startLocalPostgres } from '#local-postgres';
import { migrate, openDatabase, provisionDatabase } from '#persistence';
import { dataKeyStore } from '#runtime';
import { createVault, type Vault } from '#vault';
import { openCredentials, sealClientSecret, sealCredentials } from '../../libs/connections/sealing.js';
import { checkKeys, loadKeys } from '../../libs/runtime/keys.js';
import { secretOf, tokenOf } from './tokens.js';

/** A database full of connected stores, and the keys to it. */
export interface Fleet {
  readonly workerUrl: string;
  readonly keyFile: string;
  readonly postgresPid: number;
  readonly sql: (text: string, values?: readonly unknown[]) => Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** Opens what is stored and compares it with the platform's books. @returns how many stores hold a pair that is not in force */
  lost(generations: ReadonlyMap<string, number>): Promise<number>;
  close(): Promise<void>;
}

export interface FleetOptions {
  readonly stores: number;
  readonly tenants: number;
  readonly appsPerTenant: number;
  /** Where each shop's API is. */
  readonly rootOf: (shop: string) => string;
}

interface App {
  readonly tenantId: string;
  readonly appId: string;
  readonly clientId: string;
}

interface Opened {
  readonly admin: pg.Pool;
  readonly vault: Vault;
}

const MIGRATIONS = fileURLToPath(new URL('../../../prisma/migrations', import.meta.url));
const IN_ONE_STATEMENT = 2000;

/** The name of a shop, by its number. */
export function shopOf(index: number): string {
  return `shop-${String(index)}`;
}

/** Starts a Postgres as durable as in production and fills it. Nothing in it is due. */
export async function startFleet(options: FleetOptions): Promise<Fleet> {
  const folder = await mkdtemp(path.join(tmpdir(), 'shopspan-bench-'));
  const files = { dataDir: path.join(folder, 'postgres'), passwordFile: path.join(folder, 'password') };
  const server = await startLocalPostgres({ ...files, durable: true });
  const urls = await provisionDatabase(server.adminUrl, { database: 'bench' });
  await migrate(urls.owner, { directory: MIGRATIONS });
  const adminUrl = new URL(server.adminUrl);
  adminUrl.pathname = '/bench';
  const admin = new pg.Pool({ connectionString: adminUrl.href, max: 4 });
  // The server ends before the pool has heard that it was ended.
  admin.on('error', () => undefined);
  const keyFile = path.join(folder, 'keys.json');
  const owner = openDatabase({ url: urls.owner, poolSize: 2, applicationName: 'bench-fleet' });
  const settings = readSettings({ NODE_ENV: 'test', SHOPSPAN_KEY_FILE: keyFile });
  const vault = createVault({
    keyEncryption: await checkKeys(owner, await loadKeys(settings)),
    dataKeys: dataKeyStore(owner),
  });
  const apps = await makeApps(options, owner, { admin, vault });
  await makeStores(options, apps, { admin, vault });
  await admin.query('VACUUM ANALYZE');
  const [row] = (
    await admin.query<{ pid: number }>("SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1)::int AS pid")
  ).rows;
  return {
    workerUrl: urls.worker,
    keyFile,
    postgresPid: row?.pid ?? 0,
    sql: async (text, values = []) => (await admin.query<Record<string, unknown>>(text, [...values])).rows,
    lost: (generations) => countLost({ admin, vault }, generations),
    async close() {
      await owner.close();
      await admin.end();
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function makeApps(
  { tenants, appsPerTenant }: FleetOptions,
  owner: ReturnType<typeof openDatabase>,
  { admin, vault }: Opened,
): Promise<readonly App[]> {
  const apps: App[] = [];
  for (let tenant = 0; tenant < tenants; tenant += 1) {
    const tenantId = await createTenant(owner, `Tenant ${String(tenant)}`);
    await vault.createTenantKey(tenantId);
    for (let app = 0; app < appsPerTenant; app += 1) {
      const details = { name: `App ${String(app)}`, mode: 'live', returnOrigins: [] } as const;
      const appId = await createApp(owner, tenantId, details);
      const id = randomUUID();
      const clientId = `client-${String(tenant)}-${String(app)}`;
      const sealed = await sealClientSecret(vault, tenantId, id, 1, secretOf(clientId));
      await admin.query(
        `INSERT INTO platform_clients (id, tenant_id, app_id, platform, handle, client_id, sealed_secret, updated_at)
         VALUES ($1, $2, $3, 'shopify', $4, $5, $6, now())`,
        [id, tenantId, appId, `handle-${clientId}`, clientId, sealed],
      );
      apps.push({ tenantId, appId, clientId });
    }
  }
  return apps;
}

async function makeStores(
  { stores, rootOf }: FleetOptions,
  apps: readonly App[],
  { admin, vault }: Opened,
): Promise<void> {
  for (let from = 0; from < stores; from += IN_ONE_STATEMENT) {
    const indexes = Array.from({ length: Math.min(IN_ONE_STATEMENT, stores - from) }, (_, index) => from + index);
    const rows = await Promise.all(
      indexes.map(async (index) => {
        const app = apps[index % apps.length];
        if (app === undefined) throw new RangeError('no apps');
        const shop = shopOf(index);
        const storeId = randomUUID();
        const place = { tenantId: app.tenantId, storeId, version: 1 };
        const accessToken = new Secret(tokenOf('at', shop, 0));
        const pair = { kind: 'oauth2', accessToken, refreshToken: new Secret(tokenOf('rt', shop, 0)) } as const;
        const sealed = Buffer.from(await sealCredentials(vault, place, pair)).toString('base64');
        return { store_id: storeId, number: index, shop, root: rootOf(shop), ...place, ...app, sealed };
      }),
    );
    await admin.query(
      `WITH given AS (
         SELECT * FROM jsonb_to_recordset($1::jsonb) AS g(store_id uuid, number int, shop text, root text, "tenantId" uuid, "appId" uuid, "clientId" text, sealed text)
       ), made AS (
         INSERT INTO stores (id, tenant_id, app_id, platform, client_key, account, api_root, platform_id, name, domain, currency, mode, scopes_granted, status, status_since, updated_at)
         SELECT store_id, "tenantId", "appId", 'shopify', "clientId", shop, root, number::text, shop, shop, 'EUR', 'live', '{read_orders,read_products}', 'active', now(), now()
         FROM given RETURNING id
       )
       INSERT INTO credentials (id, tenant_id, store_id, strategy, sealed, version, access_expires_at, refresh_expires_at, due_at)
       SELECT gen_random_uuid(), g."tenantId", g.store_id, 'oauth', decode(g.sealed, 'base64'), 1,
         now() + interval '1 day', now() + interval '90 days', now() + interval '12 hours'
       FROM given g JOIN made m ON m.id = g.store_id`,
      [JSON.stringify(rows)],
    );
  }
}

async function countLost({ admin, vault }: Opened, generations: ReadonlyMap<string, number>): Promise<number> {
  const { rows } = await admin.query<{
    tenantId: string;
    storeId: string;
    version: number;
    sealed: Buffer;
    shop: string;
  }>(
    `SELECT c.tenant_id AS "tenantId", c.store_id AS "storeId", c.version, c.sealed, s.account AS shop
     FROM credentials c JOIN stores s ON s.id = c.store_id WHERE s.account = ANY ($1)`,
    [[...generations.keys()]],
  );
  let lost = 0;
  for (const { sealed, shop, ...place } of rows) {
    const credentials = await openCredentials(vault, place, sealed);
    const stored = credentials.kind === 'oauth2' ? credentials.refreshToken?.expose() : undefined;
    const newest = generations.get(shop) ?? 0;
    // The one before the newest is in force too, until the newest is used: its answer may just have been lost.
    if (![newest, newest - 1].some((generation) => stored === tokenOf('rt', shop, generation))) lost += 1;
  }
  return lost;
}
