import type { HealthReason, HealthState } from '#contract';
import type { Database } from './database.js';

/** Stores of one platform that are in one state for one reason. */
export interface ConditionCount {
  readonly platform: string;
  readonly state: HealthState;
  readonly reason: HealthReason;
  readonly stores: number;
}

/** How the credentials of a platform's stores are; only of stores that are called. */
export interface CredentialCount {
  readonly platform: string;
  readonly renewable: number;
  readonly due: number;
  /** Due for more than a minute. */
  readonly overdue: number;
  readonly oldestOverdueSeconds: number;
  /** Of stores whose connection ends within 14 days, as the last probe saw it. */
  readonly dying: number;
  /** Their refresh token ends within a day though the gateway ought to have renewed it. */
  readonly neglected: number;
}

/** Deliveries of a platform that wait to be worked through. */
export interface InboxCount {
  readonly platform: string;
  readonly waiting: number;
  readonly oldestSeconds: number;
}

export interface AuditCount {
  readonly entries: number;
  /** Whether the newest entries are what was written. */
  readonly holds: boolean;
}

/** Counts over all tenants, for whoever runs the gateway. Nothing in them leads to a tenant, an app or a store. */
export interface Overview {
  readonly stores: readonly ConditionCount[];
  readonly credentials: readonly CredentialCount[];
  readonly inbox: readonly InboxCount[];
  readonly audit: AuditCount;
}

const NEWEST_AUDIT_ENTRIES = 500;

/** @throws GatewayError `database_unavailable` */
export async function readOverview(database: Database): Promise<Overview> {
  const { shared } = database;
  const [stores, credentials, inbox, audit] = await Promise.all([
    shared.$queryRaw<ConditionCount[]>`
      SELECT platform, state, reason, stores::int AS stores FROM count_stores_by_health()`,
    shared.$queryRaw<CredentialCount[]>`
      SELECT platform, renewable::int AS renewable, due::int AS due, overdue::int AS overdue, oldest_overdue_seconds AS "oldestOverdueSeconds",
        dying::int AS dying, neglected::int AS neglected FROM count_credentials()`,
    shared.$queryRaw<InboxCount[]>`
      SELECT platform, waiting::int AS waiting, oldest_seconds AS "oldestSeconds" FROM count_waiting_deliveries()`,
    shared.$queryRaw<AuditCount[]>`
      SELECT entries::float8 AS entries, holds FROM check_newest_audit(${NEWEST_AUDIT_ENTRIES}::int)`,
  ]);
  return { stores, credentials, inbox, audit: audit[0] ?? { entries: 0, holds: false } };
}
