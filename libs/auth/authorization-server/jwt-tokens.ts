import { parse, stringify } from 'node:querystring';
import { createLocalJWKSet, jwtVerify, type JWTPayload } from 'jose';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { readPublicId } from '#contract';
import { cutOffAccess, type Database, findCutoffs } from '#persistence';
import { audienceOf, issuerOf } from '../issuer.js';
import { CLOCKS_DIFFER_MS } from '../tokens/cutoff-feed.js';
import { ROUTES } from './provider.js';
import { SIGNING_ALGORITHM, type SigningKeys } from './signing-keys.js';

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
    const claims = await readOwn(parts, token, client.clientId);
    if (claims === undefined) return;
    if (isRevocation) await cutOffAccess(parts.database.shared, 'token', claims.jti ?? '');
    else if (await isInForce(parts.database, claims))
      context.body = { active: true, token_type: tokenType(claims), ...claims };
  };
}

/** What a token says that this server issued to that client and that has not expired; undefined for every other. */
async function readOwn(
  { signingKeys, publicUrl }: JwtTokenParts,
  token: string,
  clientId: string,
): Promise<JWTPayload | undefined> {
  try {
    const { payload } = await jwtVerify(token, createLocalJWKSet({ keys: [...signingKeys.jwks().keys] }), {
      issuer: issuerOf(publicUrl),
      audience: audienceOf(publicUrl),
      typ: 'at+jwt',
      algorithms: [SIGNING_ALGORITHM],
    });
    return payload['client_id'] === clientId && payload.jti !== undefined ? payload : undefined;
  } catch {
    return undefined;
  }
}

function tokenType(claims: JWTPayload): string {
  return claims['cnf'] === undefined ? 'Bearer' : 'DPoP';
}

async function isInForce(database: Database, claims: JWTPayload): Promise<boolean> {
  const text = (name: string) => (typeof claims[name] === 'string' ? claims[name] : '');
  const cutOff = await findCutoffs(database, new Date((claims.iat ?? 0) * 1000 - CLOCKS_DIFFER_MS));
  const names = new Set([
    `token ${claims.jti ?? ''}`,
    `grant ${text('grant_id')}`,
    `client ${text('client_id')}`,
    `app ${readPublicId('app', text('app_id')) ?? ''}`,
    `tenant ${readPublicId('tenant', text('tenant_id')) ?? ''}`,
  ]);
  return !cutOff.some(({ kind, target }) => names.has(`${kind} ${target}`));
}
