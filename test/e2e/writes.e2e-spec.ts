import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { SCOPES } from '#contract';
import { startSystem, type System, type TestApp } from '../system.js';
import { type ApiClient, apiClient, type Answer, readProblem, type Store } from './api-client.js';
import { BOOKS, connectWooCommerce } from './woocommerce-way.js';

const ACCESS = SCOPES.filter((scope) => scope !== 'passthrough' && scope !== 'read:customers.pii');
const written = z.object({
  data: z.looseObject({ id: z.string() }),
  dropped: z.array(z.looseObject({ path: z.string(), fate: z.string(), why: z.string() })),
});

let system: System;
let app: TestApp;
let api: ApiClient;
let store: Store;
beforeAll(async () => {
  system = await startSystem({ tap: true });
  app = system.tenants[0].app;
  api = apiClient(system, app);
  store = await connectWooCommerce(system, app, { host: BOOKS, session: { access: ACCESS } });
  return () => system.stop();
});

const ORDER = { lineItems: [{ name: 'Engraving', quantity: 1, unitPrice: { amount: '4.20', currency: 'EUR' } }] };
const create = (key: string, body: object = ORDER, path = `/v1/orders?store=${store.id}`): Promise<Answer> =>
  api.call('POST', path, body, { 'idempotency-key': key });
/** How often the platform was asked to make an order since then. */
const ordersPosted = (since: number): number =>
  system.exchanges.slice(since).filter(({ method, path }) => method === 'POST' && /wc\/v3\/orders(\?|$)/.test(path))
    .length;
/** What was sent to the platform for callers; what the worker does about webhooks is its own business. */
const sentSince = (since: number) =>
  system.exchanges.slice(since).filter(({ path, body }) => !/webhook/i.test(path + body));
const fault = (order: object) => system.control('PUT', `/control/faults/${BOOKS}`, order);

describe('an Idempotency-Key', () => {
  it('must come with an order and with a refund, and must be one', async () => {
    const path = `/v1/orders?store=${store.id}`;
    expect(readProblem(await api.call('POST', path, ORDER)).code).toBe('idempotency_key_required');
    for (const key of ['', 'a b', 'é', 'x'.repeat(256)]) {
      const answer = await create(key).catch(() => undefined);
      if (answer !== undefined) expect([key.length, answer.status]).toEqual([key.length, 400]);
    }
    const product = await api.call('POST', `/v1/products?store=${store.id}`, { name: 'Needs none' });
    expect(product.status).toBe(201);
  });

  it('sent by fifty at once makes one order; whoever comes after gets the very answer', async () => {
    const key = randomUUID();
    const since = system.exchanges.length;
    const all = await Promise.all(Array.from({ length: 50 }, () => create(key)));
    expect(ordersPosted(since)).toBe(1);
    const first = all.find(({ status }) => status === 201);
    for (const answer of all.filter((one) => one !== first)) {
      if (answer.status === 200) expect(answer.text).toBe(first?.text);
      else expect(readProblem(answer).code).toBe('idempotency_in_progress');
    }
    const replayed = await create(key);
    expect([replayed.status, replayed.headers.get('idempotency-replayed'), replayed.text]).toEqual([
      200,
      'true',
      first?.text,
    ]);
    expect(ordersPosted(since)).toBe(1);
  });

  it('is for one request: another body, another operation or another store is refused', async () => {
    const key = randomUUID();
    const made = written.parse((await create(key)).json);
    const others = [
      create(key, { ...ORDER, buyerNote: 'x' }),
      create(key, { amount: { amount: '1.00', currency: 'EUR' } }, `/v1/orders/${made.data.id}/refunds`),
    ];
    for (const answer of await Promise.all(others)) {
      expect([answer.status, readProblem(answer).code]).toEqual([422, 'idempotency_key_reused']);
    }
    const elsewhere = await system.addApp(system.tenants[0].id, { name: 'Other', mode: 'test' });
    const own = await connectWooCommerce(system, elsewhere, { host: BOOKS, session: { access: ACCESS } });
    const answer = await apiClient(system, elsewhere).call('POST', `/v1/orders?store=${own.id}`, ORDER, {
      'idempotency-key': key,
    });
    expect(answer.status).toBe(201);
  });

  it('is free again when the platform refused: the corrected request goes through', async () => {
    const key = randomUUID();
    const refused = await create(key, { lineItems: [{ productId: z.string().parse(idOf('99999999')), quantity: 1 }] });
    expect([refused.status, readProblem(refused).code]).toEqual([422, 'request_rejected']);
    expect((await create(key)).status).toBe(201);
  });

  it('whose answer was lost after the platform had done it never makes a second order', async () => {
    const key = randomUUID();
    const since = system.exchanges.length;
    await fault({ kind: 'reset', path: '/wp-json/wc/v3/orders', count: 1 });
    const lost = await create(key);
    expect(lost.status).toBeGreaterThanOrEqual(400);
    const again = await create(key);
    // Found again, or not decidable: never sent a second time.
    expect([200, 201, 409]).toContain(again.status);
    if (again.status === 409) expect(readProblem(again).code).toBe('outcome_unknown');
    expect(ordersPosted(since)).toBe(1);
  });

  it('sent again after a failure before anything was written does the work', async () => {
    const key = randomUUID();
    await fault({ kind: 'status', status: 429, body: {}, count: 10 });
    const busy = await create(key);
    expect(readProblem(busy).code).toBe('platform_rate_limited');
    await system.control('DELETE', `/control/faults/${BOOKS}`);
    expect((await create(key)).status).toBe(201);
  });
});

