import { createHash } from 'node:crypto';
import { type AuditEntry, type AuditHead, type Database, findAuditHead, listAuditEntries } from '#persistence';

const PAGE = 1000;

/** What a chain that holds says of itself. Write the hash down elsewhere: a later check can then demand it. */
export interface AuditReport {
  readonly entries: number;
  readonly first: bigint | null;
  readonly last: bigint;
  /** Hexadecimal, of the last entry. */
  readonly hash: string;
}

/** The audit log is not what was written: something was taken away, altered, put elsewhere or put in. */
export class AuditBroken extends Error {
  override readonly name = 'AuditBroken';
}

/** A hash that was written down at an earlier check. */
export interface Witness {
  readonly sequence: bigint;
  readonly hash: string;
}

/**
 * Computes every hash of the log anew. Whoever may write the tables at will could write a whole new chain: only a hash
 * that was kept elsewhere shows that, so give it as the witness.
 * @throws AuditBroken naming the first entry that does not fit
 */
export async function verifyAudit(owner: Database, witness?: Witness): Promise<AuditReport> {
  const check = startCheck(witness);
  for (;;) {
    const page = await listAuditEntries(owner, check.last(), PAGE);
    for (const entry of page) check.next(entry);
    if (page.length === PAGE) continue;
    // Read after the entries: whatever is written meanwhile, no entry can be ahead of its head.
    const head = await findAuditHead(owner);
    if (page.length === 0 || head === undefined || head.sequence <= check.last()) return check.end(head);
  }
}

interface Check {
  last(): bigint;
  next(entry: AuditEntry): void;
  end(head: AuditHead | undefined): AuditReport;
}

function startCheck(witness: Witness | undefined): Check {
  let previous: AuditEntry | undefined;
  let first: AuditEntry | undefined;
  let entries = 0;
  let isWitnessed = witness === undefined;
  const cuts = new Set<string>();
  const next = (entry: AuditEntry): void => {
    checkEntry(entry, previous);
    if (entry.action === 'audit.cut') cuts.add(cutOf(entry));
    if (witness?.sequence === entry.sequence) {
      if (hex(entry.hash) !== witness.hash) throw broken(entry.sequence, 'is not the one whose hash was written down');
      isWitnessed = true;
    }
    first ??= entry;
    previous = entry;
    entries += 1;
  };
  return {
    last: () => previous?.sequence ?? 0n,
    next,
    end(head) {
      if (head === undefined) throw new AuditBroken('The head of the audit log is gone.');
      checkBeginning(first, cuts);
      const last = previous?.sequence ?? 0n;
      const hash = hex(previous?.hash ?? new Uint8Array());
      if (last !== head.sequence || hash !== hex(head.hash)) {
        const end = String(head.sequence);
        throw new AuditBroken(
          `The audit log ends at ${String(last)}; it must end at ${end}, with the hash kept for that.`,
        );
      }
      if (!isWitnessed) throw new AuditBroken('The entry whose hash was written down is gone.');
      return { entries, first: first?.sequence ?? null, last, hash };
    },
  };
}

function checkEntry(entry: AuditEntry, previous: AuditEntry | undefined): void {
  if (previous !== undefined && entry.sequence !== previous.sequence + 1n) {
    throw new AuditBroken(`Entries are missing between ${String(previous.sequence)} and ${String(entry.sequence)}.`);
  }
  if (previous !== undefined && hex(entry.previous) !== hex(previous.hash)) {
    throw broken(entry.sequence, 'does not follow the one before it');
  }
  if (hex(hashOf(entry)) !== hex(entry.hash)) throw broken(entry.sequence, 'was altered');
}

/** The chain begins at its first entry, or where an entry that is still there says that it was cut. */
function checkBeginning(first: AuditEntry | undefined, cuts: ReadonlySet<string>): void {
  if (first === undefined) return;
  if (first.sequence === 1n && first.previous.length === 0) return;
  if (cuts.has(`${String(first.sequence - 1n)} ${hex(first.previous)}`)) return;
  throw new AuditBroken(`The audit log begins at ${String(first.sequence)}, and no checkpoint says that it may.`);
}

function cutOf({ details }: AuditEntry): string {
  const { through, hash } = JSON.parse(details) as { readonly through: number; readonly hash: string };
  return `${String(through)} ${hash}`;
}

/** As the function `write_audit` of the database computes it. */
function hashOf({ sequence, at, actor, action, target, details, previous }: AuditEntry): Uint8Array {
  const fields = [String(sequence), at.toISOString(), actor, action, target, details];
  const content = fields.map((field) => `${String(Buffer.byteLength(field))}:${field},`).join('');
  return createHash('sha256').update(previous).update(content).digest();
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

function broken(sequence: bigint, why: string): AuditBroken {
  return new AuditBroken(`Entry ${String(sequence)} of the audit log ${why}.`);
}
