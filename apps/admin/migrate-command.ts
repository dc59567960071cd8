import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Settings } from '#config';
import { type DatabaseUrls, migrate, provisionDatabase, randomPasswords, type RolePasswords } from '#persistence';

const DEFAULT_DATABASE = 'shopspan';

/**
 * Makes the database and its roles from an administrator's address, where one is given, and brings it up to date.
 * Passwords in the four role addresses are used as they are; without them new ones are made and written to a file.
 */
export async function migrateCommand(
  settings: Settings,
  migrationsDirectory: string,
  say: (text: string) => void,
): Promise<void> {
  const urls = settings.DATABASE_URL === undefined ? undefined : await provision(settings, settings.DATABASE_URL, say);
  const owner = urls?.owner ?? settings.DATABASE_OWNER_URL;
  if (owner === undefined)
    throw new RangeError('Set DATABASE_URL (an administrator of the server) or DATABASE_OWNER_URL.');
  const { applied } = await migrate(owner, { directory: migrationsDirectory });
  say(applied.length === 0 ? 'The database is up to date.' : `Applied: ${applied.join(', ')}`);
}

async function provision(settings: Settings, adminUrl: string, say: (text: string) => void): Promise<DatabaseUrls> {
  const named = decodeURIComponent(new URL(adminUrl).pathname.slice(1));
  const database = named === '' || named === 'postgres' ? DEFAULT_DATABASE : named;
  const given = givenPasswords(settings);
  const urls = await provisionDatabase(adminUrl, { database, passwords: given ?? randomPasswords() });
  if (given === undefined) await keep(settings, urls, say);
  return urls;
}

function givenPasswords(settings: Settings): RolePasswords | undefined {
  const {
    DATABASE_OWNER_URL: owner,
    DATABASE_APP_URL: app,
    DATABASE_WORKER_URL: worker,
    DATABASE_QUEUE_URL: queue,
  } = settings;
  if (owner === undefined || app === undefined || worker === undefined || queue === undefined) return undefined;
  const password = (url: string) => decodeURIComponent(new URL(url).password);
  return { owner: password(owner), app: password(app), worker: password(worker), queue: password(queue) };
}

async function keep(settings: Settings, urls: DatabaseUrls, say: (text: string) => void): Promise<void> {
  await mkdir(settings.SHOPSPAN_STATE_DIR, { recursive: true, mode: 0o700 });
  const file = path.join(settings.SHOPSPAN_STATE_DIR, 'database.env');
  const lines = Object.entries(urls).map(([part, url]) => `export DATABASE_${part.toUpperCase()}_URL='${url}'`);
  await writeFile(file, `${lines.join('\n')}\n`, { mode: 0o600 });
  say(`Made the database and its roles; their addresses, with passwords, are in ${file}.`);
}
