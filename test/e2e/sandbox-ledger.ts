import { z } from 'zod';
import type { System } from '../system.js';

const ledger = z.object({
  entries: z.array(
    z.object({
      sequence: z.number(),
      at: z.iso.datetime(),
      host: z.string(),
      kind: z.enum(['code', 'refreshToken', 'clientCredentials', 'keyExchange']),
      /** Fingerprint of what was presented, and of what was given for it. */
      credential: z.string(),
      issued: z.string().optional(),
      status: z.number(),
      outcome: z.enum(['issued', 'replayed', 'refused']),
      note: z.string().optional(),
    }),
  ),
});

export type LedgerEntry = z.infer<typeof ledger>['entries'][number];

/** What the platforms saw of codes, refresh tokens and keys at one shop, oldest first. The oracle of these suites. */
export async function readLedger(
  { sandboxUrl }: Pick<System, 'sandboxUrl'>,
  host: string,
): Promise<readonly LedgerEntry[]> {
  const response = await fetch(`${sandboxUrl}/ledger?host=${host}`);
  return ledger.parse(await response.json()).entries;
}
