import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshDatabase, type FreshDatabase } from '../../test/setup/database.js';
import { digestOfTenant, disableRowLevelSecurity } from '../../test/setup/table-digests.js';
import { TENANT_CALLS, type TenantFunction, type Victim } from '../../test/setup/tenant-calls.js';
import { fillTenant, openSession, type Session } from '../../test/setup/tenants.js';
import { PrismaClient } from './generated/client.js';
import * as persistence from './index.js';
import { scopedToTenant, type TenantTransaction } from './tenant-scope.js';

const NAMES = Object.keys(TENANT_CALLS) as readonly TenantFunction[];
/** Only the owner may change tenants. */
const OWNERS: readonly TenantFunction[] = ['shredTenant', 'deleteSomeOfTenant', 'deleteTenantRow'];
/** They take no id: by the code alone they show, and change, what is the caller's own. */
const TAKE_NO_ID: readonly TenantFunction[] = [...OWNERS, 'listActiveStores'];

/** A database and a client for each role, as the product has them but for the layers that are taken away. */
interface Place {
  readonly admin: Session;
  readonly client: (name: TenantFunction) => PrismaClient;
  close(): Promise<void>;
}

async function openPlace({ rowLevelSecurity }: { readonly rowLevelSecurity: boolean }): Promise<Place> {
  const database: FreshDatabase = await freshDatabase();
  const admin = await openSession(database.adminUrl);
  if (!rowLevelSecurity) await disableRowLevelSecurity(admin);
  const clientAt = (connectionString: string) =>
    new PrismaClient({ adapter: new PrismaPg({ connectionString, max: 1 }), errorFormat: 'minimal' });
  const [app, owner] = [clientAt(database.urls.app), clientAt(database.urls.owner)];
  return {
    admin,
    client: (name) => (!rowLevelSecurity && OWNERS.includes(name) ? owner : app),
    async close() {
      await Promise.all([app.$disconnect(), owner.$disconnect(), admin.end()]);
      await database.drop();
    },
  };
}

let closed: Place;
let open: Place;
beforeAll(async () => {
  closed = await openPlace({ rowLevelSecurity: true });
  open = await openPlace({ rowLevelSecurity: false });
});
afterAll(() => Promise.all([closed.close(), open.close()]));

async function victimIn({ admin }: Place): Promise<Victim> {
  const rows = await fillTenant(admin, randomUUID());
  const id = async (table: string) => {
    const [row] = await admin.sql(`SELECT id FROM ${table} WHERE tenant_id = $1`, [rows.tenantId]);
    return String(row?.['id']);
  };
  return { ...rows, sql: admin.sql, id };
}

const NOTHING: readonly unknown[] = [undefined, null, false, 0, 'superseded'];

/** Whether an answer shows anything at all; what only says that somebody else is at it shows nothing. */
function shows(answer: unknown): boolean {
  if (Array.isArray(answer)) return answer.length > 0;
  return !NOTHING.includes(answer) && JSON.stringify(answer, asText) !== '{"kind":"running"}';
}
const asText = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value);

interface Outcome {
  readonly shown: boolean;
  readonly changed: boolean;
}

/**
 * Calls a function with another tenant's ids.
 * @param layers whose rows Postgres is told to show, and whose rows the code's own conditions mean
 */
async function callWithForeignIds(
  place: Place,
  name: TenantFunction,
  layers: { readonly postgres: 'mine' | 'theirs'; readonly code: 'mine' | 'theirs' },
): Promise<Outcome> {
  const mine = await fillTenant(place.admin, randomUUID());
  const theirs = await victimIn(place);
  const args = await TENANT_CALLS[name](theirs);
  const before = await digestOfTenant(place.admin, theirs.tenantId);
  const idOf = (layer: 'mine' | 'theirs') => (layer === 'mine' ? mine : theirs).tenantId;
  const call = persistence[name] as (tx: TenantTransaction, ...rest: readonly unknown[]) => Promise<unknown>;
  const answer = await scopedToTenant(place.client(name), idOf(layers.code))
    .$transaction(
      async (tx) => {
        await tx.$queryRaw`SELECT set_config('shopspan.tenant', ${idOf(layers.postgres)}, true)`;
        return await call(tx, ...args);
      },
      { maxWait: 5000, timeout: 15_000 },
    )
    // Refused is as good as not found; what the control below shows is that it is not refused for another reason.
    .catch(() => undefined);
  return { shown: shows(answer), changed: (await digestOfTenant(place.admin, theirs.tenantId)) !== before };
}

describe('case 106: every function that works in a tenant’s transaction, given ids of another tenant', () => {
  it('is in the table of calls', async () => {
    const files = (await readdir(import.meta.dirname)).filter((file) => /^[a-z-]+\.ts$/.test(file));
    const sources = await Promise.all(files.map((file) => readFile(path.join(import.meta.dirname, file), 'utf8')));
    const found = sources.flatMap((source) =>
      [...source.matchAll(/^export async function (\w+)\(\s*tx: TenantTransaction/gm)].map(([, name = '']) => name),
    );
    expect(found.length).toBeGreaterThan(70);
    expect(found.filter((name) => name in persistence).sort()).toEqual([...NAMES].sort());
  });

  it.each(NAMES)('shows and changes nothing by row-level security alone: %s', async (name) => {
    const outcome = await callWithForeignIds(closed, name, { postgres: 'mine', code: 'theirs' });
    expect(outcome).toEqual({ shown: false, changed: false });
  });

  it.each(NAMES)('shows and changes nothing by its own conditions alone: %s', async (name) => {
    const outcome = await callWithForeignIds(open, name, { postgres: 'mine', code: 'mine' });
    expect({ ...outcome, shown: TAKE_NO_ID.includes(name) ? false : outcome.shown }).toEqual({
      shown: false,
      changed: false,
    });
  });

  it.each(NAMES)('would show or change something without both: %s', async (name) => {
    const { shown, changed } = await callWithForeignIds(open, name, { postgres: 'theirs', code: 'theirs' });
    expect(shown || changed).toBe(true);
  });
});

it('case 106: a raw statement in a tenant’s transaction names the tenant whose rows it means', async () => {
  const files = (await readdir(import.meta.dirname)).filter((file) => /^[a-z-]+\.ts$/.test(file));
  for (const file of files) {
    const source = await readFile(path.join(import.meta.dirname, file), 'utf8');
    for (const [statement] of source.matchAll(/tx\.\$(?:query|execute)Raw(?:<[^`]*>)?`[^`]*`/g)) {
      if (/set_config|pg_advisory_xact_lock/.test(statement)) continue;
      expect([file, statement, statement.includes('${tx.tenantId}')]).toEqual([file, statement, true]);
    }
  }
});
