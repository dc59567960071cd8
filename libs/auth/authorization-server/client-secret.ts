import { createHash, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { equalBytesInConstantTime } from '#kit';

/** A client's new secret: shown once, kept only as its hash. */
export interface NewClientSecret {
  readonly text: string;
  readonly hash: Uint8Array<ArrayBuffer>;
}

/** 256 random bits, with a prefix and a checksum by which a scanner knows a real one without asking anybody. */
export function generateClientSecret(): NewClientSecret {
  const body = `scs_${randomBytes(32).toString('base64url')}`;
  const text = `${body}${crc32(body).toString(16).padStart(8, '0')}`;
  return { text, hash: hashSecret(text) };
}

export function hashSecret(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(text).digest());
}

/** Whether it is one of the secrets; looks at all of them, in the same time whichever fits. */
export function isOneOf(hashes: readonly Uint8Array[], presented: string): boolean {
  const hash = hashSecret(presented);
  return hashes.map((known) => equalBytesInConstantTime(hash, known)).includes(true);
}
