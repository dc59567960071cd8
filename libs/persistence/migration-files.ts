import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { MigrationError } from './migration-error.js';
import type { MigrationList } from './schema-engine.js';

export interface MigrationFile {
  /** The folder's name, which also is the order. */
  readonly name: string;
  readonly script: string;
  /** As Prisma records it: SHA-256 of migration.sql. */
  readonly checksum: string;
}

/** @throws MigrationError when the folder or a file in it is missing */
export async function readMigrations(directory: string): Promise<MigrationFile[]> {
  const entries = await readdir(directory, { withFileTypes: true }).catch((cause: unknown) => {
    throw new MigrationError(`There is no folder of migrations at ${directory}.`, { cause });
  });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(names.sort().map((name) => readMigration(directory, name)));
}

async function readMigration(directory: string, name: string): Promise<MigrationFile> {
  const file = path.join(directory, name, 'migration.sql');
  const script = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new MigrationError(`The migration "${name}" has no readable file migration.sql.`, { cause });
  });
  return { name, script, checksum: createHash('sha256').update(script).digest('hex') };
}

/** The same in the engine's terms. */
export function migrationList(directory: string, files: readonly MigrationFile[]): MigrationList {
  return {
    baseDir: path.resolve(directory),
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories: files.map(({ name, script }) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: script } },
    })),
  };
}
