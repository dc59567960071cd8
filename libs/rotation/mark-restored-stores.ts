import { type Database, listActiveStores, listTenants, markRestored } from '#persistence';
import { counting, eachPage, HANDS, PAGE, type Report, withHands } from './progress.js';

export interface MarkedStores {
  readonly stores: number;
  /** Of these, stores whose credential is renewed; the others are called. */
  readonly renewed: number;
}

/**
 * After the database was restored from a backup: every active store is marked as one whose grant is being verified. Renewable
 * credentials are renewed with the token that the backup has (a platform that takes it again gives its successor anew; one
 * that does not is found out now and not when a caller needs it), the others are called.
 * @param withinSeconds over which renewals and calls are spread
 */
export async function markRestoredStores(
  owner: Database,
  withinSeconds: number,
  report: Report,
): Promise<MarkedStores> {
  const count = counting('marking', 0, report);
  const marked = { stores: 0, renewed: 0 };
  const mark = async (tenantId: string, storeId: string) => {
    const isRenewed = await owner.withTenant(tenantId, (tx) => markRestored(tx, storeId, withinSeconds));
    marked.stores += 1;
    if (isRenewed) marked.renewed += 1;
  };
  const markAllOf = (tenantId: string) =>
    eachPage<string>(
      (last) => owner.withTenant(tenantId, (tx) => listActiveStores(tx, last, PAGE)),
      async (stores) => {
        await withHands(HANDS, stores, (storeId) => mark(tenantId, storeId));
        count.add(stores.length);
      },
    );
  await eachPage<{ readonly tenantId: string }>(
    (last) => listTenants(owner, last?.tenantId, PAGE),
    async (tenants) => {
      for (const { tenantId } of tenants) await markAllOf(tenantId);
    },
  );
  return marked;
}
