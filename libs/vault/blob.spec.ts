import { createSecretKey, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { GatewayError } from '#contract';
import { DATA_KEY_ID_BYTES, dataKeyIdFrom, dataKeyIdOf, openBlob, sealBlob, type SealContext } from './blob.js';

const TEXT = 'shpat_0123456789abcdef';
const HERE: SealContext = { tenantId: 'ten_1', subject: 'sto_1', field: 'refresh_token', version: 7 };

const newKey = () => ({ id: dataKeyIdFrom(randomBytes(DATA_KEY_ID_BYTES)), key: createSecretKey(randomBytes(32)) });
const key = newKey();
const blob = sealBlob(HERE, key, TEXT);

/** What opening reports; a text that came out although it must not would be the result itself. */
function outcome(context: SealContext, bytes: Uint8Array, dataKey = key): string {
  try {
    return `opened: ${openBlob(context, dataKey, bytes)}`;
  } catch (error) {
    return GatewayError.is(error) ? `${error.code}: ${error.message}` : `another error: ${String(error)}`;
  }
}

const REFUSED =
  'credential_unreadable: A sealed value does not open: it was changed or moved from its place, or its key is gone.';

describe('a blob that is as it was', () => {
  it.each(['', 'a', TEXT, 'é中🦀\0\r\n', 'x'.repeat(100_000)])('opens', (text) => {
    expect(openBlob(HERE, key, sealBlob(HERE, key, text))).toBe(text);
  });

  it('is 41 bytes longer than its text and names its data key', () => {
    expect(blob).toHaveLength(TEXT.length + 41);
    expect(blob[0]).toBe(1);
    expect(dataKeyIdOf(blob)).toBe(key.id);
  });

  it('opens from a view into a larger buffer', () => {
    const framed = Buffer.concat([randomBytes(5), blob, randomBytes(5)]);
    expect(openBlob(HERE, key, framed.subarray(5, 5 + blob.length))).toBe(TEXT);
  });

  it('lies in memory of its own, not in the pool that holds other people’s plaintext', () => {
    expect(blob.buffer.byteLength).toBe(blob.length);
    expect(Buffer.isBuffer(blob)).toBe(false);
  });

  it('is different every time', () => {
    expect(Buffer.from(sealBlob(HERE, key, TEXT)).equals(blob)).toBe(false);
  });
});

describe('a blob that was changed', () => {
  it('case 100: does not open with any single bit flipped', () => {
    for (let bit = 0; bit < blob.length * 8; bit += 1) {
      const changed = Uint8Array.from(blob, (byte, index) => (index === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
      expect(outcome(HERE, changed), `bit ${bit}`).toBe(REFUSED);
    }
  });

  it('case 100: does not open cut at any length, from either end', () => {
    for (let length = 0; length < blob.length; length += 1) {
      expect(outcome(HERE, blob.subarray(0, length)), `first ${length}`).toBe(REFUSED);
      expect(outcome(HERE, blob.subarray(blob.length - length)), `last ${length}`).toBe(REFUSED);
    }
  });

  it('does not open with bytes appended, put in front or put in between', () => {
    for (const at of [0, 1, 13, 25, blob.length - 16, blob.length]) {
      const changed = Buffer.concat([blob.subarray(0, at), Uint8Array.of(0), blob.subarray(at)]);
      expect(outcome(HERE, changed), `at ${at}`).toBe(REFUSED);
    }
  });

  it('names no data key when it is too short to hold one', () => {
    for (let length = 0; length < 13; length += 1)
      expect(() => dataKeyIdOf(blob.subarray(0, length))).toThrow(GatewayError);
  });

  it.each([4, 8, 12, 13, 14, 15])('case 100: does not open with its tag cut to %i bytes', (tagBytes) => {
    expect(outcome(HERE, blob.subarray(0, blob.length - 16 + tagBytes))).toBe(REFUSED);
  });

  it('does not open with a text so short that header, IV and tag would overlap', () => {
    const empty = sealBlob(HERE, key, '');
    for (let length = 0; length < empty.length; length += 1) {
      expect(outcome(HERE, empty.subarray(0, length)), `first ${length}`).toBe(REFUSED);
    }
  });

  it.each([0, 2, 255])('does not open as format version %i', (version) => {
    expect(outcome(HERE, Uint8Array.of(version, ...blob.subarray(1)))).toBe(REFUSED);
    expect(() => dataKeyIdOf(Uint8Array.of(version, ...blob.subarray(1)))).toThrow(GatewayError);
  });

  it('does not open out of random bytes of any length', () => {
    for (let length = 0; length < 200; length += 1) expect(outcome(HERE, randomBytes(length))).toBe(REFUSED);
  });

  it('does not open with pieces of two blobs of the same place', () => {
    const other = sealBlob(HERE, key, TEXT);
    for (const at of [14, 25, blob.length - 16]) {
      expect(outcome(HERE, Buffer.concat([blob.subarray(0, at), other.subarray(at)])), `at ${at}`).toBe(REFUSED);
    }
  });
});

describe('a blob in another place', () => {
  it.each<[string, Partial<SealContext>]>([
    ['another tenant', { tenantId: 'ten_2' }],
    ['a tenant whose id starts the same', { tenantId: 'ten_11' }],
    ['a tenant whose id differs in case', { tenantId: 'TEN_1' }],
    ['a tenant with a space after it', { tenantId: 'ten_1 ' }],
    ['another store', { subject: 'sto_2' }],
    ['another field', { field: 'access_token' }],
    ['an older version', { version: 6 }],
    ['a newer version', { version: 8 }],
    ['version 0', { version: 0 }],
    ['tenant and store exchanged', { tenantId: 'sto_1', subject: 'ten_1' }],
    ['store and field exchanged', { subject: 'refresh_token', field: 'sto_1' }],
    ['the boundary of tenant and store shifted', { tenantId: 'ten_1s', subject: 'to_1' }],
    ['the boundary of store and field shifted', { subject: 'sto_1refresh', field: '_token' }],
    ['the version run into the field', { field: 'refresh_token7', version: 0 }],
  ])('case 99: does not open for %s', (_, change) => {
    expect(outcome({ ...HERE, ...change }, blob)).toBe(REFUSED);
  });

  it('does not confuse ids that UTF-8 would write alike', () => {
    const sealed = sealBlob({ ...HERE, tenantId: 't\ud800' }, key, TEXT);
    expect(outcome({ ...HERE, tenantId: 't\ud801' }, sealed)).toBe(REFUSED);
    expect(outcome({ ...HERE, tenantId: 't\ufffd' }, sealed)).toBe(REFUSED);
  });

  it('does not open with another data key', () => {
    expect(outcome(HERE, blob, newKey())).toBe(REFUSED);
    expect(outcome(HERE, blob, { ...newKey(), id: key.id })).toBe(REFUSED);
  });

  it('does not open with the right key under another id: the id is bound too', () => {
    const renamed = { ...key, id: newKey().id };
    const relabelled = Buffer.concat([blob.subarray(0, 1), Buffer.from(renamed.id.slice(4), 'hex'), blob.subarray(13)]);
    expect(outcome(HERE, relabelled, renamed)).toBe(REFUSED);
  });
});

describe('what cannot be sealed', () => {
  it.each<[string, Partial<SealContext>]>([
    ['no tenant', { tenantId: '' }],
    ['no subject', { subject: '' }],
    ['no field', { field: '' }],
    ['a negative version', { version: -1 }],
    ['a fraction of a version', { version: 1.5 }],
    ['NaN', { version: Number.NaN }],
    ['infinity', { version: Number.POSITIVE_INFINITY }],
    ['a version beyond exact integers', { version: 2 ** 53 }],
  ])('is refused: %s', (_, change) => {
    expect(() => sealBlob({ ...HERE, ...change }, key, TEXT)).toThrow(/needs a tenant, a subject, a field/);
    expect(() => openBlob({ ...HERE, ...change }, key, blob)).toThrow(/needs a tenant, a subject, a field/);
  });

  it.each(['\ud800', 'a\udc00b', '\udc00\ud800'])(
    'is refused: half a surrogate pair, which UTF-8 would replace',
    (text) => {
      expect(() => sealBlob(HERE, key, text)).toThrow(/not well-formed Unicode/);
    },
  );

  it.each(['', 'dek_', 'dek_00', `dek_${'0'.repeat(23)}g`, `dek_${'A'.repeat(24)}`, `${key.id}0`])(
    'is refused: data key id %j',
    (id) => {
      expect(() => sealBlob(HERE, { ...key, id }, TEXT)).toThrow(/id of a data key is damaged/);
    },
  );
});
