import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exampleConnector } from '#testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runReplay } from './run-replay.js';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'replay-'));
});
afterEach(() => rm(folder, { recursive: true }));

const SECRET = `Basic ${'c2VjcmV0'.repeat(4)}`;

function recording(path: string, body: unknown, status = 200): object {
  const url = `https://cups.example.com/${path}?consumer_secret=${'s'.repeat(20)}`;
  const headers = { authorization: SECRET };
  return {
    _meta: { secret: 'webhook-secret' },
    request: { method: path.endsWith('search') ? 'POST' : 'GET', url, headers },
    response: { status, headers: { 'x-token': SECRET }, body },
  };
}

async function write(name: string, content: unknown): Promise<void> {
  await writeFile(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
}

async function run(...args: readonly string[]) {
  const printed: string[] = [];
  const complaints: string[] = [];
  const code = await runReplay({
    args,
    connectors: [exampleConnector],
    print: (line) => printed.push(line),
    complain: (line) => complaints.push(line),
  });
  return { code, printed, complaints };
}

describe('npm run replay', () => {
  it('prints a line for each outcome and a summary', async () => {
    const good = { id: 7, total: '9.00' };
    await write('a.json', recording('v1/orders/7', good));
    await write('b.json', recording('v1/search', { orders: [good, good, { id: 8 }], more: false }));
    await write('c.json', recording('v1/orders/7', { fault: 'gone' }, 401));
    await write('d.json', recording('v1/nothing', {}));
    await write('e.json', recording('v1/orders/9', { id: 9, total: '\u001b[2J\nforged.json: mapped (1 record)' }));
    await write('f\u001b[2J.json', [
      recording('v1/search', { orders: [], more: false }),
      recording('v1/orders/7', good),
    ]);
    const { code, printed, complaints } = await run('example', folder);
    expect(printed).toEqual([
      'a.json: mapped (1 record)',
      'b.json: mapped (2 records)',
      expect.stringMatching(/^b\.json: quarantined: 8: total: \S/),
      expect.stringMatching(/^c\.json: error: credential_revoked \(.+\)$/),
      'd.json: no operation',
      expect.stringMatching(/^e\.json: quarantined: 9: total: \S/),
      'f [2J.json#1: mapped (0 records)',
      'f [2J.json#2: mapped (1 record)',
      '7 exchanges: 4 records mapped, 2 quarantined, 1 error, 1 without an operation',
    ]);
    expect([code, complaints]).toEqual([0, []]);
    // No line holds a control character.
    expect(printed.join('')).not.toMatch(/\p{Cc}/u);
  });

  it('prints one JSON document with the records', async () => {
    await write('a.json', recording('v1/orders/7', { id: 7, total: '9.00' }));
    const { code, printed } = await run('example', join(folder, 'a.json'), '--json');
    expect(printed).toHaveLength(1);
    expect(JSON.parse(printed[0] ?? '')).toMatchObject({
      platform: 'example',
      results: [{ file: 'a.json', outcome: 'read', records: [{ platformId: '7' }], quarantined: [] }],
      unreadable: [],
      summary: { exchanges: 1, records: 1, quarantined: 0, errors: 0, noOperation: 0 },
    });
    expect(code).toBe(0);
  });

  it('prints no secret of a recording', async () => {
    await write('a.json', recording('v1/orders/7', { id: 7, total: '9.00' }));
    await write('b.json', recording('v1/orders/7', { fault: 'gone' }, 401));
    await write('c.json', { request: { url: SECRET }, response: SECRET });
    for (const args of [[], ['--json']]) {
      const { printed, complaints } = await run('example', folder, ...args);
      expect([...printed, ...complaints].join('\n')).not.toMatch(/Basic|c2Vj|sss|webhook-secret/);
    }
  });

  it('goes on past a file it cannot read, and says so at the end', async () => {
    await write('a.json', 'not JSON');
    await write('b.json', recording('v1/orders/7', { id: 7, total: '9.00' }));
    const { code, printed, complaints } = await run('example', folder);
    expect(printed[0]).toBe('b.json: mapped (1 record)');
    expect(complaints).toEqual(['a.json: not JSON.']);
    expect(code).toBe(2);
  });

  it.each([
    [[], /^Usage: /],
    [['example'], /^Usage: /],
    [['example', 'a', 'b'], /^Usage: /],
    [['example', 'a', '--yaml'], /^Usage: /],
    [['nosuch', 'a'], /^There is no platform "nosuch"; there are: example\.$/],
    [['x'.repeat(5000), 'a'], /^There is no platform "x{40}"/],
    [['\u001b[31m\nx', 'a'], /^There is no platform " \[31m x"/],
    [['example', '/nowhere/at/all'], /^\/nowhere\/at\/all: there is no such file or folder\.$/],
  ])('answers %j with one sentence', async (args, sentence) => {
    const { code, printed, complaints } = await run(...args);
    expect([code, printed]).toEqual([2, []]);
    expect(complaints).toEqual([expect.stringMatching(sentence)]);
  });
});
