import { randomUUID } from 'node:crypto';
import type { Mode } from './accounts.js';
import type { Database, TenantTransaction } from './database.js';
import { Prisma } from './generated/client.js';

export type OauthClientKind = 'confidential' | 'browser';

export interface OauthClientRow {
  readonly id: string;
  readonly tenantId: string;
  readonly appId: string;
  readonly name: string;
  readonly kind: OauthClientKind;
  readonly secretHash: Uint8Array<ArrayBuffer> | null;
  readonly previousSecretHash: Uint8Array<ArrayBuffer> | null;
  readonly previousSecretUntil: Date | null;
  /** A public JWK Set, for a client that signs instead of keeping a secret. */
  readonly jwks: unknown;
  readonly redirectUris: readonly string[];
  readonly scopes: readonly string[];
  readonly storeId: string | null;
}

export type NewOauthClient = Omit<OauthClientRow, 'previousSecretHash' | 'previousSecretUntil'>;

/** A client with what its tokens say of its app. */
export interface KnownOauthClient extends OauthClientRow {
  readonly appName: string;
  readonly mode: Mode;
}

export async function insertOauthClient(tx: TenantTransaction, client: NewOauthClient): Promise<void> {
  const { jwks, redirectUris, scopes, ...rest } = client;
  // The caller has checked that it is a JWK Set.
  const keys = jwks === null ? Prisma.DbNull : (jwks as Prisma.InputJsonObject);
  await tx.oauthClient.create({ data: { ...rest, jwks: keys, redirectUris: [...redirectUris], scopes: [...scopes] } });
}

/** Finds a client that is in force, of a tenant and an app that are not suspended, whoever's it is. */
export async function findOauthClient(database: Database, id: string): Promise<KnownOauthClient | undefined> {
  const rows = await database.shared.$queryRaw<{ tenantId: string }[]>`
    SELECT tenant_id AS "tenantId" FROM find_oauth_client(${id}::uuid)`;
  // For a client that does not exist the same is done, so that its answer takes as long.
  const tenantId = rows[0]?.tenantId ?? randomUUID();
  return await database.withTenant(tenantId, async (tx) => {
    const row = await tx.oauthClient.findFirst({ where: { id, disabledAt: null } });
    const tenant = await tx.tenant.findFirst({ where: { suspendedAt: null } });
    const app = await tx.app.findFirst({ where: { id: row?.appId ?? tenantId, suspendedAt: null } });
    if (row === null || tenant === null || app === null) return undefined;
    const kind = row.kind === 'browser' ? 'browser' : 'confidential';
    return { ...row, kind, appName: app.name, mode: app.mode === 'live' ? 'live' : 'test' };
  });
}

/** The present secret stays valid until then. False when there is no such client with a secret in force. */
export async function replaceOauthSecret(
  tx: TenantTransaction,
  id: string,
  fresh: Uint8Array<ArrayBuffer>,
  overlapSeconds: number,
): Promise<boolean> {
  const changed = await tx.$executeRaw`
    UPDATE oauth_clients SET secret_hash = ${fresh}, previous_secret_hash = secret_hash,
      previous_secret_until = now() + make_interval(secs => ${overlapSeconds}::int)
    WHERE id = ${id}::uuid AND tenant_id = ${tx.tenantId}::uuid AND secret_hash IS NOT NULL AND disabled_at IS NULL`;
  return changed > 0;
}

/** @returns the scopes that it had before; undefined when there is no such client in force */
export async function replaceOauthScopes(
  tx: TenantTransaction,
  id: string,
  scopes: readonly string[],
): Promise<readonly string[] | undefined> {
  const where = { id, disabledAt: null };
  const row = await tx.oauthClient.findFirst({ where, select: { scopes: true } });
  if (row !== null) await tx.oauthClient.updateMany({ where, data: { scopes: [...scopes] } });
  return row?.scopes;
}

/** False when there is no such client in force. */
export async function disableOauthClient(tx: TenantTransaction, id: string): Promise<boolean> {
  const where = { id, disabledAt: null };
  const { count } = await tx.oauthClient.updateMany({ where, data: { disabledAt: new Date() } });
  return count > 0;
}
