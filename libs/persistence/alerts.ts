import type { Database } from './database.js';

/** A condition that holds just now. */
export interface SeenCondition {
  readonly code: string;
  /** Empty where it concerns none. */
  readonly platform: string;
  readonly count: number;
}

/** One coming or going of a condition that is to be told. */
export interface DueAlert extends SeenCondition {
  /** Names this coming and going of the condition, for whoever is told. */
  readonly episode: string;
  readonly beganAt: Date;
  /** Null while it lasts. */
  readonly endedAt: Date | null;
  /** How often this was tried before. */
  readonly attempt: number;
}

/**
 * Keeps what is seen just now: a condition that is new begins an episode, one that nobody has seen for a while ends its own.
 * By the database's clock; several workers that look at once see the same rows.
 * @param calmSeconds how long a condition must be away to be over, so that one that comes and goes is one
 */
export async function noteConditions(
  database: Database,
  seen: readonly SeenCondition[],
  calmSeconds: number,
): Promise<void> {
  const { shared } = database;
  const rows = JSON.stringify(seen);
  await shared.$queryRaw`
    INSERT INTO alerts AS a (code, platform, episode, count, began_at, seen_at, due_at)
    SELECT s.code, s.platform, gen_random_uuid(), s.count, now(), now(), now()
    FROM jsonb_to_recordset(${rows}::jsonb) AS s (code text, platform text, count int) ORDER BY s.code, s.platform
    ON CONFLICT (code, platform) DO UPDATE SET count = excluded.count, seen_at = now(),
      episode = CASE WHEN a.ended_at IS NULL THEN a.episode ELSE excluded.episode END,
      began_at = CASE WHEN a.ended_at IS NULL THEN a.began_at ELSE now() END,
      told_at = CASE WHEN a.ended_at IS NULL THEN a.told_at END,
      attempt = CASE WHEN a.ended_at IS NULL THEN a.attempt ELSE 0 END,
      due_at = CASE WHEN a.ended_at IS NULL THEN a.due_at ELSE now() END,
      ended_at = NULL, end_told_at = NULL
    RETURNING code`;
  // What was never told needs no end to be told either.
  await shared.$queryRaw`
    UPDATE alerts SET ended_at = now(), attempt = 0, due_at = now()
    WHERE ended_at IS NULL AND seen_at < now() - make_interval(secs => ${calmSeconds}::int) RETURNING code`;
}

/** Takes what is to be told; nobody else gets it for so many seconds. */
export async function claimDueAlerts(database: Database, leaseSeconds: number): Promise<readonly DueAlert[]> {
  return await database.shared.$queryRaw<DueAlert[]>`
    UPDATE alerts SET attempt = alerts.attempt + 1, due_at = now() + make_interval(secs => ${leaseSeconds}::int)
    WHERE (code, platform) IN (
      SELECT code, platform FROM alerts
      WHERE due_at <= now() AND ((ended_at IS NULL AND told_at IS NULL) OR (ended_at IS NOT NULL AND told_at IS NOT NULL AND end_told_at IS NULL))
      ORDER BY due_at LIMIT 20 FOR UPDATE SKIP LOCKED)
    RETURNING code, platform, episode, count, began_at AS "beganAt", ended_at AS "endedAt", attempt - 1 AS attempt`;
}

/** Notes that it was told: this coming, or this going, and no other. */
export async function noteTold(database: Database, { code, platform, episode, endedAt }: DueAlert): Promise<void> {
  await database.shared.$queryRaw`
    UPDATE alerts SET attempt = 0, due_at = now(),
      told_at = coalesce(told_at, now()), end_told_at = CASE WHEN ${endedAt !== null} THEN now() END
    WHERE code = ${code} AND platform = ${platform} AND episode = ${episode}::uuid RETURNING code`;
}

/** Has it told again after so many seconds. */
export async function postponeAlert(
  database: Database,
  { code, platform, episode }: DueAlert,
  seconds: number,
): Promise<void> {
  await database.shared.$queryRaw`
    UPDATE alerts SET due_at = now() + make_interval(secs => ${seconds})
    WHERE code = ${code} AND platform = ${platform} AND episode = ${episode}::uuid RETURNING code`;
}

/** What is the operator's to act on just now, the oldest first. */
export async function listOpenAlerts(
  database: Database,
): Promise<readonly (SeenCondition & { readonly beganAt: Date })[]> {
  return await database.shared.$queryRaw`
    SELECT code, platform, count, began_at AS "beganAt" FROM alerts WHERE ended_at IS NULL ORDER BY began_at, code, platform`;
}
