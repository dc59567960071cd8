import { createSecretKey, randomBytes } from 'node:crypto';
import { DATA_KEY_ID_BYTES, dataKeyIdFrom, type DataKey } from './blob.js';
import { reachingKeys, type KeyEncryption, type WrappedKey, type WrappingContext } from './key-encryption.js';
import { KEY_BYTES } from './local-key.js';
import { unreadable } from './unreadable.js';

/** A tenant's data key as it lies in the database: wrapped, and bound to its tenant and id. */
export interface StoredDataKey {
  /** `dek_` and 24 hex digits. */
  readonly id: string;
  /** 1, 2, 3 … within the tenant. The highest seals; all of them open. */
  readonly generation: number;
  readonly wrapped: WrappedKey;
}

/** Where data keys are kept. Destroying a tenant's rows makes everything sealed for it unreadable, backups included. */
export interface DataKeyStore {
  list(tenantId: string): Promise<readonly StoredDataKey[]>;
  /**
   * Keeps a key unless the tenant has one of that generation already. When two processes add at once, both get back
   * the key that was kept.
   */
  add(tenantId: string, key: StoredDataKey): Promise<StoredDataKey>;
}

/** The key that seals, or `undefined` when the tenant has none. */
export function newestOf(keys: readonly StoredDataKey[]): StoredDataKey | undefined {
  return keys.reduce<StoredDataKey | undefined>(
    (newest, key) => (newest === undefined || key.generation > newest.generation ? key : newest),
    undefined,
  );
}

/** Draws a data key and wraps it for its tenant. The bare key does not outlive the call. */
export async function newDataKey(
  keyEncryption: KeyEncryption,
  tenantId: string,
  generation: number,
): Promise<StoredDataKey> {
  const id = dataKeyIdFrom(randomBytes(DATA_KEY_ID_BYTES));
  return { id, generation, wrapped: await wrapAndWipe(keyEncryption, randomBytes(KEY_BYTES), bindingOf(tenantId, id)) };
}

/** @throws GatewayError `credential_unreadable` for a damaged or transplanted row, `vault_unavailable` without its key */
export async function unwrapDataKey(
  keyEncryption: KeyEncryption,
  tenantId: string,
  { id, wrapped }: StoredDataKey,
): Promise<DataKey> {
  const bytes = await reachingKeys(() => keyEncryption.unwrap(wrapped, bindingOf(tenantId, id)));
  try {
    if (bytes.length !== KEY_BYTES) throw unreadable();
    return { id, key: createSecretKey(bytes) };
  } finally {
    bytes.fill(0);
  }
}

/**
 * Wraps a data key with the current key-encryption key, for rotation: the data key itself and every blob stay as they
 * are. Answers `undefined` when there is nothing to do, so that an interrupted run is simply started again. Save the
 * result only over the row it was made from.
 *
 * @throws GatewayError as {@link unwrapDataKey}
 */
export async function rewrapDataKey(
  keyEncryption: KeyEncryption,
  tenantId: string,
  stored: StoredDataKey,
): Promise<StoredDataKey | undefined> {
  if (stored.wrapped.keyId === keyEncryption.currentKeyId) return undefined;
  const binding = bindingOf(tenantId, stored.id);
  const bytes = await reachingKeys(() => keyEncryption.unwrap(stored.wrapped, binding));
  return { ...stored, wrapped: await wrapAndWipe(keyEncryption, bytes, binding) };
}

async function wrapAndWipe(
  keyEncryption: KeyEncryption,
  bytes: Uint8Array,
  binding: WrappingContext,
): Promise<WrappedKey> {
  try {
    return await reachingKeys(() => keyEncryption.wrap(bytes, binding));
  } finally {
    bytes.fill(0);
  }
}

function bindingOf(tenantId: string, dataKeyId: string): WrappingContext {
  return { purpose: 'data-key', tenantId, dataKeyId };
}
