import { mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Exchange, readExchange } from './exchange.js';
import { parseExchanges, readExchanges } from './read-exchanges.js';

const bare = { request: { url: 'https://shop.example.com/a' }, response: { status: 200, body: { id: 1 } } };

function exchange(changes: object): Exchange {
  const read = readExchange({ ...bare, ...changes });
  if (typeof read === 'string') throw new Error(read);
  return read;
}

describe('an exchange', () => {
  it('may have lost everything but address, status and body', () => {
    const { request, answer, fromPlatform } = exchange({});
    expect([request.method, request.url.href, request.body, fromPlatform]).toEqual([
      'GET',
      'https://shop.example.com/a',
      null,
      false,
    ]);
    expect([answer.status, answer.text, answer.header('x')]).toEqual([200, '{"id":1}', undefined]);
  });

  it.each([
    ['{"id": 1}', {}, '{"id": 1}'],
    ['<html>', {}, '<html>'],
    ['12', { responseBodyIsJson: true }, '"12"'],
    [null, { responseBodyIsJson: true }, 'null'],
    [null, {}, ''],
    [undefined, {}, ''],
    ['', {}, ''],
    [[1], {}, '[1]'],
    [0, {}, '0'],
  ])('has the body %j as it came', (body, _meta, text) => {
    expect(exchange({ _meta, response: { status: 200, body } }).answer.text).toBe(text);
  });

  it('has headers by any spelling, one value or several', () => {
    const { answer } = exchange({
      response: { status: '429', headers: { 'X-One': 'a', link: ['b', 'c'], 'retry-after': 5 } },
    });
    expect([answer.status, answer.header('x-ONE'), answer.header('Link'), answer.header('Retry-After')]).toEqual([
      429,
      'a',
      'b, c',
      '5',
    ]);
  });

  it('has a request body that is read where it is JSON', () => {
    const of = (body: unknown) => exchange({ request: { method: 'post', url: '/graphql.json', body } }).request;
    expect(of('{"query":"{ shop }"}')).toMatchObject({ method: 'POST', body: { query: '{ shop }' } });
    expect(of('a=1').body).toBe('a=1');
    expect(of({ a: 1 }).body).toEqual({ a: 1 });
    expect(of(undefined).url.pathname).toBe('/graphql.json');
  });

  it('knows what the platform sent to us', () => {
    expect(exchange({ _meta: { direction: 'platform -> gateway' } }).fromPlatform).toBe(true);
    expect(exchange({ direction: 'platform -> gateway' }).fromPlatform).toBe(true);
    expect(exchange({ _meta: { direction: 'gateway -> platform' } }).fromPlatform).toBe(false);
    expect(exchange({ _meta: null }).fromPlatform).toBe(false);
  });

  it.each([
    [null],
    [7],
    ['text'],
    [[]],
    [{}],
    [{ request: {}, response: {} }],
    [{ ...bare, request: { url: 7 } }],
    [{ ...bare, request: { url: 'http://[' } }],
    [{ ...bare, response: { status: 'ok' } }],
    [{ ...bare, response: { status: 99 } }],
    [{ ...bare, response: { status: 1e9 } }],
    [{ ...bare, response: { status: 200, headers: 'x: y' } }],
  ])('is none: %j', (value) => {
    expect(readExchange(value)).toMatch(/^not an exchange \(.+\)$/);
  });
});

describe('a text', () => {
  const one = JSON.stringify(bare);

  it('holds one exchange, a list of them, one per line, or a write with its calls', () => {
    for (const [text, count] of [
      [one, 1],
      [`\uFEFF${one}\n`, 1],
      [`[${one},${one}]`, 2],
      [`${one}\r\n\n${one}\n${one}`, 3],
      [JSON.stringify(bare, null, 2), 1],
      [JSON.stringify({ operation: 'orders.create', calls: [bare, bare] }), 2],
    ] as const) {
      expect(parseExchanges(text)).toHaveLength(count);
    }
  });

  it.each([
    ['', 'the file is empty'],
    ['[]', 'there is no exchange in it'],
    ['GET /orders 200', 'not JSON'],
    [`${one}\n{`, 'line 2 is not JSON'],
    ['{"a":1}', expect.stringMatching(/^not an exchange \(request: /)],
    ['{"calls":[]}', 'there is no exchange in it'],
    ['{"calls":{}}', expect.stringMatching(/^not an exchange/)],
    [`[${one},7]`, expect.stringMatching(/^item 2 is not an exchange/)],
    ['['.repeat(200_000), 'not JSON'],
  ])('is refused in one sentence: %#', (text, sentence) => {
    expect(parseExchanges(text)).toEqual(sentence);
  });
});

describe('files', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'replay-'));
    await mkdir(join(folder, 'sub.json'));
    await mkdir(join(folder, 'empty'));
    await writeFile(join(folder, 'b.json'), JSON.stringify(bare));
    await writeFile(join(folder, 'a.jsonl'), `${JSON.stringify(bare)}\n${JSON.stringify(bare)}`);
    await writeFile(join(folder, 'broken.json'), '{');
    await writeFile(join(folder, 'huge.json'), '');
    await truncate(join(folder, 'huge.json'), 40 * 1024 * 1024);
    await writeFile(join(folder, 'README.md'), 'not read');
    await symlink(join(folder, 'nowhere'), join(folder, 'dangling.json'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('of a folder are read by name, each for itself', async () => {
    const files = await readExchanges(folder);
    expect(files.map((file) => [file.name, 'exchanges' in file ? file.exchanges.length : file.unreadable])).toEqual([
      ['a.jsonl', 2],
      ['b.json', 1],
      ['broken.json', 'not JSON'],
      ['dangling.json', 'cannot be read (ENOENT)'],
      ['huge.json', 'larger than 32 MiB'],
      ['sub.json', 'not a file'],
    ]);
  });

  it('may be one, or none', async () => {
    expect(await readExchanges(join(folder, 'b.json'))).toHaveLength(1);
    expect(await readExchanges(join(folder, 'missing'))).toMatchObject([
      { unreadable: 'there is no such file or folder' },
    ]);
    expect(await readExchanges(join(folder, 'empty'))).toMatchObject([
      { unreadable: 'the folder has no .json, .jsonl or .ndjson file' },
    ]);
    expect(await readExchanges('/dev/zero')).toMatchObject([{ unreadable: 'not a file' }]);
    expect(await readExchanges('a\u0000b')).toMatchObject([{ unreadable: 'there is no such file or folder' }]);
  });
});
