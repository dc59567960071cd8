import { hash } from 'node:crypto';
import { GatewayError } from '#contract';
import { createBoundedMap } from '../bounded-map.js';
import type { Caller } from '../caller.js';
import { invalidCredential } from '../refusal.js';
import type { CutoffFeed } from './cutoff-feed.js';
import { isTokenCutOff, scopesLeft } from './cutoffs.js';
import type { VerificationKeys } from './verification-keys.js';
import { type AccessToken, type TokenRules, verifyToken } from './verify-token.js';

export interface CheckedToken {
  readonly caller: Caller;
  /** Of the key that whoever presents it must hold; null: whoever presents it may use it. */
  readonly thumbprint: string | null;
}

/**
 * Says who calls with an access token: at once where it was seen before, with one verification where it was not.
 * @throws GatewayError `unauthorized`, or `database_unavailable` when it cannot be known what was cut off
 */
export type CheckToken = (token: string) => CheckedToken | Promise<CheckedToken>;

export interface TokenCheckerOptions {
  readonly rules: TokenRules;
  readonly keys: VerificationKeys;
  readonly feed: CutoffFeed;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** A token takes about a kilobyte here. */
const MOST_TOKENS = 20_000;

interface Seen {
  readonly token: AccessToken;
  checked: CheckedToken;
  /** What was known of cut-offs and keys when it was checked. */
  feedVersion: number;
  keysVersion: number;
}

export function createTokenChecker({ rules, keys, feed, now }: TokenCheckerOptions): CheckToken {
  // By their hash: what lies here opens nothing.
  const seen = createBoundedMap<Seen>(MOST_TOKENS);

  const check = (token: AccessToken): Seen => ({
    token,
    checked: checkAgainst(token, feed, keys),
    feedVersion: feed.version(),
    keysVersion: keys.version(),
  });

  async function checkAnew(token: string, digest: string): Promise<CheckedToken> {
    await feed.catchUp();
    const verified = seen.get(digest)?.token ?? (await verifyAnew(token));
    if (verified.until <= now()) throw invalidCredential();
    const entry = check(verified);
    seen.set(digest, entry);
    return entry.checked;
  }
  const verifyAnew = (token: string): Promise<AccessToken> =>
    verifyToken(token, { ...rules, keys, now: now() }).catch((error: unknown) => {
      throw GatewayError.is(error, 'database_unavailable') ? error : invalidCredential(error);
    });

  return (token) => {
    const digest = hash('sha256', token, 'base64');
    const entry = seen.get(digest);
    if (entry === undefined || !feed.isCurrent()) return checkAnew(token, digest);
    if (entry.token.until <= now()) {
      seen.delete(digest);
      throw invalidCredential();
    }
    if (entry.feedVersion !== feed.version() || entry.keysVersion !== keys.version())
      Object.assign(entry, check(entry.token));
    return entry.checked;
  };
}

/** @throws GatewayError `unauthorized` where it was cut off */
function checkAgainst(token: AccessToken, feed: CutoffFeed, keys: VerificationKeys): CheckedToken {
  const { id, clientId, tenantId, appId, mode, storeId, thumbprint } = token;
  const isOver =
    keys.find(token.kid) === undefined ||
    [tenantId, appId].some((owner) => feed.isSuspended(owner)) ||
    isTokenCutOff(token, feed);
  if (isOver) throw invalidCredential();
  const scopes = new Set(scopesLeft(token, feed));
  const credential = { kind: 'accessToken', id, clientId } as const;
  return { caller: { tenantId, appId, mode, scopes, storeId, credential }, thumbprint };
}
