import {
  type AuthStrategy,
  type ConnectedStore,
  type Connector,
  type Credentials,
  GatewayError,
  isRenewable,
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
import type { CredentialUser } from './stops/stop-gate.js';

// A token that dies while a request is under way would be refused; it is renewed a little earlier.
const SPARE_SECONDS = 5;

export interface OpenedStore {
  readonly connector: Connector;
  /** The way it was connected. */
  readonly strategy: AuthStrategy;
  readonly store: ConnectedStore;
  /** For a caller's own calls. */
  readonly raw: RawHttp;
  /** Which credential in a row the last call was signed with. */
  readonly credentialVersion: () => number;
  /** Whether the platform gave a new credential while the store was open. */
  readonly renewed: () => boolean;
}

/**
 * A stored connection made usable: its operations get an `http` that signs, and never see what it signs with.
 * @param operation what its calls are for, where that is known, such as `orders.list`
 * @throws GatewayError when the store's state forbids calls
 */
export async function openStore(
  context: ConnectionsContext,
  renewNow: RenewNow,
  row: StoreRow,
  signal: AbortSignal,
  operation?: string,
): Promise<OpenedStore> {
  refuseUnusable(row);
  await context.stops.enter(userOfStore(row), signal);
  const connector = connectorOf(row.platform);
  const credential = await requireCredential(context, row);
  const source = storedCredential(context, renewNow, row, credential, signal);
  const { http, raw } = waysTo(context, row, connector, credential.strategy, source, signal, operation);
  const { id, account, currency, scopesGranted: scopes } = row;
  const store = { id, account, currency, scopes, http, signal };
  const strategy = strategyOf(connector, credential.strategy);
  return { connector, strategy, store, raw, credentialVersion: source.version, renewed: source.renewed };
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
    case 'paused':
      throw new GatewayError('store_paused', row.statusReason ?? 'The calls to this store are stopped.', {
        platform: { id: row.platform },
      });
    case 'connecting':
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
): CredentialSource & { readonly version: () => number; readonly renewed: () => boolean } {
  let row = first;
  let opened: Promise<Credentials> | undefined;
  const renew = async (seen: number) => {
    await renewNow(store.tenantId, store.id, seen, signal).catch(async (error: unknown) => {
      // A stop is the better reason why nothing was renewed.
      await context.stops.enter(userOfStore(store), signal);
      throw error;
    });
    row = await requireCredential(context, store);
    opened = undefined;
  };
  return {
    async current() {
      if (row.accessSeconds !== null && row.accessSeconds < SPARE_SECONDS) await renew(row.version);
      opened ??= openCredentials(context.vault, row, row.sealed);
      const credentials = await opened;
      return { credentials, version: row.version, ...(canRenew(store, row, credentials) ? {} : { forGood: true }) };
    },
    renew,
    version: () => row.version,
    renewed: () => row.version !== first.version,
  };
}

function canRenew({ platform }: StoreRow, { strategy }: CredentialRow, credentials: Credentials): boolean {
  const lastsForever = credentials.kind === 'oauth2' && credentials.refreshToken === null;
  return !lastsForever && isRenewable(strategyOf(connectorOf(platform), strategy));
}

type Place = Pick<StoreRow, 'id' | 'tenantId' | 'appId' | 'platform' | 'apiRoot' | 'mode'>;

/** Of a store, for the question whether its calls are stopped. */
export function userOfStore({ id: storeId, tenantId, appId, platform, mode }: Omit<Place, 'apiRoot'>): CredentialUser {
  return { tenantId, appId, platform, mode, storeId };
}

/** The `http` of a store, with whatever credential the source gives; also used to prove a grant before it is stored. */
export function httpOf(...parts: Parameters<typeof waysTo>): StoreHttp {
  return waysTo(...parts).http;
}

/** Each call by itself ends when a stop arrives: whoever waits for its turn or for a read's answer is told at once. */
function waysTo(...parts: Parameters<typeof httpOptions>): { readonly http: StoreHttp; readonly raw: RawHttp } {
  const [context, place] = parts;
  const options = httpOptions(...parts);
  const unlessStopped = <T>(effect: 'read' | 'write', call: (options: StoreHttpOptions) => Promise<T>): Promise<T> =>
    context.stops.unlessStopped(userOfStore(place), options.signal, (signal) =>
      call({ ...options, signal, transport: effect === 'write' ? heardToTheEnd(options) : options.transport }),
    );
  return {
    http: (call) => unlessStopped(call.effect, (one) => createStoreHttp(one)(call)),
    raw: (call) => unlessStopped(call.effect, (one) => createRawHttp(one)(call)),
  };
}

/** What a stop ends halfway is lost: of a write that has left, nobody would know what became of it. */
function heardToTheEnd({ transport, signal }: StoreHttpOptions): StoreHttpOptions['transport'] {
  const send = (...[message, limits]: Parameters<typeof transport>) => transport(message, { ...limits, signal });
  return Object.assign(send, { close: () => transport.close() });
}

function httpOptions(
  context: ConnectionsContext,
  place: Place,
  connector: Connector,
  strategyId: string,
  credential: CredentialSource,
  signal: AbortSignal,
  operation?: string,
): StoreHttpOptions {
  return {
    storeId: place.id,
    connector,
    strategy: strategyOf(connector, strategyId),
    apiRoot: new URL(place.apiRoot),
    credential,
    transport: context.wayOut(userOfStore(place)),
    pacer: context.pacer,
    signal,
    moment: () => signingMoment(context),
    sleep: context.sleep,
    now: context.elapsed,
    random: context.random,
    report: (call) => context.reportCall(operation === undefined ? call : { ...call, operation }),
  };
}
