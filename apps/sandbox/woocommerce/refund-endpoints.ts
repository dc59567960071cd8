import { amountPrinter } from './amount-printer.js';
import { findOrder, ORDERS_PATH } from './order-endpoints.js';
import type { BodyOptions } from './order-body.js';
import type { PhpArray } from '../php-query.js';
import { refundBody, refundLinks } from './refund-body.js';
import type { Refund, WooOrder } from './order.js';
import { CANNOT_LIST, CANNOT_VIEW, type RestCall, type RestEndpoint } from './rest-endpoint.js';
import { restError, type RestError } from './rest-error.js';
import { refused, type RestOutcome } from './rest-outcome.js';
import type { SiteRequest } from './site-request.js';

interface RefundQuery {
  readonly page: number;
  readonly perPage: number;
  readonly decimals: number | undefined;
}

const INVALID_REFUND = restError(404, 'woocommerce_rest_shop_order_refund_invalid_id', 'Invalid ID.');

/** The controller gives its status as a bare number, so it comes out as a 500 (recorded: err-404-refund-of-other-order.json). */
function bareStatusError(code: string, message: string): RestError {
  return { status: 500, code, message, data: 404 };
}

export const NO_ORDER = bareStatusError('woocommerce_rest_invalid_order_id', 'Invalid order ID.');

/** `GET /orders/{id}/refunds`, newest first. */
export const listRefunds: RestEndpoint<RefundQuery> = {
  allow: 'GET, POST',
  denied: CANNOT_LIST,
  read: (reader) => ({
    page: reader.integer('page', { minimum: 1 }) ?? 1,
    perPage: reader.integer('per_page', { minimum: 1, maximum: 100 }) ?? 10,
    decimals: reader.integer('dp'),
  }),
  answer: ({ site, state, parameters, path, sanitized }): RestOutcome => {
    const known = findOrder({ site, state }, path['id'])?.refunds ?? [];
    // Newest first within a second, too, unlike in the order itself (recorded: refunds-list.json).
    const all = [...known].sort((a, b) => b.createdAt - a.createdAt || b.id - a.id);
    const start = (parameters.page - 1) * parameters.perPage;
    const refunds = all.slice(start, start + parameters.perPage);
    const options = bodyOptions(site, parameters.decimals);
    const query: PhpArray = new Map(sanitized);
    if (refunds.length > 0 && !query.has('dp')) query.set('dp', String(site.shop.printedDecimals));
    return {
      kind: 'page',
      items: refunds.map((refund) => ({ ...refundBody(refund, options), _links: refundLinks(refund, site.siteUrl) })),
      total: refunds.length === 0 ? 0 : all.length,
      page: parameters.page,
      perPage: parameters.perPage,
      path: `${ORDERS_PATH}/${path['id'] ?? ''}/refunds`,
      query,
    };
  },
};

/** `GET /orders/{id}/refunds/{refund_id}` */
export const getRefund: RestEndpoint<number | undefined> = {
  allow: 'GET, DELETE',
  denied: CANNOT_VIEW,
  read: (reader) => reader.integer('dp'),
  answer: ({ site, state, parameters, path }): RestOutcome => {
    const found = findRefund({ site, state, path });
    if ('kind' in found) return found;
    const { refund } = found;
    const body = refundBody(refund, bodyOptions(site, parameters));
    return { kind: 'item', body, links: refundLinks(refund, site.siteUrl), wholeMembers: true };
  },
};

/** A refund of the order that the path names, or what is wrong with the path. */
export function findRefund({
  site,
  state,
  path,
}: Pick<RestCall<unknown>, 'site' | 'state' | 'path'>):
  { readonly order: WooOrder; readonly refund: Refund } | ReturnType<typeof refused> {
  const refunds = state.orders.of(site.shop).flatMap((order) => order.refunds);
  const refund = refunds.find((candidate) => String(candidate.id) === path['refund']);
  if (!refund) return refused(INVALID_REFUND);
  const order = findOrder({ site, state }, path['id']);
  if (!order) return refused(NO_ORDER);
  if (refund.orderId !== order.id) {
    return refused(bareStatusError('woocommerce_rest_invalid_order_refund_id', 'Invalid order refund ID.'));
  }
  return { order, refund };
}

function bodyOptions(site: SiteRequest, decimals: number | undefined): BodyOptions {
  return { shop: site.shop, siteUrl: site.siteUrl, print: amountPrinter(decimals ?? site.shop.printedDecimals) };
}
