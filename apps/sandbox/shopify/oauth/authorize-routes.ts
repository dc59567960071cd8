import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { HTML_HEADERS } from '../../html-page.js';
import { SANDBOX_HOST_HEADER, type SandboxClient, type SandboxContext } from '../../platform.js';
import type { Shop } from '../shops.js';
import { callbackHmac } from './callback-hmac.js';
import type { Clients } from '../../clients.js';
import { adminPage, consentPage } from './consent-page.js';
import type { Grants } from './grant-types.js';
import { sendFailurePage } from './oauth-failure.js';
import { isScope, splitScopes } from './scopes.js';

/** What the consent screen works with. */
export interface AuthorizeParts {
  readonly context: SandboxContext;
  readonly clients: Clients;
  readonly grants: Grants;
  readonly shopOf: (host: string) => Shop | undefined;
  /** The merchant removes an app. */
  readonly uninstall: (host: string, clientId: string) => void;
}

const PATH = '/admin/oauth/authorize';
const ADMIN = '/admin';
const INSTALL = '/admin/apps/install';
const UNINSTALL = '/admin/apps/uninstall';
const PENDING_LIFE = 10 * 60_000;
const MOST_PENDING = 1_000;

const querySchema = z.object({
  client_id: z.string().catch(''),
  redirect_uri: z.string().catch(''),
  scope: z.string().catch(''),
  state: z.string().max(2_000).optional().catch(undefined),
  // The vendor's own library sends it empty for a token of the shop.
  'grant_options[]': z.string().catch(''),
});
const decisionSchema = z.object({ nonce: z.string(), decision: z.enum(['install', 'cancel']) });
const hostSchema = z.object({ [SANDBOX_HOST_HEADER]: z.string() });

interface Pending {
  readonly host: string;
  readonly client: SandboxClient;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  readonly state: string | undefined;
  readonly expiresAt: number;
}

/** docs: the shop's place in the admin, base64 without padding. */
function placeOf(host: string): string {
  return Buffer.from(`admin.shopify.com/store/${host.split('.')[0] ?? ''}`)
    .toString('base64')
    .replace(/=+$/, '');
}

/** docs: how an app is opened from the app store or the admin: its own address, signed. */
function launchUrl(appUrl: string, host: string, secret: string, now: Date): string {
  const url = new URL(appUrl);
  const signed = {
    ...Object.fromEntries(url.searchParams),
    host: placeOf(host),
    shop: host,
    timestamp: String(Math.floor(now.getTime() / 1_000)),
  };
  const query = new URLSearchParams({ ...signed, hmac: callbackHmac(signed, secret) });
  query.sort();
  url.search = query.toString();
  return url.href;
}

/** The callback's address with its signed parameters. Whatever the app put into its own address is signed with them. */
function callbackUrl({ host, client, redirectUri, state }: Pending, code: string, now: Date): string {
  const url = new URL(redirectUri);
  const signed = {
    ...Object.fromEntries(url.searchParams),
    code,
    host: placeOf(host),
    shop: host,
    ...(state === undefined ? {} : { state }),
    timestamp: String(Math.floor(now.getTime() / 1_000)),
  };
  const query = new URLSearchParams({ ...signed, hmac: callbackHmac(signed, client.secret) });
  query.sort();
  url.search = query.toString();
  return url.href;
}

/** Consent requests that wait for the merchant's answer. */
class PendingConsents {
  readonly #pending = new Map<string, Pending>();

  constructor(readonly now: () => Date) {}

