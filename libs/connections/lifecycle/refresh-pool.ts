import type { LifecycleContext } from './context.js';
import { LEASE_SECONDS } from './policy.js';
import { renewClaimed } from './renew-credential.js';

export interface RefreshPoolOptions {
  /** Renewals under way at once in this process; each is one call, and waits for its platform most of its time. */
  readonly most: number;
  /** Of these, for one platform: a platform that answers slowly leaves room for the others. */
  readonly mostOfPlatform: number;
}

/** Renews whatever is due, many at once. */
export interface RefreshPool {
  /**
   * Claims and begins what is due, most urgent first, as places become free, until nothing more is due. Asked while that
   * is under way, it leaves it to the first.
   */
  fill(): Promise<void>;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
}

const USUAL: RefreshPoolOptions = { most: 400, mostOfPlatform: 300 };
const MOST_IN_CLAIM = 100;
// A claim costs the same for one as for many: it waits until some places are free, but not for long.
const PLACES_WORTH_A_CLAIM = 32;
const LONGEST_WAIT_MS = 250;

export function createRefreshPool(context: LifecycleContext, options: RefreshPoolOptions = USUAL): RefreshPool {
  const places = createPlaces(options);
  let claims = 0;
  let isFilling = false;

  /** @returns whether more may be due than could be begun */
  async function claimSome(): Promise<boolean> {
    const { room, full } = places.left();
    const limit = Math.min(room, MOST_IN_CLAIM);
    if (limit === 0) return true;
    const claimedAt = context.elapsed();
    claims += 1;
    const claimed = await context.credentials.claimDue({
      claimer: `${context.processName}/${String(claims)}`,
      limit,
      leaseSeconds: LEASE_SECONDS,
      exceptPlatforms: full,
    });
    for (const one of claimed) places.begin(one.platform, () => renewClaimed(context, one, claimedAt));
    return claimed.length === limit || full.length > 0;
  }

  return {
    async fill() {
      if (isFilling) return;
      isFilling = true;
      try {
        while (await claimSome()) {
          const { room } = places.left();
          if (room < PLACES_WORTH_A_CLAIM) await someEnd(places, context);
        }
      } finally {
        isFilling = false;
      }
    },
    idle: () => places.idle(),
  };
}

async function someEnd(places: Places, { sleep }: LifecycleContext): Promise<void> {
  const waiting = new AbortController();
  const longest = sleep(LONGEST_WAIT_MS, waiting.signal).catch(() => undefined);
  await Promise.race([longest, places.ended(PLACES_WORTH_A_CLAIM)]);
  waiting.abort();
}

interface Places {
  begin(platform: string, work: () => Promise<unknown>): void;
  /** Places for any platform that is not full. */
  left(): { readonly room: number; readonly full: readonly string[] };
  /** Resolves when so many have ended from now, or none is left. */
  ended(count: number): Promise<void>;
  idle(): Promise<void>;
}

function createPlaces({ most, mostOfPlatform }: RefreshPoolOptions): Places {
  const underWay = new Map<string, number>();
  const running = new Set<Promise<void>>();

  async function run(platform: string, work: () => Promise<unknown>): Promise<void> {
    underWay.set(platform, (underWay.get(platform) ?? 0) + 1);
    await work();
    underWay.set(platform, (underWay.get(platform) ?? 1) - 1);
  }

  return {
    begin(platform, work) {
      const done: Promise<void> = run(platform, work).finally(() => running.delete(done));
      running.add(done);
    },
    left() {
      const counts = [...underWay];
      const full = counts.filter(([, count]) => count >= mostOfPlatform).map(([platform]) => platform);
      const fullest = Math.max(0, ...counts.map(([, count]) => (count < mostOfPlatform ? count : 0)));
      return { room: Math.min(most - running.size, mostOfPlatform - fullest), full };
    },
    async ended(count) {
      for (let ends = 0; ends < count && running.size > 0; ends += 1) await Promise.race(running);
    },
    async idle() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
