/** Points of a standard plan; docs: https://shopify.dev/docs/api/usage/limits, bucket size recorded. */
const MAXIMUM = 2_000;
const RESTORE_PER_SECOND = 100;
/** Full buckets are forgotten once there are so many. */
const MOST_BUCKETS = 10_000;

/** `extensions.cost.throttleStatus`. */
export interface ThrottleStatus {
  readonly maximumAvailable: number;
  readonly currentlyAvailable: number;
  readonly restoreRate: number;
}

/** The leaky buckets of all apps in all shops. */
export interface CostBuckets {
  /** Takes points out. @returns false when there are not enough; nothing is taken then */
  take(key: string, points: number): boolean;
  /** Gives points back that were asked for and not used. */
  giveBack(key: string, points: number): void;
  status(key: string): ThrottleStatus;
}

interface Bucket {
  available: number;
  at: number;
}

class Buckets implements CostBuckets {
  readonly #buckets = new Map<string, Bucket>();

  constructor(readonly now: () => Date) {}

  take(key: string, points: number): boolean {
    const bucket = this.#refilled(key);
    if (bucket.available < points) return false;
    bucket.available -= points;
    return true;
  }

  giveBack(key: string, points: number): void {
    const bucket = this.#refilled(key);
    bucket.available = Math.min(MAXIMUM, bucket.available + points);
  }

  status(key: string): ThrottleStatus {
    const currentlyAvailable = Math.floor(this.#refilled(key).available);
    return { maximumAvailable: MAXIMUM, currentlyAvailable, restoreRate: RESTORE_PER_SECOND };
  }

  #refilled(key: string): Bucket {
    const at = this.now().getTime();
    const known = this.#buckets.get(key) ?? { available: MAXIMUM, at };
    const gained = (Math.max(0, at - known.at) / 1_000) * RESTORE_PER_SECOND;
    const bucket = { available: Math.min(MAXIMUM, known.available + gained), at };
    if (this.#buckets.size >= MOST_BUCKETS) this.#buckets.clear();
    this.#buckets.set(key, bucket);
    return bucket;
  }
}

/** Creates buckets that start full and refill by the given clock. */
export function createCostBuckets(now: () => Date): CostBuckets {
  return new Buckets(now);
}
