import pg from 'pg';
import { GatewayError } from '#contract';
import type { CutoffKind } from './access-cutoffs.js';
import type { Mode } from './accounts.js';

export interface AccessCutoff {
  readonly kind: CutoffKind;
  readonly target: string;
  /** Milliseconds since 1970, by the database's clock. */
  readonly cutAt: number;
}

/** What is cut off and who is suspended, as it was when it was asked for. */
export interface AccessReading {
  /** The database's time. */
  readonly readAt: Date;
  readonly cutoffs: readonly AccessCutoff[];
  /** Ids of tenants and of apps that are suspended now. */
  readonly suspended: readonly string[];
  /** Requests a minute of apps that an operator gave a limit of their own. */
  readonly limits: ReadonlyMap<string, number>;
}

/** What a presented key stands for. */
export interface PresentedKey {
  readonly hash: Buffer;
  readonly id: string;
  readonly tenantId: string;
  readonly appId: string;
  readonly mode: Mode;
  readonly scopes: readonly string[];
  readonly allowedAddresses: readonly string[];
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
  /** Of its tenant or its app. */
  readonly suspendedAt: Date | null;
}

/**
 * What whoever checks credentials asks the database, over connections of its own: it must not wait behind the calls that it
 * is to let in or to keep out. Everything rejects with `database_unavailable` when the database does not answer in time.
 */
export interface AccessChannel {
  /** What was cut off since then, or within an hour; `told` hears at once of what is cut off from now on. */
  readCutoffs(since: Date | null): Promise<AccessReading>;
  findKeys(hashes: readonly Buffer[]): Promise<readonly PresentedKey[]>;
  /** Notes that these keys were used. */
  touchKeys(ids: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

export interface AccessChannelOptions {
  readonly url: string;
  readonly applicationName: string;
  /** Hears of a cut-off as soon as its transaction is committed. */
  readonly told: (cutoff: AccessCutoff) => void;
}

const LONGEST_READ_MS = 2000;
const READ = `SELECT 'now' AS kind, '' AS target, clock_timestamp() AS "cutAt"
  UNION ALL SELECT kind, target, cut_at FROM list_access_cutoffs(coalesce($1::timestamptz, now() - interval '1 hour'))
  UNION ALL SELECT 'suspended', target::text, now() FROM list_suspended()
  UNION ALL SELECT 'limit', app_id || ' ' || per_minute, now() FROM list_app_limits()`;
const FIND = `SELECT hash, id, tenant_id AS "tenantId", app_id AS "appId", mode, scopes, allowed_addresses AS "allowedAddresses",
  expires_at AS "expiresAt", revoked_at AS "revokedAt", suspended_at AS "suspendedAt" FROM find_api_keys($1)`;

export function openAccessChannel({ url, applicationName, told }: AccessChannelOptions): AccessChannel {
  const place = {
    connectionString: url,
    connectionTimeoutMillis: LONGEST_READ_MS,
    query_timeout: LONGEST_READ_MS,
    options: '-c TimeZone=UTC',
  };
  const pool = new pg.Pool({ ...place, max: 2, application_name: `${applicationName}-keys` });
  // A connection that breaks while nobody uses it is replaced by the next read.
  pool.on('error', () => undefined);
  const listener = createListener({ ...place, application_name: `${applicationName}-cutoffs` }, told);
  return {
    async readCutoffs(since) {
      const rows = await orUnavailable(() => listener.query(READ, [since]));
      const now = rows.find(({ kind }) => kind === 'now');
      if (now === undefined) throw new Error('the database did not tell its time');
      return {
        readAt: now.cutAt,
        cutoffs: rows.flatMap(({ kind, target, cutAt }) =>
          kind === 'now' || kind === 'suspended' || kind === 'limit' ? [] : [{ kind, target, cutAt: cutAt.getTime() }],
        ),
        suspended: rows.filter(({ kind }) => kind === 'suspended').map(({ target }) => target),
        limits: new Map(rows.filter(({ kind }) => kind === 'limit').map(({ target }) => readLimit(target))),
      };
    },
    findKeys: (hashes) =>
      orUnavailable(async () => (await pool.query<PresentedKey>({ name: 'find', text: FIND }, [hashes])).rows),
    touchKeys: (ids) =>
      orUnavailable(async () => {
        await pool.query('SELECT touch_api_keys($1)', [ids]);
      }),
    async close() {
      await Promise.all([listener.close(), pool.end()]);
    },
  };
}

interface CutoffLine {
  readonly kind: CutoffKind | 'now' | 'suspended' | 'limit';
  readonly target: string;
  readonly cutAt: Date;
}

interface Listener {
  query(text: string, values: readonly unknown[]): Promise<readonly CutoffLine[]>;
  close(): Promise<void>;
}

/** One connection that listens and reads: as long as its reads are answered, nothing that it was to hear is lost. */
function createListener(options: pg.ClientConfig, told: AccessChannelOptions['told']): Listener {
  let current: pg.Client | undefined;
  let connected: Promise<pg.Client> | undefined;
  const drop = (client: pg.Client): void => {
    void client.end().catch(() => undefined);
    if (client === current) connected = undefined;
  };
  const connect = async (): Promise<pg.Client> => {
    const client = new pg.Client(options);
    current = client;
    client.on('error', () => drop(client));
    client.on('notification', ({ payload }) => told(readPayload(payload ?? '')));
    try {
      await client.connect();
      await client.query('LISTEN shopspan_access_cutoffs');
      return client;
    } catch (error) {
      drop(client);
      throw error;
    }
  };
  return {
    async query(text, values) {
      connected ??= connect();
      const client = await connected;
      try {
        return (await client.query<CutoffLine>(text, [...values])).rows;
      } catch (error) {
        drop(client);
        throw error;
      }
    },
    async close() {
      const client = await connected?.catch(() => undefined);
      await client?.end();
    },
  };
}

function readLimit(target: string): readonly [string, number] {
  const [appId = '', perMinute = ''] = target.split(' ');
  return [appId, Number(perMinute)];
}

function readPayload(payload: string): AccessCutoff {
  // What `cut_off_access` wrote.
  const { kind, target, cutAt } = JSON.parse(payload) as { kind: CutoffKind; target: string; cutAt: string };
  return { kind, target, cutAt: Date.parse(cutAt) };
}

async function orUnavailable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw new GatewayError('database_unavailable', 'Whether the credential is in force cannot be found out.', {
      cause,
    });
  }
}
