import { GatewayError, publicId, strategyOf } from '#contract';
import { connectorOf } from '#connectors';
import { userOfStore } from '#connections';
import type { StoreDetail } from '#operator-api';
import {
  countStoreDeliveries,
  findCredentialState,
  findStore,
  findStorePace,
  findStoreWebhooks,
  listStorePolls,
  listWebhookSubscriptions,
  type LoadedStore,
  loadStoresForOperator,
  type StorePace,
  type StorePoll,
  type StoreRow,
  type TenantTransaction,
} from '#persistence';
import type { Runtime } from '#runtime';
import { instant, instantOrNull, keptError, type Owned, presentError, presentStoreRow } from './present.js';

/**
 * Everything an operator may know of a store.
 * @throws GatewayError `not_found`
 */
export async function readStoreDetail(runtime: Runtime, place: Owned): Promise<StoreDetail> {
  const { database } = runtime;
  const [loaded] = await loadStoresForOperator(database, [place]);
  const kept = await database.withTenant(place.tenantId, (tx) => readKept(tx, place.id));
  if (loaded === undefined || kept === undefined) throw new GatewayError('not_found', 'There is no such store.');
  const { row, state, ...beside } = kept;
  const { account, currency, timezone, externalId, scopesWanted, scopesGranted, scopesLost, access } = row;
  return {
    ...presentStoreRow(runtime, loaded, new Date()),
    ...{ account, currency, timezone, externalId, createdAt: instant(row.createdAt) },
    ...{ tenantId: publicId('tenant', row.tenantId), appId: publicId('app', row.appId) },
    scopesWanted: [...scopesWanted],
    scopesGranted: [...scopesGranted],
    scopesLost: [...scopesLost],
    access: [...access],
    credential: state === undefined ? null : presentCredential(loaded, state),
    pace: presentPace(await findStorePace(database, place.id)),
    webhooks: presentWebhooks(beside),
    polls: beside.polls.map(presentPoll),
    stop: stopOf(runtime, row),
  };
}

type Kept = NonNullable<Awaited<ReturnType<typeof readKept>>>;

async function readKept(tx: TenantTransaction, storeId: string) {
  const row = await findStore(tx, storeId);
  if (row === undefined) return undefined;
  return {
    row,
    state: await findCredentialState(tx, storeId),
    channel: await findStoreWebhooks(tx, storeId),
    subscriptions: await listWebhookSubscriptions(tx, storeId),
    deliveries: await countStoreDeliveries(tx, storeId),
    polls: await listStorePolls(tx, storeId),
  };
}

function presentCredential(
  { store, credential }: LoadedStore,
  { state, version }: NonNullable<Kept['state']>,
): StoreDetail['credential'] {
  if (credential === undefined) return null;
  const { strategy, lastErrorCode: code, lastErrorMessage: message, lastErrorAt: at } = credential;
  return {
    ...{ strategy, strategyTitle: strategyOf(connectorOf(store.platform), strategy).title, state, version },
    accessExpiresAt: instantOrNull(credential.accessExpiresAt),
    refreshExpiresAt: instantOrNull(credential.refreshExpiresAt),
    nextRefreshAt: instantOrNull(credential.dueAt),
    lastRefreshedAt: instantOrNull(credential.lastRefreshedAt),
    attempt: credential.attempt,
    lastError: code === null || at === null ? null : presentError({ code, message: message ?? '', at }),
  };
}

function presentPace(pace: StorePace | undefined): StoreDetail['pace'] {
  if (pace?.capacity == null) return null;
  const { available, capacity, perSecond, underWay, at } = pace;
  return { available, capacity, perSecond, underWay, at: instant(at) };
}

function presentWebhooks({
  channel,
  subscriptions,
  deliveries,
}: Pick<Kept, 'channel' | 'subscriptions' | 'deliveries'>): StoreDetail['webhooks'] {
  return {
    checkedAt: instantOrNull(channel?.checkedAt),
    lastError: keptError(channel?.lastErrorCode, channel?.lastErrorMessage),
    subscriptions: subscriptions.map(({ topic, checkedAt }) => ({ topic, checkedAt: instant(checkedAt) })),
    deliveries: Object.fromEntries(deliveries.map(({ status, count }) => [status, count])),
  };
}

function presentPoll(poll: StorePoll): StoreDetail['polls'][number] {
  const { operation, checkedAt, dueAt, lastErrorCode, lastErrorMessage } = poll;
  const lastError = keptError(lastErrorCode, lastErrorMessage);
  return { operation, checkedAt: instantOrNull(checkedAt), nextAt: instant(dueAt), lastError };
}

function stopOf({ stores }: Runtime, row: StoreRow): StoreDetail['stop'] {
  const stop = stores.connections.stops.stopFor(userOfStore(row));
  if (stop === undefined) return null;
  const { id, scope, reason, setBy, setAt } = stop;
  return { id, scope, reason, setBy, setAt: instant(setAt) };
}
