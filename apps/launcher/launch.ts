import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { LauncherSettings } from '#config';
import { migrate } from '#persistence';
import { checkPorts, type WantedPort } from './check-ports.js';
import { keptDemo, type Addresses, type DemoResult, type MakeSignInLink, type PrepareDemo } from './demo-result.js';
import { LaunchError } from './launch-error.js';
import { openLogFile, type LogFile } from './log-file.js';
import { planPrograms, runsSandbox, STOP_ORDER } from './programs.js';
import { runDatabase, type RunningDatabase } from './run-database.js';
import { runtimeFile, writeRuntime } from './runtime-file.js';
import { startPrograms } from './start-programs.js';
import { lockState } from './state-lock.js';
import type { StopRequest } from './stop-request.js';
import type { SupervisedProgram, Supervision } from './supervise.js';
import { welcome } from './welcome.js';

export interface LaunchOptions {
  readonly settings: LauncherSettings;
  /** Relative paths in the settings start here. */
  readonly root: string;
  /** Holds `<name>/main.js` of gateway, worker and sandbox. */
  readonly programsDirectory: string;
  /** prisma/migrations */
  readonly migrationsDirectory: string;
  readonly prepareDemo?: PrepareDemo;
  readonly makeSignInLink?: MakeSignInLink;
  readonly stopRequest: StopRequest;
  readonly say: (text: string) => void;
  readonly supervision?: Supervision;
}

/** One start of Shopspan while it lasts. */
interface Run extends LaunchOptions {
  readonly stateDirectory: string;
  readonly logsDirectory: string;
  readonly addresses: Addresses;
  readonly stop: AbortSignal;
  /** Undone in reverse order when it ends, for whatever reason. */
  readonly cleanups: (() => Promise<void> | void)[];
  readonly programs: SupervisedProgram[];
}

/**
 * Runs Shopspan until somebody asks it to stop.
 * @returns when everything it started has ended
 * @throws LaunchError, LocalPostgresError, ProvisionError, MigrationError one sentence for people
 */
export async function launch(options: LaunchOptions): Promise<void> {
  const run = newRun(options);
  const { stopRequest, programs, cleanups, stop, say } = run;
  stopRequest.insisted.addEventListener('abort', () => {
    for (const program of programs) program.kill();
  });
  try {
    await start(run).catch((error: unknown) => {
      // What fails because it was told to stop is no failure.
      if (!stop.aborted) throw error;
    });
  } finally {
    if (programs.length > 0) say('\nStopping ...');
    for (const cleanup of cleanups.reverse()) await cleanup();
  }
}

function newRun(options: LaunchOptions): Run {
  const { root, settings, stopRequest } = options;
  const stateDirectory = path.resolve(root, settings.stateDirectory);
  const sandbox = settings.sandboxUrl ?? `http://127.0.0.1:${String(settings.sandboxPort)}`;
  const addresses = { gateway: `http://127.0.0.1:${String(settings.gatewayPort)}`, sandbox };
  const logsDirectory = path.join(stateDirectory, 'logs');
  return { ...options, stateDirectory, logsDirectory, addresses, stop: stopRequest.signal, programs: [], cleanups: [] };
}

/** Every step leaves behind how to undo it; a request to stop is honoured between two steps. */
async function start(run: Run): Promise<void> {
  await takeStateFolder(run);
  await checkPorts(wantedPorts(run.settings));
  run.say('Starting the database ...');
  const database = await startDatabase(run);
  run.stop.throwIfAborted();
  const { applied } = await migrate(database.urls.owner, { directory: run.migrationsDirectory });
  if (applied.length > 0) run.say(`Brought the database up to date (${String(applied.length)} migrations).`);
  run.stop.throwIfAborted();
  const demo = await demoOf(run, database, applied.length > 0);
  run.stop.throwIfAborted();
  await startAll(run, database);
  const signInLink = await run.makeSignInLink?.(database.urls);
  run.say(welcome({ ...run, database: database.description, demo, signInLink }));
  throw await whatEndsIt(run, database);
}

