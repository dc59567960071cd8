import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freshDatabase, type FreshDatabase } from '../../../test/setup/database.js';
import { type Database, forgetOldOauthArtifacts, openDatabase } from '#persistence';
import { deriveSealer, localKey } from '#vault';
import { artifactAdapter, type ArtifactStore } from './artifacts.js';

let fresh: FreshDatabase;
let database: Database;
let store: ArtifactStore;
const ended: string[] = [];
beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase({ url: fresh.urls.app, poolSize: 4, applicationName: 'test' });
  const sealer = deriveSealer([localKey(randomBytes(32))], 'test');
  store = { database, sealer, cutOffGrant: (grantId) => Promise.resolve(void ended.push(grantId)) };
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

const seconds = () => Math.floor(Date.now() / 1000);
const newId = () => randomBytes(16).toString('hex');

it('what may be presented once is noted once, whoever looked first', async () => {
  const adapter = artifactAdapter(store, 'ReplayDetection');
  const id = newId();
  const notes = Array.from({ length: 5 }, async () => await adapter.upsert(id, { jti: id }, 60));
  const results = await Promise.allSettled(notes);
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

it('case 67: a code that was used is known as used when it is older than it may be, and a second use ends its grant', async () => {
  const adapter = artifactAdapter(store, 'AuthorizationCode');
  const [id, grantId] = [newId(), newId()];
  await adapter.upsert(id, { jti: id, grantId, exp: seconds() - 1 }, 60);
  await adapter.consume(id);
  const found = await adapter.find(id);
  expect(found).toMatchObject({ jti: id, grantId, consumed: expect.any(Number) as number });
  expect(found?.exp).toBeGreaterThan(seconds());
  await expect(adapter.consume(id)).rejects.toMatchObject({ error: 'invalid_grant' });
  expect(ended).toContain(grantId);
  expect(await adapter.find(id)).toBeUndefined();
});

it('is found as what it is alone, while it lives, and is forgotten afterwards', async () => {
  const id = newId();
  await artifactAdapter(store, 'RefreshToken').upsert(id, { jti: id, accountId: 'a' }, 60);
  expect(await artifactAdapter(store, 'AuthorizationCode').find(id)).toBeUndefined();
  expect(await artifactAdapter(store, 'RefreshToken').find(id)).toEqual({ jti: id, accountId: 'a' });
  await database.shared
    .$queryRaw`UPDATE oauth_artifacts SET expires_at = now() - interval '1 second' WHERE kind = 'RefreshToken' RETURNING 1`;
  expect(await artifactAdapter(store, 'RefreshToken').find(id)).toBeUndefined();
  const worker = openDatabase({ url: fresh.urls.worker, poolSize: 1, applicationName: 'test' });
  await forgetOldOauthArtifacts(worker).finally(() => worker.close());
  const left: unknown = await database.shared.$queryRaw`SELECT kind FROM oauth_artifacts WHERE expires_at < now()`;
  expect(left).toEqual([]);
});

it('a session is found by its name, and what lies in the table names neither', async () => {
  const adapter = artifactAdapter(store, 'Session');
  const [id, uid] = [newId(), newId()];
  await adapter.upsert(id, { jti: id, uid, accountId: 'ada lovelace' }, 60);
  expect(await adapter.findByUid(uid)).toMatchObject({ jti: id, uid, accountId: 'ada lovelace' });
  const rows: unknown = await database.shared.$queryRaw`SELECT a::text AS text FROM oauth_artifacts a`;
  for (const text of [id, uid, 'ada lovelace']) expect(JSON.stringify(rows)).not.toContain(text);
});
