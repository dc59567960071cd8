import type { StoredGrant } from '#persistence';
import {
  type ClaimedClient,
  type ClaimedCredential,
  type CredentialOwner,
  type CredentialRepository,
  FINAL_REFUSALS,
  type RenewalFailure,
  SHORTEST_RETRY_SECONDS,
  type WatchedCredential,
} from '../../persistence/credential-repository.js';

/** What is known of a store beside its credential. */
export interface SimulatedStore extends CredentialOwner {
  readonly appId: string;
  readonly platform: string;
  readonly account: string;
  readonly apiRoot: string;
  readonly client: ClaimedClient | null;
  scopesGranted: readonly string[];
  status: string;
}

/** A row of credentials. Times are milliseconds of the repository's own clock. */
export interface SimulatedRow {
  id: string;
  readonly store: SimulatedStore;
  strategy: string;
  sealed: Uint8Array<ArrayBuffer>;
  version: number;
  state: 'active' | 'refused';
  accessExpiresAt: number | null;
  refreshExpiresAt: number | null;
  dueAt: number | null;
  leaseOwner: string | null;
  leaseUntil: number | null;
  attempt: number;
  attemptStartedAt: number | null;
  refusals: number;
  notBefore: number | null;
  lastErrorCode: string | null;
}

type Ask<Name extends keyof CredentialRepository> = Parameters<CredentialRepository[Name]>;
type DueAsk = Ask<'claimDue'>[0];
type ClaimAsk = Ask<'claim'>[1];
type Wait = Ask<'postpone'>[2];

/** The statements of the repository, each whole and at once, on rows in memory. */
export interface SimulatedRows {
  readonly all: ReadonlyMap<string, SimulatedRow>;
  find(owner: CredentialOwner): SimulatedRow | undefined;
  put(store: SimulatedStore, id: string, grant: StoredGrant): void;
  remove(owner: CredentialOwner): void;
  claimDue(ask: DueAsk): readonly ClaimedCredential[];
  claim(owner: CredentialOwner, ask: ClaimAsk): ClaimedCredential | undefined;
  watch(owner: CredentialOwner): WatchedCredential | undefined;
  save(claimed: ClaimedCredential, grant: StoredGrant, late: boolean): boolean;
  postpone(claimed: ClaimedCredential, failure: RenewalFailure, wait: Wait): void;
  extend(claimed: ClaimedCredential, leaseSeconds: number): boolean;
  release(claimed: ClaimedCredential, waitSeconds: number): void;
  refuse(claimed: ClaimedCredential, failure: RenewalFailure, graceSeconds: number): 'again' | 'final' | 'superseded';
}

export const keyOf = ({ tenantId, storeId }: CredentialOwner): string => `${tenantId}/${storeId}`;

const UNTROUBLED = {
  state: 'active',
  leaseOwner: null,
  leaseUntil: null,
  attempt: 0,
  attemptStartedAt: null,
  refusals: 0,
  notBefore: null,
  lastErrorCode: null,
} as const;

/**
 * @param now the repository's clock, in milliseconds
 * @param changed told of every row that was written
 */
