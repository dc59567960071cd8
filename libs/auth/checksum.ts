import { crc32 } from 'node:zlib';

const LENGTH = 8;

/** A secret with a checksum at its end, so that a scanner can tell a real one from a typo without asking anybody. */
export function withChecksum(secret: string): string {
  return `${secret}${checksum(secret)}`;
}

export function hasChecksum(text: string): boolean {
  return checksum(text.slice(0, -LENGTH)) === text.slice(-LENGTH);
}

function checksum(text: string): string {
  return crc32(text).toString(16).padStart(LENGTH, '0');
}
