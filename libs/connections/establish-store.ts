import { randomUUID } from 'node:crypto';
import {
  type Connector,
  type Credentials,
  GatewayError,
  requireOperation,
  type Shop,
  type StoreAddress,
} from '#contract';
import {
  completeConnectSession,
  findCredential,
  findStore,
  findStoreOfAccount,
  insertStore,
  type Mode,
  moveConnectAttempt,
  putCredential,
  reconnectStore,
  type StoreRow,
  StoreTaken,
  type TenantTransaction,
} from '#persistence';
import type { ConnectionsContext } from './context.js';
import { httpOf } from './open-store.js';
import { mustReconnect } from './lifecycle/renew-now.js';
import { sealCredentials } from './sealing.js';

/** A grant that a platform or a merchant gave us and that nobody has used yet. */
export interface NewGrant {
  readonly connector: Connector;
  readonly strategyId: string;
  readonly address: StoreAddress;
  readonly credentials: Credentials;
  readonly schedule: {
    readonly accessSeconds: number | null;
    readonly refreshSeconds: number | null;
    readonly dueSeconds: number | null;
  };
  readonly scopesWanted: readonly string[];
  readonly scopesGranted: readonly string[] | null;
  readonly client: { readonly clientKey: string; readonly handle: string } | null;
}

/** For whom a store is connected. */
export interface Connecting {
  readonly tenantId: string;
  readonly appId: string;
  readonly mode: Mode;
  readonly externalId: string | null;
  /** What the app asked for. */
  readonly access: readonly string[];
  /** The store to reconnect, where the link was made for one. */
  readonly storeId: string | null;
  readonly sessionId?: string;
  readonly attemptId?: string;
}

/**
 * Proves a grant by reading the shop with it, then stores the connection. The same app connecting the same shop again
 * renews the connection it has; with the same client under another app it is refused, because the platform keeps one
 * token pair per client and shop.
 * @throws GatewayError what the platform answered to the proving read; `store_already_connected`; `connect_callback_invalid`
 */
export async function establishStore(
  context: ConnectionsContext,
  connecting: Connecting,
  grant: NewGrant,
): Promise<StoreRow> {
  const { database, vault } = context;
  const { tenantId } = connecting;
  const existing = await database.withTenant(tenantId, (tx) => findExisting(tx, connecting, grant));
  const id = existing?.id ?? randomUUID();
  const shop = await prove(context, connecting, grant, id);
  const version = (await database.withTenant(tenantId, (tx) => findCredential(tx, id)))?.version ?? 0;
  const place = { tenantId, storeId: id, version: version + 1 };
  const sealed = await sealCredentials(vault, place, grant.credentials);
  return await database
    .withTenant(tenantId, async (tx) => {
      if (existing === undefined) await insertStore(tx, newStore(connecting, grant, shop, id));
      else await reconnectStore(tx, id, changedStore(connecting, grant, shop));
      const stored = { strategy: grant.strategyId, sealed, version: version + 1, ...grant.schedule };
      await putCredential(tx, { id: randomUUID(), storeId: id }, stored);
      await finish(tx, connecting, id);
      const row = await findStore(tx, id);
      if (row === undefined) throw new Error('a store that was just written is gone');
      await context.onConnected(tx, row);
      return row;
    })
    .catch((error: unknown) => {
      if (!(error instanceof StoreTaken)) throw error;
      throw new GatewayError(
        'store_already_connected',
        `${grant.address.account} is connected already with the same client.`,
        {
          cause: error,
        },
      );
    });
}

async function findExisting(
  tx: TenantTransaction,
  connecting: Connecting,
  grant: NewGrant,
): Promise<StoreRow | undefined> {
  const { connector, address } = grant;
  if (connecting.storeId === null) return await findStoreOfAccount(tx, connecting.appId, connector.id, address.account);
  const store = await findStore(tx, connecting.storeId);
  if (store?.account !== address.account || store.platform !== connector.id) {
    throw new GatewayError('connect_other_shop', 'This link reconnects another shop.');
  }
  return store;
}

async function prove(
  context: ConnectionsContext,
  { tenantId, appId, mode }: Connecting,
  grant: NewGrant,
  id: string,
): Promise<Shop> {
  const { connector, credentials, address } = grant;
  const signal = AbortSignal.timeout(2 * connector.deadlineMs);
  const source = {
    current: () => Promise.resolve({ credentials, version: 0 }),
    renew: () => Promise.reject(mustReconnect()),
  };
  const place = { id, tenantId, appId, platform: connector.id, apiRoot: address.apiRoot.href, mode };
  const http = httpOf(context, place, connector, grant.strategyId, source, signal, 'connect');
  // Its currency is what this very read will tell.
  const store = { id, account: address.account, currency: 'XXX', scopes: grant.scopesGranted ?? [], http, signal };
  try {
    return await requireOperation(connector, 'shop', 'get').run(store, undefined);
  } catch (error) {
    // Nothing was connected yet that could have been ended: the keys were wrong from the start.
    if (credentials.kind === 'oauth2' || !GatewayError.is(error, 'credential_revoked')) throw error;
    const said = error.context.platform?.message ?? error.message;
    const message = `The shop does not accept these keys: ${said}`;
    throw new GatewayError('request_rejected', message, { ...error.context, cause: error });
  }
}

function changedStore({ access }: Connecting, grant: NewGrant, shop: Shop) {
  return {
    apiRoot: grant.address.apiRoot.href,
    platformId: shop.platformId,
    name: shop.name,
    domain: shop.domain,
    currency: shop.currency,
    timezone: shop.timezone,
    scopesWanted: grant.scopesWanted,
    scopesGranted: grant.scopesGranted ?? shop.grantedScopes ?? [],
    access,
    clientHandle: grant.client?.handle ?? null,
  };
}

function newStore(connecting: Connecting, grant: NewGrant, shop: Shop, id: string) {
  const { tenantId, appId, mode, externalId } = connecting;
  return {
    ...changedStore(connecting, grant, shop),
    id,
    tenantId,
    appId,
    mode,
    externalId,
    platform: grant.connector.id,
    // Without a client of ours nothing is shared between apps: each has a key of its own.
    clientKey: grant.client?.clientKey ?? `app:${appId}`,
    account: grant.address.account,
    status: 'active' as const,
  };
}

async function finish(tx: TenantTransaction, { sessionId, attemptId }: Connecting, storeId: string): Promise<void> {
  if (sessionId !== undefined && !(await completeConnectSession(tx, sessionId, storeId))) {
    throw new GatewayError('connect_session_invalid', 'This connect link was used already.');
  }
  if (attemptId !== undefined)
    await moveConnectAttempt(tx, attemptId, ['proving'], { status: 'connected', storeId, sealed: null });
}
