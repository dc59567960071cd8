import { type Connector, GatewayError, requireOperation, type Shop } from '#contract';
import type { OpenedStore } from '#connections';
import { connectorOf } from '#connectors';
import { findStore, noteEnding, scheduleProbe, stopOtherShop, type StoreRow } from '#persistence';
import { callStore, isTroubled, type StoreContext } from '#store';
import { warningOf } from './health-of.js';
import { readHealth } from './read-health.js';

/** A store whose last success is older is called. */
const SILENCE_MS = 5 * 3600_000;
const longestProbeMs = ({ deadlineMs }: Connector): number => 2 * deadlineMs;

/**
 * Looks at a store that was claimed: warns when its end is near, and reads the shop when nobody has called it for long or when
 * something is wrong, through the way of every call, so that it counts like every call. A shop at an address of its merchant's
 * own is read each time: whoever gets hold of the address could answer every other call. Never throws for what the platform
 * does.
 */
export async function probeStore(context: StoreContext, tenantId: string, storeId: string): Promise<void> {
  const { database, now } = context.connections;
  const store = await database.withTenant(tenantId, async (tx) => {
    const row = await findStore(tx, storeId);
    if (row === undefined) return undefined;
    const health = await readHealth(tx, row, now());
    await noteEnding(tx, storeId, health.diesAt, warningOf(health, now()));
    return row;
  });
  if (store === undefined) return;
  try {
    if (isSilent(store, now()) || mayChangeHands(store)) await readShop(context, store);
  } finally {
    await database.withTenant(tenantId, (tx) => scheduleProbe(tx, storeId));
  }
}

/** Whether it takes a call to know how a store is. */
export function isSilent(
  store: Pick<StoreRow, 'status' | 'healthReason' | 'refusals' | 'lastSuccessAt'>,
  now: Date,
): boolean {
  if (store.status !== 'active') return false;
  return isTroubled(store) || now.getTime() - (store.lastSuccessAt?.getTime() ?? 0) >= SILENCE_MS;
}

/** A domain that lapses is anybody's; those of platforms are not. */
function mayChangeHands({ status, platform }: StoreRow): boolean {
  return status === 'active' && connectorOf(platform).hosting.kind === 'merchant';
}

/**
 * Whether another shop answers than the one that was connected. A shop that keeps its own id to itself goes by its address, which
 * says nothing of it.
 */
export function isAnotherShop(
  { platformId, account }: Pick<StoreRow, 'platformId' | 'account'>,
  shop: Pick<Shop, 'platformId'>,
): boolean {
  return platformId !== account && shop.platformId !== account && shop.platformId !== platformId;
}

const OTHER_SHOP =
  'Another shop answers at this address than the one that was connected: the domain may have changed hands. Ask the merchant; connect again before lifting this.';

async function readShop(context: StoreContext, row: StoreRow): Promise<void> {
  try {
    const shop = await callShop(context, row);
    if (isAnotherShop(row, shop)) await stopOtherShop(context.connections.database, row.id, OTHER_SHOP);
  } catch (error) {
    // What it means for the store was noted on the way; a call that was waiting for its turn says nothing.
    if (!GatewayError.is(error) && !isTimeout(error)) throw error;
  }
}

async function callShop(context: StoreContext, row: StoreRow): Promise<Shop> {
  const connector = connectorOf(row.platform);
  const signal = AbortSignal.timeout(longestProbeMs(connector));
  const read = ({ store }: OpenedStore) => requireOperation(connector, 'shop', 'get').run(store, undefined);
  return await callStore(context, row, signal, read, { purpose: 'probes' });
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && error.name === 'TimeoutError';
}

/** What became of one call to a shop. */
export interface StoreAnswer {
  readonly milliseconds: number;
  /** As it described itself. */
  readonly shop: Shop | undefined;
  readonly error: GatewayError | undefined;
}

/**
 * Calls a shop once, now, for somebody who wants to see what it answers; it counts for the store's health like every call. Never
 * throws for what the platform does.
 */
export async function tryStore(context: StoreContext, row: StoreRow): Promise<StoreAnswer> {
  const { elapsed } = context.connections;
  const begun = elapsed();
  const took = () => Math.round(elapsed() - begun);
  try {
    const shop = await callShop(context, row);
    const error = isAnotherShop(row, shop) ? new GatewayError('conflict', OTHER_SHOP) : undefined;
    return { milliseconds: took(), shop, error };
  } catch (thrown) {
    if (GatewayError.is(thrown)) return { milliseconds: took(), shop: undefined, error: thrown };
    if (!isTimeout(thrown)) throw thrown;
    const error = new GatewayError('platform_timeout', 'The call waited for its turn for too long.', { cause: thrown });
    return { milliseconds: took(), shop: undefined, error };
  }
}
