import type { AuthStrategy, RefreshPolicy } from '#contract';

/** How long one claimer may hold a credential. */
export const LEASE_SECONDS = 30;
/** For the whole HTTP exchange: a third of the lease, so that a lease never ends under a call. */
export const DEADLINE_MS = (LEASE_SECONDS * 1000) / 3;
/** Where an answer that is not waited for is lost, and the only pair with it; the claim is held on to meanwhile. */
export const PATIENT_DEADLINE_MS = 45_000;
/** So often a claim is held on to: a third of the lease again. */
export const HOLD_EVERY_MS = 10_000;
export const HOLD_AGAIN_MS = 1000;
/** After the first refusal of a pair; a platform that answers from a copy that lags has caught up by then. */
export const GRACE_SECONDS = 2;
/**
 * So long a platform may tell us to wait with a renewal. What it says beyond is no wish for calm but nonsense, and half of
 * an hour's token is longer than this.
 */
export const LONGEST_ORDERED_SECONDS = 900;

const NONE: RefreshPolicy = { kind: 'none' };

export function refreshPolicyOf(strategy: AuthStrategy): RefreshPolicy {
  return 'refresh' in strategy ? strategy.refresh : NONE;
}

/**
 * How long to wait for an answer. A token that may be sent again is, sooner than it would be worth waiting; within a grace,
 * early enough that the next try is within it too.
 */
export function deadlineOf(policy: RefreshPolicy): number {
  if (policy.kind !== 'rotating' || policy.previousToken === 'untilNewIsUsed') return DEADLINE_MS;
  if (policy.previousToken === 'diesAtOnce') return PATIENT_DEADLINE_MS;
  return Math.min(Math.max((policy.previousToken.graceSeconds * 1000) / 3, DEADLINE_MS), PATIENT_DEADLINE_MS);
}

/**
 * Whether an answer that comes after its claim has ended is to be kept. Where the platform gives the same token one
 * successor, or none after the first, the late answer holds the only pair there is. Where it gives another successor to
 * each try within a grace, the last one that was given counts, and that is whoever holds the claim now.
 */
export function keepsLateAnswer(policy: RefreshPolicy): boolean {
  return policy.kind !== 'rotating' || typeof policy.previousToken !== 'object';
}
