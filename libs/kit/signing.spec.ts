import { type OutgoingRequest, Secret } from '#contract';
import { describe, expect, it } from 'vitest';
import { equalInConstantTime, hmacSha256, percentEncode, withBasic, withHeader } from './signing.js';

const request: OutgoingRequest = {
  method: 'GET',
  url: new URL('https://shop.example.com/a'),
  headers: { accept: 'x' },
};

describe('a signed request', () => {
  it('is a copy with one header more', () => {
    const signed = withHeader(request, 'x-token', 'abc');
    expect(signed).toEqual({ ...request, headers: { accept: 'x', 'x-token': 'abc' } });
    expect(request.headers).toEqual({ accept: 'x' });
  });

  // Example of RFC 7617, section 2; the second has characters outside ASCII and a colon in the password.
  it.each([
    ['Aladdin', 'open sesame', 'Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=='],
    ['test', '123£:x', `Basic ${Buffer.from('test:123£:x', 'utf8').toString('base64')}`],
  ])('by Basic carries user and password', (user, password, header) => {
    expect(withBasic(request, new Secret(user), new Secret(password)).headers['authorization']).toBe(header);
  });
});

describe('comparison', () => {
  it.each<[string, string, boolean]>([
    ['abc', 'abc', true],
    ['', '', true],
    ['abc', 'abd', false],
    ['xbc', 'abc', false],
    ['ab', 'abc', false],
    ['abcd', 'abc', false],
    ['', 'abc', false],
    ['ABC', 'abc', false],
    ['\u00e9', 'e\u0301', false],
  ])('of %j and %j is %s', (given, expected, equal) => {
    expect(equalInConstantTime(given, expected)).toBe(equal);
  });
});

// RFC 4231, test case 2.
it('is HMAC-SHA-256', () => {
  const hex = '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843';
  const key = new Secret('Jefe');
  expect(hmacSha256(key, 'what do ya want for nothing?', 'hex')).toBe(hex);
  expect(hmacSha256(key, Buffer.from('what do ya want for nothing?'), 'base64')).toBe(
    Buffer.from(hex, 'hex').toString('base64'),
  );
});

// RFC 5849, section 3.6.
it.each([
  ['azAZ09-._~', 'azAZ09-._~'],
  [' ', '%20'],
  ['+', '%2B'],
  ["!'()*", '%21%27%28%29%2A'],
  ['☃/?&=', '%E2%98%83%2F%3F%26%3D'],
])('percent-encodes %j as %s', (text, encoded) => {
  expect(percentEncode(text)).toBe(encoded);
});
