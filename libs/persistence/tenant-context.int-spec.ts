import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publicId, readPublicId } from '#contract';
import { freshDatabase, type FreshDatabase } from '../../test/setup/database.js';
import { randomInteger, randomNumbers } from '../../test/setup/random.js';
import { fillTenant, openSession, type Session, type TenantRows } from '../../test/setup/tenants.js';
import { type Database, openDatabase, type TenantTransaction } from './database.js';
import { findStore, listStores, recordStoreError, renameStore } from './index.js';

const POOL = 6;
let database: FreshDatabase;
let admin: Session;
let product: Database;
let tenants: readonly TenantRows[];
beforeAll(async () => {
  database = await freshDatabase();
  admin = await openSession(database.adminUrl);
  product = openDatabase({ url: database.urls.app, poolSize: POOL, applicationName: 'test' });
  tenants = await Promise.all(Array.from({ length: 8 }, (_, at) => fillTenant(admin, `t${at}`)));
});
afterAll(async () => {
  await product.close();
  await admin.end();
  await database.drop();
});

const tenant = (at: number): TenantRows => tenants[at % tenants.length] as TenantRows;
/** Every way in which a row may be read, without a condition of the caller's. */
const READS: readonly ((tx: TenantTransaction) => Promise<readonly { readonly owner: unknown }[]>)[] = [
  async (tx) => (await tx.store.findMany()).map(({ tenantId }) => ({ owner: tenantId })),
  async (tx) =>
    (await tx.credential.findMany({ where: { OR: [{ version: 1 }, { version: { not: 1 } }] } })).map(
      ({ tenantId }) => ({ owner: tenantId }),
    ),
  (tx) => tx.$queryRaw`SELECT tenant_id AS owner FROM stores`,
  (tx) => tx.$queryRaw`SELECT tenant_id AS owner FROM events UNION ALL SELECT tenant_id FROM api_keys`,
];

describe('case 108: without a tenant', () => {
  it.each(['', ' ', '*', '%', 'null', 'undefined', 'default', '00000000-0000-0000-0000-000000000000', "' OR true --"])(
    'a transaction has no rows, or does not come about: %j',
    async (id) => {
      for (const read of READS) {
        const seen = await product.withTenant(id, read).catch(() => []);
        expect(seen).toEqual([]);
      }
      const { storeId } = tenant(0);
      await expect(product.withTenant(id, (tx) => renameStore(tx, storeId, 'mine now'))).rejects.toThrow();
    },
  );

  it('nothing is there for what works beside all tenants', async () => {
    expect(await product.shared.$queryRaw`SELECT id FROM stores`).toEqual([]);
  });
});

describe('case 109: a tenant whose id is almost another’s', () => {
  const NEAR = ['0', '1', 'a', 'f'].map((digit) => `11111111-1111-4111-8111-11111111111${digit}`);

  it('has its own rows and no others, however its id is written', async () => {
    for (const id of NEAR) await admin.sql('INSERT INTO tenants (id, name) VALUES ($1, $2)', [id, 'near']);
    for (const id of NEAR)
      await admin.sql("INSERT INTO apps (id, tenant_id, name, mode) VALUES (gen_random_uuid(), $1, 'x', 'test')", [id]);
    const variants = (id: string) => [
      ...[id.toUpperCase(), `{${id}}`, id.replaceAll('-', ''), `urn:uuid:${id}`, `${id} `, id.slice(0, -1), `${id}0`],
      ...[id.replaceAll('1', '１'), id.replace('a', 'а'), id.replaceAll('-', '‐'), `${id}\u0000`, `${id}%`],
    ];
    for (const id of NEAR) {
      const owners = await product.withTenant(id, async (tx) =>
        (await tx.app.findMany()).map(({ tenantId }) => tenantId),
      );
      expect(owners).toEqual([id]);
      for (const variant of variants(id)) {
        const seen = await product
          .withTenant(
            variant,
            async (tx) => await tx.$queryRaw<{ owner: string }[]>`SELECT tenant_id AS owner FROM apps`,
          )
          .catch(() => []);
        expect([variant, seen.filter(({ owner }) => owner !== id)]).toEqual([variant, []]);
      }
    }
  });

  it('is named by exactly one public id', () => {
    const [, , id = ''] = NEAR;
    const named = publicId('tenant', id);
    expect(readPublicId('tenant', named)).toBe(id);
    const others = [
      named.toUpperCase(),
      `${named} `,
      named.slice(0, -1),
      `${named}0`,
      named.replace('ten', 'sto'),
      named.replace('a', 'а'),
    ];
    for (const other of others) expect(readPublicId('tenant', other)).toBeUndefined();
  });
});

