import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chown, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { query } from '../../test/setup/query.js';
import { LocalPostgresError, startLocalPostgres, type LocalPostgres, type LocalPostgresOptions } from './index.js';

const NOBODY = 65534;
const isRoot = process.getuid?.() === 0;

let folder = '';
let running: LocalPostgres[] = [];

beforeEach(async () => {
  folder = await newFolder();
});

afterEach(async () => {
  await Promise.all(running.map((server) => server.stop()));
  running = [];
  await rm(folder, { recursive: true, force: true });
});

function newFolder(): Promise<string> {
  return mkdtemp(path.join(tmpdir(), 'shopspan-local-postgres-'));
}

function optionsIn(parent: string): LocalPostgresOptions {
  const [dataDir, passwordFile] = [path.join(parent, 'data'), path.join(parent, 'password')];
  return { dataDir, passwordFile, durable: false, lockPatienceMs: 0 };
}

async function start(options: Partial<LocalPostgresOptions> = {}): Promise<LocalPostgres> {
  const server = await startLocalPostgres({ ...optionsIn(folder), ...options });
  running.push(server);
  return server;
}

async function refusal(options: Partial<LocalPostgresOptions> = {}): Promise<LocalPostgresError> {
  const outcome = await start(options).catch((error: unknown) => error);
  if (outcome instanceof LocalPostgresError) return outcome;
  throw new Error('expected a refusal', { cause: outcome });
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}

