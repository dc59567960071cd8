import { describe, expect, it } from 'vitest';
import { fillBuckets, peak, totals } from './buckets.js';

const NAMES = ['ok', 'refused'] as const;
const at = (minute: number) => new Date(Date.UTC(2026, 10, 29, 12, minute)).toISOString();

describe('fillBuckets', () => {
  it('fills the gaps, adds what falls together and sorts', () => {
    const rows = fillBuckets(
      [
        { at: at(3), values: { ok: 2 } },
        { at: at(0), values: { ok: 1, refused: 4 } },
        { at: '2026-11-29T12:03:59.999Z', values: { refused: 1 } },
      ],
      NAMES,
      60,
    );
    expect(rows).toEqual([
      { at: at(0), ok: 1, refused: 4 },
      { at: at(1), ok: 0, refused: 0 },
      { at: at(2), ok: 0, refused: 0 },
      { at: at(3), ok: 2, refused: 1 },
    ]);
    expect(totals(rows, NAMES)).toEqual({ ok: 3, refused: 5 });
    expect(peak(rows, NAMES)?.at).toBe(at(0));
  });

  it('is bounded where one answer lies far off', () => {
    const rows = fillBuckets(
      [
        { at: '1970-01-01T00:00:00Z', values: { ok: 1 } },
        { at: at(0), values: { ok: 1 } },
      ],
      NAMES,
      60,
      10,
    );
    expect(rows).toHaveLength(10);
    expect(rows.at(-1)).toEqual({ at: at(0), ok: 1, refused: 0 });
  });

  it('has nothing to draw where nothing is known', () => {
    expect(fillBuckets([], NAMES, 60)).toEqual([]);
    expect(peak(fillBuckets([{ at: at(0), values: {} }], NAMES, 60), NAMES)).toBeUndefined();
  });
});
