import { createHash, randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { accessToken, newKey, proofOf, type TestKey, thumbprintOf } from '../../../test/setup/access-tokens.js';
import { GatewayError } from '#contract';
import { deriveSealer, localKey } from '#vault';
import { type CheckProof, createProofChecker } from './check-proof.js';

const ADDRESS = 'https://gateway.example/v1/orders';
const nonces = deriveSealer([localKey(randomBytes(32))], 'dpop-nonce');
let key: TestKey;
let token: string;
let thumbprint: string;
let clock = 0;
let check: CheckProof;
let good: Readonly<Record<string, unknown>>;
beforeAll(async () => {
  key = await newKey();
  token = await accessToken(key);
  thumbprint = await thumbprintOf(key);
  check = createProofChecker({ nonces, now: () => Date.now() + clock });
  const nonce = nonces.seal(String(Date.now()), 'dpop');
  good = { htm: 'GET', htu: ADDRESS, ath: createHash('sha256').update(token).digest('base64url'), nonce };
});

/** What the client is told, empty where it is let in. */
async function told(proof: string | undefined, request: object = {}): Promise<string> {
  try {
    await check({ proof, method: 'GET', address: ADDRESS, token, thumbprint, ...request });
    return '';
  } catch (error) {
    if (!GatewayError.is(error, 'unauthorized')) throw error;
    return /error="(\w+)"/.exec(error.context.challenge ?? '')?.[1] ?? 'nothing';
  }
}

describe('a DPoP proof', () => {
  it('lets in whoever holds the key, once', async () => {
    const proof = await proofOf(key, good);
    expect(await told(proof)).toBe('');
    // case 86: seen before.
    expect(await told(proof)).toBe('invalid_dpop_proof');
    expect(await told(await proofOf(key, { ...good, htu: `${ADDRESS}?limit=5#x` }))).toBe('');
    expect(await told(await proofOf(key, { ...good, htu: 'HTTPS://Gateway.Example:443/v1/orders' }))).toBe('');
  });

  it('case 86: about another request, token or time is refused', async () => {
    const now = Math.floor(Date.now() / 1000);
    const other = createHash('sha256').update('another').digest('base64url');
    for (const claims of [
      { htm: 'POST' },
      { htm: 'get' },
      { htm: undefined },
      { htu: 'https://gateway.example/v1/stores' },
      { htu: 'https://evil.example/v1/orders' },
      { htu: 'http://gateway.example/v1/orders' },
      { htu: 'https://x@gateway.example/v1/orders' },
      { htu: '/v1/orders' },
      { htu: undefined },
      { ath: other },
      { ath: undefined },
      { iat: now - 120 },
      { iat: now + 120 },
      { iat: undefined },
      { jti: undefined },
      { jti: 'x'.repeat(300) },
    ]) {
      expect([claims, await told(await proofOf(key, { ...good, ...claims }))]).toEqual([claims, 'invalid_dpop_proof']);
    }
  });

  it('case 86: signed by another key, in another way, or of another type is refused', async () => {
    const other = await newKey();
    const proofs = [
      await proofOf(other, good),
      await proofOf({ ...other, publicJwk: key.publicJwk }, good),
      await proofOf(key, good, { typ: 'JWT' }),
      await proofOf(key, good, { jwk: undefined }),
      `${Buffer.from(JSON.stringify({ alg: 'none', typ: 'dpop+jwt', jwk: key.publicJwk })).toString('base64url')}.e30.`,
      [await proofOf(key, good), await proofOf(key, good)].join(),
      '',
      undefined,
    ];
    for (const [index, proof] of proofs.entries())
      expect([index, await told(proof)]).toEqual([index, 'invalid_dpop_proof']);
  });

  it('case 86: without a nonce of ours, or with an old one, is sent back for a new one', async () => {
    const strange = deriveSealer([localKey(randomBytes(32))], 'dpop-nonce').seal(String(Date.now()), 'dpop');
    for (const nonce of [undefined, 'made up', strange])
      expect(await told(await proofOf(key, { ...good, nonce }))).toBe('use_dpop_nonce');
    clock = 301_000;
    const iat = Math.floor((Date.now() + clock) / 1000);
    expect(await told(await proofOf(key, { ...good, iat }))).toBe('use_dpop_nonce');
    clock = 0;
  });
});
