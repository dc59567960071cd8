import { randomUUID } from 'node:crypto';
import type { Database, TenantTransaction } from './database.js';

/** A write that a caller asked for under a key. */
export interface WriteClaim {
  readonly tenantId: string;
  readonly appId: string;
  readonly storeId: string;
  readonly idempotencyKey: string;
  readonly operation: string;
  readonly requestHash: Uint8Array<ArrayBuffer>;
}

/** What claiming a key came to. */
export type Claiming =
  | { readonly kind: 'first'; readonly id: string }
  /** An earlier try ended without an outcome that anybody knows. */
  | { readonly kind: 'resumed'; readonly id: string }
  | { readonly kind: 'done'; readonly id: string; readonly sealedAnswer: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'running' }
  | { readonly kind: 'otherRequest' };

interface Found {
  readonly id: string;
  readonly storeId: string;
  readonly operation: string;
  readonly requestHash: Uint8Array;
  readonly status: string;
  readonly held: boolean;
  readonly sealedAnswer: Uint8Array<ArrayBuffer> | null;
}

/** Takes a key for this process until the lease ends, by the database's clock; the row is locked meanwhile. */
export async function claimWrite(tx: TenantTransaction, claim: WriteClaim, leaseSeconds: number): Promise<Claiming> {
  const { appId, storeId, idempotencyKey, operation, requestHash } = claim;
  const id = randomUUID();
  const inserted = await tx.$executeRaw`
    INSERT INTO writes (id, tenant_id, app_id, store_id, idempotency_key, operation, request_hash, status, lease_until)
    VALUES (${id}::uuid, ${tx.tenantId}::uuid, ${appId}::uuid, ${storeId}::uuid, ${idempotencyKey}, ${operation}, ${requestHash}, 'running',
      now() + make_interval(secs => ${leaseSeconds}))
    ON CONFLICT (app_id, idempotency_key) DO NOTHING`;
  if (inserted > 0) return { kind: 'first', id };
  const [found] = await tx.$queryRaw<Found[]>`
    SELECT id, store_id AS "storeId", operation, request_hash AS "requestHash", status, lease_until > now() AS held, sealed_answer AS "sealedAnswer"
    FROM writes WHERE app_id = ${appId}::uuid AND tenant_id = ${tx.tenantId}::uuid AND idempotency_key = ${idempotencyKey} FOR UPDATE`;
  // Forgotten between the two statements: it was refused, so nothing stands in the way of another try.
  if (found === undefined) return { kind: 'running' };
  const same = found.storeId === storeId && found.operation === operation;
  if (!same || Buffer.compare(Buffer.from(found.requestHash), Buffer.from(requestHash)) !== 0)
    return { kind: 'otherRequest' };
  if (found.status === 'done' && found.sealedAnswer !== null)
    return { kind: 'done', id: found.id, sealedAnswer: found.sealedAnswer };
  if (found.status === 'running' && found.held) return { kind: 'running' };
  await tx.$executeRaw`
    UPDATE writes SET status = 'running', attempt = attempt + 1, lease_until = now() + make_interval(secs => ${leaseSeconds})
    WHERE id = ${found.id}::uuid AND tenant_id = ${tx.tenantId}::uuid`;
  return { kind: 'resumed', id: found.id };
}

/** Keeps the answer of a write that is done. */
export async function finishWrite(
  tx: TenantTransaction,
  id: string,
  sealedAnswer: Uint8Array<ArrayBuffer>,
): Promise<void> {
  await tx.write.updateMany({
    where: { id },
    data: { status: 'done', sealedAnswer, finishedAt: new Date(), leaseUntil: null },
  });
}

/** Nobody knows whether the platform did it; the same key may ask again. */
export async function leaveWriteUnknown(tx: TenantTransaction, id: string): Promise<void> {
  await tx.write.updateMany({ where: { id, status: 'running' }, data: { status: 'unknown', leaseUntil: null } });
}

/** The platform refused it, so nothing was written: the key is free again. */
export async function forgetWrite(tx: TenantTransaction, id: string): Promise<void> {
  await tx.write.deleteMany({ where: { id, status: 'running' } });
}

/** Drops answers older than a day. @returns how many */
export async function forgetOldWrites(database: Database): Promise<number> {
  const [row] = await database.shared.$queryRaw<{ gone: bigint }[]>`SELECT forget_old_writes() AS gone`;
  return Number(row?.gone ?? 0);
}
