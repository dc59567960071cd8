import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, inject, it } from 'vitest';
import { query } from '../../test/setup/query.js';
import { checkDrift } from './check-drift.js';

const SCHEMA = `
datasource db {
  provider = "postgresql"
}
model Stock {
  sku    String @id
  onHand Int    @map("on_hand")
  @@map("stock")
}`;
const MATCHING =
  'CREATE TABLE "stock" ("sku" TEXT NOT NULL, "on_hand" INTEGER NOT NULL, CONSTRAINT "stock_pkey" PRIMARY KEY ("sku"));';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'shopspan-drift-'));
  await mkdir(path.join(folder, '1_stock'));
  await writeFile(path.join(folder, 'schema.prisma'), SCHEMA);
});

afterEach(() => rm(folder, { recursive: true }));

async function drift(script: string): Promise<string | undefined> {
  await writeFile(path.join(folder, '1_stock', 'migration.sql'), script);
  return checkDrift(inject('postgres').adminUrl, { schemaPath: path.join(folder, 'schema.prisma'), directory: folder });
}

const scratchDatabases = (): Promise<unknown[]> =>
  query(inject('postgres').adminUrl, "SELECT datname FROM pg_database WHERE datname LIKE 'shopspan_scratch_%'");

it('finds nothing when the migrations make what the schema describes', async () => {
  expect(await drift(MATCHING)).toBeUndefined();
});

it('tells the SQL that the migrations lack', async () => {
  expect(await drift(MATCHING.replace('"on_hand" INTEGER NOT NULL,', ''))).toContain(
    'ADD COLUMN     "on_hand" INTEGER NOT NULL',
  );
});

const lacking = (found: string, instead: string): string => MATCHING.replace(found, instead);

it.each([
  ['a column more', lacking('"sku" TEXT NOT NULL,', '"sku" TEXT NOT NULL, "more" TEXT,'), 'DROP COLUMN "more"'],
  ['another type', lacking('INTEGER', 'BIGINT'), 'INTEGER'],
  ['another nullability', lacking('"on_hand" INTEGER NOT NULL', '"on_hand" INTEGER'), 'SET NOT NULL'],
  ['a default', lacking('INTEGER NOT NULL', 'INTEGER NOT NULL DEFAULT 1'), 'DROP DEFAULT'],
  ['no key', lacking(', CONSTRAINT "stock_pkey" PRIMARY KEY ("sku")', ''), 'PRIMARY KEY'],
  ['a table more', `${MATCHING} CREATE TABLE "more" (id INT PRIMARY KEY);`, 'DROP TABLE "more"'],
  ['no table', 'SELECT 1;', 'CREATE TABLE "stock"'],
])('tells of %s', async (_, script, told) => {
  expect(await drift(script)).toContain(told);
});

it('lets the migrations have keys and indexes beyond the schema, and reports what differs beside them', async () => {
  const stricter = `${MATCHING} CREATE UNIQUE INDEX sku_and_count ON stock (sku, on_hand); CREATE INDEX sku_in_stock ON stock (sku) WHERE on_hand > 0;
    ALTER TABLE stock ADD CONSTRAINT more_than_none CHECK (on_hand >= 0), ADD CONSTRAINT self_fkey FOREIGN KEY (sku) REFERENCES stock (sku);`;
  expect(await drift(stricter)).toBeUndefined();
  const both = await drift(stricter.replace('"on_hand" INTEGER NOT NULL', '"on_hand" BIGINT NOT NULL'));
  expect(both).toContain('INTEGER');
  expect(both).not.toContain('DROP CONSTRAINT');
});

it('finds nothing between the schema and the migrations of this repository', async () => {
  const schemaPath = fileURLToPath(new URL('../../prisma/schema.prisma', import.meta.url));
  const directory = fileURLToPath(new URL('../../prisma/migrations', import.meta.url));
  expect(await checkDrift(inject('postgres').adminUrl, { schemaPath, directory })).toBeUndefined();
});

it('drops its scratch database, also when a migration fails', async () => {
  await drift(MATCHING);
  await expect(drift('SELECT 1/0')).rejects.toThrow('division by zero');
  expect(await scratchDatabases()).toEqual([]);
});
