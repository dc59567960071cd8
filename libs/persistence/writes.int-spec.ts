import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { freshDatabase, type FreshDatabase } from '../../test/setup/database.js';
import { fillTenant, openSession, type Session, type TenantRows } from '../../test/setup/tenants.js';
import { type Database, openDatabase } from './database.js';
import { claimWrite, finishWrite, forgetOldWrites, forgetWrite, leaveWriteUnknown, type WriteClaim } from './writes.js';

let fresh: FreshDatabase;
let admin: Session;
let database: Database;
let ada: TenantRows;
let bob: TenantRows;
beforeAll(async () => {
  fresh = await freshDatabase();
  admin = await openSession(fresh.adminUrl);
  ada = await fillTenant(admin, 'ada');
  bob = await fillTenant(admin, 'bob');
  database = openDatabase({ url: fresh.urls.app, poolSize: 10, applicationName: 'test' });
});
afterAll(async () => {
  await database.close();
  await admin.end();
  await fresh.drop();
});
beforeEach(() => admin.sql('DELETE FROM writes'));

const hashOf = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(createHash('sha256').update(text).digest());
const SEALED = new Uint8Array([1, 2, 3]);

const claimOf = ({ tenantId, appId, storeId }: TenantRows, more: Partial<WriteClaim> = {}): WriteClaim => ({
  ...{ tenantId, appId, storeId, idempotencyKey: 'key-1', operation: 'orders.create', requestHash: hashOf('a') },
  ...more,
});
const claim = (one: WriteClaim, seconds = 60) =>
  database.withTenant(one.tenantId, (tx) => claimWrite(tx, one, seconds));
const inTenant = <T>(work: Parameters<typeof database.withTenant<T>>[1]) => database.withTenant(ada.tenantId, work);

async function claimedId(one = claimOf(ada), seconds = 60): Promise<string> {
  const claimed = await claim(one, seconds);
  if (claimed.kind !== 'first' && claimed.kind !== 'resumed') throw new Error(claimed.kind);
  return claimed.id;
}

describe('a key', () => {
  it('is taken by one of fifty that come at once', async () => {
    const all = await Promise.all(Array.from({ length: 50 }, () => claim(claimOf(ada))));
    expect(all.filter(({ kind }) => kind === 'first')).toHaveLength(1);
    expect(all.filter(({ kind }) => kind === 'running')).toHaveLength(49);
  });

  it('gives the answer of the first request from then on', async () => {
    const id = await claimedId();
    await inTenant((tx) => finishWrite(tx, id, SEALED));
    const again = await claim(claimOf(ada));
    expect(again).toEqual({ kind: 'done', id, sealedAnswer: SEALED });
  });

  it.each<[string, Partial<WriteClaim>]>([
    ['body', { requestHash: hashOf('b') }],
    ['operation', { operation: 'refunds.create' }],
  ])('is refused for another %s, running or done', async (_, other) => {
    const id = await claimedId();
    expect(await claim(claimOf(ada, other))).toEqual({ kind: 'otherRequest' });
    await inTenant((tx) => finishWrite(tx, id, SEALED));
    expect(await claim(claimOf(ada, other))).toEqual({ kind: 'otherRequest' });
  });

  it('of another tenant is another key', async () => {
    await claimedId();
    expect(await claim(claimOf(bob))).toMatchObject({ kind: 'first' });
  });

  it('is free again after a refusal', async () => {
    const id = await claimedId();
    await inTenant((tx) => forgetWrite(tx, id));
    expect(await claim(claimOf(ada, { requestHash: hashOf('corrected') }))).toMatchObject({ kind: 'first' });
  });

  it('goes on after an unknown outcome, and after a process that died, under the id it had', async () => {
    const id = await claimedId();
    await inTenant((tx) => leaveWriteUnknown(tx, id));
    expect(await claim(claimOf(ada))).toEqual({ kind: 'resumed', id });
    expect(await claim(claimOf(ada))).toEqual({ kind: 'running' });
    await admin.sql("UPDATE writes SET lease_until = now() - interval '1 second'");
    const all = await Promise.all(Array.from({ length: 10 }, () => claim(claimOf(ada))));
    expect(all.filter(({ kind }) => kind === 'resumed')).toEqual([{ kind: 'resumed', id }]);
  });

  it('that is done stays done, whatever a late process says', async () => {
    const id = await claimedId();
    await inTenant((tx) => finishWrite(tx, id, SEALED));
    await inTenant((tx) => forgetWrite(tx, id));
    await inTenant((tx) => leaveWriteUnknown(tx, id));
    expect(await claim(claimOf(ada))).toMatchObject({ kind: 'done' });
  });

  it('is forgotten after a day when done, after a week when not', async () => {
    const worker = openDatabase({ url: fresh.urls.worker, poolSize: 1, applicationName: 'test' });
    try {
      const done = await claimedId();
      await inTenant((tx) => finishWrite(tx, done, SEALED));
      await claimedId(claimOf(ada, { idempotencyKey: 'key-2' }));
      const age = (days: number) => admin.sql(`UPDATE writes SET created_at = now() - interval '${days} days'`);
      expect(await forgetOldWrites(worker)).toBe(0);
      await age(2);
      expect(await forgetOldWrites(worker)).toBe(1);
      await age(8);
      expect(await forgetOldWrites(worker)).toBe(1);
    } finally {
      await worker.close();
    }
  });
});
