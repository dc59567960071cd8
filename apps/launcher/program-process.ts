import { spawn, type ChildProcess } from 'node:child_process';
import { z } from 'zod';
import type { LogFile } from './log-file.js';
import { printable, readableLine } from './readable-line.js';
import { splitLines } from './split-lines.js';

/** One of Shopspan's programs and how it is to be run. */
export interface ProgramSpec {
  readonly name: string;
  /** The JavaScript file. */
  readonly entry: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly log: LogFile;
  /** Shows a line to the person at the terminal. */
  readonly say: (line: string) => void;
}

export interface ProgramProcess {
  readonly pid: number | undefined;
  /** Fulfilled by the program's message `{ ready: true }`. */
  readonly ready: Promise<void>;
  /** Fulfilled with how it ended. */
  readonly exited: Promise<string>;
  /** The last lines it wrote. */
  lastLines(): string;
  signal(name: NodeJS.Signals): void;
}

/**
 * Ends a program whose launcher has gone, kill -9 included. Loaded before the program itself, so that no program can forget
 * it. The channel must not keep a program alive that has finished.
 */
const PARENT_GUARD = `
process.once('disconnect', () => {
  process.kill(process.pid, 'SIGTERM');
  setTimeout(() => process.exit(1), 10_000).unref();
});
process.channel?.unref();`;

const Ready = z.object({ ready: z.literal(true) });
const KEPT_LINES = 20;

export function runProgram({ name, entry, environment, log, say }: ProgramSpec): ProgramProcess {
  const guard = `data:text/javascript,${encodeURIComponent(PARENT_GUARD)}`;
  const child = spawn(process.execPath, ['--enable-source-maps', '--import', guard, entry], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // A Ctrl-C of the terminal reaches only the launcher, which stops the programs in the right order.
    detached: true,
  });
  const kept: string[] = [];
  const keep = (line: string): void => {
    log.write(`${line}\n`);
    kept.splice(0, kept.length - KEPT_LINES + 1);
    kept.push(line);
  };
  if (child.stdout !== null) splitLines(child.stdout, (line) => show(line, undefined));
  if (child.stderr !== null) splitLines(child.stderr, (line) => show(line, printable(line)));

  function show(line: string, otherwise: string | undefined): void {
    keep(line);
    const text = readableLine(line) ?? (line.startsWith('{') ? undefined : otherwise);
    if (text !== undefined && text.trim() !== '') say(`${name.padEnd(8)} ${text}`);
  }

  return {
    pid: child.pid,
    ready: untilReady(child),
    exited: untilExit(child),
    lastLines: () => kept.map(printable).join('\n'),
    signal: (signalName) => void child.kill(signalName),
  };
}

function untilReady(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.on('message', (message) => {
      if (Ready.safeParse(message).success) resolve();
    });
  });
}

/** After `close` rather than `exit`: by then all it wrote has been read. */
function untilExit(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => resolve(signal === null ? `exit code ${String(code)}` : `signal ${signal}`));
  });
}
