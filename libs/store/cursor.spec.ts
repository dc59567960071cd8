import { randomBytes } from 'node:crypto';
import { deriveSealer, localKey } from '#vault';
import { describe, expect, it } from 'vitest';
import { openCursor, queryDigest, sealCursor } from './cursor.js';

const key = localKey(randomBytes(32));
const sealer = deriveSealer([key], 'list-cursor');
const reader = { tenantId: 't1', appId: 'a1' };
const query = { stores: ['s1', 's2'], filter: { updatedSince: new Date('2026-11-22T10:00:00Z') }, sort: null };
const digest = queryDigest(reader, query);
const position = { store: 1, state: { after: 'opaque', size: 10 } };
const cursor = sealCursor(sealer, digest, position);
const refused: unknown = expect.objectContaining({ code: 'cursor_invalid' });

describe('a cursor', () => {
  it('opens for the very query it was made for', () => {
    expect(openCursor(sealer, digest, cursor)).toEqual(position);
    expect(openCursor(sealer, queryDigest({ ...reader }, structuredClone(query)), cursor)).toEqual(position);
    const beginning = { store: 0, state: undefined };
    expect(openCursor(sealer, digest, sealCursor(sealer, digest, beginning))).toEqual(beginning);
    expect(openCursor(sealer, digest, sealCursor(sealer, digest, { store: 0, state: null }))).toEqual({
      store: 0,
      state: null,
    });
  });

  it('says nothing to whoever carries it', () => {
    expect(cursor).toMatch(/^[A-Za-z0-9_-]+$/);
    expect(Buffer.from(cursor, 'base64url').toString('latin1')).not.toContain('opaque');
  });

  it.each([
    ['tenant', { tenantId: 't2', appId: 'a1' }, query],
    ['app', { tenantId: 't1', appId: 'a2' }, query],
    ['a tenant that together with its app spells the same', { tenantId: 't', appId: '1a1' }, query],
    ['stores', reader, { ...query, stores: ['s1'] }],
    ['order of stores', reader, { ...query, stores: ['s2', 's1'] }],
    ['filter', reader, { ...query, filter: {} }],
    ['time', reader, { ...query, filter: { updatedSince: new Date('2026-11-22T10:00:01Z') } }],
    ['sort', reader, { ...query, sort: 'createdAt' }],
  ])('of another %s does not open', (_, otherReader, otherQuery) => {
    expect(() => openCursor(sealer, queryDigest(otherReader, otherQuery), cursor)).toThrow(refused);
  });

  it('that was changed by one bit does not open, nor one that was cut', () => {
    const bytes = Buffer.from(cursor, 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = Buffer.from(bytes);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => openCursor(sealer, digest, changed.toString('base64url'))).toThrow(refused);
    }
    for (let length = 0; length < cursor.length; length += 1) {
      expect(() => openCursor(sealer, digest, cursor.slice(0, length))).toThrow(refused);
    }
  });

  it.each([
    '',
    ' ',
    'null',
    '{"store":0}',
    Buffer.from('{"store":0}').toString('base64url'),
    '../../etc',
    '\u0000',
    'é',
    'A'.repeat(1_000_000),
  ])('that is none is refused: %#', (text) => {
    expect(() => openCursor(sealer, digest, text)).toThrow(refused);
  });

  it('of other keys, or of another purpose, does not open', () => {
    for (const other of [deriveSealer([localKey(randomBytes(32))], 'list-cursor'), deriveSealer([key], 'store-list')]) {
      expect(() => openCursor(other, digest, cursor)).toThrow(refused);
    }
  });

  it('outlives a rotation of the keys', () => {
    expect(openCursor(deriveSealer([localKey(randomBytes(32)), key], 'list-cursor'), digest, cursor)).toEqual(position);
  });
});
