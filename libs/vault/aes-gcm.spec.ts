import { createSecretKey, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { encrypt, IV_BYTES } from './aes-gcm.js';

const SEALS = 1_000_000;
const NOTHING = new Uint8Array(0);

/**
 * An IV that comes twice under one key gives both texts away. Ours are 96 bits from the operating system's generator, drawn
 * for each call: after 2^32 seals with one data key the chance that any two meet is below 2^-32 (NIST SP 800-38D, 8.3), and
 * a tenant that seals 100 a second all day gets there after a year and four months. Nobody counts them, because a count that
 * holds for all processes would cost a write per seal; a data key is to be changed once a year instead (docs/keys.md).
 */
describe('the IV', () => {
  it('case 103: repeats in none of a million seals with one key', { timeout: 120_000 }, () => {
    const key = createSecretKey(randomBytes(32));
    // Eight of the twelve bytes: were they to repeat by chance alone, once in 37 million runs.
    const seen = new BigUint64Array(SEALS);
    for (let count = 0; count < SEALS; count += 1) {
      const sealed = encrypt(key, NOTHING, NOTHING, NOTHING);
      seen[count] = Buffer.from(sealed.buffer).readBigUInt64LE(IV_BYTES - 8);
    }
    seen.sort();
    expect(seen.findIndex((iv, index) => index > 0 && iv === seen[index - 1])).toBe(-1);
  });

  it('case 103: is drawn anew for each call, also for the same text at the same place', () => {
    const key = createSecretKey(randomBytes(32));
    const [one, other] = [encrypt(key, NOTHING, NOTHING, NOTHING), encrypt(key, NOTHING, NOTHING, NOTHING)];
    expect(Buffer.from(one).equals(Buffer.from(other))).toBe(false);
  });
});
