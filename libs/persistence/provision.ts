import { randomBytes } from 'node:crypto';
import { escapeIdentifier as quoted, escapeLiteral } from 'pg';
import { openAdminSession, ProvisionError, sqlState, type AdminSession } from './admin-session.js';
import { scramVerifier } from './scram-verifier.js';

/** The four parts that log in to a database, each with rights of its own. */
export type DatabasePart = 'owner' | 'app' | 'worker' | 'queue';

/** One connection URL per part, password included: never print them. */
export type DatabaseUrls = Readonly<Record<DatabasePart, string>>;

export type RolePasswords = Readonly<Record<DatabasePart, string>>;

export interface ProvisionOptions {
  readonly database: string;
  /** Printable ASCII. New random ones when left out; whoever wants to know them later keeps them. */
  readonly passwords?: RolePasswords;
}

/** Rights are granted to these in the migrations; they are the same in every database of a server and cannot log in. */
const GROUPS = ['shopspan_app', 'shopspan_worker', 'shopspan_claims'] as const;
const PARTS = ['owner', 'app', 'worker', 'queue'] as const satisfies readonly DatabasePart[];
const MEMBERSHIPS: Readonly<Partial<Record<DatabasePart, (typeof GROUPS)[number]>>> = {
  // Lets a migration hand over a function: ALTER FUNCTION ... OWNER TO shopspan_claims.
  owner: 'shopspan_claims',
  app: 'shopspan_app',
  worker: 'shopspan_worker',
};

const OLDEST_VERSION = 15;
const PASSWORD_BYTES = 32;
const DATABASE_NAME = /^[A-Za-z0-9_][A-Za-z0-9_-]{0,48}$/;
const SERVERS_OWN = new Set(['postgres', 'template0', 'template1']);
/** Any number that nobody else uses: two starts at once create the roles one after the other. */
const PROVISION_LOCK = 5_823_711;

type RoleNames = Readonly<Record<DatabasePart, string>>;

/** @returns passwords for {@link ProvisionOptions.passwords} */
export function randomPasswords(): RolePasswords {
  const password = (): string => randomBytes(PASSWORD_BYTES).toString('base64url');
  return { owner: password(), app: password(), worker: password(), queue: password() };
}

/**
 * Creates, or completes, the database and its roles. Safe to run at every start and on several machines at once.
 * @param adminUrl of a superuser, or of a user with CREATEROLE and CREATEDB
 * @throws ProvisionError one sentence for people, with the SQL to run by hand when the user lacks a right
 */
export async function provisionDatabase(adminUrl: string, options: ProvisionOptions): Promise<DatabaseUrls> {
  const { database, passwords = randomPasswords() } = options;
  const url = parseUrl(adminUrl);
  assertName(database);
  assertPasswords(passwords);
  const names = roleNames(database);
  const admin = await openServer(url, database);
  try {
    await admin.rows('SELECT pg_advisory_lock($1)', [PROVISION_LOCK]);
    assertAdmin(admin);
    await ensureRoles(admin, names, passwords);
    await ensureDatabase(admin, database, names.owner);
    await inDatabase(admin, url, database, (inside) => secureDatabase(inside, names));
  } finally {
    await admin.end();
  }
  return loginUrls(url, database, names, passwords);
}

/** Login roles end in `_login`: without it those of a database called "shopspan" would have the groups' names. */
function roleNames(database: string): RoleNames {
  const name = (part: DatabasePart): string => `${database}_${part}_login`;
  return { owner: name('owner'), app: name('app'), worker: name('worker'), queue: name('queue') };
}

function parseUrl(adminUrl: string): URL {
  // The error of new URL() carries its input, password included, and is therefore dropped.
  const url = URL.canParse(adminUrl) ? new URL(adminUrl) : undefined;
  if (url?.protocol === 'postgres:' || url?.protocol === 'postgresql:') return url;
  throw new ProvisionError('The database URL is not one of the form postgresql://user:password@host:port/database.');
}

