import { once } from 'node:events';
import { connect } from 'node:net';
import { beforeAll, describe, expect, it } from 'vitest';
import { RETURN_ORIGIN, startSystem, type System, type TestApp } from '../system.js';
import { type ApiClient, apiClient } from './api-client.js';
import { readRoutes } from './gateway-routes.js';
import { connectWooCommerce, makeKeys, pasted, SOUQ, TEA } from './woocommerce-way.js';

let system: System;
let app: TestApp;
let api: ApiClient;
beforeAll(async () => {
  system = await startSystem({ tap: true });
  app = system.tenants[0].app;
  api = apiClient(system, app);
  return () => system.stop();
});

/** Sends bytes as they are over a connection of its own, and gives all that comes back. */
async function raw(text: string): Promise<string> {
  const { hostname, port } = new URL(system.url);
  const socket = connect(Number(port), hostname);
  let heard = '';
  socket.on('data', (chunk: Buffer) => (heard += chunk.toString()));
  socket.on('error', () => undefined);
  socket.end(text);
  await once(socket, 'close');
  return heard;
}

const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0);

/** What programs make of a path on its way to a router. */
const DISGUISES: readonly ((path: string) => string)[] = [
  ...[
    (path: string) => `/${path}`,
    (path: string) => `${path}/`,
    (path: string) => `${path};x`,
    (path: string) => `${path}%00`,
  ],
  ...[(path: string) => `/.${path}`, (path: string) => `/x/..${path}`, (path: string) => `/docs/..${path}`],
  ...[
    (path: string) => `/docs/%2e%2e${path}`,
    (path: string) => `/healthz/..;${path}`,
    (path: string) => `/connect/%2e%2e${path}`,
  ],
  ...[
    (path: string) => path.replace('/', '/%2f'),
    (path: string) => path.replaceAll('/', '%2f'),
    (path: string) => path.replaceAll('/', '\\'),
  ],
  ...[
    (path: string) => path.toUpperCase(),
    (path: string) => path.replace('v1', '%761'),
    (path: string) => path.replace('v1', 'v1/.'),
  ],
  ...[
    (path: string) => path.replaceAll('/', '//'),
    (path: string) => `${path}?/healthz`,
    (path: string) => `${path}%23/docs`,
  ],
  ...[
    (path: string) => `http://127.0.0.1${path}`,
    (path: string) => `${path}/%2e`,
    (path: string) => `${path}%20`,
    (path: string) => `${path}.json`,
  ],
];

