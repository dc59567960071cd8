import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { openAdminSession } from './admin-session.js';
import { openMigrationConnection, type MigrationConnection } from './migration-connection.js';
import { migrationList, readMigrations } from './migration-files.js';
import { openSchemaEngine } from './schema-engine.js';

export interface DriftInput {
  /** prisma/schema.prisma */
  readonly schemaPath: string;
  /** prisma/migrations */
  readonly directory: string;
}

/**
 * Compares what the migrations make with what the schema file describes, in a scratch database that is dropped afterwards.
 * @param adminUrl of a user who may create databases and grant what the migrations grant
 * @returns the SQL that is missing in the migrations; undefined when they agree with the schema
 */
export async function checkDrift(adminUrl: string, { schemaPath, directory }: DriftInput): Promise<string | undefined> {
  const [files, content] = [await readMigrations(directory), await readFile(schemaPath, 'utf8')];
  return inScratchDatabase(adminUrl, async (scratch) => {
    const open = (): Promise<MigrationConnection['adapter']> => Promise.resolve(scratch.adapter);
    const engine = await openSchemaEngine({ main: open, scratch: open });
    try {
      const { exitCode, stdout } = await engine.diff({
        from: { tag: 'migrations', ...migrationList(directory, files) },
        to: { tag: 'schemaDatamodel', files: [{ path: path.resolve(schemaPath), content }] },
        script: true,
        exitCode: true,
        filters: { externalTables: [], externalEnums: [] },
      });
      return exitCode === 0 ? undefined : (stdout ?? '');
    } finally {
      engine.free();
    }
  });
}

async function inScratchDatabase<T>(adminUrl: string, work: (scratch: MigrationConnection) => Promise<T>): Promise<T> {
  const name = `shopspan_scratch_${randomUUID().replaceAll('-', '')}`;
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  const admin = await openAdminSession(adminUrl);
  try {
    await admin.run(`CREATE DATABASE ${name} TEMPLATE template0`);
    const scratch = await openMigrationConnection(url.href);
    try {
      return await work(scratch);
    } finally {
      await scratch.end();
    }
  } finally {
    await admin.rows(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`).finally(() => admin.end());
  }
}
