import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { GatewayError } from '#contract';
import { keysFromText } from './keys-from-text.js';
import { localKey } from './local-key.js';

const [one, other] = [randomBytes(32), randomBytes(32)];

describe('keysFromText', () => {
  it('reads one key, and several with the current one first', () => {
    expect(keysFromText(one.toString('base64')).map(({ id }) => id)).toEqual([localKey(one).id]);
    const both = keysFromText(`${one.toString('base64')},${other.toString('base64')}`);
    expect(both.map(({ id }) => id)).toEqual([localKey(one).id, localKey(other).id]);
  });

  it('reads either alphabet, with and without padding, and passes over white space around keys', () => {
    const text = ` ${one.toString('base64url')} ,\n${other.toString('base64').replace('=', '')}\n`;
    expect(keysFromText(text).map(({ id }) => id)).toEqual([localKey(one).id, localKey(other).id]);
  });

  const good = one.toString('base64');
  it.each([
    ['nothing', '', 'The encryption key is empty.'],
    ['white space', ' \n', 'The encryption key is empty.'],
    ['a comma too many', `${good},`, 'Encryption key 2 is empty.'],
    ['an empty first entry', `,${good}`, 'Encryption key 1 is empty.'],
    ['too short a key', randomBytes(16).toString('base64'), 'Encryption key 1 must be 32 bytes long, not 16.'],
    [
      'too long a key',
      `${good},${randomBytes(33).toString('base64')}`,
      'Encryption key 2 must be 32 bytes long, not 33.',
    ],
    ['hexadecimal digits', one.toString('hex'), 'Encryption key 1 must be 32 bytes long, not 48.'],
    ['a passphrase', 'correct horse battery staple', 'Encryption key 1 is not base64.'],
    ['a stray character inside', `${good.slice(0, 20)}!${good.slice(20)}`, 'Encryption key 1 is not base64.'],
    ['keys separated by a space', `${good} ${other.toString('base64')}`, 'Encryption key 1 is not base64.'],
    ['quotation marks', `"${good}"`, 'Encryption key 1 is not base64.'],
    ['bits left over at the end', `${'Ab3'.repeat(14)}B`, 'Encryption key 1 is not base64.'],
    ['a placeholder', Buffer.alloc(32, 'changeme').toString('base64'), 'Encryption key 1 is not random.'],
    ['the same key twice', `${other.toString('base64')},${good},${good}`, 'Encryption keys 2 and 3 are the same.'],
    ['the same key in two spellings', `${good},${one.toString('base64url')}`, 'Encryption keys 1 and 2 are the same.'],
  ])('refuses %s and does not echo it', (_, text, message) => {
    const error = caught(() => keysFromText(text));
    expect(error).toBeInstanceOf(GatewayError);
    expect(error).toHaveProperty('code', 'vault_unavailable');
    expect(String(error)).toContain(message);
    for (const part of text.split(/[\s,"]+/).filter(({ length }) => length > 5)) {
      expect(String(error)).not.toContain(part.slice(0, 6));
    }
  });
});

function caught(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}
