import type { HealthReason, HealthState } from '#contract';
import type { Mode } from './accounts.js';
import { type Database, type TenantTransaction, violatedIndex } from './database.js';
import { moveHealth, scheduleProbe } from './health.js';

export const STORE_STATUSES = ['connecting', 'active', 'needsReauth', 'revoked', 'paused', 'disconnected'] as const;
export type StoreStatus = (typeof STORE_STATUSES)[number];

/** What a change to a status means for the store's health where the change gives no reason of its own. */
const REASON_OF_STATUS: Readonly<Record<StoreStatus, HealthReason>> = {
  connecting: 'connecting',
  active: 'ok',
  needsReauth: 'grantEnded',
  revoked: 'appRemoved',
  paused: 'paused',
  disconnected: 'disconnected',
};

export interface StoreRow {
  readonly id: string;
  readonly tenantId: string;
  readonly appId: string;
  readonly platform: string;
  readonly clientKey: string;
  readonly clientHandle: string | null;
  readonly account: string;
  readonly apiRoot: string;
  readonly platformId: string;
  readonly name: string;
  readonly domain: string;
  readonly currency: string;
  readonly timezone: string | null;
  readonly externalId: string | null;
  readonly mode: Mode;
  readonly scopesWanted: readonly string[];
  readonly scopesGranted: readonly string[];
  /** What the app asked for, in scopes of our own API. */
  readonly access: readonly string[];
  readonly status: StoreStatus;
  readonly statusReason: string | null;
  readonly statusSince: Date;
  readonly lastSuccessAt: Date | null;
  readonly lastErrorCode: string | null;
  readonly lastErrorMessage: string | null;
  readonly lastErrorAt: Date | null;
  readonly healthState: HealthState;
  /** A row of the table of reasons, as long as nobody goes back to an older version. */
  readonly healthReason: string;
  readonly healthSince: Date;
  /** How many refusals of the credential count since the last success. */
  readonly refusals: number;
  /** Of the platform's scopes, those that the grant had once. */
  readonly scopesLost: readonly string[];
  readonly createdAt: Date;
}

type DatabaseRow = Omit<StoreRow, 'mode' | 'status' | 'healthState'> &
  Readonly<Record<'mode' | 'status' | 'healthState', string>>;

// The columns' check constraints hold exactly these words.
const readRow = (row: DatabaseRow): StoreRow => ({
  ...row,
  mode: row.mode as Mode,
  status: row.status as StoreStatus,
  healthState: row.healthState as HealthState,
});

export type NewStore = Omit<
  StoreRow,
  | ('statusReason' | 'statusSince' | 'lastSuccessAt' | 'lastErrorCode' | 'lastErrorMessage' | 'lastErrorAt')
  | ('healthState' | 'healthReason' | 'healthSince' | 'refusals' | 'scopesLost' | 'createdAt')
>;

/** Thrown when the same shop is connected already with the same client. */
export class StoreTaken extends Error {
  override readonly name = 'StoreTaken';
}

export async function insertStore(tx: TenantTransaction, store: NewStore): Promise<void> {
  try {
    await tx.store.create({
      data: {
        ...store,
        scopesWanted: [...store.scopesWanted],
        scopesGranted: [...store.scopesGranted],
        access: [...store.access],
        statusSince: new Date(),
        lastSuccessAt: new Date(),
      },
    });
    await scheduleProbe(tx, store.id);
  } catch (error) {
    if (violatedIndex(error) !== undefined)
      throw new StoreTaken('this shop is connected with this client', { cause: error });
    throw error;
  }
}

/** Undoes a transaction that was only to find something out. */
class Undone extends Error {
  override readonly name = 'Undone';
}

/**
 * Whether no connection of any tenant stands in the way of this one. Row-level security hides the others' rows, but the
 * unique index sees them all: the row is tried and taken back.
 */
export async function isStoreFree(database: Database, store: NewStore): Promise<boolean> {
  try {
    return await database.withTenant(store.tenantId, async (tx) => {
      await insertStore(tx, store);
      throw new Undone();
    });
  } catch (error) {
    if (error instanceof Undone) return true;
    if (error instanceof StoreTaken) return false;
    throw error;
  }
}

/** Brings a store back to life with a new grant: every trouble of the old one is forgotten. */
export async function reconnectStore(
  tx: TenantTransaction,
  id: string,
  change: Pick<
    StoreRow,
    | 'apiRoot'
    | 'platformId'
    | 'name'
    | 'domain'
    | 'currency'
    | 'timezone'
    | 'scopesWanted'
    | 'scopesGranted'
    | 'access'
    | 'clientHandle'
  >,
): Promise<void> {
  await tx.store.update({
    where: { id },
    data: {
      ...change,
      scopesWanted: [...change.scopesWanted],
      scopesGranted: [...change.scopesGranted],
      access: [...change.access],
      status: 'active',
      statusReason: null,
      statusSince: new Date(),
      lastSuccessAt: new Date(),
      lastErrorCode: null,
      lastErrorMessage: null,
      lastErrorAt: null,
      refusals: 0,
      refusedAt: null,
      scopesLost: [],
      diesAt: null,
      warnedDays: null,
    },
  });
  await moveHealth(tx, id, 'ok');
  await scheduleProbe(tx, id);
}

