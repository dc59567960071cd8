import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { freshDatabase, type FreshDatabase } from '../../test/setup/database.js';
import { fillSealedTenant, type SealedTenant } from '../../test/setup/sealed-tenant.js';
import { openSession, type Session } from '../../test/setup/tenants.js';
import { type Database, listDataKeys, openDatabase, SEALED_COLUMNS, SEALED_KINDS } from '#persistence';
import { checkKeys, dataKeyStore } from '#runtime';
import { createVault, localKey, type LocalKey, places, type Vault } from '#vault';
import type { Progress } from './progress.js';
import { rotateDataKeys } from './rotate-data-keys.js';
import { rotateWrapping } from './rotate-wrapping.js';

let database: FreshDatabase;
let session: Session;
let owner: Database;
let product: Database;
let old: LocalKey;
let current: LocalKey;
let vault: Vault;
let tenants: readonly SealedTenant[];

beforeAll(async () => {
  database = await freshDatabase();
  session = await openSession(database.adminUrl);
  owner = openDatabase({ url: database.urls.owner, poolSize: 4, applicationName: 'test-owner' });
  product = openDatabase({ url: database.urls.app, poolSize: 4, applicationName: 'test' });
});
afterAll(async () => {
  await Promise.all([owner.close(), product.close()]);
  await session.end();
  await database.drop();
});
beforeEach(async () => {
  [old, current] = [localKey(randomBytes(32)), localKey(randomBytes(32))];
  vault = await processWith([old]);
  tenants = [await fillSealedTenant(session, vault), await fillSealedTenant(session, vault)];
});
afterEach(async () => {
  await session.sql('DELETE FROM apps');
  for (const table of ['data_keys', 'tenants', 'vault_canaries', 'data_key_rotations'])
    await session.sql(`DELETE FROM ${table}`);
});

/** A process of the product as it starts: its keys are checked against the database first. */
async function processWith(keys: readonly LocalKey[]): Promise<Vault> {
  return createVault({ keyEncryption: await checkKeys(product, keys), dataKeys: dataKeyStore(product) });
}

const quiet = { sleep: () => Promise.resolve(), report: () => undefined };
const rotateAll = (graceSeconds = 0) => rotateDataKeys(owner, vaultOfOwner(), { ...quiet, graceSeconds });
let ownerKeys: Awaited<ReturnType<typeof checkKeys>>;
beforeEach(async () => (ownerKeys = await checkKeys(owner, [old])));
const vaultOfOwner = (): Vault => createVault({ keyEncryption: ownerKeys, dataKeys: dataKeyStore(owner) });
const texts = Object.fromEntries(SEALED_KINDS.map((kind) => [kind, kind]));
const bare = (opened: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(opened).map(([kind, text]) => [kind, text.split('@')[0]]));
const keysNamed = (opened: Readonly<Record<string, string>>) =>
  new Set(Object.values(opened).map((text) => text.split('@')[1]));
const keyIds = async (tenantId: string) => (await listDataKeys(owner, tenantId)).map(({ id }) => id);

it('knows every sealed column there is', async () => {
  const rows = await session.sql(`
    SELECT table_name || '.' || column_name AS name FROM information_schema.columns
    WHERE table_schema = 'public' AND data_type = 'bytea' AND column_name LIKE 'sealed%' ORDER BY 1`);
  const known = Object.values(SEALED_COLUMNS).map(({ table, column }) => `${table}.${column}`);
  expect(known.sort()).toEqual(rows.map(({ name }) => name));
});

it('case 99: the database refuses a value that names the data key of another tenant', async () => {
  const [one, other] = tenants;
  await expect(
    session.sql(
      'UPDATE credentials SET sealed = (SELECT c.sealed FROM credentials c WHERE c.tenant_id = $2) WHERE tenant_id = $1',
      [one?.tenantId, other?.tenantId],
    ),
  ).rejects.toThrow('foreign key constraint');
});

