import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { freshDatabase, type FreshDatabase } from '../../test/setup/database.js';
import { fillTenant, openSession, type Session, type TenantRows } from '../../test/setup/tenants.js';
import {
  claimCredential,
  type CredentialRow,
  findCredential,
  postponeCredential,
  putCredential,
  refuseClaimed,
  refuseCredential,
  saveRenewed,
  type StoredGrant,
} from './credentials.js';
import { type Database, openDatabase, type TenantTransaction } from './database.js';

const sealed = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text));
const grant = (version: number, change: Partial<StoredGrant> = {}): StoredGrant => ({
  strategy: 'oauth',
  sealed: sealed(`pair ${version}`),
  version,
  accessSeconds: 3600,
  refreshSeconds: 7_776_000,
  dueSeconds: 1800,
  ...change,
});
const failure = { code: 'platform_unavailable', message: 'It is down.' };

let database: FreshDatabase;
let admin: Session;
let product: Database;
let ada: TenantRows;
beforeAll(async () => {
  database = await freshDatabase();
  admin = await openSession(database.adminUrl);
  product = openDatabase({ url: database.urls.app, poolSize: 4, applicationName: 'test' });
  ada = await fillTenant(admin, 'ada');
  await fillTenant(admin, 'bob');
});
afterAll(async () => {
  vi.useRealTimers();
  await product.close();
  await admin.end();
  await database.drop();
});

const asAda = <T>(work: (tx: TenantTransaction) => Promise<T>): Promise<T> => product.withTenant(ada.tenantId, work);
const put = (given: StoredGrant): Promise<void> =>
  asAda((tx) => putCredential(tx, { id: randomUUID(), tenantId: ada.tenantId, storeId: ada.storeId }, given));
const claim = (claimer: string, seenVersion = 1, leaseSeconds = 30): Promise<boolean> =>
  asAda((tx) => claimCredential(tx, ada.storeId, { claimer, seenVersion, leaseSeconds }));
const save = (claimer: string | null, given: StoredGrant): Promise<boolean> =>
  asAda(async (tx) => saveRenewed(tx, { id: (await findCredential(tx, ada.storeId))?.id ?? '', claimer }, given));
const release = (claimer: string, retrySeconds = 60, isOrdered = false): Promise<void> =>
  asAda((tx) => postponeCredential(tx, ada.storeId, claimer, { ...failure, retrySeconds, isOrdered }));
const refuse = (refused: { version: number }): Promise<boolean> =>
  asAda((tx) => refuseCredential(tx, ada.storeId, refused, failure));
const count = (version: number, claimer: string): Promise<string> =>
  asAda((tx) => refuseClaimed(tx, { storeId: ada.storeId, version, claimer }, failure, 2));
/** As if all this had happened some seconds earlier. */
const later = (seconds: number): Promise<unknown> =>
  set(`attempt_started_at = attempt_started_at - interval '${String(seconds)} seconds'`);
const set = (change: string): Promise<unknown> =>
  admin.sql(`UPDATE credentials SET ${change} WHERE store_id = '${ada.storeId}'`);

async function stored(): Promise<CredentialRow & { readonly text: string }> {
  const row = await asAda((tx) => findCredential(tx, ada.storeId));
  if (row === undefined) throw new Error('there is no credential');
  return { ...row, text: Buffer.from(row.sealed).toString() };
}
/** Times of the row in seconds from now, by the database's clock. */
async function times(): Promise<Record<'access' | 'refresh' | 'due' | 'lease', number | null>> {
  const from = (column: string): string => `extract(epoch FROM ${column} - now())::float8`;
  const [row] = await admin.sql(
    `SELECT ${from('access_expires_at')} AS access, ${from('refresh_expires_at')} AS refresh, ${from('due_at')} AS due, ${from('lease_until')} AS lease FROM credentials WHERE store_id = $1`,
    [ada.storeId],
  );
  return row as Record<'access' | 'refresh' | 'due' | 'lease', number | null>;
}

beforeEach(async () => {
  await set("version = 0, refresh_expires_at = NULL, lease_owner = 'nobody', attempt = 9");
  await put(grant(1));
});

