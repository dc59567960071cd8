import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { localKey } from './local-key.js';
import { localKeyEncryption } from './local-key-encryption.js';

const HERE = { purpose: 'data-key', tenantId: 'ten_1', dataKeyId: 'dek_1' } as const;
const newKey = () => localKey(randomBytes(32));

describe('localKey', () => {
  it('derives the id from the bytes', () => {
    const bytes = randomBytes(32);
    expect(localKey(bytes).id).toBe(localKey(Uint8Array.from(bytes)).id);
    expect(localKey(bytes).id).toMatch(/^kek_[0-9a-f]{12}$/);
    expect(newKey().id).not.toBe(localKey(bytes).id);
  });

  it.each([0, 16, 31, 33, 64])('refuses %i bytes', (length) => {
    expect(() => localKey(randomBytes(length))).toThrow(`must be 32 bytes long, not ${length}`);
  });

  it.each([
    ['zeros', Buffer.alloc(32)],
    ['one byte repeated', Buffer.alloc(32, 7)],
    ['a word repeated', Buffer.alloc(32, 'changeme')],
    ['hexadecimal digits taken for bytes', Buffer.from('0123456789abcdef'.repeat(2))],
  ])('refuses %s: not random', (_, bytes) => {
    expect(() => localKey(bytes)).toThrow('not random');
  });

  it('prints nothing of the key', () => {
    const bytes = randomBytes(32);
    const key = localKey(bytes);
    const printed = inspect([key, localKeyEncryption([key])], { depth: 9, showHidden: true }) + JSON.stringify(key);
    for (const form of ['hex', 'base64'] as const) expect(printed).not.toContain(bytes.toString(form).slice(0, 12));
  });
});

describe('localKeyEncryption', () => {
  it('unwraps what it wrapped, with the current key or one before it', async () => {
    const [old, current] = [newKey(), newKey()];
    const dataKey = randomBytes(32);
    const before = await localKeyEncryption([old]).wrap(dataKey, HERE);
    const rotated = localKeyEncryption([current, old]);
    const after = await rotated.wrap(dataKey, HERE);
    expect([before.keyId, after.keyId]).toEqual([old.id, current.id]);
    expect(Buffer.from(await rotated.unwrap(before, HERE)).equals(dataKey)).toBe(true);
    expect(Buffer.from(await rotated.unwrap(after, HERE)).equals(dataKey)).toBe(true);
  });

  it('wraps with the key said to be current, wherever it stands in the list', async () => {
    const [first, second] = [newKey(), newKey()];
    const encryption = localKeyEncryption([first, second], second.id);
    expect(encryption.currentKeyId).toBe(second.id);
    expect((await encryption.wrap(randomBytes(32), HERE)).keyId).toBe(second.id);
  });

  it('knows its keys and no others', () => {
    const key = newKey();
    expect(localKeyEncryption([key]).knows(key.id)).toBe(true);
    expect(localKeyEncryption([key]).knows(newKey().id)).toBe(false);
    expect(localKeyEncryption([key]).knows('__proto__')).toBe(false);
  });

  it('refuses to exist without a key or with a current key it does not have', () => {
    expect(() => localKeyEncryption([])).toThrow('No encryption key is configured');
    expect(() => localKeyEncryption([newKey()], 'kek_000000000000')).toThrow('kek_000000000000 is not configured');
  });

  it('sees a wrong key as an unknown one and says which', async () => {
    const old = newKey();
    const wrapped = await localKeyEncryption([old]).wrap(randomBytes(32), HERE);
    await expect(localKeyEncryption([newKey()]).unwrap(wrapped, HERE)).rejects.toMatchObject({
      code: 'vault_unavailable',
      message: `The encryption key ${old.id} is not configured.`,
    });
  });

  it('writes no endless id of a damaged row into its message', async () => {
    const wrapped = { keyId: 'k'.repeat(100_000), wrapped: randomBytes(61) };
    const error: unknown = await localKeyEncryption([newKey()]).unwrap(wrapped, HERE).catch(String);
    expect(String(error).length).toBeLessThan(300);
  });

  it('writes no line breaks of a damaged row into its message', async () => {
    const wrapped = { keyId: 'kek_\r\n{"level":"error"}', wrapped: randomBytes(61) };
    const error: unknown = await localKeyEncryption([newKey()])
      .unwrap(wrapped, HERE)
      .catch((caught: unknown) => caught);
    expect(error).toMatchObject({ message: 'The encryption key kek_????level?:?error?? is not configured.' });
  });

  it.each([
    ['another tenant', { ...HERE, tenantId: 'ten_2' }],
    ['another data key id', { ...HERE, dataKeyId: 'dek_2' }],
    ['a shifted boundary', { ...HERE, tenantId: 'ten_1d', dataKeyId: 'ek_1' }],
    ['tenant and id exchanged', { ...HERE, tenantId: 'dek_1', dataKeyId: 'ten_1' }],
    ['the purpose of a canary', { purpose: 'canary' }],
  ] as const)('does not unwrap for %s', async (_, context) => {
    const encryption = localKeyEncryption([newKey()]);
    const wrapped = await encryption.wrap(randomBytes(32), HERE);
    await expect(encryption.unwrap(wrapped, context)).rejects.toMatchObject({ code: 'credential_unreadable' });
  });

  it('does not unwrap under the id of another configured key', async () => {
    const [one, other] = [newKey(), newKey()];
    const encryption = localKeyEncryption([one, other]);
    const { wrapped } = await encryption.wrap(randomBytes(32), HERE);
    await expect(encryption.unwrap({ keyId: other.id, wrapped }, HERE)).rejects.toMatchObject({
      code: 'credential_unreadable',
    });
  });

  it('does not unwrap with any bit flipped or at any other length', async () => {
    const encryption = localKeyEncryption([newKey()]);
    const { keyId, wrapped } = await encryption.wrap(randomBytes(32), HERE);
    const refused = (bytes: Uint8Array) =>
      expect(encryption.unwrap({ keyId, wrapped: bytes }, HERE)).rejects.toMatchObject({
        code: 'credential_unreadable',
      });
    for (let bit = 0; bit < wrapped.length * 8; bit += 1) {
      await refused(wrapped.map((byte, index) => (index === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte)));
    }
    for (let length = 0; length < wrapped.length; length += 1) await refused(wrapped.subarray(0, length));
    await refused(Uint8Array.of(...wrapped, 0));
  });
});
