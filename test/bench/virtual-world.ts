import { randomNumbers } from '../setup/random.js';

/** Time that passes only when everybody waits. */
export interface VirtualClock {
  now(): number;
  sleep(milliseconds: number): Promise<void>;
  /** Lets time pass up to this moment. */
  runTo(moment: number): Promise<void>;
}

export function createVirtualClock(): VirtualClock {
  let now = 0;
  const sleepers: { readonly at: number; readonly wake: () => void }[] = [];
  return {
    now: () => now,
    sleep: (milliseconds) =>
      new Promise((resolve) => {
        const at = now + Math.max(milliseconds, 0);
        const place = sleepers.findIndex((one) => one.at > at);
        sleepers.splice(place === -1 ? sleepers.length : place, 0, { at, wake: resolve });
      }),
    async runTo(moment) {
      for (;;) {
        // What has been woken works until it waits again; streams of the Fetch API take more than one turn.
        for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
        const next = sleepers[0];
        if (next === undefined || next.at > moment) break;
        sleepers.shift();
        now = next.at;
        next.wake();
      }
      now = moment;
    },
  };
}

export type Previous = 'untilNewIsUsed' | 'diesAtOnce';

/** What one call came to: a refresh token's generation, or why there is none. */
export type Answered =
  | { readonly kind: 'granted'; readonly generation: number }
  | { readonly kind: 'refused' }
  | { readonly kind: 'unavailable' }
  | { readonly kind: 'lost' };

export interface TapedPlatform {
  /** Redeems at once; the answer comes when the tape says, to a process that may have been killed by then. */
  call(shop: number, generation: number, caller: VirtualProcess): Promise<Answered>;
  readonly double: () => number;
  /** Whether the pair of this generation can still be renewed. */
  isInForce(shop: number, generation: number): boolean;
  /** Shops of which a pair was in an answer that never arrived, or found its process dead. */
  readonly physicallyLost: () => ReadonlySet<number>;
  /** Whether somebody who lives waits for an answer about the shop. */
  isUnderWay(shop: number): boolean;
}

const USUAL_MS = 300;
const BURST_EVERY_MS = 900_000;
const BURST_MS = 45_000;

/**
 * A platform whose faults are on a tape: what happens to a shop's n-th call is the same whoever makes it. 30 of 100 answers
 * take 11 to 20 seconds, one of 100 is lost after the token was redeemed, and every quarter of an hour all calls fail for 45
 * seconds. Where the previous token dies at once, sending it again ends the grant (RFC 9700, section 4.14.2).
 */
export function tapedPlatform(clock: VirtualClock, seed: number, previous: Previous): TapedPlatform {
  const generations = new Map<number, number>();
  const calls = new Map<number, number>();
  const revoked = new Set<number>();
  const lost = new Set<number>();
  const underWay = new Map<number, VirtualProcess>();
  let double = 0;

  const redeem = (shop: number, sent: number): Answered => {
    const known = generations.get(shop) ?? 0;
    const isAgain = sent === known - 1;
    if (isAgain) double += 1;
    if (revoked.has(shop) || sent > known || sent < known - 1) return { kind: 'refused' };
    if (isAgain && previous === 'diesAtOnce') {
      revoked.add(shop);
      return { kind: 'refused' };
    }
    generations.set(shop, sent + 1);
    return { kind: 'granted', generation: sent + 1 };
  };

  return {
    async call(shop, generation, caller) {
      const count = (calls.get(shop) ?? 0) + 1;
      calls.set(shop, count);
      const random = randomNumbers(seed * 1_000_003 + shop * 1009 + count);
      const [slow, long, away] = [random(), random(), random()];
      if (clock.now() % BURST_EVERY_MS > BURST_EVERY_MS - BURST_MS) {
        await clock.sleep(USUAL_MS);
        return { kind: 'unavailable' };
      }
      const answered = redeem(shop, generation);
      underWay.set(shop, caller);
      await clock.sleep(slow < 0.3 ? 11_000 + 9000 * long : USUAL_MS);
      underWay.delete(shop);
      const arrives = away >= 0.01;
      if (answered.kind === 'granted' && !(arrives && caller.isAlive())) lost.add(shop);
      return arrives ? answered : { kind: 'lost' };
    },
    double: () => double,
    isInForce: (shop, generation) => {
      const known = generations.get(shop) ?? 0;
      return (
        !revoked.has(shop) && (generation === known || (previous === 'untilNewIsUsed' && generation === known - 1))
      );
    },
    physicallyLost: () => lost,
    isUnderWay: (shop) => underWay.get(shop)?.isAlive() === true,
  };
}

/** A connection as each side keeps it. */
export interface Connection {
  readonly shop: number;
  generation: number;
  version: number;
  state: 'active' | 'failed';
  dueAt: number;
  expiresAt: number;
  leaseOwner: string | null;
  leaseUntil: number;
  attempt: number;
  refusals: number;
}

export function connectionsOf(count: number): Connection[] {
  return Array.from({ length: count }, (_, shop) => ({
    shop,
    generation: 0,
    version: 1,
    state: 'active',
    dueAt: 0,
    expiresAt: 1_800_000,
    leaseOwner: null,
    leaseUntil: 0,
    attempt: 0,
    refusals: 0,
  }));
}

/** A process that can be killed: whatever it waits for, it never hears of it. */
export interface VirtualProcess {
  readonly isAlive: () => boolean;
  kill(): void;
  /** The result, unless the process has died meanwhile. */
  hear<T>(work: Promise<T>): Promise<T>;
}

export function createProcess(): VirtualProcess {
  let alive = true;
  return {
    isAlive: () => alive,
    kill: () => void (alive = false),
    hear: (work) =>
      new Promise((resolve, reject) => {
        work.then(
          (value) => alive && resolve(value),
          (error: unknown) => alive && reject(error instanceof Error ? error : new Error('failed')),
        );
      }),
  };
}

/** What a side plays in; all its processes share one. */
export interface World {
  readonly clock: VirtualClock;
  readonly platform: TapedPlatform;
  readonly previous: Previous;
  readonly connections: readonly Connection[];
  readonly renewed: (connection: Connection) => void;
}

/** One process of an algorithm. */
export type Side = (world: World, process: VirtualProcess, name: string) => void;

/** Of access tokens, and how often whoever renews looks for work. */
export const LIFE_MS = 3_600_000;
export const TICK_MS = 5000;

export async function everyTick(
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
