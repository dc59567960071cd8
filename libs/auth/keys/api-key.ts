import { hashToken, randomToken } from '#kit';
import type { Mode } from '#persistence';
import { hasChecksum, withChecksum } from '../checksum.js';

const PREFIX = { live: 'ssk_live_', test: 'ssk_test_' } as const;
const KEY = /^ssk_(live|test)_[A-Za-z0-9_-]{43}[0-9a-f]{8}$/;

/** A new API key: shown once, kept only as its hash. */
export interface NewApiKey {
  readonly text: string;
  readonly hash: Buffer<ArrayBuffer>;
  readonly lastFour: string;
}

/** 256 random bits and a checksum. */
export function generateApiKey(mode: Mode): NewApiKey {
  const text = withChecksum(`${PREFIX[mode]}${randomToken()}`);
  return { text, hash: hashToken(text), lastFour: text.slice(-4) };
}

/** What a well-formed key says of itself; undefined for everything else, so that nonsense never costs a query. */
export function modeOfKey(text: string): Mode | undefined {
  const match = KEY.exec(text);
  if (match === null || !hasChecksum(text)) return undefined;
  return match[1] === 'live' ? 'live' : 'test';
}
