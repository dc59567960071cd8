import type { HealthState } from '#contract';
import type { Mode } from './accounts.js';
import type { CredentialTimes } from './credentials.js';
import type { Database } from './database.js';
import type { StoreRow } from './stores.js';

/** What the code's tables say, for functions of the database that look at many stores at once. */
export interface HealthWords {
  /** Whom a reason waits for, also under `state:<state>`. */
  readonly who: Readonly<Record<string, string>>;
  /** By platform, the day on which it ends the version of its API that is spoken. */
  readonly sunsets: Readonly<Record<string, string>>;
  /** Platforms whose renewals give a whole new life. */
  readonly rotating: readonly string[];
}

/** The name of a store across tenants. */
export interface StorePlace {
  readonly id: string;
  readonly tenantId: string;
}

/** Where a page of a sorted list ended. */
export interface SortKey {
  readonly number: number;
  readonly text: string;
  readonly id: string;
}

/** What stores are looked for; what is undefined is not asked for. */
export interface StoresWanted {
  readonly search: string | undefined;
  readonly who: string | undefined;
  readonly state: string | undefined;
  readonly status: string | undefined;
  readonly platform: string | undefined;
  /** A uuid. */
  readonly app: string | undefined;
  readonly dying: string | undefined;
  readonly sort: string;
}

/** A page, and how many there are in all. */
export interface Counted<Row> {
  readonly rows: readonly Row[];
  readonly total: number;
}

/** Of rows that each tell the total, the first even where there is nothing else to tell. */
export function counted<Row extends { readonly total: bigint; readonly id: string | null }>(
  rows: readonly Row[],
): Counted<Row & { readonly id: string }> {
  const found = rows.filter((row): row is Row & { readonly id: string } => row.id !== null);
  return { rows: found, total: Number(rows[0]?.total ?? 0) };
}

type FoundPlace = StorePlace & { readonly number: number; readonly text: string };

/** One page of all tenants' stores in the order asked for. */
export async function listStoresAsSeen(
  database: Database,
  words: HealthWords,
  wanted: StoresWanted,
  { after, limit }: { readonly after: SortKey | undefined; readonly limit: number },
): Promise<Counted<FoundPlace>> {
  const rows = await database.shared.$queryRaw<(FoundPlace & { total: bigint })[]>`
    SELECT id, tenant_id AS "tenantId", sort_number AS number, sort_text AS text, total
    FROM list_stores_as_seen(${JSON.stringify(words)}::jsonb, ${JSON.stringify(wanted)}::jsonb, ${after?.number ?? null}::float8,
      ${after?.text ?? null}, ${after?.id ?? null}::uuid, ${limit}::int)`;
  return counted(rows);
}

export interface StoreCount {
  readonly platform: string;
  readonly state: HealthState;
  readonly who: string;
  readonly isDying: boolean;
  /** It dies because the platform ends the version of its API. */
  readonly isSunset: boolean;
  readonly isConnected: boolean;
  readonly stores: number;
}

export async function countStoresAsSeen(database: Database, words: HealthWords): Promise<readonly StoreCount[]> {
  return await database.shared.$queryRaw<StoreCount[]>`
    SELECT platform, state, who, is_dying AS "isDying", is_sunset AS "isSunset", is_connected AS "isConnected", stores::int AS stores
    FROM count_stores_as_seen(${JSON.stringify(words)}::jsonb)`;
}

export interface TroubledStore extends StorePlace {
  readonly who: string;
  /** How many there are in its group. */
  readonly total: number;
}

/** The most urgent stores of each group. */
export async function listStoresInTrouble(
  database: Database,
  words: HealthWords,
  most: number,
): Promise<readonly TroubledStore[]> {
  return await database.shared.$queryRaw<TroubledStore[]>`
    SELECT id, tenant_id AS "tenantId", who, total::int AS total FROM list_stores_in_trouble(${JSON.stringify(words)}::jsonb, ${most}::int)`;
}

/** An app's client that a platform does not accept, and how many stores that concerns. */
export interface RefusedClient {
  readonly appId: string;
  readonly appName: string;
  readonly tenantName: string;
  readonly platform: string;
  readonly stores: number;
  readonly since: Date;
  readonly total: number;
}

