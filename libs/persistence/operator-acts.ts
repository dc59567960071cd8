import type { Database, TenantTransaction } from './database.js';
import { type OperatorOutcome, outcomeOf } from './operators.js';

/** What operators do beside stops, as the audit log names it; the database says which role each takes. */
export type OperatorAct =
  | 'store.retried'
  | 'store.probed'
  | 'store.reconnectLinkMade'
  | 'store.resubscribed'
  | 'delivery.replayed'
  | 'app.limitSet'
  | 'queue.changed'
  | 'key.revoked';

export interface ActOfOperator {
  readonly action: OperatorAct;
  /** Such as `store <uuid>`. */
  readonly target: string;
  /** Without secrets. */
  readonly details: object;
}

/**
 * Judges whether whoever holds the credential may do this, and writes into the audit log that it was done. To be called in the
 * transaction in which it is done, as its last statement: the log is locked until that ends.
 */
export async function actAsOperator(
  within: Pick<TenantTransaction, '$queryRaw'>,
  credential: Uint8Array<ArrayBuffer>,
  { action, target, details }: ActOfOperator,
): Promise<OperatorOutcome> {
  return outcomeOf(
    await within.$queryRaw`SELECT act_as_operator(${credential}, ${action}, ${target}, ${JSON.stringify(details)}) AS outcome`,
  );
}

export type OwnedKind = 'store' | 'app' | 'key' | 'delivery';

/** Whose something is, across tenants; undefined for what there is not. */
export async function findOwnerForOperator(
  database: Database,
  kind: OwnedKind,
  id: string,
): Promise<{ readonly tenantId: string; readonly appId: string } | undefined> {
  const rows = await database.shared.$queryRaw<{ tenantId: string; appId: string }[]>`
    SELECT tenant_id AS "tenantId", app_id AS "appId" FROM find_owner_for_operator(${kind}, ${id}::uuid)`;
  return rows[0];
}

/**
 * Has everything that is done for a store by itself done now: its renewal, unless the platform itself asked not to be called, the
 * look at its health, and the lists that are asked for changes. What somebody is at already is left to them.
 */
export async function makeStoreDue(tx: TenantTransaction, storeId: string): Promise<boolean> {
  const found = await tx.$executeRaw`
    UPDATE stores SET probe_due_at = now() WHERE id = ${storeId}::uuid AND tenant_id = ${tx.tenantId}::uuid AND status IN ('active', 'paused')`;
  if (found === 0) return false;
  await tx.$executeRaw`
    UPDATE credentials SET due_at = now() WHERE store_id = ${storeId}::uuid AND tenant_id = ${tx.tenantId}::uuid AND state = 'active'
      AND due_at IS NOT NULL AND (attempt > 0 OR access_expires_at <= now()) AND (not_before IS NULL OR not_before <= now())`;
  await tx.$executeRaw`
    UPDATE polls SET due_at = now() WHERE store_id = ${storeId}::uuid AND tenant_id = ${tx.tenantId}::uuid`;
  return true;
}

/** Has the subscriptions of a store looked at now. @returns false where it has none */
export async function makeSubscriptionsDue(tx: TenantTransaction, storeId: string): Promise<boolean> {
  const count = await tx.$executeRaw`
    UPDATE webhook_channels SET due_at = now(), attempt = 0 WHERE store_id = ${storeId}::uuid AND tenant_id = ${tx.tenantId}::uuid`;
  return count > 0;
}

/** Puts deliveries that failed, or that nobody handled, back among those that wait, as far as their payload is still there. */
export async function replayDeliveries(tx: TenantTransaction, ids: readonly string[]): Promise<readonly string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    UPDATE webhook_deliveries SET status = 'received', due_at = now(), attempt = 0, lease_until = NULL, processed_at = NULL, reason = NULL
    WHERE id = ANY (${[...ids]}::uuid[]) AND tenant_id = ${tx.tenantId}::uuid AND status IN ('failed', 'unhandled') AND sealed_payload IS NOT NULL
    RETURNING id`;
  return rows.map(({ id }) => id);
}

/** @param perMinute null: as many as every app. @returns false when there is no such app */
export async function setAppLimit(tx: TenantTransaction, appId: string, perMinute: number | null): Promise<boolean> {
  const { count } = await tx.app.updateMany({ where: { id: appId }, data: { perMinute } });
  return count > 0;
}

/** Adds what this process has counted of requests that were refused because of their app's limit. */
export async function noteAppRefusals(database: Database, counted: ReadonlyMap<string, number>): Promise<void> {
  const text = JSON.stringify(Object.fromEntries(counted));
  await database.shared.$queryRaw`SELECT note_app_refusals(${text}::jsonb)::text`;
}