describe('a new grant', () => {
  it('is kept as it was given, with times by the clock of the database', async () => {
    expect(await stored()).toMatchObject({
      text: 'pair 1',
      version: 1,
      state: 'active',
      attempt: 0,
      backingOff: false,
      lastErrorCode: null,
    });
    const { access, refresh, due, lease } = await times();
    expect([access, refresh, due].map((each) => Math.round((each ?? 0) / 10))).toEqual([360, 777_600, 180]);
    expect(lease).toBeNull();
    expect((await stored()).accessSeconds).toBeGreaterThan(3590);
  });

  it('may never expire and never fall due', async () => {
    await put(grant(2, { accessSeconds: null, refreshSeconds: null, dueSeconds: null }));
    expect(await times()).toEqual({ access: null, refresh: null, due: null, lease: null });
    expect((await stored()).accessSeconds).toBeNull();
  });

  it('case 19: of a store that is connected again ends lease, backoff and refusal of the old one', async () => {
    await claim('slow');
    await release('slow');
    await refuse({ version: 1 });
    await put(grant(2));
    expect(await stored()).toMatchObject({
      version: 2,
      state: 'active',
      attempt: 0,
      backingOff: false,
      lastErrorCode: null,
    });
    expect(await claim('next', 2)).toBe(true);
  });

  it('case 20: is not overwritten by whoever was renewing the old one', async () => {
    await claim('slow');
    await put(grant(2));
    expect(await save('slow', grant(2, { sealed: sealed('late pair') }))).toBe(false);
    expect(await save('slow', grant(3, { sealed: sealed('late pair') }))).toBe(false);
    await release('slow');
    expect(await count(1, 'slow')).toBe('superseded');
    expect(await stored()).toMatchObject({ text: 'pair 2', version: 2, state: 'active', lastErrorCode: null });
  });
});

describe('a claim', () => {
  it('is for one, until it is saved', async () => {
    expect(await Promise.all(['a', 'b', 'c', 'd'].map((claimer) => claim(claimer)))).toEqual(
      expect.arrayContaining([true, false, false, false]),
    );
    const [row] = await admin.sql(
      'SELECT count(*) FILTER (WHERE attempt = 1)::int AS claimed FROM credentials WHERE store_id = $1',
      [ada.storeId],
    );
    expect(row).toEqual({ claimed: 1 });
  });

  it('of a pair that was renewed since it was seen is refused', async () => {
    await claim('a');
    await save('a', grant(2));
    expect(await claim('b', 1)).toBe(false);
    expect(await claim('b', 2)).toBe(true);
  });

  it('of a pair that was refused is refused', async () => {
    await refuse({ version: 1 });
    expect(await claim('a')).toBe(false);
  });

  it('case 15: ends by the clock of the database, whatever that of this process says', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_600_000 });
    expect(await claim('a', 1, 30)).toBe(true);
    const { lease } = await times();
    expect(lease).toBeGreaterThan(20);
    expect(lease).toBeLessThanOrEqual(30);
    vi.setSystemTime(Date.now() - 7_200_000);
    expect(await claim('b')).toBe(false);
    vi.useRealTimers();
    await set("lease_until = now() - interval '1 second'");
    expect(await claim('b')).toBe(true);
  });

  it('that its holder left behind can be taken by the next, though it was not due yet', async () => {
    expect((await times()).due).toBeGreaterThan(1000);
    await claim('dead');
    await set("lease_until = now() - interval '1 second'");
    expect((await stored()).backingOff).toBe(false);
    expect((await times()).due).toBeLessThanOrEqual(0);
    expect(await claim('next')).toBe(true);
    expect((await stored()).attempt).toBe(2);
  });

  it('makes nothing due that never is', async () => {
    await put(grant(1, { dueSeconds: null }));
    await claim('a');
    expect((await times()).due).toBeNull();
  });

  it('waits as a failed attempt asks, and no longer', async () => {
    await claim('a');
    await release('a', 60);
    expect(await stored()).toMatchObject({ attempt: 1, backingOff: true, lastErrorCode: 'platform_unavailable' });
    expect(await claim('b')).toBe(false);
    await set('due_at = now()');
    expect((await stored()).backingOff).toBe(false);
    expect(await claim('b')).toBe(true);
    expect((await stored()).attempt).toBe(2);
  });

  it('of a caller may come before that, when the last one is some seconds past', async () => {
    await claim('a');
    await release('a', 300);
    await later(6);
    expect((await stored()).backingOff).toBe(false);
    expect(await claim('b')).toBe(true);
  });

  it('case 13: comes no earlier than the platform itself has asked', async () => {
    await claim('a');
    await release('a', 300, true);
    await later(6);
    expect((await stored()).backingOff).toBe(true);
    expect(await claim('b')).toBe(false);
    await set('not_before = now(), due_at = now()');
    expect(await claim('b')).toBe(true);
  });
});

