import type { Database } from './database.js';
import type { HealthWords, StorePlace } from './operator-stores.js';

/** Credentials that are renewed by themselves. */
export interface Renewals {
  readonly total: number;
  readonly due: number;
  /** How long the longest has waited. */
  readonly oldestDueSeconds: number;
}

export async function countRenewals(database: Database): Promise<Renewals> {
  const rows = await database.shared.$queryRaw<Renewals[]>`
    SELECT total::int AS total, due::int AS due, oldest_due_seconds AS "oldestDueSeconds" FROM count_renewals()`;
  return rows[0] ?? { total: 0, due: 0, oldestDueSeconds: 0 };
}

export interface CountAt {
  readonly at: Date;
  readonly count: number;
}

/** Renewals of the next hour by minutes. */
export async function listDueMinutes(database: Database): Promise<readonly CountAt[]> {
  return await database.shared.$queryRaw<CountAt[]>`SELECT at, due::int AS count FROM list_due_minutes()`;
}

/** Ends of connections within 90 days, by days and by whom they wait for. */
export async function listDeathDays(
  database: Database,
  words: HealthWords,
): Promise<readonly (CountAt & { readonly who: string })[]> {
  return await database.shared.$queryRaw<(CountAt & { who: string })[]>`
    SELECT at, who, stores::int AS count FROM list_death_days(${JSON.stringify(words)}::jsonb)`;
}

/** The stores that die next unless somebody acts. */
export async function listNextDeaths(
  database: Database,
  words: HealthWords,
  most: number,
): Promise<readonly (StorePlace & { readonly diesAt: Date; readonly who: string })[]> {
  return await database.shared.$queryRaw<(StorePlace & { diesAt: Date; who: string })[]>`
    SELECT id, tenant_id AS "tenantId", dies_at AS "diesAt", who FROM list_next_deaths(${JSON.stringify(words)}::jsonb, ${most}::int)`;
}
