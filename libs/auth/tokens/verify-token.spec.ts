import { createHmac, createPublicKey } from 'node:crypto';
import type { CryptoKey } from 'jose';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { accessToken, newKey, RULES, type TestKey } from '../../../test/setup/access-tokens.js';
import { createVerificationKeys, type VerificationKeys, type StoredKey } from './verification-keys.js';
import { type AccessToken, verifyToken } from './verify-token.js';

let ours: TestKey;
let rsa: TestKey;
let keys: VerificationKeys;
const read = vi.fn<() => Promise<readonly StoredKey[]>>();
const fetched = vi.spyOn(globalThis, 'fetch');
beforeAll(async () => {
  [ours, rsa] = await Promise.all([newKey('ES256', 'ours'), newKey('RS256', 'rsa')]);
  read.mockResolvedValue([ours, rsa].map(({ kid, publicJwk }) => ({ kid, publicJwk, notAfter: null })));
  keys = createVerificationKeys({ read, elapsed: () => 0 });
});

const seconds = () => Math.floor(Date.now() / 1000);
const verify = (token: string, now = Date.now()): Promise<AccessToken> => verifyToken(token, { ...RULES, keys, now });
const refused = async (token: string): Promise<boolean> =>
  await verify(token).then(
    () => false,
    () => true,
  );
