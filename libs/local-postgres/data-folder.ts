import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdir, readFile, readdir, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { PostgresBinaries } from './binaries.js';
import { SERVER_ENVIRONMENT, type Identity } from './identity.js';
import { LocalPostgresError } from './local-postgres-error.js';

export interface DataFolder {
  readonly dataDir: string;
  /** Where the superuser's password is kept, readable by the owner only. */
  readonly passwordFile: string;
  readonly durable: boolean;
}

export const SUPERUSER = 'postgres';

const PASSWORD_BYTES = 32;
const run = promisify(execFile);

/**
 * Creates the data folder when there is none, in one step that a crash cannot leave half done.
 * @returns the superuser's password
 * @throws LocalPostgresError `broken-data` when the folder is not one that this Postgres can open with this password
 */
export async function prepareDataFolder(folder: DataFolder, binaries: PostgresBinaries, as: Identity): Promise<string> {
  const { dataDir, passwordFile } = folder;
  const version = await readIfThere(path.join(dataDir, 'PG_VERSION'));
  if (version === undefined) {
    await assertEmpty(dataDir);
    const password = await keepPassword(passwordFile);
    await createCluster(folder, binaries, as, password);
    return password;
  }
  if (version !== String(binaries.majorVersion)) {
    const sentence = `The data folder ${dataDir} was made by Postgres ${version}, this is Postgres ${String(binaries.majorVersion)}: move it away to start empty, or open it with its own version.`;
    throw new LocalPostgresError('broken-data', sentence);
  }
  const password = await readIfThere(passwordFile);
  if (password !== undefined && password !== '') return password;
  const sentence = `The password file ${passwordFile} of the data folder ${dataDir} is missing: restore it, or move the folder away to start empty.`;
  throw new LocalPostgresError('broken-data', sentence);
}

async function assertEmpty(dataDir: string): Promise<void> {
  const entries = await readdir(dataDir).catch(ignoreMissing);
  if (entries === undefined || entries.length === 0) return;
  const sentence = `The folder ${dataDir} is not empty and no Postgres data folder: choose another one, or move it away.`;
  throw new LocalPostgresError('broken-data', sentence);
}

async function keepPassword(passwordFile: string): Promise<string> {
  const kept = await readIfThere(passwordFile);
  if (kept !== undefined && kept !== '') return kept;
  const password = randomBytes(PASSWORD_BYTES).toString('base64url');
  await mkdir(path.dirname(passwordFile), { recursive: true, mode: 0o700 });
  const draft = `${passwordFile}.${String(process.pid)}`;
  await writeFile(draft, password, { mode: 0o600 });
  await rename(draft, passwordFile);
  return password;
}

/** initdb works in a folder beside the real one, which gets its name only when it is complete. */
async function createCluster(
  { dataDir, durable }: DataFolder,
  { initdb }: PostgresBinaries,
  as: Identity,
  password: string,
): Promise<void> {
  await removeAbandoned(dataDir);
  const workshop = `${dataDir}.new-${String(process.pid)}`;
  const passwordCopy = path.join(workshop, 'password');
  const cluster = path.join(workshop, 'data');
  try {
    await mkdir(workshop, { recursive: true, mode: 0o700 });
    await writeFile(passwordCopy, password, { mode: 0o600 });
    if (as.uid !== undefined && as.gid !== undefined) {
      await chown(workshop, as.uid, as.gid);
      await chown(passwordCopy, as.uid, as.gid);
    }
    const command = [...as.prefix, initdb, ...initdbOptions(cluster, passwordCopy, durable)];
    await runToEnd(command, as);
    await rmdir(dataDir).catch(ignoreMissing);
    await rename(cluster, dataDir);
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
}

/** `builtin C.UTF-8` orders by code point on every machine, whatever locales it has, and still knows upper and lower case. */
function initdbOptions(cluster: string, passwordCopy: string, durable: boolean): string[] {
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const access = [`--username=${SUPERUSER}`, '--auth=scram-sha-256', `--pwfile=${passwordCopy}`];
  return ['-D', cluster, ...access, ...locale, ...(durable ? [] : ['--no-sync'])];
}

async function runToEnd(command: readonly string[], as: Identity): Promise<void> {
  const [program = '', ...args] = command;
  const user = as.uid === undefined || as.gid === undefined ? {} : { uid: as.uid, gid: as.gid };
  await run(program, args, { ...user, env: SERVER_ENVIRONMENT, maxBuffer: 1 << 22 });
}

/** What a killed first start left beside the data folder. */
async function removeAbandoned(dataDir: string): Promise<void> {
  const siblings = (await readdir(path.dirname(dataDir)).catch(ignoreMissing)) ?? [];
  const prefix = `${path.basename(dataDir)}.new-`;
  const abandoned = siblings.filter((name) => name.startsWith(prefix) && !isAlive(Number(name.slice(prefix.length))));
  await Promise.all(
    abandoned.map((name) => rm(path.join(path.dirname(dataDir), name), { recursive: true, force: true })),
  );
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

async function readIfThere(file: string): Promise<string | undefined> {
  const text = await readFile(file, 'utf8').catch(ignoreMissing);
  return text?.trim();
}

function ignoreMissing(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
  throw error;
}
