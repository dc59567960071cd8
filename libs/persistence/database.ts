import { setTimeout as delay } from 'node:timers/promises';
import { PrismaPg } from '@prisma/adapter-pg';
import { z } from 'zod';
import { GatewayError } from '#contract';
import { Prisma, PrismaClient } from './generated/client.js';
import { scopedToTenant, type TenantTransaction } from './tenant-scope.js';

export type { TenantTransaction } from './tenant-scope.js';

/** What may be used outside of a tenant. */
type SharedClient = Pick<PrismaClient, '$queryRaw' | 'vaultCanary' | 'oauthArtifact' | 'oauthSigningKey'>;

/** One role's way into the database. Tenant tables are reached through `withTenant` alone: without it they are empty. */
export interface Database {
  /**
   * Runs `work` in a transaction that sees only the rows of that tenant; row-level security enforces it, and so does every
   * query by itself. Where the database takes the transaction back because another was in its way, the work is done anew,
   * so it must do nothing but use `tx`.
   */
  withTenant<T>(tenantId: string, work: (tx: TenantTransaction) => Promise<T>): Promise<T>;
  /** For the named functions and the few tables that belong to no tenant. */
  readonly shared: SharedClient;
  /** Throws `database_unavailable` when the database does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  readonly url: string;
  readonly poolSize: number;
  /** Shown in the server's list of connections. */
  readonly applicationName: string;
  /** What one statement may take, waiting for locks included; ten seconds unless said otherwise. */
  readonly statementMs?: number;
}

const UNAVAILABLE = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028', 'P2034']);
// It lets nobody in: a password that is being changed, a role that may not connect, a database that is not there yet.
const REFUSED = new Set([
  ...['P1000', 'P1003', 'P1010', 'AuthenticationFailed', 'DatabaseAccessDenied', 'DatabaseDoesNotExist'],
]);
// The numbers are Postgres's own: it is shutting down, was shut down, starts up, has no connection left, takes no writes just
// now, has no room on its disk, or took longer than a statement may.
const UNAVAILABLE_CAUSES = new Set([
  'DatabaseNotReachable',
  'ConnectionClosed',
  'SocketTimeout',
  'TooManyConnections',
  '57P01',
  '57P02',
  '57P03',
  '53300',
  '25006',
  '53100',
  '57014',
  // Two transactions were in each other's way, and this one was taken back.
  'TransactionWriteConflict',
]);
// As many transactions as that may be taken back in a row for the same work.
const TRIES = 3;
const LONGEST_PAUSE_MS = 100;

export function openDatabase({ url, poolSize, applicationName, statementMs = 10_000 }: DatabaseOptions): Database {
  const adapter = new PrismaPg({
    connectionString: url,
    max: poolSize,
    application_name: applicationName,
    connectionTimeoutMillis: 5000,
    // The adapter stores wrong instants on servers whose time zone is not UTC.
    options: `-c TimeZone=UTC -c statement_timeout=${statementMs} -c idle_in_transaction_session_timeout=15000`,
  });
  const client = new PrismaClient({ adapter, errorFormat: 'minimal' });
  return {
    shared: translating(client),
    async withTenant(tenantId, work) {
      const scoped = scopedToTenant(client, tenantId);
      const once = () =>
        scoped.$transaction(
          async (tx) => {
            await tx.$queryRaw`SELECT set_config('shopspan.tenant', ${tenantId}, true)`;
            return await work(tx);
          },
          { maxWait: 5000, timeout: 15_000 },
        );
      return await translated(() => unlessInTheWay(once));
    },
    async ping() {
      await translated(() => client.$queryRaw`SELECT 1`);
    },
    close: () => client.$disconnect(),
  };
}

function translating(client: PrismaClient): SharedClient {
  // The extended client has the same methods; its type differs only in what extensions could add.
  return client.$extends({
    query: { $allOperations: ({ args, query }) => translated(() => query(args)) },
  }) as unknown as SharedClient;
}

async function translated<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    // Its message prints the whole call, values included.
    if (error instanceof Prisma.PrismaClientValidationError)
      throw new TypeError(`invalid database call: ${lastLine(error.message)}`);
    if (isRefused(error)) throw unavailable('The database lets nobody in: look at its role, password and name.', error);
    if (!isUnavailable(error)) throw error;
    throw unavailable('The database does not answer.', error);
  }
}

const unavailable = (message: string, cause: unknown) => new GatewayError('database_unavailable', message, { cause });

async function unlessInTheWay<T>(once: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await once();
    } catch (error) {
      if (tried === TRIES || !isConflict(error)) throw error;
      await delay(LONGEST_PAUSE_MS * Math.random());
    }
  }
}

function isConflict(error: unknown): boolean {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return false;
  return error.code === 'P2034' || adapterCause(error) === 'TransactionWriteConflict';
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}

// A permission that is denied as the connection begins, and ends it, is about connecting; any other is about a statement.
function isRefused(error: unknown): boolean {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return false;
  const { code, severity } = causeOf(error);
  return REFUSED.has(error.code) || REFUSED.has(adapterCause(error)) || (code === '42501' && severity === 'FATAL');
}

function isUnavailable(error: unknown): boolean {
  if (error instanceof Prisma.PrismaClientInitializationError) return true;
  if (error instanceof Prisma.PrismaClientKnownRequestError) {
    return UNAVAILABLE.has(error.code) || UNAVAILABLE_CAUSES.has(adapterCause(error));
  }
  return (
    error instanceof Error && /ECONNREFUSED|ECONNRESET|connection timeout|Connection terminated/i.test(error.message)
  );
}

const cause = z.object({ kind: z.string(), code: z.string().optional(), severity: z.string().optional() });
type AdapterCause = z.infer<typeof cause>;
const adapterError = z.object({ driverAdapterError: z.object({ cause }) });

function causeOf(error: Prisma.PrismaClientKnownRequestError): AdapterCause {
  return adapterError.safeParse(error.meta).data?.driverAdapterError.cause ?? { kind: '' };
}

/** What the adapter says beneath Prisma's own code, which for raw queries is the same for every failure. */
function adapterCause(error: Prisma.PrismaClientKnownRequestError): string {
  const { kind, code } = causeOf(error);
  return kind === 'postgres' ? (code ?? kind) : kind;
}

/** The name of the unique index that a write ran into, or undefined when it failed otherwise. */
export function violatedIndex(error: unknown): string | undefined {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError) || error.code !== 'P2002') return undefined;
  const text = JSON.stringify(error.meta ?? {});
  return /"index":"([a-z0-9_]+)"/.exec(text)?.[1] ?? /"fields":\[([^\]]*)\]/.exec(text)?.[1] ?? '';
}
