import { parse, stringify } from 'node:querystring';
import { decodeJwt } from 'jose';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { cutOffAccess, type Database, findCutoffs } from '#persistence';
import { audienceOf, issuerOf } from '../issuer.js';
import {
  CLOCKS_DIFFER_MS,
  type CutoffTimes,
  isTokenCutOff,
  knownFrom,
  noteCutoff,
  scopesLeft,
} from '../tokens/cutoffs.js';
import { type AccessToken, verifyToken } from '../tokens/verify-token.js';
import { ROUTES } from './provider.js';
import type { SigningKeys } from './signing-keys.js';

export interface JwtTokenParts {
  readonly database: Database;
  readonly signingKeys: SigningKeys;
  readonly publicUrl: string;
}

type Next = () => Promise<unknown>;
const JWT = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*$/;
// What the library looks for in the place of a JWT: it never made such a token.
const NOBODYS = 'none';

/**
 * Revocation (RFC 7009) and introspection (RFC 7662) of JWT access tokens, which the library refuses. It authenticates the
 * client as it always does, and answers for a token that does not exist; what the answer says of the JWT is put in here.
 */
export function answerForJwts(parts: JwtTokenParts) {
  return async (context: KoaContextWithOIDC, next: Next): Promise<void> => {
    const isRevocation = context.path === ROUTES.revocation;
    const request: { body?: unknown } = context.req as { body?: unknown };
    const fields = typeof request.body === 'string' ? parse(request.body) : {};
    const token = fields['token'];
    if (!(isRevocation || context.path === ROUTES.introspection) || typeof token !== 'string' || !JWT.test(token)) {
      await next();
      return;
    }
    request.body = stringify({ ...fields, token: NOBODYS });
    await next();
    const client = context.status === 200 ? context.oidc.client : undefined;
    if (client === undefined) return;
    const own = await readOwn(parts, token, client.clientId);
    if (own === undefined) return;
    if (isRevocation) await cutOffAccess(parts.database.shared, 'token', own.id);
    else context.body = await describe(parts.database, token, own);
  };
}

/** A token that this server issued to that client and that has not expired; undefined for every other. */
async function readOwn(
  { signingKeys, publicUrl }: JwtTokenParts,
  token: string,
  clientId: string,
): Promise<AccessToken | undefined> {
  const rules = { issuer: issuerOf(publicUrl), audience: audienceOf(publicUrl), keys: signingKeys.verifying };
  try {
    const read = await verifyToken(token, { ...rules, now: Date.now() });
    return read.clientId === clientId ? read : undefined;
  } catch {
    return undefined;
  }
}

/** What introspection says of it; asks the database, so that what was cut off a moment ago is not in force here either. */
async function describe(database: Database, token: string, own: AccessToken): Promise<object> {
  const times: CutoffTimes = new Map();
  for (const { cutAt, ...cutoff } of await findCutoffs(database, new Date(own.issuedAt * 1000 - CLOCKS_DIFFER_MS)))
    noteCutoff(times, { ...cutoff, cutAt: cutAt.getTime() });
  const known = knownFrom(times);
  if (isTokenCutOff(own, known)) return { active: false };
  const type = own.thumbprint === null ? 'Bearer' : 'DPoP';
  const said: Readonly<Record<string, unknown>> = decodeJwt(token);
  return { active: true, token_type: type, ...said, scope: scopesLeft(own, known).join(' ') };
}
