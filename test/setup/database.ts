import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import type { DatabaseUrls } from '../../libs/persistence/provision.js';
import './postgres.js';

export interface FreshDatabase {
  readonly name: string;
  /** One URL per role, as in production. */
  readonly urls: DatabaseUrls;
  /** The superuser's URL of this database, which sees every tenant's rows: for looking at what the code under test left. */
  readonly adminUrl: string;
  drop(): Promise<void>;
}

/**
 * A migrated and empty database of your own, in some ten milliseconds:
 * `let database: FreshDatabase; beforeAll(async () => { database = await freshDatabase(); return () => database.drop(); });`
 */
export async function freshDatabase(): Promise<FreshDatabase> {
  const { adminUrl, template } = inject('postgres');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const { owner, ...guests } = template.urls;
  const guestNames = Object.values(guests).map(userOf).join(', ');
  await asAdmin(adminUrl, [
    `CREATE DATABASE ${name} TEMPLATE ${template.database} OWNER ${userOf(owner)}`,
    // The rights on the database itself are not copied.
    `REVOKE ALL ON DATABASE ${name} FROM PUBLIC`,
    `GRANT CONNECT ON DATABASE ${name} TO ${guestNames}`,
    `GRANT CREATE ON DATABASE ${name} TO ${userOf(guests.queue)}`,
  ]);
  const { app, worker, queue } = guests;
  return {
    name,
    urls: { owner: at(owner, name), app: at(app, name), worker: at(worker, name), queue: at(queue, name) },
    adminUrl: at(adminUrl, name),
    drop: () => asAdmin(adminUrl, [`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`]),
  };
}

function userOf(url: string): string {
  return new URL(url).username;
}

function at(url: string, database: string): string {
  const copy = new URL(url);
  copy.pathname = `/${database}`;
  return copy.href;
}

async function asAdmin(adminUrl: string, statements: readonly string[]): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    for (const statement of statements) await admin.query(statement);
  } finally {
    await admin.end();
  }
}