  add(pending: Omit<Pending, 'expiresAt'>): string {
    const nonce = randomBytes(16).toString('hex');
    const at = this.now().getTime();
    this.#pending.set(nonce, { ...pending, expiresAt: at + PENDING_LIFE });
    for (const [key, { expiresAt }] of this.#pending) {
      if (expiresAt <= at || this.#pending.size > MOST_PENDING) this.#pending.delete(key);
    }
    return nonce;
  }

  /** Each can be answered once. */
  take(nonce: string, host: string): Pending | undefined {
    const pending = this.#pending.get(nonce);
    this.#pending.delete(nonce);
    return pending?.host === host && pending.expiresAt > this.now().getTime() ? pending : undefined;
  }
}

function fail(reply: FastifyReply, error: string, description: string): FastifyReply {
  return sendFailurePage(reply, { status: 400, error, description });
}

type ConsentQuery = z.infer<typeof querySchema>;

/** What is wrong with a known app's request for consent, or undefined. */
function mistakeIn(
  query: ConsentQuery,
  client: SandboxClient,
): readonly [error: string, description: string] | undefined {
  if (!client.redirectUris.includes(query.redirect_uri))
    return ['invalid_request', 'The redirect_uri is not whitelisted'];
  const unknown = splitScopes(query.scope).find((scope) => !isScope(scope));
  if (unknown !== undefined) return ['invalid_scope', `The access scope is invalid: ${unknown}`];
  if (query['grant_options[]'] === 'per-user') return ['invalid_request', 'The sandbox gives no per-user tokens'];
  return undefined;
}

function registerScreen(
  server: FastifyInstance,
  { context, clients, shopOf }: AuthorizeParts,
  consents: PendingConsents,
): void {
  server.get(PATH, (request, reply) => {
    const { [SANDBOX_HOST_HEADER]: host } = hostSchema.parse(request.headers);
    const query = querySchema.parse(request.query);
    const client = clients.find(query.client_id);
    if (client === undefined) {
      return fail(reply, 'invalid_request', `Could not find Shopify API application with api_key ${query.client_id}`);
    }
    const mistake = mistakeIn(query, client);
    if (mistake !== undefined) return fail(reply, ...mistake);
    const scopes = splitScopes(query.scope);
    const nonce = consents.add({ host, client, redirectUri: query.redirect_uri, scopes, state: query.state });
    const [shopName, appName] = [shopOf(host)?.name ?? host, client.name ?? client.clientId];
    const action = context.standInUrl(host, PATH);
    return reply.headers(HTML_HEADERS).send(consentPage({ shopName, host, appName, scopes, action, nonce }));
  });
}

function registerDecision(
  server: FastifyInstance,
  { context, grants }: AuthorizeParts,
  consents: PendingConsents,
): void {
  server.post(PATH, (request, reply) => {
    const { [SANDBOX_HOST_HEADER]: host } = hostSchema.parse(request.headers);
    const decision = decisionSchema.safeParse(request.body);
    const pending = decision.success ? consents.take(decision.data.nonce, host) : undefined;
    if (pending === undefined) return fail(reply, 'invalid_request', 'This page was answered already or is too old');
    // Believed, not documented: a merchant who declines is led back to the admin, and the app hears nothing.
    if (decision.data?.decision === 'cancel') return reply.redirect(context.standInUrl(host, ADMIN), 302);
    const code = grants.issueCode({ clientId: pending.client.clientId, host }, pending.scopes);
    return reply.header('cache-control', 'no-store').redirect(callbackUrl(pending, code, context.now()), 302);
  });
}

function registerInstall(server: FastifyInstance, { context, clients, grants }: AuthorizeParts): void {
  server.get(INSTALL, (request, reply) => {
    const { [SANDBOX_HOST_HEADER]: host } = hostSchema.parse(request.headers);
    const { client_id: clientId } = querySchema.parse(request.query);
    const client = clients.find(clientId);
    if (client?.appUrl === undefined) {
      return fail(reply, 'invalid_request', `Could not find Shopify API application with api_key ${clientId}`);
    }
    grants.install({ clientId, host });
    return reply.redirect(launchUrl(client.appUrl, host, client.secret, context.now()), 302);
  });
}

function registerAdmin(server: FastifyInstance, { context, clients, grants, shopOf, uninstall }: AuthorizeParts): void {
  server.get(ADMIN, (request, reply) => {
    const { [SANDBOX_HOST_HEADER]: host } = hostSchema.parse(request.headers);
    const apps = grants
      .installedClients(host)
      // The shop's custom app is not among the apps installed from outside.
      .filter((clientId) => clients.find(clientId) !== undefined)
      .map((clientId) => ({ clientId, name: clients.find(clientId)?.name ?? clientId }));
    const page = adminPage(shopOf(host)?.name ?? host, apps, context.standInUrl(host, UNINSTALL));
    return reply.headers(HTML_HEADERS).send(page);
  });

  server.post(UNINSTALL, (request, reply) => {
    const { [SANDBOX_HOST_HEADER]: host } = hostSchema.parse(request.headers);
    const body = z.object({ client_id: z.string() }).safeParse(request.body);
    if (body.success) uninstall(host, body.data.client_id);
    return reply.redirect(context.standInUrl(host, ADMIN), 303);
  });
}

/** Registers the consent screen and the merchant's admin page. */
export function registerAuthorizeRoutes(server: FastifyInstance, parts: AuthorizeParts): void {
  const consents = new PendingConsents(() => parts.context.now());
  registerScreen(server, parts, consents);
  registerDecision(server, parts, consents);
  registerInstall(server, parts);
  registerAdmin(server, parts);
}
