import { type Connector, type Credentials, GatewayError, type HttpCall, Secret } from '#contract';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { closedPort, type Loopback, type Reply, type SeenRequest, startLoopback } from '../../test/setup/loopback.js';
import { exampleConnector } from '../testing/example-connector.js';
import { createPacer } from './pacer.js';
import { type CallReport, createStoreHttp, hostAllowed, type StoreHttpOptions } from './store-http.js';
import { createEgress } from './transport/egress.js';
import { createTransport } from './transport/transport.js';

vi.setConfig({ testTimeout: 30_000 });
const opened: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

const connector: Connector = {
  ...exampleConnector,
  hosting: { kind: 'merchant' },
  deadlineMs: 20_000,
  limits: [{ kind: 'cost', capacity: 1_000, perSecond: 100, why: 'test' }],
  budget: (_, header) => {
    const remaining = header('x-remaining');
    return remaining === undefined ? undefined : { remaining: Number(remaining), capacity: 1_000, perSecond: 100 };
  },
};
const read: HttpCall<unknown> = { path: 'v1/shop', effect: 'read', expect: z.unknown() };
const write: HttpCall<unknown> = { ...read, method: 'POST', body: { x: 1 }, effect: 'write' };
const pair = (version: number): Credentials => ({
  kind: 'keyPair',
  key: new Secret('k'),
  secret: new Secret(`s${version}`),
});

interface Store {
  readonly http: ReturnType<typeof createStoreHttp>;
  readonly server: Loopback;
  readonly waits: number[];
  readonly reports: CallReport[];
  readonly renewals: number[];
}

/** A store on a loopback server, over the real transport; waiting takes no time and is written down. */
async function storeThat(
  reply: (request: SeenRequest, count: number) => Reply,
  options: Partial<StoreHttpOptions> = {},
): Promise<Store> {
  const server = await startLoopback(reply);
  const transport = createTransport({ egress: createEgress({ allow: [server.host] }), userAgent: 'Shopspan/test' });
  opened.push(transport, server);
  const [waits, reports, renewals]: [number[], CallReport[], number[]] = [[], [], []];
  let version = 1;
  const sleep = (milliseconds: number): Promise<void> => Promise.resolve(void waits.push(milliseconds));
  const http = createStoreHttp({
    storeId: 'store-1',
    connector,
    strategy: connector.auth[0],
    apiRoot: new URL(`${server.origin}/root/`),
    credential: {
      current: () => Promise.resolve({ credentials: pair(version), version }),
      renew: (seen) => Promise.resolve(void (renewals.push(seen), (version = seen + 1))),
    },
    transport,
    pacer: createPacer({ now: () => performance.now(), sleep: () => Promise.reject(new Error('not paced here')) }),
    signal: new AbortController().signal,
    moment: () => ({ timestamp: 0, nonce: 'n' }),
    sleep,
    now: () => performance.now(),
    random: () => 0.5,
    report: (call) => void reports.push(call),
    ...options,
  });
  return { http, server, waits, reports, renewals };
}

const codeOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'answered',
    (error: unknown) => (GatewayError.is(error) ? error.code : error),
  );
/** Answers the first so many requests with one reply, the others with 200. */
const first =
  (reply: Reply, count = 1) =>
  (_: SeenRequest, at: number) =>
    at <= count ? reply : {};
