import type { CallOutcome, RefreshOutcome } from '#contract';
import type { Database } from './database.js';

/** What one process has counted of one minute. */
export interface CountedMinute {
  /** The beginning of the minute. */
  readonly minute: Date;
  readonly kind: 'call' | 'refresh';
  readonly platform: string;
  readonly outcome: CallOutcome | RefreshOutcome;
  /** A code of the error table; empty where all went well, and for calls. */
  readonly reason: string;
  readonly count: number;
  readonly sumMs: number;
  readonly maxMs: number;
  /** How many took as long as each class of LATENCY_BOUNDS_MS says, and one more for what took longer. */
  readonly buckets: readonly number[];
}

/** Adds what was counted to what other processes have counted of the same minutes. */
export async function addActivityMinutes(database: Database, counted: readonly CountedMinute[]): Promise<void> {
  const rows = counted.map(({ sumMs, maxMs, minute, ...rest }) => {
    return { ...rest, minute: minute.toISOString(), sum_ms: Math.round(sumMs), max_ms: Math.round(maxMs) };
  });
  await database.shared.$queryRaw`SELECT add_activity_minutes(${JSON.stringify(rows)}::jsonb)::text`;
}

/** @returns how many rows were forgotten */
export async function forgetOldActivity(database: Database): Promise<number> {
  const [row] = await database.shared.$queryRaw<{ gone: bigint }[]>`SELECT forget_old_activity() AS gone`;
  return Number(row?.gone ?? 0);
}

/** Calls to a platform within one step, of one outcome. */
export interface PlatformMinute {
  /** The beginning of the step; the moment asked for where all of it is one. */
  readonly at: Date;
  readonly platform: string;
  readonly outcome: CallOutcome;
  readonly calls: number;
  readonly sumMs: number;
  readonly maxMs: number;
  /** As {@link CountedMinute.buckets}. */
  readonly buckets: readonly number[];
}

/**
 * Availability and latency of platforms as this gateway's own calls saw them, oldest first. Steps without a call have no row.
 * @param stepSeconds length of a step; whole minutes, since nothing finer is kept; null: one step for all of it
 */
export async function listPlatformMinutes(
  database: Database,
  since: Date,
  stepSeconds: number | null,
): Promise<readonly PlatformMinute[]> {
  return await database.shared.$queryRaw<PlatformMinute[]>`
    WITH steps AS (
      SELECT coalesce(date_bin(make_interval(secs => ${stepSeconds}::int), minute, 'epoch'::timestamptz), ${since}::timestamptz) AS at,
        platform, outcome, count, sum_ms, max_ms, buckets
      FROM activity_minutes WHERE kind = 'call' AND minute >= ${since}::timestamptz),
    sums AS (
      SELECT at, platform, outcome, sum(count)::int AS calls, sum(sum_ms)::float8 AS "sumMs", max(max_ms)::int AS "maxMs"
      FROM steps GROUP BY at, platform, outcome),
    places AS (
      SELECT at, platform, outcome, place, sum(part)::int AS part
      FROM steps, unnest(buckets) WITH ORDINALITY AS b (part, place) GROUP BY at, platform, outcome, place),
    arrays AS (SELECT at, platform, outcome, array_agg(part ORDER BY place) AS buckets FROM places GROUP BY at, platform, outcome)
    SELECT at, platform, outcome, calls, "sumMs", "maxMs", buckets FROM sums JOIN arrays USING (at, platform, outcome)
    ORDER BY at, platform, outcome`;
}

/** Renewals of a platform's credentials within one step, of one outcome and reason. */
export interface RefreshMinute {
  readonly at: Date;
  readonly platform: string;
  readonly outcome: RefreshOutcome;
  /** A code of the error table; empty where it went well. */
  readonly reason: string;
  readonly count: number;
  readonly maxMs: number;
}

/**
 * Renewals and why they failed, oldest first.
 * @param stepSeconds length of a step; whole minutes
 */
export async function listRefreshMinutes(
  database: Database,
  since: Date,
  stepSeconds: number,
): Promise<readonly RefreshMinute[]> {
  return await database.shared.$queryRaw<RefreshMinute[]>`
    SELECT date_bin(make_interval(secs => ${stepSeconds}::int), minute, 'epoch'::timestamptz) AS at, platform, outcome, reason,
      sum(count)::int AS count, max(max_ms)::int AS "maxMs"
    FROM activity_minutes WHERE kind = 'refresh' AND minute >= ${since}::timestamptz
    GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`;
}

/**
 * Platforms none of whose calls was answered for so many minutes, though several were made: the first of them is that old,
 * and nothing else came since.
 */
export async function listSilentPlatforms(
  database: Database,
  minutes: number,
  leastCalls: number,
): Promise<readonly { readonly platform: string; readonly calls: number }[]> {
  return await database.shared.$queryRaw`
    WITH answered AS (
      SELECT platform, max(minute) AS last FROM activity_minutes
      WHERE kind = 'call' AND outcome NOT IN ('unavailable', 'other') AND minute > now() - interval '1 day' GROUP BY platform)
    SELECT m.platform, sum(m.count)::int AS calls FROM activity_minutes m LEFT JOIN answered a USING (platform)
    WHERE m.kind = 'call' AND m.outcome = 'unavailable' AND m.minute > coalesce(a.last, now() - interval '1 day')
    GROUP BY m.platform
    HAVING min(m.minute) <= now() - make_interval(mins => ${minutes}::int) AND sum(m.count) >= ${leastCalls}::int
      AND max(m.minute) >= now() - make_interval(mins => ${minutes}::int)
    ORDER BY m.platform`;
}
