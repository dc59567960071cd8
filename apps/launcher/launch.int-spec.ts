import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import { query } from '../../test/setup/query.js';
import { z } from 'zod';
import type { LauncherSettings } from '#config';
import { freePort } from '#local-postgres';
import { LaunchError } from './launch-error.js';
import { launch, type LaunchOptions } from './launch.js';

const MIGRATIONS = fileURLToPath(new URL('../../prisma/migrations', import.meta.url));
const NAMES = ['sandbox', 'gateway', 'worker'] as const;
const Runtime = z.object({
  programs: z.record(z.string(), z.number()),
  databaseUrls: z.record(z.string(), z.string()),
});

/** Notes its start and its end, and says that it is ready. */
const PROGRAM = `
const { appendFileSync } = require('node:fs');
const name = __dirname.split('/').pop();
const note = (what) => appendFileSync(process.env.NOTES, JSON.stringify({ name, what, environment: process.env }) + '\\n');
process.on('SIGTERM', () => { note('stopped'); process.exit(0); });
note('started');
setInterval(() => undefined, 1000);
`;
const READY = 'process.send({ ready: true });';

let folder = '';
let database = '';
let said: string[] = [];
let asked = new AbortController();
let insisted = new AbortController();
let running: Promise<void>[] = [];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'shopspan-launcher-'));
  database = `launch_${randomUUID().slice(0, 8)}`;
  [said, running, asked, insisted] = [[], [], new AbortController(), new AbortController()];
  for (const name of NAMES) await writeProgram(name, PROGRAM + READY);
});

