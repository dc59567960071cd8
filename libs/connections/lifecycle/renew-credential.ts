import { type Connector, GatewayError, isRenewable, strategyOf } from '#contract';
import type { ClaimedCredential } from '#persistence';
import type { RefreshReport } from '../context.js';
import { openCredentials, sealCredentials } from '../sealing.js';
import { GrantRefused, mintToken, renewGrant } from '../token-endpoint.js';
import type { TokenGrant } from '../token-grant.js';
import type { LifecycleContext } from './context.js';
import {
  DEADLINE_MS,
  deadlineOf,
  GRACE_SECONDS,
  HOLD_AGAIN_MS,
  HOLD_EVERY_MS,
  keepsLateAnswer,
  LEASE_SECONDS,
  LONGEST_ORDERED_SECONDS,
  refreshPolicyOf,
} from './policy.js';
import { retrySeconds, scheduleOf } from './refresh-schedule.js';
import { saveStubbornly } from './save-stubbornly.js';

type Outcome = Pick<RefreshReport, 'outcome' | 'code' | 'retryAfterMs'>;

const SUPERSEDED: Outcome = { outcome: 'superseded', code: null };

/**
 * Renews a credential that this process has claimed: one claim, one call. The new pair is saved before anybody uses it,
 * and only if it is the successor of what was read; an unknown outcome leaves the old token in place to be sent again.
 * Never throws for what the platform does: failures are recorded, and the claim is given back.
 * @param claimedAt when the claim was asked for, by `context.elapsed`
 */
export async function renewClaimed(
  context: LifecycleContext,
  claimed: ClaimedCredential,
  claimedAt: number,
): Promise<RefreshReport> {
  const startedAt = context.elapsed();
  const { storeId, platform } = claimed;
  const ended = await attempt(context, claimed, claimedAt);
  const report = { storeId, platform, ...ended, durationMs: Math.round(context.elapsed() - startedAt) };
  context.reportRefresh(report);
  return report;
}

async function attempt(context: LifecycleContext, claimed: ClaimedCredential, claimedAt: number): Promise<Outcome> {
  try {
    const connector = context.connectorOf(claimed.platform);
    const policy = refreshPolicyOf(strategyOf(connector, claimed.strategy));
    const ask = (lost?: AbortSignal) => askPlatform(context, claimed, connector, { claimedAt, lost });
    const grant = await (deadlineOf(policy) > DEADLINE_MS ? holding(context, claimed, ask) : ask());
    if (grant === undefined) return SUPERSEDED;
    const saved = await save(context, claimed, grant, keepsLateAnswer(policy));
    return saved ? { outcome: 'renewed', code: null } : SUPERSEDED;
  } catch (error) {
    return await giveBack(context, claimed, error);
  }
}

/**
 * Holds on to a claim as long as its call lasts: nobody sends the same token while its answer may be on the way.
 * @param call is told when the claim was lost after all, as after a stop of the whole process
 */
async function holding<T>(
  context: LifecycleContext,
  claimed: ClaimedCredential,
  call: (lost: AbortSignal) => Promise<T>,
): Promise<T> {
  const [ended, lost] = [new AbortController(), new AbortController()];
  void holdOn(context, claimed, ended.signal).then((isHeld) => {
    if (!isHeld) lost.abort();
  });
  try {
    return await call(lost.signal);
  } finally {
    ended.abort();
  }
}

/**
 * A database that does not answer is asked again soon: the claim has not ended yet.
 * @returns false when the claim is over before the call
 */
async function holdOn(context: LifecycleContext, claimed: ClaimedCredential, ended: AbortSignal): Promise<boolean> {
  const wait = (milliseconds: number) => context.sleep(milliseconds, ended).catch(() => undefined);
  await wait(HOLD_EVERY_MS);
  while (!ended.aborted) {
    const held = await context.credentials.extend(claimed, LEASE_SECONDS).catch(() => undefined);
    if (held === false) return false;
    await wait(held === undefined ? HOLD_AGAIN_MS : HOLD_EVERY_MS);
  }
  return true;
}

