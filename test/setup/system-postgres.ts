import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from '../../libs/local-postgres/index.js';
import { runServer } from '../../libs/local-postgres/server-process.js';

const NOBODY = 65534;
const PROGRAMS = '/usr/lib/postgresql/15/bin';

/** Debian's Postgres 15 (`apt-get install postgresql`), the oldest that Shopspan supports. */
export const hasPostgres15 = existsSync(path.join(PROGRAMS, 'postgres'));

export interface SystemPostgres {
  readonly adminUrl: string;
  stop(): Promise<void>;
}

/** Starts it on an empty folder with no locale, which makes its databases SQL_ASCII unless told otherwise. */
export async function startPostgres15(): Promise<SystemPostgres> {
  const folder = await mkdtemp(path.join(tmpdir(), 'shopspan-postgres-15-'));
  const [dataDir, passwordFile, port] = [path.join(folder, 'data'), path.join(folder, 'password'), await freePort()];
  const user = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  await writeFile(passwordFile, 'only-for-this-test');
  if (user.uid !== undefined) await Promise.all([folder, passwordFile].map((entry) => chown(entry, NOBODY, NOBODY)));
  const access = ['--username=postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
  const options = ['-D', dataDir, '--no-sync', '--no-locale', ...access];
  execFileSync(path.join(PROGRAMS, 'initdb'), options, { ...user, stdio: 'pipe' });
  const network = { listen_addresses: '127.0.0.1', unix_socket_directories: '', port: String(port) };
  const settings = { ...network, fsync: 'off', timezone: 'America/New_York' };
  const server = await runServer({
    postgres: path.join(PROGRAMS, 'postgres'),
    dataDir,
    settings,
    as: { prefix: [], ...user },
  });
  return {
    adminUrl: `postgresql://postgres:only-for-this-test@127.0.0.1:${String(port)}/postgres`,
    stop: () => server.stop().then(() => rm(folder, { recursive: true, force: true })),
  };
}
