import { GatewayError } from '#contract';
import { describe, expect, it } from 'vitest';
import { HOSTILE_ADDRESSES } from '../testing/hostile-addresses.js';
import { invalidField, readStoreUrl } from './store-url.js';

describe('the address of a shop', () => {
  it.each([
    ['shop.example.com', 'https://shop.example.com/'],
    ['  shop.example.com  ', 'https://shop.example.com/'],
    ['SHOP.Example.COM', 'https://shop.example.com/'],
    ['https://shop.example.com', 'https://shop.example.com/'],
    ['http://shop.example.com', 'http://shop.example.com/'],
    ['HTTPS://shop.example.com///', 'https://shop.example.com/'],
    ['shop.example.com/de/shop', 'https://shop.example.com/de/shop/'],
    ['https://shop.example.com:8443/x/?utm=1#top', 'https://shop.example.com:8443/x/'],
    ['https://shop.example.com:443/', 'https://shop.example.com/'],
    ['shop.example.com:8443', 'https://shop.example.com:8443/'],
    ['bücher.example', 'https://xn--bcher-kva.example/'],
    ['shop。example。com', 'https://shop.example.com/'],
    ['https://shop.example.com/a/../b', 'https://shop.example.com/b/'],
    ['https://shop.example.com/%2e%2e/a', 'https://shop.example.com/a/'],
    // Whether they may be called is the egress rule's business.
    ['127.0.0.1', 'https://127.0.0.1/'],
    ['http://[::1]:8080/x', 'http://[::1]:8080/x/'],
    ['2130706433', 'https://127.0.0.1/'],
  ])('%j is %s', (typed, read) => {
    expect(readStoreUrl(typed, 'url').href).toBe(read);
  });

  it.each([
    ...HOSTILE_ADDRESSES,
    'ws://shop.example.com',
    'gopher://shop.example.com',
    'blob:https://shop.example.com/x',
    'view-source:https://shop.example.com',
    'https:shop.example.com@evil.example.net',
    'https://shop.example.com/@evil.example.net',
    'https://@shop.example.com',
    'https://:@shop.example.com',
    'https://shop.example.com\t.evil.example.net',
    'https://shop.example.com\u2028.evil.example.net',
    'https://shop.example.com＠evil.example.net',
    'https://shop.example.com／..evil',
    'https://1.2.3.4.5',
    'https://0x7f.1.1.1.1',
    'https://shop..example.com.',
    'https://xn--a.example.com.',
  ])('is refused, naming the field, when nobody would type it: %#', (typed) => {
    const read = (): unknown => readStoreUrl(typed, 'shopUrl');
    expect(read).toThrow(GatewayError);
    expect(read).toThrow(
      expect.objectContaining({
        code: 'request_invalid',
        context: { fields: [expect.objectContaining({ path: 'shopUrl' })] },
      }),
    );
  });

  it('is refused when it is longer than any, before any work on it', () => {
    expect(readStoreUrl(`https://shop.example.com/${'a'.repeat(1900)}`, 'url').pathname).toHaveLength(1902);
    for (const typed of [`https://x/${'/'.repeat(5_000_000)}y`, `${'a.'.repeat(1000)}com`, ' '.repeat(2001)]) {
      expect(() => readStoreUrl(typed, 'url')).toThrow(expect.objectContaining({ code: 'request_invalid' }));
    }
  });
});

it('names the field that is wrong, once for the message and once for the form', () => {
  const error = invalidField('key', 'Paste the key.');
  expect([error.code, error.message, error.context.fields]).toEqual([
    'request_invalid',
    'Paste the key.',
    [{ path: 'key', message: 'Paste the key.' }],
  ]);
});
