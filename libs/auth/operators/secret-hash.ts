import { createHash } from 'node:crypto';

/** What is kept of a secret of 256 random bits, and found by. */
export function secretHash(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(createHash('sha256').update(text).digest());
}
