import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { freshDatabase, type FreshDatabase } from '../../test/setup/database.js';
import { fillTenant, openSession, type Session, type TenantRows } from '../../test/setup/tenants.js';
import { type Database, openDatabase } from './database.js';
import { advancePoll, claimDuePolls, findPoll, putPolls, reschedulePoll } from './polls.js';

let database: FreshDatabase;
let admin: Session;
let workers: readonly [Database, Database];
let tenant: TenantRows;
const START = new Date('2026-11-28T12:00:00.123Z');

beforeAll(async () => {
  database = await freshDatabase();
  admin = await openSession(database.adminUrl);
  const open = (name: string) => openDatabase({ url: database.urls.worker, poolSize: 2, applicationName: name });
  workers = [open('worker-1'), open('worker-2')];
  tenant = await fillTenant(admin, 'ada');
});
afterAll(async () => {
  for (const worker of workers) await worker.close();
  await admin.end();
  await database.drop();
});
beforeEach(async () => {
  await admin.sql('DELETE FROM polls');
  await admin.sql("UPDATE stores SET status = 'active'");
});

const put = (...operations: string[]) =>
  workers[0].withTenant(tenant.tenantId, (tx) => putPolls(tx, { id: tenant.storeId }, operations, START));
const find = (id: string) => workers[0].withTenant(tenant.tenantId, (tx) => findPoll(tx, id));

describe('polls', () => {
  it('are claimed once each until their lease ends, and only of stores that are active', async () => {
    await put('orders.list', 'products.list');
    const claimed = (await Promise.all(workers.map((worker) => claimDuePolls(worker, 10, 60)))).flat();
    expect(new Set(claimed.map(({ id }) => id)).size).toBe(2);
    expect(claimed).toHaveLength(2);
    await admin.sql("UPDATE polls SET lease_until = now() - interval '1 second'");
    await admin.sql("UPDATE stores SET status = 'needsReauth'");
    expect(await claimDuePolls(workers[1], 10, 60)).toEqual([]);
    await admin.sql("UPDATE stores SET status = 'active'");
    expect(await claimDuePolls(workers[1], 10, 60)).toHaveLength(2);
  });

  it('are moved on by one of two who looked at once', async () => {
    await put('orders.list');
    const [one] = await claimDuePolls(workers[0], 10, 60);
    const poll = await find(one?.id ?? '');
    if (poll === undefined) throw new Error('there is no poll');
    expect([poll.changedTo, poll.seen]).toEqual([START, {}]);
    const to = { changedTo: new Date(START.getTime() + 1), seen: { '7': '2026-11-28T12:00:00.124Z', '8': 'x' } };
    const moves = await Promise.all(
      workers.map((worker) => worker.withTenant(tenant.tenantId, (tx) => advancePoll(tx, poll, to))),
    );
    expect([...moves].sort()).toEqual([false, true]);
    expect(await find(poll.id)).toMatchObject(to);
    // What nobody changed is moved on from where it stands.
    const again = await workers[1].withTenant(tenant.tenantId, (tx) =>
      advancePoll(tx, to.seen === poll.seen ? poll : { ...poll, ...to }, to),
    );
    expect(again).toBe(true);
  });

  it('go on where they stand when the store is connected again, and end with the access', async () => {
    await put('orders.list', 'products.list');
    await admin.sql("UPDATE polls SET changed_to = now(), attempt = 3, due_at = now() + interval '1 hour'");
    await put('orders.list');
    const rows = await admin.sql(
      'SELECT operation, attempt, changed_to > $1 AS later, due_at <= now() AS due FROM polls',
      [START],
    );
    expect(rows).toEqual([{ operation: 'orders.list', attempt: 0, later: true, due: true }]);
  });

  it('wait after a failure and keep its reason', async () => {
    await put('orders.list');
    const [one] = await claimDuePolls(workers[0], 10, 60);
    const failure = { code: 'platform_unavailable', message: 'x'.repeat(600) };
    await workers[0].withTenant(tenant.tenantId, (tx) => reschedulePoll(tx, one?.id ?? '', 60, failure));
    expect(await claimDuePolls(workers[0], 10, 60)).toEqual([]);
    const rows = await admin.sql(
      'SELECT attempt, last_error_code AS code, length(last_error_message) AS length FROM polls',
    );
    expect(rows).toEqual([{ attempt: 1, code: 'platform_unavailable', length: 500 }]);
  });
});
