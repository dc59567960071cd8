import { join } from 'node:path';
import type { Settings } from '#config';
import { addCanary, type Database, listCanaries } from '#persistence';
import {
  keysFromFile,
  keysFromText,
  localKeyEncryption,
  type KeyEncryption,
  type LocalKey,
  sealCanary,
  verifyCanaries,
} from '#vault';

/** Reads the key-encryption keys from where the settings say; outside production a missing key file is made. */
export async function loadKeys(settings: Settings): Promise<readonly LocalKey[]> {
  if (settings.SHOPSPAN_KEYS !== undefined) return keysFromText(settings.SHOPSPAN_KEYS);
  const path = settings.SHOPSPAN_KEY_FILE ?? join(settings.SHOPSPAN_STATE_DIR, 'keys.json');
  return await keysFromFile(path, { createIfMissing: settings.NODE_ENV !== 'production' });
}

/**
 * Refuses to start with keys that are not those the database was sealed with.
 * @throws GatewayError `vault_unavailable` naming the key that is missing
 */
export async function checkKeys(database: Database, keys: readonly LocalKey[]): Promise<KeyEncryption> {
  const keyEncryption = localKeyEncryption(keys);
  const canaries = await listCanaries(database);
  await verifyCanaries(
    keyEncryption,
    canaries.map(({ kekId, canary }) => ({ keyId: kekId, canary })),
  );
  if (!canaries.some(({ kekId }) => kekId === keyEncryption.currentKeyId)) {
    const { keyId, canary } = await sealCanary(keyEncryption);
    await addCanary(database, { kekId: keyId, canary: new Uint8Array(canary) });
  }
  return keyEncryption;
}
