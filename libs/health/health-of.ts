import {
  type Actor,
  type Death,
  DEATHS,
  type ErrorCode,
  ERRORS,
  HEALTH_REASONS,
  type HealthActor,
  type HealthReason,
  type HealthState,
  isHealthReason,
} from '#contract';
import type { CredentialTimes, StoreRow } from '#persistence';

/** What is known of a store, read from its rows and its platform's declared data. */
export interface HealthFacts {
  readonly store: Pick<
    StoreRow,
    | ('status' | 'healthState' | 'healthReason' | 'healthSince' | 'lastSuccessAt' | 'scopesLost')
    | ('lastErrorCode' | 'lastErrorMessage' | 'lastErrorAt')
  >;
  /** Undefined when there is none any more. */
  readonly credential: Omit<CredentialTimes, 'strategy'> | undefined;
  /** Whether each renewal gives a refresh token with a whole life of its own. */
  readonly livesAnew: boolean;
  /** When the platform ends the version of its API that is spoken; null where it named no day. */
  readonly apiVersionUntil: Date | null;
}

/** The end of a connection that comes if nobody acts. */
export interface DeathNotice {
  readonly at: Date;
  readonly why: Death;
  readonly actor: HealthActor;
  readonly sentence: string;
}

export interface LastError {
  readonly code: string;
  readonly message: string;
  readonly at: Date;
  /** Who can act on it, in the words of the error table. */
  readonly actor: Actor;
}

/** How a store is, for a person who must decide whether to act, to wait or to write to the merchant. */
export interface Health {
  readonly state: HealthState;
  readonly reason: HealthReason;
  readonly sentence: string;
  readonly actor: HealthActor;
  readonly since: Date;
  readonly diesAt: DeathNotice | null;
  /** Whether that is within 14 days and not averted by a renewal that works. */
  readonly dying: boolean;
  readonly lastSuccessAt: Date | null;
  readonly lastError: LastError | null;
  readonly lastRefreshedAt: Date | null;
  readonly nextRefreshAt: Date | null;
  readonly scopesLost: readonly string[];
  /** Whether a new consent of the merchant helps. */
  readonly reconnectHelps: boolean;
}

/** Days before the end at which a warning is given. */
export const WARNING_DAYS = [14, 7, 1] as const;
const DAY_MS = 24 * 3600_000;

/** Pure: the same facts at the same time give the same answer. */
export function healthOf(facts: HealthFacts, now: Date): Health {
  const { store, credential } = facts;
  const reason = reasonOf(facts);
  const { state, actor, sentence, reconnect } = HEALTH_REASONS[reason];
  const { death, dying } = endOf(facts, now);
  return {
    state,
    reason,
    sentence,
    actor,
    since: store.healthSince,
    diesAt: death,
    dying,
    lastSuccessAt: store.lastSuccessAt,
    lastError: newest(lastError(store), lastError(credential)),
    lastRefreshedAt: credential?.lastRefreshedAt ?? null,
    nextRefreshAt: credential?.dueAt ?? null,
    scopesLost: store.scopesLost,
    reconnectHelps: reconnect || (dying && death?.actor === 'merchant'),
  };
}

/** The step a warning is given for, undefined while the end is far or averted. */
export function warningOf({ diesAt, dying }: Pick<Health, 'diesAt' | 'dying'>, now: Date): number | undefined {
  if (diesAt === null || !dying) return undefined;
  return WARNING_DAYS.findLast((days) => isWithin(diesAt.at, days, now));
}

// What a newer version wrote is read by its state alone.
export const REASON_OF_STATE: Readonly<Record<HealthState, HealthReason>> = {
  healthy: 'ok',
  degraded: 'unavailable',
  rateLimited: 'rateLimited',
  needsReauth: 'grantEnded',
  revoked: 'appRemoved',
  paused: 'paused',
};

function reasonOf({ store: { healthState, healthReason }, credential }: HealthFacts): HealthReason {
  const isRefused = credential?.lastErrorCode === 'platform_client_refused' && credential.attempt > 0;
  // A call then only hears that there is no token just now.
  if (healthState === 'degraded' && isRefused) return 'clientRefused';
  return isHealthReason(healthReason) ? healthReason : REASON_OF_STATE[healthState];
}

interface Candidate {
  readonly at: Date;
  readonly why: Death;
  /** A renewal that works comes before. */
  readonly averted: boolean;
}

function endOf(facts: HealthFacts, now: Date): { readonly death: DeathNotice | null; readonly dying: boolean } {
  const candidates = candidatesOf(facts).sort((one, other) => one.at.getTime() - other.at.getTime());
  const near = candidates.find(({ at, averted }) => !averted && isWithin(at, WARNING_DAYS[0], now));
  const first = near ?? candidates[0];
  if (first === undefined) return { death: null, dying: false };
  const { actor, sentence } = DEATHS[first.why];
  const death = { at: first.at, why: first.why, actor: first.averted ? ('us' as const) : actor, sentence };
  return { death, dying: near !== undefined };
}

function candidatesOf({ store, credential, livesAnew, apiVersionUntil }: HealthFacts): Candidate[] {
  // What is over has no end any more.
  if (store.status !== 'active' && store.status !== 'paused') return [];
  const sunset = apiVersionUntil === null ? [] : [candidate(apiVersionUntil, 'apiVersionSunset', false)];
  if (credential === undefined) return sunset;
  const { refreshExpiresAt, accessExpiresAt, dueAt, attempt } = credential;
  if (refreshExpiresAt !== null) {
    const averted =
      livesAnew && store.status === 'active' && attempt === 0 && dueAt !== null && dueAt < refreshExpiresAt;
    return [...sunset, candidate(refreshExpiresAt, 'refreshTokenLife', averted)];
  }
  // One that is renewed is no end, and a token that was given no life has none.
  if (accessExpiresAt === null || dueAt !== null) return sunset;
  return [...sunset, candidate(accessExpiresAt, 'accessTokenLife', false)];
}

function candidate(at: Date, why: Death, averted: boolean): Candidate {
  return { at, why, averted };
}

function isWithin(at: Date, days: number, now: Date): boolean {
  return at.getTime() - now.getTime() <= days * DAY_MS;
}

type KeptError = Readonly<Pick<StoreRow, 'lastErrorCode' | 'lastErrorMessage' | 'lastErrorAt'>>;

function lastError(kept: KeptError | undefined): LastError | null {
  if (kept?.lastErrorCode == null || kept.lastErrorAt === null) return null;
  const { lastErrorCode: code, lastErrorMessage: message, lastErrorAt: at } = kept;
  return { code, message: message ?? '', at, actor: isErrorCode(code) ? ERRORS[code].actor : 'operator' };
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERRORS, code);
}

function newest(one: LastError | null, other: LastError | null): LastError | null {
  if (one === null || other === null) return one ?? other;
  return other.at > one.at ? other : one;
}
