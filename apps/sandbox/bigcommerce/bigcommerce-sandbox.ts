import { fastify, type FastifyInstance, type RawRequestDefaultExpression as RawRequest } from 'fastify';
import { z } from 'zod';
import { clientsSchema, createClients } from '../clients.js';
import { SANDBOX_HOST_HEADER, type SandboxContext, type SandboxPlatform, type ShopSummary } from '../platform.js';
import { registerControlRoutes } from './control-routes.js';
import { endpoints } from './endpoints.js';
import { createInstalledApps } from './installed-apps.js';
import { Grants, grantsSchema } from './oauth/grants.js';
import { registerInstallRoutes } from './oauth/install-routes.js';
import { registerPanelRoutes } from './oauth/panel-routes.js';
import { DEFAULT_APP_SCOPES } from './oauth/scopes.js';
import { registerTokenRoutes } from './oauth/token-routes.js';
import { registerApiRoutes } from './rest/api-routes.js';
import { errorBody } from './rest/envelopes.js';
import { createStoreBook, savedStoresSchema, type StoreData } from './state/store-data.js';
import { ACCOUNT_SCOPES, accountOf, API_HOST, hostOf, LOGIN_HOST, STORES, storesOfHost, type Store } from './stores.js';

const BODY_LIMIT = 1024 * 1024;

const stateSchema = z.object({ stores: savedStoresSchema, clients: clientsSchema, grants: grantsSchema });

/** Puts what the host says into the path: stores share the API's and the login's host, and each has one of its own. */
function rewriteUrl({ url = '/', headers }: RawRequest): string {
  const host = String(headers[SANDBOX_HOST_HEADER]);
  if (host === API_HOST) return `/api${url}`;
  if (host === LOGIN_HOST) return `/login${url}`;
  return `/shop/${storesOfHost(host)[0]?.hash ?? ''}${url}`;
}

function createServer(): FastifyInstance {
  const server = fastify({ bodyLimit: BODY_LIMIT, rewriteUrl: (request) => rewriteUrl(request) });
  const answer = (url: string, status: number, message: string): { type: string; body: unknown } => {
    if (!url.startsWith('/api/')) return { type: 'text/html; charset=utf-8', body: `<h1>${status}</h1>` };
    const version = url.includes('/v2/') ? 'v2' : 'v3';
    return { type: 'application/json', body: JSON.stringify(errorBody(version, status, message)) };
  };
  server.setNotFoundHandler((request, reply) => {
    const { type, body } = answer(request.raw.url ?? '/', 404, 'The requested resource was not found.');
    return reply.code(404).header('content-type', type).send(body);
  });
  server.setErrorHandler((error, request, reply) => {
    const given = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
    const status = given >= 400 && given < 500 ? given : 500;
    const { type, body } = answer(request.raw.url ?? '/', status, status === 500 ? 'Internal error.' : 'Bad Request');
    return reply.code(status).header('content-type', type).send(body);
  });
  // The API's bodies stay bytes: whether they are what they say they are is the API's own business.
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (request, body, done) => {
    if (request.url.startsWith('/api/')) return done(null, body);
    return done(null, readForm(request.headers['content-type'] ?? '', body.toString()));
  });
  return server;
}

/** docs: the token endpoint takes JSON and forms. */
function readForm(type: string, text: string): unknown {
  if (!type.startsWith('application/json')) return Object.fromEntries(new URLSearchParams(text));
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function hintOf(store: Store): string {
  const { token, clientId, secret } = accountOf(store);
  return (
    `Install your app from the link, or from https://${LOGIN_HOST}/app/{client id}/install. Or paste the store-level API account: ` +
    `store hash ${store.hash}, access token ${token}, client id ${clientId}, client secret (signs webhooks) ${secret}.`
  );
}

interface SummaryParts {
  readonly context: SandboxContext;
  readonly clients: ReturnType<typeof createClients>;
  readonly grants: Grants;
}

function summaryOf({ store, tables }: StoreData, { context, clients, grants }: SummaryParts): ShopSummary {
  const host = hostOf(store);
  const installed = new Set(grants.installed(store.hash).map(({ clientId }) => clientId));
  const links = clients.all().flatMap(({ clientId, name = clientId, appUrl }) => {
    const path = `/manage/marketplace/${encodeURIComponent(clientId)}/install`;
    const install = { label: `Install ${name} from the marketplace`, url: context.standInUrl(host, path) };
    const open = {
      label: `Open ${name}`,
      url: context.standInUrl(host, `/manage/app/${encodeURIComponent(clientId)}`),
    };
    return installed.has(clientId) && appUrl !== undefined ? [install, open] : [install];
  });
  return {
    links,
    host,
    name: store.name,
    currency: store.currency,
    contents: {
      orders: tables.orders.size,
      products: tables.products.size,
      variants: tables.variants.size,
      customers: tables.customers.size,
      coupons: tables.coupons.size,
    },
    connectHint: hintOf(store),
  };
}

/**
 * Builds the simulated BigCommerce: install page, token endpoint and control panels, the REST API (V2 and V3) and webhooks of the seeded
 * stores. They share `api.bigcommerce.com` and `login.bigcommerce.com`, and are told apart by their hash; for the control interface each
 * store has its permanent host `store-{hash}.mybigcommerce.com`, and the shared hosts stand for all of them.
 *
 * Of a registered client the first redirect URI is the auth callback, `appUrl` the load callback and `webhookUrl` the uninstall callback.
 */
export async function createBigCommerceSandbox(context: SandboxContext): Promise<SandboxPlatform> {
  const now = (): Date => context.now();
  const changed = (): void => context.changed();
  const clients = createClients(changed);
  const grants = new Grants(now, changed, DEFAULT_APP_SCOPES);
  for (const store of STORES) {
    const { token, clientId } = accountOf(store);
    grants.addLasting(token, { clientId, hash: store.hash, scopes: [...ACCOUNT_SCOPES] });
  }
  const stores = createStoreBook(now, changed);
  const apps = createInstalledApps({ context, clients, grants, stores });
  const oauth = { context, clients, grants, uninstall: apps.uninstallFrom };
  const server = createServer();
  const show = registerInstallRoutes(server, oauth);
  registerTokenRoutes(server, oauth);
  registerPanelRoutes(server, oauth, show);
  registerControlRoutes(server, { stores, grants, changed });
  const allowLoopback = (): boolean => context.settings.allowLoopbackCallback;
  registerApiRoutes(server, { context, grants, stores, emit: apps.emit }, endpoints(allowLoopback));
  await server.ready();
  return {
    id: 'bigcommerce',
    name: 'BigCommerce',
    server,
    serves: (host) => storesOfHost(host).length > 0,
    shops: () => STORES.map((store) => summaryOf(stores.of(store), { context, clients, grants })),
    snapshot: () => ({ stores: stores.snapshot(), clients: clients.snapshot(), grants: grants.snapshot() }),
    restore(state) {
      const read = stateSchema.parse(state);
      const takeOver = stores.readSaved(read.stores);
      takeOver();
      clients.restore(read.clients);
      grants.restore(read.grants);
      apps.resume();
    },
    registerClient: clients.register,
    ...apps.control,
  };
}
