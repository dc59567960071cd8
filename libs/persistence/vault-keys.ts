import { type Database, violatedIndex } from './database.js';

/** A tenant's data key, wrapped. The shape is the vault's; persistence only keeps it. */
export interface DataKeyRow {
  readonly id: string;
  readonly generation: number;
  readonly wrapped: { readonly keyId: string; readonly wrapped: Uint8Array };
}

export async function listDataKeys(database: Database, tenantId: string): Promise<readonly DataKeyRow[]> {
  const rows = await database.withTenant(tenantId, (tx) => tx.dataKey.findMany({ orderBy: { generation: 'asc' } }));
  return rows.map(({ id, generation, kekId, wrapped }) => ({ id, generation, wrapped: { keyId: kekId, wrapped } }));
}

/** Adds a data key; when another process added one of the same generation first, answers that one instead. */
export async function addDataKey(database: Database, tenantId: string, key: DataKeyRow): Promise<DataKeyRow> {
  const { id, generation, wrapped } = key;
  try {
    await database.withTenant(tenantId, (tx) =>
      tx.dataKey.create({
        data: { id, tenantId, generation, kekId: wrapped.keyId, wrapped: Buffer.from(wrapped.wrapped) },
      }),
    );
    return key;
  } catch (error) {
    if (violatedIndex(error) === undefined) throw error;
    const winner = (await listDataKeys(database, tenantId)).find((row) => row.generation === generation);
    if (winner === undefined) throw error;
    return winner;
  }
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
