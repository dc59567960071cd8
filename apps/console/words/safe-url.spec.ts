import { describe, expect, it } from 'vitest';
import { ownPlace, pathOf, queryOf, safeHref } from './safe-url.js';

describe('safeHref', () => {
  it.each([
    ['https://shop.example/admin', 'https://shop.example/admin'],
    ['http://127.0.0.1:4010/x', 'http://127.0.0.1:4010/x'],
    ['/stores/sto_1?x=1#y', '/stores/sto_1?x=1#y'],
    ['/', '/'],
  ])('takes %s', (text, href) => expect(safeHref(text)).toBe(href));

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    '\u0001javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'blob:https://x/y',
    'file:///etc/passwd',
    '//evil.example/x',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    'https:evil.example',
    'https://user:pass@shop.example/',
    'stores/1',
    '',
    'https://',
  ])('refuses %j', (text) => expect(safeHref(text)).toBeNull());
});

describe('ownPlace', () => {
  it('is a path of the console alone', () => {
    expect(ownPlace('/stores/sto_1')).toBe('/stores/sto_1');
    expect(['https://evil.example', '//evil.example', 'javascript:1', '/%09/evil.example'].map(ownPlace)).toEqual([
      null,
      null,
      null,
      '/%09/evil.example',
    ]);
  });

  it('does not let dots climb into another place that starts with two slashes', () => {
    expect(ownPlace('/x/..//evil.example')).toBeNull();
  });
});

it('keeps an id in its segment', () => {
  expect(pathOf`/ops/stores/${'../../x?y#z'}/retry`).toBe('/ops/stores/..%2F..%2Fx%3Fy%23z/retry');
  expect(pathOf`/ops/stores/${'..'}`).toBe('/ops/stores/-');
});

it('writes what is set into a query', () => {
  expect(queryOf({ search: 'a&b', who: '', state: undefined, limit: '50' })).toBe('?search=a%26b&limit=50');
  expect(queryOf({})).toBe('');
});
