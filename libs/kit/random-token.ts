import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits, safe in an address. */
export function randomToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is kept of a token: enough to find it again, useless to whoever reads the database. */
export function hashToken(token: string): Buffer<ArrayBuffer> {
  return Buffer.from(createHash('sha256').update(token).digest());
}
