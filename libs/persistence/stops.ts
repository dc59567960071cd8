import pg from 'pg';
import type { Database } from './database.js';
import { type OperatorOutcome, outcomeOf } from './operators.js';

export const STOP_SCOPES = ['store', 'app', 'tenant', 'platform', 'everything'] as const;
export type StopScope = (typeof STOP_SCOPES)[number];

/** What an operator has stopped. */
export interface StopRow {
  readonly id: string;
  readonly scope: StopScope;
  /** A uuid or a platform's name; empty for everything. */
  readonly target: string;
  readonly reason: string;
  readonly setBy: string;
  readonly setAt: Date;
  readonly liftedBy: string | null;
  readonly liftedAt: Date | null;
  /** The first of the two people who lift a stop of everything. */
  readonly liftAskedBy: string | null;
  readonly liftAskedAt: Date | null;
}

export type NewStop = Pick<StopRow, 'id' | 'scope' | 'target' | 'reason'>;

// The column's check constraint holds exactly these words.
const LIST = `SELECT id, scope, target, reason, set_by AS "setBy", set_at AS "setAt", lifted_by AS "liftedBy", lifted_at AS "liftedAt",
  lift_asked_by AS "liftAskedBy", lift_asked_at AS "liftAskedAt" FROM list_stops($1)`;

/** Stops in force first, then lifted ones, the newest first. */
export async function listStops(database: Database): Promise<readonly StopRow[]> {
  return await database.shared.$queryRaw<StopRow[]>`
    SELECT id, scope, target, reason, set_by AS "setBy", set_at AS "setAt", lifted_by AS "liftedBy", lifted_at AS "liftedAt",
      lift_asked_by AS "liftAskedBy", lift_asked_at AS "liftAskedAt" FROM list_stops(false)`;
}

/**
 * Stops in the name of the operator whose credential's hash is given. A platform, or everything, is stopped by those alone
 * who have just signed in.
 * @returns `notFound` when there is no such store, app or tenant
 */
export async function setStop(
  database: Database,
  credential: Uint8Array<ArrayBuffer>,
  { id, scope, target, reason }: NewStop,
): Promise<OperatorOutcome> {
  return outcomeOf(
    await database.shared
      .$queryRaw`SELECT stop_as_operator(${credential}, ${id}::uuid, ${scope}, ${target}, ${reason}) AS outcome`,
  );
}

/**
 * Lifts in the name of the operator whose credential's hash is given; a stop of everything takes two of them.
 * @returns `notFound` when there is no such stop in force
 */
export async function liftStop(
  database: Database,
  credential: Uint8Array<ArrayBuffer>,
  id: string,
): Promise<OperatorOutcome> {
  return outcomeOf(await database.shared.$queryRaw`SELECT lift_as_operator(${credential}, ${id}::uuid) AS outcome`);
}

/** Stops the calls to a store in the gateway's own name, unless they are stopped already. @returns whether they were not */
export async function stopOtherShop(database: Database, storeId: string, reason: string): Promise<boolean> {
  const rows = await database.shared.$queryRaw<{ done: boolean }[]>`
    SELECT stop_other_shop(${storeId}::uuid, ${reason}) AS done`;
  return rows[0]?.done === true;
}

/** Needs the owner's role, and takes its word for who does it. */
export async function setStopAsOwner(owner: Database, by: string, stop: NewStop): Promise<boolean> {
  const { id, scope, target, reason } = stop;
  const rows = await owner.shared.$queryRaw<{ done: boolean }[]>`
    SELECT write_stop(${id}::uuid, ${scope}, ${target}, ${reason}, ${by}) AS done`;
  return rows[0]?.done === true;
}

export async function liftStopAsOwner(owner: Database, by: string, id: string): Promise<boolean> {
  const rows = await owner.shared.$queryRaw<{ done: boolean }[]>`SELECT write_lift(${id}::uuid, ${by}) AS done`;
  return rows[0]?.done === true;
}

/** Reads the stops in force over a connection of its own. */
export interface StopReader {
  /** Rejects when the database does not answer in time. */
  read(): Promise<readonly StopRow[]>;
  close(): Promise<void>;
}

const LONGEST_READ_MS = 2000;

/** What is read several times a second must not wait for a connection behind the calls that it is to stop. */
export function openStopReader(url: string, applicationName: string): StopReader {
  const pool = new pg.Pool({
    connectionString: url,
    max: 1,
    application_name: applicationName,
    connectionTimeoutMillis: LONGEST_READ_MS,
    query_timeout: LONGEST_READ_MS,
    options: '-c TimeZone=UTC',
  });
  // A connection that breaks while nobody uses it is replaced by the next read.
  pool.on('error', () => undefined);
  return {
    read: async () => (await pool.query<StopRow>(LIST, [true])).rows,
    close: () => pool.end(),
  };
}
