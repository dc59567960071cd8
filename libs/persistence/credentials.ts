import {
  type ClaimedCredential,
  FINAL_REFUSALS,
  type RenewalFailure,
  SHORTEST_RETRY_SECONDS,
  type StoredGrant,
} from './credential-repository.js';
import type { TenantTransaction } from './database.js';

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
  /** How often the platform refused the pair of this version. */
  readonly refusals: number;
  /** Whether a failed renewal waits for its next try, so that nobody may try now. */
  readonly backingOff: boolean;
  readonly lastErrorCode: string | null;
}

export async function findCredential(tx: TenantTransaction, storeId: string): Promise<CredentialRow | undefined> {
  const rows = await tx.$queryRaw<CredentialRow[]>`
    SELECT id, tenant_id AS "tenantId", store_id AS "storeId", strategy, sealed, version, state, attempt, refusals,
      extract(epoch FROM access_expires_at - now())::float8 AS "accessSeconds",
      (attempt > 0 AND (lease_until IS NULL OR lease_until < now()) AND due_at > now()
        AND (coalesce(not_before > now(), false) OR attempt_started_at > now() - make_interval(secs => ${SHORTEST_RETRY_SECONDS}))) AS "backingOff",
      last_error_code AS "lastErrorCode"
    FROM credentials WHERE store_id = ${storeId}::uuid AND tenant_id = ${tx.tenantId}::uuid`;
  return rows[0];
}

/** When a store's credential expires and is renewed, for people. */
export interface CredentialTimes {
  readonly strategy: string;
  readonly accessExpiresAt: Date | null;
  readonly refreshExpiresAt: Date | null;
  readonly dueAt: Date | null;
  readonly lastRefreshedAt: Date | null;
  /** Tries to renew it since the last success. */
  readonly attempt: number;
  readonly lastErrorCode: string | null;
  readonly lastErrorMessage: string | null;
  readonly lastErrorAt: Date | null;
}

export async function findCredentialTimes(
  tx: TenantTransaction,
  storeId: string,
): Promise<CredentialTimes | undefined> {
  const times = { accessExpiresAt: true, refreshExpiresAt: true, dueAt: true, lastRefreshedAt: true, attempt: true };
  const select = { ...times, strategy: true, lastErrorCode: true, lastErrorMessage: true, lastErrorAt: true };
  return (await tx.credential.findUnique({ where: { storeId }, select })) ?? undefined;
}

/**
 * Stores the grant of a new connection. A lease or backoff of an older grant of the same store is void from here on, and
 * so is an answer to it that is still on its way: it is another credential, whatever number its version has.
 */
export async function putCredential(
  tx: TenantTransaction,
  { id, storeId }: Pick<CredentialRow, 'id' | 'storeId'>,
  grant: StoredGrant,
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO credentials (id, tenant_id, store_id, strategy, sealed, version, access_expires_at, refresh_expires_at, due_at)
    VALUES (${id}::uuid, ${tx.tenantId}::uuid, ${storeId}::uuid, ${grant.strategy}, ${grant.sealed}, ${grant.version},
      now() + make_interval(secs => ${grant.accessSeconds}), now() + make_interval(secs => ${grant.refreshSeconds}),
      now() + make_interval(secs => ${grant.dueSeconds}))
    ON CONFLICT (store_id) DO UPDATE SET id = excluded.id, strategy = excluded.strategy, sealed = excluded.sealed, version = excluded.version, state = 'active',
      access_expires_at = excluded.access_expires_at, refresh_expires_at = excluded.refresh_expires_at, due_at = excluded.due_at,
      last_refreshed_at = NULL, lease_owner = NULL, lease_until = NULL, attempt = 0, attempt_started_at = NULL, refusals = 0, not_before = NULL,
      last_error_code = NULL, last_error_message = NULL, last_error_at = NULL
    WHERE credentials.tenant_id = ${tx.tenantId}::uuid`;
}

/** Claims one credential that a caller needs now; see `CredentialRepository.claim`. */
export async function claimCredential(
  tx: TenantTransaction,
  storeId: string,
  claim: { readonly claimer: string; readonly seenVersion: number; readonly leaseSeconds: number },
): Promise<boolean> {
  const count = await tx.$executeRaw`
    UPDATE credentials SET lease_owner = ${claim.claimer}, lease_until = now() + make_interval(secs => ${claim.leaseSeconds}),
      attempt = attempt + 1, attempt_started_at = now(), due_at = CASE WHEN due_at > now() THEN now() ELSE due_at END
    WHERE store_id = ${storeId}::uuid AND tenant_id = ${tx.tenantId}::uuid AND state = 'active' AND version = ${claim.seenVersion} AND (lease_until IS NULL OR lease_until < now())
      AND (not_before IS NULL OR not_before <= now())
      AND (attempt = 0 OR due_at IS NULL OR due_at <= now() OR attempt_started_at <= now() - make_interval(secs => ${SHORTEST_RETRY_SECONDS}))`;
  return count > 0;
}

/**
 * Saves a renewed pair if it is the successor of what is stored: a late answer can never overwrite a newer pair.
 * @param of `claimer` null lets a pair in that nobody else can get any more, even where it was refused
 */
export async function saveRenewed(
  tx: TenantTransaction,
  { id, claimer }: { readonly id: string; readonly claimer: string | null },
  grant: StoredGrant,
): Promise<boolean> {
  const count = await tx.$executeRaw`
    UPDATE credentials SET sealed = ${grant.sealed}, version = ${grant.version}, state = 'active',
      access_expires_at = now() + make_interval(secs => ${grant.accessSeconds}),
      refresh_expires_at = coalesce(now() + make_interval(secs => ${grant.refreshSeconds}), refresh_expires_at),
      due_at = now() + make_interval(secs => ${grant.dueSeconds}), last_refreshed_at = now(), lease_owner = NULL, lease_until = NULL,
      attempt = 0, attempt_started_at = NULL, refusals = 0, not_before = NULL, last_error_code = NULL, last_error_message = NULL, last_error_at = NULL
    WHERE id = ${id}::uuid AND tenant_id = ${tx.tenantId}::uuid AND version = ${grant.version - 1}
      AND (${claimer}::text IS NULL OR (lease_owner = ${claimer} AND state = 'active'))`;
  return count > 0;
}

/** Gives a lease back after a failure that may pass, to be tried again after the wait. */
export async function postponeCredential(
  tx: TenantTransaction,
  storeId: string,
  claimer: string,
  failure: RenewalFailure & { readonly retrySeconds: number; readonly isOrdered: boolean },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE credentials SET lease_owner = NULL, lease_until = NULL, due_at = now() + make_interval(secs => ${failure.retrySeconds}),
      not_before = CASE WHEN ${failure.isOrdered} THEN now() + make_interval(secs => ${failure.retrySeconds}) END,
      last_error_code = ${failure.code}, last_error_message = ${failure.message.slice(0, 500)}, last_error_at = now()
    WHERE store_id = ${storeId}::uuid AND tenant_id = ${tx.tenantId}::uuid AND lease_owner = ${claimer}`;
}

