import type { Database, TenantTransaction } from './database.js';
import { moveHealth } from './health.js';

/** Tenants in the order of their ids. Needs the owner's role. */
export async function listTenants(
  owner: Database,
  after: string | undefined,
  pageSize: number,
): Promise<readonly { readonly tenantId: string }[]> {
  return await owner.shared.$queryRaw`
    SELECT id AS "tenantId" FROM tenants
    WHERE id > coalesce(${after}, '00000000-0000-0000-0000-000000000000')::uuid ORDER BY id LIMIT ${pageSize}::int`;
}

/** Active stores of a tenant, in the order of their ids. */
export async function listActiveStores(
  tx: TenantTransaction,
  after: string | undefined,
  pageSize: number,
): Promise<readonly string[]> {
  const rows = await tx.store.findMany({
    where: { status: 'active', ...(after !== undefined && { id: { gt: after } }) },
    orderBy: { id: 'asc' },
    take: pageSize,
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}

/**
 * Marks a store whose credential came out of a backup: a renewable one is renewed, and the shop is called, at a moment of the
 * given time. What a claimer or a platform had said of the credential belongs to a time that is gone.
 * @returns whether its credential is one that is renewed
 */
export async function markRestored(tx: TenantTransaction, storeId: string, withinSeconds: number): Promise<boolean> {
  await moveHealth(tx, storeId, 'restored', ['healthy', 'degraded', 'rateLimited']);
  await tx.$executeRaw`
    UPDATE stores SET health_since = now(), refusals = 0, refused_at = NULL, probe_lease_until = NULL,
      probe_due_at = now() + make_interval(secs => ${withinSeconds} * random())
    WHERE id = ${storeId}::uuid AND tenant_id = ${tx.tenantId}::uuid`;
  const renewed = await tx.$executeRaw`
    UPDATE credentials SET due_at = least(due_at, now() + make_interval(secs => ${withinSeconds} * random())), lease_owner = NULL,
      lease_until = NULL, attempt = 0, attempt_started_at = NULL, refusals = 0, not_before = NULL
    WHERE store_id = ${storeId}::uuid AND tenant_id = ${tx.tenantId}::uuid AND state = 'active' AND due_at IS NOT NULL`;
  return renewed > 0;
}
