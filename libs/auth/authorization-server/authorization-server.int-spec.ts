import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { freshDatabase, type FreshDatabase } from '../../../test/setup/database.js';
import { openSession, type Session } from '../../../test/setup/tenants.js';
import { readPublicId, SCOPES } from '#contract';
import { type Database, findOauthClient, openDatabase } from '#persistence';
import { rotateWrapping } from '#rotation';
import { checkKeys } from '#runtime';
import { deriveSealer, deriveSecrets, localKey, localKeyEncryption } from '#vault';
import { createApp, createTenant } from '../accounts.js';
import type { AuthorizationServer } from './authorization-server.js';
import { changeClientScopes, createOauthClient, endOauthClient, rotateClientSecret } from './client-accounts.js';
import { createAuthorizationServer } from './open.js';
import { openSigningKeys, rotateSigningKeys } from './signing-keys.js';

const PATIENCE = { timeout: 10_000, interval: 20 };
const ISSUER = 'http://127.0.0.1:1';
let fresh: FreshDatabase;
let owner: Database;
let admin: Session;
let tenantId: string;
let appId: string;
const [oldKey, newKey] = [localKey(randomBytes(32)), localKey(randomBytes(32))];
const ends: (() => unknown)[] = [];
beforeAll(async () => {
  fresh = await freshDatabase();
  owner = openDatabase({ url: fresh.urls.owner, poolSize: 2, applicationName: 'test' });
  ends.push(
    () => fresh.drop(),
    () => owner.close(),
  );
  admin = await openSession(fresh.adminUrl);
  ends.push(() => admin.end());
  await checkKeys(owner, [oldKey]);
  tenantId = await createTenant(owner, 'Acme');
  appId = await createApp(owner, tenantId, { name: 'Acme', mode: 'test', returnOrigins: [] });
});
const running: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of running.splice(0).reverse()) await end();
});
afterAll(async () => {
  for (const end of ends.reverse()) await end();
});

interface Process {
  readonly server: AuthorizationServer;
  token(clientId: string, secret: string): Promise<{ readonly status: number; readonly token: string }>;
}

