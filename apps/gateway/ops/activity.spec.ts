import { describe, expect, it } from 'vitest';
import { LATENCY_BOUNDS_MS } from '#contract';
import { spanOf } from './activity.js';

const AT = '2026-11-29T12:00:00.000Z';
const bucketsWith = (counts: Readonly<Record<number, number>>) =>
  [...LATENCY_BOUNDS_MS, Infinity].map((_, place) => counts[place] ?? 0);

describe('a span of calls', () => {
  it('knows no time of calls that were not made', () => {
    expect(spanOf(AT, [])).toEqual({ at: AT, calls: 0, outcomes: {}, medianMs: null, slowMs: null });
  });

  it('sums what several minutes and processes have counted', () => {
    const ok = { outcome: 'ok', calls: 90, sumMs: 9000, maxMs: 240, buckets: bucketsWith({ 1: 90 }) } as const;
    const late = {
      outcome: 'unavailable',
      calls: 10,
      sumMs: 9000,
      maxMs: 31_000,
      buckets: bucketsWith({ 9: 10 }),
    } as const;
    expect(spanOf(AT, [ok, ok, late])).toEqual({
      ...{ at: AT, calls: 190, outcomes: { ok: 180, unavailable: 10 } },
      ...{ medianMs: LATENCY_BOUNDS_MS[1], slowMs: 31_000 },
    });
  });

  it('never says more than the longest call took', () => {
    const minute = { outcome: 'ok', calls: 1, sumMs: 60, maxMs: 60, buckets: bucketsWith({ 1: 1 }) } as const;
    expect(spanOf(AT, [minute])).toMatchObject({ medianMs: 60, slowMs: 60 });
  });
});
