import type { JsonValue } from '#contract';
import { couponRoutes } from '../catalogue/coupon-endpoints.js';
import { customerRoutes } from '../catalogue/customer-endpoints.js';
import { productRoutes } from '../catalogue/product-endpoints.js';
import { getOrder } from '../order-endpoints.js';
import { ParameterReader } from '../parameter-reader.js';
import type { PhpArray } from '../../php-query.js';
import { forbidden, type RestEndpoint } from '../rest-endpoint.js';
import { restError } from '../rest-error.js';
import { refused, type RestOutcome } from '../rest-outcome.js';
import type { SandboxState } from '../sandbox-state.js';
import type { SiteRequest } from '../site-request.js';

const INVALID_ID = restError(404, 'woocommerce_rest_invalid_id', 'Invalid ID.');

/** The route behind each resource: a payload is what the REST API answers on it (fact sheet, section 6). */
const ROUTES: Readonly<Record<string, (state: SandboxState, site: SiteRequest, id: string) => RestOutcome>> = {
  order: ask(getOrder),
  product: ask(productRoutes.get),
  customer: ask(customerRoutes.get),
  coupon: ask(couponRoutes.get),
};

/** What the REST API would answer for the resource right now, an error object included. */
export function payloadOf(state: SandboxState, host: string, resource: string, id: number): JsonValue {
  const shop = state.registry.find(host);
  const answer = ROUTES[resource];
  if (!shop || !answer) return { code: INVALID_ID.code, message: INVALID_ID.message, data: INVALID_ID.data };
  const origin = state.context.origin(host);
  const path = `${shop.path}/wp-json/wc/v3/${resource}s/${id}`;
  const site: SiteRequest = {
    shop,
    secure: true,
    origin,
    siteUrl: origin + shop.path,
    requestUri: path,
    requestPath: path,
    query: new Map(),
  };
  const outcome = answer(state, site, String(id));
  if (outcome.kind === 'error') {
    const { code, message, data } = outcome.error;
    return { code, message, data };
  }
  if (outcome.kind !== 'item' || outcome.body === null || typeof outcome.body !== 'object') return null;
  return { ...Object.fromEntries(Object.entries(outcome.body)), ...(outcome.links ? { _links: outcome.links } : {}) };
}

function ask<P>(endpoint: RestEndpoint<P>): (state: SandboxState, site: SiteRequest, id: string) => RestOutcome {
  return (state, site, id) => {
    // A webhook works with the rights of the user who made it (fact sheet, section 2.4).
    if (endpoint.denied && state.keys.isDemoted(site.shop.host)) return refused(forbidden(endpoint.denied));
    const query: PhpArray = new Map();
    const parameters = endpoint.read(new ParameterReader(query), site);
    const outcome = endpoint.answer({
      site,
      state,
      parameters,
      path: { id },
      sanitized: query,
      body: undefined,
      values: {},
    });
    // Only writes take their time.
    if (outcome instanceof Promise) throw new TypeError('a route that reads must answer at once');
    return outcome;
  };
}
