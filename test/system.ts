import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import pg from 'pg';
import { readSettings, type Settings } from '#config';
import { freePort } from '#local-postgres';
import { createLogger, type Logger } from '#observability';
import { type Database, openDatabase } from '#persistence';
import { createRuntime } from '#runtime';
import { createGateway } from '../apps/gateway/gateway.js';
import { createSandbox } from '../apps/sandbox/sandbox.js';
import { createWorker } from '../apps/worker/worker.js';
import { startTap, type TappedExchange } from './conformance/tap.js';
import { type Accounts, createAccounts, type TestApp } from './setup/accounts.js';
import { freshDatabase } from './setup/database.js';

export { createAccounts, RETURN_ORIGIN, type TestApp } from './setup/accounts.js';

/** The whole product over real HTTP: gateway, worker, queue, database and sandbox, each as in production. */
export interface System extends Accounts {
  readonly url: string;
  readonly sandboxUrl: string;
  /** Holds the key file, and what the sandbox keeps: `keys.json`, `sandbox.json`. */
  readonly folder: string;
  /** Where the queue is. */
  readonly queueUrl: string;
  /** The way into the database that an administrator's commands have. */
  readonly owner: Database;
  /** The gateway's own HTTP server, for asking it which routes it has. */
  readonly server: FastifyInstance;
  /** Everything gateway and workers logged, one JSON text a line, debug lines too. */
  readonly logLines: readonly string[];
  /** What passed between the gateway and the sandbox, where it is tapped. */
  readonly exchanges: readonly TappedExchange[];
  addWorker(settings?: Partial<Settings>): Promise<void>;
  /** Another gateway process behind the same public address. @returns where it listens */
  addGateway(settings?: Partial<Settings>): Promise<string>;
  /** Runs SQL as the superuser, past row-level security: to look at what was left, or to move a time back. */
  sql(text: string, values?: readonly unknown[]): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** Calls the sandbox's control interface. @throws Error when it refuses */
  control(method: 'PUT' | 'POST' | 'DELETE', path: string, body?: object): Promise<void>;
  stop(): Promise<void>;
}

export interface SystemOptions {
  /** Life of the sandbox's access tokens; an hour, unless a refresh is to be watched. */
  readonly tokenSeconds?: number;
  /** Opens the sandbox's own address, as an operator does for a shop in the private network beside the gateway. */
  readonly allowSandboxAddress?: boolean;
  /** Where merchants would reach the gateway; where it really listens, unless another address is to be shown. */
  readonly publicUrl?: string;
  /** Writes down what passes between the gateway and the sandbox. */
  readonly tap?: boolean;
  /** Nobody works on jobs, as when the queue has lost them. */
  readonly idle?: boolean;
  /** More settings, or others. */
  readonly environment?: Readonly<Record<string, string>>;
}

const USUAL = {
  ...{ tokenSeconds: 3600, allowSandboxAddress: false, tap: false, idle: false, environment: {} },
} satisfies SystemOptions;

/**
 * Starts everything on free ports with a database of its own; ends it all in the opposite order.
 * `let system: System; beforeAll(async () => { system = await startSystem(); return () => system.stop(); });`
 */
