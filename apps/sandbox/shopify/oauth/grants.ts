import { randomBytes } from 'node:crypto';
import type { z } from 'zod';
import type {
  AccessToken,
  Code,
  Grantee,
  Grants,
  grantsSchema,
  OwnToken,
  Redeemed,
  RefreshToken,
  TokenPair,
} from './grant-types.js';

const SECOND = 1_000;
const DAY = 86_400 * SECOND;
/** Believed, not documented: a code lives about a minute. */
const CODE_LIFE = 60 * SECOND;
/** docs: https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens/offline-access-tokens */
const REFRESH_LIFE = 90 * DAY;
/** docs, same page: how long the previous refresh token may be retried, at most. */
const RETRY_LIFE = 30 * DAY;
/** docs: a client-credentials token lives a day, less one second as recorded in issue threads. */
const OWN_LIFE_SECONDS = 86_399;
const MOST_CODES = 1_000;
const MOST_TOKENS = 20_000;

const random = (prefix: string): string => prefix + randomBytes(16).toString('hex');
const same = (left: Grantee, right: Grantee): boolean => left.clientId === right.clientId && left.host === right.host;

/** Keeps a map within bounds by dropping what was put in first. */
function bound(map: Map<string, unknown>, most: number): void {
  for (const key of map.keys()) {
    if (map.size <= most) return;
    map.delete(key);
  }
}

class GrantStore implements Grants {
  #codes = new Map<string, Code>();
  #access = new Map<string, AccessToken>();
  #refresh = new Map<string, RefreshToken>();
  #installed: readonly Grantee[] = [];

  constructor(
    readonly now: () => number,
    readonly tokenSeconds: () => number,
    readonly changed: () => void,
    readonly ownScopes: readonly string[],
  ) {}

