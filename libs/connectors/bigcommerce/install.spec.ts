import { createHmac } from 'node:crypto';
import { GatewayError, Secret } from '#contract';
import { describe, expect, it } from 'vitest';
import { app } from './install.js';

// The vector of the fact sheet, verified there with jsonwebtoken 9.
const SECRET = 'bc_test_client_secret_0123456789abcdef';
const VECTOR =
  'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJhdWQiOiJiYy1jbGllbnQtaWQtMTIzIiwiaXNzIjoiYmMiLCJpYXQiOjE3OTUzNDQwMDAsIm5iZiI6MTc5NTM0Mzk5NSwiZXhwIjoxNzk1NDMwNDAwLCJqdGkiOiIxMTExMTExMS0yMjIyLTQzMzMtODQ0NC01NTU1NTU1NTU1NTUiLCJzdWIiOiJzdG9yZXMvYWJjMTIzeHl6IiwidXNlciI6eyJpZCI6OTEyOCwiZW1haWwiOiJvd25lckBleGFtcGxlLmNvbSIsImxvY2FsZSI6ImVuLVVTIn0sIm93bmVyIjp7ImlkIjo5MTI4LCJlbWFpbCI6Im93bmVyQGV4YW1wbGUuY29tIn0sInVybCI6Ii8iLCJjaGFubmVsX2lkIjpudWxsfQ.As3HMRcluTQQhQGwX0SCegQREzHlsQmVArheJq-vRv0';
const NOW = 1_795_344_001;
const CLIENT = 'bc-client-id-123';

const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const GOOD = { aud: CLIENT, iss: 'bc', iat: NOW, nbf: NOW - 5, exp: NOW + 86_400, sub: 'stores/abc123xyz' };

function jwt(claims: object, header: object = { alg: 'HS256', typ: 'JWT' }, secret = SECRET): string {
  const text = `${encoded(header)}.${encoded(claims)}`;
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}

function verify(token: string, now = NOW, secrets = [SECRET]) {
  const proof = { clientId: CLIENT, clientSecrets: secrets.map((one) => new Secret(one)), now: new Date(now * 1000) };
  return app.provenCall(new URLSearchParams({ signed_payload_jwt: token }), proof);
}

function refusal(run: () => unknown): string {
  try {
    run();
    return 'taken';
  } catch (error) {
    return GatewayError.is(error) ? error.code : String(error);
  }
}

describe('a signed payload', () => {
  it('is proven by the known vector, with the secret before a change too', () => {
    expect(verify(VECTOR)).toMatchObject({
      address: { account: 'abc123xyz', apiRoot: new URL('https://api.bigcommerce.com/stores/abc123xyz/') },
      at: new Date('2026-11-22T10:40:00Z'),
    });
    expect(verify(VECTOR, NOW, ['another', SECRET]).address.account).toBe('abc123xyz');
    expect(verify(jwt(GOOD)).address.account).toBe('abc123xyz');
  });

  it.each<[string, () => unknown]>([
    ['another secret', () => verify(VECTOR, NOW, ['another'])],
    ['no secret', () => verify(VECTOR, NOW, [])],
    ['another algorithm', () => verify(jwt(GOOD, { alg: 'none' }))],
    ['no signature', () => verify(`${encoded({ alg: 'none' })}.${encoded(GOOD)}.`)],
    ['another app', () => verify(jwt({ ...GOOD, aud: 'other' }))],
    ['another issuer', () => verify(jwt({ ...GOOD, iss: 'x' }))],
    ['no shop', () => verify(jwt({ ...GOOD, sub: 'stores/../x' }))],
    ['a shop that is none', () => verify(jwt({ ...GOOD, sub: 'abc123xyz' }))],
    ['no end', () => verify(jwt({ ...GOOD, exp: undefined }))],
    ['an end that has passed', () => verify(jwt({ ...GOOD, exp: NOW - 61 }))],
    ['a beginning to come', () => verify(jwt({ ...GOOD, nbf: NOW + 61 }))],
    ['no JSON', () => verify('a.b.c')],
    ['too many parts', () => verify(`${VECTOR}.x`)],
    ['nothing', () => verify('')],
  ])('is refused with %s', (_, run) => {
    expect(refusal(run)).toBe('connect_callback_invalid');
  });

  it('may come a minute early or late', () => {
    expect(verify(jwt({ ...GOOD, exp: NOW - 59 })).address.account).toBe('abc123xyz');
    expect(verify(jwt({ ...GOOD, nbf: NOW + 59 })).address.account).toBe('abc123xyz');
  });

  it('counts once', () => {
    const query = new URLSearchParams([
      ['signed_payload_jwt', VECTOR],
      ['signed_payload_jwt', VECTOR],
    ]);
    const proof = { clientId: CLIENT, clientSecrets: [new Secret(SECRET)], now: new Date(NOW * 1000) };
    expect(refusal(() => app.provenCall(query, proof))).toBe('connect_callback_invalid');
  });
});

describe('an installation', () => {
  const callback = new URLSearchParams({
    code: 'c',
    context: 'stores/abc123xyz',
    scope: 'store_v2_orders users_basic',
  });

  it('sends back context and scope with the code', () => {
    expect(app.tokenParameters(callback)).toEqual({
      context: 'stores/abc123xyz',
      scope: 'store_v2_orders users_basic',
    });
    for (const context of ['', 'abc123xyz', 'stores/', 'stores/a/b', 'stores/A B'])
      expect(refusal(() => app.tokenParameters(new URLSearchParams({ context })))).toBe('connect_callback_invalid');
  });

  it('believes the shop of the token, if it is the one that the callback named', () => {
    expect(app.locateGranted({ context: 'stores/abc123xyz' }, callback).account).toBe('abc123xyz');
    for (const context of ['stores/other', 'abc123xyz', undefined, 7])
      expect(refusal(() => app.locateGranted({ context }, callback))).toBe('connect_callback_invalid');
  });
});