export function createSimulatedRows(
  now: () => number,
  changed: (row: SimulatedRow) => void = () => undefined,
): SimulatedRows {
  const all = new Map<string, SimulatedRow>();
  const find = (owner: CredentialOwner): SimulatedRow | undefined => all.get(keyOf(owner));
  const after = (seconds: number | null): number | null => (seconds === null ? null : now() + seconds * 1000);
  const write = (row: SimulatedRow, change: Partial<SimulatedRow>): void => changed(Object.assign(row, change));
  const isFree = ({ leaseUntil }: SimulatedRow): boolean => leaseUntil === null || leaseUntil < now();
  const isDue = ({ dueAt }: SimulatedRow): boolean => dueAt !== null && dueAt <= now();
  const holds = (row: SimulatedRow | undefined, { claimer }: ClaimedCredential): row is SimulatedRow =>
    row?.leaseOwner === claimer;

  function hold(row: SimulatedRow, claimer: string, leaseSeconds: number): ClaimedCredential {
    const lease = { leaseOwner: claimer, leaseUntil: after(leaseSeconds) };
    write(row, { ...lease, attempt: row.attempt + 1, attemptStartedAt: now() });
    return claimedOf(row, claimer, now());
  }

  return {
    all,
    find,
    put(store, id, grant) {
      const times = timesOf(grant, after);
      const { strategy, sealed, version } = grant;
      const row = { id, store, strategy, sealed, version, ...times, ...UNTROUBLED };
      all.set(keyOf(store), row);
      changed(row);
    },
    remove: (owner) => void all.delete(keyOf(owner)),
    claimDue({ claimer, limit, leaseSeconds, exceptPlatforms }) {
      const may = ({ store, state }: SimulatedRow) =>
        state === 'active' && store.status === 'active' && !exceptPlatforms.includes(store.platform);
      const due = [...all.values()].filter((row) => isDue(row) && isFree(row) && may(row)).sort(byExpiry);
      return due.slice(0, limit).map((row) => hold(row, claimer, leaseSeconds));
    },
    claim(owner, { claimer, seenVersion, leaseSeconds }) {
      const row = find(owner);
      if (row?.state !== 'active' || row.version !== seenVersion || !isFree(row)) return undefined;
      if (row.notBefore !== null && row.notBefore > now()) return undefined;
      if (row.attempt > 0 && row.dueAt !== null && !isDue(row) && triedJustNow(row, now())) return undefined;
      if (row.dueAt !== null) row.dueAt = Math.min(row.dueAt, now());
      return hold(row, claimer, leaseSeconds);
    },
    watch(owner) {
      const row = find(owner);
      if (row === undefined) return undefined;
      const { version, state, refusals } = row;
      const waits = row.attempt > 0 && isFree(row) && row.dueAt !== null && row.dueAt > now();
      const ordered = row.notBefore !== null && row.notBefore > now();
      return { version, state, refusals, backingOff: waits && (ordered || triedJustNow(row, now())) };
    },
    save(claimed, grant, late) {
      const row = find(claimed);
      if (row?.id !== claimed.id || row.version !== grant.version - 1) return false;
      if (!late && !(holds(row, claimed) && row.state === 'active')) return false;
      const { sealed, version } = grant;
      const { refreshExpiresAt, ...times } = timesOf(grant, after);
      if (late && row.store.status === 'needsReauth') row.store.status = 'active';
      const refresh = { refreshExpiresAt: refreshExpiresAt ?? row.refreshExpiresAt };
      write(row, { sealed, version, ...times, ...refresh, ...UNTROUBLED });
      return true;
    },
    postpone(claimed, { code }, { retrySeconds, isOrdered }) {
      const row = find(claimed);
      if (!holds(row, claimed)) return;
      const dueAt = after(retrySeconds);
      const notBefore = isOrdered ? dueAt : null;
      write(row, { leaseOwner: null, leaseUntil: null, dueAt, notBefore, lastErrorCode: code });
    },
    extend(claimed, leaseSeconds) {
      const row = find(claimed);
      if (!holds(row, claimed) || isFree(row)) return false;
      write(row, { leaseUntil: after(leaseSeconds) });
      return true;
    },
    release(claimed, waitSeconds) {
      const row = find(claimed);
      if (!holds(row, claimed)) return;
      const attemptStartedAt = row.attempt > 1 ? row.attemptStartedAt : null;
      const given = { leaseOwner: null, leaseUntil: null, attempt: row.attempt - 1, attemptStartedAt };
      write(row, { ...given, dueAt: after(waitSeconds) });
    },
    refuse(claimed, { code }, graceSeconds) {
      const row = find(claimed);
      if (!holds(row, claimed) || row.version !== claimed.version || row.state !== 'active') return 'superseded';
      const refusals = row.refusals + 1;
      const isFinal = refusals >= FINAL_REFUSALS;
      const given = { leaseOwner: null, leaseUntil: null, refusals, lastErrorCode: code };
      if (isFinal && row.store.status === 'active') row.store.status = 'needsReauth';
      const dueAt = isFinal ? null : after(graceSeconds);
      write(row, { ...given, state: isFinal ? 'refused' : 'active', dueAt, notBefore: dueAt });
      return isFinal ? 'final' : 'again';
    },
  };
}

function triedJustNow({ attemptStartedAt }: SimulatedRow, now: number): boolean {
  return attemptStartedAt !== null && attemptStartedAt > now - SHORTEST_RETRY_SECONDS * 1000;
}

function byExpiry(one: SimulatedRow, other: SimulatedRow): number {
  return (one.accessExpiresAt ?? Infinity) - (other.accessExpiresAt ?? Infinity) || 0;
}

function timesOf(
  { accessSeconds, refreshSeconds, dueSeconds }: StoredGrant,
  after: (seconds: number | null) => number | null,
): Pick<SimulatedRow, 'accessExpiresAt' | 'refreshExpiresAt' | 'dueAt'> {
  return { accessExpiresAt: after(accessSeconds), refreshExpiresAt: after(refreshSeconds), dueAt: after(dueSeconds) };
}

function claimedOf(row: SimulatedRow, claimer: string, now: number): ClaimedCredential {
  const { id, store, strategy, sealed, version, attempt, refusals, accessExpiresAt } = row;
  const { tenantId, storeId, appId, platform, account, apiRoot, scopesGranted, client } = store;
  const place = { id, tenantId, storeId, appId, platform, mode: 'test' as const, account, apiRoot, scopesGranted };
  const accessSeconds = accessExpiresAt === null ? null : (accessExpiresAt - now) / 1000;
  return { ...place, claimer, strategy, sealed, version, attempt, refusals, accessSeconds, client };
}
