import type { ErrorCode } from './errors.js';

/** What a call to a platform came to, in as many words as a chart has colours. */
export const CALL_OUTCOMES = ['ok', 'refused', 'rateLimited', 'unavailable', 'contract', 'other'] as const;
export type CallOutcome = (typeof CALL_OUTCOMES)[number];

/** What a try to renew a credential came to, likewise. */
export const REFRESH_OUTCOMES = ['ok', 'refused', 'unavailable', 'other'] as const;
export type RefreshOutcome = (typeof REFRESH_OUTCOMES)[number];

/**
 * Upper bounds of the classes in which durations are counted, in milliseconds; a last class has what took longer. Never
 * change them without clearing what is stored: its arrays are read by place.
 */
export const LATENCY_BOUNDS_MS = [50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000] as const;

/** The class that a duration falls into, as a place in an array of counts. */
export function latencyClassOf(milliseconds: number): number {
  const place = LATENCY_BOUNDS_MS.findIndex((bound) => milliseconds <= bound);
  return place === -1 ? LATENCY_BOUNDS_MS.length : place;
}

// The platform was there and said no: to this request, this credential or this client.
const OUTCOME_OF_CODE: Readonly<Partial<Record<ErrorCode, CallOutcome>>> = {
  credential_expired: 'refused',
  credential_revoked: 'refused',
  platform_scope_missing: 'refused',
  platform_client_refused: 'refused',
  platform_blocked: 'refused',
  store_closed: 'refused',
  not_found: 'refused',
  request_rejected: 'refused',
  conflict: 'refused',
  platform_rate_limited: 'rateLimited',
  platform_unavailable: 'unavailable',
  platform_timeout: 'unavailable',
  platform_contract_broken: 'contract',
  record_unreadable: 'contract',
};

/** @param code null where the call went well */
export function callOutcomeOf(code: string | null): CallOutcome {
  const known: Readonly<Partial<Record<string, CallOutcome>>> = OUTCOME_OF_CODE;
  return code === null ? 'ok' : (known[code] ?? 'other');
}

/**
 * @param outcome as the renewal reports it
 * @param code why it was not made
 */
export function refreshOutcomeOf(
  outcome: 'renewed' | 'superseded' | 'refused' | 'postponed',
  code: string | null,
): RefreshOutcome {
  if (outcome === 'renewed') return 'ok';
  if (outcome === 'refused') return 'refused';
  const known = code === null ? 'other' : callOutcomeOf(code);
  return known === 'refused' || known === 'unavailable' ? known : 'other';
}
