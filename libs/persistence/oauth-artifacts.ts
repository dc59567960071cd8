import type { Database } from './database.js';

/** What the authorization server keeps for a while; found by a hash alone. */
export interface OauthArtifactRow {
  readonly hash: Uint8Array<ArrayBuffer>;
  readonly kind: string;
  readonly grantId: string | null;
  readonly sessionHash: Uint8Array<ArrayBuffer> | null;
  readonly payload: string;
  readonly expiresAt: Date;
}

export type StoredOauthArtifact = OauthArtifactRow & { readonly consumedAt: Date | null };

export async function putOauthArtifact(database: Database, row: OauthArtifactRow): Promise<void> {
  const { hash, ...rest } = row;
  await database.shared.oauthArtifact.upsert({ where: { hash }, create: row, update: rest });
}

/** False when it is there already: what may be presented once is noted by one of those who present it at the same time. */
export async function addOauthArtifact(database: Database, row: OauthArtifactRow): Promise<boolean> {
  const { count } = await database.shared.oauthArtifact.createMany({ data: [row], skipDuplicates: true });
  return count > 0;
}

export async function findOauthArtifact(
  database: Database,
  where: { readonly hash: Uint8Array<ArrayBuffer> } | { readonly sessionHash: Uint8Array<ArrayBuffer> },
): Promise<StoredOauthArtifact | undefined> {
  return (await database.shared.oauthArtifact.findFirst({ where })) ?? undefined;
}

/** Marks it as used, and keeps it as long as its use must be remembered. False when it was used before. */
export async function consumeOauthArtifact(
  database: Database,
  hash: Uint8Array<ArrayBuffer>,
  rememberedUntil?: Date,
): Promise<boolean> {
  const { count } = await database.shared.oauthArtifact.updateMany({
    where: { hash, consumedAt: null },
    data: { consumedAt: new Date(), ...(rememberedUntil === undefined ? {} : { expiresAt: rememberedUntil }) },
  });
  return count > 0;
}

export async function deleteOauthArtifact(database: Database, hash: Uint8Array<ArrayBuffer>): Promise<void> {
  await database.shared.oauthArtifact.deleteMany({ where: { hash } });
}

/** Takes away everything of a grant. */
export async function deleteOauthGrant(database: Database, grantId: string): Promise<void> {
  await database.shared.oauthArtifact.deleteMany({ where: { grantId } });
}

/** Takes away what has expired. The worker's role can do no more here. */
export async function forgetOldOauthArtifacts(database: Database): Promise<void> {
  await database.shared.$queryRaw`DELETE FROM oauth_artifacts WHERE expires_at < now()`;
}
