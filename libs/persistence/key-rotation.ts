import { randomUUID } from 'node:crypto';
import type { Database, TenantTransaction } from './database.js';
import type { DataKeyRow } from './vault-keys.js';

// All of this needs the owner's role, which sees every tenant in some tables: each statement says whose rows it means.

/** How many data keys each key-encryption key wraps. */
export async function countDataKeys(owner: Database): Promise<ReadonlyMap<string, number>> {
  const rows = await owner.shared.$queryRaw<
    { kekId: string; held: bigint }[]
  >`SELECT kek_id AS "kekId", held FROM count_data_keys()`;
  return new Map(rows.map(({ kekId, held }) => [kekId, Number(held)]));
}

export interface LocatedDataKey {
  readonly id: string;
  readonly tenantId: string;
}

/** The next data keys, in the order of their ids, that another key than the current one wraps. */
export async function listDataKeysToRewrap(
  owner: Database,
  currentKekId: string,
  after: string,
  pageSize: number,
): Promise<readonly LocatedDataKey[]> {
  return await owner.shared.$queryRaw<LocatedDataKey[]>`
    SELECT id, tenant_id AS "tenantId" FROM list_data_keys_to_rewrap(${currentKekId}, ${after}, ${pageSize}::int)`;
}

/** Puts a new wrapping in the place of the one it was made from. False when that one is not there any more. */
export async function replaceWrapping(
  tx: TenantTransaction,
  old: DataKeyRow,
  { wrapped }: Pick<DataKeyRow, 'wrapped'>,
): Promise<boolean> {
  const { count } = await tx.dataKey.updateMany({
    where: { id: old.id, kekId: old.wrapped.keyId, wrapped: new Uint8Array(old.wrapped.wrapped) },
    data: { kekId: wrapped.keyId, wrapped: new Uint8Array(wrapped.wrapped) },
  });
  return count > 0;
}

/**
 * Takes away the canaries of key-encryption keys that wrap nothing any more, so that processes start without those keys.
 * @returns whose were taken away
 */
export async function forgetUnusedCanaries(owner: Database, currentKekId: string): Promise<readonly string[]> {
  const rows = await owner.shared.$queryRaw<{ kekId: string }[]>`
    DELETE FROM vault_canaries c
    WHERE c.kek_id <> ${currentKekId} AND NOT EXISTS (SELECT FROM count_data_keys() k WHERE k.kek_id = c.kek_id)
    RETURNING c.kek_id AS "kekId"`;
  return rows.map(({ kekId }) => kekId);
}

/** Begins to give every tenant a new data key, or goes on with the run that was begun. @returns when it began */
export async function beginDataKeyRotation(owner: Database): Promise<Date> {
  const [begun] = await owner.shared.$queryRaw<{ startedAt: Date }[]>`
    INSERT INTO data_key_rotations AS r (id) VALUES (${randomUUID()}::uuid)
    ON CONFLICT ((true)) WHERE finished_at IS NULL DO UPDATE SET finished_at = NULL RETURNING r.started_at AS "startedAt"`;
  if (begun === undefined) throw new TypeError('an insert answered nothing');
  return begun.startedAt;
}

export async function finishDataKeyRotation(owner: Database): Promise<void> {
  await owner.shared.$queryRaw`UPDATE data_key_rotations SET finished_at = now() WHERE finished_at IS NULL`;
}

/** The next tenants whose newest data key is older than this. */
export async function listTenantsToRotate(
  owner: Database,
  before: Date,
  after: string,
  pageSize: number,
): Promise<readonly string[]> {
  const rows = await owner.shared.$queryRaw<{ tenantId: string }[]>`
    SELECT tenant_id AS "tenantId" FROM list_tenants_to_rotate(${before}, ${after}::uuid, ${pageSize}::int)`;
  return rows.map(({ tenantId }) => tenantId);
}

/** The next tenants that have more data keys than the one that seals. */
export async function listTenantsWithOldKeys(
  owner: Database,
  after: string,
  pageSize: number,
): Promise<readonly string[]> {
  const rows = await owner.shared.$queryRaw<
    { tenantId: string }[]
  >`SELECT tenant_id AS "tenantId" FROM list_tenants_with_old_keys(${after}::uuid, ${pageSize}::int)`;
  return rows.map(({ tenantId }) => tenantId);
}

/** How many sealed values name another key than their tenant's newest: of one tenant, or of all. */
export async function countValuesOfOldKeys(owner: Database, tenantId?: string): Promise<number> {
  const [row] = await owner.shared.$queryRaw<
    { held: bigint }[]
  >`SELECT count_values_of_old_keys(${tenantId ?? null}::uuid) AS held`;
  return Number(row?.held ?? 0);
}

/**
 * Destroys a data key that no value names, and that has had a successor for so many seconds by the database's clock. A value
 * that names it makes the database refuse.
 * @returns false when it has no such successor
 */
export async function destroyDataKey(tx: TenantTransaction, id: string, successorSeconds: number): Promise<boolean> {
  const gone = await tx.$executeRaw`
    DELETE FROM data_keys k WHERE k.id = ${id} AND k.tenant_id = ${tx.tenantId}::uuid AND EXISTS (
      SELECT FROM data_keys n WHERE n.tenant_id = k.tenant_id AND n.generation > k.generation AND n.destroyed_at IS NULL
        AND n.created_at <= now() - make_interval(secs => ${successorSeconds}))`;
  return gone > 0;
}
