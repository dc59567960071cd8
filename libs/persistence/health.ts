import { HEALTH_REASONS, type HealthReason, type HealthState } from '#contract';
import type { Database, TenantTransaction } from './database.js';
import { appendEvents, type NewEvent } from './events.js';

/** The states in which a store is called; what calls meet changes only these. */
const CALLED: readonly HealthState[] = ['healthy', 'degraded', 'rateLimited'];
/** A refusal counts when none did for so long. */
const REFUSALS_APART_SECONDS = 60;
/** When somebody looks at what a refusal, or another trouble, has become. */
const NEXT_LOOK_SECONDS = REFUSALS_APART_SECONDS + 5;
const LONGEST_TROUBLED_SECONDS = 1800;
/** Of one that may not be called, such as one that was stopped. */
const SILENT_SECONDS = 3600;
/** A store that nobody called for so long is called to see whether its credential still works. */
const PROBE_EVERY_SECONDS = 6 * 3600;

interface Place {
  readonly tenantId: string;
  readonly appId: string;
  readonly healthState: HealthState;
  readonly healthReason: string;
  readonly scopesLost: readonly string[] | null;
}

/** Reads a store for a change of it. Not stronger than the change needs: an event of another transaction may name the store. */
async function lockStore(tx: TenantTransaction, id: string): Promise<Place | undefined> {
  const rows = await tx.$queryRaw<Place[]>`
    SELECT tenant_id AS "tenantId", app_id AS "appId", health_state AS "healthState", health_reason AS "healthReason",
      scopes_lost AS "scopesLost"
    FROM stores WHERE id = ${id}::uuid AND tenant_id = ${tx.tenantId}::uuid FOR NO KEY UPDATE`;
  return rows[0];
}

type StoreEventType = 'store.healthChanged' | 'store.scopesLost' | 'store.dying';

async function tell(
  tx: TenantTransaction,
  id: string,
  { tenantId, appId }: Place,
  type: StoreEventType,
  details: NonNullable<NewEvent['details']>,
): Promise<void> {
  const event = { tenantId, appId, storeId: id, type, recordKind: null, platformId: null, occurredAt: null, details };
  await appendEvents(tx, appId, [event]);
}

/**
 * Moves a store to the state that a reason stands for. The one place where a transition is written: with its event, in the
 * transaction of what caused it, once however many saw it.
 * @param from only out of these states
 * @returns whether the state is another one now; another reason for the same state is no transition
 */
export async function moveHealth(
  tx: TenantTransaction,
  id: string,
  reason: HealthReason,
  from?: readonly HealthState[],
): Promise<boolean> {
  const store = await lockStore(tx, id);
  if (store === undefined || store.healthReason === reason || from?.includes(store.healthState) === false) return false;
  const { state } = HEALTH_REASONS[reason];
  if (state === store.healthState) {
    await tx.$executeRaw`UPDATE stores SET health_reason = ${reason} WHERE id = ${id}::uuid AND tenant_id = ${tx.tenantId}::uuid`;
    return false;
  }
  await tx.$executeRaw`
    UPDATE stores SET health_state = ${state}, health_reason = ${reason}, health_since = now() WHERE id = ${id}::uuid AND tenant_id = ${tx.tenantId}::uuid`;
  await tell(tx, id, store, 'store.healthChanged', { from: store.healthState, to: state, reason });
  return true;
}

/**
 * A call succeeded: what was wrong with the store is over, but for permissions that it lost, for renewals that nobody can
 * make before the app's client is set right, and for a pair out of a backup that nothing has renewed yet: a token that still
 * works hides those from callers.
 */
export async function recordStoreSuccess(tx: TenantTransaction, id: string): Promise<void> {
  const rows = await tx.$queryRaw<{ reason: HealthReason }[]>`
    UPDATE stores SET last_success_at = now(), refusals = 0, refused_at = NULL WHERE id = ${id}::uuid AND tenant_id = ${tx.tenantId}::uuid
    RETURNING CASE WHEN cardinality(scopes_lost) > 0 THEN 'scopeLost'
      WHEN EXISTS (SELECT 1 FROM credentials c WHERE c.store_id = stores.id AND c.attempt > 0 AND c.last_error_code = 'platform_client_refused')
      THEN 'clientRefused'
      WHEN health_reason = 'restored' AND EXISTS (SELECT 1 FROM credentials c WHERE c.store_id = stores.id AND c.due_at IS NOT NULL
        AND coalesce(c.last_refreshed_at, '-infinity') < stores.health_since)
      THEN 'restored' ELSE 'ok' END AS reason`;
  await moveHealth(tx, id, rows[0]?.reason ?? 'ok', CALLED);
}

