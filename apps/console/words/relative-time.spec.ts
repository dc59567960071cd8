import { describe, expect, it } from 'vitest';
import { daysUntil, relativeTime, shortSpan, span } from './relative-time.js';

const NOW = Date.parse('2026-11-29T12:00:00Z');
const away = (seconds: number) => new Date(NOW + seconds * 1_000).toISOString();

describe('relativeTime', () => {
  it.each([
    [0, 'now'],
    [-4.9, 'now'],
    [-5, '5 s ago'],
    [-59, '59 s ago'],
    [-60, '1 min ago'],
    [-3_599, '59 min ago'],
    [-3 * 3_600, '3 h ago'],
    [-47 * 3_600, '47 h ago'],
    [-48 * 3_600, '2 d ago'],
    [30, 'in 30 s'],
    [90, 'in 1 min'],
    [14 * 86_400, 'in 14 d'],
    [4_000 * 86_400, 'in 4,000 d'],
  ])('%d s from now is %j', (seconds, words) => {
    expect(relativeTime(away(seconds), NOW)).toBe(words);
  });

  it('shows what is no instant as it came', () => {
    expect(relativeTime('soon', NOW)).toBe('soon');
  });
});

describe('spans', () => {
  it.each([
    [0, '0 s'],
    [59.9, '59 s'],
    [61, '1 min 1 s'],
    [120, '2 min'],
    [7_500, '2 h 5 min'],
    [3_601, '1 h'],
    [90_000, '1 d 1 h'],
    [86_400, '1 d'],
    [-5, '0 s'],
  ])('%d s is %j', (seconds, words) => {
    expect(span(seconds)).toBe(words);
  });

  it('rounds down, so that a limit is never said to be reached before it is', () => {
    expect(shortSpan(3_599)).toBe('59 min');
    expect(daysUntil(away(86_399), NOW)).toBe(0);
    expect(daysUntil(away(-1), NOW)).toBe(-1);
  });
});
