import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { localKey } from './local-key.js';
import { deriveSealer } from './sealer.js';

const [old, current] = [localKey(randomBytes(32)), localKey(randomBytes(32))];
const sealer = deriveSealer([current], 'cursor');
const VALUE = '{"after":"ord_9","platform":"é🦀"}';
const AAD = 'ten_1|status=open';

describe('deriveSealer', () => {
  it.each(['', VALUE, 'x'.repeat(50_000)])('opens what it sealed, as base64url', (value) => {
    const token = sealer.seal(value, AAD);
    expect(token).toMatch(/^[\w-]+$/);
    expect(sealer.open(token, AAD)).toBe(value);
  });

  it('opens in another process with the same key, and after a rotation that keeps the old one', () => {
    const token = deriveSealer([old], 'cursor').seal(VALUE, AAD);
    expect(deriveSealer([old], 'cursor').open(token, AAD)).toBe(VALUE);
    expect(deriveSealer([current, old], 'cursor').open(token, AAD)).toBe(VALUE);
    expect(deriveSealer([current], 'cursor').open(token, AAD)).toBeUndefined();
  });

  it('seals with the current key', () => {
    const token = deriveSealer([current, old], 'cursor').seal(VALUE, AAD);
    expect(deriveSealer([current], 'cursor').open(token, AAD)).toBe(VALUE);
    expect(deriveSealer([old], 'cursor').open(token, AAD)).toBeUndefined();
  });

  it('never makes the same token twice, nor shows the value or what it is tied to', () => {
    const [one, other] = [sealer.seal(VALUE, AAD), sealer.seal(VALUE, AAD)];
    expect(one).not.toBe(other);
    expect(Buffer.from(one, 'base64url').toString('latin1')).not.toMatch(/after|ten_1/);
  });

  it('refuses to exist without a key', () => {
    expect(() => deriveSealer([], 'cursor')).toThrow('No encryption key is configured');
  });

  it('refuses to seal what UTF-8 would silently change', () => {
    expect(() => sealer.seal('\ud800', AAD)).toThrow('not well-formed Unicode');
  });
});

describe('a token that does not belong', () => {
  const token = sealer.seal(VALUE, AAD);

  it.each(['connect-state', 'curso', 'cursors', '', 'Cursor'])('does not open for purpose %j', (purpose) => {
    expect(deriveSealer([current], purpose).open(token, AAD)).toBeUndefined();
  });

  it.each(['', 'ten_2|status=open', 'ten_1|status=opem', `${AAD} `, AAD.toUpperCase(), AAD.slice(1)])(
    'does not open for %j',
    (aad) => {
      expect(sealer.open(token, aad)).toBeUndefined();
    },
  );

  it('does not open with any bit flipped, any character exchanged, or cut at any length', () => {
    const bytes = Buffer.from(token, 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = bytes.map((byte, index) => (index === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
      expect(sealer.open(Buffer.from(changed).toString('base64url'), AAD), `bit ${bit}`).toBeUndefined();
    }
    for (let at = 0; at < token.length; at += 1) {
      const exchanged = token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1);
      expect(sealer.open(exchanged, AAD), `character ${at}`).toBeUndefined();
      expect(sealer.open(token.slice(0, at), AAD), `first ${at}`).toBeUndefined();
    }
  });

  it.each([
    `${token}=`,
    `${token}\n`,
    ` ${token}`,
    `${token}!`,
    `${token.slice(0, 9)}.${token.slice(9)}`,
    `${token}\0`,
  ])('opens in one spelling only: not as %j', (spelling) => {
    expect(sealer.open(spelling, AAD)).toBeUndefined();
  });

  it('does not open in the other base64 alphabet', () => {
    const text = Array.from({ length: 200 }, () => sealer.seal(VALUE, AAD)).find((made) => /[-_]/.test(made)) ?? '';
    expect(sealer.open(text, AAD)).toBe(VALUE);
    expect(sealer.open(text.replaceAll('-', '+').replaceAll('_', '/'), AAD)).toBeUndefined();
  });

  it('never throws, whatever comes', () => {
    const garbage = ['', '=', '====', '\0', '\ud800', '🦀'.repeat(1000), '../../etc/passwd', '%00', '{"a":1}', 'null'];
    for (let length = 0; length < 300; length += 1) {
      garbage.push(
        'A'.repeat(length),
        randomBytes(length).toString('base64url'),
        randomBytes(length).toString('latin1'),
      );
    }
    garbage.push('A'.repeat(1_000_000), `AQ${'A'.repeat(1_000_000)}`);
    for (const text of garbage) {
      expect(sealer.open(text, AAD)).toBeUndefined();
      expect(sealer.open(token, text)).toBeUndefined();
    }
  });
});
