import { createCipheriv, createDecipheriv, randomBytes, type KeyObject } from 'node:crypto';

export const IV_BYTES = 12;
export const TAG_BYTES = 16;

const ALGORITHM = 'aes-256-gcm';

/**
 * Encrypts to `header | IV | ciphertext | tag`. The IV is drawn anew for every call and kept nowhere: with one key at
 * most 2^32 calls may be made before two IVs are likely to meet (NIST SP 800-38D, section 8.3).
 *
 * @param header stays readable; put it into `associated` as well, nothing else protects it
 */
export function encrypt(
  key: KeyObject,
  header: Uint8Array,
  plaintext: Uint8Array,
  associated: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(associated);
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  // Copied out of Node's buffer pool: a pooled view would carry its neighbours' bytes along in `.buffer`.
  return new Uint8Array(Buffer.concat([header, iv, ciphertext, cipher.getAuthTag()]));
}

/**
 * Opens what {@link encrypt} made, or answers `undefined` when the bytes are too short or do not prove themselves.
 * Never throws on any input. A tag is always the last 16 bytes; a shorter one cannot be expressed.
 */
export function decrypt(
  key: KeyObject,
  headerBytes: number,
  sealed: Uint8Array,
  associated: Uint8Array,
): Buffer | undefined {
  const ivEnd = headerBytes + IV_BYTES;
  const tagStart = sealed.length - TAG_BYTES;
  if (tagStart < ivEnd) return undefined;
  const decipher = createDecipheriv(ALGORITHM, key, sealed.subarray(headerBytes, ivEnd), { authTagLength: TAG_BYTES });
  decipher.setAAD(associated);
  decipher.setAuthTag(sealed.subarray(tagStart));
  const plaintext = decipher.update(sealed.subarray(ivEnd, tagStart));
  try {
    decipher.final();
  } catch {
    // Node reports a wrong tag only by throwing here; there is no other reason to throw.
    return undefined;
  }
  return plaintext;
}
