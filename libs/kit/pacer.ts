import type { Budget, RateLimit } from '#contract';

const MAX_STORES = 10_000;

interface Lane {
  running: number;
  readonly waiting: (() => void)[];
  available: number;
  capacity: number;
  perSecond: number;
  updatedAt: number;
}

/** Keeps the calls to each store within its platform's limits. Knows one process only. */
export interface Pacer {
  /** Waits for a place; the returned function gives it back. */
  enter(storeId: string, limits: readonly RateLimit[], cost: number, signal: AbortSignal): Promise<() => void>;
  /** The platform's own word on the budget replaces what we counted. */
  learn(storeId: string, budget: Budget): void;
}

export interface PacerOptions {
  /** Milliseconds, monotone. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

export function createPacer(options: PacerOptions): Pacer {
  const lanes = new Map<string, Lane>();
  return {
    async enter(storeId, limits, cost, signal) {
      const lane = laneOf(lanes, storeId, limits, options.now());
      const max = limits.find((limit) => limit.kind === 'concurrency')?.max ?? Number.POSITIVE_INFINITY;
      if (lane.running >= max) await waitForPlace(lane, signal);
      else lane.running += 1;
      const leave = once(() => {
        const next = lane.waiting.shift();
        if (next === undefined) lane.running -= 1;
        else next();
      });
      try {
        await takeCost(options, lane, cost, signal);
        return leave;
      } catch (error) {
        leave();
        throw error;
      }
    },
    learn(storeId, { remaining, capacity, perSecond }) {
      const lane = lanes.get(storeId);
      if (lane !== undefined)
        Object.assign(lane, { available: remaining, capacity, perSecond, updatedAt: options.now() });
    },
  };
}

function laneOf(lanes: Map<string, Lane>, storeId: string, limits: readonly RateLimit[], at: number): Lane {
  const known = lanes.get(storeId);
  if (known !== undefined) return known;
  for (const [id, lane] of lanes) {
    if (lanes.size < MAX_STORES) break;
    if (lane.running === 0) lanes.delete(id);
  }
  const bucket = limits.find((limit) => limit.kind === 'cost');
  const capacity = bucket?.capacity ?? Number.POSITIVE_INFINITY;
  const perSecond = bucket?.perSecond ?? Number.POSITIVE_INFINITY;
  const lane = { running: 0, waiting: [], available: capacity, capacity, perSecond, updatedAt: at };
  lanes.set(storeId, lane);
  return lane;
}

function refill(lane: Lane, at: number): void {
  if (Number.isFinite(lane.capacity)) {
    lane.available = Math.min(lane.capacity, lane.available + ((at - lane.updatedAt) / 1000) * lane.perSecond);
  }
  lane.updatedAt = at;
}

async function takeCost({ now, sleep }: PacerOptions, lane: Lane, cost: number, signal: AbortSignal): Promise<void> {
  const wanted = Math.min(cost, lane.capacity);
  refill(lane, now());
  while (lane.available < wanted) {
    await sleep(Math.ceil(((wanted - lane.available) / lane.perSecond) * 1000), signal);
    refill(lane, now());
  }
  lane.available -= wanted;
}

// The place of the one who leaves passes to the one who waits: `running` stays as it is.
function waitForPlace(lane: Lane, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const enter = () => {
      signal.removeEventListener('abort', giveUp);
      resolve();
    };
    const giveUp = () => {
      lane.waiting.splice(lane.waiting.indexOf(enter), 1);
      reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
    };
    if (signal.aborted) {
      giveUp();
      return;
    }
    lane.waiting.push(enter);
    signal.addEventListener('abort', giveUp, { once: true });
  });
}

// Giving a place back twice would let two in.
function once(action: () => void): () => void {
  let done = false;
  return () => {
    if (!done) action();
    done = true;
  };
}
