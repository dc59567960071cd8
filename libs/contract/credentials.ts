import type { Secret } from './secret.js';

export interface OAuth2Credentials {
  readonly kind: 'oauth2';
  readonly accessToken: Secret;
  readonly refreshToken: Secret | null;
}

export interface KeyPairCredentials {
  readonly kind: 'keyPair';
  readonly key: Secret;
  readonly secret: Secret;
}

/** A token that never expires and that the merchant made. */
export interface TokenCredentials {
  readonly kind: 'token';
  readonly accessToken: Secret;
  /** What the platform signs its deliveries to us with; null: none was given, so none can be proven. */
  readonly webhookSecret: Secret | null;
}

/** The merchant's own client at the platform, and the token that was last minted with it. */
export interface ClientCredentials {
  readonly kind: 'client';
  readonly clientId: string;
  readonly clientSecret: Secret;
  /** null: none was minted yet. */
  readonly accessToken: Secret | null;
}

/** OAuth 1.0a: who calls, and what that caller was allowed. Neither expires; both sign. */
export interface OAuth1Credentials {
  readonly kind: 'oauth1';
  readonly consumerKey: Secret;
  readonly consumerSecret: Secret;
  readonly token: Secret;
  readonly tokenSecret: Secret;
}

export type Credentials =
  OAuth2Credentials | KeyPairCredentials | TokenCredentials | ClientCredentials | OAuth1Credentials;

/** What a shop posts when its merchant activates us there: a consumer, to be traded for a token before it is too late. */
export interface ActivationKeys {
  readonly kind: 'activation';
  readonly consumerKey: Secret;
  readonly consumerSecret: Secret;
  readonly verifier: Secret;
}
