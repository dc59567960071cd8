import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { query } from '../../test/setup/query.js';
import { hasPostgres15, startPostgres15, type SystemPostgres } from '../../test/setup/system-postgres.js';
import { ProvisionError } from './admin-session.js';
import { checkDrift } from './check-drift.js';
import { migrate } from './migrate.js';
import { provisionDatabase, randomPasswords, type DatabaseUrls, type ProvisionOptions } from './provision.js';

const GROUPS = 'shopspan_app, shopspan_worker, shopspan_claims';
const MIGRATIONS = fileURLToPath(new URL('../../prisma/migrations', import.meta.url));
const SCHEMA = fileURLToPath(new URL('../../prisma/schema.prisma', import.meta.url));

async function refusal(adminUrl: string, options: ProvisionOptions): Promise<string> {
  const outcome = await provisionDatabase(adminUrl, options).catch((error: unknown) => error);
  if (outcome instanceof ProvisionError) return outcome.message;
  throw new Error('expected a ProvisionError', { cause: outcome });
}

function withUser(adminUrl: string, user: string, database = 'postgres'): string {
  const url = new URL(adminUrl);
  [url.username, url.password, url.pathname] = [user, 'secret-of-the-test', `/${database}`];
  return url.href;
}

function newName(): string {
  return `shop_${randomUUID().slice(0, 8)}`;
}

const servers: Record<string, () => Promise<SystemPostgres>> = {
  'Postgres 18 (embedded)': () =>
    Promise.resolve({ adminUrl: inject('postgres').adminUrl, stop: () => Promise.resolve() }),
  'Postgres 15 (of the system)': startPostgres15,
};

