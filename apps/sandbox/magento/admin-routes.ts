import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { HTML_HEADERS } from '../html-page.js';
import { isLoopback } from '../loopback.js';
import { RESOURCES } from './acl.js';
import { POST_TIMEOUT_MS, postActivation } from './activation-post.js';
import { type AdminPage, allowPage, detailPage, listPage, successPage } from './admin-pages.js';
import { type Integration, makeKey, renewToken } from './integrations.js';
import { nowOf, type SandboxState } from './sandbox-state.js';
import { siteRequest, type SiteRequest } from './site-request.js';

const PAGE = '/admin/integrations';

/** Magento's own words. */
const POST_FAILED = 'The attempt to post data to consumer failed due to an unexpected error. Please try again later.';

const idParams = z.object({ id: z.coerce.number().int() });

interface Visit {
  readonly state: SandboxState;
  readonly site: SiteRequest;
  readonly page: AdminPage;
  readonly fields: URLSearchParams;
  readonly reply: FastifyReply;
}

type Step = (visit: Visit, integration: Integration) => FastifyReply | Promise<FastifyReply>;

/** The merchant's side of an integration: System > Extensions > Integrations (fact sheet, section 2.1). */
export function registerAdminRoutes(server: FastifyInstance, state: SandboxState): void {
  const formKey = randomBytes(8).toString('hex');
  const visitOf = (request: FastifyRequest, reply: FastifyReply): Visit | undefined => {
    const site = siteRequest(request, state);
    if (!site) return undefined;
    const { shop } = site;
    const url = state.context.standInUrl(shop.host, new URL(site.baseUrl).pathname.slice(0, -1) + PAGE);
    const fields = new URLSearchParams(Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '');
    return { state, site, page: { shop, url, formKey }, fields, reply };
  };
  const on = (
    method: 'GET' | 'POST',
    path: string,
    step: (visit: Visit, request: FastifyRequest) => ReturnType<Step>,
  ): void => {
    server.route({
      method,
      url: PAGE + path,
      handler: (request, reply) => {
        const visit = visitOf(request, reply);
        if (!visit) return reply.code(404).send();
        if (method === 'POST' && visit.fields.get('form_key') !== formKey)
          return show(visit, list(visit, 'Invalid form key.'), 400);
        return step(visit, request);
      },
    });
  };
  const onOne = (method: 'GET' | 'POST', path: string, step: Step): void =>
    on(method, `/:id${path}`, (visit, request) => {
      const { id } = idParams.parse(request.params);
      const integration = state.integrations.find(visit.site.shop.host, id);
      return integration ? step(visit, integration) : visit.reply.code(404).send();
    });
  on('GET', '', (visit) => show(visit, list(visit)));
  on('POST', '', create);
  on('GET', '/success', (visit) => show(visit, successPage(visit.page)));
  onOne('GET', '', (visit, integration) => show(visit, detailPage(visit.page, integration)));
  onOne('POST', '/activate', (visit, integration) => show(visit, allowPage(visit.page, integration)));
  onOne('POST', '/allow', allow);
  onOne('POST', '/deactivate', deactivate);
  onOne('POST', '/delete', remove);
}

function show({ reply }: Visit, page: string, status = 200): FastifyReply {
  return reply.code(status).headers(HTML_HEADERS).send(page);
}

function list({ state, site, page }: Visit, message?: string): string {
  return listPage(page, state.integrations.of(site.shop.host), message);
}

function create(visit: Visit): FastifyReply {
  const { state, site, page, fields } = visit;
  const name = (fields.get('name') ?? '').trim().slice(0, 255);
  const [callbackUrl, identityUrl] = [
    fields.get('endpoint')?.trim() ?? '',
    fields.get('identity_link_url')?.trim() ?? '',
  ];
  const problem =
    name === ''
      ? '"Name" is required. Enter and try again.'
      : (addressProblem(visit, callbackUrl) ?? addressProblem(visit, identityUrl));
  if (problem !== undefined) return show(visit, list(visit, problem), 400);
  const picked = fields.getAll('resource').filter((one) => RESOURCES.some((known) => known === one));
  const resources = fields.get('all_resources') === '0' ? picked : 'all';
  const integration = state.integrations.create(site.shop.host, { name, callbackUrl, identityUrl, resources });
  state.context.changed();
  return show(visit, detailPage(page, integration, `The integration '${name}' has been saved.`));
}

function addressProblem({ state }: Visit, url: string): string | undefined {
  if (url === '') return undefined;
  const scheme = URL.canParse(url) ? new URL(url).protocol : '';
  if (scheme === 'https:') return undefined;
  if (scheme === 'http:' && isLoopback(url) && state.context.settings.allowLoopbackCallback) return undefined;
  return `${url} is no https address.`;
}

/** Makes the token anew, so that an older one is worth nothing, and tells the application or the merchant. */
async function allow(visit: Visit, integration: Integration): Promise<FastifyReply> {
  const { state, page } = visit;
  if (integration.callbackUrl === '') {
    activateByHand(state, integration);
    return show(visit, detailPage(page, integration, 'Copy all four and enter them in the application.'));
  }
  const verifier = makeKey();
  integration.token = { type: 'verifier', token: makeKey(), secret: makeKey(), verifier };
  integration.status = 'inactive';
  integration.postedAt = nowOf(state);
  state.context.changed();
  const fields = {
    oauth_consumer_key: integration.consumerKey,
    oauth_consumer_secret: integration.consumerSecret,
    store_base_url: visit.site.baseUrl,
    oauth_verifier: verifier,
  };
  const isAnswered = await postActivation(new URL(integration.callbackUrl), fields, POST_TIMEOUT_MS);
  if (!isAnswered) return show(visit, list(visit, POST_FAILED));
  // A genuine shop opens the address in a window of its own; it appends `?…` whatever is there already.
  const query = `oauth_consumer_key=${integration.consumerKey}&success_call_back=${encodeURIComponent(`${page.url}/success`)}`;
  return visit.reply.code(302).header('location', `${integration.identityUrl}?${query}`).send();
}

/** An integration without addresses is active at once. */
export function activateByHand(state: SandboxState, integration: Integration): void {
  renewToken(integration, 'access');
  integration.status = 'active';
  state.context.changed();
}

function deactivate(visit: Visit, integration: Integration): FastifyReply {
  integration.token = null;
  integration.status = 'inactive';
  visit.state.context.changed();
  return show(visit, detailPage(visit.page, integration, 'The integration is inactive. Its tokens are gone.'));
}

function remove(visit: Visit, integration: Integration): FastifyReply {
  visit.state.integrations.remove(integration);
  visit.state.context.changed();
  return show(visit, list(visit, `The integration '${integration.name}' has been deleted.`));
}
