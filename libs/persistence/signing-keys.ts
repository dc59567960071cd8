import type { Database } from './database.js';

export type SigningKeyState = 'next' | 'current' | 'retired';

export interface SigningKeyRow {
  readonly kid: string;
  readonly publicJwk: unknown;
  readonly state: SigningKeyState;
  /** The private key in PKCS #8, wrapped; null once it is retired. */
  readonly wrapped: { readonly keyId: string; readonly wrapped: Uint8Array<ArrayBuffer> } | null;
  /** Until when what it signed is accepted; null: as long as it is there. */
  readonly notAfter: Date | null;
}

export type NewSigningKey = Omit<SigningKeyRow, 'notAfter'> & {
  readonly wrapped: NonNullable<SigningKeyRow['wrapped']>;
};

/** Longer than any token lives that it signed before it was retired, in a process that had not yet heard of it. */
const OVERLAP_MS = 15 * 60_000;

/** All keys that verify, the newest first. */
export async function listSigningKeys(database: Database): Promise<readonly SigningKeyRow[]> {
  const rows = await database.shared.oauthSigningKey.findMany({ orderBy: { createdAt: 'desc' } });
  return rows.map(({ kid, publicJwk, state, kekId, wrapped, retiredAt }) => ({
    kid,
    publicJwk,
    // The column's check constraint holds exactly these words.
    state: state as SigningKeyState,
    wrapped: kekId === null || wrapped === null ? null : { keyId: kekId, wrapped },
    notAfter: retiredAt === null ? null : new Date(retiredAt.getTime() + OVERLAP_MS),
  }));
}

/** Adds a key in a place that nobody has taken; where somebody has, nothing happens. */
export async function addSigningKey(database: Database, key: NewSigningKey): Promise<void> {
  const { kid, state, wrapped } = key;
  const publicJwk = JSON.stringify(key.publicJwk);
  await database.shared.$queryRaw`
    INSERT INTO oauth_signing_keys (kid, public_jwk, kek_id, wrapped, state, current_at)
    VALUES (${kid}, ${publicJwk}::jsonb, ${wrapped.keyId}, ${wrapped.wrapped}, ${state}, CASE ${state} WHEN 'current' THEN now() END)
    ON CONFLICT DO NOTHING`;
}

/** Ages in seconds that a rotation respects. */
export interface RotationAges {
  /** So long the next key must have been published. */
  readonly next: number;
  /** So long the current key must have signed. */
  readonly current: number;
  /** So long a retired key is kept for verifying. */
  readonly retired: number;
}

/** Lets the next key sign and publishes a new one. False, and nothing changes, when that would be too early. */
export async function rotateSigningKeyRows(
  database: Database,
  fresh: NewSigningKey,
  ages: RotationAges,
): Promise<boolean> {
  const { kid, publicJwk, wrapped } = fresh;
  const { next, current, retired } = ages;
  const rows = await database.shared.$queryRaw<{ rotated: boolean }[]>`
    SELECT rotate_signing_keys(${kid}, ${JSON.stringify(publicJwk)}::jsonb, ${wrapped.keyId}, ${wrapped.wrapped},
      ${next}::int, ${current}::int, ${retired}::int) AS rotated`;
  return rows[0]?.rotated === true;
}

/** Puts a new wrapping in the place of that of an older key-encryption key. Needs the owner's role. */
export async function replaceSigningKeyWrapping(
  owner: Database,
  kid: string,
  oldKekId: string,
  { keyId, wrapped }: { readonly keyId: string; readonly wrapped: Uint8Array },
): Promise<void> {
  const data = { kekId: keyId, wrapped: new Uint8Array(wrapped) };
  await owner.shared.oauthSigningKey.updateMany({ where: { kid, kekId: oldKekId }, data });
}