/** A URL that already names the database works before that database exists. */
async function openServer(url: URL, database: string): Promise<AdminSession> {
  try {
    return await openAdminSession(url.href);
  } catch (error) {
    const isMissing = error instanceof ProvisionError && sqlState(error.cause) === '3D000';
    if (!isMissing || url.pathname !== atDatabase(url, database).pathname) throw error;
    return openAdminSession(atDatabase(url, 'postgres').href);
  }
}

function assertName(database: string): void {
  if (DATABASE_NAME.test(database) && !SERVERS_OWN.has(database)) return;
  const rule = 'up to 49 letters, digits, "_" and "-", and none of the server\'s own databases';
  throw new ProvisionError(`"${database}" cannot be the database of Shopspan: its name must have ${rule}.`);
}

function assertPasswords(passwords: RolePasswords): void {
  if (PARTS.every((part) => /^[!-~]{16,}$/.test(passwords[part]))) return;
  throw new ProvisionError('The passwords of the database roles must have at least 16 printable ASCII characters.');
}

function assertAdmin({ user, majorVersion, mayCreateRoles }: AdminSession): void {
  if (majorVersion < OLDEST_VERSION) {
    throw new ProvisionError(
      `Postgres ${String(majorVersion)} is too old: Shopspan needs ${String(OLDEST_VERSION)} or newer.`,
    );
  }
  if (mayCreateRoles) return;
  throw new ProvisionError(
    `The database user "${user}" may not create roles. Ask the server's administrator to run:\n  ${moreRights(user)};`,
  );
}

function moreRights(user: string): string {
  return `ALTER ROLE ${quoted(user)} CREATEROLE CREATEDB`;
}

async function ensureRoles(admin: AdminSession, names: RoleNames, passwords: RolePasswords): Promise<void> {
  const existing = await existingRoles(admin, [...GROUPS, ...Object.values(names)]);
  for (const group of GROUPS) {
    if (!existing.has(group)) await admin.run(`CREATE ROLE ${quoted(group)} NOLOGIN`);
  }
  for (const part of PARTS) {
    const role = quoted(names[part]);
    const verb = existing.has(names[part]) ? 'ALTER' : 'CREATE';
    const verifier = escapeLiteral(await scramVerifier(passwords[part]));
    await admin.run(`${verb} ROLE ${role} LOGIN PASSWORD ${verifier}`, adoption(admin, names[part]));
    // The Postgres adapter of Prisma stores wrong instants on a server with another time zone.
    await admin.run(`ALTER ROLE ${role} SET timezone TO 'UTC'`, adoption(admin, names[part]));
    const group = MEMBERSHIPS[part];
    if (group !== undefined) await admin.run(`GRANT ${quoted(group)} TO ${role}`, adoption(admin, group));
  }
  await admin.run(`ALTER ROLE ${quoted(names.queue)} SET search_path TO queue`, adoption(admin, names.queue));
  if (!admin.isSuperuser) await joinRoles(admin, [names.owner, names.queue]);
}

/** Since Postgres 16 CREATEROLE reaches only the roles a user created itself. */
function adoption({ user }: AdminSession, role: string): string {
  return `GRANT ${quoted(role)} TO ${quoted(user)} WITH ADMIN OPTION`;
}

/** Only who could become a role may give it a database or a schema; a superuser always may. */
async function joinRoles(admin: AdminSession, roles: readonly string[]): Promise<void> {
  const options = admin.majorVersion >= 16 ? ' WITH INHERIT TRUE, SET TRUE' : '';
  for (const role of roles) {
    await admin.run(`GRANT ${quoted(role)} TO ${quoted(admin.user)}${options}`, adoption(admin, role));
  }
}

async function existingRoles(admin: AdminSession, names: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await admin.rows(
    `SELECT rolname::text AS name, rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication AS mighty
       FROM pg_roles WHERE rolname = ANY($1)`,
    [names],
  );
  const mighty = rows.find((row) => row['mighty'] === true);
  if (mighty === undefined) return new Set(rows.map((row) => String(row['name'])));
  const fix = `ALTER ROLE ${quoted(String(mighty['name']))} NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB NOREPLICATION`;
  throw new ProvisionError(
    `The database role "${String(mighty['name'])}" has rights that would defeat the separation of tenants. Run:\n  ${fix};`,
  );
}

