import { type Connector, GatewayError, requireOperation } from '#contract';
import { connectorOf } from '#connectors';
import { findStore, noteEnding, scheduleProbe, type StoreRow } from '#persistence';
import { callStore, isTroubled, type StoreContext } from '#store';
import { warningOf } from './health-of.js';
import { readHealth } from './read-health.js';

/** A store whose last success is older is called. */
const SILENCE_MS = 5 * 3600_000;
const longestProbeMs = ({ deadlineMs }: Connector): number => 2 * deadlineMs;

/**
 * Looks at a store that was claimed: warns when its end is near, and reads the shop when nobody has called it for long or when
 * something is wrong, through the way of every call, so that it counts like every call. Never throws for what the platform
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
    if (isSilent(store, now())) await readShop(context, store);
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

async function readShop(context: StoreContext, row: StoreRow): Promise<void> {
  const connector = connectorOf(row.platform);
  const signal = AbortSignal.timeout(longestProbeMs(connector));
  try {
    await callStore(context, row, signal, ({ store }) =>
      requireOperation(connector, 'shop', 'get').run(store, undefined),
    );
  } catch (error) {
    // What it means for the store was noted on the way; a call that was waiting for its turn says nothing.
    if (!GatewayError.is(error) && !(error instanceof Error && error.name === 'TimeoutError')) throw error;
  }
}
