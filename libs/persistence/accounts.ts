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
  readonly scopes: readonly string[];
  readonly expiresAt: Date | null;
}

export async function insertApiKey(tx: TenantTransaction, key: ApiKeyRow): Promise<void> {
  await tx.apiKey.create({ data: { ...key, scopes: [...key.scopes] } });
}

/** Whether there was such a key that was not revoked yet. */
export async function revokeApiKey(tx: TenantTransaction, id: string): Promise<boolean> {
  const { count } = await tx.apiKey.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: new Date() } });
  return count > 0;
}

export async function touchApiKey(tx: TenantTransaction, id: string): Promise<void> {
  await tx.apiKey.update({ where: { id }, data: { lastUsedAt: new Date() } });
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
