import { connectorOf } from '#connectors';
import { createRefreshPool, type LifecycleContext } from '#connections';
import { type Connector, Secret } from '#contract';
import { type Answer, TransportError } from '#kit';
import type { ClaimedCredential, CredentialRepository } from '#persistence';
import { randomNumbers } from '../setup/random.js';
import {
  type Connection,
  connectionsOf,
  createProcess,
  createVirtualClock,
  type Previous,
  type TapedPlatform,
  tapedPlatform,
  type VirtualClock,
  type VirtualProcess,
} from './virtual-world.js';

interface World {
  readonly clock: VirtualClock;
  readonly platform: TapedPlatform;
  readonly connections: readonly Connection[];
  readonly renewed: (connection: Connection) => void;
}

type Side = (world: World, process: VirtualProcess, name: string) => void;

const LIFE_MS = 3_600_000;
const TICK_MS = 5000;

/** What each side stores with a new pair. */
function keep(world: World, connection: Connection, generation: number): void {
  const now = world.clock.now();
  // Half of the lifetime, as the product's schedule has it, for all sides.
  Object.assign(connection, {
    generation,
    expiresAt: now + LIFE_MS,
    dueAt: now + LIFE_MS / 2,
    attempt: 0,
    refusals: 0,
  });
  world.renewed(connection);
}

/** The product's own lifecycle, with a repository in memory. */
const product: Side = (world, process, name) => {
  const { clock, connections, platform } = world;
  const of = ({ storeId }: { readonly storeId: string }): Connection => connections[Number(storeId)] as Connection;
  const isHeld = (one: Connection, { claimer }: ClaimedCredential): boolean => one.leaseOwner === claimer;
  const step = <T>(work: () => T): Promise<T> => process.hear(Promise.resolve().then(work));
  const free = { leaseOwner: null, leaseUntil: 0 };
  const credentials = {
    claimDue: ({ claimer, limit, leaseSeconds }: Parameters<CredentialRepository['claimDue']>[0]) =>
      step(() => {
        const now = clock.now();
        const due = connections.filter((one) => one.state === 'active' && one.dueAt <= now && one.leaseUntil <= now);
        const some = due.sort((one, other) => one.expiresAt - other.expiresAt).slice(0, limit);
        return some.map((one) => {
          Object.assign(one, { leaseOwner: claimer, leaseUntil: now + leaseSeconds * 1000, attempt: one.attempt + 1 });
          const kept = { kind: 'oauth2', accessToken: 'a', refreshToken: String(one.generation) };
          const place = {
            id: String(one.shop),
            storeId: String(one.shop),
            tenantId: 't',
            appId: 'a',
            mode: 'live',
            client: null,
          };
          const shop = {
            platform: 'shopify',
            strategy: 'oauth',
            account: 'a',
            apiRoot: `https://${String(one.shop)}.example/`,
          };
          const { version, attempt, refusals } = one;
          const state = { version, attempt, refusals, accessSeconds: (one.expiresAt - now) / 1000, scopesGranted: [] };
          return {
            ...place,
            ...shop,
            ...state,
            claimer,
            sealed: Buffer.from(JSON.stringify(kept)),
          } as unknown as ClaimedCredential;
        });
      }),
    save: (
      claimed: ClaimedCredential,
      { sealed }: { readonly sealed: Uint8Array },
      { late }: { readonly late: boolean },
    ) =>
      step(() => {
        const one = of(claimed);
        if (one.version !== claimed.version || (!late && (!isHeld(one, claimed) || one.state !== 'active')))
          return false;
        const { refreshToken } = JSON.parse(Buffer.from(sealed).toString()) as { refreshToken: string };
        Object.assign(one, { version: one.version + 1, state: 'active', ...free });
        keep(world, one, Number(refreshToken));
        return true;
      }),
    saveScopes: () => Promise.resolve(),
    postpone: (claimed: ClaimedCredential, _: unknown, { retrySeconds }: { readonly retrySeconds: number }) =>
      step(() => {
        const one = of(claimed);
        if (isHeld(one, claimed)) Object.assign(one, { ...free, dueAt: clock.now() + retrySeconds * 1000 });
      }),
    release: () => Promise.resolve(),
    extend: (claimed: ClaimedCredential, leaseSeconds: number) =>
      step(() => {
        const one = of(claimed);
        if (!isHeld(one, claimed) || one.leaseUntil < clock.now()) return false;
        one.leaseUntil = clock.now() + leaseSeconds * 1000;
        return true;
      }),
    refuse: (claimed: ClaimedCredential, _: unknown, graceSeconds: number) =>
      step(() => {
        const one = of(claimed);
        if (one.version !== claimed.version || !isHeld(one, claimed)) return 'superseded' as const;
        const refusals = one.refusals + 1;
        Object.assign(one, {
          ...free,
          refusals,
          dueAt: clock.now() + graceSeconds * 1000,
          state: refusals > 1 ? 'failed' : 'active',
        });
        return refusals > 1 ? ('final' as const) : ('again' as const);
      }),
  };
  const live = async (
    message: { readonly url: URL; readonly body: string },
    limits: { readonly deadlineMs: number },
  ) => {
    const sent = Number(new URLSearchParams(message.body).get('refresh_token'));
    const over = clock.sleep(limits.deadlineMs).then(() => ({ kind: 'late' }) as const);
    const answered = await process.hear(
      Promise.race([platform.call(Number(message.url.hostname.split('.')[0]), sent), over]),
    );
    if (answered.kind === 'late') throw new TransportError('timeout', 'maybe', 'shop');
    if (answered.kind === 'lost') throw new TransportError('interrupted', 'maybe', 'shop');
    if (answered.kind === 'unavailable') return answerOf(503, {});
    if (answered.kind === 'refused') return answerOf(400, { error: 'invalid_grant' });
    const pair = { access_token: 'a', refresh_token: String(answered.generation), expires_in: LIFE_MS / 1000 };
    return answerOf(200, { ...pair, token_type: 'bearer' });
  };
  const context = {
    credentials,
    vault: {
      open: (_: unknown, sealed: Uint8Array) => Promise.resolve(new Secret(Buffer.from(sealed).toString())),
      seal: (_: unknown, text: string) => Promise.resolve(Buffer.from(text)),
    },
    wayOut: () => live,
    connectorOf: () => connectorFor(world.platform),
    identityOf: () => Promise.resolve({ handle: 'h', clientId: 'c', secrets: [new Secret('s')] }),
    processName: name,
    elapsed: () => clock.now(),
    random: randomNumbers(7),
    sleep: (milliseconds: number) => process.hear(clock.sleep(milliseconds)),
    reportRefresh: () => undefined,
  } as unknown as LifecycleContext;
  const pool = createRefreshPool(context);
  void everyTick(world, process, TICK_MS, () => pool.fill());
};

