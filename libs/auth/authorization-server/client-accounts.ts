import { randomUUID } from 'node:crypto';
import { GatewayError, publicId, type Scope } from '#contract';
import { type Database, findApp, insertOauthClient, type OauthClientKind } from '#persistence';
import { generateClientSecret } from './client-secret.js';

export interface NewOauthClient {
  readonly name: string;
  readonly kind: OauthClientKind;
  readonly scopes: readonly Scope[];
  readonly redirectUris: readonly string[];
  /** A public JWK Set: the client signs its requests, and there is no secret. */
  readonly jwks: object | null;
  readonly storeId: string | null;
}

export interface CreatedOauthClient {
  readonly clientId: string;
  /** Shown once; null for a client that has none. */
  readonly secret: string | null;
}

/**
 * Makes a client of an app.
 * @throws GatewayError `not_found` when the tenant has no such app
 */
export async function createOauthClient(
  database: Database,
  tenantId: string,
  appId: string,
  client: NewOauthClient,
): Promise<CreatedOauthClient> {
  const secret = client.kind === 'confidential' && client.jwks === null ? generateClientSecret() : undefined;
  const id = randomUUID();
  await database.withTenant(tenantId, async (tx) => {
    if ((await findApp(tx, appId)) === undefined) throw new GatewayError('not_found', 'The tenant has no such app.');
    await insertOauthClient(tx, { id, tenantId, appId, secretHash: secret?.hash ?? null, ...client });
  });
  return { clientId: publicId('oauthClient', id), secret: secret?.text ?? null };
}
