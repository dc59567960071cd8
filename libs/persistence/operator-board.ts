import type { Mode } from './accounts.js';
import type { AuditEntry } from './audit.js';
import type { Database } from './database.js';
import { type Counted, counted, type NamedStore } from './operator-stores.js';
import type { DeliveryStatus } from './webhooks.js';

/** Deliveries that are not worked through. */
export interface Inbox {
  readonly waiting: number;
  readonly oldestSeconds: number;
  readonly failed: number;
  /** Those that nobody works through, and since when. */
  readonly stuck: number;
  readonly stuckSince: Date | null;
}

/** A delivery that has been due for so long is stuck: a worker takes one within seconds. */
const STUCK_SECONDS = 300;

export async function readInbox(database: Database): Promise<Inbox> {
  const rows = await database.shared.$queryRaw<Inbox[]>`
    SELECT waiting::int AS waiting, oldest_seconds AS "oldestSeconds", failed::int AS failed, stuck::int AS stuck, stuck_since AS "stuckSince"
    FROM read_inbox(${STUCK_SECONDS}::int)`;
  const [inbox] = rows;
  if (inbox === undefined) throw new Error('a count answered nothing');
  return inbox;
}

/** Of the last 24 hours. */
export async function countDeliveries(
  database: Database,
): Promise<readonly { readonly platform: string; readonly status: string; readonly count: number }[]> {
  return await database.shared.$queryRaw`SELECT platform, status, received::int AS count FROM count_deliveries()`;
}

/** Failed ones that can be worked through again, by platform. */
export async function countFailedDeliveries(
  database: Database,
): Promise<readonly { readonly platform: string; readonly count: number; readonly since: Date }[]> {
  return await database.shared.$queryRaw`SELECT platform, failed::int AS count, since FROM count_failed_deliveries()`;
}

export async function listFailedDeliveries(
  database: Database,
  platform: string,
  most: number,
): Promise<readonly { readonly id: string; readonly tenantId: string }[]> {
  return await database.shared.$queryRaw`
    SELECT id, tenant_id AS "tenantId" FROM list_failed_deliveries(${platform}, ${most}::int)`;
}

export interface ListedDelivery extends Omit<NamedStore, 'id' | 'name' | 'domain'> {
  readonly id: string;
  readonly storeId: string | null;
  readonly storeName: string | null;
  readonly storeDomain: string | null;
  readonly topic: string;
  readonly status: DeliveryStatus;
  readonly reason: string | null;
  readonly attempt: number;
  readonly receivedAt: Date;
  readonly processedAt: Date | null;
  /** Whether its payload is still there. */
  readonly isKept: boolean;
}

export interface DeliveriesWanted {
  /** A uuid. */
  readonly store: string | undefined;
  readonly platform: string | undefined;
  readonly status: string | undefined;
}

/** Newest first; more than 100,000 are not counted on. */
export async function listDeliveriesForOperator(
  database: Database,
  wanted: DeliveriesWanted,
  {
    before,
    limit,
  }: { readonly before: { readonly at: Date; readonly id: string } | undefined; readonly limit: number },
): Promise<Counted<ListedDelivery>> {
  const rows = await database.shared.$queryRaw<(ListedDelivery & { total: bigint })[]>`
    SELECT id, store_id AS "storeId", store_name AS "storeName", store_domain AS "storeDomain", app_name AS "appName", tenant_name AS "tenantName", mode, platform,
      topic, status, reason, attempt, received_at AS "receivedAt", processed_at AS "processedAt", is_kept AS "isKept", total
    FROM list_deliveries_for_operator(${JSON.stringify(wanted)}::jsonb, ${before?.at ?? null}::timestamptz, ${before?.id ?? null}::uuid, ${limit}::int)`;
  return counted(rows);
}

export interface ListedSubscription extends NamedStore {
  readonly topics: number;
  readonly checkedAt: Date | null;
  readonly dueAt: Date | null;
  readonly attempt: number;
  readonly lastErrorCode: string | null;
  readonly lastErrorMessage: string | null;
  readonly number: number;
}

/** Stores whose platform tells of changes, failing ones first. */
export async function listSubscriptionsForOperator(
  database: Database,
  {
    after,
    limit,
  }: { readonly after: { readonly number: number; readonly id: string } | undefined; readonly limit: number },
): Promise<Counted<ListedSubscription>> {
  const rows = await database.shared.$queryRaw<(ListedSubscription & { total: bigint })[]>`
    SELECT store_id AS id, name, domain, platform, mode, app_name AS "appName", tenant_name AS "tenantName", topics::int AS topics, checked_at AS "checkedAt",
      due_at AS "dueAt", attempt, last_error_code AS "lastErrorCode", last_error_message AS "lastErrorMessage", sort_number AS number, total
    FROM list_subscriptions_for_operator(${after?.number ?? null}::float8, ${after?.id ?? null}::uuid, ${limit}::int)`;
  return counted(rows);
}

