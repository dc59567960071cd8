import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { startLocalPostgres } from '../../libs/local-postgres/index.js';
import { migrate } from '../../libs/persistence/migrate.js';
import { provisionDatabase, type DatabaseUrls } from '../../libs/persistence/provision.js';

/** The one Postgres of a test run. */
export interface TestPostgres {
  /** The superuser's URL. */
  readonly adminUrl: string;
  /** Provisioned and migrated; takes no connections, so that it can be copied at any time. */
  readonly template: { readonly database: string; readonly urls: DatabaseUrls };
}

declare module 'vitest' {
  interface ProvidedContext {
    postgres: TestPostgres;
  }
}

const TEMPLATE = 'shopspan_template';
const MIGRATIONS = fileURLToPath(new URL('../../prisma/migrations', import.meta.url));

/** Runs once before all integration tests; unit tests do not wait for it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'shopspan-test-'));
  const files = { dataDir: path.join(folder, 'postgres'), passwordFile: path.join(folder, 'password') };
  const removeFolder = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const server = await startLocalPostgres({ ...files, durable: false });
    const teardown = (): Promise<void> => server.stop().finally(removeFolder);
    try {
      project.provide('postgres', { adminUrl: server.adminUrl, template: await makeTemplate(server.adminUrl) });
      return teardown;
    } catch (error) {
      await teardown();
      throw error;
    }
  } catch (error) {
    await removeFolder();
    throw error;
  }
}

async function makeTemplate(adminUrl: string): Promise<TestPostgres['template']> {
  const urls = await provisionDatabase(adminUrl, { database: TEMPLATE });
  await migrate(urls.owner, { directory: MIGRATIONS });
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    await admin.query(`ALTER DATABASE ${TEMPLATE} ALLOW_CONNECTIONS false`);
  } finally {
    await admin.end();
  }
  return { database: TEMPLATE, urls };
}
