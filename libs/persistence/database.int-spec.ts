import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshDatabase, type FreshDatabase } from '../../test/setup/database.js';
import { fillTenant, openSession, type Session } from '../../test/setup/tenants.js';
import { type Database, findApiKey, findApp, openDatabase, type TenantTransaction } from './index.js';

const APPLICATION = { poolSize: 1, applicationName: 'test' };
const NOBODY = '11111111-1111-4111-8111-111111111111';

describe('a database that answers', () => {
  let fresh: FreshDatabase;
  beforeAll(async () => {
    fresh = await freshDatabase();
  });
  afterAll(() => fresh.drop());

  it('keeps instants whatever the time zone of the server', async () => {
    const database = openDatabase({ url: fresh.urls.app, ...APPLICATION });
    try {
      const rows = await database.shared.$queryRaw<{ zone: string }[]>`SELECT current_setting('TimeZone') AS zone`;
      expect(rows).toEqual([{ zone: 'UTC' }]);
    } finally {
      await database.close();
    }
  });

  it('never shows the values of a call that it cannot make', async () => {
    const database = openDatabase({ url: fresh.urls.owner, ...APPLICATION });
    const call = database.withTenant(NOBODY, (tx) =>
      // A caller that ignores the types, as a spread object does.
      tx.tenant.create({ data: { id: NOBODY, name: 'canary-value', surplus: true } as { id: string; name: string } }),
    );
    try {
      await expect(call).rejects.toThrow(/invalid database call/);
      await expect(call).rejects.not.toThrow(/canary-value/);
    } finally {
      await database.close();
    }
  });
});

describe('case 57: a database that cannot take what is written', () => {
  let fresh: FreshDatabase;
  let admin: Session;
  beforeAll(async () => {
    fresh = await freshDatabase();
    admin = await openSession(fresh.adminUrl);
    return () => admin.end().then(() => fresh.drop());
  });

  const options = () => ({ url: fresh.urls.app, poolSize: 4, applicationName: 'test' });
  const names = async () => (await admin.sql('SELECT name FROM apps ORDER BY name')).map(({ name }) => name);

  it('is database_unavailable while it takes no writes, leaves nothing half done, and still reads', async () => {
    const { tenantId, appId } = await fillTenant(admin, 'readonly');
    await admin.sql(`ALTER DATABASE ${fresh.name} SET default_transaction_read_only = on`);
    const database = openDatabase(options());
    try {
      const rename = database.withTenant(tenantId, (tx) =>
        tx.app.update({ where: { id: appId }, data: { name: 'new' } }),
      );
      await expect(rename).rejects.toMatchObject({ code: 'database_unavailable' });
      const raw = database.withTenant(tenantId, (tx) => tx.$executeRaw`UPDATE apps SET name = 'new'`);
      await expect(raw).rejects.toMatchObject({ code: 'database_unavailable' });
      expect((await database.withTenant(tenantId, (tx) => findApp(tx, appId)))?.name).toBe('readonly');
      expect(await names()).not.toContain('new');
    } finally {
      await database.close();
      await admin.sql(`ALTER DATABASE ${fresh.name} RESET default_transaction_read_only`);
    }
  });

  it('is asked again when two transactions lock each other out, and both are done, once', async () => {
    const { tenantId, appId, storeId } = await fillTenant(admin, 'deadlock');
    const database = openDatabase(options());
    let tries = 0;
    const meet = meeting(2);
    const rename = (tx: TenantTransaction) =>
      tx.$executeRaw`UPDATE apps SET name = name || '+' WHERE id = ${appId}::uuid`;
    const count = (tx: TenantTransaction) =>
      tx.$executeRaw`UPDATE stores SET name = name || '+' WHERE id = ${storeId}::uuid`;
    const both = (one: typeof rename, other: typeof count) =>
      database.withTenant(tenantId, async (tx) => {
        tries += 1;
        await one(tx);
        await meet();
        await other(tx);
      });
    try {
      await Promise.all([both(rename, count), both(count, rename)]);
      expect(tries).toBe(3);
      expect(await names()).toContain('deadlock++');
    } finally {
      await database.close();
    }
  });

  it('is database_unavailable when its disk is full, and leaves nothing half done', async () => {
    const { tenantId, appId, storeId } = await fillTenant(admin, 'full');
    await admin.sql(`CREATE FUNCTION disk_full() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$`);
    await admin.sql('CREATE TRIGGER disk_is_full BEFORE UPDATE ON stores FOR EACH ROW EXECUTE FUNCTION disk_full()');
    const database = openDatabase(options());
    const both = (update: (tx: TenantTransaction) => Promise<unknown>) =>
      database.withTenant(tenantId, async (tx) => {
        await tx.app.update({ where: { id: appId }, data: { name: 'half' } });
        await update(tx);
      });
    try {
      const typed = both((tx) => tx.store.update({ where: { id: storeId }, data: { name: 'new' } }));
      await expect(typed).rejects.toMatchObject({ code: 'database_unavailable' });
      const raw = both((tx) => tx.$executeRaw`UPDATE stores SET name = 'new'`);
      await expect(raw).rejects.toMatchObject({ code: 'database_unavailable' });
      expect(await names()).not.toContain('half');
    } finally {
      await database.close();
      await admin.sql('DROP TRIGGER disk_is_full ON stores');
    }
  });

  it('is not asked for ever', async () => {
    const { tenantId } = await fillTenant(admin, 'conflict');
    const database = openDatabase(options());
    let tries = 0;
    const failing = database.withTenant(tenantId, async (tx) => {
      tries += 1;
      await tx.$executeRaw`UPDATE apps SET name = 'half'`;
      await tx.$queryRaw`DO $$ BEGIN RAISE EXCEPTION 'serialize' USING ERRCODE = '40001'; END $$`;
    });
    try {
      await expect(failing).rejects.toMatchObject({ code: 'database_unavailable' });
      expect(tries).toBe(3);
      expect(await names()).not.toContain('half');
    } finally {
      await database.close();
    }
  });
});

