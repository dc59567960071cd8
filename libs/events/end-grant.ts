import { deleteCredential, setStoreStatus, STORE_STATUSES, type StoreRow, type TenantTransaction } from '#persistence';

const ALIVE = STORE_STATUSES.filter((status) => status !== 'disconnected' && status !== 'revoked');

/**
 * The merchant removed the app: nobody calls with what is left of the grant.
 * @returns false when that was known; a platform may say it in several ways at once
 */
export async function endGrant(tx: TenantTransaction, { id }: Pick<StoreRow, 'id'>): Promise<boolean> {
  if (!(await setStoreStatus(tx, id, ALIVE, 'revoked', 'The merchant removed the app at the platform.'))) return false;
  await deleteCredential(tx, id);
  return true;
}
