import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { id, list, quantity, reference, text } from './atoms.js';

describe('atoms of a schema', () => {
  it('read ids as texts, and refuse what is none', () => {
    expect([id.parse('7'), id.parse(7)]).toEqual(['7', '7']);
    for (const none of ['', 1.5, null, undefined, {}]) expect(id.safeParse(none).success).toBe(false);
  });

  it('read what refers to nothing as null', () => {
    for (const nothing of [0, '0', '', null, undefined]) expect(reference.parse(nothing)).toBeNull();
    expect([reference.parse(7), reference.parse('7')]).toEqual(['7', '7']);
  });

  it('read an empty text as null', () => {
    for (const nothing of ['', null, undefined]) expect(text.parse(nothing)).toBeNull();
    expect(text.parse('a')).toBe('a');
  });

  it('read quantities that are printed as texts, and nothing that is no plain number', () => {
    expect([quantity.parse('2.50'), quantity.parse(-3)]).toEqual([2.5, -3]);
    for (const none of ['', '1e5', '0x1', ' 1', '1'.repeat(20), null])
      expect(quantity.safeParse(none).success).toBe(false);
  });

  it('read a missing list as an empty one', () => {
    for (const nothing of [null, undefined, []]) expect(list(z.string()).parse(nothing)).toEqual([]);
    expect(list(z.string()).parse(['a'])).toEqual(['a']);
  });
});
