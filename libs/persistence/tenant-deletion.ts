import type { TenantTransaction } from './database.js';
import { Prisma } from './generated/client.js';

// All of this needs the owner's role, which sees every tenant in some tables: each statement says whose rows it means.

export interface ShreddedTenant {
  readonly name: string;
  readonly dataKeys: number;
  /** Stores that were connected until now. */
  readonly stores: number;
}

/**
 * Ends a tenant at once: its data keys are destroyed, its API keys are refused and its stores are called no more. What is
 * left are rows that nobody can open. Undefined when there is no such tenant.
 */
export async function shredTenant(tx: TenantTransaction): Promise<ShreddedTenant | undefined> {
  const [tenant] = await tx.$queryRaw<{ name: string }[]>`
    UPDATE tenants SET suspended_at = coalesce(suspended_at, now()) WHERE id = ${tx.tenantId}::uuid RETURNING name`;
  if (tenant === undefined) return undefined;
  const dataKeys = await tx.$executeRaw`
    UPDATE data_keys SET wrapped = '', destroyed_at = now() WHERE tenant_id = ${tx.tenantId}::uuid AND destroyed_at IS NULL`;
  const stores = await tx.$executeRaw`
    UPDATE stores SET status = 'disconnected', status_reason = 'The tenant is being deleted.', status_since = now(), updated_at = now()
    WHERE tenant_id = ${tx.tenantId}::uuid AND status <> 'disconnected'`;
  return { name: tenant.name, dataKeys, stores };
}

/** In this order; what hangs on a row goes with it. A store's events and writes go before it, so that it goes fast. */
export const DELETED_IN_TURN = ['events', 'webhook_deliveries', 'writes', 'stores', 'connect_sessions'] as const;

/** @returns how many rows went; none when none are left */
export async function deleteSomeOfTenant(
  tx: TenantTransaction,
  table: (typeof DELETED_IN_TURN)[number],
  batch: number,
): Promise<number> {
  const from = Prisma.raw(table);
  return await tx.$executeRaw`
    DELETE FROM ${from} WHERE id IN (SELECT d.id FROM ${from} d WHERE d.tenant_id = ${tx.tenantId}::uuid LIMIT ${batch}) AND tenant_id = ${tx.tenantId}::uuid`;
}

/** The rest: apps with their keys and clients, then the data keys that nothing names any more, then the tenant. */
export async function deleteTenantRow(tx: TenantTransaction): Promise<void> {
  await tx.$executeRaw`DELETE FROM apps WHERE tenant_id = ${tx.tenantId}::uuid`;
  await tx.$executeRaw`DELETE FROM data_keys WHERE tenant_id = ${tx.tenantId}::uuid`;
  await tx.$executeRaw`DELETE FROM tenants WHERE id = ${tx.tenantId}::uuid`;
}
