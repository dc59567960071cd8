import { GatewayError, strategyOf } from '#contract';
import { GRANT_WORDS, keepForRevocation, openCredentials } from '#connections';
import { connectorOf } from '#connectors';
import {
  deleteCredential,
  findCredential,
  findCredentialTimes,
  setStoreStatus,
  STORE_STATUSES,
  type StoreRow,
  type TenantTransaction,
} from '#persistence';
import { requireStore } from './call-store.js';
import type { Reader, StoreContext } from './context.js';

/**
 * Ends a connection: from here on nobody calls with its credential, except to give the grant back at the platform, which
 * is done from rows until it has succeeded. Where a platform knows no way, the status says so and why.
 * @throws GatewayError `not_found`, also for a store that was disconnected already
 */
export async function disconnectStore(context: StoreContext, reader: Reader, storeId: string): Promise<void> {
  const row = await requireStore(context, reader, storeId);
  const from = STORE_STATUSES.filter((status) => status !== 'disconnected');
  const ended = await context.connections.database.withTenant(row.tenantId, async (tx) => {
    const words = await handOver(context, tx, row);
    await deleteCredential(tx, row.id);
    return await setStoreStatus(tx, row.id, from, 'disconnected', words);
  });
  if (!ended) throw new GatewayError('not_found', 'There is no such store.');
}

/** @returns what becomes of the grant */
async function handOver({ connections }: StoreContext, tx: TenantTransaction, row: StoreRow): Promise<string> {
  const credential = await findCredential(tx, row.id);
  if (credential?.state !== 'active') return GRANT_WORDS.gone;
  const { revocation } = strategyOf(connectorOf(row.platform), credential.strategy);
  if (revocation.kind === 'impossible') return GRANT_WORDS.impossible(revocation.why);
  const credentials = await openCredentials(connections.vault, credential, credential.sealed);
  const accessExpiresAt = (await findCredentialTimes(tx, row.id))?.accessExpiresAt ?? null;
  await keepForRevocation(tx, connections.vault, row, { strategy: credential.strategy, credentials, accessExpiresAt });
  return GRANT_WORDS.underWay;
}
