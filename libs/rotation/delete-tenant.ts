import {
  type Database,
  DELETED_IN_TURN,
  deleteSomeOfTenant,
  deleteTenantRow,
  shredTenant,
  type ShreddedTenant,
} from '#persistence';
import type { Vault } from '#vault';
import { counting, type Report } from './progress.js';

export interface TenantDeletion extends ShreddedTenant {
  readonly rows: number;
}

const BATCH = 500;

/**
 * Destroys a tenant: first its data keys, which makes all it sealed unreadable wherever a copy lies, then its rows. From the
 * first moment its API keys are refused and its stores are not called. Undefined when there is no such tenant.
 */
export async function deleteTenant(
  owner: Database,
  vault: Vault,
  tenantId: string,
  report: Report,
): Promise<TenantDeletion | undefined> {
  const shredded = await owner.withTenant(tenantId, (tx) => shredTenant(tx));
  if (shredded === undefined) return undefined;
  vault.forgetTenant(tenantId);
  const count = counting('deleting', 0, report);
  let rows = 0;
  for (const table of DELETED_IN_TURN) {
    for (;;) {
      const gone = await owner.withTenant(tenantId, (tx) => deleteSomeOfTenant(tx, table, BATCH));
      if (gone === 0) break;
      rows += gone;
      count.add(gone);
    }
  }
  await owner.withTenant(tenantId, (tx) => deleteTenantRow(tx));
  return { ...shredded, rows };
}
