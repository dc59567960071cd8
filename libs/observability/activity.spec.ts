import { describe, expect, it, vi } from 'vitest';
import { LATENCY_BOUNDS_MS } from '#contract';
import { type ActivityMinute, createActivity } from './activity.js';

const MINUTE = new Date('2026-11-29T10:00:00.000Z');
const sum = (numbers: readonly number[] = []): number => numbers.reduce((all, one) => all + one, 0);

describe('activity by the minute', () => {
  it('is one row for each outcome, with how long each took', async () => {
    const write = vi.fn<(minutes: readonly ActivityMinute[]) => Promise<void>>(() => Promise.resolve());
    const activity = createActivity({ write, now: () => new Date(MINUTE.getTime() + 59_999), report: vi.fn() });
    const [first] = LATENCY_BOUNDS_MS;
    for (const ms of [first, first, 999_999]) activity.call('one', null, ms);
    activity.call('two', null, 1);
    activity.refresh('one', 'renewed', null, 5);
    await activity.close();
    const rows = write.mock.calls.flatMap(([minutes]) => minutes);
    expect(rows.map(({ minute, kind, platform, count }) => [minute, kind, platform, count])).toEqual([
      [MINUTE, 'call', 'one', 3],
      [MINUTE, 'call', 'two', 1],
      [MINUTE, 'refresh', 'one', 1],
    ]);
    expect(rows[0]).toMatchObject({ sumMs: 2 * first + 999_999, maxMs: 999_999 });
    expect([rows[0]?.buckets[0], rows[0]?.buckets.at(-1)]).toEqual([2, 1]);
    expect(rows[0]?.buckets).toHaveLength(LATENCY_BOUNDS_MS.length + 1);
  });

  it('is kept while it cannot be written, and added to', async () => {
    let isAway = true;
    const written: ActivityMinute[] = [];
    const report = vi.fn();
    const activity = createActivity({
      write(minutes) {
        if (isAway) return Promise.reject(new Error('away'));
        written.push(...minutes);
        return Promise.resolve();
      },
      now: () => MINUTE,
      report,
    });
    activity.call('one', null, 10);
    await activity.flush();
    expect(report.mock.calls).toMatchObject([[{ kept: 1, lost: 0 }]]);
    isAway = false;
    activity.call('one', null, 30);
    await activity.close();
    expect(written).toMatchObject([{ count: 2, sumMs: 40, maxMs: 30 }]);
    expect(sum(written[0]?.buckets)).toBe(2);
  });
});
