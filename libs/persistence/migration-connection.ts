import { PrismaPg } from '@prisma/adapter-pg';
import { ColumnTypeEnum, DriverAdapterError, type SqlDriverAdapter } from '@prisma/driver-adapter-utils';
import pg from 'pg';

/** One session of a database, used by the migration engine and by us alike: what locks a session locks both. */
export interface MigrationConnection {
  readonly adapter: SqlDriverAdapter;
  rows(sql: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>;
  end(): Promise<void>;
}

/** The catalogues' one-byte type "char", which the adapter cannot read. */
const CHAR_OID = 18;
const TEXT_OID = 25;

/**
 * @param finish makes a script that the engine is about to run complete, for instance with a note that it ran
 */
export async function openMigrationConnection(
  url: string,
  finish: (script: string) => string = (script) => script,
): Promise<MigrationConnection> {
  // A session lock lives as long as its connection: one, which is never closed for being idle.
  const pool = new pg.Pool({ connectionString: url, max: 1, idleTimeoutMillis: 0, options: '-c TimeZone=UTC' });
  pool.on('error', () => undefined);
  const query = pool.query.bind(pool);
  const charColumns = noteCharColumns(pool);
  const inner = await new PrismaPg(pool).connect();
  const adapter: SqlDriverAdapter = {
    provider: inner.provider,
    adapterName: inner.adapterName,
    executeRaw: (query) => inner.executeRaw(query),
    startTransaction: (isolation) => inner.startTransaction(isolation),
    getConnectionInfo: () => inner.getConnectionInfo(),
    queryRaw: async (query) => {
      const result = await inner.queryRaw(query);
      for (const column of charColumns.get(result.rows) ?? []) result.columnTypes[column] = ColumnTypeEnum.Character;
      return result;
    },
    executeScript: (script) => runScript(query, finish(script)),
    // The engine drops its adapter between two commands; the connection stays until end().
    dispose: () => Promise.resolve(),
  };
  return {
    adapter,
    rows: async (sql, values = []) => (await query<Record<string, unknown>>(sql, [...values])).rows,
    end: () => pool.end(),
  };
}

type ArrayQuery = (query: pg.QueryArrayConfig) => Promise<pg.QueryArrayResult>;

/** Lets the adapter take "char" for text, and notes the columns: the engine has to be told their true type. */
function noteCharColumns(pool: pg.Pool): WeakMap<unknown[][], number[]> {
  const noted = new WeakMap<unknown[][], number[]>();
  const query: ArrayQuery = pool.query.bind(pool);
  const noting: ArrayQuery = async (config) => {
    const result = await query(config);
    const columns = result.fields.flatMap((field, index) => (field.dataTypeID === CHAR_OID ? [index] : []));
    for (const column of columns) Object.assign(result.fields[column] ?? {}, { dataTypeID: TEXT_OID });
    noted.set(result.rows, columns);
    return result;
  };
  Object.assign(pool, { query: noting });
  return noted;
}

/** In one message, and so in one transaction; the adapter would cut it at every semicolon, even inside functions. */
async function runScript(query: (sql: string) => Promise<unknown>, script: string): Promise<void> {
  try {
    await query(script);
  } catch (error) {
    throw error instanceof pg.DatabaseError ? adapterError(error) : error;
  }
}

function adapterError(error: pg.DatabaseError): DriverAdapterError {
  const { code = 'N/A', severity = 'ERROR', message, detail, column, hint } = error;
  return new DriverAdapterError({ kind: 'postgres', code, severity, message, detail, column, hint });
}
