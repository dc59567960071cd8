import path from 'node:path';
import { z } from 'zod';
import { startLocalPostgres } from '#local-postgres';
import { provisionDatabase, randomPasswords, type DatabaseUrls, type RolePasswords } from '#persistence';
import { readJsonIfThere, writePrivateFile } from './private-file.js';

export interface RunningDatabase {
  readonly urls: DatabaseUrls;
  /** For people: where the data is. Without any password. */
  readonly description: string;
  /** Fulfilled when the embedded server has ended; never for somebody else's server. */
  readonly exited: Promise<void>;
  stop(): Promise<void>;
}

export interface DatabaseOptions {
  readonly stateDirectory: string;
  /** The administrator's URL of an existing server; the embedded one without it. */
  readonly databaseUrl: string | undefined;
  readonly onLog: (line: string) => void;
}

const DEFAULT_NAME = 'shopspan';
const SERVERS_OWN = new Set(['', 'postgres', 'template1']);

/**
 * Starts the embedded Postgres, or reaches the given one, and makes sure that database and roles are there.
 * @throws LocalPostgresError, ProvisionError one sentence for people
 */
export async function runDatabase({ stateDirectory, databaseUrl, onLog }: DatabaseOptions): Promise<RunningDatabase> {
  if (databaseUrl !== undefined) {
    const { host, pathname } = new URL(databaseUrl);
    const named = decodeURIComponent(pathname.slice(1));
    const database = SERVERS_OWN.has(named) ? DEFAULT_NAME : named;
    const passwords = await keptPasswords(stateDirectory, host, database);
    const urls = await provisionDatabase(databaseUrl, { database, passwords });
    const never = new Promise<void>(() => undefined);
    return {
      urls,
      description: `Postgres at ${host}, database ${database}`,
      exited: never,
      stop: () => Promise.resolve(),
    };
  }
  const dataDir = path.join(stateDirectory, 'postgres');
  const passwordFile = path.join(stateDirectory, 'postgres-password');
  const server = await startLocalPostgres({ dataDir, passwordFile, durable: true, onLog });
  try {
    const passwords = await keptPasswords(stateDirectory, 'embedded', DEFAULT_NAME);
    const urls = await provisionDatabase(server.adminUrl, { database: DEFAULT_NAME, passwords });
    return { urls, description: `embedded Postgres in ${dataDir}`, exited: server.exited, stop: () => server.stop() };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

const Kept = z.object({
  server: z.string(),
  database: z.string(),
  passwords: z.object({ owner: z.string(), app: z.string(), worker: z.string(), queue: z.string() }),
});

/** The same passwords at every start: programs that run elsewhere with these roles stay connected. */
async function keptPasswords(stateDirectory: string, server: string, database: string): Promise<RolePasswords> {
  const file = path.join(stateDirectory, 'database.json');
  const kept = Kept.safeParse(await readJsonIfThere(file)).data;
  if (kept?.server === server && kept.database === database) return kept.passwords;
  const passwords = randomPasswords();
  await writePrivateFile(file, JSON.stringify({ server, database, passwords }));
  return passwords;
}
