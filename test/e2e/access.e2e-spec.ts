import { request as httpRequest } from 'node:http';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { publicId, readPublicId, recordId, type RecordKind } from '#contract';
import { startSystem, type System, type TestApp } from '../system.js';
import { apiClient, readAnswer, readProblem } from './api-client.js';
import { readRoutes } from './gateway-routes.js';
import { makeKeys, pasted, shopAddress, SOUQ } from './woocommerce-way.js';

// What is open to anybody is listed here by name: a new route must not slip in among them.
const PUBLIC = [
  ...[
    'GET /healthz',
    'GET /readyz',
    'GET /ops/sign-in',
    'POST /ops/sign-in',
    'GET /ops/callback',
    'GET /ops/link/:link',
    'POST /ops/link/:link',
    'GET /connect/style.css',
  ],
  ...[
    'GET /connect/callback/:handle',
    'GET /connect/start/:handle',
    'GET /connect/uninstalled/:handle',
    'GET /connect/return',
    'POST /connect/keys/:secret',
    'GET /connect/steps/:page/:callback',
    'POST /connect/activation/:secret',
    'GET /connect/window/:page',
  ],
  ...['POST /webhooks/s/:handle', 'POST /webhooks/c/:handle'],
  ...['GET /connect/:token', 'GET /connect/:token/:platform', 'POST /connect/:token/:platform'],
];
const OPERATORS = [
  ...['GET /ops/stores', 'GET /ops/stops', 'POST /ops/stops', 'DELETE /ops/stops/:id'],
  ...['GET /ops/account', 'POST /ops/sign-out', 'POST /ops/sessions/:id/end'],
  ...['GET /ops/operators', 'POST /ops/operators/:id'],
];

let system: System;
beforeAll(async () => {
  system = await startSystem();
  return () => system.stop();
});

const nameOf = ({ method, path }: { method: string; path: string }) => `${method === 'HEAD' ? 'GET' : method} ${path}`;
const isPublic = (route: { method: string; path: string }) =>
  PUBLIC.includes(nameOf(route)) || /^\/docs(\/|-|$)/.test(route.path);

async function call(method: string, path: string, authorization?: string) {
  const headers = authorization === undefined ? {} : { authorization };
  return await readAnswer(await fetch(`${system.url}${path}`, { method, headers, redirect: 'manual' }));
}

describe('every route', () => {
  it('is known: the API, the screens, the operators’ page, health and the documents', () => {
    const names = new Set(readRoutes(system).map(nameOf));
    expect([...PUBLIC, ...OPERATORS].filter((name) => !names.has(name))).toEqual([]);
    const others = readRoutes(system).filter((route) => !isPublic(route) && !OPERATORS.includes(nameOf(route)));
    expect(others.every(({ path }) => path.startsWith('/v1/'))).toBe(true);
    expect(others.length).toBeGreaterThan(15);
  });

  it('that is not public refuses whoever has no credential for it', async () => {
    const { app } = system.tenants[0];
    const revoked = await system.addKey(app, {});
    await system.sql('UPDATE api_keys SET revoked_at = now() WHERE last_four = $1', [revoked.slice(-4)]);
    const closed = readRoutes(system).filter((route) => !isPublic(route));
    for (const route of closed) {
      const path = route.path.replace(/:[a-z]+/g, 'x').replace('*', 'x');
      const isForOperators = OPERATORS.includes(nameOf(route));
      const wrong = [undefined, `Bearer ${revoked}`, 'Bearer x', `Bearer ${'A'.repeat(200)}`, 'Basic eDp5'];
      const others = isForOperators ? `Bearer ${app.apiKey}` : `Bearer ${system.operatorToken}`;
      for (const authorization of [...wrong, others]) {
        const { status } = await call(route.method, path, authorization);
        expect([nameOf(route), authorization?.slice(0, 12), status]).toEqual([
          ...[nameOf(route), authorization?.slice(0, 12)],
          401,
        ]);
      }
    }
  });
});

/** Sends a path as it is: `fetch` would tidy it up first. */
function raw(method: string, path: string): Promise<{ readonly status: number; readonly body: string }> {
  const { hostname, port } = new URL(system.url);
  return new Promise((resolve, reject) => {
    const request = httpRequest({ hostname, port, method, path, agent: false }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString()));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    request.on('error', reject);
    request.end();
  });
}

