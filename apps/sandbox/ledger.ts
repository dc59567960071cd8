import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Ledger, Redemption } from './platform.js';

const MOST_ENTRIES = 10_000;

const entrySchema = z.object({
  sequence: z.number().int(),
  at: z.string(),
  platform: z.string(),
  host: z.string(),
  kind: z.enum(['code', 'refreshToken', 'clientCredentials', 'keyExchange']),
  credential: z.string(),
  issued: z.string().exactOptional(),
  requestId: z.string(),
  status: z.number().int(),
  outcome: z.enum(['issued', 'replayed', 'refused']),
  note: z.string().exactOptional(),
});

const stateSchema = z.object({ next: z.number().int(), entries: z.array(entrySchema) });

/** One presentation of a credential. Holds fingerprints, never a secret. */
export type LedgerEntry = z.infer<typeof entrySchema>;

/** How often one credential was presented, by outcome. */
export interface CredentialSummary {
  readonly credential: string;
  readonly platform: string;
  readonly host: string;
  readonly kind: LedgerEntry['kind'];
  issued: number;
  replayed: number;
  refused: number;
}

/** The ledger as the root server uses it. */
export interface LedgerBook extends Ledger {
  /** Oldest first. */
  entries(host?: string): readonly LedgerEntry[];
  summary(host?: string): readonly CredentialSummary[];
  snapshot(): z.infer<typeof stateSchema>;
  /** @throws {z.ZodError} when the state is not a ledger's */
  restore(state: unknown): void;
}

/** First 12 hex digits of the SHA-256: enough to tell credentials apart, useless for signing in. */
export function fingerprint(credential: string): string {
  return createHash('sha256').update(credential).digest('hex').slice(0, 12);
}

function summarize(entries: readonly LedgerEntry[]): readonly CredentialSummary[] {
  const byCredential = new Map<string, CredentialSummary>();
  for (const { credential, platform, host, kind, outcome } of entries) {
    const key = `${platform} ${host} ${kind} ${credential}`;
    const summary = byCredential.get(key) ?? { credential, platform, host, kind, issued: 0, replayed: 0, refused: 0 };
    summary[outcome] += 1;
    byCredential.set(key, summary);
  }
  return [...byCredential.values()];
}

/**
 * Keeps the latest 10,000 presentations of codes and refresh tokens.
 * @param changed called after each entry
 */
export function createLedger(now: () => Date, changed: () => void): LedgerBook {
  let next = 1;
  let entries: LedgerEntry[] = [];
  const of = (host: string | undefined): readonly LedgerEntry[] =>
    host === undefined ? entries : entries.filter((entry) => entry.host === host);

  return {
    record({ credential, issued, ...rest }: Redemption) {
      entries.push({
        sequence: next++,
        at: now().toISOString(),
        ...rest,
        credential: fingerprint(credential),
        ...(issued === undefined ? {} : { issued: fingerprint(issued) }),
      });
      if (entries.length > MOST_ENTRIES) entries = entries.slice(-MOST_ENTRIES);
      changed();
    },
    entries: (host) => [...of(host)],
    summary: (host) => summarize(of(host)),
    snapshot: () => ({ next, entries: [...entries] }),
    restore(state) {
      const read = stateSchema.parse(state);
      next = read.next;
      entries = read.entries.slice(-MOST_ENTRIES);
    },
  };
}
