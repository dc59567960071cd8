import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

const MODULE = new URL('./run-step.mjs', import.meta.url).href;
/** The program that is run: notes its signal and ends with code 7. */
const PROGRAM = `
const { appendFileSync } = require('node:fs');
for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => { appendFileSync('notes', name); process.exit(7); });
setInterval(() => undefined, 1000);
appendFileSync('notes', 'started ');
`;
/** What scripts/start.mjs does with it. */
const SCRIPT = `
const { runInPlace } = await import('${MODULE}');
await runInPlace([process.execPath, 'program.cjs'], { cwd: process.cwd() });
`;
/** npm in small: a shell between itself and the script. */
const NPM = `require('node:child_process').spawn('/bin/sh', ['-c', process.execPath + ' script.mjs; true'], { stdio: 'inherit' });`;

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'shopspan-run-'));
  await writeFile(path.join(folder, 'program.cjs'), PROGRAM);
  await writeFile(path.join(folder, 'script.mjs'), SCRIPT);
  await writeFile(path.join(folder, 'npm.cjs'), NPM);
});

afterEach(() => rm(folder, { recursive: true }));

async function start(command) {
  const [program = '', ...args] = command;
  const child = spawn(program, args, {
    cwd: folder,
    env: { npm_lifecycle_event: 'start' },
    stdio: 'ignore',
    detached: true,
  });
  await vi.waitFor(async () => expect(await notes()).toContain('started'), { timeout: 10_000 });
  return child;
}

const notes = () => readFile(path.join(folder, 'notes'), 'utf8').catch(() => '');
const exitOf = (child) => new Promise((resolve) => child.once('exit', resolve));

describe('runInPlace', () => {
  it.each(['SIGINT', 'SIGTERM'])('hands on %s, and the exit code', async (signal) => {
    const script = await start([process.execPath, 'script.mjs']);
    script.kill(signal);
    expect(await exitOf(script)).toBe(7);
    expect(await notes()).toBe(`started ${signal}`);
  });

  it('ends the program when the shell that npm started was told to end', async () => {
    const shell = await start(['/bin/sh', '-c', `${process.execPath} script.mjs; true`]);
    shell.kill('SIGTERM');
    await vi.waitFor(async () => expect(await notes()).toBe('started SIGTERM'), { timeout: 10_000 });
  });

  it.runIf(process.platform === 'linux')('ends the program when npm was killed with kill -9', async () => {
    const npm = await start([process.execPath, 'npm.cjs']);
    npm.kill('SIGKILL');
    await vi.waitFor(async () => expect(await notes()).toBe('started SIGTERM'), { timeout: 10_000 });
  });
});