export async function startSystem(options: SystemOptions = {}): Promise<System> {
  const stops: (() => Promise<unknown>)[] = [];
  const stop = async (): Promise<void> => {
    for (const one of stops.splice(0).reverse()) await one();
  };
  try {
    return { ...(await start(stops, options)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(stops: (() => Promise<unknown>)[], options: SystemOptions): Promise<Omit<System, 'stop'>> {
  const { tokenSeconds, allowSandboxAddress, publicUrl, tap: tapped, idle, environment } = { ...USUAL, ...options };
  const folder = await mkdtemp(path.join(tmpdir(), 'shopspan-e2e-'));
  stops.push(() => rm(folder, { recursive: true, force: true }));
  const database = await freshDatabase();
  stops.push(() => database.drop());
  const admin = new pg.Pool({ connectionString: database.adminUrl, max: 2 });
  // A pool says that it has ended before its connections have: dropping the database then ends them, and the pool says so again
  // of those that it had lying idle.
  admin.on('connect', (client) => client.on('error', () => undefined));
  admin.on('error', () => undefined);
  stops.push(() => admin.end());
  stops.push(() => awaitDisconnection(admin));
  const stateFile = path.join(folder, 'sandbox.json');
  const place = { port: 0, host: '127.0.0.1', stateFile };
  const sandbox = await createSandbox({ ...place, tokenSeconds, allowLoopbackCallback: true });
  const sandboxUrl = await sandbox.listen();
  stops.push(() => sandbox.close());
  const tap = tapped ? await startTap(sandboxUrl) : undefined;
  if (tap !== undefined) stops.push(() => tap.close());

  const port = await freePort();
  const url = `http://127.0.0.1:${String(port)}`;
  const settings = readSettings({
    NODE_ENV: 'test',
    SHOPSPAN_PORT: String(port),
    SHOPSPAN_PUBLIC_URL: publicUrl ?? url,
    SHOPSPAN_SANDBOX_URL: tap?.url ?? sandboxUrl,
    SHOPSPAN_KEY_FILE: path.join(folder, 'keys.json'),
    SHOPSPAN_REFRESH_TICK_SECONDS: '1',
    SHOPSPAN_KEY_REQUESTS_PER_MINUTE: '1000000',
    SHOPSPAN_APP_REQUESTS_PER_MINUTE: '1000000',
    DATABASE_QUEUE_URL: database.urls.queue,
    ...(allowSandboxAddress ? { SHOPSPAN_EGRESS_ALLOW: new URL(sandboxUrl).host } : {}),
    ...environment,
  });
  const owner = openDatabase({ url: database.urls.owner, poolSize: 2, applicationName: 'e2e-accounts' });
  stops.push(() => owner.close());
  const accounts = await createAccounts(owner, settings);

  const logLines: string[] = [];
  const logger = (name: string): Logger =>
    createLogger(name, 'debug', { write: (line) => void logLines.push(line.trimEnd()) });
  const addWorker = async (change: Partial<Settings> = {}): Promise<void> => {
    const own = { ...settings, ...change };
    const options = {
      settings: own,
      databaseUrl: database.urls.worker,
      applicationName: 'e2e-worker',
      acrossTenants: true,
    };
    const runtime = await createRuntime({ ...options, logger: logger('worker') });
    stops.push(() => runtime.close());
    const worker = await createWorker(runtime, logger('worker'));
    stops.push(() => worker.close());
  };
  const startGateway = async (change: Partial<Settings>, at: number) => {
    const options = { databaseUrl: database.urls.app, applicationName: 'e2e-gateway', logger: logger('gateway') };
    const runtime = await createRuntime({ settings: { ...settings, ...change }, ...options });
    stops.push(() => runtime.close());
    const started = await createGateway(runtime, logger('gateway'));
    await started.listen(at, '127.0.0.1');
    stops.push(() => started.close());
    return started;
  };
  const gateway = await startGateway({}, port);
  const addGateway = async (change: Partial<Settings> = {}): Promise<string> =>
    await (await startGateway(change, 0)).getUrl();
  if (!idle) await addWorker();

  const server: FastifyInstance = gateway.getHttpAdapter().getInstance();
  const exchanges = tap?.exchanges ?? [];
  const parts = {
    url,
    sandboxUrl,
    queueUrl: database.urls.queue,
    owner,
    server,
    folder,
    logLines,
    exchanges,
    addWorker,
    addGateway,
  };
  const system = { ...accounts, ...parts, ...access(admin, sandboxUrl) };
  await Promise.all(
    accounts.tenants.map(({ app, name }) => registerClient(system, app, `client-of-${name.toLowerCase()}`)),
  );
  return system;
}

/** Whatever was closed gives its connections back: a process that is told to stop can end. @throws Error naming who does not */
async function awaitDisconnection(admin: pg.Pool): Promise<void> {
  const others = `SELECT DISTINCT application_name || ' as ' || usename AS who FROM pg_stat_activity
    WHERE datname = current_database() AND usename <> current_user`;
  let left: readonly unknown[] = [];
  for (let tries = 0; tries < 100; tries += 1) {
    left = (await admin.query<{ who: string }>(others)).rows.map(({ who }) => who);
    if (left.length === 0) return;
    await delay(100);
  }
  throw new Error(`still connected to the database after everything was closed: ${left.join(', ')}`);
}

/** Ways past the product's own doors. */
export function access(admin: pg.Pool, sandboxUrl: string): Pick<System, 'sql' | 'control'> {
  return {
    sql: async (text, values = []) => (await admin.query<Record<string, unknown>>(text, [...values])).rows,
    async control(method, controlPath, body) {
      const json = { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
      const response = await fetch(`${sandboxUrl}${controlPath}`, { method, ...(body === undefined ? {} : json) });
      if (!response.ok) throw new Error(`the sandbox answered ${String(response.status)} to ${controlPath}`);
    },
  };
}

/**
 * Does what an app's developer does before the first merchant comes: stores the app's client at the gateway, and
 * registers the callback address that this answers at the platform.
 * @param sharedWith callback addresses of other apps that use the same client
 * @returns the app's callback address
 */
export async function registerClient(
  system: Pick<System, 'url' | 'control'>,
  app: TestApp,
  clientId: string,
  { secret = randomBytes(24).toString('base64url'), sharedWith = [] as readonly string[], platform = 'shopify' } = {},
): Promise<{ readonly callbackUrl: string; readonly secret: string }> {
  const response = await fetch(`${system.url}/v1/platform-clients/${platform}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${app.apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ clientId, clientSecret: secret }),
  });
  if (!response.ok) throw new Error(`the gateway answered ${String(response.status)} to a platform client`);
  const { callbackUrl, installUrl, webhookUrl, uninstallUrl } = Object(await response.json()) as Readonly<
    Record<string, string | null>
  >;
  if (typeof callbackUrl !== 'string') throw new Error('the gateway named no callback address');
  const told = webhookUrl ?? uninstallUrl;
  const addresses = { ...(installUrl ? { appUrl: installUrl } : {}), ...(told ? { webhookUrl: told } : {}) };
  const registration = { secret, redirectUris: [callbackUrl, ...sharedWith], name: app.name, ...addresses };
  await system.control('PUT', `/control/${platform}/clients/${clientId}`, registration);
  return { callbackUrl, secret };
}