export async function listRefusedClients(
  database: Database,
  words: HealthWords,
  most: number,
): Promise<readonly RefusedClient[]> {
  return await database.shared.$queryRaw<RefusedClient[]>`
    SELECT app_id AS "appId", app_name AS "appName", tenant_name AS "tenantName", platform, stores::int AS stores, since, total::int AS total
    FROM list_refused_clients(${JSON.stringify(words)}::jsonb, ${most}::int)`;
}

/** A store with whose it is and the times of its credential; never a credential. */
export interface LoadedStore {
  readonly store: Pick<
    StoreRow,
    | (
        | 'id'
        | 'tenantId'
        | 'appId'
        | 'platform'
        | 'name'
        | 'domain'
        | 'mode'
        | 'status'
        | 'statusReason'
        | 'statusSince'
      )
    | ('lastSuccessAt' | 'lastErrorCode' | 'lastErrorMessage' | 'lastErrorAt')
    | ('healthState' | 'healthReason' | 'healthSince' | 'scopesLost')
  >;
  readonly credential: CredentialTimes | undefined;
  readonly tenantName: string;
  readonly appName: string;
}

interface LoadedRow extends Omit<CredentialTimes, 'strategy' | 'lastErrorCode' | 'lastErrorMessage' | 'lastErrorAt'> {
  readonly store: LoadedStore['store'];
  readonly strategy: string | null;
  readonly credentialErrorCode: string | null;
  readonly credentialErrorMessage: string | null;
  readonly credentialErrorAt: Date | null;
  readonly tenantName: string;
  readonly appName: string;
}

/** Reads stores of many tenants in one statement, each under its tenant's row-level security; in the order given. */
export async function loadStoresForOperator(
  database: Database,
  places: readonly StorePlace[],
): Promise<readonly LoadedStore[]> {
  if (places.length === 0) return [];
  const named = JSON.stringify(places.map(({ id, tenantId }) => ({ id, tenantId })));
  const rows = await database.shared.$queryRaw<(LoadedRow & LoadedStore['store'])[]>`
    SELECT id, tenant_id AS "tenantId", app_id AS "appId", tenant_name AS "tenantName", app_name AS "appName", platform, name, domain, mode, status,
      status_reason AS "statusReason", status_since AS "statusSince", last_success_at AS "lastSuccessAt", last_error_code AS "lastErrorCode",
      last_error_message AS "lastErrorMessage", last_error_at AS "lastErrorAt", health_state AS "healthState", health_reason AS "healthReason",
      health_since AS "healthSince", coalesce(scopes_lost, '{}') AS "scopesLost", strategy, access_expires_at AS "accessExpiresAt",
      refresh_expires_at AS "refreshExpiresAt", due_at AS "dueAt", last_refreshed_at AS "lastRefreshedAt", attempt,
      credential_error_code AS "credentialErrorCode", credential_error_message AS "credentialErrorMessage", credential_error_at AS "credentialErrorAt"
    FROM load_stores_for_operator(${named}::jsonb)`;
  const byId = new Map(rows.map((row) => [row.id, row]));
  return places.flatMap(({ id }) => {
    const row = byId.get(id);
    return row === undefined ? [] : [loaded(row)];
  });
}

function loaded(row: LoadedRow & LoadedStore['store']): LoadedStore {
  const { strategy, accessExpiresAt, refreshExpiresAt, dueAt, lastRefreshedAt, attempt } = row;
  const times = { accessExpiresAt, refreshExpiresAt, dueAt, lastRefreshedAt, attempt };
  const { credentialErrorCode: lastErrorCode, credentialErrorMessage: lastErrorMessage } = row;
  const failure = { lastErrorCode, lastErrorMessage, lastErrorAt: row.credentialErrorAt };
  return {
    store: row,
    credential: strategy === null ? undefined : { strategy, ...times, ...failure },
    tenantName: row.tenantName,
    appName: row.appName,
  };
}

/** A store as short as a list of something else names it. */
export interface NamedStore {
  readonly id: string;
  readonly name: string;
  readonly domain: string;
  readonly platform: string;
  readonly mode: Mode;
  readonly appName: string;
  readonly tenantName: string;
}
