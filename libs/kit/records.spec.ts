import { type JsonValue, Unreadable } from '#contract';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readRecord, type RecordReading, readRecords } from './records.js';

const given = z.object({
  id: z.number(),
  total: z.string(),
  lines: z.array(z.object({ name: z.string() })).optional(),
});

const reading: RecordReading<z.infer<typeof given>, string> = {
  schema: given,
  map({ id, total }) {
    if (total === 'differs') throw new Unreadable('the total differs from its parts by 1');
    if (total === 'odd') throw new RangeError('not a decimal amount: aaa');
    if (total === 'bug') throw new TypeError('cannot read properties of undefined');
    return `${id}:${total}`;
  },
  identify: (raw) => z.object({ id: z.coerce.string() }).safeParse(raw).data?.id ?? null,
};

describe('a page of records', () => {
  it('keeps what can be read, with what the platform sent, and quarantines the rest with its reason', () => {
    const list: JsonValue[] = [
      { id: 1, total: '5' },
      { id: '2', total: '5' },
      null,
      { id: 4, total: 'differs' },
      { id: 5, total: 'odd' },
      [],
      'text',
      { total: 7, lines: [{ name: 1 }] },
      { id: 1, total: '5' },
    ];
    const { items, quarantined } = readRecords(list, reading);
    expect(items).toEqual([
      { record: '1:5', raw: list[0] },
      { record: '1:5', raw: list[8] },
    ]);
    expect(quarantined.map(({ platformId, reason }) => [platformId, reason])).toEqual([
      ['2', 'id: Invalid input: expected number, received string'],
      [null, 'record: Invalid input: expected object, received null'],
      ['4', 'the total differs from its parts by 1'],
      ['5', 'not a decimal amount: aaa'],
      [null, 'record: Invalid input: expected object, received array'],
      [null, 'record: Invalid input: expected object, received string'],
      [null, 'id: Invalid input: expected number, received undefined (and 2 more)'],
    ]);
    expect(quarantined.map(({ raw }) => raw)).toEqual([list[1], list[2], list[3], list[4], list[5], list[6], list[7]]);
  });

  it('may be empty', () => {
    expect(readRecords([], reading)).toEqual({ items: [], quarantined: [] });
  });

  it('does not hide a defect of ours behind a quarantine', () => {
    expect(() => readRecords([{ id: 1, total: 'bug' }], reading)).toThrow(TypeError);
  });
});

describe('one record', () => {
  it('is unreadable with a reason and the cause of it', () => {
    const read = (raw: JsonValue) => (): unknown => readRecord(raw, reading);
    expect(read({ id: 1, total: 'odd' })).toThrow(
      expect.objectContaining({ name: 'Unreadable', cause: new RangeError('not a decimal amount: aaa') }),
    );
    expect(read({ id: 1, total: 'differs' })).toThrow(Unreadable);
    expect(read({ id: 1, lines: [{ name: 1 }], total: '' })).toThrow(
      new Unreadable('lines.0.name: Invalid input: expected string, received number'),
    );
  });
});
