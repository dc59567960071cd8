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

export function createPacer({ now, sleep }: PacerOptions): Pacer {
  const lanes = new Map<string, Lane>();

  const laneOf = (storeId: string, limits: readonly RateLimit[]): Lane => {
    const known = lanes.get(storeId);
    if (known !== undefined) return known;
    for (const [id, lane] of lanes) {
      if (lanes.size < MAX_STORES) break;
      if (lane.running === 0) lanes.delete(id);
    }
    const bucket = limits.find((limit) => limit.kind === 'cost');
    const capacity = bucket?.capacity ?? Number.POSITIVE_INFINITY;
    const perSecond = bucket?.perSecond ?? Number.POSITIVE_INFINITY;
    const lane = { running: 0, waiting: [], available: capacity, capacity, perSecond, updatedAt: now() };
    lanes.set(storeId, lane);
    return lane;
  };

  const refill = (lane: Lane): void => {
    const at = now();
    if (Number.isFinite(lane.capacity)) {
      lane.available = Math.min(lane.capacity, lane.available + ((at - lane.updatedAt) / 1000) * lane.perSecond);
    }
    lane.updatedAt = at;
  };

  const takeCost = async (lane: Lane, cost: number, signal: AbortSignal): Promise<void> => {
    const wanted = Math.min(cost, lane.capacity);
    for (refill(lane); lane.available < wanted; refill(lane)) {
      await sleep(Math.ceil(((wanted - lane.available) / lane.perSecond) * 1000), signal);
    }
    lane.available -= wanted;
  };

  return {
    async enter(storeId, limits, cost, signal) {
      const lane = laneOf(storeId, limits);
      const max = limits.find((limit) => limit.kind === 'concurrency')?.max ?? Number.POSITIVE_INFINITY;
      if (lane.running >= max) await waitForPlace(lane, signal);
      else lane.running += 1;
      const leave = once(() => {
        const next = lane.waiting.shift();
        if (next === undefined) lane.running -= 1;
        else next();
      });
      try {
        await takeCost(lane, cost, signal);
        return leave;
      } catch (error) {
        leave();
        throw error;
      }
    },
    learn(storeId, budget) {
      const lane = lanes.get(storeId);
      if (lane === undefined) return;
      Object.assign(lane, {
        available: budget.remaining,
        capacity: budget.capacity,
        perSecond: budget.perSecond,
        updatedAt: now(),
      });
    },
  };
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
    if (signal.aborted) return giveUp();
    lane.waiting.push(enter);
    signal.addEventListener('abort', giveUp, { once: true });
  });
}

function once(action: () => void): () => void {
  let done = false;
  return () => {
    if (!done) action();
    done = true;
  };
}
