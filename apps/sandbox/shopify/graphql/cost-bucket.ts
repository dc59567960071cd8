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

/** Creates buckets that start full and refill by the given clock. */
export function createCostBuckets(now: () => Date): CostBuckets {
  const buckets = new Map<string, Bucket>();

  const refilled = (key: string): Bucket => {
    const at = now().getTime();
    const known = buckets.get(key) ?? { available: MAXIMUM, at };
    const gained = (Math.max(0, at - known.at) / 1_000) * RESTORE_PER_SECOND;
    const bucket = { available: Math.min(MAXIMUM, known.available + gained), at };
    if (buckets.size >= MOST_BUCKETS) buckets.clear();
    buckets.set(key, bucket);
    return bucket;
  };

  return {
    take(key, points) {
      const bucket = refilled(key);
      if (bucket.available < points) return false;
      bucket.available -= points;
      return true;
    },
    giveBack(key, points) {
      const bucket = refilled(key);
      bucket.available = Math.min(MAXIMUM, bucket.available + points);
    },
    status: (key) => ({
      maximumAvailable: MAXIMUM,
      currentlyAvailable: Math.floor(refilled(key).available),
      restoreRate: RESTORE_PER_SECOND,
    }),
  };
}
