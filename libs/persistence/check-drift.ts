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
 * What the schema language cannot say, and the migrations therefore have beyond it: keys that hold the tenant as well, and
 * what they refer to. The engine proposes to drop them; whatever else differs is drift.
 */
const BEYOND_SCHEMA = /^-- Drop(?:ForeignKey|Index)$/;

/**
 * Compares what the migrations make with what the schema file describes, in a scratch database that is dropped afterwards.
 * @param adminUrl of a user who may create databases and grant what the migrations grant
 * @returns the SQL that is missing in the migrations: tables, columns, types, nullability, defaults, keys and indexes;
 *   undefined when they have all that the schema says. Foreign keys and indexes beyond it are theirs to have.
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
      const drift = exitCode === 0 ? [] : blocksOf(stdout ?? '').filter((block) => !isBeyondSchema(block));
      return drift.length === 0 ? undefined : drift.join('\n\n');
    } finally {
      engine.free();
    }
  });
}

/** The engine's script is one block per change, each with a heading of what it is. */
function blocksOf(script: string): readonly string[] {
  return script
    .split(/\n(?=-- )/)
    .map((block) => block.trim())
    .filter((block) => block !== '');
}

function isBeyondSchema(block: string): boolean {
  return BEYOND_SCHEMA.test(block.split('\n', 1).join(''));
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
