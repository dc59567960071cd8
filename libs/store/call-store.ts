import { type Connector, type ErrorCode, GatewayError, isRenewable, strategyOf } from '#contract';
import { type OpenedStore, openStore } from '#connections';
import { connectorOf } from '#connectors';
import {
  findCredential,
  findStore,
  recordStoreError,
  recordStoreSuccess,
  refuseCredential,
  setStoreStatus,
  type StoreRow,
} from '#persistence';
import type { Reader, StoreContext } from './context.js';

const RECORD_SUCCESS_EVERY_MS = 60_000;

// Failures that say something of the connection; a caller's mistake does not.
const ABOUT_THE_STORE: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'credential_expired',
  'credential_revoked',
  'credential_unreadable',
  'platform_scope_missing',
  'store_closed',
  'platform_rate_limited',
  'platform_contract_broken',
  'platform_blocked',
  'platform_unavailable',
  'platform_timeout',
  'address_refused',
]);

/** @throws GatewayError `not_found`, the same for a store of another tenant or app as for one that does not exist */
export async function requireStore(
  { connections }: StoreContext,
  { tenantId, appId }: Reader,
  storeId: string,
): Promise<StoreRow> {
  const row = await connections.database.withTenant(tenantId, (tx) => findStore(tx, storeId));
  if (row?.appId !== appId) throw new GatewayError('not_found', 'There is no such store.');
  return row;
}

/** Runs an operation on a store and keeps what it says about the store's health. */
export async function callStore<T>(
  context: StoreContext,
  row: StoreRow,
  signal: AbortSignal,
  work: (opened: OpenedStore) => Promise<T>,
): Promise<T> {
  let opened: OpenedStore | undefined;
  try {
    opened = await openStore(context.connections, context.renewNow, row, signal);
    const result = await work(opened);
    await noteSuccess(context, row);
    return result;
  } catch (error) {
    if (GatewayError.is(error) && ABOUT_THE_STORE.has(error.code)) {
      await noteFailure(context, row, error, opened?.credentialVersion());
    }
    throw error;
  }
}

async function noteSuccess({ connections }: StoreContext, row: StoreRow): Promise<void> {
  const age = connections.now().getTime() - (row.lastSuccessAt?.getTime() ?? 0);
  const troubled = row.lastErrorAt !== null && row.lastErrorAt > (row.lastSuccessAt ?? new Date(0));
  if (age < RECORD_SUCCESS_EVERY_MS && !troubled) return;
  await connections.database.withTenant(row.tenantId, (tx) => recordStoreSuccess(tx, row.id));
}

async function noteFailure(
  { connections }: StoreContext,
  row: StoreRow,
  error: GatewayError,
  refusedVersion: number | undefined,
): Promise<void> {
  await connections.database.withTenant(row.tenantId, async (tx) => {
    await recordStoreError(tx, row.id, error.code, error.message);
    if (error.code !== 'credential_revoked' || refusedVersion === undefined) return;
    const credential = await findCredential(tx, row.id);
    if (credential === undefined) return;
    const renewable = isRenewable(strategyOf(connectorOf(row.platform), credential.strategy));
    if (!renewable && !isSaidByPlatform(connectorOf(row.platform), error)) return;
    // The merchant may have connected again meanwhile: the new grant is not the one that was refused.
    const failure = { code: error.code, message: error.message };
    if (!(await refuseCredential(tx, row.id, { version: refusedVersion }, failure))) return;
    // A pair that was just renewed and is refused all the same ends here; a key that never expires was taken back there.
    await setStoreStatus(tx, row.id, ['active'], renewable ? 'needsReauth' : 'revoked', error.message);
  });
}

/** A key that never refreshes may be refused by a plugin or firewall in front of a merchant's own server. */
function isSaidByPlatform({ hosting, errors }: Connector, error: GatewayError): boolean {
  return hosting.kind !== 'merchant' || errors.grantIsGone?.test(error.context.platform?.message ?? '') === true;
}
