import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshDatabase, type FreshDatabase } from '../../test/setup/database.js';
import { findApiKey, findApp, openDatabase } from './index.js';

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