describe.each(Object.keys(servers))('%s', (server) => {
  describe.skipIf(server.startsWith('Postgres 15') && !hasPostgres15)('when installed', () => {
    let postgres: SystemPostgres;

    beforeAll(async () => {
      postgres = await (servers[server] ?? startPostgres15)();
      return () => postgres.stop();
    });

    describe.each(['superuser', 'user with CREATEROLE and CREATEDB'])('provisioned by a %s', (kind) => {
      const database = newName();
      let adminUrl = '';
      let urls: DatabaseUrls;

      beforeAll(async () => {
        adminUrl = kind === 'superuser' ? postgres.adminUrl : await createAdmin(postgres.adminUrl);
        urls = await provisionDatabase(adminUrl, { database });
        await query(urls.owner, 'CREATE TABLE orders AS SELECT 1 AS id');
        await query(urls.owner, 'GRANT SELECT ON orders TO shopspan_app');
      });

      it('gives every part its login, in UTC and without any power over the server', async () => {
        for (const [part, url] of Object.entries(urls)) {
          const sql = `SELECT current_user::text AS user, current_setting('TimeZone') AS zone,
            rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication AS mighty
            FROM pg_roles WHERE rolname = current_user`;
          expect(await query(url, sql)).toEqual([{ user: `${database}_${part}_login`, zone: 'UTC', mighty: false }]);
        }
      });

      it('lets the owner define tables and hand functions over to shopspan_claims', async () => {
        await query(
          urls.owner,
          `CREATE FUNCTION count_orders() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT count(*) FROM orders';
           GRANT CREATE ON SCHEMA public TO shopspan_claims;
           ALTER FUNCTION count_orders() OWNER TO shopspan_claims;
           REVOKE CREATE ON SCHEMA public FROM shopspan_claims`,
        );
        const sql = "SELECT pg_get_userbyid(proowner)::text AS owner FROM pg_proc WHERE proname = 'count_orders'";
        expect(await query(urls.owner, sql)).toEqual([{ owner: 'shopspan_claims' }]);
      });

      it.each(['app', 'worker', 'queue'] as const)('keeps the %s from defining anything in public', async (part) => {
        const denied = 'permission denied for';
        await expect(query(urls[part], 'CREATE TABLE public.mine (id int)')).rejects.toThrow(denied);
        if (part !== 'queue') await expect(query(urls[part], 'CREATE SCHEMA mine')).rejects.toThrow(denied);
        await expect(query(urls[part], 'CREATE TEMP TABLE mine (id int)')).rejects.toThrow('permission denied');
        await expect(query(urls[part], 'DROP TABLE public.orders')).rejects.toThrow(/permission denied|must be owner/);
      });

      it('gives the app its group, and nothing to the worker that is not granted', async () => {
        expect(await query(urls.app, 'SELECT id FROM orders')).toEqual([{ id: 1 }]);
        await expect(query(urls.worker, 'SELECT id FROM orders')).rejects.toThrow('permission denied for table');
        await expect(query(urls.app, 'SET ROLE shopspan_claims')).rejects.toThrow('permission denied to set role');
        await expect(query(urls.worker, 'SET ROLE shopspan_app')).rejects.toThrow('permission denied to set role');
      });

      it('gives the queue a schema of its own and no sight of public', async () => {
        await query(urls.queue, 'CREATE TABLE job AS SELECT 7 AS id');
        expect(await query(urls.queue, 'SELECT id FROM queue.job')).toEqual([{ id: 7 }]);
        await expect(query(urls.queue, 'SELECT id FROM public.orders')).rejects.toThrow(
          'permission denied for schema public',
        );
        await expect(query(urls.app, 'SELECT id FROM queue.job')).rejects.toThrow('permission denied for schema queue');
        await expect(query(urls.worker, 'SELECT id FROM queue.job')).rejects.toThrow(
          'permission denied for schema queue',
        );
      });

      it('lets nobody else in', async () => {
        const other = await provisionDatabase(adminUrl, { database: newName() });
        for (const url of Object.values(other)) {
          const trespass = new URL(url);
          trespass.pathname = `/${database}`;
          await expect(query(trespass.href, 'SELECT 1')).rejects.toThrow('permission denied for database');
        }
      });

      it('can run again, several times at once, and then knows the new passwords', async () => {
        const passwords = randomPasswords();
        const again = await Promise.all([1, 2, 3].map(() => provisionDatabase(adminUrl, { database, passwords })));
        expect(new URL(again[0]?.app ?? '').password).toBe(passwords.app);
        for (const url of Object.values(again[0] ?? {}))
          expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
        await expect(query(urls.app, 'SELECT 1')).rejects.toThrow('password authentication failed');
        urls = again[0] ?? urls;
      });

      it('uses the database that the URL names, also before it exists', async () => {
        const named = new URL(adminUrl);
        named.pathname = `/${newName()}`;
        const name = named.pathname.slice(1);
        await provisionDatabase(named.href, { database: name });
        const { owner } = await provisionDatabase(named.href, { database: name });
        const sql = `SELECT pg_encoding_to_char(encoding)::text AS encoding, 'B' < 'a' AS by_code_point
          FROM pg_database WHERE datname = current_database()`;
        expect(await query(owner, sql)).toEqual([{ encoding: 'UTF8', by_code_point: true }]);
      });

      it('takes the migrations of this repository', async () => {
        const fresh = await provisionDatabase(adminUrl, { database: newName() });
        await migrate(fresh.owner, { directory: MIGRATIONS });
        expect(await migrate(fresh.owner, { directory: MIGRATIONS })).toEqual({ applied: [] });
      });
    });

    it('can replay the migrations and read the result', async () => {
      await provisionDatabase(postgres.adminUrl, { database: newName() });
      const drift = await checkDrift(postgres.adminUrl, { schemaPath: SCHEMA, directory: MIGRATIONS });
      // Keys that hold the tenant together are stated in SQL only; anything else in either direction is a mistake.
      const unexpected = (drift ?? '')
        .split('\n')
        .filter((line) => !/^$|^--|DROP CONSTRAINT "\w+_fkey"|DROP INDEX "\w+_key"/.test(line));
      expect(unexpected).toEqual([]);
    });

    it('names the SQL that helps an administrator with too few rights', async () => {
      const user = newName();
      await query(postgres.adminUrl, `CREATE ROLE ${user} LOGIN PASSWORD 'secret-of-the-test'`);
      const message = await refusal(withUser(postgres.adminUrl, user), { database: newName() });
      expect(message).toBe(
        `The database user "${user}" may not create roles. Ask the server's administrator to run:\n  ALTER ROLE "${user}" CREATEROLE CREATEDB;`,
      );
    });

    it('names the SQL when a database belongs to somebody else', async () => {
      const [name, admin] = [newName(), await createAdmin(postgres.adminUrl)];
      await query(postgres.adminUrl, `CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8'`);
      const message = await refusal(admin, { database: name });
      expect(message).toContain(`ALTER DATABASE "${name}" OWNER TO "${name}_owner_login";`);
    });

    it('refuses a role that could see every tenant', async () => {
      const name = newName();
      await query(postgres.adminUrl, `CREATE ROLE ${name}_app_login BYPASSRLS`);
      const message = await refusal(postgres.adminUrl, { database: name });
      expect(message).toContain(`ALTER ROLE "${name}_app_login" NOSUPERUSER NOBYPASSRLS`);
    });

    it('refuses a database in another encoding', async () => {
      const name = newName();
      await query(
        postgres.adminUrl,
        `CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE 'C' LOCALE_PROVIDER libc`,
      );
      expect(await refusal(postgres.adminUrl, { database: name })).toContain('is encoded in SQL_ASCII');
    });
  });
});

