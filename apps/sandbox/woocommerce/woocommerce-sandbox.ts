import { fastify, type FastifyInstance } from 'fastify';
import type { SandboxContext, SandboxPlatform, ShopSummary } from '../platform.js';
import { registerConsentRoutes } from './consent-routes.js';
import { createState } from './create-state.js';
import { registerFrontRoutes } from './front-routes.js';
import { registerKeyRoutes, revokeKeys } from './key-routes.js';
import { phpJson } from './php-json.js';
import { registerRestRoutes } from './rest-routes.js';
import { PLATFORM_ID, restoreState, type SandboxState, snapshotState } from './sandbox-state.js';
import { rewriteSiteUrl } from './site-request.js';
import { forgetWebhooks, registerWebhookControl } from './webhooks/webhook-control.js';

const BODY_LIMIT = 1024 * 1024;

/**
 * Four simulated WooCommerce shops: front page, REST API `wc/v3`, webhooks, `wc-auth` consent, key settings. Checked
 * against exchanges recorded from WooCommerce 10.5.2.
 */
export async function createWooCommerceSandbox(context: SandboxContext): Promise<SandboxPlatform> {
  const state = createState(context);
  const server = createServer(state);
  await server.ready();
  return {
    id: PLATFORM_ID,
    name: 'WooCommerce',
    server,
    serves: (host) => state.registry.find(host) !== undefined,
    shops: () => shopSummaries(state),
    snapshot: () => snapshotState(state),
    restore: (saved) => restoreState(state, saved),
    revokeGrants: (host) => revokeKeys(state, host),
    runDeliveries: (host) => state.deliveries.run(host),
    forgetWebhooks: (host, choice) => forgetWebhooks(state, host, choice),
  };
}

function createServer(state: SandboxState): FastifyInstance {
  const server = fastify({
    bodyLimit: BODY_LIMIT,
    rewriteUrl: (request) => rewriteSiteUrl(request, state),
    routerOptions: { ignoreTrailingSlash: true },
  });
  // Bodies stay bytes: WordPress answers a broken one in its own words, and a form takes part in a signature.
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  server.setErrorHandler((error, _request, reply) => {
    const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
    const body = { code: 'internal_server_error', message: 'There has been a critical error on this website.' };
    return reply
      .code(status >= 400 && status < 500 ? status : 500)
      .header('content-type', 'application/json; charset=UTF-8')
      .send(phpJson({ ...body, data: { status } }));
  });
  registerFrontRoutes(server, state);
  registerRestRoutes(server, state);
  registerConsentRoutes(server, state);
  registerKeyRoutes(server, state);
  registerWebhookControl(server, state);
  return server;
}

function shopSummaries({ registry, orders: book, catalogue }: SandboxState): readonly ShopSummary[] {
  return registry.shops.map((shop) => {
    const orders = book.of(shop);
    const { products, customers, coupons } = catalogue.of(shop);
    return {
      host: shop.host,
      ...(shop.path === '' ? {} : { path: shop.path }),
      name: shop.name,
      currency: shop.currency,
      contents: {
        orders: orders.length,
        refunds: orders.reduce((count, order) => count + order.refunds.length, 0),
        products: products.all().filter((product) => product.type !== 'variation').length,
        customers: customers.all().filter((customer) => customer.role === 'customer').length,
        coupons: coupons.all().length,
      },
      connectHint: `Enter https://${shop.host}${shop.path} as the shop's address, log in as anybody and approve.`,
    };
  });
}
