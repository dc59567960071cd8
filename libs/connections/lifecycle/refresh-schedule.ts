import { doubled } from '#kit';
import type { StoredGrant } from '#persistence';
import type { TokenGrant } from '../token-grant.js';

// Idle refresh tokens of a platform die after a while; renewing at half of what is left keeps both alive.
const HALF = 0.5;
const JITTER = 0.1;
// A pair that is over when it comes falls due at once; a platform that gives no other is not asked in a circle.
const LEAST_SECONDS = 5;
const FIRST_RETRY_SECONDS = 5;
const LONGEST_RETRY_SECONDS = 300;
const PARTS_OF_WHAT_IS_LEFT = 8;

/** When a new pair falls due: at half of its lifetime, spread so that stores connected together do not renew together. */
export function scheduleOf(
  grant: TokenGrant,
  random: () => number,
): Pick<StoredGrant, 'accessSeconds' | 'refreshSeconds' | 'dueSeconds'> {
  const { accessSeconds, refreshSeconds } = grant;
  const { credentials } = grant;
  // Without a refresh token there is nothing to renew with; a client of the merchant's own is asked anew.
  const renewable = credentials.kind !== 'oauth2' || credentials.refreshToken !== null;
  const lifetimes = renewable ? [accessSeconds, refreshSeconds].filter((seconds) => seconds !== null) : [];
  const half = Math.min(...lifetimes) * HALF * (1 - JITTER + 2 * JITTER * random());
  return { accessSeconds, refreshSeconds, dueSeconds: lifetimes.length === 0 ? null : Math.max(half, LEAST_SECONDS) };
}

/**
 * Full jitter below a doubling cap, so that many failing stores do not come back in step. The less of its life a token
 * has left, the sooner: an outage that ends before the token does is not to be felt.
 * @param left seconds until the access token expires; null when it never does
 */
export function retrySeconds(attempt: number, left: number | null, random: () => number): number {
  const usual = doubled(FIRST_RETRY_SECONDS, attempt, LONGEST_RETRY_SECONDS);
  const cap =
    left !== null && left > 0 ? Math.min(usual, Math.max(left / PARTS_OF_WHAT_IS_LEFT, FIRST_RETRY_SECONDS)) : usual;
  return 1 + cap * random();
}
