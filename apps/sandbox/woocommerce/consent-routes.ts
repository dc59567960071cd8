import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { HTML_HEADERS } from '../html-page.js';
import type { ApiKey } from './api-keys.js';
import { type CallbackOutcome, postToCallback } from './callback-post.js';
import { deniedPage, grantPage, loginPage } from './consent-pages.js';
import {
  consentQuery,
  type ConsentRequest,
  readConsentRequest,
  redirectTarget,
  returnAddress,
} from './consent-request.js';
import { recordIssue } from './key-issue.js';
import type { MerchantSession } from './merchant-sessions.js';
import { phpJson } from './php-json.js';
import { textOf } from '../php-query.js';
import { PRIVATE_HEADERS } from './rest-answer.js';
import { formFields } from './rest-endpoint.js';
import type { SandboxState } from './sandbox-state.js';
import { WORDPRESS_VERSION } from './site-info.js';
import { siteRequest, type SiteRequest } from './site-request.js';

const CALLBACK_TIMEOUT_MS = 20_000;
const GRANT_ACTION = 'wc_auth_grant_access';
const LOGIN_ACTION = 'woocommerce-login';

interface ConsentVisit {
  readonly site: SiteRequest;
  readonly consent: ConsentRequest;
  readonly session: MerchantSession | undefined;
}

type Step = (visit: ConsentVisit, request: FastifyRequest, reply: FastifyReply) => FastifyReply | Promise<FastifyReply>;

/** `wc-auth`: log-in, consent, and the hand-over of the key (recorded: captures/woocommerce/consent-*.json). */
export function registerConsentRoutes(server: FastifyInstance, state: SandboxState): void {
  const route = (method: 'GET' | 'POST', name: string, step: Step): void => {
    server.route({
      method,
      url: `/wc-auth/v1/${name}`,
      handler: (request, reply) => visit(state, step, request, reply),
    });
  };
  route('GET', 'authorize', ({ site, consent, session }, _request, reply) =>
    session ? showGrant(state, site, consent, session, reply) : redirect(state, site, 'login', consent, reply),
  );
  route('GET', 'login', ({ site, consent, session }, _request, reply) =>
    session ? redirect(state, site, 'authorize', consent, reply) : showLogin(state, site, consent, reply),
  );
  route('POST', 'login', (consentVisit, request, reply) => logIn(state, consentVisit, request, reply));
  route('GET', 'access_granted', (consentVisit, request, reply) => grant(state, consentVisit, request, reply));
}

/** The parameters are checked before anything else, on every page. */
function visit(state: SandboxState, step: Step, request: FastifyRequest, reply: FastifyReply): ReturnType<Step> {
  const site = siteRequest(request, state);
  if (!site) return reply.code(404).send();
  const reading = readConsentRequest(site.query, state.context.settings.allowLoopbackCallback);
  if ('reason' in reading) return deny(reply, reading.reason);
  const session = state.sessions.find(site.shop.host, request.headers.cookie);
  return step({ site, consent: reading.request, session }, request, reply);
}

function deny(reply: FastifyReply, reason: string): FastifyReply {
  return reply
    .code(401)
    .headers({ ...HTML_HEADERS, ...PRIVATE_HEADERS })
    .send(deniedPage(reason));
}

function pageUrl(state: SandboxState, { shop }: SiteRequest, page: string, consent: ConsentRequest): string {
  return state.context.standInUrl(shop.host, `${shop.path}/wc-auth/v1/${page}/?${consentQuery(consent)}`);
}

function redirect(
  state: SandboxState,
  site: SiteRequest,
  page: string,
  consent: ConsentRequest,
  reply: FastifyReply,
): FastifyReply {
  return reply
    .code(302)
    .headers(REDIRECT_HEADERS)
    .header('location', pageUrl(state, site, page, consent))
    .send();
}

const REDIRECT_HEADERS = {
  'x-redirect-by': 'WordPress',
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
};

function showLogin(state: SandboxState, site: SiteRequest, consent: ConsentRequest, reply: FastifyReply): FastifyReply {
  return reply.headers(HTML_HEADERS).send(loginPage(site.shop, consent, state.sessions.nonce(LOGIN_ACTION)));
}

function showGrant(
  state: SandboxState,
  site: SiteRequest,
  consent: ConsentRequest,
  session: MerchantSession,
  reply: FastifyReply,
): FastifyReply {
  const nonce = state.sessions.nonce(GRANT_ACTION, session);
  const approveUrl = `${pageUrl(state, site, 'access_granted', consent)}&wc_auth_nonce=${nonce}`;
  return reply.headers(HTML_HEADERS).send(grantPage(site.shop, consent, session.user, approveUrl));
}

/** Anybody is a merchant here; only the nonce must be the page's own, else the page is shown again. */
function logIn(
  state: SandboxState,
  { site, consent }: ConsentVisit,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const fields = formFields(request);
  const user = (textOf(fields, 'username') ?? '').trim().slice(0, 60);
  if (user === '' || !state.sessions.isNonce(textOf(fields, 'woocommerce-login-nonce'), LOGIN_ACTION)) {
    return showLogin(state, site, consent, reply);
  }
  const session = state.sessions.open(site.shop.host, user);
  const path = new URL(state.context.standInUrl(site.shop.host, `${site.shop.path}/`)).pathname;
  reply.header('set-cookie', state.sessions.cookie(session, path));
  return redirect(state, site, 'authorize', consent, reply);
}

/** Makes the key, hands it over, and takes it back when the application did not answer with exactly 200. */
async function grant(
  state: SandboxState,
  { site, consent, session }: ConsentVisit,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  if (!session) return deny(reply, 'You do not have permission to access this page');
  if (!state.sessions.isNonce(textOf(site.query, 'wc_auth_nonce'), GRANT_ACTION, session)) {
    return deny(reply, 'Invalid nonce verification');
  }
  const { host } = site.shop;
  const issuedAt = state.context.now().toISOString().slice(0, 19).replace('T', ' ');
  const key = state.keys.issue(host, consent.scope, `${consent.appName.slice(0, 170)} - API (${issuedAt})`);
  state.context.changed();
  const outcome = await handOver(site, consent, key);
  const isTaken = !('reason' in outcome);
  if (!isTaken) {
    state.keys.remove(key);
    state.context.changed();
  }
  recordIssue(state, { request, host, credential: consent.userId, key, status: outcome.status, isTaken });
  if ('reason' in outcome) return deny(reply, outcome.reason);
  const target = redirectTarget(returnAddress(consent, 1));
  return reply.code(302).headers(REDIRECT_HEADERS).header('location', target).send();
}

function handOver(site: SiteRequest, consent: ConsentRequest, key: ApiKey): Promise<CallbackOutcome> {
  const body = phpJson({
    key_id: key.id,
    user_id: consent.userId,
    consumer_key: key.consumerKey,
    consumer_secret: key.consumerSecret,
    key_permissions: key.permissions,
  });
  const userAgent = `WordPress/${WORDPRESS_VERSION}; ${site.siteUrl}`;
  return postToCallback(new URL(consent.callbackUrl), body, userAgent, CALLBACK_TIMEOUT_MS);
}
