import { setTimeout as delay } from 'node:timers/promises';
import { LaunchError } from './launch-error.js';
import { runProgram, type ProgramProcess, type ProgramSpec } from './program-process.js';

export interface Supervision {
  /** How long a program may take to say that it is ready. */
  readonly readyMs: number;
  /** How long a program may take to end after it was asked to. */
  readonly stopMs: number;
  /** Waits before the first, second, ... new start; no more starts after the last. */
  readonly restartMs: readonly number[];
  /** A program that ran this long has recovered: its restarts are counted anew. */
  readonly recoveredMs: number;
}

export const SUPERVISION: Supervision = {
  readyMs: 60_000,
  stopMs: 10_000,
  restartMs: [500, 1_000, 2_000, 5_000, 10_000],
  recoveredMs: 60_000,
};

export interface SupervisedProgram {
  readonly name: string;
  readonly pid: number | undefined;
  /** Fulfilled when it crashed too often to be started again. */
  readonly failed: Promise<LaunchError>;
  /** Asks it to end, insists after a while, and waits. */
  stop(): Promise<void>;
  /** Ends it at once. */
  kill(): void;
}

export interface SupervisedSpec extends ProgramSpec {
  /** Called when it runs again, under another process number. */
  readonly onRestart?: () => void;
}

/**
 * Starts a program, waits until it is ready and from then on starts it again whenever it crashes.
 * @param cancelled gives the start up
 * @throws LaunchError with its last lines when it does not get ready
 */
export async function supervise(
  spec: SupervisedSpec,
  cancelled: AbortSignal,
  rules: Supervision = SUPERVISION,
): Promise<SupervisedProgram> {
  const stopping = new AbortController();
  const isStopping = (): boolean => stopping.signal.aborted;
  let current = runProgram(spec);
  await becomeReady(spec, current, rules, cancelled);
  const failed = keepRunning();

  async function keepRunning(): Promise<LaunchError> {
    for (let crashes = 0; ; crashes += 1) {
      const started = performance.now();
      const how = await current.exited;
      if (isStopping()) return never();
      if (performance.now() - started > rules.recoveredMs) crashes = 0;
      const wait = rules.restartMs[crashes];
      if (wait === undefined) return tooOften(spec, current, how);
      spec.say(`The ${spec.name} crashed (${how}); starting it again in ${String(wait / 1_000)} s.`);
      await delay(wait, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (isStopping()) return never();
      current = runProgram(spec);
      spec.onRestart?.();
      await becomeReady(spec, current, rules, stopping.signal).catch(() => undefined);
    }
  }

  return {
    name: spec.name,
    get pid() {
      return current.pid;
    },
    failed,
    stop: () => {
      stopping.abort();
      return end(current, rules);
    },
    kill: () => {
      stopping.abort();
      current.signal('SIGKILL');
    },
  };
}

function tooOften({ name }: ProgramSpec, program: ProgramProcess, how: string): LaunchError {
  return new LaunchError(`The ${name} crashed too often (${how}):\n${program.lastLines()}`);
}

function never(): Promise<never> {
  return new Promise<never>(() => undefined);
}

async function becomeReady(
  spec: ProgramSpec,
  program: ProgramProcess,
  rules: Supervision,
  cancelled: AbortSignal,
): Promise<void> {
  const late = `it was not ready after ${String(rules.readyMs / 1_000)} s`;
  const ready = program.ready.then(() => undefined);
  const trouble = await firstOf([ready, program.exited, abortOf(cancelled)], rules.readyMs, late);
  if (trouble === undefined) return;
  await end(program, rules);
  throw new LaunchError(`The ${spec.name} did not start (${trouble}):\n${program.lastLines()}`);
}

function abortOf(signal: AbortSignal): Promise<string> {
  return new Promise((resolve) => {
    const tell = (): void => resolve('its start was given up');
    if (signal.aborted) tell();
    else signal.addEventListener('abort', tell, { once: true });
  });
}

async function end(program: ProgramProcess, { stopMs }: Supervision): Promise<void> {
  program.signal('SIGTERM');
  const ended = await firstOf([program.exited], stopMs, undefined);
  if (ended !== undefined) return;
  program.signal('SIGKILL');
  await program.exited;
}

/** Whichever comes first; `late` when none came in time. */
async function firstOf<T, L>(events: readonly Promise<T>[], ms: number, late: L): Promise<T | L> {
  const timer = new AbortController();
  const deadline = delay(ms, late, { signal: timer.signal }).catch(() => late);
  try {
    return await Promise.race([...events, deadline]);
  } finally {
    timer.abort();
  }
}
