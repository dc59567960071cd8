import { GatewayError } from '#contract';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { closedPort, cut, type Reply, reset } from '../../test/setup/loopback.js';
import {
  codeOf,
  connector,
  first,
  pair,
  read,
  storeThat as startStore,
  write,
} from '../../test/setup/loopback-store.js';
import { createPacer } from './pacer.js';
import { createEgress } from './transport/egress.js';
import { createTransport } from './transport/transport.js';

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

  it('that lasts for good is not asked to be renewed: its refusal is told with what the shop said', async () => {
    const current = () => Promise.resolve({ credentials: pair(1), version: 1, forGood: true as const });
    const renew = () => Promise.reject(new Error('nobody can renew it'));
    const { http, server } = await storeThat(() => ({ status: 401 }), { credential: { current, renew } });
    const error = await http(read).catch((failure: unknown) => failure);
    expect(error).toMatchObject({ code: 'credential_revoked', context: { platform: { status: 401 } } });
    expect(server.seen).toHaveLength(1);
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