export interface ListedApp {
  readonly id: string;
  readonly name: string;
  readonly tenantId: string;
  readonly tenantName: string;
  readonly mode: Mode;
  /** Of its tenant, or its own. */
  readonly suspendedAt: Date | null;
  readonly perMinute: number | null;
  readonly createdAt: Date;
  readonly stores: number;
  readonly keys: number;
  readonly clients: number;
  /** Requests of about the last hour that its limit refused. */
  readonly refused: number;
  readonly text: string;
}

/** All tenants' apps by name. */
export async function listAppsForOperator(
  database: Database,
  wanted: { readonly id?: string | undefined; readonly search?: string | undefined },
  {
    after,
    limit,
  }: { readonly after: { readonly text: string; readonly id: string } | undefined; readonly limit: number },
): Promise<Counted<ListedApp>> {
  const rows = await database.shared.$queryRaw<(ListedApp & { total: bigint })[]>`
    SELECT id, name, tenant_id AS "tenantId", tenant_name AS "tenantName", mode, suspended_at AS "suspendedAt", per_minute AS "perMinute", created_at AS "createdAt",
      stores::int AS stores, keys::int AS keys, clients::int AS clients, refused::int AS refused, sort_text AS text, total
    FROM list_apps_for_operator(${JSON.stringify(wanted)}::jsonb, ${after?.text ?? null}, ${after?.id ?? null}::uuid, ${limit}::int)`;
  return counted(rows);
}

/** An app whose requests were refused by its limit in the last hour. */
export interface RefusedApp {
  readonly appId: string;
  readonly appName: string;
  readonly tenantName: string;
  readonly refused: number;
  readonly since: Date;
  readonly total: number;
}

export async function listRefusedApps(database: Database, most: number): Promise<readonly RefusedApp[]> {
  return await database.shared.$queryRaw<RefusedApp[]>`
    SELECT app_id AS "appId", app_name AS "appName", tenant_name AS "tenantName", refused::int AS refused, since, total::int AS total FROM list_refused_apps(${most}::int)`;
}

/** The budget of a store's calls as estimated now. */
export interface StorePace {
  readonly available: number | null;
  readonly capacity: number | null;
  readonly perSecond: number | null;
  readonly underWay: number;
  readonly at: Date;
}

export async function findStorePace(database: Database, storeId: string): Promise<StorePace | undefined> {
  const rows = await database.shared.$queryRaw<StorePace[]>`
    SELECT available, capacity, per_second AS "perSecond", under_way::int AS "underWay", at FROM find_store_pace(${storeId}::uuid)`;
  return rows[0];
}

/** The share of their budgets that a platform's stores use, 0 to 1. */
export async function listBudgets(
  database: Database,
): Promise<
  readonly { readonly platform: string; readonly mean: number; readonly worst: number; readonly stores: number }[]
> {
  return await database.shared.$queryRaw`SELECT platform, mean, worst, stores::int AS stores FROM list_budgets()`;
}

/** Error codes that stores met last, within a day, the most frequent first. */
export async function listStoreErrors(
  database: Database,
): Promise<readonly { readonly platform: string; readonly code: string; readonly stores: number }[]> {
  return await database.shared.$queryRaw`SELECT platform, code, stores::int AS stores FROM list_store_errors()`;
}

export type ListedAudit = Omit<AuditEntry, 'previous' | 'hash'>;

type CountedAudit = ListedAudit & { readonly total: bigint };
/** Tells the total where there is nothing else to tell. */
interface NoAudit {
  readonly sequence: null;
  readonly total: bigint;
}

export interface AuditWanted {
  readonly action: string | undefined;
  readonly actor: string | undefined;
  readonly target: string | undefined;
}

/** Newest first. A search without an action looks at the newest 200,000 entries; more than 100,000 are not counted on. */
export async function listAuditForOperator(
  database: Database,
  wanted: AuditWanted,
  { before, limit }: { readonly before: bigint | undefined; readonly limit: number },
): Promise<{ readonly rows: readonly ListedAudit[]; readonly total: number }> {
  const rows = await database.shared.$queryRaw<(NoAudit | CountedAudit)[]>`
    SELECT sequence, at, actor, action, target, details, total
    FROM list_audit_for_operator(${JSON.stringify(wanted)}::jsonb, ${before ?? null}::bigint, ${limit}::int)`;
  return { rows: rows.filter((row) => row.sequence !== null), total: Number(rows[0]?.total ?? 0) };
}

/** Entries about a store before a moment, newest first. @param store its public id */
export async function listAuditOfStore(
  database: Database,
  store: string,
  { before, most }: { readonly before: Date; readonly most: number },
): Promise<readonly ListedAudit[]> {
  return await database.shared.$queryRaw<ListedAudit[]>`
    SELECT sequence, at, actor, action, target, details FROM list_audit_of_store(${store}, ${before}::timestamptz, ${most}::int)`;
}
