import { randomUUID } from 'node:crypto';
import { calculateJwkThumbprint, type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { publicId } from '#contract';

export const RULES = { issuer: 'https://gateway.example/oauth', audience: 'https://gateway.example/v1' } as const;

/** A pair of keys with an id, as the authorization server has them. */
export interface TestKey {
  readonly kid: string;
  readonly algorithm: string;
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
}

export async function newKey(algorithm = 'ES256', kid: string = randomUUID()): Promise<TestKey> {
  const { privateKey, publicKey } = await generateKeyPair(algorithm, { extractable: true });
  return { kid, algorithm, privateKey, publicJwk: { ...(await exportJWK(publicKey)), alg: algorithm, kid } };
}

/** Signs whatever claims are given over those of a good token; undefined takes one away. */
export async function accessToken(
  { kid, algorithm, privateKey }: TestKey,
  claims: Readonly<Record<string, unknown>> = {},
  header: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const usual: Readonly<Record<string, unknown>> = {
    ...{ iss: RULES.issuer, aud: RULES.audience, sub: 'client-1', client_id: 'client-1', jti: randomUUID() },
    ...{ iat: now, exp: now + 600, scope: 'read:orders read:stores', mode: 'test' },
    ...{ tenant_id: publicId('tenant', randomUUID()), app_id: publicId('app', randomUUID()) },
  };
  const payload = Object.fromEntries(
    Object.entries({ ...usual, ...claims }).filter(([, value]) => value !== undefined),
  );
  return await new SignJWT(payload)
    .setProtectedHeader({ alg: algorithm, typ: 'at+jwt', kid, ...header })
    .sign(privateKey);
}

/** A proof of possession for one request (RFC 9449 section 4.2). */
export async function proofOf(
  key: TestKey,
  claims: Readonly<Record<string, unknown>>,
  header: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const payload = { jti: randomUUID(), iat: Math.floor(Date.now() / 1000), ...claims };
  const { kid: _, alg: __, ...jwk } = key.publicJwk;
  return await new SignJWT(payload)
    .setProtectedHeader({ alg: key.algorithm, typ: 'dpop+jwt', jwk, ...header })
    .sign(key.privateKey);
}

export async function thumbprintOf({ publicJwk }: TestKey): Promise<string> {
  return await calculateJwkThumbprint(publicJwk);
}
