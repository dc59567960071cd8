import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { Settings } from '#config';
import { type Database, openDatabase } from '#persistence';

const runningFile = z.object({ databaseUrls: z.object({ owner: z.string() }) });

/**
 * Opens the database as its owner: the one that is configured, else the one of a running `npm start`.
 * @throws RangeError saying what to do when there is neither
 */
export async function openOwnerDatabase(settings: Settings): Promise<Database> {
  const url = settings.DATABASE_OWNER_URL ?? (await runningUrl(settings));
  if (url === undefined) {
    throw new RangeError(
      'Start Shopspan first with `npm start`, or set DATABASE_OWNER_URL (`npm run migrate` makes it).',
    );
  }
  return openDatabase({ url, poolSize: 4, applicationName: 'shopspan-admin' });
}

async function runningUrl(settings: Settings): Promise<string | undefined> {
  const text = await readFile(path.join(settings.SHOPSPAN_STATE_DIR, 'runtime.json'), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : runningFile.parse(JSON.parse(text)).databaseUrls.owner;
}
