import { createRefreshPool, type LifecycleContext } from '#connections';
import { type Connector, Secret } from '#contract';
import { type Answer, TransportError } from '#kit';
import type { StoredGrant } from '#persistence';
import { createSimulatedCredentials } from '../../libs/testing/simulation/simulated-credentials.js';
import {
  createSimulatedRows,
  type SimulatedRow,
  type SimulatedRows,
} from '../../libs/testing/simulation/simulated-rows.js';
import { randomNumbers } from '../setup/random.js';
import { connectorWith } from '../setup/oauth-platforms.js';
import { type Connection, everyTick, LIFE_MS, type Side, TICK_MS, type World } from './virtual-world.js';

const { connector, strategy } = connectorWith('oauth2Code');

const sealedOf = (generation: number): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Buffer.from(JSON.stringify({ kind: 'oauth2', accessToken: 'a', refreshToken: String(generation) })));

/** What lies in a database that all processes of a world share. */
const databases = new WeakMap<World, SimulatedRows>();

function databaseOf(world: World): SimulatedRows {
  const known = databases.get(world);
  if (known !== undefined) return known;
  const rows = createSimulatedRows(
    () => world.clock.now(),
    (row) => account(world, row),
  );
  databases.set(world, rows);
  for (const one of world.connections) rows.put(storeOf(one), String(one.shop), grantOf(one, world.clock.now()));
  return rows;
}

function storeOf({ shop }: Connection) {
  const place = { tenantId: 't', storeId: String(shop), appId: 'a', client: null };
  const shopPlace = { platform: connector.id, account: 'a', apiRoot: `https://${String(shop)}.example/` };
  return { ...place, ...shopPlace, scopesGranted: [], status: 'active' };
}

function grantOf({ generation, version, expiresAt, dueAt }: Connection, now: number): StoredGrant {
  const times = { accessSeconds: (expiresAt - now) / 1000, refreshSeconds: null, dueSeconds: (dueAt - now) / 1000 };
  return { strategy: strategy.id, sealed: sealedOf(generation), version, ...times };
}

/** Keeps the books that all sides share. */
function account(world: World, row: SimulatedRow): void {
  const one = world.connections[Number(row.store.storeId)];
  if (one === undefined) return;
  const isRenewed = row.version !== one.version;
  const { refreshToken } = JSON.parse(Buffer.from(row.sealed).toString()) as { refreshToken: string };
  const times = { dueAt: row.dueAt ?? Infinity, expiresAt: row.accessExpiresAt ?? Infinity };
  const state = row.state === 'refused' ? 'failed' : 'active';
  Object.assign(one, { version: row.version, generation: Number(refreshToken), state, ...times });
  if (isRenewed) world.renewed(one);
}

/** The product's own lifecycle; the repository is that of the simulation. */
export const productSide: Side = (world, process, name) => {
  const { clock, platform } = world;
  const live = async (
    message: { readonly url: URL; readonly body: string },
    limits: { readonly deadlineMs: number },
  ) => {
    const sent = Number(new URLSearchParams(message.body).get('refresh_token'));
    const over = clock.sleep(limits.deadlineMs).then(() => ({ kind: 'late' }) as const);
    const answered = await process.hear(
      Promise.race([platform.call(Number(message.url.hostname.split('.')[0]), sent, process), over]),
    );
    if (answered.kind === 'late') throw new TransportError('timeout', 'maybe', 'shop');
    if (answered.kind === 'lost') throw new TransportError('interrupted', 'maybe', 'shop');
    if (answered.kind === 'unavailable') return answerOf(503, {});
    if (answered.kind === 'refused') return answerOf(400, { error: 'invalid_grant' });
    const pair = { access_token: 'a', refresh_token: String(answered.generation), expires_in: LIFE_MS / 1000 };
    return answerOf(200, { ...pair, token_type: 'bearer' });
  };
  const context = {
    credentials: createSimulatedCredentials(databaseOf(world), (_, run) => process.hear(Promise.resolve().then(run))),
    vault: {
      open: (_: unknown, sealed: Uint8Array) => Promise.resolve(new Secret(Buffer.from(sealed).toString())),
      seal: (_: unknown, text: string) => Promise.resolve(Buffer.from(text)),
    },
    wayOut: () => live,
    connectorOf: () => connectorFor(world),
    identityOf: () => Promise.resolve({ handle: 'h', clientId: 'c', secrets: [new Secret('s')] }),
    revokeOrphan: () => Promise.resolve(),
    processName: name,
    elapsed: () => clock.now(),
    random: randomNumbers(7),
    sleep: (milliseconds: number) => process.hear(clock.sleep(milliseconds)),
    reportRefresh: () => undefined,
    // The vault and the way out are those of the tape, which have no more than what is asked of them.
  } as unknown as LifecycleContext;
  const pool = createRefreshPool(context);
  void everyTick(world, process, TICK_MS, () => pool.fill());
};

function connectorFor({ previous }: World): Connector {
  const refresh = { kind: 'rotating', previousToken: previous } as const;
  return { ...connector, auth: [{ ...strategy, refresh }] };
}

function answerOf(status: number, body: object): Answer {
  const text = JSON.stringify(body);
  return {
    status,
    headers: new Map(),
    header: () => undefined,
    body: new TextEncoder().encode(text),
    text: () => text,
  };
}
