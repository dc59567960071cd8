import type { ClaimedCredential } from '#persistence';
import { type ClientPace, createClientPace } from './client-pace.js';
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
// For a client's turn, with its claim in hand: what is left of the lease still holds a whole call.
const LONGEST_TURN_MS = 10_000;
// What was claimed and given back is not claimed again in the same breath.
const REST_MS = 1000;
const NEVER = new AbortController().signal;

export function createRefreshPool(context: LifecycleContext, options: RefreshPoolOptions = USUAL): RefreshPool {
  const places = createPlaces(options);
  const pace = createClientPace(context);
  /** By platform, until when no more of it is claimed: a client of it must wait for long. */
  const resting = new Map<string, number>();
  let claims = 0;
  let isFilling = false;

  const rest = (platform: string): void => void resting.set(platform, context.elapsed() + REST_MS);

  /** @returns whether more may be due than could be begun: at once, or when some have ended */
  async function claimSome(): Promise<'atOnce' | 'later' | 'no'> {
    const { room, full: busy } = places.left();
    const now = context.elapsed();
    const full = [...busy, ...[...resting].filter(([, until]) => until > now).map(([platform]) => platform)];
    const limit = Math.min(room, MOST_IN_CLAIM);
    if (limit === 0) return 'later';
    const claimedAt = context.elapsed();
    claims += 1;
    const claimed = await context.credentials.claimDue({
      claimer: `${context.processName}/${String(claims)}`,
      limit,
      leaseSeconds: LEASE_SECONDS,
      exceptPlatforms: full,
    });
    for (const one of claimed) places.begin(one.platform, () => renewInTurn(context, pace, one, claimedAt, rest));
    if (claimed.length === limit) return places.left().room < PLACES_WORTH_A_CLAIM ? 'later' : 'atOnce';
    return busy.length > 0 ? 'later' : 'no';
  }

  return {
    async fill() {
      if (isFilling) return;
      isFilling = true;
      try {
        for (let more = await claimSome(); more !== 'no'; more = await claimSome()) {
          if (more === 'later') await someEnd(places, context);
        }
      } finally {
        isFilling = false;
      }
    },
    idle: () => places.idle(),
  };
}

/** Renews when the client's turn has come; gives the claim back, as if it had never been, where that takes too long. */
async function renewInTurn(
  context: LifecycleContext,
  pace: ClientPace,
  claimed: ClaimedCredential,
  claimedAt: number,
  rest: (platform: string) => void,
): Promise<void> {
  const { client, perSecond } = clientOf(context, claimed);
  const wait = pace.take(client, perSecond, LONGEST_TURN_MS);
  if (wait !== undefined && wait > 0) await context.sleep(wait, NEVER);
  if (wait === undefined || pace.isPaused(client)) {
    rest(claimed.platform);
    const waitSeconds = (pace.waitOf(client) / 1000) * (1 + context.random());
    // Where the database cannot take it, the claim ends by itself.
    await context.credentials.release(claimed, waitSeconds).catch(() => undefined);
    return;
  }
  const { retryAfterMs } = await renewClaimed(context, claimed, claimedAt);
  if (retryAfterMs !== undefined) pace.pause(client, retryAfterMs);
}

/** Whose calls a platform counts together: those of an app's client, or of the merchant's own. */
function clientOf(
  context: LifecycleContext,
  { platform, strategy: id, client, storeId }: ClaimedCredential,
): { readonly client: string; readonly perSecond: number | undefined } {
  const strategy = context.connectorOf(platform).auth.find((one) => one.id === id);
  // A way of connecting that is not known any more is the renewal's to report.
  const isApps = strategy?.kind === 'oauth2Code';
  const key = isApps ? (client?.clientId ?? 'default') : `store/${storeId}`;
  return { client: `${platform}/${key}`, perSecond: isApps ? strategy.tokenCalls?.perSecond : undefined };
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
  const waiting = new Set<{ left: number; readonly resolve: () => void }>();

  /** Counts down: whoever waited for each of them anew would look at all that are under way, each time one ends. */
  function tellOfEnd(): void {
    for (const one of waiting) {
      one.left -= 1;
      if (one.left > 0 && running.size > 0) continue;
      waiting.delete(one);
      one.resolve();
    }
  }

  async function run(platform: string, work: () => Promise<unknown>): Promise<void> {
    underWay.set(platform, (underWay.get(platform) ?? 0) + 1);
    await work();
    underWay.set(platform, (underWay.get(platform) ?? 1) - 1);
  }

  return {
    begin(platform, work) {
      const done: Promise<void> = run(platform, work).finally(() => {
        running.delete(done);
        tellOfEnd();
      });
      running.add(done);
    },
    left() {
      const counts = [...underWay];
      const full = counts.filter(([, count]) => count >= mostOfPlatform).map(([platform]) => platform);
      const fullest = Math.max(0, ...counts.map(([, count]) => (count < mostOfPlatform ? count : 0)));
      return { room: Math.min(most - running.size, mostOfPlatform - fullest), full };
    },
    async ended(count) {
      if (running.size > 0) await new Promise<void>((resolve) => waiting.add({ left: count, resolve }));
    },
    async idle() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
