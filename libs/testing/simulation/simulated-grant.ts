import { GRACE_OF_PLATFORM_SECONDS, type Kind } from './simulated-connectors.js';

/** A pair as the platform gave it. */
export interface GivenPair {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** What became of the answer that carried it; `dead` when the process that had it was killed before it saved. */
  fate: 'on its way' | 'delivered' | 'dropped' | 'lost' | 'given up' | 'dead';
  /** The incarnation of a process it was delivered to. */
  holder: string | null;
}

/** What a merchant granted us, as the platform keeps it: the oracle. */
export interface SimulatedGrant {
  readonly id: string;
  /** Why the platform takes nothing of it any more; null while it does. */
  ended: 'uninstalled' | 'replaced' | null;
  /** The pair that was given last. */
  newest: GivenPair;
  /** @returns undefined when the token is not taken */
  redeem(refreshToken: string, now: number): GivenPair | undefined;
  /** Whether a refresh token would be taken now. */
  takes(refreshToken: string, now: number): boolean;
  /** Whether an access token is good for a call; on some platforms that ends the pair before it. */
  call(accessToken: string, now: number): boolean;
  isGood(accessToken: string, now: number): boolean;
  /** The platform forgets its access tokens before their time. */
  dropAccess(): void;
}

/** @param lifetimeSeconds of an access token; null: it never expires */
export function createGrant(id: string, kind: Kind, lifetimeSeconds: number | null, now: number): SimulatedGrant {
  const access = new Map<string, number>();
  let serial = 0;
  let current = '';
  let previous: { readonly token: string; readonly until: number } | null = null;
  let next: GivenPair | null = null;

  function give(at: number, refreshToken?: string): GivenPair {
    serial += 1;
    const accessToken = `${id}.at${serial}`;
    access.set(accessToken, lifetimeSeconds === null ? Infinity : at + lifetimeSeconds * 1000);
    if (access.size > 8) access.delete([...access.keys()][0] ?? '');
    const token = refreshToken ?? (kind === 'reusable' || kind === 'minting' ? `${id}.rt` : `${id}.rt${serial}`);
    return { accessToken, refreshToken: token, fate: 'on its way', holder: null };
  }

  const newest = give(now);
  current = newest.refreshToken;
  const grant: SimulatedGrant = {
    id,
    ended: null,
    newest,
    takes(token, at) {
      if (grant.ended !== null || kind === 'lasting') return false;
      if (token === current || token === next?.refreshToken) return true;
      return token === previous?.token && at <= previous.until;
    },
    redeem(token, at) {
      if (!grant.takes(token, at)) return undefined;
      if (kind === 'lenient') {
        if (token === next?.refreshToken) current = token;
        // A token that is sent again has one successor, whoever asks.
        next = give(
          at,
          token === current && next !== null && next.refreshToken !== current ? next.refreshToken : undefined,
        );
        return (grant.newest = next);
      }
      if (kind === 'gracious' && token === current) {
        previous = { token, until: at + GRACE_OF_PLATFORM_SECONDS * 1000 };
      }
      const given = give(at);
      current = given.refreshToken;
      return (grant.newest = given);
    },
    isGood: (token, at) => grant.ended === null && (access.get(token) ?? 0) > at,
    call(token, at) {
      const good = grant.isGood(token, at);
      if (good && next?.accessToken === token) {
        current = next.refreshToken;
        next = null;
      }
      return good;
    },
    dropAccess: () => access.clear(),
  };
  return grant;
}
