import { connectorOf } from '#connectors';
import type { StoreRow } from '#persistence';

/**
 * Orders older than this are not shown by the platform; null: all of them are. Midnight, so that it does not change with
 * every request.
 */
export function historySince({ platform, scopesGranted }: Pick<StoreRow, 'platform' | 'scopesGranted'>): string | null {
  const days = connectorOf(platform).historyDays(scopesGranted);
  if (days === null) return null;
  const since = new Date();
  since.setUTCDate(since.getUTCDate() - days);
  since.setUTCHours(0, 0, 0, 0);
  return since.toISOString();
}
