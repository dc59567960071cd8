import { GatewayError } from '#contract';
import type { CredentialOwner } from '#persistence';
import type { LifecycleContext } from './context.js';
import { LEASE_SECONDS } from './policy.js';
import { renewClaimed } from './renew-credential.js';

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

export function createRenewNow(context: LifecycleContext): RenewNow {
  const running = new Map<string, Promise<void>>();
  let claims = 0;
  return async (tenantId, storeId, seenVersion, signal) => {
    // Tenant and store: ids alone could meet across tenants.
    const key = `${tenantId}/${storeId}/${seenVersion}`;
    signal.throwIfAborted();
    const work =
      running.get(key) ??
      renew(context, { tenantId, storeId }, seenVersion, `${context.processName}/now-${String((claims += 1))}`).finally(
        () => running.delete(key),
      );
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
  context: LifecycleContext,
  owner: CredentialOwner,
  seenVersion: number,
  claimer: string,
): Promise<void> {
  const { credentials, elapsed } = context;
  const until = elapsed() + LONGEST_WAIT_MS;
  while (elapsed() < until) {
    const askedAt = elapsed();
    const claimed = await credentials.claim(owner, { claimer, seenVersion, leaseSeconds: LEASE_SECONDS });
    if (claimed !== undefined) await renewClaimed(context, claimed, askedAt);
    const row = await credentials.find(owner);
    if (row === undefined || row.state === 'refused') throw mustReconnect();
    if (row.version > seenVersion) return;
    // A pair that was refused once is asked for once more in a moment: that answer is worth waiting for.
    if (row.refusals === 0 && (row.backingOff || claimed !== undefined)) {
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
