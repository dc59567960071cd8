import { decodeProtectedHeader, jwtVerify } from 'jose';
import { z } from 'zod';
import { isScope, readPublicId, type Scope } from '#contract';
import type { Mode } from '#persistence';
import type { VerificationKeys, VerificationKey } from './verification-keys.js';

/** What an access token of ours says (RFC 9068). */
export interface AccessToken {
  /** Its `jti`. */
  readonly id: string;
  readonly kid: string;
  readonly clientId: string;
  readonly grantId: string | null;
  readonly tenantId: string;
  readonly appId: string;
  readonly mode: Mode;
  readonly storeId: string | null;
  readonly scopes: readonly Scope[];
  /** Seconds since 1970. */
  readonly issuedAt: number;
  /** Milliseconds since 1970 from which it is refused: its end, or that of the key that signed it. */
  readonly until: number;
  /** Of the key that it is bound to (RFC 9449 section 6.1). */
  readonly thumbprint: string | null;
}

export interface TokenRules {
  /** Exactly what the metadata names. */
  readonly issuer: string;
  /** Exactly this one, and no list. */
  readonly audience: string;
}

/** By so much the clocks of whoever issues and whoever checks may differ, in seconds. */
const SKEW_SECONDS = 30;
/** Longer than any of ours lives, and shorter than cut-offs are remembered. */
const LONGEST_LIFE_SECONDS = 1800;
/** Headers that name a key of the sender's choice, or rules that we do not know (RFC 8725 sections 3.5 and 3.10). */
const REFUSED_HEADERS = ['jku', 'jwk', 'x5u', 'x5c', 'crit'] as const;

const text = z.string().min(1).max(300);
const id = (kind: 'tenant' | 'app' | 'store') =>
  z.string().transform((value, context) => {
    const uuid = readPublicId(kind, value);
    if (uuid === undefined) context.addIssue(`is no id of a ${kind}`);
    return uuid ?? z.NEVER;
  });
const claims = z.object({
  sub: text,
  jti: text,
  client_id: text,
  iat: z.number().int(),
  exp: z.number().int(),
  scope: z.string().max(4000).default(''),
  tenant_id: id('tenant'),
  app_id: id('app'),
  mode: z.enum(['live', 'test']),
  store_id: id('store').nullable().default(null),
  grant_id: text.nullable().default(null),
  // Bound in any other way is bound in a way that nobody checks here.
  cnf: z.strictObject({ jkt: text }).nullable().default(null),
});

/**
 * Verifies an access token without asking anybody: signed by one of our keys with the algorithm of that key, made for us, in
 * force now (RFC 9068 section 4, RFC 8725).
 * @throws Error of any kind when it is not
 */
export async function verifyToken(
  token: string,
  rules: TokenRules & { readonly keys: VerificationKeys; readonly now: number },
): Promise<AccessToken> {
  const { issuer, audience, keys, now } = rules;
  const key = await signingKey(token, keys, now);
  const { payload } = await jwtVerify(token, key.key, {
    ...{ issuer, algorithms: [key.algorithm], typ: 'at+jwt', clockTolerance: SKEW_SECONDS, currentDate: new Date(now) },
    requiredClaims: ['exp', 'iat', 'aud'],
  });
  if (payload.aud !== audience) throw new RangeError('it is meant for somebody else');
  const { iat, exp, cnf, ...read } = claims.parse(payload);
  if (iat > now / 1000 + SKEW_SECONDS) throw new RangeError('it is from the future');
  if (exp > iat + LONGEST_LIFE_SECONDS) throw new RangeError('it lives too long');
  return {
    id: read.jti,
    kid: key.kid,
    clientId: read.client_id,
    grantId: read.grant_id,
    tenantId: read.tenant_id,
    appId: read.app_id,
    mode: read.mode,
    storeId: read.store_id,
    scopes: read.scope.split(' ').filter(isScope),
    issuedAt: iat,
    until: Math.min((exp + SKEW_SECONDS) * 1000, key.notAfter?.getTime() ?? Number.POSITIVE_INFINITY),
    thumbprint: cnf?.jkt ?? null,
  };
}

async function signingKey(token: string, keys: VerificationKeys, now: number): Promise<VerificationKey> {
  const header = decodeProtectedHeader(token);
  if (REFUSED_HEADERS.some((name) => name in header)) throw new RangeError('a header that is not followed');
  const { kid } = header;
  if (typeof kid !== 'string') throw new RangeError('no key is named');
  if (keys.find(kid) === undefined) await keys.look();
  const key = keys.find(kid);
  if (key === undefined || (key.notAfter !== null && key.notAfter.getTime() <= now))
    throw new RangeError('no key of ours');
  return key;
}
