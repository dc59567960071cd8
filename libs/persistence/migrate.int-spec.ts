import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { query } from '../../test/setup/query.js';
import { migrate, MigrationError } from './migrate.js';
import { provisionDatabase } from './provision.js';

/** Semicolons inside a function: what a runner that cuts scripts at semicolons breaks on. */
const FIRST = `
CREATE TABLE stock (sku text PRIMARY KEY, on_hand int NOT NULL);
CREATE FUNCTION take(wanted text) RETURNS int LANGUAGE plpgsql AS $$
BEGIN
  UPDATE stock SET on_hand = on_hand - 1 WHERE sku = wanted;
  RETURN 1;
END $$;`;
const SECOND = "INSERT INTO stock VALUES ('mug', 3); -- ends in a comment";
const FAILING = 'CREATE TABLE half (id int); INSERT INTO half VALUES (1); SELECT 1/0;';

let directory = '';
let database = '';
let owner = '';

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'shopspan-migrations-'));
  database = `migrate_${randomUUID().slice(0, 8)}`;
  owner = (await provisionDatabase(inject('postgres').adminUrl, { database })).owner;
});

afterEach(async () => {
  await query(inject('postgres').adminUrl, `DROP DATABASE ${database} WITH (FORCE)`);
  await rm(directory, { recursive: true });
});

async function write(name: string, script: string): Promise<void> {
  await mkdir(path.join(directory, name), { recursive: true });
  await writeFile(path.join(directory, name, 'migration.sql'), script);
}

async function failure(): Promise<string> {
  const outcome = await migrate(owner, { directory }).catch((error: unknown) => error);
  if (outcome instanceof MigrationError) return outcome.message;
  throw new Error('expected a MigrationError', { cause: outcome });
}

describe('migrate', () => {
  it('applies what is missing, in order, once', async () => {
    await write('1_stock', FIRST);
    expect(await migrate(owner, { directory })).toEqual({ applied: ['1_stock'] });
    await write('2_mug', SECOND);
    expect(await migrate(owner, { directory })).toEqual({ applied: ['2_mug'] });
    expect(await migrate(owner, { directory })).toEqual({ applied: [] });
    expect(await query(owner, "SELECT take('mug'), on_hand FROM stock")).toEqual([{ take: 1, on_hand: 3 }]);
  });

  it('applies once when several run at the same time', async () => {
    await write('1_stock', FIRST);
    await write('2_mug', SECOND);
    const results = await Promise.all(Array.from({ length: 4 }, () => migrate(owner, { directory })));
    expect(results.flatMap((result) => result.applied).sort()).toEqual(['1_stock', '2_mug']);
    expect(await query(owner, 'SELECT * FROM stock')).toEqual([{ sku: 'mug', on_hand: 3 }]);
  });

  it('refuses a migration that was edited after it was applied', async () => {
    await write('1_stock', FIRST);
    await migrate(owner, { directory });
    await write('1_stock', `${FIRST} -- better`);
    await write('2_mug', SECOND);
    expect(await failure()).toMatch(/^Edited after it was applied to this database: "1_stock"\./);
    expect(await query(owner, 'SELECT * FROM stock')).toEqual([]);
  });

  it('leaves nothing of a failing migration behind, and goes on when it is corrected', async () => {
    await write('1_stock', FIRST);
    await write('2_half', FAILING);
    expect(await failure()).toBe('The migration "2_half" failed, and nothing of it was applied: division by zero');
    expect(await query(owner, "SELECT to_regclass('half') AS half, to_regclass('stock')::text AS stock")).toEqual([
      { half: null, stock: 'stock' },
    ]);
    await write('2_half', FAILING.replace('1/0', '1'));
    expect(await migrate(owner, { directory })).toEqual({ applied: ['2_half'] });
  });

  it('holds no timer that would keep a finished program alive', async () => {
    const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    await write('1_stock', FIRST);
    const before = timers();
    await migrate(owner, { directory });
    expect(timers()).toBe(before);
  });

  it('says what is wrong with the folder', async () => {
    await mkdir(path.join(directory, '1_empty'));
    expect(await failure()).toBe('The migration "1_empty" has no readable file migration.sql.');
    const missing = path.join(directory, 'nowhere');
    await expect(migrate(owner, { directory: missing })).rejects.toThrow(
      `There is no folder of migrations at ${missing}.`,
    );
  });
});

describe('migrate after its process was killed', () => {
  /** Puts the record of a migration back to what it is before the last step. */
  const UNFINISH = "UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name = '2_mug'";

  it('records a migration that had been committed', async () => {
    await write('1_stock', FIRST);
    await write('2_mug', SECOND);
    await migrate(owner, { directory });
    await query(owner, UNFINISH);
    expect(await migrate(owner, { directory })).toEqual({ applied: [] });
    expect(await query(owner, 'SELECT * FROM stock')).toEqual([{ sku: 'mug', on_hand: 3 }]);
  });

  it('repeats a migration that had not been committed', async () => {
    await write('1_stock', FIRST);
    await migrate(owner, { directory });
    await write('2_mug', SECOND);
    await query(
      owner,
      "INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ('x', 'not committed', '2_mug')",
    );
    expect(await migrate(owner, { directory })).toEqual({ applied: ['2_mug'] });
  });

  it('asks when the script ends its own transaction, because then it may be applied in part', async () => {
    await write('1_stock', FIRST);
    await write('2_mug', `${SECOND}\nCOMMIT;`);
    await migrate(owner, { directory });
    await query(owner, UNFINISH);
    expect(await failure()).toMatch(/^The migration "2_mug" was interrupted and may be applied in part\./);
  });
});
