import type { Database } from './database.js';

/** A recurring piece of work and when it last went well, by the database's clock. */
export interface TickRow {
  readonly name: string;
  readonly everySeconds: number;
  readonly ageSeconds: number;
}

/** Notes that a recurring piece of work goes well just now. */
export async function noteTick(database: Database, name: string, everySeconds: number): Promise<void> {
  await database.shared.$queryRaw`
    INSERT INTO worker_ticks (name, every_seconds, ran_at) VALUES (${name}, ${everySeconds}::int, now())
    ON CONFLICT (name) DO UPDATE SET every_seconds = excluded.every_seconds, ran_at = excluded.ran_at RETURNING name`;
}

export async function listTicks(database: Database): Promise<readonly TickRow[]> {
  return await database.shared.$queryRaw<TickRow[]>`
    SELECT name, every_seconds AS "everySeconds", extract(epoch FROM now() - ran_at)::float8 AS "ageSeconds" FROM worker_ticks`;
}
