import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { escapeHtml } from '../escape-html.js';
import { HTML_HEADERS, htmlPage } from '../html-page.js';
import { SANDBOX_HOST_HEADER } from '../platform.js';
import { type ApiKey, KEY_PERMISSIONS } from './api-keys.js';
import { recordIssue } from './key-issue.js';
import { textOf } from '../php-query.js';
import { formFields } from './rest-endpoint.js';
import type { SandboxState } from './sandbox-state.js';
import type { WooShop } from './shop.js';
import { siteRequest } from './site-request.js';

const issueSchema = z.strictObject({
  permissions: z.enum(KEY_PERMISSIONS),
  description: z.string().max(200).exactOptional(),
});

const keyParams = z.object({ key: z.string() });
const userSchema = z.strictObject({ demoted: z.boolean() });

const FORM_ACTION = 'create-key';

/**
 * Keys without a consent: `POST /control/keys` for programs, and the settings page a merchant would paste keys from.
 * Both reach the shop the request names; the control path lies beside the site, not inside its folder.
 */
export function registerKeyRoutes(server: FastifyInstance, state: SandboxState): void {
  server.post('/control/keys', (request, reply) => controlIssue(state, request, reply));
  server.delete('/control/keys', (request, reply) => {
    const shop = shopOf(state, request);
    if (!shop) return reply.code(404).send();
    revokeKeys(state, shop.host);
    return reply.code(204).send();
  });
  server.delete('/control/keys/:key', (request, reply) => controlRevoke(state, request, reply));
  server.put('/control/user', (request, reply) => controlUser(state, request, reply));
  server.get('/wp-admin/admin.php', (request, reply) => showKeys(state, request, reply));
  server.post('/wp-admin/admin.php', (request, reply) => formIssue(state, request, reply));
}

/** All keys of the shop die at once. */
export function revokeKeys(state: SandboxState, host: string): void {
  state.keys.revokeAll(host);
  state.context.changed();
}

function shopOf(state: SandboxState, request: FastifyRequest): WooShop | undefined {
  const host = request.headers[SANDBOX_HOST_HEADER];
  return typeof host === 'string' ? state.registry.find(host) : undefined;
}

function issue(
  state: SandboxState,
  request: FastifyRequest,
  shop: WooShop,
  asked: z.infer<typeof issueSchema>,
): ApiKey {
  const key = state.keys.issue(shop.host, asked.permissions, asked.description ?? '');
  recordIssue(state, { request, host: shop.host, credential: key.consumerKey, key, status: 200, isTaken: true });
  state.context.changed();
  return key;
}

function controlIssue(state: SandboxState, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const shop = shopOf(state, request);
  if (!shop) return reply.code(404).send();
  const asked = issueSchema.safeParse(jsonOf(request.body));
  if (!asked.success) return reply.code(400).send({ error: z.prettifyError(asked.error) });
  const key = issue(state, request, shop, asked.data);
  reply.header('cache-control', 'no-store');
  return reply.send({ consumer_key: key.consumerKey, consumer_secret: key.consumerSecret });
}

function controlRevoke(state: SandboxState, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const shop = shopOf(state, request);
  const { key: consumerKey } = keyParams.parse(request.params);
  const key = shop && state.keys.find(shop.host, consumerKey);
  if (!key) return reply.code(404).send();
  state.keys.remove(key);
  state.context.changed();
  return reply.code(204).send();
}

/** `{"demoted": true}`: the user of all keys may do nothing any more, also for the webhooks he made. */
function controlUser(state: SandboxState, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const shop = shopOf(state, request);
  if (!shop) return reply.code(404).send();
  const asked = userSchema.safeParse(jsonOf(request.body));
  if (!asked.success) return reply.code(400).send({ error: z.prettifyError(asked.error) });
  state.keys.setDemoted(shop.host, asked.data.demoted);
  state.context.changed();
  return reply.code(204).send();
}

function jsonOf(body: unknown): unknown {
  try {
    return Buffer.isBuffer(body) ? JSON.parse(body.toString('utf8')) : undefined;
  } catch {
    return undefined;
  }
}

function showKeys(state: SandboxState, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const site = siteRequest(request, state);
  if (!site || textOf(site.query, 'section') !== 'keys') return reply.code(404).send();
  return reply.headers(HTML_HEADERS).send(keysPage(state, site.shop));
}

function formIssue(state: SandboxState, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const site = siteRequest(request, state);
  if (!site || textOf(site.query, 'section') !== 'keys') return reply.code(404).send();
  const fields = formFields(request);
  const asked = issueSchema.safeParse({
    permissions: textOf(fields, 'permissions'),
    description: textOf(fields, 'description') ?? '',
  });
  const isOwnForm = state.sessions.isNonce(textOf(fields, '_wpnonce'), FORM_ACTION);
  if (!asked.success || !isOwnForm) return reply.code(400).headers(HTML_HEADERS).send(keysPage(state, site.shop));
  return reply.headers(HTML_HEADERS).send(keysPage(state, site.shop, issue(state, request, site.shop, asked.data)));
}

/** Lists what a genuine shop lists, the last seven characters, and shows a new key this once. */
function keysPage(state: SandboxState, shop: WooShop, made?: ApiKey): string {
  const rows = state.keys.of(shop.host).map((key) => {
    const cells = [key.description, `…${key.consumerKey.slice(-7)}`, key.permissions];
    return `<tr>${cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>`;
  });
  const shown = made
    ? `<p>Copy both now; they are not shown again.</p><p>Consumer key<br><code id="key_consumer_key">${made.consumerKey}</code></p>
<p>Consumer secret<br><code id="key_consumer_secret">${made.consumerSecret}</code></p>`
    : '';
  const options = ['read', 'write', 'read_write'].map((value) => `<option>${value}</option>`).join('');
  return htmlPage(
    `REST API keys of ${shop.name}`,
    `<p>${escapeHtml(shop.name)}</p><h1>REST API keys</h1>${shown}
<table><tr><th>Description</th><th>Key ends in</th><th>Permissions</th></tr>${rows.join('')}</table>
<form method="post"><p><label>Description <input name="description" maxlength="200"></label></p>
<p><label>Permissions <select name="permissions">${options}</select></label></p>
<input type="hidden" name="_wpnonce" value="${state.sessions.nonce(FORM_ACTION)}">
<button type="submit" class="primary">Make a key</button></form>
<p><small>A simulated shop of the sandbox: no log-in is asked for on this page.</small></p>`,
  );
}
