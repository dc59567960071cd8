import { HOUR, type Judge, MINUTE, type Shop, type Violation, type Wire, type World } from './world-types.js';
import { keyOf, type SimulatedRow } from './simulated-rows.js';

const HOURLY_CALLS = 130;
const HOURLY_CALLS_OF_EMPTY_TOKENS = 800;
/** What a platform may order; the rest of a longer wish is nonsense. */
const LONGEST_ORDERED = 15 * MINUTE;

export function createJudge(world: World): Judge {
  let violation: Violation | undefined;
  let allTroubledAt = -Infinity;
  const { time } = world;
  const say = (invariant: string, shop: Shop, what: string): void => {
    violation ??= { invariant, shop, what: `${shop.store.account} (${shop.kind}): ${what}` };
  };
  const shopOf = ({ store }: SimulatedRow) => world.shops.find((shop) => shop.store === store);
  const rowOf = (shop: Shop) => world.rows.all.get(keyOf(shop.store));
  const quietSince = (shop: Shop, since: number): boolean => shop.troubledAt < since && allTroubledAt < since;
  const stored = (row: SimulatedRow): { accessToken: string; refreshToken: string } => {
    const kept = JSON.parse(world.textOf(row.sealed) || '{}') as Partial<Record<string, string | null>>;
    return { accessToken: kept['accessToken'] ?? '', refreshToken: kept['refreshToken'] ?? kept['clientSecret'] ?? '' };
  };
  /** Whether nobody could have kept it; where nothing renews, a token that the platform forgot is the end. */
  const wasUnavoidable = ({ grant, kind, lostAccess }: Shop): boolean => {
    if (kind === 'lasting' && lostAccess) return true;
    const { fate, holder } = grant.newest;
    const died =
      fate === 'delivered' &&
      holder !== null &&
      ![...world.workers, world.gateway].some((one) => one.life === holder && one.state !== 'dead');
    return grant.ended !== null || fate === 'lost' || fate === 'dropped' || fate === 'on its way' || died;
  };

  const boundCalls = (shop: Shop): void => {
    const hourAgo = time.now() - HOUR;
    shop.calls = [...shop.calls.filter((at) => at > hourAgo), time.now()];
    const most = shop.emptyUntil > hourAgo ? HOURLY_CALLS_OF_EMPTY_TOKENS : HOURLY_CALLS;
    if (shop.calls.length > most) say('no tight loop', shop, `${shop.calls.length} calls within an hour`);
  };

  const isWaiting = ({ process, life }: Wire): boolean => process.state === 'running' && process.life === life;
  /** Whoever stood still has lost its claim, and waits on where what it waits for may be the only answer there is. */
  const isOnlyAnswer = ({ kind }: Shop, { process, since }: Wire): boolean =>
    kind !== 'gracious' && process.thawedAt >= since;

  const forbidCalls = (shop: Shop, life: string): void => {
    const row = rowOf(shop);
    if (row?.state === 'refused') say('no call after the final refusal', shop, `asked by ${life}`);
    if ((row?.notBefore ?? 0) > time.now()) say('no call before its time', shop, `asked by ${life}`);
  };

  /** What was asked for is in the row as soon as the claim is given back by whoever heard it. */
  const heedsWish = (shop: Shop, row: SimulatedRow): void => {
    if (shop.asked === null) return;
    const { until, life } = shop.asked;
    if (row.leaseOwner?.startsWith(`${life}/`) === true) return;
    const isHeard = row.leaseOwner === null && row.lastErrorCode === 'platform_rate_limited';
    if (isHeard && (row.notBefore ?? 0) < until)
      say('Retry-After is obeyed', shop, `${row.notBefore} and not ${until}`);
    shop.asked = null;
  };

  return {
    found: () => violation,
    storedRefreshToken: (row) => stored(row).refreshToken,
    troubleAll: () => void (allTroubledAt = time.now()),
    written(row) {
      const shop = shopOf(row);
      if (shop === undefined) return;
      heedsWish(shop, row);
      const times = [
        row.accessExpiresAt,
        row.refreshExpiresAt,
        row.dueAt,
        row.leaseUntil,
        row.notBefore,
        row.attemptStartedAt,
      ];
      const numbers = [...times.filter((at) => at !== null), row.version, row.attempt, row.refusals];
      if (!numbers.every(Number.isFinite))
        say('rows hold no nonsense', shop, JSON.stringify({ ...row, store: null, sealed: null }));
      if (row.state === 'refused' && shop.grant.takes(stored(row).refreshToken, time.now())) {
        say('no needsReauth without cause', shop, `refused, though ${stored(row).refreshToken} is taken`);
      }
    },
    sent(shop, process) {
      world.counts.calls += 1;
      if (shop.kind === 'lasting') say('no call that is of no use', shop, 'was asked for a token it cannot give');
      forbidCalls(shop, process.life);
      const holder = rowOf(shop)?.leaseOwner ?? null;
      if (holder !== null && !holder.startsWith(`${process.life}/`)) {
        say('no call with a claim that is over', shop, `${process.life} asks while ${holder} holds it`);
      }
      const others = shop.onWire.filter((one) => isWaiting(one) && !isOnlyAnswer(shop, one));
      if (others.length > 0)
        say('one call at a time', shop, `${process.life} asks while ${others[0]?.life ?? ''} waits`);
      boundCalls(shop);
    },
    askedToWait(shop, life, retryAfter) {
      const wait = Math.min(Number(retryAfter) * 1000, LONGEST_ORDERED);
      if (wait > 0) shop.asked = { until: time.now() + wait, life };
    },
    redeemed(shop) {
      Object.assign(shop, { firstRefusalAt: null, refusals: 0, lostAccess: false });
    },
    refusedDead(shop, token) {
      const row = rowOf(shop);
      if (row === undefined || row.state !== 'active' || stored(row).refreshToken !== token) return;
      shop.refusals += 1;
      shop.firstRefusalAt ??= time.now();
      const since = shop.firstRefusalAt;
      if (shop.refusals > 3 && quietSince(shop, since)) say('at most three calls', shop, `${shop.refusals} refusals`);
      if (shop.refusals > 1) return;
      const { grant } = shop;
      time.after(MINUTE, () => {
        const now = rowOf(shop);
        const down = time.now() < (world.outageUntil.get(shop.kind) ?? 0) + MINUTE;
        if (shop.grant !== grant || shop.firstRefusalAt !== since || now?.state !== 'active' || down) return;
        if (stored(now).refreshToken === token && quietSince(shop, since)) {
          say('needsReauth within a minute', shop, 'is not said a minute after the first refusal');
        }
      });
    },
    readFailed(shop, code) {
      world.counts.readErrors += 1;
      const since = time.now() - 0.6 * HOUR;
      if (code !== 'platform_unavailable' && code !== 'credential_expired') return;
      if (shop.lostAccess || wasUnavoidable(shop) || !quietSince(shop, since) || shop.emptyUntil > since) return;
      say('no reader feels an outage', shop, `a reader got ${code}`);
    },
    loss(shop) {
      const row = rowOf(shop);
      if (row?.state !== 'refused') return;
      world.counts.unavoidable += 1;
      if (!wasUnavoidable(shop))
        say('no connection lost that could be saved', shop, `newest ${JSON.stringify(shop.grant.newest)}`);
    },
    end() {
      for (const shop of world.shops) {
        const row = rowOf(shop);
        if (row === undefined) continue;
        this.loss(shop);
        if (row.state === 'refused' || shop.grant.ended !== null || shop.kind === 'lasting') continue;
        const { accessToken, refreshToken } = stored(row);
        if (!shop.grant.takes(refreshToken, time.now()))
          say(
            'what is stored is alive',
            shop,
            `${refreshToken} is not taken; newest ${JSON.stringify(shop.grant.newest)}`,
          );
        else if (!shop.grant.isGood(accessToken, time.now()))
          say(
            'all are fresh when the faults have ended',
            shop,
            `${accessToken} is over; ${JSON.stringify({ ...row, store: null, sealed: null })} at ${time.now()}`,
          );
      }
    },
  };
}
