import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freshDatabase, type FreshDatabase } from '../../test/setup/database.js';
import { readSettings } from '#config';
import { createLogger } from '#observability';
import { type Database, openDatabase } from '#persistence';
import { keysFromText } from '#vault';
import { checkKeys, loadKeys } from './keys.js';
import { createRuntime } from './runtime.js';

let database: FreshDatabase;
let product: Database;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'shopspan-keys-'));
  database = await freshDatabase();
  product = openDatabase({ url: database.urls.app, poolSize: 2, applicationName: 'test' });
});
afterAll(async () => {
  await product.close();
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

const newKey = () => randomBytes(32).toString('base64');
const logger = createLogger('test', 'silent');
const start = (environment: Readonly<Record<string, string>>) =>
  createRuntime({
    settings: readSettings({ NODE_ENV: 'test', SHOPSPAN_STATE_DIR: folder, ...environment }),
    databaseUrl: database.urls.app,
    applicationName: 'test',
    logger,
  });

it('case 101: starts with the key it was sealed with, and with no other, whatever else is configured', async () => {
  const [right, wrong] = [newKey(), newKey()];
  const id = keysFromText(right)[0]?.id ?? '';
  await (await start({ SHOPSPAN_KEYS: right })).close();
  await expect(start({ SHOPSPAN_KEYS: wrong })).rejects.toMatchObject({
    code: 'vault_unavailable',
    message: expect.stringMatching(new RegExp(`sealed with key ${id}.*Put the old key back`)) as string,
  });
  await (await start({ SHOPSPAN_KEYS: `${wrong},${right}` })).close();
  // From here on both are in use: neither alone is enough.
  for (const alone of [right, wrong])
    await expect(start({ SHOPSPAN_KEYS: alone })).rejects.toThrow('Put the old key back');
});

it('case 101: never starts without a key: an empty one, a missing file and a broken one are refused', async () => {
  const missing = path.join(folder, 'none', 'keys.json');
  const production = readSettings({ NODE_ENV: 'test', SHOPSPAN_KEY_FILE: missing });
  await expect(loadKeys({ ...production, NODE_ENV: 'production' })).rejects.toMatchObject({
    code: 'vault_unavailable',
    message: `The key file ${missing} does not exist. Put the file back, or name the right one.`,
  });
  expect(await readdir(folder)).toEqual([]);
  expect(() => keysFromText('')).toThrow('empty');
  await expect(start({ SHOPSPAN_KEYS: 'none' })).rejects.toMatchObject({ code: 'vault_unavailable' });
  await expect(checkKeys(product, [])).rejects.toThrow('No encryption key is configured');
});
