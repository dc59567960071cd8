import type { Database } from './database.js';

export interface VerificationKeyRow {
  readonly kid: string;
  readonly publicJwk: unknown;
  /** Until when what it signed is accepted; null: as long as it is there. */
  readonly notAfter: Date | null;
}

/** Longer than any token lives that it signed before it was retired, in a process that had not yet heard of it. */
const OVERLAP_MS = 15 * 60_000;

/** The public keys that access tokens are verified with. */
export async function listVerificationKeys(database: Database): Promise<readonly VerificationKeyRow[]> {
  const rows = await database.shared.oauthSigningKey.findMany({
    select: { kid: true, publicJwk: true, retiredAt: true },
    orderBy: { kid: 'asc' },
  });
  return rows.map(({ kid, publicJwk, retiredAt }) => ({
    kid,
    publicJwk,
    notAfter: retiredAt === null ? null : new Date(retiredAt.getTime() + OVERLAP_MS),
  }));
}
