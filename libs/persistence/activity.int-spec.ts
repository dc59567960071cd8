import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshDatabase, type FreshDatabase } from '../../test/setup/database.js';
import { addActivityMinutes, type CountedMinute, listPlatformMinutes } from './activity.js';
import { type Database, openDatabase } from './database.js';

let fresh: FreshDatabase;
let database: Database;
const NOW = Date.now();
const ago = (minutes: number) => new Date(Math.floor(NOW / 60_000) * 60_000 - minutes * 60_000);
const call = (minutes: number, outcome: CountedMinute['outcome'], count: number, maxMs: number): CountedMinute => ({
  ...{ minute: ago(minutes), kind: 'call', platform: 'example', outcome, reason: '', count, sumMs: count * 10, maxMs },
  buckets: [count, 0, count],
});

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase({ url: fresh.urls.app, poolSize: 1, applicationName: 'activity' });
  await addActivityMinutes(database, [
    ...[call(3, 'ok', 1, 50), call(100, 'ok', 2, 90), call(1400, 'ok', 4, 70)],
    ...[call(100, 'unavailable', 8, 31_000), call(1500, 'ok', 16, 99_000)],
  ]);
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

describe('calls of a stretch of time', () => {
  const since = new Date(NOW - 24 * 3600_000);

  it('are one step of each outcome from its beginning where no length is given, whatever the clock says', async () => {
    const [ok, unavailable, ...more] = await listPlatformMinutes(database, since, null);
    expect(ok).toEqual({
      ...{ at: since, platform: 'example', outcome: 'ok', calls: 7, sumMs: 70, maxMs: 90, buckets: [7, 0, 7] },
    });
    expect(unavailable).toMatchObject({ at: since, outcome: 'unavailable', calls: 8, maxMs: 31_000 });
    expect(more).toEqual([]);
  });

  it('are the same in steps, which begin where the clock has them', async () => {
    const steps = await listPlatformMinutes(database, since, 900);
    expect(steps.reduce((sum, { calls }) => sum + calls, 0)).toBe(15);
    expect(steps.map(({ at }) => at.getTime() % 900_000)).toEqual(steps.map(() => 0));
    expect(steps.map(({ outcome }) => outcome).sort()).toEqual(['ok', 'ok', 'ok', 'unavailable']);
  });
});
