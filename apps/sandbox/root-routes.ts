import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { faultSchema, type FaultBoard } from './faults.js';
import { frontPage } from './front-page.js';
import { HTML_HEADERS } from './html-page.js';
import type { LedgerBook } from './ledger.js';
import type { SandboxPlatform, SandboxSettings } from './platform.js';

const clientSchema = z.strictObject({
  secret: z.string().min(1).max(500),
  redirectUris: z.array(z.url().max(2000)).max(50),
  name: z.string().min(1).max(200).exactOptional(),
  appUrl: z.url().max(2000).exactOptional(),
  webhookUrl: z.url().max(2000).exactOptional(),
  ownShops: z.array(z.string().toLowerCase()).max(50).exactOptional(),
});
const settingsSchema = z.strictObject({
  tokenSeconds: z.number().int().min(1).max(31_536_000).exactOptional(),
  strictHosts: z.array(z.string().toLowerCase()).max(50).exactOptional(),
});
const clientParams = z.object({ platform: z.string(), clientId: z.string().min(1).max(200) });
const hostParams = z.object({ host: z.string().toLowerCase() });
const uninstallSchema = z.strictObject({ clientId: z.string().exactOptional() });
const webhookSchema = z.strictObject({
  clientId: z.string(),
  topic: z.string().min(1).max(200),
  payload: z.record(z.string(), z.json()).default({}),
});
const choiceSchema = z.object({ topic: z.string().exactOptional(), address: z.string().exactOptional() });
const hostQuery = z.object({ host: z.string().toLowerCase().exactOptional() });

/** What the root server's own pages and control interface act on. */
export interface RootParts {
  readonly platforms: readonly SandboxPlatform[];
  readonly ledger: LedgerBook;
  readonly faults: FaultBoard;
  /** From now on. */
  changeSettings(changes: Partial<Pick<SandboxSettings, 'tokenSeconds' | 'strictHosts'>>): void;
}

function notFound(reply: FastifyReply, message: string): FastifyReply {
  return reply.code(404).send({ error: message });
}

function registerPages(server: FastifyInstance, { platforms, ledger }: RootParts): void {
  server.get('/', (_request, reply) => reply.headers(HTML_HEADERS).send(frontPage(platforms)));
  server.get('/shops', () => ({
    platforms: platforms.map((one) => ({ id: one.id, name: one.name, shops: one.shops() })),
  }));
  server.get('/ledger', (request) => ({ entries: ledger.entries(hostQuery.parse(request.query).host) }));
  server.get('/ledger/summary', (request) => ({ credentials: ledger.summary(hostQuery.parse(request.query).host) }));
}

function platformOf({ platforms }: RootParts, host: string): SandboxPlatform | undefined {
  return platforms.find((one) => one.serves(host));
}

function registerGrantControl(server: FastifyInstance, parts: RootParts): void {
  server.put('/control/:platform/clients/:clientId', (request, reply) => {
    const { platform: id, clientId } = clientParams.parse(request.params);
    const platform = parts.platforms.find((one) => one.id === id);
    if (platform?.registerClient === undefined) return notFound(reply, 'No platform of that name registers clients.');
    platform.registerClient({ clientId, ...clientSchema.parse(request.body) });
    return reply.code(204).send();
  });
  server.delete('/control/grants/:host', (request, reply) => {
    const { host } = hostParams.parse(request.params);
    const platform = platformOf(parts, host);
    if (platform === undefined) return notFound(reply, 'No such shop.');
    platform.revokeGrants(host);
    return reply.code(204).send();
  });
  server.post('/control/deliveries/:host', async (request, reply) => {
    const { host } = hostParams.parse(request.params);
    const platform = platformOf(parts, host);
    if (platform?.runDeliveries === undefined) return notFound(reply, 'No such shop, or it sends no webhooks.');
    await platform.runDeliveries(host);
    return reply.code(204).send();
  });
  server.put('/control/settings', (request, reply) => {
    parts.changeSettings(settingsSchema.parse(request.body));
    return reply.code(204).send();
  });
}

const NO_WEBHOOKS = 'No such shop, or its platform does not do that.';

function registerAppControl(server: FastifyInstance, parts: RootParts): void {
  server.post('/control/uninstall/:host', (request, reply) => {
    const { host } = hostParams.parse(request.params);
    const platform = platformOf(parts, host);
    if (platform?.uninstall === undefined) return notFound(reply, NO_WEBHOOKS);
    platform.uninstall(host, uninstallSchema.parse(request.body ?? {}).clientId);
    return reply.code(204).send();
  });
  server.post('/control/webhooks/:host', (request, reply) => {
    const { host } = hostParams.parse(request.params);
    const platform = platformOf(parts, host);
    if (platform?.sendWebhook === undefined) return notFound(reply, NO_WEBHOOKS);
    const sent = platform.sendWebhook(host, webhookSchema.parse(request.body));
    return sent ? reply.code(204).send() : notFound(reply, 'No such client, or it has no address for that.');
  });
  server.delete('/control/webhooks/:host', (request, reply) => {
    const { host } = hostParams.parse(request.params);
    const platform = platformOf(parts, host);
    if (platform?.forgetWebhooks === undefined) return notFound(reply, NO_WEBHOOKS);
    return { forgotten: platform.forgetWebhooks(host, choiceSchema.parse(request.query)) };
  });
}

function registerFaultControl(server: FastifyInstance, parts: RootParts): void {
  server.put('/control/faults/:host', (request, reply) => {
    const { host } = hostParams.parse(request.params);
    if (platformOf(parts, host) === undefined) return notFound(reply, 'No such shop.');
    parts.faults.set(host, faultSchema.parse(request.body));
    return reply.code(204).send();
  });
  server.delete('/control/faults/:host', (request, reply) => {
    parts.faults.clear(hostParams.parse(request.params).host);
    return reply.code(204).send();
  });
}

/** Registers the sandbox's own pages, the ledger and the control interface on the root server. */
export function registerRootRoutes(server: FastifyInstance, parts: RootParts): void {
  server.setErrorHandler((error, _request, reply) => {
    if (error instanceof z.ZodError) return reply.code(400).send({ error: z.prettifyError(error) });
    const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
    const client = status >= 400 && status < 500 && error instanceof Error;
    return reply.code(client ? status : 500).send({ error: client ? error.message : 'Internal error.' });
  });
  server.setNotFoundHandler((_request, reply) => notFound(reply, 'Nothing here.'));
  // Bodyless deletes with a JSON content type are common among HTTP clients.
  server.removeContentTypeParser('application/json');
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, text, done) => {
    try {
      done(null, text === '' ? undefined : JSON.parse(text.toString()));
    } catch {
      done(Object.assign(new Error('The body is not JSON.'), { statusCode: 400 }), undefined);
    }
  });
  registerPages(server, parts);
  registerGrantControl(server, parts);
  registerAppControl(server, parts);
  registerFaultControl(server, parts);
}
