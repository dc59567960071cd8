import type { Database, TenantTransaction } from './database.js';

/** What can be cut off. A `scope` is named `<client id> <scope>`: tokens of that client lose it. */
export type CutoffKind = 'token' | 'grant' | 'client' | 'scope' | 'key' | 'app' | 'tenant';

/** Longer than any access token lives, clocks that differ included. */
const REMEMBERED_SECONDS = 3600;

/** What runs a query: a tenant's transaction, or the client beside all tenants. */
type Runner = Pick<TenantTransaction, '$queryRaw'>;

/**
 * Cuts off everything that was issued for the target until now. Every process that checks tokens is told when the
 * transaction commits.
 * @returns the moment, by the database's clock
 */
export async function cutOffAccess(runner: Runner, kind: CutoffKind, target: string): Promise<Date> {
  const rows = await runner.$queryRaw<{ cutAt: Date }[]>`
    SELECT cut_off_access(${kind}, ${target}, ${REMEMBERED_SECONDS}::int) AS "cutAt"`;
  const [row] = rows;
  if (row === undefined) throw new Error('a cut-off that was just written is gone');
  return row.cutAt;
}

/** What was cut off at that moment or later. */
export async function findCutoffs(
  database: Database,
  since: Date,
): Promise<readonly { readonly kind: CutoffKind; readonly target: string; readonly cutAt: Date }[]> {
  return await database.shared.$queryRaw`
    SELECT kind, target, cut_at AS "cutAt" FROM list_access_cutoffs(${since})`;
}
