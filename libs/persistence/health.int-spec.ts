import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { HealthReason } from '#contract';
import { freshDatabase, type FreshDatabase } from '../../test/setup/database.js';
import { fillTenant, openSession, type Session, type TenantRows } from '../../test/setup/tenants.js';
import { type Database, openDatabase, type TenantTransaction } from './database.js';
import { appendEvents } from './events.js';
import {
  claimDueProbes,
  countRefusal,
  moveHealth,
  noteEnding,
  noteTrouble,
  recordStoreSuccess,
  scheduleProbe,
  setGrantedScopes,
} from './health.js';
import { createSqlCredentials } from './sql-credentials.js';
import { reconnectStore, setStoreStatus } from './stores.js';

let database: FreshDatabase;
let admin: Session;
let processes: readonly [Database, Database];
let tenant: TenantRows;

beforeAll(async () => {
  database = await freshDatabase();
  admin = await openSession(database.adminUrl);
  const open = (name: string) => openDatabase({ url: database.urls.worker, poolSize: 4, applicationName: name });
  processes = [open('process-1'), open('process-2')];
  tenant = await fillTenant(admin, 'ada');
});
afterAll(async () => {
  for (const each of processes) await each.close();
  await admin.end();
  await database.drop();
});
beforeEach(async () => {
  await admin.sql('DELETE FROM events');
  await admin.sql(
    `UPDATE stores SET status = 'active', health_state = 'healthy', health_reason = 'ok', refusals = 0, refused_at = NULL,
      scopes_granted = '{a,b}', scopes_lost = NULL, probe_due_at = NULL, probe_lease_until = NULL, dies_at = NULL, warned_days = NULL, last_success_at = now()`,
  );
});

const run = <T>(work: (tx: TenantTransaction, id: string) => Promise<T>, which: 0 | 1 = 0): Promise<T> =>
  processes[which].withTenant(tenant.tenantId, (tx) => work(tx, tenant.storeId));
/** The same in both processes, several times, all at once. */
const crowd = async <T>(work: (tx: TenantTransaction, id: string) => Promise<T>): Promise<readonly T[]> =>
  await Promise.all([0, 1, 0, 1, 0, 1].map((which) => run(work, which === 0 ? 0 : 1)));
const events = async () => (await admin.sql('SELECT type, details FROM events ORDER BY sequence')).map((row) => row);
const changes = async () => (await events()).map(({ details }) => details);
const store = async () => (await admin.sql('SELECT * FROM stores'))[0] ?? {};
const later = (seconds: number) =>
  admin.sql(`UPDATE stores SET refused_at = refused_at - make_interval(secs => $1)`, [seconds]);