describe('case 102: another key-encryption key', () => {
  it('wraps every data key; the old one is not needed any more, also to start', async () => {
    const progress: Progress[] = [];
    const both = await checkKeys(owner, [current, old]);
    const done = await rotateWrapping(owner, both, (one) => progress.push(one));
    expect(done).toMatchObject({ rewrapped: 2, failed: [], released: [old.id] });
    expect([...done.held]).toEqual([[current.id, 2]]);
    expect(progress.at(-1)).toMatchObject({ step: 'rewrapping', done: 2, of: 2 });
    const started = await processWith([current]);
    for (const tenant of tenants) expect(bare(await tenant.open(started))).toEqual(texts);
    await expect(processWith([old])).rejects.toMatchObject({ code: 'vault_unavailable' });
  });

  it('has nothing to do when started again', async () => {
    const both = await checkKeys(owner, [current, old]);
    await rotateWrapping(owner, both, quiet.report);
    expect(await rotateWrapping(owner, both, quiet.report)).toMatchObject({ rewrapped: 0, failed: [], released: [] });
  });

  it('does not release a key that still wraps one: a start without it is refused', async () => {
    const [tenant] = tenants;
    await session.sql("UPDATE data_keys SET wrapped = '\\x00' WHERE tenant_id = $1", [tenant?.tenantId]);
    const done = await rotateWrapping(owner, await checkKeys(owner, [current, old]), quiet.report);
    expect(done).toMatchObject({
      rewrapped: 1,
      released: [],
      failed: [{ tenantId: tenant?.tenantId, code: 'credential_unreadable' }],
    });
    await expect(processWith([current])).rejects.toThrow(old.id);
  });

  it('opens in processes that hold the data key, and in those that read it before or after', async () => {
    const before = await processWith([current, old]);
    await tenants[0]?.open(before);
    await rotateWrapping(owner, await checkKeys(owner, [current, old]), quiet.report);
    for (const process of [before, await processWith([current, old])])
      for (const tenant of tenants) expect(bare(await tenant.open(process))).toEqual(texts);
  });
});

