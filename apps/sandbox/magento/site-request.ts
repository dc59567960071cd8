import type { IncomingMessage } from 'node:http';
import type { FastifyRequest } from 'fastify';
import { SANDBOX_HOST_HEADER } from '../platform.js';
import type { SandboxState } from './sandbox-state.js';
import { basePath, type MagentoShop } from './shop.js';
import { findShop } from './shops.js';

/** A request to a shop, as its Magento sees it. */
export interface SiteRequest {
  readonly shop: MagentoShop;
  /** Base URL as the configuration has it, with a trailing slash. */
  readonly baseUrl: string;
  /** Path behind the host as it was sent, with the shop's folder. */
  readonly path: string;
  /** What follows the question mark, as it was sent. */
  readonly query: string;
  /** Addresses the caller may have signed: the shop's own, or the sandbox's for a program pointed straight at it. */
  readonly signedUrls: readonly string[];
}

const OUTSIDE = '/outside-the-shop';

/** Undefined when the host is none of the shops. */
export function siteRequest(request: FastifyRequest, { context }: SandboxState): SiteRequest | undefined {
  const shop = findShop(request.headers[SANDBOX_HOST_HEADER]);
  if (!shop) return undefined;
  const [path, query] = splitOnce(request.originalUrl);
  return {
    shop,
    path,
    query,
    baseUrl: `${context.origin(shop.host)}${basePath(shop)}`,
    signedUrls: [`${context.origin(shop.host)}${path}`, context.standInUrl(shop.host, path)],
  };
}

/**
 * Strips the shop's folder and `index.php`. Without web server rewrites only addresses with `index.php` reach Magento;
 * whatever lies outside finds no route.
 */
export function rewriteShopUrl(request: IncomingMessage): string {
  const url = request.url ?? '/';
  const shop = findShop(request.headers[SANDBOX_HOST_HEADER]);
  if (!shop || url.startsWith('/control/')) return url;
  const rest = url.slice(shop.path.length);
  if (!url.startsWith(shop.path) || !/^([/?]|$)/.test(rest)) return OUTSIDE;
  const match = /^\/index\.php(?=[/?]|$)/.exec(rest);
  if (match) return rest.slice(match[0].length).replace(/^(?!\/)/, '/');
  const [path] = splitOnce(rest);
  return shop.hasRewrites || /^\/?$/.test(path) ? rest.replace(/^(?!\/)/, '/') : OUTSIDE;
}

export function splitOnce(url: string): [path: string, query: string] {
  const mark = url.indexOf('?');
  return mark === -1 ? [url, ''] : [url.slice(0, mark), url.slice(mark + 1)];
}
