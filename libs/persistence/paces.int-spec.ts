import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { freshDatabase, type FreshDatabase } from '../../test/setup/database.js';
import { fillTenant, openSession, type Session } from '../../test/setup/tenants.js';
import { type Database, openDatabase } from './database.js';
import { endStoreCall, type PaceRequest, takeStoreCall } from './paces.js';

let fresh: FreshDatabase;
let admin: Session;
let storeId: string;
/** Two processes: a gateway and a worker. */
let processes: readonly [Database, Database];
beforeAll(async () => {
  fresh = await freshDatabase();
  admin = await openSession(fresh.adminUrl);
  ({ storeId } = await fillTenant(admin, 'ada'));
  const open = (url: string) => openDatabase({ url, poolSize: 10, applicationName: 'test' });
  processes = [open(fresh.urls.app), open(fresh.urls.worker)];
});
afterAll(async () => {
  await Promise.all(processes.map((one) => one.close()));
  await admin.end();
  await fresh.drop();
});
beforeEach(async () => {
  await admin.sql('DELETE FROM store_calls');
  await admin.sql('DELETE FROM store_paces');
});

const ask = (more: Partial<PaceRequest> = {}): PaceRequest => ({
  ...{ storeId, callId: randomUUID(), cost: 1, bucket: undefined, places: undefined, seconds: 60 },
  ...more,
});
const say = (strained: boolean | undefined) => ({ strained, budget: undefined });
const places = async (): Promise<number> =>
  Number((await admin.sql('SELECT places FROM store_paces'))[0]?.['places'] ?? Number.NaN);

describe('the budget of a store', () => {
  const bucket = { capacity: 100, perSecond: 1 };

  it('is one for all processes', async () => {
    const [gateway, worker] = processes;
    expect(await takeStoreCall(gateway, ask({ cost: 60, bucket }))).toBe(0);
    expect(await takeStoreCall(worker, ask({ cost: 40, bucket }))).toBe(0);
    for (const one of processes) {
      const wait = (await takeStoreCall(one, ask({ cost: 50, bucket }))) ?? 0;
      // 50 points at one a second, less what came back since.
      expect(wait).toBeGreaterThan(45_000);
      expect(wait).toBeLessThanOrEqual(50_000);
    }
  });

  it('gives out no more than it holds, however many ask at once', async () => {
    const asked = Array.from({ length: 40 }, (_, turn) =>
      takeStoreCall(processes[turn % 2 === 0 ? 0 : 1], ask({ cost: 10, bucket: { ...bucket, perSecond: 0.001 } })),
    );
    expect((await Promise.all(asked)).filter((wait) => wait === 0)).toHaveLength(10);
  });

  it('lets in a call that is dearer than the bucket once it is full, instead of never', async () => {
    expect(await takeStoreCall(processes[0], ask({ cost: 5000, bucket }))).toBe(0);
  });

  it('is what the platform says it is', async () => {
    const first = ask({ cost: 10, bucket });
    await takeStoreCall(processes[0], first);
    const budget = { remaining: 3, capacity: 2000, perSecond: 50 };
    await endStoreCall(processes[0], first, { strained: false, budget });
    const wait = (await takeStoreCall(processes[1], ask({ cost: 103, bucket }))) ?? 0;
    expect(wait).toBeGreaterThan(1000);
    expect(wait).toBeLessThanOrEqual(2000);
  });

  it('is nobody’s for a store that is not kept', async () => {
    expect(await takeStoreCall(processes[0], ask({ storeId: randomUUID(), bucket }))).toBeUndefined();
  });
});

describe('the places of a store', () => {
  const adaptive = { first: 2, most: 4 };

  it('are counted over all processes', async () => {
    const first = ask({ places: adaptive });
    expect(await takeStoreCall(processes[0], first)).toBe(0);
    expect(await takeStoreCall(processes[1], ask({ places: adaptive }))).toBe(0);
    expect(await takeStoreCall(processes[1], ask({ places: adaptive }))).toBeGreaterThan(0);
    await endStoreCall(processes[0], first, say(undefined));
    expect(await takeStoreCall(processes[1], ask({ places: adaptive }))).toBe(0);
  });

  it('grow by one for as many calls as there are, up to the most', async () => {
    for (let calls = 0; calls < 60; calls += 1) {
      const one = ask({ places: adaptive });
      await takeStoreCall(processes[0], one);
      await endStoreCall(processes[0], one, say(false));
      if (calls === 1) expect(await places()).toBeCloseTo(2.9, 1);
    }
    expect(await places()).toBe(4);
  });

  it('are halved when the shop shows strain, and never fewer than one', async () => {
    for (const left of [1, 1, 1]) {
      const one = ask({ places: adaptive });
      await takeStoreCall(processes[0], one);
      await endStoreCall(processes[0], one, say(true));
      expect(await places()).toBe(left);
    }
    expect(await takeStoreCall(processes[0], ask({ places: adaptive }))).toBe(0);
    expect(await takeStoreCall(processes[1], ask({ places: adaptive }))).toBeGreaterThan(0);
  });

  it('come back from a process that died in the middle of a call', async () => {
    const dead = ask({ places: { first: 1, most: 1 } });
    await takeStoreCall(processes[0], dead);
    expect(await takeStoreCall(processes[1], ask({ places: { first: 1, most: 1 } }))).toBeGreaterThan(0);
    await admin.sql("UPDATE store_calls SET ends_at = now() - interval '1 second'");
    expect(await takeStoreCall(processes[1], ask({ places: { first: 1, most: 1 } }))).toBe(0);
  });
});