describe('a running server', () => {
  let home = '';
  let server: LocalPostgres;

  beforeAll(async () => {
    home = await newFolder();
    server = await startLocalPostgres(optionsIn(home));
  });

  afterAll(async () => {
    await server.stop();
    await rm(home, { recursive: true, force: true });
  });

  it('listens on 127.0.0.1 only, speaks UTC and has no socket in the file system', async () => {
    const names = "('listen_addresses', 'unix_socket_directories', 'TimeZone')";
    const sql = `select name, setting from pg_settings where name in ${names} order by name`;
    expect(await query(server.adminUrl, sql)).toEqual([
      { name: 'TimeZone', setting: 'UTC' },
      { name: 'listen_addresses', setting: '127.0.0.1' },
      { name: 'unix_socket_directories', setting: '' },
    ]);
  });

  it('refuses a wrong password and no password', async () => {
    const url = new URL(server.adminUrl);
    url.password = 'wrong';
    await expect(query(url.href, 'select 1')).rejects.toThrow('password authentication failed');
    url.password = '';
    await expect(query(url.href, 'select 1')).rejects.toThrow('password');
  });

  it('keeps 32 random bytes as password in a file for its owner only', async () => {
    const { passwordFile } = optionsIn(home);
    expect((await stat(passwordFile)).mode & 0o777).toBe(0o600);
    const password = await readFile(passwordFile, 'utf8');
    expect(Buffer.from(password, 'base64url')).toHaveLength(32);
    expect(new URL(server.adminUrl).password).toBe(password);
  });

  it('keeps a second starter away with a clear sentence', async () => {
    const { code, message } = await refusal(optionsIn(home));
    expect(code).toBe('locked');
    expect(message).toMatch(
      /^The data folder .* is in use by another running instance \(process \d+\); stop it first\.$/,
    );
    expect(await query(server.adminUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
  });
});

describe('the life of a server', () => {
  it('keeps data and password over a restart, and stops twice without complaint', async () => {
    const first = await start();
    await query(first.adminUrl, 'create table kept as select 42 as answer');
    await first.stop();
    await first.stop();
    const second = await start();
    expect(new URL(second.adminUrl).password).toBe(new URL(first.adminUrl).password);
    expect(await query(second.adminUrl, 'select answer from kept')).toEqual([{ answer: 42 }]);
  });

  it('ends by itself, cleanly, when its parent is killed with kill -9', async () => {
    const script = path.join(folder, 'parent.mjs');
    await writeFile(script, PARENT);
    const vite = path.resolve('node_modules/vite/dist/node/index.js');
    const sources = fileURLToPath(new URL('./index.ts', import.meta.url));
    const options = JSON.stringify(optionsIn(folder));
    const parent = spawn(process.execPath, [script, vite, sources, options], { stdio: ['ignore', 'pipe', 'inherit'] });
    const port = Number(await once(parent.stdout.setEncoding('utf8'), 'data'));
    expect(await isListening(port)).toBe(true);
    parent.kill('SIGKILL');
    const pidFile = path.join(folder, 'data', 'postmaster.pid');
    const isRunning = async (): Promise<boolean> => (await isListening(port)) || existsSync(pidFile);
    await expect.poll(isRunning, { timeout: 10_000 }).toBe(false);
    const log: string[] = [];
    await start({ onLog: (line) => log.push(line), lockPatienceMs: 5_000 });
    expect(log.join('\n')).not.toContain('not properly shut down');
  });

  it('waits for a server that is about to end', async () => {
    const first = await start();
    const second = start({ lockPatienceMs: 20_000 });
    await first.stop();
    expect(await query((await second).adminUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('tells when the server ended by itself', async () => {
    const server = await start();
    const pid = Number.parseInt(await readFile(path.join(folder, 'data', 'postmaster.pid'), 'utf8'), 10);
    process.kill(pid, 'SIGQUIT');
    await server.exited;
    expect(await isListening(server.port)).toBe(false);
  });

  it.runIf(process.platform === 'linux')('ignores a dead server whose process number a stranger got', async () => {
    await (await start()).stop();
    await writeFile(path.join(folder, 'data', 'postmaster.pid'), `${String(process.pid)}\n${folder}/data\n`);
    const server = await start();
    expect(await query(server.adminUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it.runIf(isRoot)("runs as the data folder's owner when root starts it", async () => {
    await chown(folder, NOBODY, NOBODY);
    await mkdir(path.join(folder, 'data'), { mode: 0o700 });
    await chown(path.join(folder, 'data'), NOBODY, NOBODY);
    await start();
    expect((await stat(path.join(folder, 'data', 'PG_VERSION'))).uid).toBe(NOBODY);
    expect((await stat(path.join(folder, 'password'))).uid).toBe(0);
  });
});

describe('a server that cannot start says why', () => {
  it('a port that is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const message = `Port ${String(port)} on 127.0.0.1 is taken by another program; choose another one for Postgres.`;
    expect(await refusal({ port })).toMatchObject({ code: 'port-taken', message });
    other.close();
  });

  it('a folder it may not write', async () => {
    const closed = path.join(folder, 'closed');
    await mkdir(closed, { mode: isRoot ? 0o700 : 0o500 });
    // Root may write everywhere, but Postgres does not run as root.
    if (isRoot) await chown(closed, NOBODY, NOBODY);
    const { code, message } = await refusal({ dataDir: path.join(closed, 'data') });
    expect(code).toBe('not-writable');
    expect(message).toContain('the disk is read-only, or a folder on the way belongs to another user');
  });

  it('data of another major version', async () => {
    await mkdir(path.join(folder, 'data'));
    await writeFile(path.join(folder, 'data', 'PG_VERSION'), '17\n');
    const { code, message } = await refusal();
    expect(code).toBe('broken-data');
    expect(message).toContain('was made by Postgres 17, this is Postgres 18');
  });

  it('a folder full of something else, which stays as it is', async () => {
    await mkdir(path.join(folder, 'data'));
    await writeFile(path.join(folder, 'data', 'thesis.txt'), 'precious');
    const { code, message } = await refusal();
    expect(code).toBe('broken-data');
    expect(message).toContain('is not empty');
    expect(await readFile(path.join(folder, 'data', 'thesis.txt'), 'utf8')).toBe('precious');
  });

  it('a lost password file, and damaged data', async () => {
    await (await start()).stop();
    await rm(path.join(folder, 'data', 'global', 'pg_control'));
    const damaged = await refusal();
    expect(damaged.code).toBe('broken-data');
    expect(damaged.message).toContain('is damaged');
    await rm(path.join(folder, 'password'));
    const locked = await refusal();
    expect(locked.code).toBe('broken-data');
    expect(locked.message).toMatch(/^The password file .* is missing/);
  });
});

/** A process of its own that starts the server from these sources, says the port and waits to be killed. */
const PARENT = `
const [vite, sources, options] = process.argv.slice(2);
const { module } = await (await import(vite)).runnerImport(sources);
console.log((await module.startLocalPostgres(JSON.parse(options))).port);
setInterval(() => undefined, 1e6);
`;
