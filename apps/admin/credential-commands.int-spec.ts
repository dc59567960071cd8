import { afterAll, beforeAll, expect, it } from 'vitest';
import { randomBytes } from 'node:crypto';
import { freshDatabase, type FreshDatabase } from '../../test/setup/database.js';
import { createApp, createTenant } from '#auth';
import { publicId } from '#contract';
import { type Database, openAccessChannel, openDatabase, type PresentedKey } from '#persistence';
import { checkKeys, dataKeyStore } from '#runtime';
import { createVault, localKey } from '#vault';
import { hashToken } from '#kit';
import type { Options } from './command.js';
import { COMMANDS } from './commands.js';

let database: FreshDatabase;
let owner: Database;
let app: { readonly tenant: string; readonly app: string };
const told: string[] = [];
let channel: ReturnType<typeof openAccessChannel>;
const localKeys = [localKey(randomBytes(32))];
beforeAll(async () => {
  database = await freshDatabase();
  owner = openDatabase({ url: database.urls.owner, poolSize: 2, applicationName: 'test' });
  const tenantId = await createTenant(owner, 'Ada');
  const appId = await createApp(owner, tenantId, { name: 'App', mode: 'test', returnOrigins: [] });
  app = { tenant: publicId('tenant', tenantId), app: publicId('app', appId) };
  const hear = ({ kind }: { kind: string }) => void told.push(kind);
  channel = openAccessChannel({ url: database.urls.app, applicationName: 'test', told: hear });
  await channel.readCutoffs(null);
});
afterAll(async () => {
  await channel.close();
  await owner.close();
  await database.drop();
});

const run = async (name: string, options: Options = {}): Promise<Readonly<Record<string, unknown>>> => {
  const keyEncryption = await checkKeys(owner, localKeys);
  const vault = createVault({ keyEncryption, dataKeys: dataKeyStore(owner) });
  const context = { database: owner, vault, keyEncryption, signInLinks: undefined, say: () => undefined };
  return (await COMMANDS[name]?.run(context, { ...app, ...options })) ?? {};
};
const stored = async (secret: unknown): Promise<PresentedKey | undefined> =>
  (await channel.findKeys([hashToken(String(secret))]))[0];

it('a key is made with a name and the addresses it may be used from, and listed without its secret', async () => {
  const made = await run('key:create', { name: 'Nightly', scope: ['read:orders'], 'allow-ip': ['203.0.113.0/24'] });
  expect(await stored(made['secret'])).toMatchObject({
    ...{ mode: 'test', scopes: ['read:orders'], allowedAddresses: ['203.0.113.0/24'], expiresAt: null },
  });
  const listed = await run('key:list');
  expect(listed['keys']).toEqual([
    expect.objectContaining({ key: made['key'], name: 'Nightly', lastFour: String(made['secret']).slice(-4) }),
  ]);
  expect(JSON.stringify(listed)).not.toMatch(/ssk_|hash/);
  await expect(run('key:create', { 'allow-ip': ['everywhere'] })).rejects.toThrow('"everywhere" is no address');
  await expect(run('key:create', { 'allow-ip': ['10.0.0.0/33'] })).rejects.toThrow('no address');
});

it('a rotated key does what the old one did, which ends after the overlap', async () => {
  const old = await run('key:create', { name: 'Back end', scope: ['read:orders'], 'allow-ip': ['10.0.0.1'] });
  const fresh = await run('key:rotate', { key: String(old['key']), 'overlap-minutes': '10' });
  const [before, after] = [await stored(old['secret']), await stored(fresh['secret'])];
  expect(after).toMatchObject({ scopes: ['read:orders'], allowedAddresses: ['10.0.0.1'], expiresAt: null });
  const left = (before?.expiresAt?.getTime() ?? 0) - Date.now();
  expect([left > 9 * 60_000, left <= 10 * 60_000 + 5000]).toEqual([true, true]);
  // No later than it would have ended anyway, and never of what has ended.
  await run('key:rotate', { key: String(old['key']), 'overlap-minutes': '1000' });
  expect((await stored(old['secret']))?.expiresAt).toEqual(before?.expiresAt);
  await run('key:rotate', { key: String(old['key']), 'overlap-minutes': '0' });
  await expect(run('key:rotate', { key: String(old['key']) })).rejects.toThrow('no such key');
  await expect(run('key:rotate', { key: String(fresh['key']), 'overlap-minutes': '-1' })).rejects.toThrow('whole');
});

it('case 90: whoever is revoked or suspended is cut off in the same transaction, and comes back', async () => {
  const { key, secret } = await run('key:create');
  told.length = 0;
  await run('app:suspend');
  expect((await stored(secret))?.suspendedAt).toBeInstanceOf(Date);
  expect((await channel.readCutoffs(null)).suspended).toHaveLength(1);
  await run('tenant:suspend');
  await run('app:resume');
  expect((await stored(secret))?.suspendedAt).toBeInstanceOf(Date);
  await run('tenant:resume');
  expect((await stored(secret))?.suspendedAt).toBeNull();
  await run('key:revoke', { key: String(key) });
  expect((await stored(secret))?.revokedAt).toBeInstanceOf(Date);
  const { cutoffs, suspended } = await channel.readCutoffs(null);
  expect(suspended).toEqual([]);
  expect(new Set(cutoffs.map(({ kind }) => kind))).toEqual(new Set(['app', 'tenant', 'key']));
  expect(told).toEqual(['app', 'tenant', 'app', 'tenant', 'key']);
  await expect(run('app:suspend', { app: publicId('app', crypto.randomUUID()) })).rejects.toThrow('no such app');
});

it('a key is found by its hash alone, and its use is noted without a change that anybody must hear of', async () => {
  const { key, secret } = await run('key:create');
  told.length = 0;
  const id = (await stored(secret))?.id ?? '';
  await channel.touchKeys([id]);
  const listed = (await run('key:list'))['keys'] as { key: string; lastUsedAt: Date | null }[];
  expect(listed.find((one) => one.key === key)?.lastUsedAt).toBeInstanceOf(Date);
  await channel.readCutoffs(null);
  expect(told).toEqual([]);
  expect(await channel.findKeys([randomBytes(32)])).toEqual([]);
});
