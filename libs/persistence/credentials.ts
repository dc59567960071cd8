import type { Database, TenantTransaction } from './database.js';

export interface CredentialRow {
  readonly id: string;
  readonly tenantId: string;
  readonly storeId: string;
  readonly strategy: string;
  readonly sealed: Uint8Array<ArrayBuffer>;
  readonly version: number;
  readonly state: 'active' | 'refused';
  /** Seconds until the access token expires, by the database's clock; null when it never does. */
  readonly accessSeconds: number | null;
  /** Tries since the last success, the running one included. */
  readonly attempt: number;
  /** Whether a failed renewal waits for its next try. */
  readonly backingOff: boolean;
  readonly lastErrorCode: string | null;
}

/** What is stored with each new pair. Lifetimes are seconds from now, by the database's clock; null means never. */
export interface StoredGrant {
  readonly strategy: string;
  readonly sealed: Uint8Array<ArrayBuffer>;
  readonly version: number;
  readonly accessSeconds: number | null;
  readonly refreshSeconds: number | null;
  /** When to renew it. */
  readonly dueSeconds: number | null;
}

export async function findCredential(tx: TenantTransaction, storeId: string): Promise<CredentialRow | undefined> {
  const rows = await tx.$queryRaw<CredentialRow[]>`
    SELECT id, tenant_id AS "tenantId", store_id AS "storeId", strategy, sealed, version, state, attempt,
      extract(epoch FROM access_expires_at - now())::float8 AS "accessSeconds",
      (attempt > 0 AND (lease_until IS NULL OR lease_until < now()) AND due_at > now()) AS "backingOff", last_error_code AS "lastErrorCode"
    FROM credentials WHERE store_id = ${storeId}::uuid`;
  return rows[0];
}

/** When a store's credential expires and is renewed, for people. */
export interface CredentialTimes {
  readonly accessExpiresAt: Date | null;
  readonly refreshExpiresAt: Date | null;
  readonly dueAt: Date | null;
  readonly lastRefreshedAt: Date | null;
}

export async function findCredentialTimes(
  tx: TenantTransaction,
  storeId: string,
): Promise<CredentialTimes | undefined> {
  const select = { accessExpiresAt: true, refreshExpiresAt: true, dueAt: true, lastRefreshedAt: true };
  return (await tx.credential.findUnique({ where: { storeId }, select })) ?? undefined;
}

