import { describe, expect, it } from 'vitest';
import { dateBound, parseDateParameter } from './date-filter.js';
import { instantOfWall, localText, utcText, zoneOffset } from './local-time.js';

const BERLIN = 'Europe/Berlin';
const NEW_YORK = 'America/New_York';
const seconds = (text: string): number => Date.parse(text) / 1000;

function bound(text: string, datesAreGmt: boolean, timeZone: string): string {
  const date = parseDateParameter(text);
  return date ? utcText(dateBound(date, datesAreGmt, timeZone)) : 'Invalid date.';
}

// The table of the fact sheet, section 4.3.
describe('dateBound', () => {
  it.each([
    ['2024-01-01T00:00:00', true, NEW_YORK, '2024-01-01T00:00:00'],
    ['2024-01-01T00:00:00', false, NEW_YORK, '2024-01-01T05:00:00'],
    ['2024-07-01T00:00:00', false, NEW_YORK, '2024-07-01T04:00:00'],
    ['2024-01-01T00:00:00Z', false, NEW_YORK, '2024-01-01T00:00:00'],
    ['2024-01-01T00:00:00+09:00', false, NEW_YORK, '2023-12-31T15:00:00'],
    ['2024-01-01T00:00:00Z', true, NEW_YORK, '2023-12-31T19:00:00'],
    // Recorded: orders-modified-after-boundary-plus-30min-Z-gmt-flag.json and …-minus-30min-offset.json find nothing.
    ['2026-09-21T17:35:06Z', true, BERLIN, '2026-09-21T19:35:06'],
    ['2026-09-21T17:35:06+01:00', true, BERLIN, '2026-09-21T18:35:06'],
    ['2024-01-01 00:00:00', true, BERLIN, '2024-01-01T00:00:00'],
  ])('%s with dates_are_gmt=%s in %s means %s UTC', (text, flag, zone, expected) => {
    expect(bound(text, flag, zone)).toBe(expected);
  });

  it.each(['yesterday', '2024-01-01', '2024-13-01T00:00:00', '2024-01-01T00:00:00 01:00', '', '1704067200'])(
    'refuses %j',
    (text) => {
      expect(parseDateParameter(text)).toBeUndefined();
    },
  );
});

describe('local time', () => {
  it('knows summer time', () => {
    expect(zoneOffset(seconds('2026-07-01T00:00:00Z'), NEW_YORK)).toBe(-4 * 3600);
    expect(zoneOffset(seconds('2026-12-01T00:00:00Z'), NEW_YORK)).toBe(-5 * 3600);
    expect(localText(seconds('2026-09-21T15:05:06Z'), BERLIN)).toBe('2026-09-21T17:05:06');
  });

  it('takes the earlier of two, and the clock before the change in the hour that is skipped', () => {
    expect(utcText(instantOfWall(seconds('2026-10-25T02:30:00Z'), BERLIN))).toBe('2026-10-25T00:30:00');
    expect(utcText(instantOfWall(seconds('2026-03-29T02:30:00Z'), BERLIN))).toBe('2026-03-29T01:30:00');
    expect(utcText(instantOfWall(seconds('2026-11-01T01:30:00Z'), NEW_YORK))).toBe('2026-11-01T05:30:00');
  });
});
