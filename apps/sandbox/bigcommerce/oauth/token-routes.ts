import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { HTML_HEADERS } from '../../html-page.js';
import { REQUEST_ID_HEADER, type RedemptionOutcome } from '../../platform.js';
import { accountUuidOf, hostOf, LOGIN_HOST, storeOfHash } from '../stores.js';
import type { OauthParts } from './oauth-parts.js';

const PLATFORM = 'bigcommerce';

const bodySchema = z.object({
  client_id: z.string().catch(''),
  client_secret: z.string().catch(''),
  code: z.string().catch(''),
  context: z.string().catch(''),
  scope: z.string().catch(''),
  grant_type: z.string().catch(''),
  redirect_uri: z.string().catch(''),
});
type TokenRequest = z.infer<typeof bodySchema>;

interface Refusal {
  readonly status: number;
  readonly error: string;
}

/** The platform's error bodies here are not documented; only the first text is known (bigcommerce-api-php #281). */
function refusalOf(body: TokenRequest, { clients, grants }: OauthParts): Refusal | undefined {
  if (!clients.authenticates(body.client_id, body.client_secret))
    return { status: 401, error: 'Invalid client credentials' };
  if (body.grant_type !== 'authorization_code') return { status: 400, error: 'Unsupported grant type' };
  const [registered] = clients.find(body.client_id)?.redirectUris ?? [];
  // The auth callback and no other, character for character.
  if (body.redirect_uri !== registered)
    return { status: 400, error: 'Parameter redirect_uri does not match registered URI' };
  const { state, grant } = grants.find(body.code);
  // bigcommerce-api-php #216: 401 for a stale code.
  if (state !== 'fresh' || grant?.clientId !== body.client_id) return { status: 401, error: 'Invalid or expired code' };
  if (body.context !== `stores/${grant.hash}`) return { status: 400, error: 'Invalid context' };
  const asked = body.scope.split(/\s+/).filter((scope) => scope !== '');
  if (asked.some((scope) => !grant.scopes.includes(scope))) return { status: 400, error: 'Invalid scope' };
  return undefined;
}

/**
 * What the login host does with anything that is not a proper request for a token: a page that redirects (node-bigcommerce #48, #67).
 */
function beRedirected(reply: FastifyReply): FastifyReply {
  const login = `https://${LOGIN_HOST}/login`;
  return reply
    .code(302)
    .headers({ ...HTML_HEADERS, location: login })
    .send(`<html><body>You are being <a href="${login}">redirected</a>.</body></html>`);
}

function exchange(request: FastifyRequest, reply: FastifyReply, parts: OauthParts): FastifyReply {
  const read = bodySchema.safeParse(request.body);
  if (!read.success) return beRedirected(reply);
  const body = read.data;
  const refusal = refusalOf(body, parts);
  const { state, grant } = parts.grants.find(body.code);
  const store = storeOfHash(grant?.hash ?? '');
  const record = (outcome: RedemptionOutcome, status: number, note: string, issued?: string): void =>
    parts.context.ledger.record({
      platform: PLATFORM,
      host: store === undefined ? LOGIN_HOST : hostOf(store),
      kind: 'code',
      credential: body.code,
      ...(issued !== undefined && { issued }),
      requestId: String(request.headers[REQUEST_ID_HEADER]),
      status,
      outcome,
      note,
    });
  if (refusal !== undefined || grant === undefined || store === undefined) {
    const { status, error } = refusal ?? { status: 401, error: 'Invalid or expired code' };
    record('refused', status, `${error} (code ${state})`);
    return reply.code(status).send({ error });
  }
  const token = parts.grants.redeem(body.code);
  record('issued', 200, `for ${store.hash}`, token);
  const { id, email } = store.owner;
  const user = { id, username: email, email };
  return reply.header('cache-control', 'no-store').send({
    access_token: token,
    scope: grant.scopes.join(' '),
    user,
    owner: user,
    context: `stores/${store.hash}`,
    account_uuid: accountUuidOf(store),
  });
}

/** Registers `POST https://login.bigcommerce.com/oauth2/token`. */
export function registerTokenRoutes(server: FastifyInstance, parts: OauthParts): void {
  server.post('/login/oauth2/token', (request, reply) => exchange(request, reply, parts));
  server.get('/login/oauth2/token', (_request, reply) => beRedirected(reply));
}
