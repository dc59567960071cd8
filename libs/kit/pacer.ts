import { randomUUID } from 'node:crypto';
import type { Budget, RateLimit } from '#contract';
import { createGate, type Gate } from './gate.js';

const MAX_STORES = 10_000;
// A budget that looks empty is looked at again no later than this: the platform may have said something new.
const LONGEST_SLEEP_MS = 60_000;

interface Lane {
  readonly places: Gate;
  /** One at a time takes from the budget, so that a dear call is not overtaken by cheap ones for ever. */
  readonly till: Gate;
  available: number;
  capacity: number;
  perSecond: number;
  updatedAt: number;
}

/** What a call asks of a budget that all processes share. */
export interface SharedAsk {
  readonly storeId: string;
  readonly callId: string;
  readonly cost: number;
  readonly bucket: { readonly capacity: number; readonly perSecond: number } | undefined;
  readonly places: { readonly first: number; readonly most: number } | undefined;
  readonly seconds: number;
}

/** One budget for each store, kept where all processes reach it. */
export interface SharedBudget {
  /** @returns milliseconds to wait before asking again, 0 to go, undefined where nobody keeps this store's budget yet */
  take(ask: SharedAsk): Promise<number | undefined>;
  end(ask: SharedAsk, outcome: CallOutcome): Promise<void>;
}

/** What an answer said of the budget, and of how the shop bears the load. */
export interface CallOutcome {
  readonly strained: boolean | undefined;
  readonly budget: Budget | undefined;
}

/** Gives a place back. */
export type Leave = (outcome?: CallOutcome) => Promise<void>;

/**
 * Keeps the calls to each store within its platform's limits: by the shared budget, and for a shop that is just being
 * proven, which has none yet, by what this process has counted.
 */
export interface Pacer {
  /** Waits for a place; the returned function gives it back. */
  enter(storeId: string, limits: readonly RateLimit[], cost: number, signal: AbortSignal): Promise<Leave>;
  /** The platform's own word on the budget replaces what we counted; one that makes no sense does not. */
  learn(storeId: string, budget: Budget): void;
}

export interface PacerOptions {
  /** Milliseconds, monotone. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  readonly shared?: SharedBudget;
}

// A call holds its place no longer than this, should its process die: longer than any platform's deadline.
const LONGEST_CALL_SECONDS = 120;

export function createPacer(options: PacerOptions): Pacer {
  const lanes = new Map<string, Lane>();
  return {
    async enter(storeId, limits, cost, signal) {
      const lane = laneOf(lanes, storeId, limits, options.now());
      const leave = await lane.places.enter(signal);
      try {
        const ask = askOf(storeId, limits, cost);
        const isShared = await takeShared(options, lane, ask, signal);
        if (!isShared) await takeCost(options, lane, cost, signal);
        return async (outcome = NO_WORD) => {
          leave();
          if (isShared) await options.shared?.end(ask, outcome);
        };
      } catch (error) {
        leave();
        throw error;
      }
    },
    learn(storeId, { remaining, capacity, perSecond }) {
      const lane = lanes.get(storeId);
      const sane = remaining >= 0 && capacity > 0 && perSecond > 0;
      if (lane !== undefined && sane)
        Object.assign(lane, { available: remaining, capacity, perSecond, updatedAt: options.now() });
    },
  };
}

function laneOf(lanes: Map<string, Lane>, storeId: string, limits: readonly RateLimit[], at: number): Lane {
  const known = lanes.get(storeId);
  if (known !== undefined) return known;
  for (const [id, { places }] of lanes) {
    if (lanes.size < MAX_STORES) break;
    if (places.busy() === 0) lanes.delete(id);
  }
  const bucket = limits.find((limit) => limit.kind === 'cost');
  const capacity = bucket?.capacity ?? Number.POSITIVE_INFINITY;
  const perSecond = bucket?.perSecond ?? Number.POSITIVE_INFINITY;
  const max = limits.find((limit) => limit.kind === 'concurrency')?.max ?? Number.POSITIVE_INFINITY;
  const gates = { places: createGate(max), till: createGate(1) };
  const lane = { ...gates, available: capacity, capacity, perSecond, updatedAt: at };
  lanes.set(storeId, lane);
  return lane;
}

const NO_WORD: CallOutcome = { strained: undefined, budget: undefined };

function askOf(storeId: string, limits: readonly RateLimit[], cost: number): SharedAsk {
  const bucket = limits.find((limit) => limit.kind === 'cost');
  const places = limits.find((limit) => limit.kind === 'concurrency');
  return {
    ...{ storeId, callId: randomUUID(), cost, seconds: LONGEST_CALL_SECONDS, bucket },
    places: places && { first: places.adaptive?.start ?? places.max, most: places.max },
  };
}

/** @returns whether the shared budget has let the call in */
async function takeShared(
  { shared, sleep }: PacerOptions,
  lane: Lane,
  ask: SharedAsk,
  signal: AbortSignal,
): Promise<boolean> {
  if (shared === undefined || (ask.bucket === undefined && ask.places === undefined)) return false;
  const done = await lane.till.enter(signal);
  try {
    for (;;) {
      const wait = await shared.take(ask);
      if (wait === undefined) return false;
      if (wait === 0) return true;
      await sleep(Math.min(wait, LONGEST_SLEEP_MS), signal);
    }
  } finally {
    done();
  }
}

function refill(lane: Lane, at: number): void {
  lane.available = Math.min(lane.capacity, lane.available + ((at - lane.updatedAt) / 1000) * lane.perSecond);
  lane.updatedAt = at;
}

async function takeCost({ now, sleep }: PacerOptions, lane: Lane, cost: number, signal: AbortSignal): Promise<void> {
  if (!Number.isFinite(lane.capacity)) return;
  const done = await lane.till.enter(signal);
  try {
    refill(lane, now());
    // Asked anew each time: what is learnt meanwhile may make the bucket smaller than the call.
    for (let missing = missingIn(lane, cost); missing > 0; missing = missingIn(lane, cost)) {
      await sleep(Math.min(Math.ceil((missing / lane.perSecond) * 1000), LONGEST_SLEEP_MS), signal);
      refill(lane, now());
    }
    lane.available -= Math.min(cost, lane.capacity);
  } finally {
    done();
  }
}

function missingIn({ available, capacity }: Lane, cost: number): number {
  return Math.min(cost, capacity) - available;
}
