import type { Secret } from '#contract';
import { connectorOf } from '#connectors';
import { findCredential, type StoreRow } from '#persistence';
import type { ConnectionsContext } from './context.js';
import { identityOf } from './platform-clients.js';
import { openCredentials } from './sealing.js';

/**
 * What a platform that signs with a client's secret signs a store's deliveries with: the secrets of the app's client, or
 * of the client the merchant has made, where the store was connected with that. Empty: none is known, so nothing verifies.
 * @throws GatewayError `platform_client_missing`
 */
export async function webhookSecrets(context: ConnectionsContext, store: StoreRow): Promise<readonly Secret[]> {
  const credential = await context.database.withTenant(store.tenantId, (tx) => findCredential(tx, store.id));
  const credentials =
    credential === undefined ? undefined : await openCredentials(context.vault, credential, credential.sealed);
  switch (credentials?.kind) {
    case 'client':
      return [credentials.clientSecret];
    case 'token':
      return credentials.webhookSecret === null ? [] : [credentials.webhookSecret];
    case 'keyPair':
    case 'oauth1':
      return [];
    case 'oauth2':
    case undefined:
      // Deliveries may still arrive after the credential is gone.
      return (await identityOf(context, store, connectorOf(store.platform))).secrets;
  }
}
