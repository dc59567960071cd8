import { request as httpRequest } from 'node:http';
import { beforeAll, describe, expect, it } from 'vitest';
import { startSystem, type System } from '../system.js';
import { apiClient, readAnswer, readProblem } from './api-client.js';
import { readRoutes } from './gateway-routes.js';

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
    ...[
      'style.css',
      'icon.svg',
      'screen.js',
      ':token/done',
      'embed.js',
      'opener.js',
      ':token/status',
      ':token/logo',
      ':token/brand.css',
    ].map((name) => `GET /connect/${name}`),
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
  ...[
    'GET /oauth/authorize',
    'GET /oauth/authorize/:uid',
    'GET /oauth/interaction/:uid',
    'POST /oauth/interaction/:uid',
  ],
  ...['token', 'par', 'revoke', 'introspect'].flatMap((name) => [`POST /oauth/${name}`, `OPTIONS /oauth/${name}`]),
  ...[
    'GET /oauth/jwks',
    'GET /oauth/.well-known/openid-configuration',
    'OPTIONS /oauth/.well-known/openid-configuration',
    'GET /oauth/.well-known/oauth-authorization-server',
    'OPTIONS /oauth/.well-known/oauth-authorization-server',
    'GET /.well-known/oauth-authorization-server/oauth',
  ],
  ...['POST /webhooks/s/:handle', 'POST /webhooks/c/:handle'],
  ...['GET /connect/:token', 'GET /connect/:token/:platform', 'POST /connect/:token/:platform'],
];
const OPERATORS = [
  ...['GET /ops/stores', 'GET /ops/stops', 'POST /ops/stops', 'DELETE /ops/stops/:id'],
  'GET /metrics',
  ...['GET /ops/session', 'DELETE /ops/session', 'GET /ops/sessions', 'DELETE /ops/sessions/:id'],
  ...['GET /ops/attention', 'GET /ops/stores/:id', 'GET /ops/stores/:id/timeline', 'GET /ops/platforms'],
  ...['retry', 'pause', 'resume', 'probe', 'reconnect-link', 'resubscribe'].map(
    (name) => `POST /ops/stores/:id/${name}`,
  ),
  ...['GET /ops/platforms/:id', 'GET /ops/capabilities', 'GET /ops/tokens', 'GET /ops/queues', 'GET /ops/deliveries'],
  ...['POST /ops/deliveries/:id/replay', 'GET /ops/subscriptions', 'GET /ops/apps', 'GET /ops/apps/:id'],
  ...['PUT /ops/apps/:id/limit', 'POST /ops/keys/:id/revoke', 'GET /ops/audit'],
  ...['GET /ops/operators', 'PATCH /ops/operators/:id'],
];

let system: System;
beforeAll(async () => {
  system = await startSystem();
  return () => system.stop();
});

const nameOf = ({ method, path }: { method: string; path: string }) => `${method === 'HEAD' ? 'GET' : method} ${path}`;
const isPublic = (route: { method: string; path: string }) =>
  PUBLIC.includes(nameOf(route)) || /^\/(docs(\/|-|$)|console(\/|\*|$))/.test(route.path);
/** What the queue's board brings along. */
const isForOperators = (route: { method: string; path: string }) =>
  OPERATORS.includes(nameOf(route)) || /^\/ops\/queues\/board(\/|\*|$)/.test(route.path);

async function call(method: string, path: string, authorization?: string) {
  const headers = authorization === undefined ? {} : { authorization };
  return await readAnswer(await fetch(`${system.url}${path}`, { method, headers, redirect: 'manual' }));
}

describe('every route', () => {
  it('is known: the API, the screens, the operators’ page, health and the documents', () => {
    const names = new Set(readRoutes(system).map(nameOf));
    expect([...PUBLIC, ...OPERATORS].filter((name) => !names.has(name))).toEqual([]);
    const others = readRoutes(system).filter((route) => !isPublic(route) && !isForOperators(route));
    expect(others.every(({ path }) => path.startsWith('/v1/'))).toBe(true);
    expect(others.length).toBeGreaterThan(15);
  });

  it('case 110: that is not public refuses whoever has no credential for it, and that is logged', async () => {
    const { app } = system.tenants[0];
    const revoked = await system.addKey(app, {});
    await system.sql('UPDATE api_keys SET revoked_at = now() WHERE last_four = $1', [revoked.slice(-4)]);
    const closed = readRoutes(system).filter((route) => !isPublic(route));
    for (const route of closed) {
      const path = route.path.replace(/:[a-z]+/g, 'x').replace('*', 'x');
      const wrong = [undefined, `Bearer ${revoked}`, 'Bearer x', `Bearer ${'A'.repeat(200)}`, 'Basic eDp5'];
      const others = isForOperators(route) ? `Bearer ${app.apiKey}` : `Bearer ${system.operatorToken}`;
      for (const authorization of [...wrong, others]) {
        const { status } = await call(route.method, path, authorization);
        expect([nameOf(route), authorization?.slice(0, 12), status]).toEqual([
          ...[nameOf(route), authorization?.slice(0, 12)],
          401,
        ]);
      }
    }
    const refused = system.logLines.filter((line) => line.includes('"status":401') && line.includes('"answered"'));
    expect(refused.length).toBeGreaterThanOrEqual(6 * closed.length);
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
  ])('case 87: reaches nothing without a credential, however it is written (%#): %s', async (path) => {
    for (const method of ['GET', 'HEAD']) {
      const { status, body } = await raw(method, path);
      expect([path, status, [400, 401, 404].includes(status)]).toEqual([path, status, true]);
      expect(body).not.toMatch(/"data"|"name":|dependencies/);
    }
  });

  it.each(['OPTIONS', 'TRACE', 'PATCH', 'PUT', 'DELETE', 'PROPFIND', 'LINK'])(
    'case 154: is not served by a method it does not have: %s',
    async (method) => {
      const { status, body } = await raw(method, '/v1/orders');
      expect([400, 401, 404, 405, 501]).toContain(status);
      expect(body).not.toContain('"data"');
    },
  );

  it('case 154: keeps its method whatever a header asks for', async () => {
    const { app } = system.tenants[0];
    const response = await fetch(`${system.url}/v1/stores/x`, {
      headers: { authorization: `Bearer ${app.apiKey}`, 'x-http-method-override': 'DELETE' },
    });
    expect(response.status).toBe(404);
  });
});

describe('another tenant', () => {
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
  it('case 153: of another origin is told nothing', async () => {
    const almost = ['http://app.example', 'https://app.example:444', 'https://app.example.', 'https://APP.example'];
    const tricks = [
      'https://app.example.evil.example',
      'https://xapp.example',
      'https://evil.example?https://app.example',
    ];
    for (const origin of [
      'https://evil.example',
      'null',
      '*',
      system.url,
      'https://app.example/',
      ...almost,
      ...tricks,
    ]) {
      const headers = { origin, authorization: `Bearer ${system.tenants[0].app.apiKey}` };
      const response = await fetch(`${system.url}/v1/stores`, { headers });
      expect([...response.headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
      const preflight = { origin, 'access-control-request-method': 'GET' };
      expect((await fetch(`${system.url}/v1/stores`, { method: 'OPTIONS', headers: preflight })).ok).toBe(false);
    }
  });

  it('case 152: gets the headers that protect it, with every kind of answer', async () => {
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
