import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freshDatabase, type FreshDatabase } from '../../test/setup/database.js';
import { fillSealedTenant, type SealedTenant } from '../../test/setup/sealed-tenant.js';
import { openSession, type Session } from '../../test/setup/tenants.js';
import { publicId } from '#contract';
import { type Database, openDatabase } from '#persistence';
import { checkKeys, dataKeyStore } from '#runtime';
import { createVault, localKey, type LocalKey } from '#vault';
import type { Options } from './command.js';
import { COMMANDS } from './commands.js';

let database: FreshDatabase;
let session: Session;
let owner: Database;
let tenant: SealedTenant;
const [old, current] = [localKey(randomBytes(32)), localKey(randomBytes(32))];
beforeAll(async () => {
  database = await freshDatabase();
  session = await openSession(database.adminUrl);
  owner = openDatabase({ url: database.urls.owner, poolSize: 4, applicationName: 'test' });
  tenant = await fillSealedTenant(session, (await contextWith([old])).vault);
});
afterAll(async () => {
  await owner.close();
  await session.end();
  await database.drop();
});

const said: string[] = [];
async function contextWith(keys: readonly LocalKey[]) {
  const keyEncryption = await checkKeys(owner, keys);
  const vault = createVault({ keyEncryption, dataKeys: dataKeyStore(owner) });
  return { database: owner, vault, keyEncryption, signInLinks: undefined, say: (text: string) => void said.push(text) };
}
const run = async (name: string, options: Options, keys = [current, old]) =>
  await COMMANDS[name]?.run(await contextWith(keys), options);

it('changes the key-encryption key and says when the old one may go', async () => {
  expect(await run('keys:rotate', {})).toEqual({
    rewrapped: '1',
    currentKey: `${current.id} (1 of 1)`,
    [old.id]: 'old key unused (0 of 1): it may be taken out everywhere',
  });
  expect(said).toContainEqual(expect.stringMatching(/^rewrapping: 1 of 1 \(\d+ a second\)$/));
});

it('changes the data keys', async () => {
  const answer = await run('keys:rotate', { 'data-keys': true, 'grace-minutes': '0' }, [current]);
  expect(answer).toEqual({ newDataKeys: '1', sealedAnew: '8', destroyed: '1', namedByOldKeys: '0' });
});

it('case 179: has the credentials of a backup verified, and says how many', async () => {
  await expect(run('credentials:verify', { 'within-minutes': 'soon' })).rejects.toThrow('--within-minutes wants');
  const stores = (await session.sql("SELECT count(*)::int AS count FROM stores WHERE status = 'active'"))[0]?.['count'];
  expect(stores).toBeGreaterThan(0);
  expect(await run('credentials:verify', {}, [current])).toMatchObject({ marked: String(stores) });
  expect(await session.sql("SELECT DISTINCT health_reason AS reason FROM stores WHERE status = 'active'")).toEqual([
    { reason: 'restored' },
  ]);
});

it('refuses what makes no sense, and to destroy a tenant without a yes', async () => {
  const id = publicId('tenant', tenant.tenantId);
  await expect(run('keys:rotate', { tenant: id }, [current])).rejects.toThrow('go with --data-keys');
  await expect(run('keys:rotate', { 'data-keys': true, 'grace-minutes': '-1' }, [current])).rejects.toThrow(
    'whole number',
  );
  await expect(run('tenant:delete', { tenant: id }, [current])).rejects.toThrow('Add --yes');
  expect(await run('tenant:delete', { tenant: id, yes: true }, [current])).toMatchObject({ dataKeysDestroyed: '1' });
  await expect(run('tenant:delete', { tenant: id, yes: true }, [current])).rejects.toThrow('no such tenant');
});
