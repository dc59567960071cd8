import { escapeLiteral } from 'pg';
import { openMigrationConnection, type MigrationConnection } from './migration-connection.js';
import { MigrationError } from './migration-error.js';
import { migrationList, readMigrations, type MigrationFile } from './migration-files.js';
import { openSchemaEngine, type SchemaEngine } from './schema-engine.js';

export { MigrationError } from './migration-error.js';

export interface MigrateOptions {
  /** Holds one folder per migration, each with its migration.sql. */
  readonly directory: string;
}

/** The lock of Prisma's own commands, which therefore wait for us and we for them. The engine itself would wait 10 s only. */
const PRISMA_LOCK = 72_707_369;
const LOCK_PATIENCE = '10min';
const NO_FILTERS = { externalTables: [], externalEnums: [] };

/**
 * Applies the migrations that the database does not have yet, each as a whole or not at all. Several at once, on any number
 * of machines, are safe: one applies, the others wait and find nothing to do.
 * @returns the names of the migrations that this call applied
 * @throws MigrationError when one fails, or when one was edited after it had been applied
 */
export async function migrate(ownerUrl: string, { directory }: MigrateOptions): Promise<{ applied: string[] }> {
  const files = await readMigrations(directory);
  const connection = await openMigrationConnection(ownerUrl, (script) => noteCompletion(script, files));
  try {
    await waitForTurn(connection);
    return await withEngine(connection, (engine) => applyAll(engine, connection, directory, files));
  } finally {
    await connection.end();
  }
}

async function waitForTurn(connection: MigrationConnection): Promise<void> {
  await connection.rows(`SET lock_timeout TO '${LOCK_PATIENCE}'`);
  try {
    await connection.rows('SELECT pg_advisory_lock($1)', [PRISMA_LOCK]);
  } catch (cause) {
    throw new MigrationError(`Another process has been migrating this database for over ${LOCK_PATIENCE}.`, { cause });
  }
  await connection.rows('RESET lock_timeout');
}

async function withEngine<T>(connection: MigrationConnection, work: (engine: SchemaEngine) => Promise<T>): Promise<T> {
  const noScratch = (): Promise<never> => Promise.reject(new Error('applying migrations needs no scratch database'));
  const engine = await openSchemaEngine({ main: () => Promise.resolve(connection.adapter), scratch: noScratch });
  try {
    return await work(engine);
  } finally {
    engine.free();
  }
}

async function applyAll(
  engine: SchemaEngine,
  connection: MigrationConnection,
  directory: string,
  files: readonly MigrationFile[],
): Promise<{ applied: string[] }> {
  const migrationsList = migrationList(directory, files);
  await settleUnfinished(engine, connection, directory, files);
  const input = { migrationsList, filters: NO_FILTERS };
  const { editedMigrationNames } = await engine.diagnoseMigrationHistory({ ...input, optInToShadowDatabase: false });
  if (editedMigrationNames.length > 0) throw edited(editedMigrationNames);
  try {
    return { applied: (await engine.applyMigrations(input)).appliedMigrationNames };
  } catch (cause) {
    throw await explainFailure(cause, () => settleUnfinished(engine, connection, directory, files));
  }
}

/** @param settle tidies up, and tells which migration it was */
async function explainFailure(cause: unknown, settle: () => Promise<string[]>): Promise<MigrationError> {
  const reason = reasonOf(cause);
  try {
    const [failed] = await settle();
    const what = failed === undefined ? 'The migrations' : `The migration "${failed}"`;
    return new MigrationError(`${what} failed, and nothing of it was applied: ${reason}`, { cause });
  } catch (later) {
    const where = later instanceof MigrationError ? later.message : 'The migrations failed.';
    return new MigrationError(`${where} The reason: ${reason}`, { cause });
  }
}

function edited(names: readonly string[]): MigrationError {
  const list = names.map((name) => `"${name}"`).join(', ');
  return new MigrationError(
    `Edited after it was applied to this database: ${list}. Undo the edit and put the change into a new migration.`,
  );
}

/** The engine's message without the trace of its own functions. */
function reasonOf(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause);
  return /ERROR: (.+)/.exec(text)?.[1] ?? text.split('\n', 1).join('');
}

/** Scripts that end their own transaction, or cannot run in one, may be applied in part. */
function isAtomic(script: string): boolean {
  return !/\b(?:COMMIT|ROLLBACK|CONCURRENTLY)\b/i.test(script);
}

/** Commits, together with a migration, the note that it is complete: what {@link settleUnfinished} reads after a crash. */
function noteCompletion(script: string, files: readonly MigrationFile[]): string {
  const file = files.find((candidate) => candidate.script === script);
  if (file === undefined || !isAtomic(script)) return script;
  return `${script}\n;\nCOMMENT ON TABLE public._prisma_migrations IS ${escapeLiteral(file.checksum)}`;
}

/**
 * A migration that was begun but not recorded as finished (the process was killed, or the script failed) either ran
 * completely or not at all, and the note tells which.
 * @returns the names of those of which nothing was applied
 */
async function settleUnfinished(
  engine: SchemaEngine,
  connection: MigrationConnection,
  directory: string,
  files: readonly MigrationFile[],
): Promise<string[]> {
  const undone: string[] = [];
  for (const { name, checksum, note } of await unfinished(connection)) {
    const file = files.find((candidate) => candidate.name === name);
    if (file === undefined || !isAtomic(file.script)) throw halfApplied(name);
    if (note === checksum)
      await engine.markMigrationApplied({ migrationName: name, migrationsList: migrationList(directory, files) });
    else {
      await engine.markMigrationRolledBack({ migrationName: name });
      undone.push(name);
    }
  }
  return undone;
}

function halfApplied(name: string): MigrationError {
  return new MigrationError(
    `The migration "${name}" was interrupted and may be applied in part. Complete or undo it by hand, then run "npx prisma migrate resolve --applied ${name}" or "--rolled-back ${name}".`,
  );
}

async function unfinished(
  connection: MigrationConnection,
): Promise<{ name: string; checksum: string; note: string }[]> {
  const [table] = await connection.rows("SELECT to_regclass('public._prisma_migrations') IS NOT NULL AS exists");
  if (table?.['exists'] !== true) return [];
  const rows = await connection.rows(
    `SELECT migration_name AS name, checksum, obj_description('public._prisma_migrations'::regclass, 'pg_class') AS note
       FROM public._prisma_migrations WHERE finished_at IS NULL AND rolled_back_at IS NULL ORDER BY started_at`,
  );
  return rows.map((row) => ({
    name: String(row['name']),
    checksum: String(row['checksum']),
    note: String(row['note']),
  }));
}