describe('a path', () => {
  it.each([
    ...['//v1/stores', '/V1/stores', '/v1/stores/', '/v1/stores;x', '/v1%2fstores', '/%761/stores', '/v1/./stores'],
    ...['/v1/../v1/stores', '/v1//stores', '/v1/stores%00', '/v1/stores%2e', '/v1/stores/%2e%2e', '/v1\\stores'],
    ...['/docs/../v1/stores', '/docs/%2e%2e/v1/stores', '/healthz/../v1/stores', '/connect/../v1/stores'],
    ...['/v1/stores?x=/healthz', '/v1/stores#/docs', 'http://127.0.0.1/v1/stores', '/ops/stores/', '//ops/stores'],
    ...[
      '/docs/%2e%2e%2f%2e%2e%2fpackage.json',
      '/docs/..%5c..%5cpackage.json',
      '/%zz',
      `/v1/orders/${'a'.repeat(3000)}`,
    ],
  ])('reaches nothing without a credential, however it is written (%#): %s', async (path) => {
    for (const method of ['GET', 'HEAD']) {
      const { status, body } = await raw(method, path);
      expect([path, status, [400, 401, 404].includes(status)]).toEqual([path, status, true]);
      expect(body).not.toMatch(/"data"|"name":|dependencies/);
    }
  });

  it.each(['OPTIONS', 'TRACE', 'PATCH', 'PUT', 'DELETE', 'PROPFIND', 'LINK'])(
    'is not served by a method it does not have: %s',
    async (method) => {
      const { status, body } = await raw(method, '/v1/orders');
      expect([400, 401, 404, 405, 501]).toContain(status);
      expect(body).not.toContain('"data"');
    },
  );

  it('keeps its method whatever a header asks for', async () => {
    const { app } = system.tenants[0];
    const response = await fetch(`${system.url}/v1/stores/x`, {
      headers: { authorization: `Bearer ${app.apiKey}`, 'x-http-method-override': 'DELETE' },
    });
    expect(response.status).toBe(404);
  });
});

/** Somebody else's store, and ids of records in it: that they exist is for the store to say, not for the id. */
async function foreignRecords(app: TestApp): Promise<{ storeId: string; recordOf: (name: string) => string }> {
  const api = apiClient(system, app);
  const [store] = await api.stores();
  if (store === undefined) throw new Error('the other tenant has no store');
  const uuid = readPublicId('store', store.id) ?? '';
  const recordOf = (name: string): string => {
    const kind = KIND_OF[name];
    if (kind === undefined) throw new Error(`no kind of record is known for ${name}`);
    return recordId(kind, uuid, '1');
  };
  return { storeId: store.id, recordOf };
}

const KIND_OF: Readonly<Record<string, RecordKind>> = {
  orders: 'order',
  fulfillment: 'fulfillment',
  products: 'product',
  variant: 'variant',
  customers: 'customer',
  address: 'address',
  categories: 'category',
  coupons: 'coupon',
  'abandoned-carts': 'cart',
};

/** A body that the route would take, so that nothing but the id is wrong. */
function sampleBody(path: string): object {
  if (path === '/v1/stores/:id') return { externalId: 'mine now' };
  if (path.endsWith('/passthrough')) return { path: 'wp-json/wc/v3/orders' };
  if (path.endsWith('/refunds')) return { amount: { amount: '1.00', currency: 'EUR' } };
  if (path.endsWith('/returns')) return { lineItems: [{ lineItemId: '1', quantity: 1 }] };
  if (path.endsWith('/variants')) return { options: [{ name: 'Size', value: 'S' }] };
  return {};
}

