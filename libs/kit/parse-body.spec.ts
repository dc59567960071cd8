import { describe, expect, it } from 'vitest';
import { parseBody } from './parse-body.js';

const NOTICE = '<br />\n<b>Notice</b>: Undefined index [x] in {main} on line <b>1</b><br />\n';

describe('a body', () => {
  it.each<[string, unknown]>([
    ['{"a":1}', { a: 1 }],
    ['\uFEFF [1] \n', [1]],
    ['null', null],
    ['"text"', 'text'],
    ['7', 7],
    [`${NOTICE}{"a":"<br>"}`, { a: '<br>' }],
    [`${NOTICE}[]`, []],
  ])('%j is data', (text, value) => {
    expect(parseBody(text)).toEqual({ kind: 'json', value });
  });

  it.each(['', ' ', '\n', '\uFEFF'])('%j is none', (text) => {
    expect(parseBody(text)).toEqual({ kind: 'empty' });
  });

  it.each([
    '<html>[1]</html>',
    'Forbidden',
    '{"a":1',
    '{"a":1}<br />',
    NOTICE,
    '['.repeat(100_000),
    '{['.repeat(100_000),
  ])('is a text for people: %#', (text) => {
    expect(parseBody(text)).toEqual({ kind: 'text' });
  });

  it('may be nested, but not without end', () => {
    const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
    expect(parseBody(nested(150)).kind).toBe('json');
    expect(parseBody(nested(50_000))).toEqual({ kind: 'tooDeep' });
    expect(parseBody(`${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`)).toEqual({ kind: 'tooDeep' });
  });

  it('keeps names that mean something to JavaScript as plain data', () => {
    const read = parseBody('{"__proto__":{"polluted":true},"constructor":1}');
    expect(JSON.stringify(read)).toBe('{"kind":"json","value":{"__proto__":{"polluted":true},"constructor":1}}');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});
