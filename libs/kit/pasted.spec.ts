import { describe, expect, it } from 'vitest';
import { pastedSecret, pastedText } from './pasted.js';

describe('what a merchant pastes', () => {
  it('is taken without the blanks around it', () => {
    expect(pastedText({ key: ' abcd\n' }, 'key')).toBe('abcd');
    expect(pastedSecret({ key: '\tabcd' }, 'key').expose()).toBe('abcd');
  });

  it.each([undefined, '', 'abc', 'ab cd', 'ab\r\ncd', 'ünïcödé', 'x'.repeat(256)])(
    'is refused as %j, by name',
    (key) => {
      const refusal = { code: 'request_invalid', context: { fields: [{ path: 'key' }] } };
      expect(() => pastedText(key === undefined ? {} : { key }, 'key')).toThrow(
        expect.objectContaining({ code: refusal.code }),
      );
      expect(() => pastedSecret(key === undefined ? {} : { key }, 'key')).toThrow(/without spaces/);
    },
  );
});
