import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { verifyAudit } from '#audit';
import { requireOperator, signInWithLink } from '#auth';
import { type Database, newestAuditEntries, openDatabase } from '#persistence';
import { checkKeys, dataKeyStore } from '#runtime';
import { createVault, localKey } from '#vault';
import { freshDatabase, type FreshDatabase } from '../../test/setup/database.js';
import { openSession } from '../../test/setup/tenants.js';
import type { AdminContext, Options } from './command.js';
import { COMMANDS } from './commands.js';
import { runAudited } from './run-audited.js';

const PREFIX = 'https://gateway.example/ops/link/';
const MINUTE = 60_000;

let fresh: FreshDatabase;
let owner: Database;
let app: Database;
let context: AdminContext;
beforeAll(async () => {
  fresh = await freshDatabase();
  owner = openDatabase({ url: fresh.urls.owner, poolSize: 2, applicationName: 'test' });
  app = openDatabase({ url: fresh.urls.app, poolSize: 2, applicationName: 'test' });
  const keyEncryption = await checkKeys(owner, [localKey(randomBytes(32))]);
  const vault = createVault({ keyEncryption, dataKeys: dataKeyStore(owner) });
  context = { database: owner, vault, keyEncryption, signInLinks: PREFIX, say: () => undefined };
});
afterAll(async () => {
  await Promise.all([owner.close(), app.close()]);
  await fresh.drop();
});

async function run(name: string, options: Options = {}, changed: Partial<AdminContext> = {}) {
  const command = COMMANDS[name];
  if (command === undefined) throw new Error(`there is no command ${name}`);
  return await runAudited(name, command, { ...context, ...changed }, options);
}

const textIn = (answer: object, name: string) =>
  z.string().parse(Object.entries(answer).find(([key]) => key === name)?.[1]);
const actions = async () => (await newestAuditEntries(owner, { limit: 100, action: null })).map(({ action }) => action);

/** Signs somebody in with a link that the command made. */
async function signIn(options: Options, now = new Date()): Promise<string> {
  const link = textIn(await run('operator:link', options), 'link');
  expect(link.startsWith(PREFIX)).toBe(true);
  return await signInWithLink(app, link.slice(PREFIX.length), { previous: undefined, agent: 'test', now });
}
const whoIs = (session: string, now = new Date()) => requireOperator(app, { bearer: undefined, session }, now);

it('makes a link that signs an administrator in once, unless such links are refused', async () => {
  const session = await signIn({});
  expect(await whoIs(session)).toMatchObject({ kind: 'session', name: 'Administrator', role: 'admin' });
  await expect(run('operator:link', {}, { signInLinks: undefined })).rejects.toThrow('SHOPSPAN_OPERATORS_LINKS=allow');
  await expect(run('operator:link', { role: 'root' })).rejects.toThrow('no role. There are: viewer operator admin');
});

it('case 163: a session ends after half an hour without a request, and after twelve hours with as many as one likes', async () => {
  const began = Date.now();
  const at = (minutes: number) => new Date(began + minutes * MINUTE);
  const session = await signIn({ name: 'Ida', role: 'viewer' }, at(0));
  for (let minutes = 0; minutes < 12 * 60; minutes += 29.9) {
    expect(await whoIs(session, at(minutes))).toMatchObject({ name: 'Ida' });
  }
  expect(await whoIs(session, at(719.9))).toMatchObject({ name: 'Ida' });
  await expect(whoIs(session, at(720.1))).rejects.toThrow('Sign in');
  const idle = await signIn({ name: 'Ida', role: 'viewer' }, at(0));
  expect(await whoIs(idle, at(29.9))).toMatchObject({ name: 'Ida' });
  await expect(whoIs(idle, at(60))).rejects.toThrow('Sign in');
});

