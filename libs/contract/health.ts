import type { Actor } from './error-codes.js';
import type { ErrorCode } from './errors.js';

export const HEALTH_STATES = ['healthy', 'degraded', 'rateLimited', 'needsReauth', 'revoked', 'paused'] as const;
export type HealthState = (typeof HEALTH_STATES)[number];

/**
 * Who can act on a store's health, in the words of the error table. `nobody`: there is nothing to do; `us`: the gateway is
 * at it, wait.
 */
export type HealthActor = Exclude<Actor, 'caller'> | 'nobody' | 'us';
export const HEALTH_ACTORS = [
  'nobody',
  'us',
  'operator',
  'merchant',
  'platform',
] as const satisfies readonly HealthActor[];

interface ReasonTraits {
  readonly state: HealthState;
  readonly actor: HealthActor;
  /** Whether connecting the store again helps. */
  readonly reconnect: boolean;
  /** For the person who asks what is wrong: what happened, and what to do. */
  readonly sentence: string;
}

/**
 * Every reason a store can be in its state for, in one table. The key is the public, stable code; the state, who can act and
 * what is said follow from it. docs/health.md is generated from it and tested.
 */
export const HEALTH_REASONS = {
  ok: { state: 'healthy', actor: 'nobody', reconnect: false, sentence: 'Calls succeed.' },
  refusedOnce: {
    state: 'degraded',
    actor: 'us',
    reconnect: false,
    sentence:
      'The shop refused the credential. A plugin or firewall can do that too, so it is asked again; three refusals at least a minute apart count.',
  },
  scopeLost: {
    state: 'degraded',
    actor: 'merchant',
    reconnect: true,
    sentence: 'The grant lost permissions that it had; the merchant must connect again to give them back.',
  },
  blocked: {
    state: 'degraded',
    actor: 'merchant',
    reconnect: false,
    sentence: 'A firewall or plugin answers instead of the shop; the merchant must let the gateway through.',
  },
  shopClosed: {
    state: 'degraded',
    actor: 'merchant',
    reconnect: false,
    sentence: 'The shop is closed, frozen or locked at its platform.',
  },
  unavailable: {
    state: 'degraded',
    actor: 'platform',
    reconnect: false,
    sentence: 'The platform does not answer, answers too late or with errors; it is asked again by itself.',
  },
  renewalLate: {
    state: 'degraded',
    actor: 'us',
    reconnect: false,
    sentence: 'The access token is over and its successor is not here yet; it is being renewed.',
  },
  restored: {
    state: 'degraded',
    actor: 'us',
    reconnect: false,
    sentence:
      'The database was restored from a backup: whether the platform still knows this grant is being verified, by a renewal or a call.',
  },
  clientRefused: {
    state: 'degraded',
    actor: 'operator',
    reconnect: false,
    sentence:
      'The platform does not accept the app’s client id or secret, so tokens cannot be renewed; store the right one.',
  },
  contractBroken: {
    state: 'degraded',
    actor: 'operator',
    reconnect: false,
    sentence: 'The platform answers something else than it documents; the connector must be looked at.',
  },
  addressRefused: {
    state: 'degraded',
    actor: 'operator',
    reconnect: false,
    sentence: 'The shop’s address may not be called; an operator may open it with SHOPSPAN_EGRESS_ALLOW.',
  },
  credentialUnreadable: {
    state: 'degraded',
    actor: 'operator',
    reconnect: false,
    sentence: 'The sealed credential does not open: wrong key or tampered row.',
  },
  rateLimited: {
    state: 'rateLimited',
    actor: 'platform',
    reconnect: false,
    sentence: 'The platform asks for fewer calls; it takes them again after a while.',
  },
  grantEnded: {
    state: 'needsReauth',
    actor: 'merchant',
    reconnect: true,
    sentence: 'The platform ended the grant; the merchant must connect the store again.',
  },
  refusedRepeatedly: {
    state: 'needsReauth',
    actor: 'merchant',
    reconnect: true,
    sentence: 'The shop refused the credential again and again; the merchant must connect the store again.',
  },
  appRemoved: {
    state: 'revoked',
    actor: 'merchant',
    reconnect: true,
    sentence: 'The merchant removed the app at the platform; only the merchant can connect it again.',
  },
  disconnected: {
    state: 'revoked',
    actor: 'nobody',
    reconnect: false,
    sentence: 'The store was disconnected here; its credential is destroyed.',
  },
  connecting: { state: 'paused', actor: 'merchant', reconnect: false, sentence: 'The store is being connected.' },
  paused: {
    state: 'paused',
    actor: 'operator',
    reconnect: false,
    sentence: 'An operator stopped all calls to this store; nothing uses its credential.',
  },
} as const satisfies Readonly<Record<string, ReasonTraits>>;

/** Why a store is in its state: a row of {@link HEALTH_REASONS}. */
export type HealthReason = keyof typeof HEALTH_REASONS;

export function isHealthReason(text: string): text is HealthReason {
  return Object.hasOwn(HEALTH_REASONS, text);
}

/** The trouble a failed call means for its store; other failures are the caller's, or of one permission. */
export const TROUBLES: Readonly<Partial<Record<ErrorCode, HealthReason>>> = {
  credential_revoked: 'refusedOnce',
  credential_expired: 'renewalLate',
  credential_unreadable: 'credentialUnreadable',
  store_closed: 'shopClosed',
  platform_client_refused: 'clientRefused',
  platform_rate_limited: 'rateLimited',
  platform_contract_broken: 'contractBroken',
  platform_blocked: 'blocked',
  platform_unavailable: 'unavailable',
  platform_timeout: 'unavailable',
  address_refused: 'addressRefused',
};

interface DeathTraits {
  readonly actor: HealthActor;
  readonly sentence: string;
}

/** What ends a connection on a day that is known before. */
export const DEATHS = {
  refreshTokenLife: {
    actor: 'merchant',
    sentence: 'The refresh token is over then unless it is renewed before; without it the merchant must connect again.',
  },
  accessTokenLife: {
    actor: 'merchant',
    sentence: 'The access token is over then and cannot be renewed; the merchant must connect again before.',
  },
  apiVersionSunset: {
    actor: 'operator',
    sentence: 'The platform ends the version of its API that is spoken; a newer Shopspan must be installed before.',
  },
} as const satisfies Readonly<Record<string, DeathTraits>>;

export type Death = keyof typeof DEATHS;

// Object.keys widens to string; the tables are closed constants.
export const HEALTH_REASON_CODES = Object.keys(HEALTH_REASONS) as readonly HealthReason[];
export const DEATH_REASONS = Object.keys(DEATHS) as readonly Death[];
