import type { FastifyReply } from 'fastify';
import type { JsonValue } from '#contract';
import { phpJson } from './php-json.js';
import { buildPhpQuery, type PhpArray } from '../php-query.js';
import { askedFields, keepMembers, keepPaths } from './response-fields.js';
import type { PageOutcome, RestOutcome } from './rest-outcome.js';
import type { SiteRequest } from './site-request.js';

/** Every REST answer carries these (recorded: every file of captures/woocommerce). */
const COMMON_HEADERS = {
  'Content-Type': 'application/json; charset=UTF-8',
  'X-Robots-Tag': 'noindex',
  'X-Content-Type-Options': 'nosniff',
  'Access-Control-Expose-Headers': 'X-WP-Total, X-WP-TotalPages, Link',
  'Access-Control-Allow-Headers': 'Authorization, X-WP-Nonce, Content-Disposition, Content-MD5, Content-Type',
} as const;

/** Only what a logged-in caller gets is kept out of caches; others get `Vary: Origin` (recorded: err-401-no-auth.json). */
export const PRIVATE_HEADERS = {
  Expires: 'Wed, 11 Jan 1984 05:00:00 GMT',
  'Cache-Control': 'no-cache, must-revalidate, max-age=0, no-store, private',
} as const;

interface Answerable {
  readonly site: SiteRequest;
  readonly outcome: RestOutcome;
  /** Whether a valid key came with the request, even one that was refused for its scope. */
  readonly known: boolean;
  /** What the `Allow` header says; absent where the caller may do nothing on the route. */
  readonly allow?: string;
}

/** Sends what a route came to. */
export function answerRest(reply: FastifyReply, { site, outcome, known, allow }: Answerable): FastifyReply {
  reply.headers({ ...COMMON_HEADERS, ...(known ? PRIVATE_HEADERS : { Vary: 'Origin' }) });
  const isGone = outcome.kind !== 'page' && outcome.isGone;
  if (allow !== undefined && !isGone) reply.header('Allow', allow);
  const api = `<${site.siteUrl}/wp-json/>; rel="https://api.w.org/"`;
  if (outcome.kind === 'item' && outcome.location !== undefined) reply.header('Location', outcome.location);
  if (outcome.kind !== 'page')
    return reply
      .header('Link', api)
      .code(statusOf(outcome))
      .send(phpJson(bodyOf(site, outcome)));
  const pages = Math.ceil(outcome.total / outcome.perPage);
  const paging = pagingLinks(site, outcome, pages);
  // Two headers of one name (fact sheet, section 4.2); a client that reads only one of them loses its place.
  reply.header('Link', paging === '' ? api : [api, paging]);
  reply.headers({ 'X-WP-Total': String(outcome.total), 'X-WP-TotalPages': String(pages) });
  return reply.code(200).send(phpJson(bodyOf(site, outcome)));
}

function statusOf(outcome: RestOutcome): number {
  if (outcome.kind === 'item' && outcome.location !== undefined) return 201;
  return outcome.kind === 'error' ? outcome.error.status : 200;
}

function bodyOf(site: SiteRequest, outcome: RestOutcome): JsonValue {
  const asked = askedFields(site.query);
  switch (outcome.kind) {
    case 'error':
      return { code: outcome.error.code, message: outcome.error.message, data: outcome.error.data };
    case 'page':
      return outcome.items.map((item) => keepMembers(item, asked));
    case 'item': {
      const body = outcome.wholeMembers === true ? keepTopLevel(outcome.body, asked) : keepPaths(outcome.body, asked);
      return outcome.links === undefined ? body : { ...asObject(body), _links: outcome.links };
    }
  }
}

function keepTopLevel(body: JsonValue, asked: readonly string[] | undefined): JsonValue {
  return keepMembers(asObject(body), asked);
}

/** An item with links is an object; anything else would be a mistake of a route. */
function asObject(body: JsonValue): Readonly<Record<string, JsonValue>> {
  if (body === null || typeof body !== 'object' || Array.isArray(body)) throw new TypeError('a REST item is no object');
  return Object.fromEntries(Object.entries(body));
}

/**
 * Past the end the total is 0 and "prev" names page 0 (recorded: orders-list-page-beyond-last.json). The links repeat
 * the query with everything in it, credentials too (recorded: auth-query-string-https.json).
 */
function pagingLinks(site: SiteRequest, { page, path, query }: PageOutcome, pages: number): string {
  const address = (number: number): string => {
    const parameters: PhpArray = new Map(query);
    parameters.set('page', String(number));
    return `<${site.siteUrl}/wp-json${path}?${buildPhpQuery(parameters)}>`;
  };
  const links: string[] = [];
  if (page > 1) links.push(`${address(Math.min(page - 1, pages))}; rel="prev"`);
  if (pages > page) links.push(`${address(page + 1)}; rel="next"`);
  return links.join(', ');
}
