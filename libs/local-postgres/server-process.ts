import { spawn, type ChildProcess } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { SERVER_ENVIRONMENT, type Identity } from './identity.js';

/**
 * Starts the server in the background and waits for it; beside it, `cat` waits for the end of our pipe. The pipe closes when
 * this process ends in whatever way, kill -9 included, and the server is then told to stop (SIGINT: fast and clean).
 */
const TIED_TO_PIPE = [
  'exec 3<&0',
  '"$@" </dev/null 3<&- & SERVER=$!',
  '(cat <&3; kill -INT "$SERVER") >/dev/null 2>&1 & exec 3<&-',
  'wait "$SERVER"',
].join('\n');

const READY = 'database system is ready to accept connections';
const FAST_STOP_MS = 20_000;
const IMMEDIATE_STOP_MS = 5_000;

export interface ServerProcess {
  /** Fulfilled when the server has ended, whoever asked for it. */
  readonly exited: Promise<void>;
  stop(): Promise<void>;
}

export interface ServerCommand {
  readonly postgres: string;
  readonly dataDir: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly as: Identity;
  /** Receives each line the server writes after its start. */
  readonly onLog?: ((line: string) => void) | undefined;
}

/**
 * Starts the server and waits until it takes connections.
 * @throws Error whose message is the server's own output
 */
export async function runServer(command: ServerCommand): Promise<ServerProcess> {
  await forgetStrangersPid(command.dataDir);
  const child = spawnTied(command);
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  // Closing our end lets the waiting `cat` go too when the server ended by itself.
  void exited.then(() => child.stdin?.destroy());
  await untilReady(child, command.onLog);
  return { exited, stop: () => stop(child.stdin, exited, command.dataDir) };
}

function spawnTied({ postgres, dataDir, settings, as }: ServerCommand): ChildProcess {
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = [...as.prefix, postgres, '-D', dataDir, ...options];
  const user = as.uid === undefined || as.gid === undefined ? {} : { uid: as.uid, gid: as.gid };
  const child = spawn('/bin/sh', ['-c', TIED_TO_PIPE, 'sh', ...server], {
    ...user,
    cwd: '/',
    env: SERVER_ENVIRONMENT,
    stdio: ['pipe', 'ignore', 'pipe'],
    // A Ctrl-C of the terminal must not reach the server before the programs that use it.
    detached: true,
  });
  child.stdin.on('error', () => undefined);
  return child;
}

function untilReady(child: ChildProcess, onLog: ServerCommand['onLog']): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = '';
    let ready = false;
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (!ready && output.includes(READY)) {
        ready = true;
        resolve();
      }
      if (ready) output = passLines(output, onLog);
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${output}\nexited with code ${String(code)}`)));
  });
}

/** Hands over the complete lines and returns the rest, which must not grow without bound. */
function passLines(text: string, onLog: ServerCommand['onLog']): string {
  const lines = text.split('\n');
  const rest = lines.pop() ?? '';
  for (const line of lines) onLog?.(line);
  return rest.slice(-65_536);
}

async function stop(lifeline: Writable | null, exited: Promise<void>, dataDir: string): Promise<void> {
  lifeline?.destroy();
  if (await endsWithin(exited, FAST_STOP_MS)) return;
  const pid = await readPid(dataDir);
  if (pid !== undefined) signal(pid, 'SIGQUIT');
  if (await endsWithin(exited, IMMEDIATE_STOP_MS)) return;
  if (pid !== undefined) signal(pid, 'SIGKILL');
  await exited;
}

async function endsWithin(exited: Promise<void>, milliseconds: number): Promise<boolean> {
  const timer = new AbortController();
  const late = delay(milliseconds, false, { signal: timer.signal }).catch(() => false);
  const ended = await Promise.race([exited.then(() => true), late]);
  timer.abort();
  return ended;
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended meanwhile, which is what was wanted.
  }
}

/**
 * After a power cut or in a restarted container, the process number a dead server left behind may belong to some other
 * program of ours; Postgres would then refuse to start for ever.
 */
async function forgetStrangersPid(dataDir: string): Promise<void> {
  const pid = await readPid(dataDir);
  if (pid === undefined || process.platform !== 'linux') return;
  const program = await readFile(`/proc/${String(pid)}/comm`, 'utf8').catch(() => undefined);
  if (program !== undefined && !/^postgres/.test(program)) await rm(path.join(dataDir, 'postmaster.pid'));
}

async function readPid(dataDir: string): Promise<number | undefined> {
  const text = await readFile(path.join(dataDir, 'postmaster.pid'), 'utf8').catch(() => '');
  const pid = Number.parseInt(text, 10);
  return Number.isSafeInteger(pid) && pid > 0 ? pid : undefined;
}
