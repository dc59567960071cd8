import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { REQUEST_ID_HEADER, SANDBOX_HOST_HEADER } from '../platform.js';
import { activateByHand } from './admin-routes.js';
import { RESOURCES } from './acl.js';
import { PLATFORM_ID, type SandboxState } from './sandbox-state.js';
import { findShop } from './shops.js';

const askedSchema = z.strictObject({
  name: z.string().min(1).max(255).default('Program'),
  resources: z.union([z.literal('all'), z.array(z.enum(RESOURCES))]).default('all'),
});

/**
 * For programs: `POST /<host>/control/integrations` makes an active integration and answers its four credentials. It lies
 * beside the shop, not inside its folder.
 */
export function registerControlRoutes(server: FastifyInstance, state: SandboxState): void {
  server.post('/control/integrations', (request, reply) => {
    const shop = findShop(request.headers[SANDBOX_HOST_HEADER]);
    if (!shop) return reply.code(404).send();
    const asked = askedSchema.safeParse(jsonOf(request.body));
    if (!asked.success) return reply.code(400).send({ error: z.prettifyError(asked.error) });
    const integration = state.integrations.create(shop.host, { ...asked.data, callbackUrl: '', identityUrl: '' });
    activateByHand(state, integration);
    const requestId = request.headers[REQUEST_ID_HEADER];
    state.context.ledger.record({
      platform: PLATFORM_ID,
      host: shop.host,
      kind: 'keyExchange',
      credential: integration.consumerKey,
      issued: integration.token?.token ?? '',
      requestId: typeof requestId === 'string' ? requestId : '',
      status: 200,
      outcome: 'issued',
    });
    return reply.header('cache-control', 'no-store').send({
      id: integration.id,
      consumer_key: integration.consumerKey,
      consumer_secret: integration.consumerSecret,
      access_token: integration.token?.token,
      access_token_secret: integration.token?.secret,
    });
  });
}

function jsonOf(body: unknown): unknown {
  try {
    const text = Buffer.isBuffer(body) ? body.toString('utf8') : '';
    return text === '' ? {} : JSON.parse(text);
  } catch {
    return undefined;
  }
}
