import { describe, expect, it } from 'vitest';
import { headersToSend } from './outgoing-message.js';

const url = new URL('https://shop.example.com/');
const send = (method: string, headers: Record<string, string>) =>
  headersToSend({ method, url, headers }, 'Shopspan/test');

describe('headersToSend', () => {
  it.each([
    ['line feed', { 'x-a': 'a\nInjected: 1' }],
    ['carriage return', { 'x-a': 'a\r\nInjected: 1' }],
    ['trailing line end', { 'x-a': 'a\r\n' }],
    ['line end in a credential', { authorization: 'Bearer t\r\nx: y' }],
    ['NUL', { 'x-a': 'a\u0000b' }],
    ['beyond Latin-1', { 'x-a': 'a\u010aInjected: 1' }],
    ['line separator', { 'x-a': 'a\u2028b' }],
    ['name with a colon', { 'x-a: b': 'c' }],
    ['name with a line end', { 'x-a\r\nx-b': 'c' }],
    ['name with a space', { 'x a': 'c' }],
    ['empty name', { '': 'c' }],
    ['two spellings of one name', { 'X-A': '1', 'x-a': '2' }],
  ])('takes no message with a header of this kind: %s', (_what, headers: Record<string, string>) => {
    expect(send('GET', headers)).toBeUndefined();
  });

  it.each(['TRACE', 'CONNECT', 'TRACK', 'get', 'GET /x HTTP/1.1\r\n', 'G T', 'GET\n', 'GÉT', ''])(
    'takes no message with the method %j',
    (method) => {
      expect(send(method, {})).toBeUndefined();
    },
  );

  it('gives a name that every object has no other meaning', () => {
    const headers = Object.fromEntries([['__proto__', 'a']]);
    expect(Object.entries(send('GET', { ...headers, constructor: 'b' }) ?? {})).toEqual(
      expect.arrayContaining([
        ['__proto__', 'a'],
        ['constructor', 'b'],
      ]),
    );
  });

  it('keeps tabs, spaces and Latin-1 within values, and every mark a name may have', () => {
    const headers = { "x!#$%&'*+-.^_`|~1": 'a\tb c é' };
    expect(send('PROPFIND', headers)).toEqual({ ...headers, accept: '*/*', 'user-agent': 'Shopspan/test' });
  });
});
