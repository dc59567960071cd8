import { afterEach, describe, expect, it, vi } from 'vitest';
import { naiveUtcInstant, utcInstant } from './instants.js';

afterEach(() => vi.unstubAllEnvs());

describe('an instant with a zone', () => {
  it.each([
    ['2026-11-22T10:00:00Z', '2026-11-22T10:00:00Z'],
    ['2026-11-22T10:00:00.000Z', '2026-11-22T10:00:00Z'],
    ['2026-11-22T10:00:00.5Z', '2026-11-22T10:00:00.500Z'],
    ['2026-11-22T10:00:00.123456789Z', '2026-11-22T10:00:00.123Z'],
    ['2026-11-22T10:00:00+01:00', '2026-11-22T09:00:00Z'],
    ['2026-11-22T10:00:00+0530', '2026-11-22T04:30:00Z'],
    ['2026-11-22T00:30:00+14:00', '2026-11-21T10:30:00Z'],
    ['2026-11-22T23:30:00-09:30', '2026-11-23T09:00:00Z'],
    // The hour that a clock in Berlin shows twice, and the one it leaves out: the offset says which it is.
    ['2026-10-25T02:30:00+02:00', '2026-10-25T00:30:00Z'],
    ['2026-10-25T02:30:00+01:00', '2026-10-25T01:30:00Z'],
    ['2026-03-29T02:30:00+01:00', '2026-03-29T01:30:00Z'],
    ['2024-02-29T12:00:00Z', '2024-02-29T12:00:00Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00Z'],
    ['9999-12-31T23:59:59Z', '9999-12-31T23:59:59Z'],
  ])('%s is %s', (given, printed) => {
    expect(utcInstant(given)).toBe(printed);
  });

  it.each([
    '',
    '2026-11-22',
    '2026-11-22T10:00:00',
    '2026-11-22T10:00Z',
    '2026-11-22 10:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-02-30T00:00:00Z',
    '2026-02-29T00:00:00Z',
    '2026-04-31T00:00:00+02:00',
    '2026-11-00T00:00:00Z',
    '2026-11-22T25:00:00Z',
    '2026-11-22T10:61:00Z',
    '2026-11-22T10:00:00+25:00',
    '9999-12-31T23:59:59-12:00',
    '275760-09-13T00:00:00Z',
    '-000001-01-01T00:00:00Z',
    '1700000000',
    '1700000000000',
    'yesterday',
    '2026-11-22T10:00:00Z\n',
    ' 2026-11-22T10:00:00Z',
    '٢٠٢٦-11-22T10:00:00Z',
    `2026-11-22T10:00:00.${'0'.repeat(1_000_000)}Z`,
  ])('is refused when it is none: %#', (text) => {
    expect(() => utcInstant(text)).toThrow(RangeError);
    expect(() => utcInstant(text)).toThrow(/: .{0,40}$/s);
  });
});

describe('an instant whose platform means UTC without saying so', () => {
  it.each([
    ['2026-11-22T10:00:00', '2026-11-22T10:00:00Z'],
    ['2026-11-22 10:00:00', '2026-11-22T10:00:00Z'],
    ['2026-11-22 10:00:00.25', '2026-11-22T10:00:00.250Z'],
    // The hour that is missing in Berlin exists in UTC.
    ['2026-03-29T02:30:00', '2026-03-29T02:30:00Z'],
  ])('%s is %s, whatever zone this machine is in', (given, printed) => {
    vi.stubEnv('TZ', 'Europe/Berlin');
    expect(new Date(2026, 6, 1).getTimezoneOffset()).toBe(-120);
    expect(naiveUtcInstant(given)).toBe(printed);
  });

  it.each([
    '',
    '0000-00-00T00:00:00',
    '2026-02-30 00:00:00',
    '2026-11-22',
    '2026-11-22T10:00:00Z',
    '2026-11-22T10:00:00+01:00',
  ])('is refused when it is none or has a zone after all: %j', (text) => {
    expect(() => naiveUtcInstant(text)).toThrow(RangeError);
  });
});