describe('another tenant', () => {
  it('sees of a foreign id exactly what it sees of an unknown one, on every route that takes one', async () => {
    const [mine, theirs] = system.tenants;
    const owner = apiClient(system, theirs.app);
    const credentials = pasted(shopAddress(SOUQ), await makeKeys(system, SOUQ));
    const made = await owner.call('POST', '/v1/stores', { platform: 'woocommerce', credentials });
    const { id } = z.object({ id: z.string() }).parse(made.json);
    const order = (await owner.orders(`store=${id}&limit=1`)).data[0]?.id ?? '';
    const unknown = publicId('store', crypto.randomUUID());
    const hexOf = (store: string) => store.slice('sto_'.length);

    const api = apiClient(system, mine.app);
    const asks: readonly (readonly [string, (store: string, order: string) => string, object?])[] = [
      ['GET', (store) => `/v1/stores/${store}`],
      ['PATCH', (store) => `/v1/stores/${store}`, { externalId: 'mine now' }],
      ['DELETE', (store) => `/v1/stores/${store}`],
      ['GET', (store) => `/v1/orders?store=${store}`],
      ['GET', (_store, record) => `/v1/orders/${record}`],
      ['GET', (_store, record) => `/v1/orders/${record}?include=raw`],
    ];
    for (const [method, path, body] of asks) {
      const foreign = await api.problem(method, path(id, order), body);
      const nowhere = await api.problem(method, path(unknown, order.replace(hexOf(id), hexOf(unknown))), body);
      expect({ ...foreign, requestId: '' }).toEqual({ ...nowhere, requestId: '' });
      expect([foreign.status, foreign.code]).toEqual([404, 'not_found']);
    }
    const reconnect = await api.problem('POST', '/v1/connect-sessions', { storeId: id });
    expect([reconnect.status, reconnect.code]).toEqual([404, 'not_found']);
    expect((await api.stores()).map((store) => store.id)).not.toContain(id);
    // It is all there still.
    expect(await owner.store(id)).toMatchObject({ status: 'active', externalId: null });
  });

  // Generated: a new route joins by itself, and one whose ids nobody here can make fails until somebody says how.
  it('gets 404 for its ids on every route of the API, whatever it sends, and nothing is written', async () => {
    const [mine, theirs] = system.tenants;
    const { storeId, recordOf } = await foreignRecords(theirs.app);
    const api = apiClient(system, mine.app);
    const exempt = ['/v1/platforms/:id'];
    const routes = readRoutes(system).filter(({ method, path }) => method !== 'HEAD' && /^\/v1\/.*:id/.test(path));
    expect(routes.length).toBeGreaterThan(30);
    for (const { method, path } of routes.filter((route) => !exempt.includes(route.path))) {
      const [, resource = ''] = /^\/v1\/([a-z-]+)/.exec(path) ?? [];
      const id = resource === 'stores' ? storeId : recordOf(resource);
      const filled = path.replace(':id', id).replace(/:([a-z]+)/g, (_, name: string) => recordOf(name));
      const answer = await api.call(method, filled, ['GET', 'DELETE'].includes(method) ? undefined : sampleBody(path));
      expect([method, path, answer.status]).toEqual([method, path, 404]);
    }
  });

  it('cannot name its stores nor its records in a query or a body', async () => {
    const [mine, theirs] = system.tenants;
    const { storeId, recordOf } = await foreignRecords(theirs.app);
    const api = apiClient(system, mine.app);
    const lists = readRoutes(system).filter(({ method, path }) => method === 'GET' && /^\/v1\/[a-z-]+$/.test(path));
    for (const { path } of lists.filter(
      ({ path: at }) => !['/v1/stores', '/v1/platforms', '/v1/platform-clients'].includes(at),
    )) {
      expect([path, (await api.get(`${path}?store=${storeId}`)).status]).not.toEqual([path, 200]);
      expect((await api.get(path)).text).not.toContain(storeId);
    }
    const set = await api.problem('PUT', '/v1/inventory-levels', { variantId: recordOf('variant'), available: 1 });
    expect([set.status, set.code]).toEqual([404, 'not_found']);
    const created = await api.problem('POST', `/v1/products?store=${storeId}`, { name: 'Mine now' });
    expect([created.status, created.code]).toEqual([404, 'not_found']);
  });

  it('has platform clients of its own', async () => {
    const clients = await Promise.all(
      system.tenants.map(async ({ app }) => (await apiClient(system, app).get('/v1/platform-clients/shopify')).text),
    );
    expect(clients[0]).toContain('client-of-acme');
    expect(clients[1]).toContain('client-of-borealis');
    expect(clients.join('')).not.toMatch(/secret"/i);
    const live = await apiClient(system, system.live).problem('GET', '/v1/platform-clients/shopify');
    expect(live.code).toBe('not_found');
  });
});

describe('a browser', () => {
  it('of another origin is told nothing', async () => {
    for (const origin of ['https://evil.example', 'null', system.url, 'https://app.example']) {
      const headers = { origin, authorization: `Bearer ${system.tenants[0].app.apiKey}` };
      const response = await fetch(`${system.url}/v1/stores`, { headers });
      expect([...response.headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
      const preflight = { origin, 'access-control-request-method': 'GET' };
      expect((await fetch(`${system.url}/v1/stores`, { method: 'OPTIONS', headers: preflight })).ok).toBe(false);
    }
  });

  it('gets the headers that protect it, with every kind of answer', async () => {
    const key = `Bearer ${system.tenants[0].app.apiKey}`;
    const { url: link } = await apiClient(system, system.tenants[0].app).createSession();
    const json = { 'content-type': 'application/json' };
    const answers = await Promise.all(
      [
        ...[
          '/healthz',
          '/readyz',
          '/v1/stores',
          '/nothing',
          '/%zz',
          `/v1/orders/${'a'.repeat(2000)}`,
          '/docs',
          '/ops/stores',
        ],
        ...['/ops/sign-in', '/docs/openapi.json', new URL(link).pathname, '/connect/unknown', '/connect/style.css'],
        ...['/connect/callback/x?state=x', '/v1/platforms'],
      ].map((path) => fetch(`${system.url}${path}`, { headers: { authorization: key }, redirect: 'manual' })),
    );
    for (const [body, headers] of [
      ['{', { ...json, authorization: key }],
      ['x'.repeat(300_000), { ...json, authorization: key }],
      ['x', { 'content-type': 'text/xml', authorization: key }],
      ['{}', json],
    ] as const) {
      answers.push(await fetch(`${system.url}/v1/connect-sessions`, { method: 'POST', headers, body }));
    }
    for (const response of answers) {
      const { headers } = response;
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
      expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
      expect([headers.get('x-powered-by'), headers.get('server')]).toEqual([null, null]);
      const isStatic = /\/(style\.css|docs)/.test(response.url);
      expect([response.url, headers.get('cache-control')]).toEqual([
        response.url,
        isStatic ? expect.any(String) : 'no-store',
      ]);
      if (response.status >= 400 && !/\/(connect|ops\/sign-in)/.test(response.url)) {
        readProblem(await readAnswer(response));
      }
    }
  });
});