const policies = new WeakMap<TapedPlatform, Previous>();

function connectorFor(platform: TapedPlatform): Connector {
  const connector = connectorOf('shopify');
  const refresh = { kind: 'rotating', previousToken: policies.get(platform) ?? 'untilNewIsUsed' } as const;
  const [strategy] = connector.auth.filter((one) => one.kind === 'oauth2Code');
  return strategy === undefined ? connector : { ...connector, auth: [{ ...strategy, refresh }] };
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

/** Whoever finds the lock free takes it for ten seconds, and calls for as long as it takes; what comes is written, whoever wrote before. */
const tenSecondLock: Side = (world, process) => {
  const renew = async (one: Connection): Promise<void> => {
    const answered = await process.hear(world.platform.call(one.shop, one.generation));
    Object.assign(one, { leaseUntil: 0 });
    if (answered.kind === 'granted') keep(world, one, answered.generation);
    else if (answered.kind === 'refused') one.state = 'failed';
  };
  void everyTick(world, process, TICK_MS, () => {
    const now = world.clock.now();
    for (const one of world.connections) {
      if (one.state !== 'active' || one.dueAt > now || one.leaseUntil > now) continue;
      one.leaseUntil = now + 10_000;
      void renew(one);
    }
  });
};

/** One process, one after the other, half a minute of patience for each; what fails is tried again by the next run. */
const sequentialCron: Side = (world, process) => {
  void everyTick(world, process, 60_000, async () => {
    for (const one of world.connections) {
      if (one.state !== 'active' || one.dueAt > world.clock.now()) continue;
      const late = world.clock.sleep(30_000).then(() => ({ kind: 'lost' }) as const);
      const answered = await process.hear(Promise.race([world.platform.call(one.shop, one.generation), late]));
      if (answered.kind === 'granted') keep(world, one, answered.generation);
      else if (answered.kind === 'refused') one.state = 'failed';
    }
  });
};

async function everyTick(
  { clock }: World,
  process: VirtualProcess,
  ms: number,
  work: () => Promise<void> | void,
): Promise<void> {
  while (process.isAlive()) {
    await work();
    await process.hear(clock.sleep(ms));
  }
}

/** What one side came to. */
export interface SideFigures {
  /** Connections that no pair of the side's keeps alive, or that it gave up. */
  readonly lost: number;
  /** Of these, those whose newest pair was in an answer that never arrived. */
  readonly physicallyLost: number;
  readonly double: number;
  readonly renewed: number;
  /** Renewals in a second of the time in which any was due. */
  readonly refreshesPerSecond: number;
  /** Tokens that ran out before their renewal, of connections that were not given up. */
  readonly ranOut: number;
}

export interface Tape {
  readonly seed: number;
  readonly connections: number;
  readonly hours: number;
  readonly previous: Previous;
}

const SIDES = {
  product: { side: product, processes: 2 },
  tenSecondLock: { side: tenSecondLock, processes: 2 },
  sequentialCron: { side: sequentialCron, processes: 1 },
} as const;
const KILL_EVERY_MS = 600_000;

/** Plays the tape to each of them. */
export async function sideBySide(tape: Tape): Promise<Readonly<Record<keyof typeof SIDES, SideFigures>>> {
  const play = (name: keyof typeof SIDES): Promise<SideFigures> =>
    playTo(tape, SIDES[name].side, SIDES[name].processes);
  return {
    product: await play('product'),
    tenSecondLock: await play('tenSecondLock'),
    sequentialCron: await play('sequentialCron'),
  };
}

async function playTo(
  { seed, connections: count, hours, previous }: Tape,
  side: Side,
  processes: number,
): Promise<SideFigures> {
  const clock = createVirtualClock();
  const platform = tapedPlatform(clock, seed, previous);
  policies.set(platform, previous);
  const figures = { renewed: 0, busySeconds: 0, ranOut: 0 };
  const connections = connectionsOf(count);
  const world: World = { clock, platform, connections, renewed: () => void (figures.renewed += 1) };
  let started = 0;
  const start = (): VirtualProcess => {
    const process = createProcess();
    side(world, process, `process-${String((started += 1))}`);
    return process;
  };
  const running = Array.from({ length: processes }, start);
  const chance = randomNumbers(seed);
  const ranOut = new Set<string>();
  for (let second = 1; second <= hours * 3600; second += 1) {
    await clock.runTo(second * 1000);
    const due = connections.filter((one) => one.state === 'active' && one.dueAt <= clock.now());
    if (due.length > 0) figures.busySeconds += 1;
    for (const one of due) if (one.expiresAt < clock.now()) ranOut.add(`${String(one.shop)}/${String(one.expiresAt)}`);
    if (clock.now() % KILL_EVERY_MS !== 0) continue;
    // A process is killed, whatever it does, and another takes its place.
    const victim = Math.floor(chance() * processes);
    running[victim]?.kill();
    running[victim] = start();
  }
  for (const process of running) process.kill();
  const gone = connections.filter((one) => one.state === 'failed' || !platform.isInForce(one.shop, one.generation));
  const physicallyLost = gone.filter(({ shop }) => platform.physicallyLost().has(shop)).length;
  return {
    lost: gone.length,
    physicallyLost,
    double: platform.double(),
    renewed: figures.renewed,
    refreshesPerSecond: Number((figures.renewed / Math.max(figures.busySeconds, 1)).toFixed(2)),
    ranOut: ranOut.size,
  };
}
