import type { Database } from './database.js';

/** One entry of the audit log, as it is stored. */
export interface AuditEntry {
  readonly sequence: bigint;
  readonly at: Date;
  readonly actor: string;
  readonly action: string;
  readonly target: string;
  /** JSON, exactly as it was hashed. */
  readonly details: string;
  readonly previous: Uint8Array;
  readonly hash: Uint8Array;
}

/** How long the chain must be, and the hash at its end. */
export interface AuditHead {
  readonly sequence: bigint;
  readonly hash: Uint8Array;
}

/** A page of entries after one, in order. Needs the owner's role. */
export async function listAuditEntries(owner: Database, after: bigint, limit: number): Promise<readonly AuditEntry[]> {
  return await owner.shared.$queryRaw<AuditEntry[]>`
    SELECT sequence, at, actor, action, target, details, previous, hash FROM audit_entries
    WHERE sequence > ${after} ORDER BY sequence LIMIT ${limit}`;
}

/** Undefined when somebody took it away. Needs the owner's role. */
export async function findAuditHead(owner: Database): Promise<AuditHead | undefined> {
  const rows = await owner.shared.$queryRaw<AuditHead[]>`SELECT sequence, hash FROM audit_heads`;
  return rows[0];
}

/** The newest entries, newest first, of those that match. Needs the owner's role. */
export async function newestAuditEntries(
  owner: Database,
  { limit, action }: { readonly limit: number; readonly action: string | null },
): Promise<readonly AuditEntry[]> {
  return await owner.shared.$queryRaw<AuditEntry[]>`
    SELECT sequence, at, actor, action, target, details, previous, hash FROM audit_entries
    WHERE ${action}::text IS NULL OR action = ${action}::text ORDER BY sequence DESC LIMIT ${limit}`;
}

/** Adds an entry. Needs the owner's role. */
export async function writeAudit(
  owner: Database,
  { actor, action, target, details }: Pick<AuditEntry, 'actor' | 'action' | 'target'> & { readonly details: object },
): Promise<void> {
  await owner.shared.$queryRaw`SELECT write_audit(${actor}, ${action}, ${target}, ${JSON.stringify(details)})::text`;
}

/** What was cut off the beginning of the chain. */
export interface AuditCut {
  readonly removed: number;
  /** The last entry that is gone, with its hash: where the chain begins now. */
  readonly through: bigint;
  readonly hash: string;
}

/**
 * Cuts off everything older than a moment, in one transaction with the entry that says where the chain begins now. The
 * newest entry always stays. Needs the owner's role.
 * @returns undefined when nothing is that old
 */
export async function cutAuditBefore(owner: Database, by: string, before: Date): Promise<AuditCut | undefined> {
  const rows = await owner.shared.$queryRaw<AuditCut[]>`
    SELECT removed::int AS removed, through, hash FROM cut_audit(${by}, ${before}::timestamptz)`;
  return rows[0];
}

/** Writes what a process has used of merchants' credentials. */
export async function noteCredentialUses(database: Database, by: string, uses: string): Promise<void> {
  await database.shared.$queryRaw`SELECT note_credential_uses(${by}, ${uses})::text`;
}