// 100,000 with SHOPSPAN_TEST_TRANSACTIONS=100000.
const TRANSACTIONS = Number(process.env['SHOPSPAN_TEST_TRANSACTIONS'] ?? 2_500);

describe('case 111: a connection of the pool', () => {
  const single = () => openDatabase({ url: database.urls.app, poolSize: 1, applicationName: 'single' });
  const [mine, theirs] = [() => tenant(0).tenantId, () => tenant(1).tenantId];

  it.each<[string, (tx: TenantTransaction) => Promise<unknown>]>([
    ['an exception', () => Promise.reject(new Error('planned'))],
    ['a statement that fails', (tx) => tx.$queryRaw`SELECT 1 / 0`],
    [
      'a statement that takes too long',
      (tx) =>
        tx.$queryRaw`SELECT set_config('statement_timeout', '20', true), pg_sleep(5)`.then(
          () => tx.$queryRaw`SELECT pg_sleep(5)`,
        ),
    ],
    ['a transaction that was given back', (tx) => tx.$executeRaw`ROLLBACK`],
    ['a transaction that was committed from within', (tx) => tx.$executeRaw`COMMIT`],
    ['a tenant that was reset', (tx) => tx.$executeRaw`RESET shopspan.tenant`],
    ['all that was set being discarded', (tx) => tx.$executeRaw`RESET ALL`],
    ['the end of the connection', (tx) => tx.$queryRaw`SELECT pg_terminate_backend(pg_backend_pid())`],
  ])('shows nothing of a tenant after %s', async (_, fail) => {
    const pooled = single();
    try {
      await pooled.withTenant(theirs(), fail).catch(() => undefined);
      // A connection that has ended is replaced with the first use of it that fails.
      await pooled.ping().catch(() => undefined);
      expect(await pooled.shared.$queryRaw`SELECT id FROM stores`).toEqual([]);
      for (const read of READS)
        for (const { owner } of await pooled.withTenant(mine(), read)) expect(owner).toBe(mine());
    } finally {
      await pooled.close();
    }
  });

  it('shows a transaction its own tenant, also where a statement had set another for the whole session', async () => {
    const pooled = single();
    try {
      await pooled.withTenant(mine(), (tx) => tx.$queryRaw`SELECT set_config('shopspan.tenant', ${theirs()}, false)`);
      for (const read of READS)
        for (const { owner } of await pooled.withTenant(mine(), read)) expect(owner).toBe(mine());
    } finally {
      await pooled.close();
    }
  });

  it(
    'mixes nobody up in thousands of interleaved transactions of several tenants, failing ones among them',
    { timeout: 240 * TRANSACTIONS },
    async () => {
      const random = randomNumbers(111);
      let started = 0;
      let [read, failed] = [0, 0];
      const one = async (): Promise<void> => {
        const [who, whom] = [tenant(randomInteger(random, 0, 7)), tenant(randomInteger(random, 0, 7))];
        const how = randomInteger(random, 0, 9);
        await product
          .withTenant(who.tenantId, async (tx) => {
            const rows = await (READS[how % READS.length] as (typeof READS)[number])(tx);
            for (const { owner } of rows) if (owner !== who.tenantId) throw new RangeError('a row of another tenant');
            if (rows.length === 0) throw new RangeError('its own row is gone');
            const foreign = await findStore(tx, whom.storeId);
            if ((foreign === undefined) !== (who !== whom)) throw new RangeError('a store of another tenant');
            if (how === 7) await recordStoreError(tx, whom.storeId, 'x', who.tenantId);
            if (how === 8) throw new Error('planned');
            if (how === 9) await tx.$queryRaw`SELECT 1 / 0`;
            const listed = await listStores(tx, { appId: whom.appId, storeId: null }, undefined, 9);
            if (listed.length > 0 !== (who === whom)) throw new RangeError('stores of another app');
            read += rows.length;
          })
          .catch((error: unknown) => {
            if (error instanceof RangeError) throw error;
            failed += 1;
          });
      };
      const worker = async (): Promise<void> => {
        while (started < TRANSACTIONS) {
          started += 1;
          await one();
        }
      };
      await Promise.all(Array.from({ length: 3 * POOL }, worker));
      expect(read).toBeGreaterThan(TRANSACTIONS / 2);
      expect(failed).toBeGreaterThan(TRANSACTIONS / 10);
      const marks = await admin.sql(
        'SELECT tenant_id, last_error_message AS by FROM stores WHERE last_error_message IS NOT NULL',
      );
      expect(marks.length).toBeGreaterThan(0);
      for (const { tenant_id: owner, by } of marks) expect(by).toBe(owner);
    },
  );
});
