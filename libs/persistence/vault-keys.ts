import type { Database } from './database.js';

/** A tenant's data key, wrapped. The shape is the vault's; persistence only keeps it. */
export interface DataKeyRow {
  readonly id: string;
  readonly generation: number;
  readonly wrapped: { readonly keyId: string; readonly wrapped: Uint8Array };
}

export async function listDataKeys(database: Database, tenantId: string): Promise<readonly DataKeyRow[]> {
  const where = { tenantId, destroyedAt: null };
  const rows = await database.withTenant(tenantId, (tx) =>
    tx.dataKey.findMany({ where, orderBy: { generation: 'asc' } }),
  );
  return rows.map(({ id, generation, kekId, wrapped }) => ({ id, generation, wrapped: { keyId: kekId, wrapped } }));
}

/** Adds a data key; when another process added one of the same generation first, answers that one instead. */
export async function addDataKey(database: Database, tenantId: string, key: DataKeyRow): Promise<DataKeyRow> {
  const { id, generation, wrapped } = key;
  const bytes = new Uint8Array(wrapped.wrapped);
  // How long a key has been the newest is judged by the database's clock alone.
  const added = await database.withTenant(
    tenantId,
    (tx) => tx.$executeRaw`
      INSERT INTO data_keys (id, tenant_id, kek_id, wrapped, generation, created_at)
      VALUES (${id}, ${tx.tenantId}::uuid, ${wrapped.keyId}, ${bytes}, ${generation}, clock_timestamp())
      ON CONFLICT (tenant_id, generation) DO NOTHING`,
  );
  if (added > 0) return key;
  const winner = (await listDataKeys(database, tenantId)).find((row) => row.generation === generation);
  if (winner === undefined) throw new TypeError('a data key was added and is gone again');
  return winner;
}

export interface CanaryRow {
  readonly kekId: string;
  readonly canary: Uint8Array<ArrayBuffer>;
}

export async function listCanaries(database: Database): Promise<readonly CanaryRow[]> {
  return await database.shared.vaultCanary.findMany({ select: { kekId: true, canary: true } });
}

export async function addCanary(database: Database, row: CanaryRow): Promise<void> {
  await database.shared.vaultCanary.createMany({ data: [row], skipDuplicates: true });
}