const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('an access token', () => {
  it('of ours says who calls', async () => {
    const store = `sto_${'a'.repeat(32)}`;
    const token = await verify(
      await accessToken(ours, { store_id: store, grant_id: 'g1', scope: 'read:orders nonsense' }),
    );
    expect(token).toMatchObject({
      clientId: 'client-1',
      grantId: 'g1',
      mode: 'test',
      scopes: ['read:orders'],
      kid: 'ours',
    });
    expect(token.storeId?.replaceAll('-', '')).toBe('a'.repeat(32));
    expect(await refused(await accessToken(rsa))).toBe(false);
  });

  it('case 81: with another algorithm than that of its key is refused', async () => {
    const [header, payload, signature] = (await accessToken(ours)).split('.') as [string, string, string];
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
    const spki = createPublicKey({ key: rsa.publicJwk, format: 'jwk' }).export({ type: 'spki', format: 'pem' });
    const hmac = (kid: string, secret: string | Buffer): string => {
      const signed = `${part({ alg: 'HS256', typ: 'at+jwt', kid })}.${part(claims)}`;
      return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
    };
    const ps256 = await newKey('PS256', 'rsa');
    const es384 = await newKey('ES384', 'ours');
    const wrong = [
      ...['none', 'NonE', 'NONE', ''].map((alg) => `${part({ alg, typ: 'at+jwt', kid: 'ours' })}.${payload}.`),
      ...['none', 'NonE'].map((alg) => `${part({ alg, typ: 'at+jwt', kid: 'ours' })}.${payload}.${signature}`),
      hmac('rsa', spki),
      hmac('ours', JSON.stringify(ours.publicJwk)),
      await accessToken(es384),
      // The right key of the wrong kind: its own algorithm is the only one.
      await accessToken({ ...ps256, privateKey: await asPs256(rsa) }),
      await accessToken({ ...(await newKey('EdDSA')), kid: 'ours' }),
      `${header}.${payload}`,
      `${header}.${payload}.`,
      `${header}.${payload}.${'A'.repeat(86)}`,
      `${header}.${part({ ...claims, scope: 'write:orders' })}.${signature}`,
    ];
    for (const [index, token] of wrong.entries()) expect([index, await refused(token)]).toEqual([index, true]);
  });

  it('case 82: whatever it names as its key, nothing but our own table is looked at', async () => {
    const stranger = await newKey('ES256', 'stranger');
    const kids = [
      '../../../dev/null',
      "' OR 1=1 --",
      'https://evil.example/jwks',
      '__proto__',
      'constructor',
      '',
      'a'.repeat(5000),
    ];
    for (const kid of kids) expect([kid, await refused(await accessToken({ ...stranger, kid }))]).toEqual([kid, true]);
    expect(await refused(await accessToken(ours, {}, { kid: undefined }))).toBe(true);
    const jwk = stranger.publicJwk;
    for (const header of [
      { jku: 'https://evil.example/jwks' },
      { x5u: 'https://evil.example/cert' },
      { jwk },
      { x5c: ['AAAA'] },
    ]) {
      expect(await refused(await accessToken({ ...stranger, kid: 'ours' }, {}, header))).toBe(true);
      // Not even beside a good signature.
      expect([header, await refused(await accessToken(ours, {}, header))]).toEqual([header, true]);
    }
    const critical = { crit: ['b64'], b64: true };
    expect(await refused(await accessToken(ours, {}, critical))).toBe(true);
    expect(fetched).not.toHaveBeenCalled();
    // Any number of strangers' ids made us look into the table once.
    expect(read).toHaveBeenCalledTimes(1);
  });

  it('case 83: is in force from its first to its last second, and not much longer', async () => {
    const wrong: Readonly<Record<string, unknown>>[] = [
      { exp: seconds() - 61 },
      { exp: seconds() - 31 },
      { nbf: seconds() + 61 },
      { iat: seconds() + 61 },
      { iat: seconds() + 86_400, exp: seconds() + 86_700 },
      { exp: undefined },
      { iat: undefined },
      { exp: String(seconds() + 600) },
      { exp: 1e20 },
      { exp: seconds() + 86_400 },
      { exp: null },
      { iat: String(seconds()) },
    ];
    for (const claims of wrong)
      expect([claims, await refused(await accessToken(ours, claims))]).toEqual([claims, true]);
    // Clocks differ a little.
    for (const claims of [{ exp: seconds() - 5 }, { iat: seconds() + 5, exp: seconds() + 600 }, { nbf: seconds() + 5 }])
      expect([claims, await refused(await accessToken(ours, claims))]).toEqual([claims, false]);
  });

  it('case 84: that was made for somebody else, or is another kind of token, is refused', async () => {
    const wrong: readonly (readonly [object, object?])[] = [
      [{ aud: 'https://other.example/v1' }],
      [{ aud: `${RULES.audience}/` }],
      [{ aud: [RULES.audience, 'https://other.example'] }],
      [{ aud: [RULES.audience] }],
      [{ aud: undefined }],
      [{ iss: `${RULES.issuer}/` }],
      [{ iss: 'https://gateway.example' }],
      [{ iss: undefined }],
      [{}, { typ: 'JWT' }],
      [{}, { typ: undefined }],
      [{}, { typ: 'id_token+jwt' }],
      [{ client_id: undefined }],
      [{ jti: undefined }],
      [{ sub: undefined }],
      [{ tenant_id: 'ten_1' }],
      [{ app_id: undefined }],
      [{ store_id: 'sto_1' }],
      [{ mode: 'both' }],
      [{ cnf: { 'x5t#S256': 'bound to a certificate' } }],
    ];
    for (const [claims, header] of wrong) {
      const token = await accessToken(ours, claims as Record<string, unknown>, header as Record<string, unknown>);
      expect([claims, header, await refused(token)]).toEqual([claims, header, true]);
    }
  });

  it('case 85: ends with the key that signed it', async () => {
    const notAfter = new Date(Date.now() + 60_000);
    const retired = createVerificationKeys({
      read: () => Promise.resolve([{ kid: ours.kid, publicJwk: ours.publicJwk, notAfter }]),
      elapsed: () => performance.now(),
    });
    const token = await accessToken(ours);
    const at = (now: number) => verifyToken(token, { ...RULES, keys: retired, now });
    expect((await at(Date.now())).until).toBe(notAfter.getTime());
    await expect(at(notAfter.getTime())).rejects.toThrow('no key of ours');
  });
});

async function asPs256({ privateKey }: TestKey): Promise<CryptoKey> {
  const jwk = await crypto.subtle.exportKey('jwk', privateKey);
  return await crypto.subtle.importKey('jwk', { ...jwk, alg: 'PS256' }, { name: 'RSA-PSS', hash: 'SHA-256' }, true, [
    'sign',
  ]);
}
