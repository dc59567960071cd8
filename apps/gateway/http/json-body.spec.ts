import { describe, expect, it } from 'vitest';
import { readJsonBody } from './json-body.js';

const read = (text: string) => readJsonBody(new TextEncoder().encode(text));
const refusal = { code: 'request_invalid' };

describe('a JSON body', () => {
  it.each([
    ['{"a":[1,-2.5,1e3,0,-0,0.1,9007199254740991,"9007199254740993"],"b":null,"é":"😀\\ud83d\\ude00"}'],
    ['"1e400 and 99999999999999999999 are words here \\" 1e999"'],
    ['{"amount":123456789012.345}'],
    ['{"constructor":"Lego"}'],
  ])('is read as it is: %s', (text) => {
    expect(JSON.stringify(read(text))).toBe(JSON.stringify(JSON.parse(text)));
  });

  it.each([
    ...['9007199254740992', '-9007199254740993', '99999999999999999999', '1e400', '-1e999', '1e-400'],
    ...['0.12345678901234567', '123456789.123456789', '9007199254740993.0', '[1,{"a":[1e309]}]'],
  ])('case 118: with a number that cannot be held exactly is refused: %s', (text) => {
    expect(() => read(text)).toThrow(expect.objectContaining(refusal) as Error);
    expect(() => read(`{"a":${text}}`)).toThrow(expect.objectContaining(refusal) as Error);
  });

  it.each(['"\\ud800"', '{"a":["x\\udfff"]}', '{"\\ud83d":1}', '"\\udc00\\ud800"', '"\\u0000"', '{"a\\u0000":1}'])(
    'case 118: with half a pair or a NUL is refused: %s',
    (text) => {
      expect(() => read(text)).toThrow(expect.objectContaining(refusal) as Error);
    },
  );

  it.each([
    '{"__proto__":{"admin":true}}',
    '{"a":{"constructor":{"prototype":{"admin":true}}}}',
    '{"\\u005f_proto__":1}',
  ])('case 118: with a key of every object is refused, and pollutes nothing: %s', (text) => {
    expect(() => read(text)).toThrow(expect.objectContaining(refusal) as Error);
    expect(Reflect.get({}, 'admin')).toBeUndefined();
  });

  it('case 118: is bounded in depth', () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
    expect(read(nested(32))).toBeInstanceOf(Array);
    for (const depth of [33, 1_000, 100_000]) expect(() => read(nested(depth))).toThrow(/nested deeper than 32/);
    expect(() => read(`${'{"a":'.repeat(33)}1${'}'.repeat(33)}`)).toThrow(/nested deeper/);
  });

  it('case 118: is bounded in entries, a million keys included', () => {
    const keys = (count: number) => `{${Array.from({ length: count }, (_, at) => `"${at}":0`).join(',')}}`;
    expect(Object.keys(read(keys(10_000)) as object)).toHaveLength(10_000);
    for (const count of [10_001, 1_000_000]) expect(() => read(keys(count))).toThrow(/more than 10000 entries/);
    expect(() => read(`[${keys(6_000)},${keys(6_000)}]`)).toThrow(/more than 10000 entries/);
  });

  it.each([[[0x22, 0xff, 0x22]], [[0x22, 0xc0, 0xaf, 0x22]], [[0x22, 0xed, 0xa0, 0x80, 0x22]]])(
    'case 118: that is no UTF-8 is refused: %j',
    (bytes) => {
      expect(() => readJsonBody(Uint8Array.from(bytes))).toThrow(/UTF-8/);
    },
  );

  it('case 156: that cannot be read is not quoted', () => {
    expect(() => read('{"password":hunter2}')).toThrow(/^The body is not valid JSON\.$/);
  });
});
