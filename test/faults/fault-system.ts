import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { readSettings } from '#config';
import { freePort, type LocalPostgres, startLocalPostgres } from '#local-postgres';
import { migrate, openDatabase, provisionDatabase } from '#persistence';
import type { QueueSettings } from '#queue';
import { type ProgramProcess, runProgram } from '../../apps/launcher/program-process.js';
import { access, createAccounts, registerClient, type System } from '../system.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const WORKERS = 3;
const LAST_LINES = 15;

/** A worker process. */
export interface Worker extends ProgramProcess {
  readonly pid: number;
  /** Everything it logged. */
  readonly lines: readonly string[];
}

/** The product as its own processes, on a Postgres of its own: three workers, a gateway, the sandbox. */
export interface FaultSystem extends Pick<System, 'url' | 'sandboxUrl' | 'tenants' | 'sql' | 'control'> {
  /** Where the queue is. */
  readonly queue: QueueSettings;
  /** Those that run. */
  workers(): readonly Worker[];
  startWorker(): Promise<Worker>;
  /** A process that ends from now on was ended by the test. */
  kill(worker: Worker): Promise<void>;
  /** Sends SIGQUIT to the postmaster, which ends at once and saves nothing, and starts the server again after that. */
  crashPostgres(whileDown: () => Promise<void>): Promise<void>;
  /** Processes that ended by themselves, with their last words. */
  readonly died: readonly string[];
  stop(): Promise<void>;
}

/** Starts everything; the product must be built (scripts/test.mjs does). */
export async function startFaultSystem(tokenSeconds: number): Promise<FaultSystem> {
  const stops: (() => Promise<unknown>)[] = [];
  const stop = async (): Promise<void> => {
    for (const one of stops.splice(0).reverse()) await one();
  };
  try {
    return { ...(await start(stops, tokenSeconds)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(stops: (() => Promise<unknown>)[], tokenSeconds: number): Promise<Omit<FaultSystem, 'stop'>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'shopspan-faults-'));
  stops.push(() => rm(folder, { recursive: true, force: true }));
  const server = await crashablePostgres(folder);
  stops.push(() => server.stop());
  const urls = await provisionDatabase(server.adminUrl, { database: 'faults' });
  await migrate(urls.owner, { directory: path.join(ROOT, 'prisma', 'migrations') });
  const admin = openAdmin(server.adminUrl);
  stops.push(() => admin.end());

  const [port, sandboxPort] = [await freePort(), await freePort()];
  const [url, sandboxUrl] = [`http://127.0.0.1:${String(port)}`, `http://127.0.0.1:${String(sandboxPort)}`];
  const redis = process.env['SHOPSPAN_TEST_REDIS_URL'];
  const environment = {
    NODE_ENV: 'test',
    PATH: process.env['PATH'] ?? '',
    SHOPSPAN_STATE_DIR: folder,
    SHOPSPAN_PORT: String(port),
    SHOPSPAN_PUBLIC_URL: url,
    SHOPSPAN_SANDBOX_URL: sandboxUrl,
    SHOPSPAN_KEY_FILE: path.join(folder, 'keys.json'),
    SHOPSPAN_REFRESH_TICK_SECONDS: '1',
    SANDBOX_PORT: String(sandboxPort),
    SANDBOX_TOKEN_SECONDS: String(tokenSeconds),
    ...(redis === undefined ? { DATABASE_QUEUE_URL: urls.queue } : { REDIS_URL: redis }),
  };
  const owner = openDatabase({ url: urls.owner, poolSize: 2, applicationName: 'faults-accounts' });
  const accounts = await createAccounts(owner, readSettings(environment)).finally(() => owner.close());

  const programs = programRunner(environment, stops);
  await programs.run('sandbox');
  await programs.run('gateway', { DATABASE_APP_URL: urls.app });
  const workers = new Set<Worker>();
  const startWorker = async (): Promise<Worker> => {
    const worker = await programs.run('worker', { DATABASE_WORKER_URL: urls.worker });
    workers.add(worker);
    void worker.exited.then(() => workers.delete(worker));
    return worker;
  };
  await Promise.all(Array.from({ length: WORKERS }, startWorker));

  const system = { url, sandboxUrl, tenants: accounts.tenants, ...access(admin, sandboxUrl) };
  for (const { app, name } of accounts.tenants) await registerClient(system, app, `client-of-${name.toLowerCase()}`);
  return {
    ...system,
    queue: { redisUrl: redis, postgresUrl: redis === undefined ? urls.queue : undefined },
    startWorker,
    workers: () => [...workers],
    kill: (worker) => programs.kill(worker),
    crashPostgres: (whileDown) => server.crash(whileDown),
    died: programs.died,
  };
}

function openAdmin(adminUrl: string): pg.Pool {
  const url = new URL(adminUrl);
  url.pathname = '/faults';
  const admin = new pg.Pool({ connectionString: url.href, max: 4 });
  // A crash of the server must not end the test run.
  admin.on('error', () => undefined);
  return admin;
}

interface CrashablePostgres {
  readonly adminUrl: string;
  crash(whileDown: () => Promise<void>): Promise<void>;
  stop(): Promise<void>;
}

async function crashablePostgres(folder: string): Promise<CrashablePostgres> {
  const dataDir = path.join(folder, 'postgres');
  // Durable: what was answered as saved must be there after the crash.
  const options = { dataDir, passwordFile: path.join(folder, 'password'), durable: true };
  let server: LocalPostgres = await startLocalPostgres(options);
  const { port, adminUrl } = server;
  return {
    adminUrl,
    async crash(whileDown) {
      const pid = Number.parseInt(await readFile(path.join(dataDir, 'postmaster.pid'), 'utf8'), 10);
      process.kill(pid, 'SIGQUIT');
      await server.exited;
      await whileDown();
      server = await startLocalPostgres({ ...options, port });
    },
    stop: () => server.stop(),
  };
}

interface ProgramRunner {
  /** Starts a program of the product as the launcher does, and waits until it is ready. */
  run(name: string, own?: Readonly<Record<string, string>>): Promise<Worker>;
  kill(worker: Worker): Promise<void>;
  readonly died: readonly string[];
}

function programRunner(
  environment: Readonly<Record<string, string>>,
  stops: (() => Promise<unknown>)[],
): ProgramRunner {
  const ended = new Set<ProgramProcess>();
  const died: string[] = [];
  const kill: ProgramRunner['kill'] = async (program) => {
    ended.add(program);
    program.signal('SIGKILL');
    await program.exited;
  };
  return {
    died,
    kill,
    async run(name, own = {}) {
      const lines: string[] = [];
      const log = { write: (text: string) => void lines.push(text.trimEnd()), close: () => undefined };
      const entry = path.join(ROOT, 'dist', 'apps', name, 'main.js');
      const started = runProgram({ name, entry, environment: { ...environment, ...own }, log, say: () => undefined });
      const program = { ...started, pid: started.pid ?? 0, lines };
      const exit = started.exited.then((how) => {
        const words = `${name} ended by itself (${how}): ${lines.slice(-LAST_LINES).join('\n')}`;
        if (!ended.has(program)) died.push(words);
        return words;
      });
      stops.push(() => kill(program));
      const early = await Promise.race([started.ready, exit]);
      if (early !== undefined) throw new Error(early);
      return program;
    },
  };
}