/** @returns undefined when the claim is too old to call with: this process stood still, and another may be calling */
async function askPlatform(
  context: LifecycleContext,
  claimed: ClaimedCredential,
  connector: Connector,
  { claimedAt, lost }: { readonly claimedAt: number; readonly lost: AbortSignal | undefined },
): Promise<TokenGrant | undefined> {
  const strategy = strategyOf(connector, claimed.strategy);
  const policy = refreshPolicyOf(strategy);
  // Where a late answer is kept it may be the only one there is, and is waited for though the claim is lost.
  const signal = keepsLateAnswer(policy) ? undefined : lost;
  const credentials = await openCredentials(context.vault, claimed, claimed.sealed);
  const address = { account: claimed.account, apiRoot: new URL(claimed.apiRoot) };
  const endpoint = {
    connector,
    address,
    transport: context.wayOut(claimed, 'renewal'),
    deadlineMs: deadlineOf(policy),
    ...(signal !== undefined && { signal }),
  };
  const isLate = () => context.elapsed() - claimedAt > LEASE_SECONDS * 1000 - DEADLINE_MS;
  if (strategy.kind === 'clientCredentials' && credentials.kind === 'client') {
    return isLate() ? undefined : await mintToken({ ...endpoint, strategy }, credentials);
  }
  const refreshToken = credentials.kind === 'oauth2' ? credentials.refreshToken : null;
  if (strategy.kind !== 'oauth2Code' || !isRenewable(strategy) || refreshToken === null) {
    throw new GrantRefused('this grant cannot be renewed');
  }
  const identity = await context.identityOf(claimed, connector);
  return isLate() ? undefined : await renewGrant({ ...endpoint, strategy, identity }, refreshToken);
}

async function save(
  context: LifecycleContext,
  claimed: ClaimedCredential,
  grant: TokenGrant,
  late: boolean,
): Promise<boolean> {
  const { tenantId, storeId } = claimed;
  const version = claimed.version + 1;
  const stored = await saveStubbornly(context, async () => {
    const sealed = await sealCredentials(context.vault, { tenantId, storeId, version }, grant.credentials);
    const next = { strategy: claimed.strategy, sealed, version, ...scheduleOf(grant, context.random) };
    return await context.credentials.save(claimed, next, { late });
  });
  if (!stored) await context.revokeOrphan(claimed, grant.credentials);
  if (stored && grant.scopes !== null && !sameWords(grant.scopes, claimed.scopesGranted)) {
    await context.credentials.saveScopes(claimed, grant.scopes);
  }
  return stored;
}

function sameWords(some: readonly string[], others: readonly string[]): boolean {
  const set = new Set(some);
  return set.size === new Set(others).size && others.every((word) => set.has(word));
}

/** The claim goes back; where the database cannot take it, it ends by itself. */
async function giveBack(context: LifecycleContext, claimed: ClaimedCredential, error: unknown): Promise<Outcome> {
  try {
    if (error instanceof GrantRefused) return await refuse(context, claimed, error);
    return await postpone(context, claimed, error);
  } catch (failure) {
    return { outcome: 'postponed', code: GatewayError.is(failure) ? failure.code : 'internal' };
  }
}

/**
 * A refusal counts only against the pair it was about, and only from whoever still holds it: when a newer one was saved
 * meanwhile, that one lives on. The first is asked once more after a moment; not one call follows the second.
 */
async function refuse(context: LifecycleContext, claimed: ClaimedCredential, error: GrantRefused): Promise<Outcome> {
  const failure = { code: 'credential_revoked', message: error.message };
  const outcome = await context.credentials.refuse(claimed, failure, GRACE_SECONDS);
  if (outcome === 'superseded') return SUPERSEDED;
  return { outcome: outcome === 'final' ? 'refused' : 'postponed', code: 'credential_revoked' };
}

async function postpone(context: LifecycleContext, claimed: ClaimedCredential, error: unknown): Promise<Outcome> {
  const failure = GatewayError.is(error)
    ? error
    : new GatewayError('internal', 'The renewal failed.', { cause: error });
  const { code, message } = failure;
  const ordered = Math.min((failure.context.retryAfterMs ?? 0) / 1000, LONGEST_ORDERED_SECONDS);
  // Nothing was tried, and nobody claims it while it is stopped: it is due at once when that is lifted.
  const backoff = code === 'store_paused' ? 0 : retrySeconds(claimed.attempt, claimed.accessSeconds, context.random);
  const wait = Math.max(backoff, ordered);
  await context.credentials.postpone(claimed, { code, message }, { retrySeconds: wait, isOrdered: ordered > 0 });
  return { outcome: 'postponed', code, ...(code === 'platform_rate_limited' && { retryAfterMs: ordered * 1000 }) };
}