/** A process of its own, as far as the database knows. */
async function startProcess(keys = [oldKey]): Promise<Process> {
  const database = openDatabase({ url: fresh.urls.app, poolSize: 3, applicationName: 'test' });
  const fail = (error: unknown) => {
    throw error;
  };
  const signingKeys = await openSigningKeys({ database, keyEncryption: localKeyEncryption(keys), report: fail });
  const server = await createAuthorizationServer({
    database,
    signingKeys,
    isOriginOf: () => false,
    sealer: deriveSealer(keys, 'oauth-artifact'),
    cookieKeys: deriveSecrets(keys, 'oauth-cookie'),
    publicUrl: ISSUER,
    errorPage: () => '',
    report: fail,
    warn: () => undefined,
  });
  const http = createServer((request, response) => void server.handle(request, response));
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  running.push(
    () => database.close(),
    () => signingKeys.close(),
    () => new Promise((resolve) => http.close(resolve).closeAllConnections()),
  );
  return {
    server,
    async token(clientId, secret) {
      const response = await fetch(`http://127.0.0.1:${String(port)}/token`, {
        method: 'POST',
        headers: { authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}` },
        body: new URLSearchParams({ grant_type: 'client_credentials' }),
      });
      const { access_token: token = '' } = (await response.json()) as { access_token?: string };
      return { status: response.status, token };
    },
  };
}

const addClient = async () => {
  const plain = { name: 'Back end', kind: 'confidential', redirectUris: [], jwks: null, storeId: null } as const;
  const { clientId, secret } = await createOauthClient(owner, tenantId, appId, { ...plain, scopes: SCOPES });
  return { clientId, id: readPublicId('oauthClient', clientId) ?? '', secret: secret ?? '' };
};
const verify = (token: string, { server }: Process) =>
  jwtVerify(token, createLocalJWKSet({ keys: [...server.signingKeys.jwks().keys] }), { typ: 'at+jwt' });
const age = (sql: string) => admin.sql(sql);
const nextIsOld = () =>
  age("UPDATE oauth_signing_keys SET created_at = now() - interval '1 minute' WHERE state = 'next'");
const rotate = () => rotateSigningKeys(owner, localKeyEncryption([oldKey]), 0);

it('signing keys change under load in two processes without a single refused request', async () => {
  const processes = [await startProcess(), await startProcess()] as const;
  expect(processes[0].server.signingKeys.current().kid).toBe(processes[1].server.signingKeys.current().kid);
  expect(await rotate()).toBe(false);
  const { clientId, secret } = await addClient();
  const kids = new Set<string>();
  const [held] = [await processes[0].token(clientId, secret)];
  let going = true;
  const load = processes.map(async (one, index) => {
    const other = processes[index === 0 ? 1 : 0];
    for (let asked = 0; going; asked += 1) {
      const { status, token } = await one.token(clientId, secret);
      expect([asked, status]).toEqual([asked, 200]);
      const { protectedHeader } = await verify(token, other);
      kids.add(String(protectedHeader.kid));
      await verify(held.token, other);
    }
  });
  const current = () => processes.map(({ server }) => server.signingKeys.current().kid);
  const changes = async () => {
    for (let turn = 2; turn <= 4; turn += 1) {
      await nextIsOld();
      expect(await rotate()).toBe(true);
      await vi.waitFor(() => expect(kids.size).toBe(turn), PATIENCE);
      await vi.waitFor(() => expect(new Set(current()).size).toBe(1), PATIENCE);
    }
  };
  await Promise.race([changes(), ...load]).finally(() => (going = false));
  await Promise.all(load);
  const rows: unknown = await owner.shared.$queryRaw`
    SELECT state, count(*)::int AS many, count(wrapped)::int AS private FROM oauth_signing_keys GROUP BY state ORDER BY state`;
  expect(rows).toEqual([
    { state: 'current', many: 1, private: 1 },
    { state: 'next', many: 1, private: 1 },
    { state: 'retired', many: 3, private: 0 },
  ]);
});

it('signing keys change by themselves only when the current one has signed for long enough, and old ones are forgotten', async () => {
  await startProcess();
  await nextIsOld();
  const keyEncryption = localKeyEncryption([oldKey]);
  const worker = openDatabase({ url: fresh.urls.worker, poolSize: 1, applicationName: 'test' });
  running.push(() => worker.close());
  expect(await rotateSigningKeys(worker, keyEncryption, 3600)).toBe(false);
  await age("UPDATE oauth_signing_keys SET current_at = now() - interval '2 hours' WHERE state = 'current'");
  await age("UPDATE oauth_signing_keys SET retired_at = now() - interval '25 hours' WHERE state = 'retired'");
  expect(await rotateSigningKeys(worker, keyEncryption, 3600)).toBe(true);
  const rows: unknown = await owner.shared
    .$queryRaw`SELECT count(*)::int AS many FROM oauth_signing_keys WHERE state = 'retired'`;
  expect(rows).toEqual([{ many: 1 }]);
});

it('a new key-encryption key takes the signing keys along', async () => {
  const both = localKeyEncryption([newKey, oldKey]);
  await checkKeys(owner, [newKey, oldKey]);
  const { released } = await rotateWrapping(owner, both, () => undefined);
  expect(released).toEqual([oldKey.id]);
  const process = await startProcess([newKey]);
  const { clientId, secret } = await addClient();
  expect((await process.token(clientId, secret)).status).toBe(200);
  await expect(startProcess([oldKey])).rejects.toMatchObject({ code: 'vault_unavailable' });
});

it('two secrets are valid while they change, and one afterwards', async () => {
  const process = await startProcess([newKey]);
  const { clientId, id, secret: first } = await addClient();
  const second = await rotateClientSecret(owner, tenantId, id, 60);
  for (const secret of [first, second]) expect((await process.token(clientId, secret)).status).toBe(200);
  await age(
    "UPDATE oauth_clients SET previous_secret_until = now() - interval '1 second' WHERE previous_secret_until IS NOT NULL",
  );
  expect((await process.token(clientId, first)).status).toBe(401);
  const third = await rotateClientSecret(owner, tenantId, id, 0);
  const statuses = [first, second, third].map(async (secret) => (await process.token(clientId, secret)).status);
  expect(await Promise.all(statuses)).toEqual([401, 401, 200]);
});

it('a client that was disabled, lost a scope, or whose tenant was suspended gets nothing more, and is cut off', async () => {
  const process = await startProcess([newKey]);
  const { clientId, id, secret } = await addClient();
  const other = await createTenant(owner, 'Other');
  const refused = { code: 'not_found' };
  await expect(endOauthClient(owner, other, id)).rejects.toMatchObject(refused);
  await expect(changeClientScopes(owner, other, id, [])).rejects.toMatchObject(refused);
  await expect(rotateClientSecret(owner, other, id, 0)).rejects.toMatchObject(refused);
  await changeClientScopes(owner, tenantId, id, ['read:orders']);
  const { token } = await process.token(clientId, secret);
  expect((await verify(token, process)).payload['scope']).toBe('read:orders');
  await endOauthClient(owner, tenantId, id);
  expect((await process.token(clientId, secret)).status).toBe(401);
  const cut: unknown = await owner.shared.$queryRaw`
    SELECT kind, count(*)::int AS many FROM list_access_cutoffs(now() - interval '1 minute') WHERE target LIKE ${`${clientId}%`} GROUP BY kind ORDER BY kind`;
  expect(cut).toEqual([
    { kind: 'client', many: 1 },
    { kind: 'scope', many: SCOPES.length - 1 },
  ]);
  const suspended = await addClient();
  await owner.withTenant(
    tenantId,
    (tx) => tx.$executeRaw`UPDATE tenants SET suspended_at = now() WHERE id = ${tenantId}::uuid`,
  );
  expect((await process.token(suspended.clientId, suspended.secret)).status).toBe(401);
  await owner.withTenant(
    tenantId,
    (tx) => tx.$executeRaw`UPDATE tenants SET suspended_at = NULL WHERE id = ${tenantId}::uuid`,
  );
});

it('a client that does not exist is looked for as long as one that does', async () => {
  const { id } = await addClient();
  const database = openDatabase({ url: fresh.urls.app, poolSize: 1, applicationName: 'test' });
  running.push(() => database.close());
  const median = (times: readonly number[]) => [...times].sort((a, b) => a - b)[times.length >> 1] ?? 0;
  const times = { known: [] as number[], unknown: [] as number[] };
  for (let turn = 0; turn < 100; turn += 1) {
    for (const [kind, wanted] of [
      ['known', id],
      ['unknown', crypto.randomUUID()],
    ] as const) {
      const began = performance.now();
      await findOauthClient(database, wanted);
      times[kind].push(performance.now() - began);
    }
  }
  const ratio = median(times.known) / median(times.unknown);
  expect(ratio).toBeGreaterThan(0.6);
  expect(ratio).toBeLessThan(1.7);
});
