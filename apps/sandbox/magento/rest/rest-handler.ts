import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { parsePhpQuery, textOf } from '../../php-query.js';
import { HTML_HEADERS, htmlPage } from '../../html-page.js';
import { type Cell, isRow, type Row } from '../row.js';
import { databaseTime } from '../database-time.js';
import { nowOf, type SandboxState } from '../sandbox-state.js';
import { siteRequest, type SiteRequest, splitOnce } from '../site-request.js';
import { acceptBulk, bulkPath } from './async-bulk.js';
import { mayUse, rightsOf } from './caller.js';
import { keepFields } from './fields.js';
import { answerRest } from './rest-answer.js';
import type { RestCall } from './rest-call.js';
import { NO_ROUTE, notAuthorized, RestError } from './rest-error.js';
import type { RouteMatch, Router } from './router.js';

const METHODS = ['GET', 'POST', 'PUT', 'DELETE'];

/** Where a request goes: store view and path behind it. */
interface Target {
  readonly storeCode: string | undefined;
  readonly path: string;
}

/** `/rest[/<store code>]/V1/…` */
export function restHandler(state: SandboxState, router: Router) {
  return (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const site = siteRequest(request, state);
    if (!site) return reply.code(404).send();
    const accept = request.headers.accept ?? '*/*';
    const asXml = /^(application|text)\/xml/.test(accept);
    if (!asXml && !/json|\*/.test(accept)) return serverErrorPage(reply);
    try {
      const { status, answer } = answerTo(request, site, state, router);
      const fields = textOf(parsePhpQuery(site.query), 'fields');
      return answerRest(
        reply,
        status,
        request.method === 'DELETE' ? answer : keepFields(spoilt(answer, site, state), fields),
        asXml,
      );
    } catch (error) {
      if (!(error instanceof RestError)) throw error;
      return answerRest(reply, error.status, error.body, asXml);
    }
  };
}

/** A media type nobody renders breaks the shop's own error page, too (recorded: err-406-accept.json). */
function serverErrorPage(reply: FastifyReply): FastifyReply {
  const body = `<h1>There has been an error processing your request</h1>
<p><em>Exception printing is disabled by default for security reasons.</em></p>
<p>Error log record number: ${randomBytes(32).toString('hex')}</p>`;
  return reply.code(500).headers(HTML_HEADERS).send(htmlPage('There has been an error processing your request', body));
}

/** Magento's order: store view, method, route, rights, then the body. */
function answerTo(
  request: FastifyRequest,
  site: SiteRequest,
  state: SandboxState,
  router: Router,
): { status: number; answer: Cell } {
  const [url] = splitOnce(request.url);
  const target = targetOf(url, site);
  if (!METHODS.includes(request.method)) {
    throw new RestError(405, `The ${request.method} HTTP method is not supported.`);
  }
  const bulk = bulkPath(target.path);
  const match = router(request.method, bulk?.path ?? target.path);
  if (!match || (bulk && request.method === 'GET')) throw NO_ROUTE;
  if (!mayUse(rightsOf(request, site, state), match.route.resource)) throw notAuthorized(match.route.resource);
  const body = bodyOf(request);
  const call = callOf(site, state, target, match, isRow(body) ? body : {});
  if (bulk) {
    const operations = bulk.isBulk && Array.isArray(body) ? body : [body];
    return { status: 202, answer: acceptBulk(call, match.route, operations) };
  }
  return { status: 200, answer: answerAndKeep(call, match) };
}

function answerAndKeep(call: RestCall, { route }: RouteMatch): Cell {
  const answer = route.answer(call);
  if (route.method !== 'GET') call.state.book.wrote(call.shop);
  return answer;
}

/** @throws {RestError} 400 for a code that is none of the shop's views (recorded: err-store-code-unknown.json) */
function targetOf(url: string, { shop }: SiteRequest): Target {
  const behind = url.replace(/^\/rest(?=\/|$)/, '');
  const [, first = '', rest = ''] = /^\/([^/]*)(.*)$/.exec(behind) ?? [];
  if (first === 'V1' || first === 'async' || first === '') return { storeCode: undefined, path: behind };
  if (first !== 'all' && !shop.views.some(({ code }) => code === first)) {
    throw new RestError(400, 'Specified request cannot be processed.');
  }
  return { storeCode: first, path: rest };
}

function callOf(site: SiteRequest, state: SandboxState, { storeCode }: Target, match: RouteMatch, body: Row): RestCall {
  const { shop, query, baseUrl } = site;
  const at = nowOf(state);
  return {
    state,
    shop,
    data: state.book.of(shop),
    view: shop.views.find(({ code }) => code === storeCode) ?? shop.views[0],
    isGlobal: storeCode === 'all',
    path: match.path,
    query: parsePhpQuery(query),
    body,
    at,
    now: databaseTime(at),
    baseUrl,
  };
}

/** @throws {RestError} 400 in the words of the recordings err-400-malformed-json.json and err-400-missing-content-type.json */
function bodyOf(request: FastifyRequest): Cell {
  const text = Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '';
  if (text === '' || request.method === 'GET') return {};
  const type = (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim() ?? '';
  if (type === '') throw new RestError(400, 'Content-Type header is empty.');
  if (type !== 'application/json') {
    throw new RestError(400, `Server cannot understand Content-Type HTTP header media type ${type}`);
  }
  try {
    const parsed: unknown = JSON.parse(text);
    // JSON.parse gives nothing but cells.
    return parsed as Cell;
  } catch {
    throw new RestError(400, 'Decoding error.');
  }
}

/** The fault `brokenRecord`: one record of a list has lost its numbers. */
function spoilt(answer: Cell, { shop, path }: SiteRequest, { context }: SandboxState): Cell {
  if (!isRow(answer) || !Array.isArray(answer['items']) || answer['items'].length === 0) return answer;
  if (!context.faults.takeBrokenRecord(shop.host, path)) return answer;
  const [first, ...others] = answer['items'];
  const broken = isRow(first ?? null)
    ? Object.fromEntries(
        Object.entries(first as Row).map(([name, value]) => [name, typeof value === 'number' ? 'n/a' : value]),
      )
    : null;
  return { ...answer, items: [broken, ...others] };
}
