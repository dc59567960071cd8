import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { freshDatabase, type FreshDatabase } from '../../test/setup/database.js';
import { fillTenant, openSession, type Session, type TenantRows } from '../../test/setup/tenants.js';
import { type Database, openDatabase } from './database.js';
import { insertOperatorToken } from './operators-as-owner.js';
import {
  liftStop,
  liftStopAsOwner,
  listStops,
  openStopReader,
  setStop,
  setStopAsOwner,
  type StopReader,
  type StopScope,
} from './stops.js';

const OPERATOR = new Uint8Array(32).fill(7);
let fresh: FreshDatabase;
let admin: Session;
let app: Database;
let owner: Database;
let reader: StopReader;
let ada: TenantRows;
let bob: TenantRows;
beforeAll(async () => {
  fresh = await freshDatabase();
  admin = await openSession(fresh.adminUrl);
  ada = await fillTenant(admin, 'ada');
  bob = await fillTenant(admin, 'bob');
  app = openDatabase({ url: fresh.urls.app, poolSize: 2, applicationName: 'test' });
  owner = openDatabase({ url: fresh.urls.owner, poolSize: 2, applicationName: 'test' });
  reader = openStopReader(fresh.urls.worker, 'test');
  const token = { id: randomUUID(), name: 'Night shift', role: 'operator', hash: OPERATOR } as const;
  await insertOperatorToken(owner, 'test', token);
});
afterAll(async () => {
  await Promise.all([app.close(), owner.close(), reader.close(), admin.end()]);
  await fresh.drop();
});
beforeEach(() => admin.sql('DELETE FROM stops'));

const stop = (scope: StopScope, target = '') => ({ id: randomUUID(), scope, target, reason: 'leaked' });

describe('a stop', () => {
  it("is set and lifted in an operator's name, and stays as a record", async () => {
    const one = stop('store', ada.storeId);
    expect(await setStop(app, OPERATOR, one)).toBe('done');
    expect(await reader.read()).toEqual([expect.objectContaining({ ...one, setBy: 'Night shift', liftedAt: null })]);
    expect(await liftStop(app, OPERATOR, one.id)).toBe('done');
    expect(await liftStop(app, OPERATOR, one.id)).toBe('notFound');
    expect(await reader.read()).toEqual([]);
    expect(await listStops(app)).toEqual([expect.objectContaining({ ...one, liftedBy: 'Night shift' })]);
  });

  it('is set by the owner from the shell, who says who does it', async () => {
    const one = stop('everything');
    expect(await setStopAsOwner(owner, 'ada at the shell', one)).toBe(true);
    expect(await reader.read()).toEqual([expect.objectContaining({ setBy: 'ada at the shell' })]);
    expect(await liftStopAsOwner(owner, 'ada at the shell', one.id)).toBe(true);
  });

  it('case 145: cannot be set or lifted by a gateway without the token of an operator', async () => {
    const one = stop('store', ada.storeId);
    expect(await setStop(app, new Uint8Array(32), one)).toBe('roleMissing');
    await setStop(app, OPERATOR, one);
    expect(await liftStop(app, new Uint8Array(32), one.id)).toBe('roleMissing');
    expect(await reader.read()).toHaveLength(1);
  });

  it.each(['store', 'app', 'tenant'] as const)('of a %s that is not there is no stop', async (scope) => {
    expect(await setStop(app, OPERATOR, stop(scope, randomUUID()))).toBe('notFound');
    expect(await reader.read()).toEqual([]);
  });

  it.each<[StopScope, () => string, readonly string[]]>([
    ['everything', () => '', ['ada', 'bob']],
    ['platform', () => 'example', ['ada', 'bob']],
    ['platform', () => 'another', []],
    ['tenant', () => ada.tenantId, ['ada']],
    ['app', () => ada.appId, ['ada']],
    ['store', () => ada.storeId, ['ada']],
  ])('case 145: of %s %s keeps workers from claiming what is under it', async (scope, target, stopped) => {
    await admin.sql("UPDATE credentials SET due_at = now() - interval '1 minute', lease_until = NULL");
    await admin.sql("UPDATE polls SET due_at = now() - interval '1 minute', lease_until = NULL");
    await admin.sql("UPDATE webhook_channels SET due_at = now() - interval '1 minute', lease_until = NULL");
    await setStopAsOwner(owner, 'test', stop(scope, target()));
    const worker = await openSession(fresh.urls.worker);
    try {
      const names = new Map([
        [ada.tenantId, 'ada'],
        [bob.tenantId, 'bob'],
      ]);
      const left = ['ada', 'bob'].filter((name) => !stopped.includes(name));
      for (const claim of [
        "claim_due_credentials('me', 10, 30, '{}')",
        'claim_due_polls(10, 30)',
        'claim_due_webhook_channels(10, 30)',
      ]) {
        const rows = await worker.sql(`SELECT tenant_id FROM ${claim}`);
        expect([claim, rows.map((row) => names.get(String(row['tenant_id']))).sort()]).toEqual([claim, left]);
      }
      await admin.sql('UPDATE stops SET lifted_at = now()');
      expect(await worker.sql("SELECT tenant_id FROM claim_due_credentials('me', 10, 30, '{}')")).toHaveLength(
        stopped.length,
      );
    } finally {
      await worker.end();
    }
  });
});
