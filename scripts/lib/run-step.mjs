import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { onceOrphaned } from './orphan-watch.mjs';
import { showProgress } from './progress.mjs';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a program to its end behind a progress line.
 * @param {string} title
 * @param {readonly string[]} command program and arguments
 * @param {{ cwd: string, env?: Record<string, string | undefined>, output?: NodeJS.WriteStream }} options
 * @returns {Promise<{ code: number, output: string }>} what it wrote, on both channels
 */
export async function runStep(title, [program, ...args], { cwd, env = process.env, output }) {
  const progress = showProgress(title, output);
  const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const stopForwarding = forwardSignals(child);
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk) => (text += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk) => (text += chunk));
  const { code, signal } = await ended(child).catch((error) => ({ code: 127, signal: null, ...say(error) }));
  const interrupted = stopForwarding();
  if (code === 0) progress.done();
  else progress.failed();
  if (interrupted !== undefined) process.exit(exitCodeOf(interrupted));
  return { code: code ?? exitCodeOf(signal), output: text };

  function say(error) {
    text += String(error.message);
  }
}

/**
 * A program that replaces this one as far as terminal, signals and exit code are concerned.
 * @param {readonly string[]} command program and arguments
 * @param {{ cwd: string, env?: Record<string, string | undefined>, channel?: boolean }} options with a channel the program notices
 * the end of this process, however it ends
 */
export async function runInPlace([program, ...args], { cwd, env = process.env, channel = false }) {
  const stdio = ['inherit', 'inherit', 'inherit', ...(channel ? ['ipc'] : [])];
  const child = spawn(program, args, { cwd, env, stdio });
  const stopForwarding = forwardSignals(child);
  const { code, signal } = await ended(child);
  stopForwarding();
  process.exitCode = code ?? exitCodeOf(signal);
}

/** @returns {() => NodeJS.Signals | undefined} stops it, and tells which signal came last */
function forwardSignals(child) {
  let received;
  const forward = (signal) => {
    received = signal;
    // A terminal sends its Ctrl-C to the program as well, and a second one often means "at once".
    if (signal !== 'SIGINT' || !hasTerminal()) child.kill(signal);
  };
  for (const signal of SIGNALS) process.on(signal, forward);
  const stopWatching = onceOrphaned(() => forward('SIGTERM'));
  return () => {
    for (const signal of SIGNALS) process.off(signal, forward);
    stopWatching();
    return received;
  };
}

function hasTerminal() {
  return process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
}

function ended(child) {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
}

/** What a shell reports for a program that a signal ended. */
function exitCodeOf(signal) {
  return 128 + (constants.signals[signal] ?? 0);
}
