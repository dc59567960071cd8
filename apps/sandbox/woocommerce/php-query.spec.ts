import { describe, expect, it } from 'vitest';
import { phpJson } from './php-json.js';
import { buildPhpQuery, encodePhp, encodeRfc3986, parsePhpQuery } from '../php-query.js';

describe('parsePhpQuery', () => {
  it.each([
    [
      'a=1&b=x+y&a=2',
      [
        ['a', '2'],
        ['b', 'x y'],
      ],
    ],
    [
      'name=%E8%8C%B6&bad=%zz%',
      [
        ['name', '茶'],
        ['bad', '%zz%'],
      ],
    ],
    [
      'a.b=1&c d=2&&=3',
      [
        ['a_b', '1'],
        ['c_d', '2'],
      ],
    ],
    ['flag', [['flag', '']]],
  ])('reads %s', (query, expected) => {
    expect([...parsePhpQuery(query)]).toEqual(expected);
  });

  it('nests brackets, numbering those that are empty', () => {
    const query = parsePhpQuery('status[]=a&status[]=b&include[7]=x&include[]=y&deep[k][j]=z');
    expect(query.get('status')).toEqual(
      new Map([
        ['0', 'a'],
        ['1', 'b'],
      ]),
    );
    expect(query.get('include')).toEqual(
      new Map([
        ['7', 'x'],
        ['8', 'y'],
      ]),
    );
    expect(query.get('deep')).toEqual(new Map([['k', new Map([['j', 'z']])]]));
  });

  it('stays quick and shallow whatever it is given', () => {
    const query = parsePhpQuery(`a${'[x]'.repeat(5000)}=1&${'b[]=1&'.repeat(5000)}`);
    const list = query.get('b');
    expect(list instanceof Map && list.size).toBe(999);
  });
});

describe('encoding', () => {
  it('escapes as rawurlencode and urlencode do', () => {
    expect(encodeRfc3986("a b~!*'()ü")).toBe('a%20b~%21%2A%27%28%29%C3%BC');
    expect(encodePhp('a b~,')).toBe('a+b%7E%2C');
  });

  it('prints arrays with brackets and empty values without an equals sign', () => {
    expect(buildPhpQuery(parsePhpQuery('per_page=3&status[]=a&status[]=b&search='))).toBe(
      'per_page=3&status%5B0%5D=a&status%5B1%5D=b&search',
    );
  });

  it('escapes JSON as PHP does', () => {
    expect(phpJson({ 'a/b': 'ä🙏' })).toBe('{"a\\/b":"\\u00e4\\ud83d\\ude4f"}');
  });
});
