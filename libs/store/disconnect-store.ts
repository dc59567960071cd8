import { GatewayError } from '#contract';
import { deleteCredential, setStoreStatus, STORE_STATUSES } from '#persistence';
import { requireStore } from './call-store.js';
import type { Reader, StoreContext } from './context.js';

/**
 * Ends a connection: its credential is destroyed and nobody calls with it any more. The grant at the platform is not
 * withdrawn by this; the status says so.
 * @throws GatewayError `not_found`, also for a store that was disconnected already
 */
export async function disconnectStore(context: StoreContext, reader: Reader, storeId: string): Promise<void> {
  const row = await requireStore(context, reader, storeId);
  const from = STORE_STATUSES.filter((status) => status !== 'disconnected');
  const ended = await context.connections.database.withTenant(row.tenantId, async (tx) => {
    await deleteCredential(tx, row.id);
    return await setStoreStatus(
      tx,
      row.id,
      from,
      'disconnected',
      'Disconnected here; the grant at the platform was not withdrawn.',
    );
  });
  if (!ended) throw new GatewayError('not_found', 'There is no such store.');
}
