import { describe, expect, it } from 'vitest';
import { authenticatedData } from './authenticated-data.js';

const hex = (...parts: readonly (string | number | Uint8Array)[]) => authenticatedData('use', ...parts).toString('hex');

describe('authenticatedData', () => {
  it('gives the same bytes for the same parts', () => {
    expect(hex('a', 1)).toBe(hex('a', 1));
  });

  it.each([
    [
      ['a', 'bc'],
      ['ab', 'c'],
    ],
    [['a', 'b'], ['ab']],
    [
      ['a', ''],
      ['', 'a'],
    ],
    [['a', ''], ['a']],
    [[], ['']],
    [
      ['a\0', 'b'],
      ['a', '\0b'],
    ],
    [['a,b'], ['a', 'b']],
    [['1'], [1]],
    [
      [1, 2],
      [2, 1],
    ],
    [[0], [Number.MAX_SAFE_INTEGER]],
    [['tenant'], ['Tenant']],
    [['\u00e9'], ['e\u0301']],
    [['\ud800'], ['\ud801']],
    [['\ud800'], ['\ufffd']],
    [['x'.repeat(65_536)], ['x'.repeat(65_535), 'x']],
  ])('tells %j from %j', (one, other) => {
    expect(hex(...one)).not.toBe(hex(...other));
  });

  it('does not let a part imitate the length prefix of the next one', () => {
    const whole = authenticatedData('use', 'a', 'b');
    const imitation = whole.subarray(authenticatedData('use').length + 4).toString('utf16le');
    expect(authenticatedData('use', imitation).equals(whole)).toBe(false);
  });

  it('tells uses apart, also where the label runs into the first part', () => {
    expect(authenticatedData('use', 'a').equals(authenticatedData('usea'))).toBe(false);
    expect(authenticatedData('use1').equals(authenticatedData('use2'))).toBe(false);
  });
});
