import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { GatewayError } from '#contract';
import type { Caller } from '../caller.js';

/** How much callers may ask for, in each process. */
export interface LimitRules {
  readonly appPerMinute: number;
  readonly keyPerMinute: number;
  /** Requests of one tenant that may be under way at once. */
  readonly tenantAtOnce: number;
  /** What an operator gave one app instead. */
  readonly ownPerMinute?: (appId: string) => number | undefined;
}

export interface Taken {
  /** For the answer, whatever it is (draft-ietf-httpapi-ratelimit-headers, structured fields). */
  readonly headers: Readonly<Record<string, string>>;
  /** Why the request is not to be carried out. */
  readonly refusal: GatewayError<'rate_limited'> | undefined;
  /** Which limit that is. */
  readonly refusedBy?: 'app' | 'key' | 'atOnce';
  /** To be called when the request is over. */
  readonly release: () => void;
}

/** Counts what callers ask for, so that none takes what belongs to others. */
export interface Limits {
  take(caller: Pick<Caller, 'tenantId' | 'appId' | 'credential'>): Promise<Taken>;
}

const WINDOW_SECONDS = 60;

export function createLimits(rules: LimitRules): Limits {
  const { appPerMinute, keyPerMinute, tenantAtOnce, ownPerMinute } = rules;
  // How many are too many differs from app to app and may change within the minute, so that they are only counted here.
  const apps = new RateLimiterMemory({ points: Number.MAX_SAFE_INTEGER, duration: WINDOW_SECONDS });
  const keys = new RateLimiterMemory({ points: keyPerMinute, duration: WINDOW_SECONDS });
  const underWay = countUnderWay(tenantAtOnce);

  return {
    async take({ tenantId, appId, credential }) {
      const quota = ownPerMinute?.(appId) ?? appPerMinute;
      const key = await consume(keys, credential.clientId ?? credential.id);
      // What a key has no right to is not taken from its app.
      const app = await countOf(apps, appId, quota, !key.isOver);
      const policy = `${part('app', quota)}, ${part('key', keyPerMinute)}`;
      const headers = { 'ratelimit-policy': policy, ratelimit: `${item('app', app)}, ${item('key', key)}` };
      const refused = (refusedBy: NonNullable<Taken['refusedBy']>, refusal: Taken['refusal']): Taken => ({
        ...{ headers, refusal, refusedBy, release: () => undefined },
      });
      if (key.isOver) return refused('key', tooMany('key', keyPerMinute, key.msLeft));
      if (app.isOver) return refused('app', tooMany('app', quota, app.msLeft));
      const release = underWay.enter(tenantId);
      if (release === undefined) return refused('atOnce', tooManyAtOnce(tenantAtOnce));
      return { headers, refusal: undefined, release };
    },
  };
}

interface Left {
  readonly remaining: number;
  readonly msLeft: number;
  readonly isOver: boolean;
}

async function consume(limiter: RateLimiterMemory, name: string): Promise<Left> {
  try {
    return leftOf(await limiter.consume(name), false);
  } catch (refused) {
    if (refused instanceof RateLimiterRes) return leftOf(refused, true);
    throw refused;
  }
}

/** How much of a quota is left, after one more request, or without one. */
async function countOf(limiter: RateLimiterMemory, name: string, quota: number, takes: boolean): Promise<Left> {
  const found = takes ? await limiter.consume(name) : await limiter.get(name);
  if (found === null) return { remaining: quota, msLeft: WINDOW_SECONDS * 1000, isOver: false };
  const { consumedPoints: made, msBeforeNext: msLeft } = found;
  return { remaining: Math.max(quota - made, 0), msLeft, isOver: made > quota };
}

const leftOf = ({ remainingPoints, msBeforeNext }: RateLimiterRes, isOver: boolean): Left => ({
  remaining: remainingPoints,
  msLeft: msBeforeNext,
  isOver,
});

const part = (name: string, quota: number): string => `"${name}";q=${quota};w=${WINDOW_SECONDS}`;

const item = (name: string, { remaining, msLeft }: Left): string =>
  `"${name}";r=${String(remaining)};t=${String(Math.ceil(msLeft / 1000))}`;

function tooMany(of: 'app' | 'key', quota: number, retryAfterMs: number): GatewayError<'rate_limited'> {
  const whose = of === 'app' ? 'The app' : 'The key or client';
  const message = `${whose} has made the ${String(quota)} requests that it may make in a minute.`;
  return new GatewayError('rate_limited', message, { retryAfterMs });
}

function tooManyAtOnce(most: number): GatewayError<'rate_limited'> {
  const message = `${String(most)} requests of this tenant are under way: wait until one is answered.`;
  return new GatewayError('rate_limited', message, { retryAfterMs: 1000 });
}

/** @returns of `enter` what ends it; undefined where too many are under way */
function countUnderWay(most: number): { readonly enter: (tenantId: string) => (() => void) | undefined } {
  const counts = new Map<string, number>();
  return {
    enter(tenantId) {
      const count = counts.get(tenantId) ?? 0;
      if (count >= most) return undefined;
      counts.set(tenantId, count + 1);
      return () => {
        const left = (counts.get(tenantId) ?? 1) - 1;
        if (left === 0) counts.delete(tenantId);
        else counts.set(tenantId, left);
      };
    },
  };
}
