import { amountPrinter } from '../amount-printer.js';
import { dateBound } from '../date-filter.js';
import { ORDERS_PATH } from '../order-endpoints.js';
import type { Refund } from '../order.js';
import type { PhpArray } from '../../php-query.js';
import { refundBody, refundLinks } from '../refund-body.js';
import { findRefund, NO_ORDER } from '../refund-endpoints.js';
import { CANNOT_LIST, type RestEndpoint } from '../rest-endpoint.js';
import { restError } from '../rest-error.js';
import { refused, type RestOutcome } from '../rest-outcome.js';
import type { SiteRequest } from '../site-request.js';
import { CANNOT_CREATE, CANNOT_DELETE } from '../write-endpoint.js';
import { truthArgument } from './arguments.js';
import { FORCE_RULES, REFUND_RULES } from './order-rules.js';
import { shopOf } from './order-write-endpoints.js';
import { createRefund } from './write-refund.js';

const NO_TRASH = restError(
  501,
  'woocommerce_rest_trash_not_supported',
  'The shop_order_refund does not support trashing.',
);

/** `POST /orders/{id}/refunds`: the address it names is a pattern nobody filled in (recorded: refund-create-amount-only.json). */
export const postRefund: RestEndpoint<number | undefined> = {
  allow: 'GET, POST',
  denied: CANNOT_CREATE,
  rules: () => REFUND_RULES,
  read: (reader) => reader.integer('dp'),
  answer: ({ site, state, path, values, parameters }): RestOutcome => {
    const order = state.orders.find(site.shop, Number(path['id']));
    if (!order) return refused(NO_ORDER);
    const made = createRefund(order, values, shopOf(site, state));
    if ('error' in made) return refused(made.error);
    const location = `${site.siteUrl}/wp-json${ORDERS_PATH}/(?P%3Corder_id%3E[\\d]+)/refunds/${made.value.id}`;
    return { ...refundItem(made.value, site, parameters), location };
  },
};

/** `DELETE /orders/{id}/refunds/{refund}`: for good unless told otherwise, and the order stays as it is. */
export const deleteRefund: RestEndpoint<void> = {
  allow: 'GET, DELETE',
  denied: CANNOT_DELETE,
  rules: () => FORCE_RULES,
  read: () => undefined,
  answer: ({ site, state, path, values }): RestOutcome => {
    const found = findRefund({ site, state, path });
    if ('kind' in found) return found;
    if (values['force'] !== undefined && !truthArgument(values['force'])) return refused(NO_TRASH);
    const { order, refund } = found;
    state.orders.save(site.shop, { ...order, refunds: order.refunds.filter((one) => one !== refund) });
    return refundItem(refund, site, undefined);
  },
};

interface GlobalQuery {
  readonly page: number;
  readonly perPage: number;
  readonly decimals: number | undefined;
  readonly matches: (refund: Refund) => boolean;
  readonly ascending: boolean;
}

/** `GET /refunds`: of all orders, and each says which (recorded: refunds-list-all.json). */
export const listAllRefunds: RestEndpoint<GlobalQuery> = {
  allow: 'GET',
  denied: CANNOT_LIST,
  read: (reader, { shop }) => {
    const page = reader.integer('page', { minimum: 1 }) ?? 1;
    const perPage = reader.integer('per_page', { minimum: 1, maximum: 100 }) ?? 10;
    const [after, before] = [reader.date('after'), reader.date('before')];
    const [modifiedAfter, modifiedBefore] = [reader.date('modified_after'), reader.date('modified_before')];
    const isGmt = reader.boolean('dates_are_gmt');
    const include = reader.integers('include');
    const ascending = reader.oneOf('order', ['asc', 'desc'], 'desc') === 'asc';
    reader.oneOf('orderby', ['date', 'id', 'include', 'title', 'slug', 'modified'], 'date');
    const decimals = reader.integer('dp');
    const lower = [after, modifiedAfter].flatMap((date) => (date ? [dateBound(date, isGmt, shop.timeZone)] : []));
    const upper = [before, modifiedBefore].flatMap((date) => (date ? [dateBound(date, isGmt, shop.timeZone)] : []));
    const matches = ({ id, createdAt }: Refund): boolean =>
      lower.every((bound) => createdAt > bound) &&
      upper.every((bound) => createdAt < bound) &&
      (include.length === 0 || include.includes(id));
    return { page, perPage, decimals, matches, ascending };
  },
  answer: ({ site, state, parameters, sanitized }): RestOutcome => {
    const { page, perPage, matches, ascending, decimals } = parameters;
    const all = state.orders.of(site.shop).flatMap((order) => order.refunds.filter(matches));
    const direction = ascending ? 1 : -1;
    const sorted = all.sort((a, b) => direction * (a.createdAt - b.createdAt || a.id - b.id));
    const refunds = sorted.slice((page - 1) * perPage, page * perPage);
    const query: PhpArray = new Map(sanitized);
    if (refunds.length > 0 && !query.has('dp')) query.set('dp', String(site.shop.printedDecimals));
    const items = refunds.map((refund) => {
      const { body, links } = refundItem(refund, site, decimals);
      const { id, ...rest } = body;
      return { ...(id === undefined ? {} : { id }), parent_id: refund.orderId, ...rest, _links: links };
    });
    return {
      kind: 'page',
      items,
      total: items.length === 0 ? 0 : all.length,
      page,
      perPage,
      path: '/wc/v3/refunds',
      query,
    };
  },
};

function refundItem(
  refund: Refund,
  { shop, siteUrl }: SiteRequest,
  decimals: number | undefined,
): { kind: 'item'; body: ReturnType<typeof refundBody>; links: ReturnType<typeof refundLinks>; wholeMembers: true } {
  const print = amountPrinter(decimals ?? shop.printedDecimals);
  const body = refundBody(refund, { shop, siteUrl, print });
  return { kind: 'item', body, links: refundLinks(refund, siteUrl), wholeMembers: true };
}