it('case 90: changes a role, disables, enables and ends sessions, each on the next request', async () => {
  const session = await signIn({ name: 'Omar', role: 'operator' });
  const { id: operator } = await whoIs(session);
  await run('operator:role', { operator, role: 'viewer' });
  expect(await whoIs(session)).toMatchObject({ role: 'viewer' });
  await run('operator:disable', { operator });
  await expect(whoIs(session)).rejects.toThrow('Sign in');
  await expect(signIn({ name: 'Omar', role: 'operator' })).rejects.toThrow('unknown, was used');
  await run('operator:enable', { operator });
  await expect(whoIs(session)).rejects.toThrow('Sign in');
  const next = await signIn({ name: 'Omar', role: 'operator' });
  const { sessions } = z
    .object({ sessions: z.array(z.object({ id: z.string(), name: z.string() })) })
    .parse(await run('operator:sessions'));
  const omars = sessions.filter(({ name }) => name === 'Omar');
  expect(omars).toHaveLength(1);
  await run('operator:sessions', { end: omars[0]?.id });
  await expect(whoIs(next)).rejects.toThrow('Sign in');
  await expect(run('operator:role', { operator: crypto.randomUUID(), role: 'viewer' })).rejects.toThrow(
    'operator:list',
  );
});

it('makes a token with a role, lists it without its text, and revokes it', async () => {
  const made = await run('operator:token', { name: 'Night shift', role: 'viewer' });
  const [bearer, token] = [textIn(made, 'token'), textIn(made, 'id')];
  const present = () => requireOperator(app, { bearer, session: undefined }, new Date());
  expect(await present()).toMatchObject({ kind: 'token', name: 'Night shift', role: 'viewer' });
  const listed = JSON.stringify(await run('operator:tokens'));
  expect(listed).toContain(token);
  expect(listed).not.toContain(bearer);
  await run('operator:revoke', { token });
  await expect(present()).rejects.toThrow('Sign in');
  await expect(run('operator:revoke', { token })).rejects.toThrow('operator:tokens');
});

it('case 149: writes what it does into the audit log, begun and ended, and what it merely looks at not', async () => {
  const before = (await actions()).length;
  await run('operator:list');
  await run('audit:list');
  expect(await actions()).toHaveLength(before);
  await run('tenant:create', { name: 'Acme' });
  expect((await actions()).slice(0, 2)).toEqual(['command.done', 'command.begun']);
  await expect(run('tenant:delete', { tenant: 'ten_x' })).rejects.toThrow();
  expect((await actions()).slice(0, 2)).toEqual(['command.failed', 'command.begun']);
  expect(await run('audit:verify')).toMatchObject({ holds: true, first: 1 });
  const text = JSON.stringify(await run('audit:list', { limit: '100' }));
  expect(text).not.toMatch(/sso_|sos_|\/ops\/link\//);
  await expect(run('audit:cut', { 'older-than-days': '1' })).rejects.toThrow('30 days');
  expect(await run('audit:cut', { 'older-than-days': '400' })).toEqual({ removed: 0 });
  const { last, hash } = await verifyAudit(owner);
  expect(await run('audit:verify', { witness: `${String(last)}:${hash}` })).toMatchObject({ holds: true });
  await expect(run('audit:verify', { witness: `1:${hash}` })).rejects.toThrow('written down');
});

it('case 149: does nothing that it cannot write down', async () => {
  await owner.shared.$queryRaw`UPDATE audit_heads SET id = id, sequence = -1 RETURNING id`;
  // The next entry's number is taken: nothing can be written.
  await owner.shared
    .$queryRaw`INSERT INTO audit_entries SELECT 0, at, actor, action, target, details, previous, hash FROM audit_entries WHERE sequence = 1 RETURNING sequence`;
  await expect(run('tenant:create', { name: 'Unseen' })).rejects.toThrow();
  const admin = await openSession(fresh.adminUrl);
  const [row] = await admin.sql("SELECT count(*)::int AS many FROM tenants WHERE name = 'Unseen'");
  await admin.end();
  expect(row).toEqual({ many: 0 });
  await expect(run('audit:verify')).rejects.toThrow(/audit log/);
});
