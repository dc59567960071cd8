import { errors, type KoaContextWithOIDC } from 'oidc-provider';
import { publicId, readPublicId } from '#contract';
import { type Database, findStore } from '#persistence';
import { artifactAdapter, type ArtifactStore } from './artifacts.js';
import { ownMetadataOf, type OwnMetadata } from './clients.js';

/**
 * What an access token says beyond the standard's claims: whose it is, and the one store that it is narrowed to.
 * @throws errors.InvalidTarget when the request names a store that the client's app does not have
 */
export async function claimsOf(
  store: ArtifactStore,
  context: KoaContextWithOIDC,
  token: object,
): Promise<Readonly<Record<string, string>>> {
  const { client } = context.oidc;
  if (client === undefined) throw new TypeError('a token without a client');
  const own = ownMetadataOf(client);
  const grantId = 'grantId' in token && typeof token.grantId === 'string' ? token.grantId : undefined;
  const granted = grantId === undefined ? own.storeId : ((await grantedStore(store, grantId)) ?? own.storeId);
  const storeId = await storeOf(store.database, { ...own, storeId: granted }, context.oidc.body?.['store_id']);
  return {
    tenant_id: publicId('tenant', own.tenantId),
    app_id: publicId('app', own.appId),
    mode: own.mode,
    ...(storeId === null ? {} : { store_id: publicId('store', storeId) }),
    ...(grantId === undefined ? {} : { grant_id: grantId }),
  };
}

/** The store that a grant was narrowed to when it was given. */
async function grantedStore(store: ArtifactStore, grantId: string): Promise<string | null> {
  const noted = await artifactAdapter(store, 'GrantStore').find(grantId);
  return noted && typeof noted['storeId'] === 'string' ? noted['storeId'] : null;
}

/** The store that tokens are narrowed to: the one asked for, as far as the client may, else the client's own. */
export async function storeOf(database: Database, own: OwnMetadata, asked: unknown): Promise<string | null> {
  if (asked === undefined) return own.storeId;
  const id = typeof asked === 'string' ? readPublicId('store', asked) : undefined;
  const store = id && (await database.withTenant(own.tenantId, (tx) => findStore(tx, id)));
  if (!store || store.appId !== own.appId || (own.storeId !== null && own.storeId !== store.id)) {
    throw new errors.InvalidTarget("store_id names no store of this client's app");
  }
  return store.id;
}