export async function findStore(tx: TenantTransaction, id: string): Promise<StoreRow | undefined> {
  const row = await tx.store.findUnique({ where: { id } });
  return row === null ? undefined : readRow(row);
}

/** The live connection of an app to a shop, whatever client it was made with. */
export async function findStoreOfAccount(
  tx: TenantTransaction,
  appId: string,
  platform: string,
  account: string,
): Promise<StoreRow | undefined> {
  const row = await tx.store.findFirst({ where: { appId, platform, account, status: { not: 'disconnected' } } });
  return row === null ? undefined : readRow(row);
}

/** One page of an app's stores in the order of their ids; with a store, of that one alone. */
export async function listStores(
  tx: TenantTransaction,
  { appId, storeId }: { readonly appId: string; readonly storeId: string | null },
  afterId: string | undefined,
  limit: number,
): Promise<readonly StoreRow[]> {
  const rows = await tx.store.findMany({
    where: {
      appId,
      id: { ...(afterId === undefined ? {} : { gt: afterId }), ...(storeId === null ? {} : { equals: storeId }) },
    },
    orderBy: { id: 'asc' },
    take: limit,
  });
  return rows.map(readRow);
}

/**
 * Changes the status if it still is one of those given, and the store's health with it; the time of the change is kept only
 * when it is one.
 */
export async function setStoreStatus(
  tx: TenantTransaction,
  id: string,
  from: readonly StoreStatus[],
  status: StoreStatus,
  statusReason: string | null,
  reason: HealthReason = REASON_OF_STATUS[status],
): Promise<boolean> {
  const { count } = await tx.store.updateMany({
    where: { id, status: { in: [...from] } },
    data: { status, statusReason, statusSince: new Date() },
  });
  if (count > 0) await moveHealth(tx, id, reason);
  return count > 0;
}

/** What became of the grant of a store that was disconnected; when it was stays. */
export async function setDisconnectedReason(tx: TenantTransaction, id: string, statusReason: string): Promise<void> {
  await tx.store.updateMany({ where: { id, status: 'disconnected' }, data: { statusReason } });
}

export async function renameStore(tx: TenantTransaction, id: string, externalId: string | null): Promise<void> {
  await tx.store.update({ where: { id }, data: { externalId } });
}

export interface OperatorStoreRow {
  readonly id: string;
  readonly tenantId: string;
  readonly appId: string;
  readonly tenantName: string;
  readonly appName: string;
  readonly mode: Mode;
  readonly platform: string;
  readonly account: string;
  readonly name: string;
  readonly status: StoreStatus;
  readonly statusReason: string | null;
  readonly statusSince: Date;
  readonly lastSuccessAt: Date | null;
  readonly accessExpiresAt: Date | null;
  readonly refreshExpiresAt: Date | null;
  readonly dueAt: Date | null;
  readonly lastRefreshedAt: Date | null;
  readonly credentialVersion: number | null;
  readonly credentialState: string | null;
  readonly attempt: number | null;
  readonly lastErrorCode: string | null;
  readonly lastErrorMessage: string | null;
  readonly lastErrorAt: Date | null;
  readonly healthState: HealthState;
  readonly healthReason: string;
  readonly healthSince: Date;
  /** While a warning of it stands. */
  readonly diesAt: Date | null;
}

const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/** All tenants' stores with the state of their credentials, page by page; never a credential. */
export async function listStoresForOperator(
  database: Database,
  afterId: string = FIRST_ID,
  limit = 200,
): Promise<readonly OperatorStoreRow[]> {
  return await database.shared.$queryRaw<OperatorStoreRow[]>`
    SELECT id, tenant_name AS "tenantName", app_name AS "appName", mode, platform, account, name, status, status_reason AS "statusReason",
      status_since AS "statusSince", last_success_at AS "lastSuccessAt", access_expires_at AS "accessExpiresAt",
      refresh_expires_at AS "refreshExpiresAt", due_at AS "dueAt", last_refreshed_at AS "lastRefreshedAt",
      credential_version AS "credentialVersion", credential_state AS "credentialState", attempt, last_error_code AS "lastErrorCode",
      last_error_message AS "lastErrorMessage", last_error_at AS "lastErrorAt", health_state AS "healthState",
      health_reason AS "healthReason", health_since AS "healthSince", dies_at AS "diesAt", tenant_id AS "tenantId", app_id AS "appId"
    FROM list_stores_with_health(${afterId}::uuid, ${limit}::int)`;
}
