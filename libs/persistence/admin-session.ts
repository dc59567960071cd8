import pg from 'pg';

/** The database could not be made ready; `message` is for the person who runs Shopspan and names the SQL that helps. */
export class ProvisionError extends Error {
  override readonly name = 'ProvisionError';
}

/** One connection of the server's administrator. */
export interface AdminSession {
  readonly user: string;
  readonly database: string;
  readonly isSuperuser: boolean;
  readonly mayCreateRoles: boolean;
  readonly mayCreateDatabases: boolean;
  readonly majorVersion: number;
  rows(sql: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>;
  /**
   * Runs one statement.
   * @param remedy what an administrator with more rights should run instead when this one may not; the statement itself when left out
   * @throws ProvisionError when the rights do not suffice
   */
  run(sql: string, remedy?: string): Promise<void>;
  end(): Promise<void>;
}

const CONNECT_TIMEOUT_MS = 10_000;
const INSUFFICIENT_PRIVILEGE = '42501';
const WHO_AM_I = `
  SELECT current_user::text AS name, current_database()::text AS database, rolsuper, rolcreaterole, rolcreatedb,
         current_setting('server_version_num')::int / 10000 AS version
    FROM pg_roles WHERE rolname = current_user`;

/** @throws ProvisionError when the server cannot be reached or refuses the user */
export async function openAdminSession(url: string): Promise<AdminSession> {
  const client = await connect(url);
  const rows = async (sql: string, values: readonly unknown[] = []): Promise<Record<string, unknown>[]> =>
    (await client.query<Record<string, unknown>>(sql, [...values])).rows;
  const [me = {}] = await rows(WHO_AM_I);
  const [user, database] = [String(me['name']), String(me['database'])];
  return {
    user,
    database,
    isSuperuser: me['rolsuper'] === true,
    mayCreateRoles: me['rolsuper'] === true || me['rolcreaterole'] === true,
    mayCreateDatabases: me['rolsuper'] === true || me['rolcreatedb'] === true,
    majorVersion: Number(me['version']),
    rows,
    run: async (sql, remedy) => {
      await client.query(sql).catch((error: unknown) => {
        throw sqlState(error) === INSUFFICIENT_PRIVILEGE ? mayNot(user, database, remedy ?? sql) : error;
      });
    },
    end: () => client.end(),
  };
}

/** @returns the five characters that Postgres gives every error, see https://www.postgresql.org/docs/current/errcodes-appendix.html */
export function sqlState(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

function mayNot(user: string, database: string, sql: string): ProvisionError {
  const shown = sql.replace(/PASSWORD '[^']*'/, "PASSWORD '...'");
  return new ProvisionError(
    `The database user "${user}" lacks a right. Ask the server's administrator to run, connected to database "${database}":\n  ${shown};`,
  );
}

async function connect(url: string): Promise<pg.Client> {
  const { hostname, port } = new URL(url);
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
  // A lost connection also fails the query that is under way; without a listener it would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (cause) {
    const state = sqlState(cause);
    const refused = state?.startsWith('28') === true;
    const reason = cause instanceof Error && cause.message !== '' ? cause.message : (state ?? 'no answer');
    const where = `Postgres at ${hostname}:${port === '' ? '5432' : port}`;
    const sentence = refused ? `${where} refused the user or its password` : `${where} cannot be reached`;
    throw new ProvisionError(`${sentence} (${reason}); check the database URL.`, { cause });
  }
}
