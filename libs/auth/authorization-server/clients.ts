import type { ClientMetadata } from 'oidc-provider';
import { z } from 'zod';
import { publicId, readPublicId } from '#contract';
import { type Database, findOauthClient, type KnownOauthClient } from '#persistence';

/** What the gateway knows of a client beyond the standard's metadata; travels with it under this name. */
export const OWN_METADATA = 'shopspan';

const ownMetadata = z.object({
  tenantId: z.uuid(),
  appId: z.uuid(),
  appName: z.string(),
  mode: z.enum(['live', 'test']),
  kind: z.enum(['confidential', 'browser']),
  storeId: z.uuid().nullable(),
  scopes: z.array(z.string()),
  /** SHA-256 in hex, and until when each is valid; milliseconds since 1970. */
  secrets: z.array(z.object({ hash: z.string(), until: z.number().nullable() })),
});
export type OwnMetadata = z.infer<typeof ownMetadata>;

/** @throws ZodError for a client that did not come from {@link findClient} */
export function ownMetadataOf(client: object): OwnMetadata {
  return ownMetadata.parse(Reflect.get(client, OWN_METADATA));
}

/** The metadata of a client in force; undefined for every id that names none. */
export async function findClient(database: Database, clientId: string): Promise<ClientMetadata | undefined> {
  const id = readPublicId('oauthClient', clientId);
  const client = id === undefined ? undefined : await findOauthClient(database, id);
  return client === undefined ? undefined : metadataOf(client);
}

function metadataOf(client: KnownOauthClient): ClientMetadata {
  const { id, name, kind, redirectUris, scopes } = client;
  const forUsers = redirectUris.length > 0;
  const grants = [
    ...(kind === 'confidential' ? ['client_credentials'] : []),
    ...(forUsers ? ['authorization_code', 'refresh_token'] : []),
  ];
  return {
    client_id: publicId('oauthClient', id),
    client_name: name,
    grant_types: grants,
    response_types: forUsers ? ['code'] : [],
    redirect_uris: [...redirectUris],
    scope: scopes.join(' '),
    ...proofOf(client),
    [OWN_METADATA]: ownOf(client),
  };
}

/** How the client proves who it is. What stands for the secret is compared with nothing: only its hash is kept. */
function proofOf({ kind, jwks }: KnownOauthClient): Partial<ClientMetadata> {
  if (kind === 'browser') return { token_endpoint_auth_method: 'none' };
  // The column holds what client:create has checked to be a JWK Set.
  if (jwks !== null) return { token_endpoint_auth_method: 'private_key_jwt', jwks: jwks as ClientMetadata['jwks'] };
  return { token_endpoint_auth_method: 'client_secret_basic', client_secret: 'kept only as a hash' };
}

function ownOf(client: KnownOauthClient): OwnMetadata {
  const { tenantId, appId, appName, mode, kind, storeId, scopes } = client;
  const { secretHash, previousSecretHash, previousSecretUntil } = client;
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
  const secrets = [
    ...(secretHash === null ? [] : [{ hash: hex(secretHash), until: null }]),
    ...(previousSecretHash === null
      ? []
      : [{ hash: hex(previousSecretHash), until: previousSecretUntil?.getTime() ?? 0 }]),
  ];
  return { tenantId, appId, appName, mode, kind, storeId, scopes: [...scopes], secrets };
}
