import { z } from 'zod';
import { apiClient, type ApiClient } from '../e2e/api-client.js';
import { type LedgerEntry, readLedger } from '../e2e/sandbox-ledger.js';
import { connectShopify, SHOPIFY_SHOPS } from '../e2e/shopify-way.js';
import { until } from '../e2e/until.js';
import type { FaultSystem, Worker } from './fault-system.js';

export const TOKEN_ENDPOINT = '/admin/oauth/access_token';
// Longer than a lease and its retries, on a machine that does other things too.
const PATIENCE = { everyMs: 250, tries: 360 };
const PULSE_MS = 1500;
// An answer that is waited for as long as this is held back by a fault.
const HELD_SECONDS = 1.5;

/** One store that is connected, and whose it is. */
export interface Connection {
  readonly shop: string;
  readonly id: string;
  readonly publicId: string;
  readonly api: ApiClient;
}

/** Connects every shop for both tenants, as merchants do. */
export async function connectAll(system: FaultSystem): Promise<readonly Connection[]> {
  const connections: Connection[] = [];
  for (const { app, id: tenantId } of system.tenants) {
    for (const shop of SHOPIFY_SHOPS) {
      const { id: publicId } = await connectShopify(system, app, { shop });
      const [row] = await system.sql('SELECT id FROM stores WHERE tenant_id = $1 AND domain = $2', [tenantId, shop]);
      connections.push({ shop, publicId, id: String(row?.['id']), api: apiClient(system, app) });
    }
  }
  return connections;
}

const state = z.object({ version: z.number(), state: z.string(), status: z.string() });

export async function stateOf(system: FaultSystem, { id }: Connection): Promise<z.infer<typeof state>> {
  const [row] = await system.sql(
    'SELECT c.version, c.state, s.status FROM credentials c JOIN stores s ON s.id = c.store_id WHERE s.id = $1',
    [id],
  );
  return state.parse(row);
}

/** Waits until each has been renewed so many times more. @returns after how many seconds */
export async function renewedAgain(
  system: FaultSystem,
  connections: readonly Connection[],
  times = 1,
  since = performance.now(),
): Promise<number> {
  const versions = () => Promise.all(connections.map((one) => stateOf(system, one)));
  const before = await versions();
  await until(
    `${String(times)} renewals of ${connections.map(({ shop }) => shop).join(', ')}`,
    async () => (await versions()).every(({ version }, index) => version >= (before[index]?.version ?? 0) + times),
    PATIENCE,
  );
  return (performance.now() - since) / 1000;
}

export async function order(system: FaultSystem, shop: string, fault: object): Promise<void> {
  await system.control('PUT', `/control/faults/${shop}`, { ...fault, path: TOKEN_ENDPOINT });
}

/** What the token endpoint of a shop saw of refresh tokens. */
export async function redemptions(system: FaultSystem, shop: string): Promise<readonly LedgerEntry[]> {
  return (await readLedger(system, shop)).filter(({ kind }) => kind === 'refreshToken');
}

/** Waits until a worker waits for an answer of this shop that is held back. @returns the worker and its connection */
export async function heldUp(
  system: FaultSystem,
  connections: readonly Connection[],
  shop: string,
): Promise<{ readonly worker: Worker; readonly connection: Connection }> {
  let found: { worker: Worker; connection: Connection } | undefined;
  const ofShop = connections.filter((one) => one.shop === shop);
  await until(
    `a renewal of ${shop} under way`,
    async () => {
      const [row] = await system.sql(
        `SELECT store_id AS id, lease_owner AS owner FROM credentials WHERE store_id = ANY ($1::uuid[]) AND lease_until > now()
          AND attempt_started_at < now() - make_interval(secs => $2)`,
        [ofShop.map(({ id }) => id), HELD_SECONDS],
      );
      const pid = Number(/\/(\d+)\//.exec(String(row?.['owner']))?.[1]);
      const worker = system.workers().find((one) => one.pid === pid);
      const connection = ofShop.find(({ id }) => id === row?.['id']);
      found = worker === undefined || connection === undefined ? undefined : { worker, connection };
      return found !== undefined;
    },
    PATIENCE,
  );
  if (found === undefined) throw new Error('nobody holds it');
  return found;
}

/** Has everything renewed all the time, so that each fault meets renewals under way. @returns what ends it */
export function keepRenewing(
  system: FaultSystem,
  connections: readonly Connection[],
  except: ReadonlySet<string>,
): () => void {
  const due = (): void => {
    const ids = connections.filter(({ shop }) => !except.has(shop)).map(({ id }) => id);
    // While Postgres is down there is nothing to ask for.
    system
      .sql(
        `UPDATE credentials SET due_at = now() WHERE store_id = ANY ($1::uuid[]) AND state = 'active' AND attempt = 0 AND lease_owner IS NULL`,
        [ids],
      )
      .catch(() => undefined);
  };
  const timer = setInterval(due, PULSE_MS);
  return () => clearInterval(timer);
}

/** What happened in all, by the platforms' own ledger. */
export interface Account {
  readonly refreshes: number;
  /** Refresh tokens that gave more than one pair. */
  readonly doubleRedemptions: number;
  /** Shops whose platform refused a token. */
  readonly refusedAt: readonly string[];
}

export async function accountOf(system: FaultSystem): Promise<Account> {
  const all = (await Promise.all(SHOPIFY_SHOPS.map((shop) => redemptions(system, shop)))).flat();
  const issued = all.filter(({ outcome }) => outcome === 'issued');
  const distinct = new Set(issued.map(({ host, credential }) => `${host} ${credential}`));
  return {
    refreshes: issued.length,
    doubleRedemptions: issued.length - distinct.size,
    refusedAt: [...new Set(all.filter(({ outcome }) => outcome === 'refused').map(({ host }) => host))],
  };
}