async function ensureDatabase(admin: AdminSession, database: string, owner: string): Promise<void> {
  const [found] = await admin.rows(
    `SELECT pg_encoding_to_char(encoding)::text AS encoding, pg_get_userbyid(datdba)::text AS owner
       FROM pg_database WHERE datname = $1`,
    [database],
  );
  if (found === undefined) {
    await createDatabase(admin, database, owner);
    return;
  }
  if (found['encoding'] !== 'UTF8') {
    throw new ProvisionError(
      `The database "${database}" is encoded in ${String(found['encoding'])}: Shopspan needs UTF8, so give it another database.`,
    );
  }
  if (found['owner'] !== owner) await admin.run(`ALTER DATABASE ${quoted(database)} OWNER TO ${quoted(owner)}`);
}

/** Ordered by code point on every server, whatever its locale; only since Postgres 17 this goes with Unicode's upper and lower case. */
async function createDatabase(admin: AdminSession, database: string, owner: string): Promise<void> {
  const provider = admin.majorVersion >= 17 ? "builtin BUILTIN_LOCALE 'C.UTF-8'" : 'libc';
  const locale = `ENCODING 'UTF8' LOCALE_PROVIDER ${provider} LC_COLLATE 'C' LC_CTYPE 'C'`;
  const create = `CREATE DATABASE ${quoted(database)} OWNER ${quoted(owner)} TEMPLATE template0 ${locale}`;
  await admin.run(create, moreRights(admin.user));
}

async function inDatabase(
  admin: AdminSession,
  adminUrl: URL,
  database: string,
  work: (inside: AdminSession) => Promise<void>,
): Promise<void> {
  if (admin.database === database) {
    await work(admin);
    return;
  }
  const inside = await openAdminSession(atDatabase(adminUrl, database).href);
  try {
    await work(inside);
  } finally {
    await inside.end();
  }
}

async function secureDatabase(inside: AdminSession, names: RoleNames): Promise<void> {
  const database = quoted(inside.database);
  const guests = [names.app, names.worker, names.queue].map(quoted).join(', ');
  await inside.run(`REVOKE ALL ON DATABASE ${database} FROM PUBLIC`);
  await inside.run(`GRANT CONNECT ON DATABASE ${database} TO ${guests}`);
  // BullMQ's own migrations begin with CREATE SCHEMA IF NOT EXISTS, which Postgres refuses without this right even when
  // the schema exists. It lets the queue's role make schemas of its own, and look into none of ours.
  await inside.run(`GRANT CREATE ON DATABASE ${database} TO ${quoted(names.queue)}`);
  await ensureSchema(inside, 'public', names.owner);
  await ensureSchema(inside, 'queue', names.queue);
  await inside.run('REVOKE ALL ON SCHEMA public, queue FROM PUBLIC');
  await inside.run('GRANT USAGE ON SCHEMA public TO shopspan_app, shopspan_worker, shopspan_claims');
}

async function ensureSchema(inside: AdminSession, schema: string, owner: string): Promise<void> {
  const sql = 'SELECT pg_get_userbyid(nspowner)::text AS owner FROM pg_namespace WHERE nspname = $1';
  const [found] = await inside.rows(sql, [schema]);
  if (found === undefined) await inside.run(`CREATE SCHEMA ${quoted(schema)} AUTHORIZATION ${quoted(owner)}`);
  else if (found['owner'] !== owner) await inside.run(`ALTER SCHEMA ${quoted(schema)} OWNER TO ${quoted(owner)}`);
}

function atDatabase(url: URL, database: string): URL {
  const copy = new URL(url.href);
  copy.pathname = `/${encodeURIComponent(database)}`;
  return copy;
}

function loginUrls(adminUrl: URL, database: string, names: RoleNames, passwords: RolePasswords): DatabaseUrls {
  const login = (part: DatabasePart): string => {
    const url = atDatabase(adminUrl, database);
    url.username = encodeURIComponent(names[part]);
    url.password = encodeURIComponent(passwords[part]);
    return url.href;
  };
  return { owner: login('owner'), app: login('app'), worker: login('worker'), queue: login('queue') };
}
