import { randomBytes } from 'node:crypto';
import type { SigningMoment } from '#contract';
import type { ConnectionsContext } from './context.js';

/** Time and randomness of one signature. */
export function signingMoment({ now }: Pick<ConnectionsContext, 'now'>): SigningMoment {
  return { timestamp: Math.floor(now().getTime() / 1000), nonce: randomBytes(16).toString('hex') };
}
