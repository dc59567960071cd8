import { decrypt, encrypt } from './aes-gcm.js';
import { authenticatedData } from './authenticated-data.js';
import { currentKey, deriveKey, type LocalKey } from './local-key.js';
import { textBytes } from './text-bytes.js';

/** Seals short texts that travel through other people's hands and come back: page cursors, the state of a connect flow. */
export interface Sealer {
  /**
   * Seals to base64url without padding: 29 bytes more than the text, then a third more for base64.
   *
   * @param aad what the token is tied to, such as a tenant and its filters; not contained in the token
   * @throws GatewayError `request_invalid` when the value is not well-formed Unicode
   */
  seal(value: string, aad: string): string;
  /** The value, or `undefined` for everything that was not sealed for this purpose and `aad`. Never throws. */
  open(token: string, aad: string): string | undefined;
}

const TOKEN_VERSION = 1;
const HEADER = Uint8Array.of(TOKEN_VERSION);

/**
 * Derives the sealer of one purpose. It seals with the first key and opens with any, so tokens survive a rotation as
 * long as the old key stays configured. A token says nothing about how old it is: put a time into the value.
 *
 * @param keys the key-encryption keys, the first one current
 * @param purpose tokens of one purpose never open as another's
 * @throws GatewayError `vault_unavailable` when there is no key
 */
export function deriveSealer(keys: readonly LocalKey[], purpose: string): Sealer {
  const sealing = deriveKey(currentKey(keys), 'shopspan.sealer.v1', purpose);
  const opening = keys.map((key) => deriveKey(key, 'shopspan.sealer.v1', purpose));
  const boundTo = (aad: string) => authenticatedData('shopspan.sealer.v1', TOKEN_VERSION, purpose, aad);
  return {
    seal: (value, aad) => Buffer.from(encrypt(sealing, HEADER, textBytes(value), boundTo(aad))).toString('base64url'),
    open(token, aad) {
      const sealed = Buffer.from(token, 'base64url');
      // Node skips what is not base64url: without this, a value would have endlessly many tokens.
      if (sealed.toString('base64url') !== token || sealed[0] !== TOKEN_VERSION) return undefined;
      for (const key of opening) {
        const value = decrypt(key, HEADER.length, sealed, boundTo(aad));
        if (value !== undefined) return value.toString('utf8');
      }
      return undefined;
    },
  };
}
