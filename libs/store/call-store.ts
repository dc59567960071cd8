import { GatewayError, type ErrorCode, scopeOf, TROUBLES, withoutPeople } from '#contract';
import { type OpenedStore, openStore } from '#connections';
import {
  countRefusal,
  findCredential,
  findStore,
  noteTrouble,
  recordStoreError,
  recordStoreSuccess,
  refuseCredential,
  setStoreStatus,
  type StoreRow,
  type TenantTransaction,
} from '#persistence';
import type { Reader, StoreContext } from './context.js';

const RECORD_SUCCESS_EVERY_MS = 60_000;
// A plugin or firewall refuses a good key too, for a while or for some of its paths; nobody is sent to the merchant for that.
const REFUSALS_THAT_COUNT = 3;

/** Failures that say something of the connection; a caller's mistake does not. */
const isAboutTheStore = (code: ErrorCode): boolean => code in TROUBLES || code === 'platform_scope_missing';

/** @throws GatewayError `not_found`, the same for a store of another tenant or app, or beside the one the reader is narrowed to, as for
 * one that does not exist */
export async function requireStore(
  { connections }: StoreContext,
  { tenantId, appId, storeId: only }: Reader,
  storeId: string,
): Promise<StoreRow> {
  const row = await connections.database.withTenant(tenantId, (tx) => findStore(tx, storeId));
  if (row?.appId !== appId || (only !== null && only !== storeId))
    throw new GatewayError('not_found', 'There is no such store.');
  return row;
}

export interface CallOptions<T> {
  /** Such as `orders.list`: is not called where the grant lost a permission that it needs. */
  readonly operation?: string;
  /** What its calls are counted as, where no operation is named. */
  readonly purpose?: 'passThrough' | 'polls' | 'probes';
  /** What a result that was not thrown says of the store all the same. */
  readonly failureIn?: (result: T) => GatewayError | undefined;
}

/**
 * Runs an operation on a store and keeps what it says about the store's health.
 * @throws GatewayError `platform_scope_missing` for an operation whose permission was lost, or what kept the call from
 * being made, or what the platform answered
 */
export async function callStore<T>(
  context: StoreContext,
  row: StoreRow,
  signal: AbortSignal,
  work: (opened: OpenedStore) => Promise<T>,
  { operation, purpose, failureIn }: CallOptions<T> = {},
): Promise<T> {
  let opened: OpenedStore | undefined;
  try {
    opened = await openStore(context.connections, context.renewNow, row, signal, operation ?? purpose);
    if (operation !== undefined) refuseLostScope(row, opened, operation);
    const result = await work(opened);
    const failure = failureIn?.(result);
    if (failure === undefined) await noteSuccess(context, row);
    else await noteFailure(context, row, failure, opened);
    return result;
  } catch (error) {
    if (GatewayError.is(error)) await noteFailure(context, row, error, opened);
    throw error;
  }
}

function refuseLostScope({ platform, scopesLost }: StoreRow, { strategy }: OpenedStore, operation: string): void {
  if (scopesLost.length === 0 || !('scopes' in strategy)) return;
  const missing = (strategy.scopes.byAccess[scopeOf(operation)] ?? []).filter((scope) => scopesLost.includes(scope));
  if (missing.length === 0) return;
  const message = `The grant lost ${missing.join(', ')}, which ${operation} needs.`;
  throw new GatewayError('platform_scope_missing', message, { platform: { id: platform }, operation });
}

/** Whether the next call that succeeds, or fails, says something new of the store. */
export function isTroubled({ healthReason, refusals }: Pick<StoreRow, 'healthReason' | 'refusals'>): boolean {
  return refusals > 0 || !['ok', 'scopeLost'].includes(healthReason);
}

async function noteSuccess({ connections }: StoreContext, row: StoreRow): Promise<void> {
  const age = connections.now().getTime() - (row.lastSuccessAt?.getTime() ?? 0);
  if (age < RECORD_SUCCESS_EVERY_MS && !isTroubled(row)) return;
  await connections.database.withTenant(row.tenantId, (tx) => recordStoreSuccess(tx, row.id));
}

async function noteFailure(
  { connections }: StoreContext,
  { tenantId, id, status }: StoreRow,
  error: GatewayError,
  opened: OpenedStore | undefined,
): Promise<void> {
  // What ended the connection is kept, not that it is over.
  if (!isAboutTheStore(error.code) || status !== 'active') return;
  await connections.database.withTenant(tenantId, async (tx) => {
    if (error.code === 'credential_revoked') {
      if (opened === undefined || !(await noteRefusal(tx, id, error, opened))) return;
    } else {
      const trouble = TROUBLES[error.code];
      const isOver = error.code === 'credential_expired' && opened?.renewed() === true;
      if (trouble !== undefined && !isOver) await noteTrouble(tx, id, trouble);
    }
    await recordStoreError(tx, id, error.code, withoutPeople(error.message));
  });
}

/**
 * A refusal ends the connection at once where the platform itself has just issued what it refuses: nothing of the merchant's
 * stands between us and such a platform. Any other counts only with those before it.
 * @returns false when it is about an earlier grant than the present one
 */
async function noteRefusal(
  tx: TenantTransaction,
  storeId: string,
  { code, message }: GatewayError,
  opened: OpenedStore,
): Promise<boolean> {
  const words = withoutPeople(message);
  const version = opened.credentialVersion();
  const credential = await findCredential(tx, storeId);
  if (credential?.version !== version || credential.state !== 'active') return false;
  const proven = opened.renewed() && opened.connector.hosting.kind !== 'merchant';
  if (!proven && (await countRefusal(tx, storeId)) < REFUSALS_THAT_COUNT) {
    await noteTrouble(tx, storeId, 'refusedOnce');
    return true;
  }
  // The merchant may connect again in this very moment: the new grant is not the one that was refused.
  if (!(await refuseCredential(tx, storeId, { version }, { code, message: words }))) return false;
  await setStoreStatus(tx, storeId, ['active'], 'needsReauth', words, proven ? 'grantEnded' : 'refusedRepeatedly');
  return true;
}
