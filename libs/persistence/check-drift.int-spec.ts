import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
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

it('drops its scratch database, also when a migration fails', async () => {
  await drift(MATCHING);
  await expect(drift('SELECT 1/0')).rejects.toThrow('division by zero');
  expect(await scratchDatabases()).toEqual([]);
});
