import { type FastifyInstance, fastify } from 'fastify';
import { expect, it } from 'vitest';
import { openDatabase } from '#persistence';
import { type Access, callerOf, guardRoutes } from './access.js';

const FORGOTTEN = 'does not say who may use it';
const caller: { readonly access: Access } = { access: { kind: 'caller', scope: 'read:orders' } };
const open: { readonly access: Access } = { access: { kind: 'public', because: 'it is a test' } };

/** A server that reaches no database: nobody gets as far as that. */
function guarded(): FastifyInstance {
  const server = fastify();
  const database = openDatabase({ url: 'postgres://nobody@127.0.0.1:1/none', poolSize: 1, applicationName: 'none' });
  const nobody = () => Promise.reject(new Error('nobody calls'));
  const callers = { identify: nobody, limitOf: () => undefined, close: () => Promise.resolve() };
  guardRoutes(server, { database, callers, limits: { take: nobody }, publicUrl: 'http://127.0.0.1:1' });
  return server;
}

it.each<[string, (server: FastifyInstance) => unknown]>([
  ['of a path', (server) => server.get('/v1/forgotten', () => 'secret')],
  ['that only begins like a mounted one', (server) => server.get('/documents', () => 'secret')],
  ['with a parameter', (server) => server.get('/:any', () => 'secret')],
  ['for whatever else', (server) => server.get('*', () => 'secret')],
  ['of several methods', (server) => server.route({ method: ['GET', 'PUT'], url: '/two', handler: () => 'secret' })],
  ['of every method', (server) => server.all('/all', () => 'secret')],
  ['for HEAD alone', (server) => server.head('/head', () => '')],
  ['with a configuration that says nothing', (server) => server.get('/config', { config: {} }, () => 'secret')],
])('case 110: a route %s that declares no access is refused', (_, add) => {
  expect(() => add(guarded())).toThrow(FORGOTTEN);
});

it('case 110: nothing starts with a plugin that declares no access, however deep it is', async () => {
  for (const prefix of [undefined, '/v1', '/docs-of-mine/inside']) {
    const server = guarded();
    void server.register(
      async (outer) => {
        await outer.register(async (inner) => void inner.get('/plugin', () => 'secret'));
      },
      prefix === undefined ? {} : { prefix },
    );
    await expect(server.ready()).rejects.toThrow(FORGOTTEN);
  }
});

it('case 110: no route is added once the server has started', async () => {
  const server = guarded();
  const url = await server.listen({ port: 0, host: '127.0.0.1' });
  try {
    expect(() => server.get('/late', { config: open }, () => 'secret')).toThrow('already listening');
    expect(() => server.get('/forgotten', () => 'secret')).toThrow();
    expect((await fetch(`${url}/late`)).status).toBe(404);
    expect((await fetch(`${url}/forgotten`)).status).toBe(404);
  } finally {
    await server.close();
  }
});

it('case 108: a route that asks who calls, where nobody had to say it, fails and tells nothing', async () => {
  const server = guarded();
  server.get('/v1/mistaken', { config: open }, (request) => callerOf(request).tenantId);
  const { statusCode, body } = await server.inject('/v1/mistaken');
  expect([statusCode, /tenant|undefined/i.test(body)]).toEqual([500, false]);
});

it('case 110: a route of a plugin is guarded like any other, HEAD and what other handlers answer included', async () => {
  const server = guarded();
  await server.register(
    async (plugin) => {
      plugin.get('/closed', { config: caller }, () => 'secret');
      plugin.get('/open', { config: open }, () => 'open');
      // Runs after the root's own hook, so that it cannot answer for it.
      plugin.addHook('onRequest', async (request, reply) => {
        if (request.headers['x-plugin'] !== undefined) await reply.send('secret');
      });
    },
    { prefix: '/plugin' },
  );
  for (const method of ['GET', 'HEAD'] as const) {
    const answer = await server.inject({ method, url: '/plugin/closed', headers: { 'x-plugin': 'yes' } });
    expect([method, answer.statusCode, answer.body.includes('secret')]).toEqual([method, 500, false]);
    expect((await server.inject({ method, url: '/plugin/open' })).statusCode).toBe(200);
  }
  const names = server.declaredRoutes.map(({ method, path, access }) => `${method} ${path} ${access.kind}`);
  expect(names.sort()).toEqual([
    ...[
      'GET /plugin/closed caller',
      'GET /plugin/open public',
      'HEAD /plugin/closed caller',
      'HEAD /plugin/open public',
    ],
  ]);
});