  issueCode({ clientId, host }: Grantee, scopes: readonly string[]): string {
    const code = random('');
    this.#forgetExpired();
    this.#codes.set(code, { code, clientId, host, scopes: [...scopes], expiresAt: this.now() + CODE_LIFE });
    bound(this.#codes, MOST_CODES);
    this.changed();
    return code;
  }

  redeemCode(code: string, grantee: Grantee, expiring: boolean): TokenPair | undefined {
    const known = this.#codes.get(code);
    if (known === undefined || !same(known, grantee) || known.expiresAt <= this.now()) return undefined;
    this.#codes.delete(code);
    const pair = expiring ? this.#firstPair(grantee, known.scopes) : this.#lasting(grantee, known.scopes);
    this.changed();
    return pair;
  }

  redeemRefreshToken(token: string, grantee: Grantee): Redeemed {
    const known = this.#refresh.get(token);
    if (known === undefined || !same(known, grantee)) return { outcome: 'refused', reason: 'unknown or superseded' };
    if (known.expiresAt <= this.now()) return { outcome: 'refused', reason: 'expired' };
    if (known.used !== null) return this.#retry(known, known.used);
    this.#forgetPredecessor(token);
    const pair = this.#issuePair(grantee, known.scopes);
    if (pair.expiring !== null) {
      const { accessToken, expiring } = pair;
      this.#refresh.set(token, {
        ...known,
        used: { at: this.now(), accessToken, refreshToken: expiring.refreshToken },
      });
    }
    this.changed();
    return { outcome: 'issued', pair };
  }

  accessOf(token: string, host: string): AccessToken | undefined {
    const known = this.#access.get(token);
    if (known === undefined || known.host !== host) return undefined;
    return known.expiresAt !== null && known.expiresAt <= this.now() ? undefined : known;
  }

  issueOwn(grantee: Grantee): OwnToken | undefined {
    const living = [...this.#access.values(), ...this.#refresh.values()].filter((token) => same(token, grantee));
    const installed = this.#installed.some((one) => same(one, grantee));
    if (living.length === 0 && !installed) return undefined;
    const scopes = living.length === 0 ? this.ownScopes : [...new Set(living.flatMap((token) => token.scopes))];
    const accessToken = random('shpat_');
    const expiresAt = this.now() + OWN_LIFE_SECONDS * SECOND;
    this.#access.set(accessToken, { token: accessToken, ...grantee, scopes: [...scopes], expiresAt });
    bound(this.#access, MOST_TOKENS);
    this.changed();
    return { accessToken, scopes, expiresIn: OWN_LIFE_SECONDS };
  }

  addLasting(token: string, { clientId, host }: Grantee, scopes: readonly string[]): void {
    this.#access.set(token, { token, clientId, host, scopes: [...scopes], expiresAt: null });
  }

  install({ clientId, host }: Grantee): void {
    if (this.#installed.some((one) => same(one, { clientId, host }))) return;
    this.#installed = [...this.#installed, { clientId, host }];
    this.changed();
  }

  installedClients(host: string): readonly string[] {
    this.#forgetExpired();
    const living = [...this.#access.values(), ...this.#refresh.values(), ...this.#installed];
    return [...new Set(living.filter((token) => token.host === host).map(({ clientId }) => clientId))];
  }

  revoke(host: string, clientId?: string): void {
    for (const map of [this.#codes, this.#access, this.#refresh]) {
      for (const [key, grant] of map) {
        if (grant.host === host && (clientId === undefined || grant.clientId === clientId)) map.delete(key);
      }
    }
    this.#installed = this.#installed.filter(
      (one) => one.host !== host || (clientId !== undefined && one.clientId !== clientId),
    );
    this.changed();
  }

  snapshot(): z.infer<typeof grantsSchema> {
    this.#forgetExpired();
    return {
      codes: [...this.#codes.values()],
      access: [...this.#access.values()],
      refresh: [...this.#refresh.values()],
      installed: this.#installed.map((one) => ({ ...one })),
    };
  }

  restore({ codes, access, refresh, installed }: z.infer<typeof grantsSchema>): void {
    this.#installed = installed;
    this.#codes = new Map(codes.map((code) => [code.code, code]));
    this.#access = new Map(access.map((token) => [token.token, token]));
    this.#refresh = new Map(refresh.map((token) => [token.token, token]));
  }

  /** docs: one refreshable token per app and shop, so a new run of the consent flow supersedes the old pair. */
  #firstPair(grantee: Grantee, scopes: readonly string[]): TokenPair {
    for (const map of [this.#access, this.#refresh]) {
      for (const [key, token] of map) if (same(token, grantee) && token.expiresAt !== null) map.delete(key);
    }
    return this.#issuePair(grantee, scopes);
  }

  #lasting({ clientId, host }: Grantee, scopes: readonly string[]): TokenPair {
    const accessToken = random('shpat_');
    for (const [key, token] of this.#access) {
      if (same(token, { clientId, host }) && token.expiresAt === null) this.#access.delete(key);
    }
    this.#access.set(accessToken, { token: accessToken, clientId, host, scopes: [...scopes], expiresAt: null });
    return { accessToken, scopes, expiring: null };
  }

  #issuePair({ clientId, host }: Grantee, scopes: readonly string[]): TokenPair {
    this.#forgetExpired();
    const [accessToken, refreshToken] = [random('shpat_'), random('shprt_')];
    const shared = { clientId, host, scopes: [...scopes] };
    const expiresIn = this.tokenSeconds();
    this.#access.set(accessToken, { token: accessToken, ...shared, expiresAt: this.now() + expiresIn * SECOND });
    this.#refresh.set(refreshToken, {
      token: refreshToken,
      ...shared,
      expiresAt: this.now() + REFRESH_LIFE,
      used: null,
    });
    bound(this.#access, MOST_TOKENS);
    bound(this.#refresh, MOST_TOKENS);
    return { accessToken, scopes, expiring: { expiresIn, refreshToken, refreshTokenExpiresIn: REFRESH_LIFE / SECOND } };
  }

  /**
   * docs: until the replacement is used for the first time, a retry gives the same replacement. From then on this token is forgotten.
   */
  #retry({ scopes }: RefreshToken, { at, accessToken, refreshToken }: NonNullable<RefreshToken['used']>): Redeemed {
    const next = this.#refresh.get(refreshToken);
    if (next === undefined) return { outcome: 'refused', reason: 'its replacement is gone' };
    if (at + RETRY_LIFE <= this.now()) return { outcome: 'refused', reason: 'the time for a retry is over' };
    const left = (until: number): number => Math.max(0, Math.floor((until - this.now()) / SECOND));
    const expiring = {
      // The sheet does not say whether a retry counts the lifetimes anew; here they are what is really left.
      expiresIn: left(this.#access.get(accessToken)?.expiresAt ?? 0),
      refreshToken,
      refreshTokenExpiresIn: left(next.expiresAt),
    };
    return { outcome: 'replayed', pair: { accessToken, scopes, expiring } };
  }

  /** The token whose replacement is used now can no longer be retried. */
  #forgetPredecessor(token: string): void {
    for (const [key, { used }] of this.#refresh) if (used?.refreshToken === token) this.#refresh.delete(key);
  }

  #forgetExpired(): void {
    const now = this.now();
    for (const [key, { expiresAt }] of this.#codes) if (expiresAt <= now) this.#codes.delete(key);
    for (const [key, { expiresAt }] of this.#access)
      if (expiresAt !== null && expiresAt <= now) this.#access.delete(key);
    for (const [key, { expiresAt }] of this.#refresh) if (expiresAt <= now) this.#refresh.delete(key);
  }
}

/**
 * Creates an empty store of codes and tokens.
 * @param tokenSeconds life of the access tokens issued from now on
 * @param changed called after every change that must survive a restart
 * @param ownScopes what an app installed from the app store may do before it took a token by consent
 */
export function createGrants(
  now: () => Date,
  tokenSeconds: () => number,
  changed: () => void,
  ownScopes: readonly string[] = [],
): Grants {
  return new GrantStore(() => now().getTime(), tokenSeconds, changed, ownScopes);
}