/** Keeps the last failure that says something of the store, for people. */
export async function recordStoreError(
  tx: TenantTransaction,
  id: string,
  code: string,
  message: string,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE stores SET last_error_code = ${code}, last_error_message = ${message.slice(0, 500)}, last_error_at = now()
    WHERE id = ${id}::uuid AND tenant_id = ${tx.tenantId}::uuid`;
}

/** A call met trouble; the store is looked at soon, so that its end is seen even when nobody calls. */
export async function noteTrouble(tx: TenantTransaction, id: string, reason: HealthReason): Promise<void> {
  if (!(await moveHealth(tx, id, reason, CALLED))) return;
  await tx.$executeRaw`
    UPDATE stores SET probe_due_at = least(probe_due_at, now() + make_interval(secs => ${NEXT_LOOK_SECONDS})) WHERE id = ${id}::uuid AND tenant_id = ${tx.tenantId}::uuid`;
}

/**
 * Counts a refusal that does not prove itself, by the database's clock, whichever process met it: several within a minute
 * are one.
 * @returns how many count since the last success
 */
export async function countRefusal(tx: TenantTransaction, id: string): Promise<number> {
  const rows = await tx.$queryRaw<{ refusals: number }[]>`
    UPDATE stores SET refusals = refusals + 1, refused_at = now(),
      probe_due_at = least(probe_due_at, now() + make_interval(secs => ${NEXT_LOOK_SECONDS}))
    WHERE id = ${id}::uuid AND tenant_id = ${tx.tenantId}::uuid AND (refused_at IS NULL OR refused_at <= now() - make_interval(secs => ${REFUSALS_APART_SECONDS}))
    RETURNING refusals`;
  return rows[0]?.refusals ?? 0;
}

/**
 * Stores what a grant allows now. What it allowed before and does not any more is lost, and told, until it comes back.
 */
export async function setGrantedScopes(tx: TenantTransaction, id: string, scopes: readonly string[]): Promise<void> {
  const store = await lockStore(tx, id);
  if (store === undefined) return;
  const [before] = await tx.$queryRaw<{ granted: readonly string[] | null }[]>`
    SELECT scopes_granted AS granted FROM stores WHERE id = ${id}::uuid AND tenant_id = ${tx.tenantId}::uuid`;
  const known = new Set([...(before?.granted ?? []), ...(store.scopesLost ?? [])]);
  const lost = [...known].filter((scope) => !scopes.includes(scope));
  await tx.store.updateMany({ where: { id }, data: { scopesGranted: [...scopes], scopesLost: lost } });
  const news = lost.filter((scope) => store.scopesLost?.includes(scope) !== true);
  if (news.length > 0) await tell(tx, id, store, 'store.scopesLost', { scopes: news });
  if (lost.length > 0) await moveHealth(tx, id, 'scopeLost', ['healthy']);
  else if (store.healthReason === 'scopeLost') await moveHealth(tx, id, 'ok');
}

/** Stores of all tenants that are to be looked at; nobody else gets them until the lease ends. */
export async function claimDueProbes(
  database: Database,
  batch: number,
  leaseSeconds: number,
): Promise<readonly { readonly id: string; readonly tenantId: string }[]> {
  return await database.shared.$queryRaw`
    SELECT id, tenant_id AS "tenantId" FROM claim_due_probes(${batch}::int, ${leaseSeconds}::int)`;
}

/**
 * Has a store looked at again: within six hours of its last success, spread so that stores connected together are not asked
 * together; soon while its credential is refused; while it has other trouble, after half as long as that lasts already.
 */
export async function scheduleProbe(tx: TenantTransaction, id: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE stores SET probe_lease_until = NULL, probe_due_at = CASE
      WHEN refusals > 0 THEN now() + make_interval(secs => ${NEXT_LOOK_SECONDS})
      WHEN health_state IN ('degraded', 'rateLimited') AND health_reason <> 'scopeLost' THEN
        now() + greatest(least((now() - health_since) / 2, make_interval(secs => ${LONGEST_TROUBLED_SECONDS})), make_interval(secs => ${NEXT_LOOK_SECONDS}))
      ELSE greatest(coalesce(last_success_at, now()) + make_interval(secs => ${PROBE_EVERY_SECONDS} * (0.85 + 0.15 * random())),
        now() + make_interval(secs => ${SILENT_SECONDS})) END
    WHERE id = ${id}::uuid AND tenant_id = ${tx.tenantId}::uuid`;
}

/** When and why a connection ends. */
export interface Ending {
  readonly at: Date;
  readonly why: string;
}

/**
 * Remembers when a connection will die, and warns of it: once for each number of days before, and anew when it is another day.
 * @param days how near the end is, in the steps of which warnings are given; undefined while there is nothing to warn of
 */
export async function noteEnding(
  tx: TenantTransaction,
  id: string,
  ending: Ending | null,
  days: number | undefined,
): Promise<void> {
  const store = await lockStore(tx, id);
  if (store === undefined) return;
  const at = ending?.at ?? null;
  await tx.$executeRaw`
    UPDATE stores SET dies_at = ${at}, warned_days = NULL WHERE id = ${id}::uuid AND tenant_id = ${tx.tenantId}::uuid AND dies_at IS DISTINCT FROM ${at}::timestamptz(3)`;
  if (ending === null || days === undefined) return;
  const warned = await tx.$executeRaw`
    UPDATE stores SET warned_days = ${days} WHERE id = ${id}::uuid AND tenant_id = ${tx.tenantId}::uuid AND (warned_days IS NULL OR warned_days > ${days})`;
  if (warned === 0) return;
  await tell(tx, id, store, 'store.dying', { diesAt: ending.at.toISOString(), why: ending.why, days });
}