const uuid = (): string => store.id.slice('sto_'.length);
const idOf = (platformId: string): string => `prd_${uuid()}_${Buffer.from(platformId).toString('base64url')}`;

describe('a dry run', () => {
  it('says what would be written, ignored and changed, and sends nothing', async () => {
    const since = system.exchanges.length;
    const answer = await api.call('POST', `/v1/customers?store=${store.id}&dryRun=true`, {
      email: 'dry@example.com',
      tags: ['vip'],
    });
    expect([answer.status, answer.json]).toEqual([
      200,
      {
        dryRun: true,
        written: ['email'],
        ignored: [{ path: 'tags', why: expect.stringMatching(/\w/) as unknown }],
        changed: [],
      },
    ]);
    expect(sentSince(since)).toEqual([]);
  });

  it('of a request that is wrong says so', async () => {
    const path = `/v1/customers?store=${store.id}&dryRun=true`;
    const problem = await api.problem('POST', path, { email: 'x\u0000@example.com', colour: 'blue' });
    expect(problem.code).toBe('request_invalid');
  });
});

describe('a write', () => {
  it('lists what was dropped, and is refused when nothing would be left of it', async () => {
    const made = await api.call('POST', `/v1/customers?store=${store.id}`, {
      email: `${randomUUID()}@example.com`,
      tags: ['vip'],
    });
    const { data, dropped } = written.parse(made.json);
    expect(dropped).toEqual([{ path: 'tags', fate: 'ignored', why: expect.stringMatching(/\w/) as unknown }]);
    const nothing = await api.problem('PATCH', `/v1/customers/${data.id}`, { tags: ['vip'] });
    expect([nothing.code, nothing.fields?.map(({ path }) => path)]).toEqual(['request_rejected', ['tags']]);
  });

  it.each<[string, object, string]>([
    ['an unknown field', { colour: 'blue' }, 'request_invalid'],
    ['a field of ours', { name: 'x', tenantId: 'x' }, 'request_invalid'],
    ['an empty name', { name: '' }, 'request_invalid'],
    ['NUL in a name', { name: 'a\u0000b' }, 'request_invalid'],
    ['half a character', { name: 'a\ud800b' }, 'request_invalid'],
    ['a price that is a number', { name: 'x', price: 12.5 }, 'request_invalid'],
    ['a negative price', { name: 'x', price: { amount: '-1.00', currency: 'EUR' } }, 'request_invalid'],
    ['a price in letters', { name: 'x', price: { amount: '1e3', currency: 'EUR' } }, 'request_invalid'],
    ['a name of a megabyte', { name: 'x'.repeat(1_000_000) }, 'payload_too_large'],
    ['a reference to nothing', { name: 'x', categoryIds: ['nonsense'] }, 'not_found'],
  ])('with %s is refused before anything is sent', async (_, body, code) => {
    const since = system.exchanges.length;
    const problem = await api.problem('POST', `/v1/products?store=${store.id}`, body);
    expect(problem.code).toBe(code);
    expect(sentSince(since)).toEqual([]);
  });

  it('keeps emoji, quotes and mark-up as they are', async () => {
    const name = 'Tea 🍵 "Earl" <b>Grey</b> & Łukasz';
    const made = written.parse((await api.call('POST', `/v1/products?store=${store.id}`, { name })).json);
    expect(JSON.parse((await api.get(`/v1/products/${made.data.id}`)).text)).toMatchObject({ name });
  });

  it('needs the scope of its resource', async () => {
    const reader = { ...app, apiKey: await system.addKey(app, { scopes: ['read:products'] }) };
    const problem = await apiClient(system, reader).problem('POST', `/v1/products?store=${store.id}`, { name: 'x' });
    expect([problem.status, problem.code]).toEqual([403, 'scope_missing']);
  });

  it('masks what the key may not see, also in its answer', async () => {
    const scopes = ['read:customers', 'write:customers'] as const;
    const blind = { ...app, apiKey: await system.addKey(app, { scopes: [...scopes] }) };
    const email = `${randomUUID()}@example.com`;
    const made = await apiClient(system, blind).call('POST', `/v1/customers?store=${store.id}`, { email });
    expect([made.status, made.text.includes(email)]).toEqual([201, false]);
  });
});
