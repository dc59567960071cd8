import { createHash, timingSafeEqual } from 'node:crypto';
import { GatewayError } from '#contract';
import { printableKeyId, reachingKeys, type KeyEncryption } from './key-encryption.js';

/** A known value wrapped by one key-encryption key, stored beside the data so that a start with wrong keys is noticed. */
export interface KeyCanary {
  readonly keyId: string;
  readonly canary: Uint8Array;
}

const KNOWN = createHash('sha256').update('shopspan.canary.v1').digest();
const BINDING = { purpose: 'canary' } as const;

/** Makes the canary of the current key. Store it when the database has none of that key yet. */
export async function sealCanary(keyEncryption: KeyEncryption): Promise<KeyCanary> {
  const { keyId, wrapped } = await reachingKeys(() => keyEncryption.wrap(KNOWN, BINDING));
  return { keyId, canary: wrapped };
}

/**
 * Refuses to go on with keys that do not fit the database. To be called at boot, before anything is sealed or opened,
 * with the canaries of all keys that data keys are still wrapped with.
 *
 * @throws GatewayError `vault_unavailable` with one sentence for the operator: which key is missing or damaged
 */
export async function verifyCanaries(keyEncryption: KeyEncryption, canaries: readonly KeyCanary[]): Promise<void> {
  const missing = canaries.filter(({ keyId }) => !keyEncryption.knows(keyId)).map(({ keyId }) => printableKeyId(keyId));
  if (missing.length > 0) {
    throw new GatewayError(
      'vault_unavailable',
      `The database was sealed with key ${missing.join(' and ')}, but the configured keys do not include it ` +
        `(the current one is ${keyEncryption.currentKeyId}). Put the old key back beside the current one and start ` +
        'again; without it nothing it sealed can be read.',
    );
  }
  for (const canary of canaries) {
    if (await opens(keyEncryption, canary)) continue;
    throw new GatewayError(
      'vault_unavailable',
      `The key ${printableKeyId(canary.keyId)} is configured but does not open what was sealed with it: ` +
        'the database was changed or damaged. Restore it from a backup.',
    );
  }
}

async function opens(keyEncryption: KeyEncryption, { keyId, canary }: KeyCanary): Promise<boolean> {
  try {
    const opened = await reachingKeys(() => keyEncryption.unwrap({ keyId, wrapped: canary }, BINDING));
    return opened.length === KNOWN.length && timingSafeEqual(opened, KNOWN);
  } catch (error) {
    if (GatewayError.is(error, 'credential_unreadable')) return false;
    throw error;
  }
}
