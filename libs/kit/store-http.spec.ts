import type { Connector } from '#contract';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { cut, type Reply } from '../../test/setup/loopback.js';
import { codeOf, connector, first, read, storeThat as startStore, write } from '../../test/setup/loopback-store.js';
import { hostAllowed } from './store-http.js';

vi.setConfig({ testTimeout: 30_000 });
const opened: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

/** Ends with the test. */
const storeThat: typeof startStore = async (...given) => {
  const store = await startStore(...given);
  opened.push(store);
  return store;
};

describe('a call', () => {
  it('goes below the root of its store, signed once, with what it says and nothing else', async () => {
    const { http, server } = await storeThat(() => ({ body: { name: 'Tea' }, headers: { 'x-total': '7' } }));
    const reply = await http({
      ...read,
      query: { page: 2, all: true, none: undefined, q: 'a b&c' },
      expect: z.object({ name: z.string() }),
    });
    expect([reply.status, reply.data, reply.header('X-Total')]).toEqual([200, { name: 'Tea' }, '7']);
    await http({ ...write, path: 'v1/orders' });
    expect(server.seen.map(({ method, url, body }) => [method, url, body])).toEqual([
      ['GET', '/root/v1/shop?page=2&all=true&q=a%20b%26c', ''],
      ['POST', '/root/v1/orders', '{"x":1}'],
    ]);
    const [asked, sent] = server.seen.map(({ headers }) => headers);
    expect(asked).toMatchObject({ authorization: `Basic ${btoa('k:s1')}`, accept: 'application/json' });
    expect(asked).not.toHaveProperty('content-type');
    expect(sent).toMatchObject({ authorization: `Basic ${btoa('k:s1')}`, 'content-type': 'application/json' });
  });

  it.each([
    '/etc',
    '//evil.example.net/x',
    'https://evil.example.net/x',
    'HTTP:x',
    'javascript:alert(1)',
    '../x',
    'a/../../x',
    '..',
    '.',
    'a/./b',
    'a/..',
    '\\\\evil.example.net\\x',
    'a\\..\\..\\x',
    '%2e%2e/x',
    'a/%2E%2E/%2e%2e/x',
    '.\t./x',
    '.\n./.\r./x',
  ])('never leaves the root: %j is refused before anything is sent', async (path) => {
    const { http, server, reports } = await storeThat(() => ({}));
    expect(await codeOf(http({ ...read, path }))).toBe('internal');
    expect([server.seen, reports]).toEqual([[], []]);
  });

  it.each(['a:b', '\t//evil.example.net', 'a%2fb', '@evil.example.net', ':80/x', 'a//b', '...', 'x..y/z', ' '])(
    'stays below the root: %j',
    async (path) => {
      const { http, server } = await storeThat(() => ({}));
      await codeOf(http({ ...read, path }));
      expect(server.seen.every(({ url, headers }) => url.startsWith('/root/') && headers.host === server.host)).toBe(
        true,
      );
    },
  );

  it('goes to no host but those of its platform', async () => {
    const { http, server } = await storeThat(() => ({}), {
      connector: { ...connector, hosting: { kind: 'suffix', suffix: '.example.com' } },
    });
    expect(await codeOf(http(read))).toBe('internal');
    expect(server.seen).toEqual([]);
  });

  it('that an address rule forbids is refused, not retried', async () => {
    const { http, waits } = await storeThat(() => ({}), { apiRoot: new URL('http://169.254.169.254/root/') });
    expect(await codeOf(http(read))).toBe('address_refused');
    expect(waits).toEqual([]);
  });

  it('is reported once for each time it was sent, without query, body and credential', async () => {
    const { http, reports } = await storeThat(first({ status: 503 }));
    await http({ ...read, query: { token: 'canary' } });
    expect(reports.map(({ durationMs: _, ...report }) => report)).toEqual([
      {
        storeId: 'store-1',
        platform: 'example',
        method: 'GET',
        path: 'v1/shop',
        status: 503,
        code: 'platform_unavailable',
        attempt: 1,
      },
      { storeId: 'store-1', platform: 'example', method: 'GET', path: 'v1/shop', status: 200, code: null, attempt: 2 },
    ]);
    expect(reports.every(({ durationMs }) => Number.isInteger(durationMs) && durationMs >= 0)).toBe(true);
  });
});

describe('an end without an answer', () => {
  it('comes at once when the caller has gone, before, while and between', async () => {
    const gone = new Error('gone home');
    // Not even the credential is opened.
    const credential = { current: () => Promise.reject(new Error('opened')), renew: () => Promise.reject(gone) };
    const before = await storeThat(() => ({}), { signal: AbortSignal.abort(gone), credential });
    await expect(before.http(read)).rejects.toBe(gone);
    expect(before.server.seen).toEqual([]);

    const caller = new AbortController();
    const during = await storeThat(() => () => caller.abort(gone), { signal: caller.signal });
    await expect(during.http(write)).rejects.toBe(gone);
    expect(during.server.seen).toHaveLength(1);

    const later = new AbortController();
    const sleep = (): Promise<void> => Promise.resolve().then(() => later.abort(gone));
    const between = await storeThat(() => ({ status: 500 }), { signal: later.signal, sleep });
    await expect(between.http(read)).rejects.toBe(gone);
    expect(between.server.seen).toHaveLength(1);
  });

  it('comes when the body is larger than any record is, whether or not it was announced', async () => {
    const mebibyte = Buffer.alloc(1024 * 1024, 0x20);
    const endless: Reply = (_, response) => {
      response.writeHead(200);
      const more = (): void => {
        while (!response.destroyed && response.write(mebibyte)) continue;
      };
      response.on('drain', more);
      more();
    };
    const announced: Reply = (_, response) =>
      void response.writeHead(200, { 'content-length': 33 * 1024 * 1024 }).write('{');
    for (const reply of [endless, announced]) {
      const { http, server } = await storeThat(() => reply);
      expect(await codeOf(http(read))).toBe('platform_contract_broken');
      expect(server.seen).toHaveLength(1);
    }
  });

  it('gives the place back', async () => {
    const one: Connector['limits'] = [{ kind: 'concurrency', max: 1, why: 'test' }];
    const { http } = await storeThat((_, count) => (count === 1 ? cut : { body: '<html>' }), {
      connector: { ...connector, limits: one },
    });
    expect(await codeOf(http(write))).toBe('platform_unavailable');
    expect(await codeOf(http(write))).toBe('platform_blocked');
    expect(await codeOf(http(read))).toBe('platform_blocked');
  });
});

describe('the hosts of a platform', () => {
  it.each([
    ['shop.example.com', true],
    ['.example.com', false],
    ['example.com', false],
    ['evilexample.com', false],
    ['shop.example.com.evil.example.net', false],
  ])('with a suffix: %s is one: %s', (host, allowed) => {
    expect(hostAllowed({ kind: 'suffix', suffix: '.example.com' }, host)).toBe(allowed);
  });

  it('that are fixed are exactly those; a merchant has any', () => {
    expect(hostAllowed({ kind: 'fixed', hosts: ['api.example.com'] }, 'api.example.com')).toBe(true);
    expect(hostAllowed({ kind: 'fixed', hosts: ['api.example.com'] }, 'x.api.example.com')).toBe(false);
    expect(hostAllowed({ kind: 'merchant' }, 'anything.example.net')).toBe(true);
  });
});
