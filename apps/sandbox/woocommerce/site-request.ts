import type { IncomingMessage } from 'node:http';
import type { FastifyRequest } from 'fastify';
import { SANDBOX_HOST_HEADER } from '../platform.js';
import { type PhpArray, parsePhpQuery, textOf } from '../php-query.js';
import type { SandboxState } from './sandbox-state.js';
import type { WooShop } from './shop.js';

/** Sent with the value `http`, the request counts as one to the shop's plain http address. */
const SCHEME_HEADER = 'x-sandbox-scheme';

/** A request to a shop, seen as its WordPress sees it. */
export interface SiteRequest {
  readonly shop: WooShop;
  /** PHP's `is_ssl()`. */
  readonly secure: boolean;
  /** Scheme and host as the shop itself prints them. */
  readonly origin: string;
  /** The site's own address without a trailing slash, e.g. `https://tea.sandbox.test/shop`. */
  readonly siteUrl: string;
  /** Path and query behind the host, with the site's folder. */
  readonly requestUri: string;
  readonly requestPath: string;
  readonly query: PhpArray;
}

/** Undefined when the host is none of the shops, or the path lies outside the site's folder. */
export function siteRequest(request: FastifyRequest, state: SandboxState): SiteRequest | undefined {
  const shop = shopOf(request.raw, state);
  const requestUri = request.originalUrl;
  if (!shop || !isInside(shop, requestUri)) return undefined;
  const secure = request.headers[SCHEME_HEADER] !== 'http';
  const origin = secure ? state.context.origin(shop.host) : state.context.origin(shop.host).replace(/^https/, 'http');
  const [requestPath = '/', ...query] = requestUri.split('?');
  return {
    shop,
    secure,
    origin,
    siteUrl: origin + shop.path,
    requestUri,
    requestPath,
    query: parsePhpQuery(query.join('?')),
  };
}

/** The method a request came with, where `_method` or the header made it another. */
const SENT_METHOD_HEADER = 'x-sandbox-sent-method';

/**
 * For hosts that let only GET and POST through: `?_method=PUT`, or the header `X-HTTP-Method-Override`, makes a request
 * one of another method (fact sheet, section 1).
 */
function overrideMethod(request: IncomingMessage): void {
  const header = request.headers['x-http-method-override'];
  const asked =
    textOf(parsePhpQuery(splitOnce(request.url ?? '')[1]), '_method') ?? (typeof header === 'string' ? header : '');
  request.headers[SENT_METHOD_HEADER] = undefined;
  if (!/^(GET|POST|PUT|PATCH|DELETE)$/i.test(asked)) return;
  request.headers[SENT_METHOD_HEADER] = request.method;
  request.method = asked.toUpperCase();
}

/** What the caller signed: the method the request came with. */
export function sentMethod(request: FastifyRequest): string {
  const sent = request.headers[SENT_METHOD_HEADER];
  return typeof sent === 'string' ? sent : request.method;
}

/**
 * WordPress' rewriting: strips the site's folder and `index.php`, and turns `?rest_route=` into the pretty path, so that
 * routes are written once. A path outside the site's folder keeps its folder and finds no route.
 */
export function rewriteSiteUrl(request: IncomingMessage, state: SandboxState): string {
  const url = request.url ?? '/';
  const shop = shopOf(request, state);
  if (!shop || url.startsWith('/control/')) return url;
  if (!isInside(shop, url)) return '/outside-the-site';
  overrideMethod(request);
  const inner = url.slice(shop.path.length).replace(/^\/index\.php(?=[/?]|$)/, '');
  const [path, query] = splitOnce(inner.startsWith('/') ? inner : `/${inner}`);
  const restRoute = path === '/' ? textOf(parsePhpQuery(query), 'rest_route') : undefined;
  return restRoute?.startsWith('/') === true ? `/wp-json${encodeURI(restRoute)}?${query}` : `${path}?${query}`;
}

function shopOf(request: IncomingMessage, state: SandboxState): WooShop | undefined {
  const host = request.headers[SANDBOX_HOST_HEADER];
  return typeof host === 'string' ? state.registry.find(host) : undefined;
}

function isInside(shop: WooShop, url: string): boolean {
  return url.startsWith(shop.path) && /^([/?]|$)/.test(url.slice(shop.path.length));
}

function splitOnce(url: string): [path: string, query: string] {
  const mark = url.indexOf('?');
  return mark === -1 ? [url, ''] : [url.slice(0, mark), url.slice(mark + 1)];
}