afterEach(async () => {
  asked.abort();
  await Promise.allSettled(running);
  await query(inject('postgres').adminUrl, `DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
  await rm(folder, { recursive: true });
});

async function writeProgram(name: string, source: string): Promise<void> {
  await mkdir(path.join(folder, 'programs', name), { recursive: true });
  await writeFile(path.join(folder, 'programs', name, 'main.js'), source);
}

async function settings(): Promise<LauncherSettings> {
  const url = new URL(inject('postgres').adminUrl);
  url.pathname = `/${database}`;
  return {
    production: false,
    stateDirectory: 'state',
    databaseUrl: url.href,
    sandboxUrl: undefined,
    host: '127.0.0.1',
    gatewayPort: await freePort(),
    sandboxPort: await freePort(),
    usesRedis: false,
    environment: { PATH: '/usr/bin:/bin', NOTES: path.join(folder, 'notes') },
  };
}

async function start(changes: Partial<LauncherSettings> = {}, options: Partial<LaunchOptions> = {}): Promise<void> {
  const launched = launch({
    settings: { ...(await settings()), ...changes },
    root: folder,
    programsDirectory: path.join(folder, 'programs'),
    migrationsDirectory: MIGRATIONS,
    stopRequest: { signal: asked.signal, insisted: insisted.signal },
    say: (text) => said.push(text),
    supervision: { readyMs: 20_000, stopMs: 20_000, restartMs: [1, 1], recoveredMs: 60_000 },
    ...options,
  });
  running.push(launched);
  return launched;
}

async function runtime(): Promise<z.output<typeof Runtime>> {
  const file = path.join(folder, 'state', 'runtime.json');
  return vi.waitFor(async () => Runtime.parse(JSON.parse(await readFile(file, 'utf8'))), { timeout: 30_000 });
}

async function notes(): Promise<{ name: string; what: string; environment: Record<string, string> }[]> {
  const text = await readFile(path.join(folder, 'notes'), 'utf8');
  const Note = z.object({ name: z.string(), what: z.string(), environment: z.record(z.string(), z.string()) });
  return text
    .trim()
    .split('\n')
    .map((line) => Note.parse(JSON.parse(line)));
}

async function failure(launched: Promise<void>): Promise<string> {
  const outcome = await launched.catch((error: unknown) => error);
  if (outcome instanceof LaunchError) return outcome.message;
  throw new Error('expected a LaunchError', { cause: outcome });
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('launch', () => {
  it('runs everything, says where, and ends it in order', async () => {
    const launched = start();
    const { programs, databaseUrls } = await runtime();
    await vi.waitFor(() => expect(said.join('\n')).toContain('Shopspan is running.'));
    expect(Object.keys(programs).sort()).toEqual(['gateway', 'sandbox', 'worker']);
    expect(await query(databaseUrls['owner'] ?? '', 'SELECT count(*) > 0 AS migrated FROM _prisma_migrations')).toEqual(
      [{ migrated: true }],
    );
    expect((await stat(path.join(folder, 'state', 'runtime.json'))).mode & 0o777).toBe(0o600);
    expect((await stat(path.join(folder, 'state', 'database.json'))).mode & 0o777).toBe(0o600);
    asked.abort();
    await launched;
    const ends = (await notes()).filter(({ what }) => what === 'stopped').map(({ name }) => name);
    expect(ends).toEqual(['worker', 'gateway', 'sandbox']);
    expect(Object.values(programs).filter(isAlive)).toEqual([]);
    expect(existsSync(path.join(folder, 'state', 'runtime.json'))).toBe(false);
  });

  it('tells each program no more of the database than it needs', async () => {
    const launched = start();
    await runtime();
    asked.abort();
    await launched;
    const seen = Object.fromEntries((await notes()).map(({ name, environment }) => [name, environment]));
    const variables = (name: string): string[] =>
      Object.keys(seen[name] ?? {}).filter((key) => key.startsWith('DATABASE_'));
    expect(variables('sandbox')).toEqual([]);
    expect(variables('gateway').sort()).toEqual(['DATABASE_APP_URL', 'DATABASE_QUEUE_URL']);
    expect(variables('worker').sort()).toEqual(['DATABASE_APP_URL', 'DATABASE_QUEUE_URL', 'DATABASE_WORKER_URL']);
    expect(seen['gateway']).toMatchObject({ SHOPSPAN_STATE_DIR: path.join(folder, 'state') });
    expect(seen['worker']?.['SHOPSPAN_SANDBOX_URL']).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  it('runs no sandbox and no demo in production', async () => {
    const prepareDemo = vi.fn(() => Promise.resolve({ tries: [] }));
    const launched = start({ production: true }, { prepareDemo });
    expect(Object.keys((await runtime()).programs).sort()).toEqual(['gateway', 'worker']);
    asked.abort();
    await launched;
    expect(prepareDemo).not.toHaveBeenCalled();
    expect((await notes())[0]?.environment).not.toHaveProperty('SHOPSPAN_SANDBOX_URL');
  });

  it('prepares the demo once, shows it each time, and prepares it again for other addresses', async () => {
    const prepareDemo = vi.fn(() => Promise.resolve({ tries: [{ what: 'List the orders', how: 'curl it' }] }));
    const fixed = await settings();
    const runOnce = async (changes: Partial<LauncherSettings>): Promise<void> => {
      const launched = start({ ...fixed, ...changes }, { prepareDemo });
      await runtime();
      asked.abort();
      await launched;
      expect(said.join('\n')).toContain('1. List the orders\n     curl it');
      [said, asked] = [[], new AbortController()];
    };
    await runOnce({});
    await runOnce({});
    expect(prepareDemo).toHaveBeenCalledTimes(1);
    await runOnce({ gatewayPort: await freePort() });
    expect(prepareDemo).toHaveBeenCalledTimes(2);
    expect((await stat(path.join(folder, 'state', 'demo.json'))).mode & 0o777).toBe(0o600);
  });

  it('stops cleanly while it is still starting', async () => {
    await writeProgram('gateway', PROGRAM);
    const launched = start();
    await vi.waitFor(async () => expect((await notes()).length).toBe(3), { timeout: 30_000 });
    asked.abort();
    await launched;
    expect((await notes()).filter(({ what }) => what === 'stopped')).toHaveLength(3);
  });

  it('waits no longer for a program that ignores the request when somebody insists', async () => {
    await writeProgram(
      'worker',
      `process.on('SIGTERM', () => undefined); setInterval(() => undefined, 1000); ${READY}`,
    );
    const launched = start({}, { supervision: { readyMs: 20_000, stopMs: 600_000, restartMs: [], recoveredMs: 1 } });
    const { programs } = await runtime();
    asked.abort();
    insisted.abort();
    await launched;
    expect(Object.values(programs).filter(isAlive)).toEqual([]);
  });
});

describe('a program that crashes', () => {
  it('is started again, under a new process number', async () => {
    const launched = start();
    const before = await runtime();
    process.kill(before.programs['worker'] ?? 0, 'SIGKILL');
    const pid = await vi.waitFor(async () => {
      const now = (await runtime()).programs['worker'];
      expect(now).not.toBe(before.programs['worker']);
      return now ?? 0;
    });
    expect(said.join('\n')).toContain('The worker crashed (signal SIGKILL); starting it again in');
    expect(isAlive(pid)).toBe(true);
    asked.abort();
    await launched;
    expect(isAlive(pid)).toBe(false);
  });

  it('too often ends everything, with its last words', async () => {
    await writeProgram('worker', `${READY} console.error('no memory left'); setTimeout(() => process.exit(3), 1);`);
    const launched = start();
    expect(await failure(launched)).toMatch(/^The worker crashed too often \(exit code 3\):\nno memory left$/m);
    const names = (await notes()).filter(({ what }) => what === 'stopped').map(({ name }) => name);
    expect(names).toEqual(['gateway', 'sandbox']);
  });

  it('while starting ends everything, with its last words and those of its log for people', async () => {
    // It gives up once the others have begun, so that there is something to end.
    const begun = `require('node:fs').readFileSync(process.env.NOTES, { flag: 'a+' }).toString().split('\\n').length > 2`;
    const giveUp = `console.log('{"level":50,"msg":"no key\\\\u001b[2J"}'); process.exitCode = 1;`;
    await writeProgram(
      'worker',
      `const at = setInterval(() => { if (${begun}) { clearInterval(at); ${giveUp} } }, 5);`,
    );
    await writeProgram('gateway', PROGRAM);
    const patient = { readyMs: 600_000, stopMs: 20_000, restartMs: [], recoveredMs: 1 };
    const message = await failure(start({}, { supervision: patient }));
    expect(message).toMatch(/^The worker did not start \(exit code 1\):\n\{"level":50,"msg":"no key/);
    expect(said).toContain('worker   ERROR no key [2J');
    expect(await readFile(path.join(folder, 'state', 'logs', 'worker.log'), 'utf8')).toContain('"level":50');
    expect((await notes()).filter(({ what }) => what === 'stopped').length).toBe((await notes()).length / 2);
  });

  it('never getting ready is reported, too', async () => {
    await writeProgram('gateway', PROGRAM);
    const message = await failure(
      start({}, { supervision: { readyMs: 1_000, stopMs: 20_000, restartMs: [], recoveredMs: 1 } }),
    );
    expect(message).toMatch(/^The gateway did not start \(it was not ready after 1 s\)/);
  });
});

describe('a start that is refused says why', () => {
  it('because another one runs in the same folder', async () => {
    void start();
    await runtime();
    const message = await failure(start());
    expect(message).toContain(`Shopspan is running already in this folder (process ${String(process.pid)}`);
  });

  it('but not because of one that is dead', async () => {
    await mkdir(path.join(folder, 'state'));
    await writeFile(
      path.join(folder, 'state', 'launcher.lock'),
      JSON.stringify({ pid: process.pid, startedAt: 'before the reboot' }),
    );
    const launched = start();
    await runtime();
    asked.abort();
    await launched;
  });

  it.each([
    ['gatewayPort', 'gateway', 'SHOPSPAN_PORT'],
    ['sandboxPort', 'sandbox', 'SANDBOX_PORT'],
  ])('because the %s is taken', async (key, what, setting) => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const sentence = `The ${what} cannot listen on port ${String(port)} of 127.0.0.1: another program uses it. Choose another one with ${setting}=<port>.`;
    expect(await failure(start({ [key]: port }))).toBe(sentence);
    expect(existsSync(path.join(folder, 'state', 'launcher.lock'))).toBe(false);
    other.close();
  });

  it('because the state folder cannot be made', async () => {
    await writeFile(path.join(folder, 'state'), 'a file');
    expect(await failure(start())).toMatch(/^The state folder .* cannot be used .*SHOPSPAN_STATE_DIR=<folder>\.$/);
  });
});

describe('with the embedded Postgres', () => {
  it('leaves nothing running when the launcher is killed with kill -9, and starts again on the same data', async () => {
    const script = path.join(folder, 'launcher.mjs');
    await writeFile(script, LAUNCHER);
    const vite = path.resolve('node_modules/vite/dist/node/index.js');
    const sources = fileURLToPath(new URL('./launch.ts', import.meta.url));
    const options = JSON.stringify({
      settings: { ...(await settings()), databaseUrl: undefined },
      root: folder,
      migrationsDirectory: MIGRATIONS,
    });
    const launcher = spawn(process.execPath, [script, vite, sources, options], { stdio: 'inherit' });
    const { programs, databaseUrls } = await runtime();
    await query(databaseUrls['owner'] ?? '', 'CREATE TABLE kept AS SELECT 1 AS id');
    const postgres = Number.parseInt(
      await readFile(path.join(folder, 'state', 'postgres', 'postmaster.pid'), 'utf8'),
      10,
    );
    launcher.kill('SIGKILL');
    await vi.waitFor(() => expect([postgres, ...Object.values(programs)].filter(isAlive)).toEqual([]), {
      timeout: 15_000,
    });
    await rm(path.join(folder, 'state', 'runtime.json'));
    const launched = start({ databaseUrl: undefined });
    const again = await runtime();
    expect(await query(again.databaseUrls['owner'] ?? '', 'SELECT id FROM kept')).toEqual([{ id: 1 }]);
    asked.abort();
    await launched;
    expect(existsSync(path.join(folder, 'state', 'postgres', 'postmaster.pid'))).toBe(false);
  });
});

/** A process of its own that launches from these sources and waits to be killed. */
const LAUNCHER = `
const [vite, sources, options] = process.argv.slice(2);
const environments = { inline: { resolve: { conditions: ['shopspan-source'] } } };
const { module } = await (await import(vite)).runnerImport(sources, { environments });
const { signal } = new AbortController();
const parsed = JSON.parse(options);
await module.launch({ ...parsed, programsDirectory: parsed.root + '/programs', stopRequest: { signal, insisted: signal }, say: () => undefined });
`;
