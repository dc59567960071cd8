import { createHash, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import { GatewayError } from '#contract';
import { authenticatedData } from './authenticated-data.js';

/** Bytes of every key in the vault: AES-256. */
export const KEY_BYTES = 32;

/**
 * 32 random bytes show about 30 different values, and 16 or fewer in less than one of 10^14 keys. Repeated words and
 * hexadecimal digits taken for bytes stay below that.
 */
const LEAST_DISTINCT_BYTES = 17;

/** The advice that ends every complaint about a key. */
export const HOW_TO_MAKE_A_KEY = 'Make one with: openssl rand -base64 32';

/**
 * A key-encryption key held by this process. The id is derived from the bytes, so that a wrong key shows up as an
 * unknown id instead of as data that does not open. The bytes sit in a `KeyObject`, which prints nothing.
 */
export interface LocalKey {
  /** `kek_` and 12 hex digits. */
  readonly id: string;
  readonly secret: KeyObject;
}

/**
 * Makes a key-encryption key of 32 random bytes.
 *
 * @param name what the error calls the key
 * @throws GatewayError `vault_unavailable` when the bytes are not 32, or so uniform that they cannot be random
 */
export function localKey(bytes: Uint8Array, name = 'The encryption key'): LocalKey {
  if (bytes.length !== KEY_BYTES) {
    throw new GatewayError(
      'vault_unavailable',
      `${name} must be ${KEY_BYTES} bytes long, not ${bytes.length}. ${HOW_TO_MAKE_A_KEY}`,
    );
  }
  if (new Set(bytes).size < LEAST_DISTINCT_BYTES) {
    throw new GatewayError('vault_unavailable', `${name} is not random. ${HOW_TO_MAKE_A_KEY}`);
  }
  const digest = createHash('sha256').update(authenticatedData('shopspan.key-id.v1', bytes)).digest('hex');
  return { id: `kek_${digest.slice(0, 12)}`, secret: createSecretKey(bytes) };
}

/** Checks a list of keys where the first one is current. @throws GatewayError `vault_unavailable` when it is empty */
export function currentKey(keys: readonly LocalKey[]): LocalKey {
  const [first] = keys;
  if (first === undefined) throw new GatewayError('vault_unavailable', 'No encryption key is configured.');
  return first;
}

/** A key of its own for every use (HKDF-SHA-256, RFC 5869), so that no two uses ever share one. */
export function deriveKey({ secret }: LocalKey, label: string, ...parts: readonly string[]): KeyObject {
  return createSecretKey(
    new Uint8Array(hkdfSync('sha256', secret, new Uint8Array(0), authenticatedData(label, ...parts), KEY_BYTES)),
  );
}

/** A secret of its own for every use, one of each key, the current one's first: for what signs and checks by itself. */
export function deriveSecrets(keys: readonly LocalKey[], purpose: string): readonly string[] {
  return keys.map((key) => deriveKey(key, 'shopspan.secret.v1', purpose).export().toString('base64url'));
}
