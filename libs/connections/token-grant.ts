import {
  type ClientCredentials,
  type ClientCredentialsStrategy,
  type InstalledAppStrategy,
  type OAuth2CodeStrategy,
  type OAuth2Credentials,
  Secret,
} from '#contract';
import type * as oauth from 'openid-client';

/** The ways of connecting that ask a token endpoint. */
export type TokenStrategy = OAuth2CodeStrategy | InstalledAppStrategy | ClientCredentialsStrategy;

/** An answer that was repaired where the platform departs from the standard, and that the client accepted. */
export type TokenAnswer = Awaited<ReturnType<typeof oauth.refreshTokenGrant>>;

/** A token answer, repaired and read. Lifetimes in seconds; null where the platform names none. */
export interface TokenGrant {
  readonly credentials: OAuth2Credentials | ClientCredentials;
  readonly accessSeconds: number | null;
  readonly refreshSeconds: number | null;
  readonly scopes: readonly string[] | null;
}

/** What a token endpoint answers. */
export type PairGrant = TokenGrant & { readonly credentials: OAuth2Credentials };

const LONGEST_LIFETIME_SECONDS = 10 * 365 * 24 * 3600;

/** What a token answer comes to. */
export function readGrant(strategy: TokenStrategy, answer: TokenAnswer): PairGrant {
  const { access_token, refresh_token, scope } = answer;
  const refreshToken = refresh_token === undefined ? null : new Secret(refresh_token);
  return {
    credentials: { kind: 'oauth2', accessToken: new Secret(access_token), refreshToken },
    accessSeconds: lifetime(answer.expires_in) ?? assumedLifetime(strategy, refreshToken),
    // A refresh token that has just been given is not over, whatever is said.
    refreshSeconds: lifetime(answer['refresh_token_expires_in']) || null,
    scopes: scope === undefined ? null : scope.split(' ').filter((name) => name !== ''),
  };
}

function assumedLifetime(strategy: TokenStrategy, refreshToken: Secret | null): number | null {
  if (strategy.kind === 'installedApp' || strategy.refresh.kind === 'none' || refreshToken === null) return null;
  return strategy.defaultLifetimeSeconds;
}

/**
 * Platforms send lifetimes as numbers, strings, nothing, or nonsense; a token never "lives for NaN seconds". One that is
 * over already is no nonsense: so is the answer to a refresh that is sent again after its first answer was lost for long.
 */
function lifetime(value: unknown): number | null {
  const seconds =
    typeof value === 'number' || (typeof value === 'string' && value.trim() !== '') ? Number(value) : Number.NaN;
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(Math.floor(seconds), LONGEST_LIFETIME_SECONDS) : null;
}
