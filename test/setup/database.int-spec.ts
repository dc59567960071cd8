import { expect, inject, it } from 'vitest';
import { query } from './query.js';
import { freshDatabase, type FreshDatabase } from './database.js';

it('gives migrated databases that do not know each other, with the rights of production, and drops them', async () => {
  const [one, two]: [FreshDatabase, FreshDatabase] = await Promise.all([freshDatabase(), freshDatabase()]);
  await query(one.urls.owner, 'CREATE TABLE only_in_one (id int)');
  expect(await query(two.adminUrl, "SELECT to_regclass('only_in_one') AS found")).toEqual([{ found: null }]);
  expect(await query(two.adminUrl, 'SELECT count(*) > 0 AS migrated FROM _prisma_migrations')).toEqual([
    { migrated: true },
  ]);
  await expect(query(two.urls.app, 'CREATE TABLE mine (id int)')).rejects.toThrow(
    'permission denied for schema public',
  );
  await query(two.urls.queue, 'CREATE TABLE job (id int)');
  await Promise.all([one.drop(), two.drop()]);
  const left = `SELECT datname FROM pg_database WHERE datname IN ('${one.name}', '${two.name}')`;
  expect(await query(inject('postgres').adminUrl, left)).toEqual([]);
});
