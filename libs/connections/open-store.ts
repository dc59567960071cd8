import {
  type ConnectedStore,
  type Connector,
  type Credentials,
  GatewayError,
  type StoreHttp,
  strategyOf,
} from '#contract';
import { connectorOf } from '#connectors';
import { createRawHttp, createStoreHttp, type CredentialSource, type RawHttp, type StoreHttpOptions } from '#kit';
import { type CredentialRow, findCredential, type StoreRow } from '#persistence';
import type { ConnectionsContext } from './context.js';
import { mustReconnect, type RenewNow } from './lifecycle/renew-now.js';
import { openCredentials } from './sealing.js';
import { signingMoment } from './signing-moment.js';

// A token that dies while a request is under way would be refused; it is renewed a little earlier.
const SPARE_SECONDS = 5;

export interface OpenedStore {
  readonly connector: Connector;
  readonly store: ConnectedStore;
  /** For a caller's own calls. */
  readonly raw: RawHttp;
  /** Which credential in a row the last call was signed with. */
  readonly credentialVersion: () => number;
}

/**
 * A stored connection made usable: its operations get an `http` that signs, and never see what it signs with.
 * @throws GatewayError when the store's state forbids calls
 */
export async function openStore(
  context: ConnectionsContext,
  renewNow: RenewNow,
  row: StoreRow,
  signal: AbortSignal,
): Promise<OpenedStore> {
  refuseUnusable(row);
  const connector = connectorOf(row.platform);
  const credential = await requireCredential(context, row);
  const source = storedCredential(context, renewNow, row, credential, signal);
  const options = httpOptions(context, row, connector, credential.strategy, source, signal);
  const { id, account, currency, scopesGranted: scopes } = row;
  const store = { id, account, currency, scopes, http: createStoreHttp(options), signal };
  return { connector, store, raw: createRawHttp(options), credentialVersion: source.version };
}

function refuseUnusable(row: StoreRow): void {
  switch (row.status) {
    case 'active':
      return;
    case 'needsReauth':
    case 'revoked':
      throw new GatewayError('credential_revoked', row.statusReason ?? 'The merchant must connect this store again.', {
        platform: { id: row.platform },
      });
    case 'connecting':
    case 'paused':
    case 'disconnected':
      throw new GatewayError('store_disconnected', `This store is ${row.status}.`, { platform: { id: row.platform } });
  }
}

async function requireCredential({ database }: ConnectionsContext, { tenantId, id }: StoreRow): Promise<CredentialRow> {
  const row = await database.withTenant(tenantId, (tx) => findCredential(tx, id));
  if (row === undefined || row.state === 'refused') throw mustReconnect();
  return row;
}

/** Reads the credential once for a request and again after every renewal. */
function storedCredential(
  context: ConnectionsContext,
  renewNow: RenewNow,
  store: StoreRow,
  first: CredentialRow,
  signal: AbortSignal,
): CredentialSource & { readonly version: () => number } {
  let row = first;
  let opened: Promise<Credentials> | undefined;
  const renew = async (seen: number) => {
    await renewNow(store.tenantId, store.id, seen, signal);
    row = await requireCredential(context, store);
    opened = undefined;
  };
  return {
    async current() {
      if (row.accessSeconds !== null && row.accessSeconds < SPARE_SECONDS) await renew(row.version);
      opened ??= openCredentials(context.vault, row, row.sealed);
      return { credentials: await opened, version: row.version };
    },
    renew,
    version: () => row.version,
  };
}

type Place = Pick<StoreRow, 'id' | 'apiRoot' | 'mode'>;

/** The `http` of a store, with whatever credential the source gives; also used to prove a grant before it is stored. */
export function httpOf(...parts: Parameters<typeof httpOptions>): StoreHttp {
  return createStoreHttp(httpOptions(...parts));
}

function httpOptions(
  context: ConnectionsContext,
  place: Place,
  connector: Connector,
  strategyId: string,
  credential: CredentialSource,
  signal: AbortSignal,
): StoreHttpOptions {
  return {
    storeId: place.id,
    connector,
    strategy: strategyOf(connector, strategyId),
    apiRoot: new URL(place.apiRoot),
    credential,
    transport: context.transports[place.mode],
    pacer: context.pacer,
    signal,
    moment: () => signingMoment(context),
    sleep: context.sleep,
    now: context.elapsed,
    random: context.random,
    report: context.reportCall,
  };
}
