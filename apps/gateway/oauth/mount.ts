import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type AuthorizationServer, createAuthorizationServer, openSigningKeys, type SigningKeys } from '#auth';
import type { Logger } from '#observability';
import type { Runtime } from '#runtime';
import type { Access } from '../http/access.js';
import type { IsOriginOf } from '../http/cors.js';
import { asGatewayError } from '../http/problem.js';
import { SCREEN_POLICY } from '../http/security-headers.js';
import { addConsentRoutes } from './consent-routes.js';
import { errorScreen } from './screens.js';

const PREFIX = '/oauth';
const BODY_LIMIT = 56 * 1024;
// Where a client asks for its answer as a form, the library's page sends it off with a script, which it adds here by its hash.
const PAGE_POLICY = `${SCREEN_POLICY}; script-src 'none'`;
const FORM = 'application/x-www-form-urlencoded';

/** The library's own routes, each with why it needs no credential of ours. */
const PASSED_ON: readonly { readonly url: string; readonly methods: readonly string[]; readonly because: string }[] = [
  { url: '/authorize', methods: ['GET'], because: 'a browser comes here to ask somebody for consent' },
  { url: '/authorize/:uid', methods: ['GET'], because: 'the way back from the consent screen, bound to its cookie' },
  { url: '/token', methods: ['POST', 'OPTIONS'], because: 'a client proves itself in its own way' },
  { url: '/par', methods: ['POST', 'OPTIONS'], because: 'a client proves itself in its own way' },
  { url: '/revoke', methods: ['POST', 'OPTIONS'], because: 'a client proves itself in its own way' },
  { url: '/introspect', methods: ['POST', 'OPTIONS'], because: 'a client proves itself in its own way' },
  { url: '/.well-known/openid-configuration', methods: ['GET', 'OPTIONS'], because: 'the metadata holds no data' },
  {
    url: '/.well-known/oauth-authorization-server',
    methods: ['GET', 'OPTIONS'],
    because: 'the metadata holds no data',
  },
];

/** The keys that tokens are signed and checked with, followed once for both. */
export async function followSigningKeys({ database, oauth }: Runtime, logger: Logger): Promise<SigningKeys> {
  return await openSigningKeys({
    database,
    keyEncryption: oauth.keyEncryption,
    report: (error) => logger.error({ err: error }, 'the signing keys cannot be read'),
  });
}

/** The authorization server of this gateway; its failures and what an operator should know of go into the log. */
export async function openAuthorizationServer(
  runtime: Runtime,
  parts: { readonly signingKeys: SigningKeys; readonly isOriginOf: IsOriginOf },
  logger: Logger,
): Promise<AuthorizationServer> {
  return await createAuthorizationServer({
    ...runtime.oauth,
    ...parts,
    database: runtime.database,
    publicUrl: runtime.publicUrl,
    errorPage: errorScreen,
    report: (error) => logger.error({ err: error }, 'the authorization server failed'),
    warn: (event) => logger.warn(event, 'security: the authorization server refused or ended something'),
  });
}

/** Mounts the authorization server under `/oauth`, apart from everything else: nothing parses bodies here but itself. */
export function mountAuthorizationServer(
  fastify: FastifyInstance,
  server: AuthorizationServer,
  publicUrl: string,
  logger: Logger,
): void {
  void fastify.register(async (oauth) => {
    oauth.removeAllContentTypeParsers();
    oauth.setErrorHandler((error, request, reply) => answerError(error, request, reply, logger));
    oauth.addContentTypeParser(FORM, { parseAs: 'string', bodyLimit: BODY_LIMIT }, (_request, body, done) =>
      done(null, body),
    );
    for (const { url, methods, because } of PASSED_ON) {
      const access: Access = { kind: 'public', because, takes: 'form' };
      oauth.route({
        method: [...methods],
        url: `${PREFIX}${url}`,
        config: { access },
        handler: (request, reply) => handOver(server, request, reply, publicUrl),
      });
    }
    addConsentRoutes(oauth, server, publicUrl);
    const because = 'whoever verifies a token needs the keys';
    oauth.get(`${PREFIX}/jwks`, { config: { access: { kind: 'public', because } } }, async (_request, reply) => {
      void reply.header('access-control-allow-origin', '*').type('application/jwk-set+json; charset=utf-8');
      return JSON.stringify(server.signingKeys.jwks());
    });
    // RFC 8414, section 3.1: where the issuer has a path, it comes after the well-known one.
    const metadata: Access = { kind: 'public', because: 'the metadata holds no data' };
    oauth.get('/.well-known/oauth-authorization-server/oauth', { config: { access: metadata } }, (request, reply) => {
      request.raw.url = `${PREFIX}/.well-known/oauth-authorization-server`;
      return handOver(server, request, reply, publicUrl);
    });
  });
}

/** Gives the request to the library as Node's own, with what the gateway says on every answer. */
async function handOver(
  server: AuthorizationServer,
  { raw, body, ip }: FastifyRequest,
  reply: FastifyReply,
  publicUrl: string,
): Promise<void> {
  void reply.header('content-security-policy', PAGE_POLICY).header('x-frame-options', 'DENY');
  reply.hijack();
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined) reply.raw.setHeader(name, value);
  }
  // How the gateway is reached is a setting; what a caller says of it is not believed.
  const said = Object.entries(raw.headers).filter(([name]) => !name.startsWith('x-forwarded-'));
  raw.headers = Object.fromEntries(said);
  // The library makes its endpoints' addresses, and the audiences that it takes, of this one.
  const { host, protocol } = new URL(publicUrl);
  raw.headers.host = host;
  raw.headers['x-forwarded-proto'] = protocol.slice(0, -1);
  raw.headers['x-forwarded-for'] = ip;
  // There is no session but the way through one question: whoever begins anew brings nothing along.
  if (isBeginning(raw)) delete raw.headers.cookie;
  const url = raw.url ?? '';
  // The log names the whole address.
  reply.raw.prependListener('finish', () => (raw.url = url));
  await server.handle(Object.assign(raw, { originalUrl: url, url: url.slice(PREFIX.length), body }), reply.raw);
}

function isBeginning({ method, url = '' }: FastifyRequest['raw']): boolean {
  return method === 'GET' && /^\/oauth\/authorize(\?|$)/.test(url);
}

/** What goes wrong before the library is asked, in the words of RFC 6749, section 5.2. */
function answerError(thrown: unknown, request: FastifyRequest, reply: FastifyReply, logger: Logger): void {
  const error = asGatewayError(thrown);
  const { http } = error.traits;
  if (http >= 500) logger.error({ err: error, requestId: request.id }, error.message);
  const code = http >= 500 ? 'server_error' : 'invalid_request';
  void reply.status(http).send({ error: code, error_description: error.message });
}
