import type { Database, TenantTransaction } from './database.js';

/** The grant of a store that was disconnected, on its way back to the platform. */
export interface RevocationRow {
  readonly id: string;
  readonly tenantId: string;
  readonly storeId: string;
  readonly strategy: string;
  /** Destroyed when the row has ended. */
  readonly sealed: Uint8Array<ArrayBuffer> | null;
  /** Of the sealed pair; a renewed one is the next. */
  readonly version: number;
  readonly accessExpiresAt: Date | null;
  readonly state: string;
  readonly attempt: number;
  readonly createdAt: Date;
}

export type NewRevocation = Pick<
  RevocationRow,
  'id' | 'tenantId' | 'storeId' | 'strategy' | 'sealed' | 'version' | 'accessExpiresAt'
>;

export async function insertRevocation(tx: TenantTransaction, revocation: NewRevocation): Promise<void> {
  await tx.revocation.create({ data: revocation });
}

export async function findRevocation(tx: TenantTransaction, id: string): Promise<RevocationRow | undefined> {
  return (await tx.revocation.findUnique({ where: { id } })) ?? undefined;
}

/** Claims grants that are to be taken back now; what was connected again meanwhile is dropped. */
export async function claimDueRevocations(
  database: Database,
  batch: number,
  leaseSeconds: number,
): Promise<readonly { readonly id: string; readonly tenantId: string }[]> {
  return await database.shared.$queryRaw<{ id: string; tenantId: string }[]>`
    SELECT id, tenant_id AS "tenantId" FROM claim_due_revocations(${batch}::int, ${leaseSeconds}::int)`;
}

/** Drops what waits for a shop that is being connected again. @returns how many are under way and must be waited for */
export async function voidRevocations(
  database: Database,
  shop: { readonly platform: string; readonly clientKey: string; readonly account: string },
): Promise<number> {
  const rows = await database.shared.$queryRaw<{ left: number }[]>`
    SELECT void_revocations(${shop.platform}, ${shop.clientKey}, ${shop.account}) AS left`;
  return rows[0]?.left ?? 0;
}

/** Keeps a renewed pair, before it is used. */
export async function saveRevocation(
  tx: TenantTransaction,
  id: string,
  pair: Pick<NewRevocation, 'sealed' | 'version' | 'accessExpiresAt'>,
): Promise<boolean> {
  const { count } = await tx.revocation.updateMany({
    where: { id, state: 'waiting', version: pair.version - 1 },
    data: pair,
  });
  return count > 0;
}

/** Ends it and destroys what it held. */
export async function endRevocation(
  tx: TenantTransaction,
  id: string,
  state: 'done' | 'failed',
  lastError: string | null,
): Promise<void> {
  const data = { state, sealed: null, leaseUntil: null, endedAt: new Date(), lastError };
  await tx.revocation.updateMany({ where: { id, state: 'waiting' }, data });
}

export async function postponeRevocation(
  tx: TenantTransaction,
  id: string,
  seconds: number,
  lastError: string,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE revocations SET lease_until = NULL, due_at = now() + make_interval(secs => ${seconds}), last_error = ${lastError}
    WHERE id = ${id}::uuid AND tenant_id = ${tx.tenantId}::uuid AND state = 'waiting'`;
}