/** Lets so many wait for each other, once; who comes later passes. */
function meeting(count: number): () => Promise<void> {
  let missing = count;
  let open: () => void = () => undefined;
  const met = new Promise<void>((resolve) => (open = resolve));
  return () => {
    missing -= 1;
    if (missing <= 0) open();
    return met;
  };
}

describe('a database that lets nobody in', () => {
  let fresh: FreshDatabase;
  let admin: Session;
  beforeAll(async () => {
    fresh = await freshDatabase();
    admin = await openSession(fresh.adminUrl);
    return () => admin.end().then(() => fresh.drop());
  });

  const unavailable = { code: 'database_unavailable', message: expect.stringContaining('lets nobody in') };
  const at = (change: (url: URL) => void) => {
    const url = new URL(fresh.urls.app);
    change(url);
    return openDatabase({ url: url.href, ...APPLICATION });
  };
  const role = () => new URL(fresh.urls.app).username;
  const everyWay = async (database: Database) => {
    try {
      await expect(database.ping()).rejects.toMatchObject(unavailable);
      await expect(database.withTenant(NOBODY, (tx) => findApp(tx, NOBODY))).rejects.toMatchObject(unavailable);
      await expect(database.shared.oauthSigningKey.findMany()).rejects.toMatchObject(unavailable);
    } finally {
      await database.close();
    }
  };

  it('is database_unavailable while its role may not connect', async () => {
    await admin.sql(`REVOKE CONNECT ON DATABASE ${fresh.name} FROM PUBLIC, ${role()}`);
    try {
      await everyWay(openDatabase({ url: fresh.urls.app, ...APPLICATION }));
    } finally {
      await admin.sql(`GRANT CONNECT ON DATABASE ${fresh.name} TO ${role()}`);
    }
  });

  it('is database_unavailable while it knows neither the password nor the role, and while it is not there', async () => {
    await everyWay(at((url) => (url.password = 'another')));
    await everyWay(at((url) => (url.username = 'nobody')));
    await everyWay(at((url) => (url.pathname = '/not_there')));
  });

  it('still is a mistake of ours where a statement is not allowed', async () => {
    const database = openDatabase({ url: fresh.urls.app, ...APPLICATION });
    try {
      const call = database.withTenant(NOBODY, (tx) => tx.$queryRaw`SELECT * FROM pg_authid`);
      await expect(call).rejects.toThrow(/permission denied/);
      await expect(call).rejects.not.toMatchObject(unavailable);
    } finally {
      await database.close();
    }
  });
});

describe('a database that does not answer', () => {
  it('is database_unavailable on every way', async () => {
    const port = await unusedPort();
    const database = openDatabase({ url: `postgres://u:p@127.0.0.1:${String(port)}/d`, ...APPLICATION });
    try {
      const unavailable = { code: 'database_unavailable' };
      await expect(database.ping()).rejects.toMatchObject(unavailable);
      await expect(findApiKey(database, Buffer.alloc(32))).rejects.toMatchObject(unavailable);
      await expect(database.withTenant(NOBODY, (tx) => findApp(tx, NOBODY))).rejects.toMatchObject(unavailable);
    } finally {
      await database.close();
    }
  });
});

function unusedPort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
