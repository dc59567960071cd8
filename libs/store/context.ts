import type { ConnectionsContext, RenewNow } from '#connections';
import type { Sealer } from '#vault';

export interface StoreContext {
  readonly connections: ConnectionsContext;
  readonly renewNow: RenewNow;
  /** Seals page cursors. */
  readonly cursors: Sealer;
}

/** For whom a store is read. */
export interface Reader {
  readonly tenantId: string;
  readonly appId: string;
  /** The one store that may be seen; null: every store of the app. */
  readonly storeId: string | null;
}
