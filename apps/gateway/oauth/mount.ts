import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AuthorizationServer } from '#auth';
import type { Access } from '../http/access.js';

const PREFIX = '/oauth';
const BODY_LIMIT = 56 * 1024;
const FORM = 'application/x-www-form-urlencoded';

/** The library's own routes, each with why it needs no credential of ours. */
const PASSED_ON: readonly { readonly url: string; readonly methods: readonly string[]; readonly because: string }[] = [
  { url: '/authorize', methods: ['GET'], because: 'a browser comes here to ask somebody for consent' },
  { url: '/authorize/:uid', methods: ['GET'], because: 'the way back from the consent screen, bound to its cookie' },
  { url: '/token', methods: ['POST', 'OPTIONS'], because: 'a client proves itself in its own way' },
  { url: '/par', methods: ['POST', 'OPTIONS'], because: 'a client proves itself in its own way' },
  { url: '/.well-known/openid-configuration', methods: ['GET', 'OPTIONS'], because: 'the metadata holds no data' },
  {
    url: '/.well-known/oauth-authorization-server',
    methods: ['GET', 'OPTIONS'],
    because: 'the metadata holds no data',
  },
];

/** Mounts the authorization server under `/oauth`, apart from everything else: nothing parses bodies here but itself. */
export function mountAuthorizationServer(fastify: FastifyInstance, server: AuthorizationServer, https: boolean): void {
  void fastify.register(async (oauth) => {
    oauth.removeAllContentTypeParsers();
    oauth.addContentTypeParser(FORM, { parseAs: 'string', bodyLimit: BODY_LIMIT }, (_request, body, done) =>
      done(null, body),
    );
    for (const { url, methods, because } of PASSED_ON) {
      const access: Access = { kind: 'public', because, takes: 'form' };
      oauth.route({
        method: [...methods],
        url: `${PREFIX}${url}`,
        config: { access },
        handler: (request, reply) => handOver(server, request, reply, https),
      });
    }
    const because = 'whoever verifies a token needs the keys';
    oauth.get(`${PREFIX}/jwks`, { config: { access: { kind: 'public', because } } }, async (_request, reply) => {
      void reply.header('access-control-allow-origin', '*').type('application/jwk-set+json; charset=utf-8');
      return JSON.stringify(server.signingKeys.jwks());
    });
    // RFC 8414, section 3.1: where the issuer has a path, it comes after the well-known one.
    const metadata: Access = { kind: 'public', because: 'the metadata holds no data' };
    oauth.get('/.well-known/oauth-authorization-server/oauth', { config: { access: metadata } }, (request, reply) => {
      request.raw.url = `${PREFIX}/.well-known/oauth-authorization-server`;
      return handOver(server, request, reply, https);
    });
  });
}

/** Gives the request to the library as Node's own, with what the gateway says on every answer. */
async function handOver(
  server: AuthorizationServer,
  { raw, body }: FastifyRequest,
  reply: FastifyReply,
  https: boolean,
): Promise<void> {
  reply.hijack();
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined) reply.raw.setHeader(name, value);
  }
  // How the gateway is reached is a setting; what a caller says of it is not believed.
  for (const name of Object.keys(raw.headers)) if (name.startsWith('x-forwarded-')) delete raw.headers[name];
  raw.headers['x-forwarded-proto'] = https ? 'https' : 'http';
  const url = raw.url ?? '';
  await server.handle(Object.assign(raw, { originalUrl: url, url: url.slice(PREFIX.length), body }), reply.raw);
}