const reset: Reply = (request) => void request.socket.destroy();
const cut: Reply = (_, response) => {
  response.writeHead(200, { 'content-length': '100' });
  response.write('{"a"', () => response.socket?.destroy());
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
      ['GET', '/root/v1/shop?page=2&all=true&q=a+b%26c', ''],
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
    '\t//evil.example.net',
    '.\n./.\r./x',
  ])('never leaves the root: %j is refused before anything is sent', async (path) => {
    const { http, server, reports } = await storeThat(() => ({}));
    expect(await codeOf(http({ ...read, path }))).toBe('internal');
    expect([server.seen, reports]).toEqual([[], []]);
  });

  it.each(['a:b', 'a%2fb', '@evil.example.net', ':80/x', 'a//b', '...', 'x..y/z', ' '])(
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

describe('after a failure that may pass', () => {
  it.each<[string, Reply]>([
    ['a 500', { status: 500 }],
    ['a page of 503', { status: 503, body: '<html>' }],
    ['a reset connection', reset],
    ['an answer that was cut', cut],
  ])('a read is sent again, a write is not: %s', async (_, reply) => {
    const reading = await storeThat(first(reply, 2));
    expect(await codeOf(reading.http(read))).toBe('answered');
    expect([reading.server.seen.length, reading.waits]).toEqual([3, [400, 800]]);
    const writing = await storeThat(first(reply));
    expect(await codeOf(writing.http(write))).toBe('platform_unavailable');
    expect([writing.server.seen.length, writing.waits]).toEqual([1, []]);
  });

  it('a read by POST is a read', async () => {
    const { http, server } = await storeThat(first({ status: 500 }));
    expect(await codeOf(http({ ...write, effect: 'read' }))).toBe('answered');
    expect(server.seen.map(({ method, body }) => [method, body])).toEqual([
      ['POST', '{"x":1}'],
      ['POST', '{"x":1}'],
    ]);
  });

  it('a write is sent again when nothing of it was sent', async () => {
    const host = await closedPort();
    const transport = createTransport({ egress: createEgress({ allow: [host] }), userAgent: 'Shopspan/test' });
    opened.push(transport);
    const { http, waits, reports } = await storeThat(() => ({}), {
      transport,
      apiRoot: new URL(`http://${host}/root/`),
    });
    expect(await codeOf(http(write))).toBe('platform_unavailable');
    expect([waits.length, reports.length]).toEqual([3, 4]);
  });

  it('a write that was refused for its pace is sent again', async () => {
    const { http, server } = await storeThat(first({ status: 429 }));
    expect(await codeOf(http(write))).toBe('answered');
    expect(server.seen).toHaveLength(2);
  });

  it('it ends after four tries', async () => {
    const { http, server, waits } = await storeThat(() => ({ status: 500 }));
    expect(await codeOf(http(read))).toBe('platform_unavailable');
    expect([server.seen.length, waits]).toEqual([4, [400, 800, 1_600]]);
  });

  it.each<[string, Reply]>([
    ['a refusal', { status: 400 }],
    ['nothing there', { status: 404 }],
    ['a page of a firewall', { status: 403, body: '<html>' }],
    ['another shape', { body: '<html>' }],
    ['a timeout of the platform', { status: 504 }],
  ])('it is not one where trying again is no use: %s', async (_, reply) => {
    const { http, server, waits } = await storeThat(() => reply);
    expect(await codeOf(http(read))).not.toBe('answered');
    expect([server.seen.length, waits]).toEqual([1, []]);
  });

  it('a platform that took its whole deadline is not waited for again', async () => {
    const hanging: Reply = () => undefined;
    const { http, server } = await storeThat(() => hanging, { connector: { ...connector, deadlineMs: 50 } });
    expect(await codeOf(http(read))).toBe('platform_timeout');
    expect(server.seen.length).toBeLessThanOrEqual(1);
  });
});

describe('the time to wait', () => {
  it('is what the platform says', async () => {
    const { http, waits } = await storeThat(first({ status: 429, headers: { 'retry-after': '7' } }));
    expect(await codeOf(http(read))).toBe('answered');
    expect(waits).toEqual([7_000]);
  });

  it('is told to the caller instead, where it is longer than a caller should be kept', async () => {
    const { http, waits, server } = await storeThat(() => ({ status: 429, headers: { 'retry-after': '11' } }));
    await expect(http(read)).rejects.toMatchObject({
      code: 'platform_rate_limited',
      context: { retryAfterMs: 11_000 },
    });
    expect([waits, server.seen.length]).toEqual([[], 1]);
  });

  it('differs by chance, so that many callers do not come back in step', async () => {
    const least = await storeThat(first({ status: 500 }), { random: () => 0 });
    const most = await storeThat(first({ status: 500 }), { random: () => 0.999 });
    await least.http(read);
    await most.http(read);
    expect([least.waits, most.waits]).toEqual([[200], [600]]);
  });

  it('is learnt from the budget of every answer, of a refused one too', async () => {
    const sleeps: number[] = [];
    let at = 0;
    const sleep = (milliseconds: number): Promise<void> =>
      Promise.resolve(void (sleeps.push(milliseconds), (at += milliseconds)));
    const pacer = createPacer({ now: () => at, sleep });
    const { http } = await storeThat(
      (_, count) =>
        count === 1 ? { headers: { 'x-remaining': '50' } } : { status: 404, headers: { 'x-remaining': '0' } },
      { pacer },
    );
    await http(read);
    expect(await codeOf(http({ ...read, cost: 150 }))).toBe('not_found');
    expect(await codeOf(http({ ...read, cost: 10 }))).toBe('not_found');
    expect(sleeps).toEqual([1_000, 100]);
  });
});

describe('a credential that is refused', () => {
  it('is renewed once, and a read is sent again with the new one', async () => {
    const { http, server, renewals } = await storeThat(first({ status: 401 }));
    expect(await codeOf(http(read))).toBe('answered');
    expect(renewals).toEqual([1]);
    expect(server.seen.map(({ headers }) => headers.authorization)).toEqual([
      `Basic ${btoa('k:s1')}`,
      `Basic ${btoa('k:s2')}`,
    ]);
  });

  it('is renewed for a write as well, which is not sent again', async () => {
    const { http, server, renewals } = await storeThat(first({ status: 401 }));
    expect(await codeOf(http(write))).toBe('credential_expired');
    expect([renewals, server.seen.length]).toEqual([[1], 1]);
  });

  it('right after it was issued means that the grant is gone', async () => {
    const { http, server, renewals } = await storeThat(() => ({ status: 401 }));
    expect(await codeOf(http(read))).toBe('credential_revoked');
    expect([renewals, server.seen.length]).toEqual([[1], 2]);
  });

  it('and cannot be renewed is told as what came of that', async () => {
    const gone = new GatewayError('credential_revoked', 'Connect again.');
    const credential = {
      current: () => Promise.resolve({ credentials: pair(1), version: 1 }),
      renew: () => Promise.reject(gone),
    };
    const { http, server } = await storeThat(() => ({ status: 401 }), { credential });
    await expect(http(read)).rejects.toBe(gone);
    expect(server.seen).toHaveLength(1);
  });
});

describe('an end without an answer', () => {
  it('comes at once when the caller has gone, before, while and between', async () => {
    const gone = new Error('gone home');
    const before = await storeThat(() => ({}), { signal: AbortSignal.abort(gone) });
    await expect(before.http(read)).rejects.toBe(gone);
    expect(before.server.seen).toEqual([]);

    const caller = new AbortController();
    const during = await storeThat(() => () => caller.abort(gone), { signal: caller.signal });
    await expect(during.http(read)).rejects.toBe(gone);
    expect(during.server.seen).toHaveLength(1);

    const later = new AbortController();
    const sleep = (): Promise<void> => Promise.resolve(later.abort(gone));
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
