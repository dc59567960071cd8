import { randomUUID } from 'node:crypto';
import type { Database, TenantTransaction } from './database.js';

/** A list of a store that is asked for what changed. */
export interface PollRow {
  readonly id: string;
  readonly tenantId: string;
  readonly storeId: string;
  /** Such as `orders.list`. */
  readonly operation: string;
  /** The newest change seen, by the platform's clock. */
  readonly changedTo: Date;
  /** Times and digests of the records that the next look will meet again, by platform id. */
  readonly seen: Readonly<Record<string, string>>;
  readonly attempt: number;
}

export interface FoundPoll {
  readonly id: string;
  readonly tenantId: string;
  readonly storeId: string;
}

/** Has these lists of a store asked from now on, and no others; one that is asked already goes on where it stands. */
export async function putPolls(
  tx: TenantTransaction,
  { id: storeId }: { readonly id: string },
  operations: readonly string[],
  changedTo: Date,
): Promise<void> {
  await tx.poll.deleteMany({ where: { storeId, operation: { notIn: [...operations] } } });
  for (const operation of operations) {
    await tx.$executeRaw`
      INSERT INTO polls (id, tenant_id, store_id, operation, changed_to, seen, due_at)
      VALUES (${randomUUID()}::uuid, ${tx.tenantId}::uuid, ${storeId}::uuid, ${operation}, ${changedTo}, '{}', now())
      ON CONFLICT (store_id, operation) DO UPDATE SET due_at = now(), lease_until = NULL, attempt = 0, last_error_code = NULL, last_error_message = NULL
      WHERE polls.tenant_id = ${tx.tenantId}::uuid`;
  }
}

/** Polls of all tenants that are due; nobody else gets them until the lease ends. */
export async function claimDuePolls(
  database: Database,
  batch: number,
  leaseSeconds: number,
): Promise<readonly FoundPoll[]> {
  return await database.shared.$queryRaw<FoundPoll[]>`
    SELECT id, tenant_id AS "tenantId", store_id AS "storeId" FROM claim_due_polls(${batch}::int, ${leaseSeconds}::int)`;
}

export async function findPoll(tx: TenantTransaction, id: string): Promise<PollRow | undefined> {
  const row = await tx.poll.findUnique({ where: { id } });
  // Written by `advancePoll` alone.
  return row === null ? undefined : { ...row, seen: row.seen as PollRow['seen'] };
}

/**
 * Moves a poll on, if it still stands where `from` says: two who looked at once tell of a change once.
 * @returns false when somebody else moved it
 */
export async function advancePoll(
  tx: TenantTransaction,
  from: Pick<PollRow, 'id' | 'changedTo' | 'seen'>,
  to: Pick<PollRow, 'changedTo' | 'seen'>,
): Promise<boolean> {
  const count = await tx.$executeRaw`
    UPDATE polls SET changed_to = ${to.changedTo}, seen = ${JSON.stringify(to.seen)}::jsonb
    WHERE id = ${from.id}::uuid AND tenant_id = ${tx.tenantId}::uuid AND changed_to = ${from.changedTo} AND seen = ${JSON.stringify(from.seen)}::jsonb`;
  return count > 0;
}

/** Has a list asked again after so many seconds, by the database's clock. */
export async function reschedulePoll(
  tx: TenantTransaction,
  id: string,
  seconds: number,
  failure: { readonly code: string; readonly message: string } | undefined,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE polls SET due_at = now() + make_interval(secs => ${seconds}), lease_until = NULL, checked_at = now(),
      attempt = CASE WHEN ${failure === undefined} THEN 0 ELSE attempt END,
      last_error_code = ${failure?.code ?? null}, last_error_message = ${failure?.message.slice(0, 500) ?? null}
    WHERE id = ${id}::uuid AND tenant_id = ${tx.tenantId}::uuid`;
}