describe('a renewed pair', () => {
  it('replaces the one it was made from, and forgets its troubles', async () => {
    await claim('a');
    await release('a', 0);
    await claim('a');
    expect(await save('a', grant(2))).toBe(true);
    expect(await stored()).toMatchObject({
      text: 'pair 2',
      version: 2,
      attempt: 0,
      backingOff: false,
      lastErrorCode: null,
    });
    expect((await times()).lease).toBeNull();
    const [row] = await admin.sql(
      'SELECT last_refreshed_at IS NOT NULL AS refreshed, lease_owner FROM credentials WHERE store_id = $1',
      [ada.storeId],
    );
    expect(row).toEqual({ refreshed: true, lease_owner: null });
  });

  it('keeps the end of the refresh token where the platform does not tell a new one', async () => {
    await claim('a');
    await save('a', grant(2, { refreshSeconds: null }));
    expect((await times()).refresh).toBeGreaterThan(7_000_000);
  });

  it('case 3: is not saved by one who came too late, whoever was faster', async () => {
    await claim('slow', 1, 1);
    await set("lease_until = now() - interval '1 second'");
    await claim('fast');
    expect(await save('slow', grant(2, { sealed: sealed('late pair') }))).toBe(false);
    expect(await save('fast', grant(2))).toBe(true);
    expect(await save('slow', grant(2, { sealed: sealed('late pair') }))).toBe(false);
    expect(await save('slow', grant(3, { sealed: sealed('late pair') }))).toBe(false);
    expect((await stored()).text).toBe('pair 2');
  });

  it('is not saved over a grant that was refused, nor without a claim, nor for another tenant', async () => {
    expect(await save('a', grant(2))).toBe(false);
    await claim('a');
    const { id } = await stored();
    const asStranger = product.withTenant(randomUUID(), (tx) => saveRenewed(tx, { id, claimer: 'a' }, grant(2)));
    expect(await asStranger).toBe(false);
    await refuse({ version: 1 });
    expect(await save('a', grant(2))).toBe(false);
  });

  it('is saved by its holder even if nobody took over when the lease had ended', async () => {
    await claim('a', 1, 1);
    await set("lease_until = now() - interval '1 second'");
    expect(await save('a', grant(2))).toBe(true);
  });
});

describe('a refusal', () => {
  it('ends the pair it is about, and no newer one', async () => {
    expect(await refuse({ version: 2 })).toBe(false);
    expect((await stored()).state).toBe('active');
    expect(await refuse({ version: 1 })).toBe(true);
    expect(await stored()).toMatchObject({ state: 'refused', lastErrorCode: 'platform_unavailable' });
    expect(await times()).toMatchObject({ due: null, lease: null });
  });

  it('case 9: of one who lost the claim does not end what somebody else is renewing', async () => {
    await claim('slow', 1, 1);
    await set("lease_until = now() - interval '1 second'");
    await claim('fast');
    expect(await count(1, 'slow')).toBe('superseded');
    expect(await save('fast', grant(2))).toBe(true);
    await claim('fast', 2);
    expect(await count(2, 'fast')).toBe('again');
  });

  it('case 10: is final the second time, and forgotten when a pair comes', async () => {
    await claim('a');
    expect(await count(1, 'a')).toBe('again');
    expect(await stored()).toMatchObject({ state: 'active', refusals: 1 });
    expect((await times()).due).toBeLessThanOrEqual(2);
    await later(6);
    await claim('b');
    await save('b', grant(2));
    expect(await stored()).toMatchObject({ refusals: 0 });
    for (const claimer of ['c', 'd']) {
      await later(6);
      expect(await claim(claimer, 2)).toBe(true);
      expect(await count(2, claimer)).toBe(claimer === 'c' ? 'again' : 'final');
    }
    expect(await stored()).toMatchObject({ state: 'refused', refusals: 2 });
    expect(await times()).toMatchObject({ due: null, lease: null });
    expect(await claim('e', 2)).toBe(false);
  });

  it('is taken back by the pair that was on its way, where nobody else can get one', async () => {
    await claim('slow');
    await refuse({ version: 1 });
    expect(await save('slow', grant(2))).toBe(false);
    expect(await save(null, grant(2))).toBe(true);
    expect(await stored()).toMatchObject({ state: 'active', version: 2, text: 'pair 2' });
    expect(await save(null, grant(2, { sealed: sealed('later still') }))).toBe(false);
  });
});

describe('a failure', () => {
  it('gives back only what is one’s own, with the reason, cut', async () => {
    await claim('fast');
    await release('slow', 1_000_000);
    expect(await stored()).toMatchObject({ lastErrorCode: null });
    expect(await claim('next')).toBe(false);
    const long = { code: 'internal', message: 'x'.repeat(10_000), retrySeconds: 1, isOrdered: false };
    await asAda((tx) => postponeCredential(tx, ada.storeId, 'fast', long));
    const [row] = await admin.sql('SELECT length(last_error_message) AS length FROM credentials WHERE store_id = $1', [
      ada.storeId,
    ]);
    expect(row).toEqual({ length: 500 });
  });
});
