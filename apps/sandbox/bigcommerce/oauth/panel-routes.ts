import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { SandboxClient } from '../../platform.js';
import { hostOf, type Store, storeOfHash } from '../stores.js';
import type { ShowInstall } from './install-routes.js';
import { sendPage, type OauthParts } from './oauth-parts.js';
import { appsPage, notePage } from './pages.js';
import { payloadClaims, signJwt } from './signed-payload.js';

const appParams = z.object({ hash: z.string(), clientId: z.string() });
const hashParams = z.object({ hash: z.string() });

/** One of the application's own callbacks with the platform's signature on it. */
export function signedCallback(address: string, client: SandboxClient, store: Store, now: Date): string {
  const url = new URL(address);
  const claims = payloadClaims(store, { clientId: client.clientId, now, id: randomUUID() });
  url.searchParams.set('signed_payload_jwt', signJwt(claims, client.secret));
  return url.href;
}

/**
 * docs: the merchant opens an installed app. When the developer has changed what the app asks for since, the merchant is asked to accept
 * first, and the app gets a fresh auth callback.
 */
function open(request: FastifyRequest, reply: FastifyReply, parts: OauthParts, show: ShowInstall): FastifyReply {
  const { hash, clientId } = appParams.parse(request.params);
  const store = storeOfHash(hash);
  const client = parts.clients.find(clientId);
  const grant = parts.grants.installed(hash).find((one) => one.clientId === clientId);
  if (store === undefined || client?.appUrl === undefined || grant === undefined) {
    return sendPage(reply, notePage('Not found', 'This app is not installed, or it has no page to open.'), 404);
  }
  const accepted = parts.grants.scopesOf(clientId).join(' ') === grant.scopes.join(' ');
  if (!accepted) return show(reply, clientId, [store]);
  return reply
    .header('cache-control', 'no-store')
    .redirect(signedCallback(client.appUrl, client, store, parts.context.now()), 302);
}

/** Registers a store's control panel: its apps, the marketplace, opening and uninstalling. */
export function registerPanelRoutes(server: FastifyInstance, parts: OauthParts, show: ShowInstall): void {
  const { context, clients, grants } = parts;
  server.get('/shop/:hash/manage/apps', (request, reply) => {
    const store = storeOfHash(hashParams.parse(request.params).hash);
    if (store === undefined) return sendPage(reply, notePage('Not found', 'There is no such store.'), 404);
    const apps = grants.installed(store.hash).map(({ clientId }) => {
      const client = clients.find(clientId);
      const page = context.standInUrl(hostOf(store), `/manage/app/${encodeURIComponent(clientId)}`);
      return { clientId, name: client?.name ?? clientId, open: client?.appUrl === undefined ? undefined : page };
    });
    return sendPage(reply, appsPage(store, apps, context.standInUrl(hostOf(store), '/manage/apps/uninstall')));
  });
  server.post('/shop/:hash/manage/apps/uninstall', (request, reply) => {
    const store = storeOfHash(hashParams.parse(request.params).hash);
    const body = z.object({ client_id: z.string() }).safeParse(request.body);
    if (store === undefined) return sendPage(reply, notePage('Not found', 'There is no such store.'), 404);
    if (body.success) parts.uninstall(store.hash, body.data.client_id);
    return reply.redirect(context.standInUrl(hostOf(store), '/manage/apps'), 303);
  });
  server.get('/shop/:hash/manage/marketplace/:clientId/install', (request, reply) => {
    const { hash, clientId } = appParams.parse(request.params);
    const store = storeOfHash(hash);
    if (store === undefined) return sendPage(reply, notePage('Not found', 'There is no such store.'), 404);
    return show(reply, clientId, [store]);
  });
  server.get('/shop/:hash/manage/app/:clientId', (request, reply) => open(request, reply, parts, show));
}
