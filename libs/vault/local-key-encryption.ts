import type { KeyObject } from 'node:crypto';
import { GatewayError } from '#contract';
import { decrypt, encrypt } from './aes-gcm.js';
import { authenticatedData } from './authenticated-data.js';
import { printableKeyId, type KeyEncryption, type WrappedKey, type WrappingContext } from './key-encryption.js';
import { currentKey, deriveKey, type LocalKey } from './local-key.js';
import { unreadable } from './unreadable.js';

const WRAPPING_VERSION = 1;
const HEADER = Uint8Array.of(WRAPPING_VERSION);

/**
 * Key encryption with keys this process holds. All keys unwrap, the current one wraps; rotating means putting a new key
 * in front of the old one and taking the old one away when nothing is wrapped with it any more.
 *
 * @param current id of the key that wraps; the first one unless said otherwise
 * @throws GatewayError `vault_unavailable` when there is no key or `current` is none of them
 */
export function localKeyEncryption(keys: readonly LocalKey[], current: string = currentKey(keys).id): KeyEncryption {
  const wrapping = new Map(keys.map((key) => [key.id, deriveKey(key, 'shopspan.wrap.v1')]));

  function keyOf(keyId: string) {
    const key = wrapping.get(keyId);
    if (key !== undefined) return key;
    throw new GatewayError('vault_unavailable', `The encryption key ${printableKeyId(keyId)} is not configured.`);
  }

  const wrappingKey = keyOf(current);
  return {
    currentKeyId: current,
    knows: (keyId) => wrapping.has(keyId),
    wrap(dataKey, context) {
      const wrapped = encrypt(wrappingKey, HEADER, dataKey, boundTo(current, context));
      return Promise.resolve({ keyId: current, wrapped });
    },
    // Thrown inside a promise: the interface is for remote services too, and its callers only expect rejections.
    unwrap: (wrapped, context) =>
      new Promise((resolve) => {
        resolve(unwrapWith(keyOf(wrapped.keyId), wrapped, context));
      }),
  };
}

function unwrapWith(key: KeyObject, { keyId, wrapped }: WrappedKey, context: WrappingContext): Uint8Array {
  const opened = decrypt(key, HEADER.length, wrapped, boundTo(keyId, context));
  if (wrapped[0] !== WRAPPING_VERSION || opened === undefined) throw unreadable();
  return opened;
}

function boundTo(keyId: string, context: WrappingContext): Uint8Array {
  return authenticatedData('shopspan.wrap.v1', WRAPPING_VERSION, keyId, context.purpose, ...placeOf(context));
}

function placeOf(context: WrappingContext): readonly string[] {
  switch (context.purpose) {
    case 'data-key':
      return [context.tenantId, context.dataKeyId];
    case 'signing-key':
      return [context.keyId];
    case 'canary':
      return [];
  }
}
