import { fastify, type FastifyInstance } from 'fastify';
import { escapeHtml } from '../escape-html.js';
import { HTML_HEADERS, htmlPage } from '../html-page.js';
import type { SandboxContext, SandboxPlatform, ShopSummary } from '../platform.js';
import { registerAdminRoutes } from './admin-routes.js';
import { registerControlRoutes } from './control-routes.js';
import { registerTokenRoutes } from './oauth/token-routes.js';
import { restHandler } from './rest/rest-handler.js';
import { createRouter } from './rest/router.js';
import { ROUTES } from './rest/routes.js';
import { createState, PLATFORM_ID, restoreState, type SandboxState, snapshotState } from './sandbox-state.js';
import { basePath, type MagentoShop } from './shop.js';
import { findShop, SHOPS } from './shops.js';
import { rewriteShopUrl, siteRequest } from './site-request.js';

/** Products come with their pictures as text inside. */
const BODY_LIMIT = 8 * 1024 * 1024;

/**
 * Three simulated shops of Magento Open Source: REST API, integrations with OAuth 1.0a, both ways of activating one.
 * Checked against exchanges recorded from 2.4.7-p3.
 */
export async function createMagentoSandbox(context: SandboxContext): Promise<SandboxPlatform> {
  const state = createState(context);
  const server = createServer(state);
  await server.ready();
  return {
    id: PLATFORM_ID,
    name: 'Magento',
    server,
    serves: (host) => findShop(host) !== undefined,
    shops: () => SHOPS.map((shop) => summaryOf(state, shop)),
    snapshot: () => snapshotState(state),
    restore: (saved) => restoreState(state, saved),
    revokeGrants: (host) => removeIntegrations(state, host),
    uninstall: (host, name) => removeIntegrations(state, host, name),
  };
}

function createServer(state: SandboxState): FastifyInstance {
  const server = fastify({ bodyLimit: BODY_LIMIT, rewriteUrl: rewriteShopUrl, routerOptions: { maxParamLength: 300 } });
  // Bodies stay bytes: a broken one is answered in Magento's own words, and a form takes part in a signature.
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  // A fatal error has a shape of its own (fact sheet, section 3).
  server.setErrorHandler((error, _request, reply) => {
    const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
    const message = 'Server internal error. See details in report api/1';
    return reply.code(status).send({ messages: { error: [{ code: status, message }] } });
  });
  const rest = restHandler(state, createRouter(ROUTES));
  server.all('/rest', rest);
  server.all('/rest/*', rest);
  registerTokenRoutes(server, state);
  registerAdminRoutes(server, state);
  registerControlRoutes(server, state);
  registerFrontRoutes(server, state);
  return server;
}

function registerFrontRoutes(server: FastifyInstance, state: SandboxState): void {
  server.get('/', (request, reply) => {
    const site = siteRequest(request, state);
    if (!site) return reply.code(404).send();
    const name = escapeHtml(site.shop.name);
    const admin = state.context.standInUrl(site.shop.host, `${basePath(site.shop)}admin/integrations`);
    const body = `<h1>${name}</h1><p><a href="${admin}">Integrations</a></p><p><small>A simulated shop.</small></p>`;
    return reply.headers(HTML_HEADERS).send(htmlPage(site.shop.name, body));
  });
  // Recorded: schema-info.json.
  server.get('/magento_version', (_request, reply) =>
    reply.header('content-type', 'text/html; charset=UTF-8').send('Magento/2.4 (Community)'),
  );
  server.setNotFoundHandler((_request, reply) =>
    reply.code(404).headers(HTML_HEADERS).send(htmlPage('404 Not Found', '<h1>Whoops, our bad...</h1>')),
  );
}

/** Magento tells nobody: the next call finds no token (fact sheet, section 2.6). @param name absent = all */
function removeIntegrations({ integrations, context }: SandboxState, host: string, name?: string): void {
  for (const one of [...integrations.of(host)]) if (name === undefined || one.name === name) integrations.remove(one);
  context.changed();
}

function summaryOf({ book, context }: SandboxState, shop: MagentoShop): ShopSummary {
  const { orders, products, customers, coupons, carts } = book.of(shop).tables;
  const address = context.origin(shop.host) + basePath(shop).replace(/\/$/, '');
  return {
    host: shop.host,
    ...(shop.path === '' ? {} : { path: shop.path }),
    name: shop.name,
    currency: shop.currency,
    links: [{ label: 'Integrations', url: `/${shop.host}${basePath(shop)}admin/integrations` }],
    contents: {
      orders: orders.length,
      products: products.length,
      customers: customers.length,
      coupons: coupons.length,
      carts: carts.length,
    },
    connectHint: `Shop address ${address}. Make an integration on its page and enter the two addresses the connection gives you, or leave both empty and copy the four keys.${shop.allowsBearer ? ' The access token alone will do, too.' : ''}`,
  };
}
