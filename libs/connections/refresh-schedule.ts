import type { StoredGrant } from '#persistence';
import type { TokenGrant } from './token-grant.js';

// Idle refresh tokens of a platform die after a while; renewing at half of what is left keeps both alive.
const HALF = 0.5;
const JITTER = 0.1;
// A pair that is over when it comes falls due at once; a platform that gives no other is not asked in a circle.
const LEAST_SECONDS = 5;
const FIRST_RETRY_SECONDS = 5;
const LONGEST_RETRY_SECONDS = 300;

/** When a new pair falls due: at half of its lifetime, spread so that stores connected together do not renew together. */
export function scheduleOf(
  grant: TokenGrant,
  random: () => number,
): Pick<StoredGrant, 'accessSeconds' | 'refreshSeconds' | 'dueSeconds'> {
  const { accessSeconds, refreshSeconds } = grant;
  const { credentials } = grant;
  // Without a refresh token there is nothing to renew with; a client of the merchant's own is asked anew.
  const lifetime = credentials.kind === 'oauth2' && credentials.refreshToken === null ? null : accessSeconds;
  const half = lifetime === null ? null : lifetime * HALF * (1 - JITTER + 2 * JITTER * random());
  const dueSeconds = half === null ? null : Math.max(half, LEAST_SECONDS);
  return { accessSeconds, refreshSeconds, dueSeconds };
}

/** Full jitter below a doubling cap, so that many failing stores do not come back in step. */
export function retrySeconds(attempt: number, random: () => number): number {
  const cap = Math.min(FIRST_RETRY_SECONDS * 2 ** Math.min(attempt, 10), LONGEST_RETRY_SECONDS);
  return 1 + cap * random();
}
