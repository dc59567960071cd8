import { randomUUID } from 'node:crypto';
import { GatewayError } from '#contract';
import { claimCredential, findCredential } from '#persistence';
import type { ConnectionsContext } from './context.js';
import { LEASE_SECONDS, renewClaimed } from './renew-credential.js';

const LONGEST_WAIT_MS = 15_000;
const POLL_MS = 150;

/** Renews on demand: whoever needs a fresh credential waits for one renewal, however many ask at once. */
export interface RenewNow {
  /**
   * Resolves when the stored credential is newer than `seenVersion`.
   * @throws GatewayError `credential_revoked` when the merchant must connect again; `platform_unavailable` or
   * `credential_expired` when the platform does not renew it just now
   */
  (tenantId: string, storeId: string, seenVersion: number, signal: AbortSignal): Promise<void>;
}

export function createRenewNow(context: ConnectionsContext): RenewNow {
  const running = new Map<string, Promise<void>>();
  return async (tenantId, storeId, seenVersion, signal) => {
    // Tenant and store: ids alone could meet across tenants.
    const key = `${tenantId}/${storeId}/${seenVersion}`;
    signal.throwIfAborted();
    const work = running.get(key) ?? renew(context, tenantId, storeId, seenVersion).finally(() => running.delete(key));
    running.set(key, work);
    await unlessAborted(work, signal);
  };
}

// A caller who leaves does not end the work: others wait for it too, and a pair that is on its way must be saved.
const NEVER = new AbortController().signal;

async function unlessAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  let leave: () => void = () => undefined;
  const left = new Promise<never>((_, reject) => {
    leave = () => reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
    signal.addEventListener('abort', leave, { once: true });
  });
  try {
    await Promise.race([work, left]);
  } finally {
    signal.removeEventListener('abort', leave);
  }
}

async function renew(
  context: ConnectionsContext,
  tenantId: string,
  storeId: string,
  seenVersion: number,
): Promise<void> {
  const until = context.elapsed() + LONGEST_WAIT_MS;
  // Nobody else has it, this process at another time included: only who holds the lease may save.
  const claimer = `${context.processName}/${randomUUID()}`;
  while (context.elapsed() < until) {
    const claim = { claimer, seenVersion, leaseSeconds: LEASE_SECONDS };
    const claimed = await context.database.withTenant(tenantId, (tx) => claimCredential(tx, storeId, claim));
    if (claimed) await renewClaimed(context, { tenantId, storeId, claimer });
    const row = await context.database.withTenant(tenantId, (tx) => findCredential(tx, storeId));
    if (row === undefined || row.state === 'refused') throw mustReconnect();
    if (row.version > seenVersion) return;
    if (row.backingOff || claimed) {
      throw new GatewayError(
        'platform_unavailable',
        'The platform does not renew the access token just now; it is being tried again.',
      );
    }
    await context.sleep(POLL_MS, NEVER);
  }
  throw new GatewayError('credential_expired', 'The access token is being renewed; try again in a moment.');
}

export function mustReconnect(): GatewayError<'credential_revoked'> {
  return new GatewayError(
    'credential_revoked',
    'The platform ended the grant of this store; the merchant must connect it again.',
  );
}
