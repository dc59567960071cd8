import { createHash, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { Mode } from '#persistence';

const PREFIX = { live: 'ssk_live_', test: 'ssk_test_' } as const;
const KEY = /^ssk_(live|test)_([A-Za-z0-9_-]{43})([0-9a-f]{8})$/;

/** A new API key: shown once, kept only as its hash. */
export interface NewApiKey {
  readonly text: string;
  readonly hash: Buffer<ArrayBuffer>;
  readonly lastFour: string;
}

/** 256 random bits and a checksum, so that a scanner can tell a real key from a typo without asking anybody. */
export function generateApiKey(mode: Mode): NewApiKey {
  const random = randomBytes(32).toString('base64url');
  const body = `${PREFIX[mode]}${random}`;
  const text = `${body}${checksum(body)}`;
  return { text, hash: hashKey(text), lastFour: text.slice(-4) };
}

/** What a well-formed key says of itself; undefined for everything else, so that nonsense never costs a query. */
export function modeOfKey(text: string): Mode | undefined {
  const match = KEY.exec(text);
  if (match === null || checksum(text.slice(0, -8)) !== match[3]) return undefined;
  return match[1] === 'live' ? 'live' : 'test';
}

export function hashKey(text: string): Buffer<ArrayBuffer> {
  return Buffer.from(createHash('sha256').update(text).digest());
}

function checksum(text: string): string {
  return crc32(text).toString(16).padStart(8, '0');
}
