import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { randomInteger, randomNumbers } from '../../test/setup/random.js';
import { type IdKind, publicId, readPublicId, readRecordId, recordId, type RecordKind } from './ids.js';

const UUID = '0192f0c4-7a4b-7cc1-8a51-0123456789ab';
const HEX = UUID.replaceAll('-', '');
const ID_KINDS: readonly IdKind[] = ['tenant', 'app', 'apiKey', 'store', 'connectSession'];
const RECORD_KINDS: readonly RecordKind[] = ['order', 'product', 'variant', 'customer'];

describe('a public id', () => {
  it.each(ID_KINDS)('of kind %s comes back as the id it was made of, and as no other kind', (kind) => {
    const uuid = randomUUID();
    const id = publicId(kind, uuid);
    expect(id).toMatch(/^[a-z]{3}_[0-9a-f]{32}$/);
    expect(ID_KINDS.filter((other) => readPublicId(other, id) !== undefined)).toEqual([kind]);
    expect(readPublicId(kind, id)).toBe(uuid);
  });

  it.each([
    '',
    'sto_',
    `sto_${UUID}`,
    `sto_${HEX.toUpperCase()}`,
    `STO_${HEX}`,
    `sto-${HEX}`,
    `sto_${HEX}0`,
    `sto_${HEX.slice(1)}`,
    ` sto_${HEX}`,
    `sto_${HEX}\n`,
    `sto_${HEX}\u0000`,
    `sto_sto_${HEX}`,
    HEX,
    UUID,
    `sto_${'g'.repeat(32)}`,
    `sto_${'٠'.repeat(32)}`,
    `sto_${'0'.repeat(1_000_000)}`,
    '__proto__',
  ])('has one spelling: %# is none', (text) => {
    expect(readPublicId('store', text)).toBeUndefined();
  });
});

describe('the id of a record', () => {
  it.each(RECORD_KINDS)('of kind %s carries store and platform id, and is of no other kind', (kind) => {
    const id = recordId(kind, UUID, 'gid://shop/Order/7');
    expect(RECORD_KINDS.filter((other) => readRecordId(other, id) !== undefined)).toEqual([kind]);
    expect(readRecordId(kind, id)).toEqual({ storeId: UUID, platformId: 'gid://shop/Order/7' });
  });

  it('comes back from any id a platform may have, and fits into an address as it is', () => {
    const random = randomNumbers(3);
    for (let round = 0; round < 3_000; round += 1) {
      const points = Array.from({ length: randomInteger(random, 1, 40) }, () => randomInteger(random, 0, 0x10ffff));
      const platformId = String.fromCodePoint(...points.filter((point) => point < 0xd800 || point > 0xdfff), 0x41);
      const id = recordId('order', UUID, platformId);
      expect(encodeURIComponent(id)).toBe(id);
      expect(readRecordId('order', id)).toEqual({ storeId: UUID, platformId });
    }
  });

  it('has one spelling: no padding, no other alphabet, no spare bits', () => {
    const id = recordId('order', UUID, '??>>');
    expect(id).toBe(`ord_${HEX}_Pz8-Pg`);
    const spellings = [`${id}=`, `${id}==`, id.replace('-', '+'), `ord_${HEX}_Pz8-Ph`, `${id} `, `${id}\n`];
    expect(spellings.filter((text) => readRecordId('order', text) !== undefined)).toEqual([]);
  });

  it.each([
    '',
    `ord_${HEX}`,
    `ord_${HEX}_`,
    `ord_${HEX}_!`,
    `ord_${HEX}_A`,
    `ord_${HEX.toUpperCase()}_QQ`,
    `ord_${UUID}_QQ`,
    `xxx_${HEX}_QQ`,
    `ord_${HEX}_QQ_QQ`,
    `ord_${HEX}__w`,
    `ord_${HEX}_${'Q'.repeat(1001)}`,
    `ord_${HEX}_${'Q'.repeat(10_000_000)}`,
    `ord_${HEX}_wA`,
    `ord_${HEX}_7aCA`,
    `ord_../../_QQ`,
  ])('refuses what was not made by it: %#', (text) => {
    expect(readRecordId('order', text)).toBeUndefined();
  });
});