/** Stores the grant of a new connection. A lease or backoff of an older grant of the same store is void from here on. */
export async function putCredential(
  tx: TenantTransaction,
  { id, tenantId, storeId }: Pick<CredentialRow, 'id' | 'tenantId' | 'storeId'>,
  grant: StoredGrant,
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO credentials (id, tenant_id, store_id, strategy, sealed, version, access_expires_at, refresh_expires_at, due_at)
    VALUES (${id}::uuid, ${tenantId}::uuid, ${storeId}::uuid, ${grant.strategy}, ${grant.sealed}, ${grant.version},
      now() + make_interval(secs => ${grant.accessSeconds}), now() + make_interval(secs => ${grant.refreshSeconds}),
      now() + make_interval(secs => ${grant.dueSeconds}))
    ON CONFLICT (store_id) DO UPDATE SET strategy = excluded.strategy, sealed = excluded.sealed, version = excluded.version, state = 'active',
      access_expires_at = excluded.access_expires_at, refresh_expires_at = excluded.refresh_expires_at, due_at = excluded.due_at,
      last_refreshed_at = NULL, lease_owner = NULL, lease_until = NULL, attempt = 0, attempt_started_at = NULL,
      last_error_code = NULL, last_error_message = NULL, last_error_at = NULL`;
}

export interface Claimed {
  readonly id: string;
  readonly tenantId: string;
  readonly storeId: string;
}

/** Claims due credentials of all tenants, most urgent first; nobody else gets them until the lease ends. */
export async function claimDueCredentials(
  database: Database,
  claimer: string,
  batch: number,
  leaseSeconds: number,
): Promise<readonly Claimed[]> {
  return await database.shared.$queryRaw<Claimed[]>`
    SELECT id, tenant_id AS "tenantId", store_id AS "storeId" FROM claim_due_credentials(${claimer}, ${batch}::int, ${leaseSeconds}::int)`;
}

/**
 * Claims one credential that a caller needs now, unless somebody holds it or it was renewed since `seenVersion`, or a
 * failed attempt asks to wait. It is due from now on: should this claimer die, the next one need not wait for the day on
 * which it would have been.
 */
export async function claimCredential(
  tx: TenantTransaction,
  storeId: string,
  claim: { readonly claimer: string; readonly seenVersion: number; readonly leaseSeconds: number },
): Promise<boolean> {
  const count = await tx.$executeRaw`
    UPDATE credentials SET lease_owner = ${claim.claimer}, lease_until = now() + make_interval(secs => ${claim.leaseSeconds}),
      attempt = attempt + 1, attempt_started_at = now(), due_at = CASE WHEN due_at > now() THEN now() ELSE due_at END
    WHERE store_id = ${storeId}::uuid AND state = 'active' AND version = ${claim.seenVersion} AND (lease_until IS NULL OR lease_until < now())
      AND (attempt = 0 OR due_at <= now() OR due_at IS NULL)`;
  return count > 0;
}

/** Saves a renewed pair if this claimer's read is still the newest: a late answer can never overwrite a newer pair. */
export async function saveRenewed(
  tx: TenantTransaction,
  storeId: string,
  claimer: string,
  grant: StoredGrant,
): Promise<boolean> {
  const count = await tx.$executeRaw`
    UPDATE credentials SET sealed = ${grant.sealed}, version = ${grant.version}, state = 'active',
      access_expires_at = now() + make_interval(secs => ${grant.accessSeconds}),
      refresh_expires_at = coalesce(now() + make_interval(secs => ${grant.refreshSeconds}), refresh_expires_at),
      due_at = now() + make_interval(secs => ${grant.dueSeconds}), last_refreshed_at = now(), lease_owner = NULL, lease_until = NULL,
      attempt = 0, attempt_started_at = NULL, last_error_code = NULL, last_error_message = NULL, last_error_at = NULL
    WHERE store_id = ${storeId}::uuid AND version = ${grant.version - 1} AND lease_owner = ${claimer} AND state = 'active'`;
  return count > 0;
}

/** Gives a lease back after a failure that may pass, to be tried again after the wait. */
export async function releaseAfterFailure(
  tx: TenantTransaction,
  storeId: string,
  claimer: string,
  failure: { readonly code: string; readonly message: string; readonly retrySeconds: number },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE credentials SET lease_owner = NULL, lease_until = NULL, due_at = now() + make_interval(secs => ${failure.retrySeconds}),
      last_error_code = ${failure.code}, last_error_message = ${failure.message.slice(0, 500)}, last_error_at = now()
    WHERE store_id = ${storeId}::uuid AND lease_owner = ${claimer}`;
}

/**
 * Marks the grant as refused for good, unless a newer pair was saved since, or somebody else than the `claimer` given
 * holds it now. From here on nobody calls with it.
 */
export async function refuseCredential(
  tx: TenantTransaction,
  storeId: string,
  refused: { readonly version: number; readonly claimer?: string },
  failure: { readonly code: string; readonly message: string },
): Promise<boolean> {
  const claimer = refused.claimer ?? null;
  const count = await tx.$executeRaw`
    UPDATE credentials SET state = 'refused', due_at = NULL, lease_owner = NULL, lease_until = NULL,
      last_error_code = ${failure.code}, last_error_message = ${failure.message.slice(0, 500)}, last_error_at = now()
    WHERE store_id = ${storeId}::uuid AND version = ${refused.version} AND (${claimer}::text IS NULL OR lease_owner = ${claimer})`;
  return count > 0;
}

export async function deleteCredential(tx: TenantTransaction, storeId: string): Promise<void> {
  await tx.credential.deleteMany({ where: { storeId } });
}
