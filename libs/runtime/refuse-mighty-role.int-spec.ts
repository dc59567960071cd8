import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '#persistence';
import { freshDatabase } from '../../test/setup/database.js';
import { refuseMightyRole } from './refuse-mighty-role.js';

let fresh: Awaited<ReturnType<typeof freshDatabase>>;
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.drop());

async function refusalOf(url: string): Promise<string> {
  const database = openDatabase({ url, poolSize: 1, applicationName: 'role' });
  try {
    await refuseMightyRole(database, 'DATABASE_APP_URL');
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    await database.close();
  }
}

describe('a process that serves', () => {
  it('case 151: starts with the roles that were made for it', async () => {
    expect([await refusalOf(fresh.urls.app), await refusalOf(fresh.urls.worker)]).toEqual(['', '']);
  });

  it('case 151: refuses the role that owns the tables, and a superuser, naming the setting', async () => {
    expect(await refusalOf(fresh.urls.owner)).toMatch(/^DATABASE_APP_URL: its role .*owns tables/);
    expect(await refusalOf(fresh.adminUrl)).toMatch(/^DATABASE_APP_URL: its role is a superuser, may bypass/);
  });
});