describe('a path over a raw connection', () => {
  it('case 87: of every closed route reaches no handler without a credential, in 23 disguises and 4 methods', async () => {
    const closed = [...new Set(readRoutes(system).map(({ path }) => path))].filter((path) =>
      /^\/(?:v1\/|ops\/st)/.test(path),
    );
    expect(closed.length).toBeGreaterThan(30);
    const wrong: string[] = [];
    for (const path of closed) {
      const plain = path.replace(/:[a-zA-Z]+/g, 'x').replace('*', 'x');
      const paths = [plain, ...DISGUISES.map((disguise) => disguise(plain))];
      const requests = paths.flatMap((one) => ['GET', 'HEAD', 'OPTIONS', 'TRACE'].map((method) => `${method} ${one}`));
      const answers = await Promise.all(
        requests.map((request) => raw(`${request} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)),
      );
      for (const [at, answer] of answers.entries()) {
        if (![400, 401, 404, 405].includes(statusOf(answer)))
          wrong.push(`${requests[at] ?? ''}: ${answer.slice(0, 40)}`);
      }
    }
    expect(wrong).toEqual([]);
  }, 120_000);

  it.each([
    ['TRACE', 405],
    ['OPTIONS', 405],
    ['PATCH', 405],
    ['PROPFIND', 405],
    ['BREW', 400],
  ])('case 154: has no method %s', async (method, status) => {
    const answer = await raw(
      `${method} /v1/stores HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${app.apiKey}\r\nX-Canary: c\r\nConnection: close\r\n\r\n`,
    );
    expect(statusOf(answer)).toBe(status);
    if (status === 405) expect(answer).toMatch(/\r\nallow: GET, HEAD, POST\r\n/i);
    expect(answer).not.toMatch(/canary|ssk_/i);
  });

  it('case 154: is no way to somewhere else: CONNECT gets nothing', async () => {
    expect(await raw('CONNECT 127.0.0.1:5432 HTTP/1.1\r\nHost: 127.0.0.1:5432\r\n\r\n')).not.toMatch(/^HTTP\/1\.1 2/);
  });

  it.each(['X-HTTP-Method-Override', 'X-HTTP-Method', 'X-Method-Override'])('case 154: ignores %s', async (name) => {
    const answer = await api.call('GET', '/v1/stores?_method=DELETE', undefined, { [name]: 'DELETE' });
    expect([answer.status, answer.json]).toEqual([400, expect.objectContaining({ code: 'request_invalid' })]);
    expect((await api.call('GET', '/v1/stores', undefined, { [name]: 'DELETE' })).status).toBe(200);
  });
});

describe('a browser app', () => {
  const preflight = (path: string, origin: string) =>
    fetch(`${system.url}${path}`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'GET', 'access-control-request-headers': 'authorization' },
    });

  it('case 153: of a registered origin may ask and is answered, errors included, never with cookies', async () => {
    const asked = await preflight('/v1/stores', RETURN_ORIGIN);
    expect([asked.status, asked.headers.get('access-control-allow-origin')]).toEqual([204, RETURN_ORIGIN]);
    expect(asked.headers.get('access-control-allow-headers')).toContain('authorization');
    expect(asked.headers.get('vary')).toBe('Origin');
    expect((await preflight('/oauth/token', RETURN_ORIGIN)).status).toBe(204);
    for (const [path, status] of [
      ['/v1/stores', 200],
      ['/v1/nothing', 404],
      ['/v1/orders', 422],
    ] as const) {
      const { headers, status: got } = await api.call('GET', path, undefined, { origin: RETURN_ORIGIN });
      expect([path, got, headers.get('access-control-allow-origin')]).toEqual([path, status, RETURN_ORIGIN]);
      expect(headers.get('access-control-allow-credentials')).toBeNull();
    }
    const bare = await fetch(`${system.url}/v1/stores`, { headers: { origin: RETURN_ORIGIN } });
    expect([bare.status, bare.headers.get('access-control-allow-origin')]).toEqual([401, RETURN_ORIGIN]);
  });

  it('case 153: of another app may ask, and cannot read what a caller of this one is answered', async () => {
    const redirectUri = 'https://other.example/callback';
    const { clientId } = await system.addClient(system.live, { kind: 'browser', redirectUris: [redirectUri] });
    const { clientId: confidential, secret } = await system.addClient(app);
    const { origin } = new URL(redirectUri);
    // Another gateway, which has not yet read its list.
    const url = await system.addGateway();
    type Asked = { readonly headers?: Readonly<Record<string, string>> } & Pick<RequestInit, 'method' | 'body'>;
    const read = async (path: string, { headers, ...init }: Asked) => {
      const answer = await fetch(`${url}${path}`, { ...init, headers: { ...headers, origin } });
      return [answer.status, answer.headers.get('access-control-allow-origin')];
    };
    const preflighted = { method: 'OPTIONS', headers: { 'access-control-request-method': 'GET' } };
    for (const path of ['/v1/stores', '/oauth/token']) expect(await read(path, preflighted)).toEqual([204, origin]);
    const bearer = (key: string) => ({ headers: { authorization: `Bearer ${key}` } });
    expect(await read('/v1/stores', bearer(system.live.apiKey))).toEqual([200, origin]);
    expect(await read('/v1/stores', bearer(app.apiKey))).toEqual([200, null]);
    const narrow = await system.addKey(app, { scopes: ['read:orders'] });
    expect(await read('/v1/stores', bearer(narrow))).toEqual([403, null]);
    expect(await read('/v1/nothing', bearer(app.apiKey))).toEqual([404, origin]);
    const ask = (fields: Readonly<Record<string, string>>) =>
      read('/oauth/token', { method: 'POST', body: new URLSearchParams(fields) });
    expect(await ask({ grant_type: 'refresh_token', refresh_token: 'x', client_id: clientId })).toEqual([400, origin]);
    const credentials = { grant_type: 'client_credentials', client_id: confidential, client_secret: secret ?? '' };
    expect(await ask(credentials)).toEqual([200, null]);
  });

  it('case 153: has no business outside of the API', async () => {
    for (const path of ['/ops/stores', '/connect/x', '/docs', '/healthz', '/webhooks/s/x', '/v1', '/v10/stores']) {
      const { headers } = await preflight(path, RETURN_ORIGIN);
      expect([path, headers.get('access-control-allow-origin')]).toEqual([path, null]);
    }
  });
});

describe('a body', () => {
  it.each([
    '{"externalId":"\\u0000"}',
    '{"externalId":"\\ud800"}',
    '{"externalId":1e400}',
    '{"externalId":99999999999999999999}',
  ])('case 118: is refused, not lost nor stumbled over: %s', async (body) => {
    const answer = await api.call('POST', '/v1/connect-sessions', body);
    expect([answer.status, answer.json]).toEqual([400, expect.objectContaining({ code: 'request_invalid' })]);
  });
});

describe('a call to a store', () => {
  it('case 137: carries nothing of the caller’s request, and brings no cookie back', async () => {
    const store = await connectWooCommerce(system, app, { host: TEA });
    const since = system.exchanges.length;
    const canary = 'canary-7Yq2';
    const more = {
      ...{
        cookie: `session=${canary}`,
        'x-forwarded-for': canary,
        'x-forwarded-host': canary,
        forwarded: `for=${canary}`,
      },
      ...{ 'proxy-authorization': canary, 'x-real-ip': canary, via: canary, te: 'trailers', 'x-anything': canary },
    };
    const { status, headers } = await api.call('GET', `/v1/orders?store=${store.id}&limit=1`, undefined, more);
    expect([status, headers.get('set-cookie')]).toEqual([200, null]);
    const sent = JSON.stringify(system.exchanges.slice(since));
    expect(sent).toContain('orders');
    expect(sent).not.toContain(canary);
    expect(sent).not.toContain(app.apiKey);
  });

  it('cases 128 and 138: to an inner host ends alike, in like time, whether its port is open or not', async () => {
    const { port: open } = new URL(system.sandboxUrl);
    const keys = await makeKeys(system, SOUQ);
    const ask = async (storeUrl: string) => {
      const started = performance.now();
      const answer = await apiClient(system, system.live).problem('POST', '/v1/stores', {
        ...{ platform: 'woocommerce', credentials: pasted(storeUrl, keys) },
      });
      return { took: performance.now() - started, shape: JSON.stringify({ ...answer, requestId: '' }) };
    };
    const kinds = [`https://127.0.0.1:${open}`, 'https://127.0.0.1:1', 'https://10.255.255.1', 'https://127.0.0.1'];
    const rounds = Array.from({ length: 15 }, () => kinds);
    const took = new Map<string, number[]>(kinds.map((kind) => [kind, []]));
    const shapes = new Set<string>();
    for (const kind of rounds.flat()) {
      const one = await ask(kind);
      took.get(kind)?.push(one.took);
      shapes.add(one.shape);
    }
    expect([...shapes]).toEqual([expect.stringContaining('address_refused')]);
    const medians = [...took.values()].map((times) => times.sort((a, b) => a - b)[7] ?? 0);
    expect(Math.max(...medians) / Math.min(...medians)).toBeLessThan(5);
    expect(system.logLines.some((line) => line.includes('egress.refused') && line.includes('127.0.0.1'))).toBe(true);
  });
});

describe('a failure on our side', () => {
  it('case 156: tells nothing but its number: no stack, no SQL, no library', async () => {
    await system.sql('ALTER TABLE stores RENAME COLUMN name TO name_taken_away');
    const answer = await api.call('GET', '/v1/stores');
    await system.sql('ALTER TABLE stores RENAME COLUMN name_taken_away TO name');
    expect([answer.status, answer.json]).toEqual([500, expect.objectContaining({ code: 'internal' })]);
    expect(answer.text).not.toMatch(/\n\s*at |prisma|select|column|stores|node_modules|\.ts|\.js/i);
    const { requestId } = answer.json as { requestId: string };
    // Whoever operates the gateway finds the cause by that number.
    expect(system.logLines.some((line) => line.includes(requestId) && line.includes('name'))).toBe(true);
  });

  it('case 156: what the framework refuses is not quoted, nor the framework', async () => {
    const answers = await Promise.all([
      fetch(`${system.url}/%zz-canary`),
      fetch(`${system.url}/canary`),
      fetch(`${system.url}/docs/canary`),
      fetch(`${system.url}/v1/canary`, { method: 'POST', body: 'x', headers: { 'content-type': 'text/canary' } }),
    ]);
    for (const answer of answers) {
      expect([400, 404, 415]).toContain(answer.status);
      expect(await answer.text()).not.toMatch(/canary|fastify|FST_|NotFound|Exception|Cannot (?:GET|POST)/);
    }
  });

  it('case 116: a statement that takes too long is given up, and can be tried again', async () => {
    const locked = system.sql('DO $$ BEGIN LOCK TABLE stores IN ACCESS EXCLUSIVE MODE; PERFORM pg_sleep(5); END $$');
    const problem = await api.problem('GET', '/v1/stores');
    await locked;
    expect([problem.status, problem.code, problem.retryable]).toEqual([503, 'database_unavailable', true]);
  });
});

it.each([
  ...[{ 'x-forwarded-for': '1.2.3.4' }, { 'x-forwarded-proto': 'https' }, { 'x-forwarded-host': 'evil.example' }],
  ...[
    { forwarded: 'for=1.2.3.4;host=evil.example;proto=https' },
    { 'x-real-ip': '1.2.3.4' },
    { 'x-original-url': '/healthz' },
  ],
  { 'x-rewrite-url': '/healthz' },
] as Readonly<Record<string, string>>[])('case 155: nobody is believed to be a proxy: %j', async (headers) => {
  const plain = await fetch(`${system.url}/v1/stores`);
  const spoofed = await fetch(`${system.url}/v1/stores`, { headers });
  const shape = (answer: Response) => [...answer.headers.keys()].filter((name) => name !== 'date').sort();
  expect([spoofed.status, shape(spoofed)]).toEqual([plain.status, shape(plain)]);
  const session = await api.call('POST', '/v1/connect-sessions', {}, headers);
  expect(session.text).not.toContain('evil.example');
  expect(session.text).toContain(system.url);
});