/** @returns the URL of a new administrator; groups that exist already are given to it as its first refusal demands */
async function createAdmin(superuserUrl: string): Promise<string> {
  const user = newName();
  await query(superuserUrl, `CREATE ROLE ${user} LOGIN CREATEROLE CREATEDB PASSWORD 'secret-of-the-test'`);
  const groups = await query(superuserUrl, "SELECT 1 FROM pg_roles WHERE rolname = 'shopspan_app'");
  if (groups.length > 0) await query(superuserUrl, `GRANT ${GROUPS} TO ${user} WITH ADMIN OPTION`);
  return withUser(superuserUrl, user);
}

describe('provisionDatabase', () => {
  it('names the SQL when the groups were made by another administrator', async () => {
    const user = newName();
    await query(
      inject('postgres').adminUrl,
      `CREATE ROLE ${user} LOGIN CREATEROLE CREATEDB PASSWORD 'secret-of-the-test'`,
    );
    const message = await refusal(withUser(inject('postgres').adminUrl, user), { database: newName() });
    expect(message).toContain(`GRANT "shopspan_claims" TO "${user}" WITH ADMIN OPTION;`);
  });

  it.each(['postgres', 'template1', '', 'a"b', 'x'.repeat(50)])('refuses %j as a name', async (database) => {
    expect(await refusal(inject('postgres').adminUrl, { database })).toContain('cannot be the database of Shopspan');
  });

  it('says that the password is wrong, the server away or the URL none, and never the password', async () => {
    const wrong = withUser(inject('postgres').adminUrl, 'postgres');
    const away = 'postgresql://postgres:secret-of-the-test@127.0.0.1:1/postgres';
    const none = 'http://postgres:secret-of-the-test@127.0.0.1/postgres';
    const broken = 'postgresql://postgres:secret-of-the-test@[';
    const messages = await Promise.all([wrong, away, none, broken].map((url) => refusal(url, { database: 'shop' })));
    expect(messages[0]).toContain('refused the user or its password');
    expect(messages[1]).toContain('127.0.0.1:1 cannot be reached');
    expect(messages[2]).toContain('is not one of the form');
    expect(messages[3]).toContain('is not one of the form');
    expect(messages.join()).not.toContain('secret-of-the-test');
  });

  it('refuses passwords that are short', async () => {
    const passwords = { ...randomPasswords(), app: 'short' };
    expect(await refusal(inject('postgres').adminUrl, { database: 'shop', passwords })).toContain('at least 16');
  });
});
