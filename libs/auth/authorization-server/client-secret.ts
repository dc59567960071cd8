import { equalBytesInConstantTime, hashToken, randomToken } from '#kit';
import { withChecksum } from '../checksum.js';

/** A client's new secret: shown once, kept only as its hash. */
export interface NewClientSecret {
  readonly text: string;
  readonly hash: Uint8Array<ArrayBuffer>;
}

/** 256 random bits and a checksum. */
export function generateClientSecret(): NewClientSecret {
  const text = withChecksum(`scs_${randomToken()}`);
  return { text, hash: hashToken(text) };
}

/** Whether it is one of the secrets; looks at all of them, in the same time whichever fits. */
export function isOneOf(hashes: readonly Uint8Array[], presented: string): boolean {
  const hash = hashToken(presented);
  return hashes.map((known) => equalBytesInConstantTime(hash, known)).includes(true);
}
