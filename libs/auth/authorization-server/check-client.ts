import { importJWK } from 'jose';
import { z } from 'zod';
import { GatewayError, type Scope } from '#contract';
import type { OauthClientKind } from '#persistence';
import { ALGORITHMS } from '../refusal.js';
import { redirectUriProblem } from './redirect-uri.js';

export interface NewOauthClient {
  readonly name: string;
  readonly kind: OauthClientKind;
  readonly scopes: readonly Scope[];
  readonly redirectUris: readonly string[];
  /** A public JWK Set: the client signs its requests, and there is no secret. */
  readonly jwks: object | null;
  readonly storeId: string | null;
}

const PRIVATE = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k', 'priv'] as const;
const publicKey = z
  .looseObject({ kty: z.enum(['EC', 'RSA', 'OKP']), alg: z.enum(ALGORITHMS) })
  .refine((key) => PRIVATE.every((name) => !(name in key)), 'holds a private key');
const keySet = z.object({ keys: z.array(publicKey).min(1).max(10) });
const LEAST_RSA_BITS = 2048;

/** @throws GatewayError `request_invalid` saying what is wrong with it */
export async function checkClient({ kind, redirectUris, jwks }: NewOauthClient): Promise<void> {
  if (kind === 'browser' && redirectUris.length === 0) throw invalid('A browser client needs a redirect URI.');
  if (kind === 'browser' && jwks !== null) throw invalid('A browser client can keep no key.');
  for (const uri of redirectUris) {
    const problem = redirectUriProblem(uri);
    if (problem !== undefined) throw invalid(`The redirect URI ${uri} ${problem}.`);
  }
  if (jwks !== null) await checkKeys(jwks);
}

async function checkKeys(jwks: object): Promise<void> {
  const parsed = keySet.safeParse(jwks);
  if (!parsed.success)
    throw invalid('A client key set is {"keys": [...]} of public JWKs, each with "alg" ES256, RS256, PS256 or EdDSA.');
  for (const key of parsed.data.keys) {
    const imported = await importJWK(key).catch(() => undefined);
    if (imported === undefined || imported instanceof Uint8Array) throw invalid('A key of the set cannot be read.');
    const bits: unknown = 'modulusLength' in imported.algorithm ? imported.algorithm.modulusLength : undefined;
    if (typeof bits === 'number' && bits < LEAST_RSA_BITS) throw invalid('An RSA key needs 2048 bits.');
  }
}

function invalid(message: string): GatewayError<'request_invalid'> {
  return new GatewayError('request_invalid', message);
}
