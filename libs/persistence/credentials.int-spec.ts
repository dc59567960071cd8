import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { freshDatabase, type FreshDatabase } from '../../test/setup/database.js';
import { fillTenant, openSession, type Session, type TenantRows } from '../../test/setup/tenants.js';
import type { StoredGrant } from './credential-repository.js';
import {
  claimCredential,
  type CredentialRow,
  findCredential,
  postponeCredential,
  putCredential,
  refuseCredential,
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
  asAda((tx) => putCredential(tx, { id: randomUUID(), storeId: ada.storeId }, given));
const claim = (claimer: string, seenVersion = 1, leaseSeconds = 30): Promise<boolean> =>
  asAda((tx) => claimCredential(tx, ada.storeId, { claimer, seenVersion, leaseSeconds }));
const release = (claimer: string, retrySeconds = 60, isOrdered = false): Promise<void> =>
  asAda((tx) => postponeCredential(tx, ada.storeId, claimer, { ...failure, retrySeconds, isOrdered }));
const refuse = (refused: { version: number }): Promise<boolean> =>
  asAda((tx) => refuseCredential(tx, ada.storeId, refused, failure));
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
});

describe('a claim', () => {
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
});

describe('a refusal', () => {
  it('ends the pair it is about, and no newer one', async () => {
    expect(await refuse({ version: 2 })).toBe(false);
    expect((await stored()).state).toBe('active');
    expect(await refuse({ version: 1 })).toBe(true);
    expect(await stored()).toMatchObject({ state: 'refused', lastErrorCode: 'platform_unavailable' });
    expect(await times()).toMatchObject({ due: null, lease: null });
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
