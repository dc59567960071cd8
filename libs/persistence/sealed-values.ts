import type { TenantTransaction } from './database.js';
import { Prisma } from './generated/client.js';

/** One column of sealed values, and how the place its values are sealed for follows from their row. */
interface SealedColumn {
  readonly table: string;
  readonly column: string;
  /** The generated column that says which data key the value names. */
  readonly names: string;
  readonly subject: string;
  readonly version: string;
  /** How many are taken at once: payloads and answers may be large. */
  readonly batch: number;
}

/** All of them; a test compares this with the database. */
export const SEALED_COLUMNS = {
  credential: column('credentials', 'sealed', { subject: 'store_id', version: 'version' }),
  receivedKeys: column('connect_attempts', 'sealed', { version: '0' }),
  clientSecret: column('platform_clients', 'sealed_secret', { version: 'version' }),
  previousClientSecret: column('platform_clients', 'sealed_previous_secret', {
    names: 'previous_data_key_id',
    version: 'version - 1',
  }),
  revocation: column('revocations', 'sealed', { version: 'version' }),
  writeAnswer: column('writes', 'sealed_answer', { batch: 50 }),
  webhookSecret: column('webhook_channels', 'sealed_secret'),
  webhookPayload: column('webhook_deliveries', 'sealed_payload', { batch: 50 }),
} as const satisfies Readonly<Record<string, SealedColumn>>;

export type SealedKind = keyof typeof SEALED_COLUMNS;

export const SEALED_KINDS = Object.keys(SEALED_COLUMNS) as readonly SealedKind[];

function column(table: string, name: string, rest: Partial<SealedColumn> = {}): SealedColumn {
  return { table, column: name, names: 'data_key_id', subject: 'id', version: '1', batch: 500, ...rest };
}

export interface SealedValue {
  readonly id: string;
  readonly subject: string;
  readonly version: number;
  readonly sealed: Uint8Array<ArrayBuffer>;
}

/** The next values of a tenant that name this data key, in the order of their ids. Nothing is locked. */
export async function listSealedValues(
  tx: TenantTransaction,
  kind: SealedKind,
  { dataKeyId, after }: { readonly dataKeyId: string; readonly after: string },
): Promise<readonly SealedValue[]> {
  const { table, column: sealed, names, subject, version, batch } = rawOf(SEALED_COLUMNS[kind]);
  // The owner of the tables sees all tenants in some of them: each statement says whose rows it means.
  return await tx.$queryRaw<SealedValue[]>`
    SELECT id, ${subject} AS subject, (${version})::int AS version, ${sealed} AS sealed FROM ${table}
    WHERE ${names} = ${dataKeyId} AND tenant_id = ${tx.tenantId}::uuid AND id > ${after}::uuid ORDER BY id LIMIT ${batch}`;
}

/** A value sealed anew, and the one it was made from. */
export interface Resealed {
  readonly id: string;
  readonly old: Uint8Array;
  readonly fresh: Uint8Array;
}

/**
 * Puts values in the place of those they were made from. Where somebody has saved another one since, or holds the row now,
 * nothing is changed: what a renewal saves is never overwritten, and nobody waits for us.
 * @returns how many were replaced
 */
export async function replaceSealedValues(
  tx: TenantTransaction,
  kind: SealedKind,
  values: readonly Resealed[],
): Promise<number> {
  const { table, column: sealed } = rawOf(SEALED_COLUMNS[kind]);
  const hex = (pick: (value: Resealed) => Uint8Array) =>
    values.map((value) => Buffer.from(pick(value)).toString('hex'));
  const ids = values.map(({ id }) => id);
  return await tx.$executeRaw`
    WITH held AS (
      SELECT t.id FROM ${table} t WHERE t.id = ANY (${ids}::uuid[]) AND t.tenant_id = ${tx.tenantId}::uuid ORDER BY t.id FOR UPDATE SKIP LOCKED)
    UPDATE ${table} t SET ${sealed} = decode(v.fresh, 'hex')
    FROM unnest(${ids}::uuid[], ${hex(({ old }) => old)}::text[], ${hex(({ fresh }) => fresh)}::text[]) AS v (id, old, fresh), held
    WHERE t.id = held.id AND v.id = held.id AND t.${sealed} = decode(v.old, 'hex')`;
}

function rawOf({ table, column: name, names, subject, version, batch }: SealedColumn) {
  const raw = (text: string) => Prisma.raw(text);
  return {
    table: raw(table),
    column: raw(name),
    names: raw(names),
    subject: raw(subject),
    version: raw(version),
    batch,
  };
}
