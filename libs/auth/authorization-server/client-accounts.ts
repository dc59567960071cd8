import { randomUUID } from 'node:crypto';
import { GatewayError, publicId, type Scope } from '#contract';
import {
  cutOffAccess,
  type Database,
  disableOauthClient,
  findApp,
  findStore,
  insertOauthClient,
  replaceOauthScopes,
  replaceOauthSecret,
} from '#persistence';
import { checkClient, type NewOauthClient } from './check-client.js';
import { generateClientSecret } from './client-secret.js';

export interface CreatedOauthClient {
  readonly clientId: string;
  /** Shown once; null for a client that has none. */
  readonly secret: string | null;
}

/**
 * Makes a client of an app.
 * @throws GatewayError `not_found` when the tenant has no such app or the app no such store, `request_invalid` for what no
 *   client can be
 */
export async function createOauthClient(
  database: Database,
  tenantId: string,
  appId: string,
  client: NewOauthClient,
): Promise<CreatedOauthClient> {
  await checkClient(client);
  const secret = client.kind === 'confidential' && client.jwks === null ? generateClientSecret() : undefined;
  const id = randomUUID();
  await database.withTenant(tenantId, async (tx) => {
    if ((await findApp(tx, appId))?.tenantId !== tenantId)
      throw new GatewayError('not_found', 'The tenant has no such app.');
    const store = client.storeId === null ? undefined : await findStore(tx, client.storeId);
    if (client.storeId !== null && store?.appId !== appId)
      throw new GatewayError('not_found', 'The app has no such store.');
    await insertOauthClient(tx, { id, tenantId, appId, secretHash: secret?.hash ?? null, ...client });
  });
  return { clientId: publicId('oauthClient', id), secret: secret?.text ?? null };
}

/**
 * Gives a client another secret; the one it has stays valid for a while.
 * @param overlapMinutes 0: the old one ends at once
 * @throws GatewayError `not_found` when the tenant has no such client with a secret
 */
export async function rotateClientSecret(
  database: Database,
  tenantId: string,
  id: string,
  overlapMinutes: number,
): Promise<string> {
  const { text, hash } = generateClientSecret();
  const replaced = await database.withTenant(tenantId, (tx) => replaceOauthSecret(tx, id, hash, overlapMinutes * 60));
  if (!replaced) throw noSuchClient();
  return text;
}

/**
 * Ends a client: it gets no more tokens, and those it has end within a second.
 * @throws GatewayError `not_found` when the tenant has no such client in force
 */
export async function endOauthClient(database: Database, tenantId: string, id: string): Promise<void> {
  const disabled = await database.withTenant(tenantId, (tx) => disableOauthClient(tx, id));
  if (!disabled) throw noSuchClient();
  // After it: whoever issued a token meanwhile did so before the cut.
  await cutOffAccess(database.shared, 'client', publicId('oauthClient', id));
}

/**
 * Changes what a client may ask for. Tokens that are out lose what is taken away within a second.
 * @throws GatewayError `not_found` when the tenant has no such client in force
 */
export async function changeClientScopes(
  database: Database,
  tenantId: string,
  id: string,
  scopes: readonly Scope[],
): Promise<void> {
  const before = await database.withTenant(tenantId, (tx) => replaceOauthScopes(tx, id, scopes));
  if (before === undefined) throw noSuchClient();
  const taken = before.filter((scope) => !scopes.some((kept) => kept === scope));
  for (const scope of taken) await cutOffAccess(database.shared, 'scope', `${publicId('oauthClient', id)} ${scope}`);
}

function noSuchClient(): GatewayError<'not_found'> {
  return new GatewayError('not_found', 'The tenant has no such client in force.');
}
