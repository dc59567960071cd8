import { randomUUID } from 'node:crypto';
import { type Connector, GatewayError, type StoreAddress } from '#contract';
import { findStoreOfAccount, isStoreFree } from '#persistence';
import type { ConnectionsContext } from './context.js';
import type { Connecting } from './establish-store.js';
import type { PlatformIdentity } from './platform-clients.js';

/** A shop and the client with which it is about to be connected. */
export interface WantedShop {
  readonly connector: Connector;
  readonly address: StoreAddress;
  readonly identity: PlatformIdentity;
}

/**
 * Refuses a shop that another app holds with the same client, before the platform is asked for a token pair: it keeps
 * one pair per client and shop, so the new pair would end the other app's, whatever we refused afterwards.
 * @throws GatewayError `store_already_connected`
 */
export async function refuseTakenShop(
  { database }: Pick<ConnectionsContext, 'database'>,
  { tenantId, appId, mode }: Pick<Connecting, 'tenantId' | 'appId' | 'mode'>,
  { connector, address: { account, apiRoot }, identity }: WantedShop,
): Promise<void> {
  const own = await database.withTenant(tenantId, (tx) => findStoreOfAccount(tx, appId, connector.id, account));
  if (own !== undefined) return;
  const isFree = await isStoreFree(database, {
    ...{ id: randomUUID(), tenantId, appId, mode, account },
    ...{ platform: connector.id, clientKey: identity.clientId, clientHandle: identity.handle },
    ...{ apiRoot: apiRoot.href, platformId: account, name: account, domain: account },
    ...{ currency: '', timezone: null, externalId: null, scopesWanted: [], scopesGranted: [], access: [] },
    status: 'connecting',
  });
  if (!isFree)
    throw new GatewayError('store_already_connected', `${account} is connected already with the same client.`);
}
