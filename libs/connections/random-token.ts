import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits, safe in an address. */
export function randomToken(): string {
  return randomBytes(32).toString('base64url');
}

/** Whether a part of an address can be one of those that say whose it is; nothing else is looked for. */
export function isHandle(text: string): boolean {
  return /^[A-Za-z0-9_-]{16,64}$/.test(text);
}

/** What is kept of a token: enough to find it again, useless to whoever reads the database. */
export function hashToken(token: string): Buffer<ArrayBuffer> {
  return Buffer.from(createHash('sha256').update(token).digest());
}
