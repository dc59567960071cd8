import type { StoredGrant } from '#persistence';
import type { ClaimedCredential, CredentialOwner } from '../persistence/credential-repository.js';
import type { CredentialWorld, StoredCredential } from './credential-world.js';

export const bytes = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text));
export const grantOf = (version: number, change: Partial<StoredGrant> = {}): StoredGrant => ({
  strategy: 's',
  sealed: bytes(`pair ${version}`),
  version,
  accessSeconds: 3600,
  refreshSeconds: 7_776_000,
  dueSeconds: 1800,
  ...change,
});
export const DUE = { dueSeconds: -1 };
export const FAILURE = { code: 'platform_unavailable', message: 'It is down.' };
export const HELD = { late: false };
export const LATE = { late: true };

/** What the suite of repositories does in a world, in its own words. */
export function credentialActs(world: () => CredentialWorld) {
  let claims = 0;
  const due = (worker = 0, limit = 100, exceptPlatforms: readonly string[] = [], leaseSeconds = 30) =>
    (world().workers[worker] ?? world().workers[0]).claimDue({
      claimer: `worker-${worker}/${String((claims += 1))}`,
      limit,
      leaseSeconds,
      exceptPlatforms,
    });
  const claim = (owner: CredentialOwner, seenVersion = 1, leaseSeconds = 30) =>
    world().credentials.claim(owner, { claimer: `reader/${String((claims += 1))}`, seenVersion, leaseSeconds });
  const held = async (owner: CredentialOwner, seenVersion = 1): Promise<ClaimedCredential> => {
    const claimed = await claim(owner, seenVersion);
    if (claimed === undefined) throw new Error('the claim was refused');
    return claimed;
  };
  const save = (claimed: ClaimedCredential, text: string, options = HELD) =>
    world().credentials.save(claimed, grantOf(claimed.version + 1, { sealed: bytes(text) }), options);
  const postpone = (claimed: ClaimedCredential, retrySeconds: number, isOrdered = false) =>
    world().credentials.postpone(claimed, FAILURE, { retrySeconds, isOrdered });
  const refuse = (claimed: ClaimedCredential) => world().credentials.refuse(claimed, FAILURE, 2);
  const look = async (owner: CredentialOwner): Promise<StoredCredential> => {
    const stored = await world().look(owner);
    if (stored === undefined) throw new Error('nothing is stored');
    return stored;
  };
  const idsOf = (some: readonly CredentialOwner[]) => some.map(({ storeId }) => storeId).sort();

  return { world, due, claim, held, save, postpone, refuse, look, idsOf };
}

export type CredentialActs = ReturnType<typeof credentialActs>;
