import { describe, expect, it } from 'vitest';
import { counted, milliseconds, percent, range } from './numbers.js';

describe('percent', () => {
  it.each([
    [1, '100%'],
    [0.99996, '99.99%'],
    [0.995, '99.5%'],
    [0.99, '99%'],
    [0.424, '42%'],
    [0, '0%'],
  ])('%d is %j', (value, words) => expect(percent(value)).toBe(words));
});

it('says milliseconds in the unit that reads best', () => {
  expect([null, 0, 999, 1_000, 12_345].map(milliseconds)).toEqual(['–', '0 ms', '999 ms', '1 s', '12.3 s']);
});

it('counts nouns', () => {
  expect([counted(1, 'store'), counted(0, 'store'), counted(1_234, 'delivery', 'deliveries')]).toEqual([
    '1 store',
    '0 stores',
    '1,234 deliveries',
  ]);
});

it('says which of all are shown', () => {
  expect(range(1, 50, 10_000)).toBe('1–50 of 10,000');
  expect(range(1, 0, 0)).toBe('0 of 0');
});