/** Lets a claim go on; see `CredentialRepository.extend`. */
export async function extendClaim(
  tx: TenantTransaction,
  { id, claimer }: Pick<ClaimedCredential, 'id' | 'claimer'>,
  leaseSeconds: number,
): Promise<boolean> {
  const count = await tx.$executeRaw`
    UPDATE credentials SET lease_until = now() + make_interval(secs => ${leaseSeconds})
    WHERE id = ${id}::uuid AND tenant_id = ${tx.tenantId}::uuid AND lease_owner = ${claimer} AND lease_until >= now()`;
  return count > 0;
}

/** Gives back a claim that was not used; see `CredentialRepository.release`. */
export async function releaseCredential(
  tx: TenantTransaction,
  storeId: string,
  claimer: string,
  waitSeconds: number,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE credentials SET lease_owner = NULL, lease_until = NULL, attempt = attempt - 1, due_at = now() + make_interval(secs => ${waitSeconds}),
      attempt_started_at = CASE WHEN attempt > 1 THEN attempt_started_at END
    WHERE store_id = ${storeId}::uuid AND tenant_id = ${tx.tenantId}::uuid AND lease_owner = ${claimer}`;
}

/** Counts a refusal; see `CredentialRepository.refuse`. */
export async function refuseClaimed(
  tx: TenantTransaction,
  { storeId, version, claimer }: Pick<ClaimedCredential, 'storeId' | 'version' | 'claimer'>,
  failure: RenewalFailure,
  graceSeconds: number,
): Promise<'again' | 'final' | 'superseded'> {
  const rows = await tx.$queryRaw<{ state: string }[]>`
    UPDATE credentials SET refusals = refusals + 1, lease_owner = NULL, lease_until = NULL,
      state = CASE WHEN refusals + 1 >= ${FINAL_REFUSALS} THEN 'refused' ELSE state END,
      due_at = CASE WHEN refusals + 1 >= ${FINAL_REFUSALS} THEN NULL ELSE now() + make_interval(secs => ${graceSeconds}) END,
      not_before = CASE WHEN refusals + 1 < ${FINAL_REFUSALS} THEN now() + make_interval(secs => ${graceSeconds}) END,
      last_error_code = ${failure.code}, last_error_message = ${failure.message.slice(0, 500)}, last_error_at = now()
    WHERE store_id = ${storeId}::uuid AND tenant_id = ${tx.tenantId}::uuid AND version = ${version} AND lease_owner = ${claimer} AND state = 'active'
    RETURNING state`;
  const [row] = rows;
  if (row === undefined) return 'superseded';
  return row.state === 'refused' ? 'final' : 'again';
}

/** Marks the grant as refused for good, unless a newer pair was saved since. From here on nobody calls with it. */
export async function refuseCredential(
  tx: TenantTransaction,
  storeId: string,
  refused: { readonly version: number },
  failure: { readonly code: string; readonly message: string },
): Promise<boolean> {
  const count = await tx.$executeRaw`
    UPDATE credentials SET state = 'refused', due_at = NULL, lease_owner = NULL, lease_until = NULL,
      last_error_code = ${failure.code}, last_error_message = ${failure.message.slice(0, 500)}, last_error_at = now()
    WHERE store_id = ${storeId}::uuid AND tenant_id = ${tx.tenantId}::uuid AND version = ${refused.version}`;
  return count > 0;
}

export async function deleteCredential(tx: TenantTransaction, storeId: string): Promise<void> {
  await tx.credential.deleteMany({ where: { storeId } });
}