describe('case 102: another data key for every tenant', () => {
  it('seals every value anew, at its place and in its version, and destroys the old keys', async () => {
    const before = await Promise.all(tenants.map(({ tenantId }) => keyIds(tenantId)));
    expect(await rotateAll()).toEqual({ made: 2, resealed: 16, destroyed: 2, unreadable: [], left: 0 });
    const fresh = await processWith([old]);
    for (const [index, tenant] of tenants.entries()) {
      const opened = await tenant.open(fresh);
      expect(bare(opened)).toEqual(texts);
      const keys = await keyIds(tenant.tenantId);
      expect([...keysNamed(opened)]).toEqual(keys);
      expect(keys).not.toEqual(before[index]);
    }
    const versions = await session.sql(
      'SELECT version FROM credentials UNION SELECT version - 1 FROM platform_clients',
    );
    expect(versions).toEqual([{ version: 1 }]);
  });

  it('of one tenant leaves the others alone', async () => {
    const [one, other] = tenants;
    if (one === undefined || other === undefined) throw new Error('there are two');
    const before = await keyIds(other.tenantId);
    const options = { ...quiet, graceSeconds: 0, tenantId: one.tenantId };
    expect(await rotateDataKeys(owner, vaultOfOwner(), options)).toMatchObject({ made: 1, resealed: 8, destroyed: 1 });
    expect(await keyIds(other.tenantId)).toEqual(before);
  });

  it('goes on where it was killed, and makes no second key for whom it has made one', async () => {
    const killed = new Error('killed');
    const killedAt = async (step: Progress['step'], least: number) => {
      const report = (progress: Progress) => {
        if (progress.step === step && progress.done >= least) throw killed;
      };
      const run = rotateDataKeys(owner, vaultOfOwner(), { ...quiet, graceSeconds: 0, report });
      await expect(run).rejects.toBe(killed);
      for (const tenant of tenants) expect(bare(await tenant.open(await processWith([old])))).toEqual(texts);
    };
    await killedAt('new data keys', 0);
    await killedAt('new data keys', 2);
    for (const done of [0, 1, 1, 1]) await killedAt('sealing anew', done);
    await killedAt('waiting', 0);
    for (const done of [0, 1]) await killedAt('destroying', done);
    await rotateAll();
    const generations = await session.sql('SELECT generation FROM data_keys');
    expect(generations).toEqual([{ generation: 2 }, { generation: 2 }]);
  });

  it('is never in the way of a renewal: what was saved since it was read stays', async () => {
    const [tenant] = tenants;
    if (tenant === undefined) throw new Error('there is one');
    const { tenantId, storeId } = tenant;
    const renewing = vaultOfOwner();
    let renewed = false;
    const sealed = await renewing.seal(places.credential(tenantId, storeId, 2), 'renewed');
    const spying: Vault = {
      ...renewing,
      // Between the read of the old value and the save of the same one sealed anew.
      async seal(context, text) {
        if (context.field === 'credential' && context.tenantId === tenantId && !renewed) {
          renewed = true;
          await session.sql('UPDATE credentials SET sealed = $2, version = 2 WHERE store_id = $1', [storeId, sealed]);
        }
        return await renewing.seal(context, text);
      },
    };
    expect(await rotateDataKeys(owner, spying, { ...quiet, graceSeconds: 0 })).toMatchObject({
      left: 0,
      unreadable: [],
    });
    const [row] = await session.sql('SELECT sealed, version FROM credentials WHERE store_id = $1', [storeId]);
    expect(row?.['version']).toBe(2);
    const opened = await vaultOfOwner().open(places.credential(tenantId, storeId, 2), row?.['sealed'] as Buffer);
    expect(opened.expose()).toBe('renewed');
  });

  it('seals anew what a process with the old key in its memory has sealed meanwhile, before the key goes', async () => {
    const [tenant] = tenants;
    if (tenant === undefined) throw new Error('there is one');
    const { tenantId, storeId } = tenant;
    const late = await vault.seal(places.credential(tenantId, storeId, 1), 'late');
    let waits = 0;
    const sleep = async () => {
      waits += 1;
      if (waits === 1) await session.sql('UPDATE credentials SET sealed = $2 WHERE store_id = $1', [storeId, late]);
    };
    const done = await rotateDataKeys(owner, vaultOfOwner(), { ...quiet, graceSeconds: 0, sleep });
    expect(done).toMatchObject({ resealed: 17, destroyed: 2, left: 0 });
    expect(waits).toBe(2);
    expect((await tenant.open(await processWith([old])))['credential']).toContain('late@');
  });

  it('cannot save a value that names a destroyed key, however late somebody comes with it', async () => {
    const [tenant] = tenants;
    if (tenant === undefined) throw new Error('there is one');
    const late = await vault.seal(places.credential(tenant.tenantId, tenant.storeId, 1), 'late');
    await rotateAll();
    await expect(
      session.sql('UPDATE credentials SET sealed = $2 WHERE store_id = $1', [tenant.storeId, late]),
    ).rejects.toThrow('foreign key constraint');
    expect(bare(await tenant.open(await processWith([old])))).toEqual(texts);
  });

  it('keeps a key that has not been succeeded for long enough', async () => {
    expect(await rotateAll(60)).toMatchObject({ made: 2, resealed: 16, destroyed: 0, left: 0 });
    expect((await Promise.all(tenants.map(({ tenantId }) => keyIds(tenantId)))).map(({ length }) => length)).toEqual([
      2, 2,
    ]);
    expect(await rotateAll()).toMatchObject({ destroyed: 2 });
  });

  it('keeps the key of what does not open, and says what that is', async () => {
    const [tenant, other] = tenants;
    await session.sql("UPDATE credentials SET sealed = sealed || '\\x00' WHERE tenant_id = $1", [tenant?.tenantId]);
    const done = await rotateAll();
    expect(done).toMatchObject({ resealed: 15, destroyed: 1, left: 1, unreadable: [{ kind: 'credential' }] });
    expect(
      [await keyIds(tenant?.tenantId ?? ''), await keyIds(other?.tenantId ?? '')].map(({ length }) => length),
    ).toEqual([2, 1]);
  });
});
