import { z } from 'zod';
import { GatewayError, publicId, readPublicId } from '#contract';
import { type Health, healthFrom, whoOf } from '#health';
import type { storeHealth, storeReference, StoreRow } from '#operator-api';
import { findOwnerForOperator, type LoadedStore, type NamedStore, type OwnedKind } from '#persistence';
import type { Runtime } from '#runtime';
import { asSeen } from '../routes/as-seen.js';

/** Of a request that has nothing to say. */
export const nothing = z.strictObject({}).nullish();

/** A time as the console reads it. */
export const instant = (date: Date): string => date.toISOString();
export const instantOrNull = (date: Date | null | undefined): string | null => date?.toISOString() ?? null;

/** A failure that was kept, without when it was. */
export function keptError(
  code: string | null | undefined,
  message: string | null | undefined,
): { readonly code: string; readonly message: string } | null {
  return code == null ? null : { code, message: message ?? '' };
}

export function presentReference(store: NamedStore): z.infer<typeof storeReference> {
  const { name, domain, platform, appName, tenantName, mode } = store;
  return { id: publicId('store', store.id), name, domain, platform, appName, tenantName, mode };
}

export function presentHealth(health: Health): z.infer<typeof storeHealth> {
  const { state, reason, sentence, actor, since, diesAt, dying, reconnectHelps } = health;
  return {
    ...{ state, reason, sentence, actor, who: whoOf(health), since: instant(since) },
    ...{ diesAt: instantOrNull(diesAt?.at), dying, reconnectHelps },
  };
}

/** A store that was read, as it shows, and how it is: what an operator has stopped shows as paused. */
export function judge(
  { stores }: Pick<Runtime, 'stores'>,
  loaded: LoadedStore,
  now: Date,
): { readonly seen: LoadedStore['store']; readonly health: Health } {
  const seen = asSeen(stores.connections, loaded.store);
  return { seen, health: healthFrom(seen, loaded.credential, now) };
}

/** A store that was read, as short as a row of something else names it. */
export function referenceOf({ store, tenantName, appName }: LoadedStore): z.infer<typeof storeReference> {
  return presentReference({ ...store, tenantName, appName });
}

/** A row of the list of stores. */
export function presentStoreRow(runtime: Pick<Runtime, 'stores'>, loaded: LoadedStore, now: Date): StoreRow {
  const { seen, health } = judge(runtime, loaded, now);
  const { credential } = loaded;
  const { lastError } = health;
  return {
    ...referenceOf(loaded),
    status: seen.status,
    health: presentHealth(health),
    accessExpiresAt: instantOrNull(credential?.accessExpiresAt),
    nextRefreshAt: instantOrNull(health.nextRefreshAt),
    lastSuccessAt: instantOrNull(health.lastSuccessAt),
    lastError: lastError === null ? null : presentError(lastError),
  };
}

export function presentError({
  code,
  message,
  at,
}: {
  code: string;
  message: string;
  at: Date;
}): NonNullable<StoreRow['lastError']> {
  return { code, message, at: instant(at) };
}

/** Who owns what somebody named. */
export interface Owned {
  readonly id: string;
  readonly tenantId: string;
  readonly appId: string;
}

/**
 * Finds out whose something is.
 * @throws GatewayError `not_found`
 */
export async function requireOwned({ database }: Runtime, kind: OwnedKind, text: string): Promise<Owned> {
  const id = uuidOf(kind, text);
  const owner = id === undefined ? undefined : await findOwnerForOperator(database, kind, id);
  if (id === undefined || owner === undefined) throw new GatewayError('not_found', `There is no such ${kind}.`);
  return { id, ...owner };
}

function uuidOf(kind: OwnedKind, text: string): string | undefined {
  // Deliveries are known by plain uuids, as stops and sessions are.
  if (kind === 'delivery') return z.uuid().safeParse(text).data;
  return readPublicId(kind === 'key' ? 'apiKey' : kind, text);
}

/**
 * The uuid of a filter that takes a public id.
 * @throws GatewayError `request_invalid` for what is none
 */
export function filterUuid(kind: 'store' | 'app', text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const id = readPublicId(kind, text);
  if (id !== undefined) return id;
  const message = `is no id of ${kind === 'app' ? 'an app' : 'a store'}`;
  throw new GatewayError('request_invalid', `${kind}: ${message}`, { fields: [{ path: kind, message }] });
}
