import { describe, expect, it } from 'vitest';
import { retryAfterMs } from './retry-after.js';

const HOUR = 3_600_000;
const headers = (values: Readonly<Record<string, string>>) => (name: string) => values[name];
const DATE = 'Sun, 22 Nov 2026 19:00:00 GMT';

describe('case 13: the wait an answer asks for', () => {
  it.each([
    ['120', 120_000],
    ['0', 0],
    ['2.5', 2500],
    [' 7 ', 7000],
    ['5, 9', 5000],
    ['315360000', HOUR],
    ['999999999999', HOUR],
    ['Sun, 22 Nov 2026 19:02:00 GMT', 120_000],
    ['Sunday, 22-Nov-26 19:02:00 GMT', 120_000],
    ['Sun, 22 Nov 2026 18:00:00 GMT', 0],
    ['Fri, 01 Jan 2100 00:00:00 GMT', HOUR],
  ])('in its header %j', (value, wait) => {
    expect(retryAfterMs(headers({ 'retry-after': value, date: DATE }), undefined, 1)).toBe(wait);
  });

  it.each(['', 'soon', '-5', 'NaN', 'Infinity', '1e9', '0x10', '12 seconds', '2026-11-22', '9'.repeat(400)])(
    'is unknown when its header is %j',
    (value) => {
      expect(retryAfterMs(headers({ 'retry-after': value, date: DATE }), undefined, 1)).toBeUndefined();
    },
  );

  it('is measured by the own clock where the answer has none', () => {
    const wait = retryAfterMs(headers({ 'retry-after': new Date(Date.now() + 600_000).toUTCString() }), undefined, 1);
    expect(wait).toBeGreaterThan(500_000);
    expect(wait).toBeLessThanOrEqual(600_000);
  });

  it('is what the budget needs to fill up', () => {
    const budget = { remaining: 40, capacity: 1000, perSecond: 50 };
    expect(retryAfterMs(headers({}), { ...budget, needed: 140 }, 1)).toBe(2000);
    expect(retryAfterMs(headers({}), budget, 45)).toBe(100);
    expect(retryAfterMs(headers({}), { ...budget, needed: 10 }, 1)).toBe(0);
    expect(retryAfterMs(headers({ 'retry-after': '3' }), { ...budget, needed: 140 }, 1)).toBe(3000);
    expect(retryAfterMs(headers({}), { ...budget, needed: 140, perSecond: 0 }, 1)).toBeUndefined();
    expect(retryAfterMs(headers({}), { ...budget, needed: NaN }, 1)).toBeUndefined();
    expect(retryAfterMs(headers({}), { ...budget, needed: 1e12 }, 1)).toBe(HOUR);
  });
});
