import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { SandboxClient } from '../../platform.js';
import { accountUuidOf, LOGIN_HOST, type Store, storeOfHash, STORES } from '../stores.js';
import { sendPage, type OauthParts } from './oauth-parts.js';
import { installPage, notePage } from './pages.js';

const PENDING_LIFE_MS = 10 * 60_000;
const MOST_PENDING = 1_000;

const decisionSchema = z.object({
  nonce: z.string(),
  store: z.string(),
  decision: z.enum(['confirm', 'cancel']),
});
const clientParams = z.object({ clientId: z.string() });

interface Pending {
  readonly clientId: string;
  /** Started outside the control panel. */
  readonly external: boolean;
  readonly hashes: readonly string[];
  readonly expiresAt: number;
}

/** Install pages that wait for the merchant's answer. */
class PendingInstalls {
  readonly #pending = new Map<string, Pending>();

  constructor(readonly now: () => Date) {}

  add(pending: Omit<Pending, 'expiresAt'>): string {
    const nonce = randomBytes(16).toString('hex');
    const at = this.now().getTime();
    this.#pending.set(nonce, { ...pending, expiresAt: at + PENDING_LIFE_MS });
    for (const [key, { expiresAt }] of this.#pending) {
      if (expiresAt <= at || this.#pending.size > MOST_PENDING) this.#pending.delete(key);
    }
    return nonce;
  }

  /** Each can be answered once. */
  take(nonce: string): Pending | undefined {
    const pending = this.#pending.get(nonce);
    this.#pending.delete(nonce);
    return pending !== undefined && pending.expiresAt > this.now().getTime() ? pending : undefined;
  }
}

/**
 * docs: https://docs.bigcommerce.com/developer/docs/integrations/apps/guide/auth - no state and no signature; scopes are separated by
 * spaces. An installation begun outside the control panel carries `external_install` as well; its value is not documented.
 */
function callbackUrl(
  redirectUri: string,
  { code, scopes, store, external }: { code: string; scopes: readonly string[]; store: Store; external: boolean },
): string {
  const url = new URL(redirectUri);
  url.searchParams.set('account_uuid', accountUuidOf(store));
  url.searchParams.set('code', code);
  url.searchParams.set('context', `stores/${store.hash}`);
  url.searchParams.set('scope', scopes.join(' '));
  if (external) url.searchParams.set('external_install', 'true');
  return url.href;
}

function isAllowedCallback(client: SandboxClient, allowLoopback: boolean): boolean {
  const [callback] = client.redirectUris;
  // docs: in production every callback is https.
  return callback !== undefined && (new URL(callback).protocol === 'https:' || allowLoopback);
}

/** Shows the page on which the merchant confirms an installation. */
export type ShowInstall = (reply: FastifyReply, clientId: string, stores: readonly Store[]) => FastifyReply;

function createShow({ context, clients, grants }: OauthParts, pending: PendingInstalls): ShowInstall {
  return (reply, clientId, stores) => {
    const client = clients.find(clientId);
    if (client === undefined) return sendPage(reply, notePage('Not found', 'There is no such app.'), 404);
    if (!isAllowedCallback(client, context.settings.allowLoopbackCallback)) {
      return sendPage(
        reply,
        notePage('This app cannot be installed', 'Its auth callback is not an https address.'),
        400,
      );
    }
    const external = stores.length !== 1;
    const nonce = pending.add({ clientId, external, hashes: stores.map(({ hash }) => hash) });
    const page = installPage({
      appName: client.name ?? clientId,
      scopes: grants.scopesOf(clientId),
      stores,
      action: context.standInUrl(LOGIN_HOST, '/app/install/confirm'),
      nonce,
    });
    return sendPage(reply, page);
  };
}

function confirm(
  request: FastifyRequest,
  reply: FastifyReply,
  parts: OauthParts,
  pending: PendingInstalls,
): FastifyReply {
  const decision = decisionSchema.safeParse(request.body);
  const answered = decision.success ? pending.take(decision.data.nonce) : undefined;
  const store = decision.success ? storeOfHash(decision.data.store) : undefined;
  const client = answered === undefined ? undefined : parts.clients.find(answered.clientId);
  const [redirectUri] = client?.redirectUris ?? [];
  if (
    answered === undefined ||
    store === undefined ||
    !answered.hashes.includes(store.hash) ||
    redirectUri === undefined
  ) {
    return sendPage(reply, notePage('Too old', 'This page was answered already or is too old. Start again.'), 400);
  }
  // Believed, not documented: the app hears nothing of a merchant who declines.
  if (decision.data?.decision === 'cancel') {
    return sendPage(reply, notePage('Not installed', 'The app was not installed.'));
  }
  const code = parts.grants.issueCode(answered.clientId, store.hash);
  const scopes = parts.grants.scopesOf(answered.clientId);
  return reply
    .header('cache-control', 'no-store')
    .redirect(callbackUrl(redirectUri, { code, scopes, store, external: answered.external }), 302);
}

/**
 * Registers what the login host shows: the install page and where an outside installation ends.
 * @returns shows the install page for given stores
 */
export function registerInstallRoutes(server: FastifyInstance, parts: OauthParts): ShowInstall {
  const pending = new PendingInstalls(() => parts.context.now());
  const show = createShow(parts, pending);
  server.get('/login/app/:clientId/install', (request, reply) =>
    show(reply, clientParams.parse(request.params).clientId, STORES),
  );
  server.post('/login/app/install/confirm', (request, reply) => confirm(request, reply, parts, pending));
  const end = (title: string, text: string) => (request: FastifyRequest, reply: FastifyReply) => {
    const client = parts.clients.find(clientParams.parse(request.params).clientId);
    return client === undefined
      ? sendPage(reply, notePage('Not found', 'There is no such app.'), 404)
      : sendPage(reply, notePage(title, `${client.name ?? client.clientId} ${text}`));
  };
  server.get('/login/app/:clientId/install/succeeded', end('Installed', 'is installed. You can close this window.'));
  server.get('/login/app/:clientId/install/failed', end('Not installed', 'could not be installed.'));
  return show;
}
