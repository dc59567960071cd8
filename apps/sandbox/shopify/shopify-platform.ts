import { fastify, type FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { SandboxContext, SandboxPlatform, ShopSummary } from '../platform.js';
import { CUSTOM_APP_SCOPES, customAppOf } from './custom-app.js';
import { createAppControl } from './installed-apps.js';
import { createDispatcher } from './webhooks/dispatcher.js';
import { createCostBuckets } from './graphql/cost-bucket.js';
import { registerAdminApiRoutes } from './graphql/admin-api-routes.js';
import { registerAuthorizeRoutes } from './oauth/authorize-routes.js';
import { clientsSchema, createClients, type Clients } from '../clients.js';
import { grantsSchema } from './oauth/grant-types.js';
import { createGrants } from './oauth/grants.js';
import { registerTokenRoutes } from './oauth/token-routes.js';
import { createShopStore, storeSchema } from './shop-data.js';
import { SHOPS, type Shop } from './shops.js';

const BODY_LIMIT = 512 * 1024;

/** A state saved before shops could be written to holds only the moment they were seeded at. */
const stateSchema = z.object({
  store: storeSchema.exactOptional(),
  seededAt: z.number().exactOptional(),
  clients: clientsSchema,
  grants: grantsSchema,
});

function createServer(): FastifyInstance {
  const server = fastify({ bodyLimit: BODY_LIMIT, routerOptions: { maxParamLength: 200 } });
  server.setNotFoundHandler((_request, reply) => reply.code(404).send({ errors: 'Not Found' }));
  server.setErrorHandler((error, _request, reply) => {
    const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
    if (status >= 400 && status < 500) return reply.code(status).send({ errors: { base: ['Bad Request'] } });
    return reply.code(500).send({ errors: 'Internal Server Error' });
  });
  server.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
    done(null, Object.fromEntries(new URLSearchParams(body.toString()))),
  );
  return server;
}

function hintOf(shop: Shop): string {
  const { token, secret } = customAppOf(shop);
  return (
    `Enter ${shop.host} where your app asks for the shop, then press Install on the consent screen. ` +
    `Or paste the token of the shop's own custom app: ${token} (its API secret key, for webhooks: ${secret}).`
  );
}

function summaryOf(shop: Shop, clients: Clients, context: SandboxContext): ShopSummary {
  const { host, name, currency, orders } = shop;
  const installable = clients.all().filter(({ appUrl }) => appUrl !== undefined);
  return {
    links: installable.map((client) => ({
      label: `Install ${client.name ?? client.clientId} from the app store`,
      url: context.standInUrl(host, `/admin/apps/install?client_id=${encodeURIComponent(client.clientId)}`),
    })),
    host,
    name,
    currency,
    contents: { orders: orders.recent + orders.old, 'of these older than 60 days at first start': orders.old },
    connectHint: hintOf(shop),
  };
}

const shopOf = (host: string): Shop | undefined => SHOPS.find((shop) => shop.host === host);

/** Builds the simulated Shopify: consent screen, token endpoint, Admin GraphQL API and webhooks of the seeded shops. */
export function createShopifyPlatform(context: SandboxContext): Promise<SandboxPlatform> {
  const now = (): Date => context.now();
  const changed = (): void => context.changed();
  const server = createServer();
  const clients = createClients(changed);
  const grants = createGrants(now, () => context.settings.tokenSeconds, changed, CUSTOM_APP_SCOPES);
  const customApps = SHOPS.map((shop) => ({ host: shop.host, ...customAppOf(shop) }));
  for (const { token, ...app } of customApps) grants.addLasting(token, app, CUSTOM_APP_SCOPES);
  const store = createShopStore(now, changed);
  const dataOf = store.find;
  const secretOf = (clientId: string): string | undefined =>
    [...clients.all(), ...customApps].find((one) => one.clientId === clientId)?.secret;
  const dispatcher = createDispatcher({ now, secretOf });
  const control = createAppControl({ clients, grants, dispatcher, dataOf });
  const { uninstall } = control;

  registerAuthorizeRoutes(server, { context, clients, grants, shopOf, uninstall });
  const isStrict = (host: string): boolean => context.settings.strictHosts?.includes(host) === true;
  registerTokenRoutes(server, { clients, grants, ledger: context.ledger, isStrict });
  const buckets = createCostBuckets(now);
  registerAdminApiRoutes(server, { context, clients, grants, buckets, dispatcher, dataOf, uninstall });

  return Promise.resolve({
    id: 'shopify',
    name: 'Shopify',
    server,
    serves: (host) => shopOf(host) !== undefined,
    shops: () => SHOPS.map((shop) => summaryOf(shop, clients, context)),
    snapshot: () => ({ store: store.snapshot(), clients: clients.snapshot(), grants: grants.snapshot() }),
    restore(state) {
      const read = stateSchema.parse(state);
      store.restore(read.store ?? storeSchema.parse({ seededAt: read.seededAt }));
      clients.restore(read.clients);
      grants.restore(read.grants);
    },
    registerClient: clients.register,
    ...control,
  });
}
