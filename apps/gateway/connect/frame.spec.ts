import { describe, expect, it } from 'vitest';
import { withOurs, withoutOurs } from './frame.js';

describe('an address with what our screens add to it', () => {
  it.each(['/connect/x', '/connect/callback/h?code=1&state=a&hmac=b', '/connect/x?search=tea'])(
    'is again what it was: %s',
    (address) => {
      const changed = withOurs(withOurs(withOurs(address, 'language', 'de'), 'waited', '12'), 'again', '1');
      expect(changed).not.toBe(address);
      expect(withoutOurs(changed)).toBe(address);
    },
  );

  it.each([
    '/connect/callback/h?language=de&code=1',
    '/connect/callback/h?code=1&language=xx',
    '/connect/callback/h?code=1&waited=many',
    '/connect/x?notlanguage=de',
  ])('keeps what a platform may have signed: %s', (address) => {
    expect(withoutOurs(address)).toBe(address);
  });
});