describe('a transition', () => {
  it('is written once with its event, however many processes see it at once', async () => {
    const moved = await crowd((tx, id) => moveHealth(tx, id, 'unavailable'));
    expect(moved.filter(Boolean)).toHaveLength(1);
    const back = await crowd((tx, id) => recordStoreSuccess(tx, id));
    expect(back).toHaveLength(6);
    expect(await events()).toEqual([
      { type: 'store.healthChanged', details: { from: 'healthy', to: 'degraded', reason: 'unavailable' } },
      { type: 'store.healthChanged', details: { from: 'degraded', to: 'healthy', reason: 'ok' } },
    ]);
  });

  it('is not written when what caused it is undone', async () => {
    const failed = run(async (tx, id) => {
      await moveHealth(tx, id, 'unavailable');
      throw new Error('undone');
    });
    await expect(failed).rejects.toThrow('undone');
    expect([await events(), (await store())['health_state']]).toEqual([[], 'healthy']);
  });

  it('waits for the app’s log without keeping others from naming the store in it', async () => {
    const { tenantId, appId } = tenant;
    const waiting = "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()";
    let moving: Promise<boolean> = Promise.resolve(false);
    await run(async (tx, id) => {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('events:' || ${appId}, 0))`;
      moving = run((other) => moveHealth(other, id, 'blocked'), 1);
      await vi.waitUntil(async () => (await admin.sql(waiting)).length > 0, { timeout: 10_000, interval: 20 });
      const event = { tenantId, appId, storeId: id, type: 'order.created', recordKind: 'order', platformId: '1' };
      await appendEvents(tx, appId, [{ ...event, details: null, occurredAt: null }]);
    });
    expect(await moving).toBe(true);
    expect((await events()).map(({ type }) => type)).toEqual(['order.created', 'store.healthChanged']);
  });

  it('changes the reason without an event while the state stays', async () => {
    await run((tx, id) => moveHealth(tx, id, 'unavailable'));
    const { health_since: since } = await store();
    await run((tx, id) => moveHealth(tx, id, 'blocked'));
    expect(await changes()).toHaveLength(1);
    expect(await store()).toMatchObject({ health_reason: 'blocked', health_since: since });
  });

  it('comes with every change of the status, there and back, and no late trouble or success moves what is over', async () => {
    const steps: readonly (readonly [
      'needsReauth' | 'paused' | 'active' | 'revoked' | 'disconnected',
      HealthReason,
    ])[] = [
      ['paused', 'paused'],
      ['active', 'ok'],
      ['needsReauth', 'grantEnded'],
      ['revoked', 'appRemoved'],
      ['disconnected', 'disconnected'],
    ];
    for (const [status] of steps)
      await run((tx, id) => setStoreStatus(tx, id, ['active', 'paused', 'needsReauth', 'revoked'], status, null));
    // Both are `revoked`: that the app then ended it too is no other state.
    expect(await changes()).toEqual([
      { from: 'healthy', to: 'paused', reason: 'paused' },
      { from: 'paused', to: 'healthy', reason: 'ok' },
      { from: 'healthy', to: 'needsReauth', reason: 'grantEnded' },
      { from: 'needsReauth', to: 'revoked', reason: 'appRemoved' },
    ]);
    await run((tx, id) => noteTrouble(tx, id, 'unavailable'));
    await run((tx, id) => recordStoreSuccess(tx, id));
    expect(await store()).toMatchObject({ health_state: 'revoked', health_reason: 'disconnected' });
  });
});

describe('a client that the platform refuses', () => {
  const postpone = async (code: string): Promise<void> => {
    await admin.sql(
      "UPDATE credentials SET attempt = 1, lease_owner = 'w', lease_until = now() + interval '1 minute', last_error_code = NULL",
    );
    const [row] = await admin.sql('SELECT * FROM credentials');
    // The rest of a claim says where to renew.
    const claimed = { id: row?.['id'], tenantId: tenant.tenantId, storeId: tenant.storeId, claimer: 'w', attempt: 1 };
    const repository = createSqlCredentials(processes[0], { acrossTenants: false });
    await repository.postpone(claimed as never, { code, message: 'x' }, { retrySeconds: 60, isOrdered: false });
  };

  it('is told while its token still works, and no success hides it until a renewal worked', async () => {
    await postpone('platform_unavailable');
    expect(await changes()).toEqual([]);
    await postpone('platform_client_refused');
    await run((tx, id) => recordStoreSuccess(tx, id));
    expect(await changes()).toEqual([{ from: 'healthy', to: 'degraded', reason: 'clientRefused' }]);
    await admin.sql('UPDATE credentials SET attempt = 0, last_error_code = NULL');
    await run((tx, id) => recordStoreSuccess(tx, id));
    expect((await changes()).at(-1)).toEqual({ from: 'degraded', to: 'healthy', reason: 'ok' });
  });
});

describe('refusals that prove nothing', () => {
  it('count once a minute by the database’s clock, whichever process met them', async () => {
    const counted = await crowd((tx, id) => countRefusal(tx, id));
    expect([...counted].sort()).toEqual([0, 0, 0, 0, 0, 1]);
    await later(59);
    expect(await run(countRefusal, 1)).toBe(0);
    await later(2);
    expect(await run(countRefusal, 1)).toBe(2);
    expect(await run(countRefusal)).toBe(0);
    await later(60);
    expect(await run(countRefusal)).toBe(3);
  });

  it('are forgotten with any success', async () => {
    await run(countRefusal);
    await later(60);
    await run((tx, id) => recordStoreSuccess(tx, id));
    expect(await run(countRefusal)).toBe(1);
    await run((tx, id) => recordStoreSuccess(tx, id));
    // The next one is the first of its own row, however soon it comes.
    expect(await run(countRefusal)).toBe(1);
  });

  it('case 19: are forgotten with every other trouble when the merchant connects again, in one transaction', async () => {
    await run(countRefusal);
    await run((tx, id) => setStoreStatus(tx, id, ['active'], 'needsReauth', 'x', 'refusedRepeatedly'));
    const grant = { scopesWanted: [], scopesGranted: ['a'], access: [], clientHandle: null };
    const shop = { platformId: '1', apiRoot: 'r', name: 'n', domain: 'd', currency: 'EUR', timezone: null };
    const connectAgain = (tx: TenantTransaction, id: string) => reconnectStore(tx, id, { ...shop, ...grant });
    await expect(
      run(async (tx, id) => {
        await connectAgain(tx, id);
        throw new Error('undone');
      }),
    ).rejects.toThrow('undone');
    expect(await store()).toMatchObject({ health_state: 'needsReauth', refusals: 1 });
    await run(connectAgain);
    expect(await store()).toMatchObject({ status: 'active', health_state: 'healthy', refusals: 0, refused_at: null });
    expect((await changes()).at(-1)).toEqual({ from: 'needsReauth', to: 'healthy', reason: 'ok' });
  });
});

describe('case 18: scopes that shrink', () => {
  it('are told once, degrade the store past every success, and are forgotten when they come back', async () => {
    await crowd((tx, id) => setGrantedScopes(tx, id, ['a']));
    expect(await events()).toEqual([
      { type: 'store.scopesLost', details: { scopes: ['b'] } },
      { type: 'store.healthChanged', details: { from: 'healthy', to: 'degraded', reason: 'scopeLost' } },
    ]);
    await run((tx, id) => recordStoreSuccess(tx, id));
    expect(await store()).toMatchObject({ health_reason: 'scopeLost', scopes_granted: ['a'], scopes_lost: ['b'] });
    await run((tx, id) => setGrantedScopes(tx, id, ['a', 'b', 'c']));
    expect(await store()).toMatchObject({ health_state: 'healthy', scopes_lost: [] });
    expect(await events()).toHaveLength(3);
  });

  it('are still lost when another trouble is over', async () => {
    await run((tx, id) => noteTrouble(tx, id, 'unavailable'));
    await run((tx, id) => setGrantedScopes(tx, id, ['b']));
    expect(await store()).toMatchObject({ health_reason: 'unavailable' });
    await run((tx, id) => recordStoreSuccess(tx, id));
    expect(await store()).toMatchObject({ health_state: 'degraded', health_reason: 'scopeLost' });
  });
});

describe('probes', () => {
  const due = (what: string) => admin.sql(`UPDATE stores SET probe_due_at = now() - interval '1 second', ${what}`);
  const dueIn = async () =>
    Number(
      (await admin.sql('SELECT extract(epoch FROM probe_due_at - now())::float8 AS seconds FROM stores'))[0]?.[
        'seconds'
      ],
    );
  const claimed = async () => (await Promise.all(processes.map((each) => claimDueProbes(each, 10, 60)))).flat();

  it('are claimed by one process until its lease ends, and by the next when it died', async () => {
    expect(await claimed()).toEqual([]);
    await due("status = 'active'");
    expect(await claimed()).toEqual([{ id: tenant.storeId, tenantId: tenant.tenantId }]);
    expect(await claimed()).toEqual([]);
    await admin.sql("UPDATE stores SET probe_lease_until = now() - interval '1 second'");
    expect(await claimed()).toHaveLength(1);
  });

  it.each([
    ['active', 1],
    ['paused', 1],
    ['needsReauth', 0],
    ['revoked', 0],
    ['disconnected', 0],
  ])('of a store that is %s: %i', async (status, count) => {
    await due(`status = '${status}'`);
    expect(await claimed()).toHaveLength(count);
  });

  it('come within six hours of the last success, spread, and a success puts them off', async () => {
    await due("last_success_at = now() - interval '2 hours'");
    await run((tx, id) => scheduleProbe(tx, id));
    expect(await dueIn()).toBeGreaterThan(3 * 3600);
    expect(await dueIn()).toBeLessThanOrEqual(4 * 3600);
    const times = new Set<number>();
    for (let turn = 0; turn < 5; turn += 1) {
      await run((tx, id) => recordStoreSuccess(tx, id));
      await run((tx, id) => scheduleProbe(tx, id));
      times.add(Math.round(await dueIn()));
      expect(await dueIn()).toBeGreaterThan(5 * 3600);
      expect(await dueIn()).toBeLessThanOrEqual(6 * 3600);
    }
    expect(times.size).toBeGreaterThan(1);
  });

  it('come no sooner than in an hour while nobody may call', async () => {
    await due(
      "status = 'paused', health_state = 'paused', health_reason = 'paused', last_success_at = now() - interval '9 days'",
    );
    await run((tx, id) => scheduleProbe(tx, id));
    expect(Math.round((await dueIn()) / 60)).toBe(60);
  });

  it('come soon after a refusal or other trouble, then less and less often, whoever ends a probe meanwhile', async () => {
    await run((tx, id) => scheduleProbe(tx, id));
    await run((tx, id) => countRefusal(tx, id));
    expect(await dueIn()).toBeLessThan(70);
    // Late enough for the refusal that the probe may meet to count.
    expect(await dueIn()).toBeGreaterThan(60);
    await run((tx, id) => scheduleProbe(tx, id));
    expect(await dueIn()).toBeLessThan(70);
    await run((tx, id) => recordStoreSuccess(tx, id));
    await run((tx, id) => scheduleProbe(tx, id));
    await run((tx, id) => noteTrouble(tx, id, 'unavailable'));
    expect(await dueIn()).toBeLessThan(70);
    await admin.sql("UPDATE stores SET health_since = now() - interval '20 minutes'");
    await run((tx, id) => scheduleProbe(tx, id));
    expect(Math.round((await dueIn()) / 60)).toBe(10);
    await admin.sql("UPDATE stores SET health_since = now() - interval '20 days'");
    await run((tx, id) => scheduleProbe(tx, id));
    expect(Math.round((await dueIn()) / 60)).toBe(30);
  });
});

describe('case 21: warnings of an end', () => {
  const at = new Date(Date.now() + 14 * 24 * 3600_000);
  const note =
    (days: number | undefined, when = at) =>
    (tx: TenantTransaction, id: string) =>
      noteEnding(tx, id, { at: when, why: 'refreshTokenLife' }, days);
  const warned = async () => (await changes()).map((details) => (details as { readonly days: number }).days);

  it('are given once at 14, 7 and 1 days, whoever looks', async () => {
    await crowd(note(undefined));
    for (const days of [14, 7, 1, 1] as const) await crowd(note(days));
    expect(await warned()).toEqual([14, 7, 1]);
    expect((await events())[0]).toEqual({
      type: 'store.dying',
      details: { diesAt: at.toISOString(), why: 'refreshTokenLife', days: 14 },
    });
  });

  it('are not given late for steps that were missed, and are given anew for another day', async () => {
    await run(note(1));
    await run(note(14));
    expect(await warned()).toEqual([1]);
    await run(note(14, new Date(at.getTime() + 1)));
    expect(await warned()).toEqual([1, 14]);
  });
});

it('tells of a store that is gone nothing', async () => {
  const gone = randomUUID();
  await run(async (tx) => {
    await recordStoreSuccess(tx, gone);
    await setGrantedScopes(tx, gone, []);
    await noteEnding(tx, gone, { at: new Date(), why: 'x' }, 1);
    expect(await moveHealth(tx, gone, 'blocked')).toBe(false);
    expect(await countRefusal(tx, gone)).toBe(0);
  });
  expect(await events()).toEqual([]);
});
