import type { Database, TenantTransaction } from './database.js';

export interface TenantRow {
  readonly id: string;
  readonly name: string;
}

export type Mode = 'live' | 'test';

export interface AppRow {
  readonly id: string;
  readonly tenantId: string;
  readonly name: string;
  readonly mode: Mode;
  readonly returnOrigins: readonly string[];
}

/** Needs the owner's role: the app's role may not make tenants. */
export async function insertTenant(owner: Database, tenant: TenantRow): Promise<void> {
  await owner.withTenant(tenant.id, (tx) => tx.tenant.create({ data: { ...tenant } }));
}

export async function insertApp(tx: TenantTransaction, app: AppRow): Promise<void> {
  await tx.app.create({ data: { ...app, returnOrigins: [...app.returnOrigins] } });
}

export async function findApp(tx: TenantTransaction, id: string): Promise<AppRow | undefined> {
  const row = await tx.app.findUnique({ where: { id } });
  return row === null ? undefined : { ...row, mode: row.mode === 'live' ? 'live' : 'test' };
}

export interface ApiKeyRow {
  readonly id: string;
  readonly tenantId: string;
  readonly appId: string;
  readonly hash: Uint8Array<ArrayBuffer>;
  readonly lastFour: string;
  readonly name: string;
  readonly scopes: readonly string[];
  /** Addresses and networks it may be used from; none: from everywhere. */
  readonly allowedAddresses: readonly string[];
  readonly expiresAt: Date | null;
  /** The key that it took over from. */
  readonly rotatedFrom: string | null;
}

export async function insertApiKey(tx: TenantTransaction, key: ApiKeyRow): Promise<void> {
  await tx.apiKey.create({
    data: { ...key, scopes: [...key.scopes], allowedAddresses: [...key.allowedAddresses] },
  });
}

/** Whether there was such a key that was not revoked yet. */
export async function revokeApiKey(tx: TenantTransaction, id: string): Promise<boolean> {
  const { count } = await tx.apiKey.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: new Date() } });
  return count > 0;
}

/** What may be told of a key. */
export type ListedApiKey = Omit<ApiKeyRow, 'hash' | 'tenantId'> &
  Readonly<Record<'createdAt', Date>> &
  Readonly<Record<'revokedAt' | 'lastUsedAt', Date | null>>;

/** A tenant's keys, or those of one of its apps, the newest first; those that were revoked too. */
export async function listApiKeys(tx: TenantTransaction, appId: string | undefined): Promise<readonly ListedApiKey[]> {
  const rows = await tx.apiKey.findMany({
    where: appId === undefined ? {} : { appId },
    omit: { hash: true, tenantId: true },
    orderBy: { createdAt: 'desc' },
  });
  return rows;
}

/** A key that was not revoked. */
export async function findApiKeyById(tx: TenantTransaction, id: string): Promise<Omit<ApiKeyRow, 'hash'> | undefined> {
  const row = await tx.apiKey.findFirst({ where: { id, revokedAt: null }, omit: { hash: true } });
  return row ?? undefined;
}

/** Lets a key end then, unless it ends earlier. @returns when it ends */
export async function endApiKey(tx: TenantTransaction, id: string, afterSeconds: number): Promise<Date> {
  const rows = await tx.$queryRaw<{ expiresAt: Date }[]>`
    UPDATE api_keys SET expires_at = least(expires_at, now() + make_interval(secs => ${afterSeconds}::int))
    WHERE id = ${id}::uuid AND tenant_id = ${tx.tenantId}::uuid RETURNING expires_at AS "expiresAt"`;
  const [row] = rows;
  if (row === undefined) throw new Error('a key that was just read is gone');
  return row.expiresAt;
}

/**
 * Suspends a tenant, or one of its apps, or takes that back; a trigger tells every process. Needs the owner's role.
 * @returns false when there is none
 */
export async function setSuspended(
  tx: TenantTransaction,
  appId: string | undefined,
  suspended: boolean,
): Promise<boolean> {
  const data = { suspendedAt: suspended ? new Date() : null };
  const { count } =
    appId === undefined
      ? await tx.tenant.updateMany({ where: { id: tx.tenantId }, data })
      : await tx.app.updateMany({ where: { id: appId }, data });
  return count > 0;
}

/** What a presented key stands for. */
export interface KnownApiKey {
  readonly id: string;
  readonly tenantId: string;
  readonly appId: string;
  readonly mode: Mode;
  readonly scopes: readonly string[];
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
  readonly suspendedAt: Date | null;
  readonly lastUsedAt: Date | null;
}

/** Looks across tenants by the key's hash, through a named function. */
export async function findApiKey(database: Database, hash: Uint8Array): Promise<KnownApiKey | undefined> {
  const rows = await database.shared.$queryRaw<KnownApiKey[]>`
    SELECT id, tenant_id AS "tenantId", app_id AS "appId", mode, scopes, expires_at AS "expiresAt", revoked_at AS "revokedAt",
      suspended_at AS "suspendedAt", last_used_at AS "lastUsedAt"
    FROM find_api_key(${hash})`;
  return rows[0];
}