async function takeStateFolder({ stateDirectory, logsDirectory, cleanups }: Run): Promise<void> {
  // Run by root, Postgres may have to become another user, who must be able to pass through to its own folder.
  const mode = process.getuid?.() === 0 ? 0o711 : 0o700;
  try {
    await mkdir(stateDirectory, { recursive: true, mode });
    cleanups.push(await lockState(stateDirectory));
    await mkdir(logsDirectory, { recursive: true, mode: 0o700 });
  } catch (cause) {
    if (cause instanceof LaunchError || !(cause instanceof Error)) throw cause;
    const sentence = `The state folder ${stateDirectory} cannot be used (${cause.message})`;
    throw new LaunchError(`${sentence}: mend that, or choose another one with SHOPSPAN_STATE_DIR=<folder>.`, { cause });
  }
}

function wantedPorts(settings: LauncherSettings): WantedPort[] {
  const { host, gatewayPort, sandboxPort } = settings;
  const gateway = { host, port: gatewayPort, what: 'gateway', setting: 'SHOPSPAN_PORT' };
  const sandbox = { host: '127.0.0.1', port: sandboxPort, what: 'sandbox', setting: 'SANDBOX_PORT' };
  return runsSandbox(settings) ? [gateway, sandbox] : [gateway];
}

function openLog({ logsDirectory, cleanups }: Run, name: string): LogFile {
  const log = openLogFile(path.join(logsDirectory, `${name}.log`));
  cleanups.push(() => log.close());
  return log;
}

async function startDatabase(run: Run): Promise<RunningDatabase> {
  const log = openLog(run, 'postgres');
  const { stateDirectory, settings } = run;
  const onLog = (line: string): void => log.write(`${line}\n`);
  const database = await runDatabase({ stateDirectory, databaseUrl: settings.databaseUrl, onLog });
  run.cleanups.push(() => database.stop());
  return database;
}

async function demoOf(run: Run, { urls }: RunningDatabase, outdated: boolean): Promise<DemoResult | undefined> {
  const { prepareDemo, settings, stateDirectory, addresses } = run;
  if (prepareDemo === undefined || settings.production) return undefined;
  return keptDemo(stateDirectory, addresses, outdated, () => prepareDemo(urls, addresses));
}

async function startAll(run: Run, { urls }: RunningDatabase): Promise<void> {
  const { settings, stateDirectory, programsDirectory, addresses, programs, cleanups } = run;
  const plans = planPrograms(settings, programsDirectory, stateDirectory, urls, addresses);
  run.say(`Starting ${plans.map(({ name }) => name).join(', ')} ...`);
  const note = (): Promise<void> => writeRuntime(stateDirectory, { addresses, databaseUrls: urls, programs });
  const onRestart = (): void => void note().catch((error: unknown) => run.say(String(error)));
  const options = { plans, openLog: (name: string) => openLog(run, name), say: run.say, onRestart };
  cleanups.push(() => rm(runtimeFile(stateDirectory), { force: true }));
  programs.push(...(await startPrograms({ ...options, cancelled: run.stop, supervision: run.supervision })));
  cleanups.push(() => stopInOrder(programs));
  await note();
}

async function stopInOrder(programs: readonly SupervisedProgram[]): Promise<void> {
  for (const name of STOP_ORDER) await programs.find((program) => program.name === name)?.stop();
}

/** @returns the reason of the abort when it was asked to stop */
function whatEndsIt({ stop, programs, logsDirectory }: Run, database: RunningDatabase): Promise<unknown> {
  const asked = new Promise((resolve) => {
    const tell = (): void => resolve(stop.reason);
    if (stop.aborted) tell();
    else stop.addEventListener('abort', tell, { once: true });
  });
  const sentence = `The embedded Postgres ended by itself; ${path.join(logsDirectory, 'postgres.log')} says why.`;
  const databaseGone = database.exited.then(() => new LaunchError(sentence));
  return Promise.race([asked, databaseGone, ...programs.map((program) => program.failed)]);
}
