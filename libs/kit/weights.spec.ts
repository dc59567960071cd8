import { describe, expect, it } from 'vitest';
import { weightIn } from './weights.js';

describe('a weight in the unit of a shop', () => {
  it.each([
    ['kg', { value: '0.4', unit: 'kg' }, '0.4'],
    ['g', { value: '0.4', unit: 'kg' }, '400'],
    ['lb', { value: '0.4', unit: 'kg' }, '0.881849'],
    ['kg', { value: '16', unit: 'oz' }, '0.453592'],
    ['lb', { value: '0', unit: 'g' }, '0'],
  ] as const)('in %s of %j is %s', (wanted, weight, expected) => {
    expect(weightIn(wanted, weight)).toBe(expected);
  });

  it('is refused where nothing would be left of it', () => {
    expect(() => weightIn('kg', { value: '0.0001', unit: 'g' })).toThrow(RangeError);
  });
});
