import { amountPrinter } from './amount-printer.js';
import type { WooOrder } from './order.js';
import { orderBody, orderLinks } from './order-body.js';
import { type OrderQuery, readOrderQuery, selectOrders, statusesOf } from './order-query.js';
import type { PhpArray } from '../php-query.js';
import type { JsonObject } from './response-fields.js';
import { CANNOT_LIST, CANNOT_VIEW, type RestCall, type RestEndpoint } from './rest-endpoint.js';
import { restError } from './rest-error.js';
import { refused, type RestOutcome } from './rest-outcome.js';

export const ORDERS_PATH = '/wc/v3/orders';

export const INVALID_ID = restError(404, 'woocommerce_rest_shop_order_invalid_id', 'Invalid ID.');

/** `GET /orders` */
export const listOrders: RestEndpoint<OrderQuery> = {
  allow: 'GET, POST',
  denied: CANNOT_LIST,
  read: (reader, site) => readOrderQuery(reader, site.shop),
  answer: ({ site, state, parameters, sanitized }) => {
    const { items, total } = selectOrders(state.orders.of(site.shop), parameters, site.shop.timeZone);
    const print = amountPrinter(parameters.decimals ?? site.shop.printedDecimals);
    const bodies = items.map((order): JsonObject => ({
      ...orderBody(order, { shop: site.shop, siteUrl: site.siteUrl, print }),
      _links: orderLinks(order, site.siteUrl),
    }));
    const { host } = site.shop;
    const isSpoilt = bodies.length > 0 && state.context.faults.takeBrokenRecord(host, site.requestPath);
    return {
      kind: 'page',
      items: isSpoilt ? spoilOne(bodies) : bodies,
      total,
      page: parameters.page,
      perPage: parameters.perPage,
      path: ORDERS_PATH,
      query: linkQuery(sanitized, items, site.shop.printedDecimals),
    };
  },
};

/** `GET /orders/{id}`: finds the trash too (recorded: order-get-after-trash.json). */
export const getOrder: RestEndpoint<number | undefined> = {
  allow: 'GET, POST, PUT, PATCH, DELETE',
  denied: CANNOT_VIEW,
  read: (reader) => {
    reader.oneOf('context', ['view', 'edit'], 'view');
    return reader.integer('dp');
  },
  answer: ({ site, state, parameters, path }): RestOutcome => {
    const order = findOrder({ site, state }, path['id']);
    if (!order) return refused(INVALID_ID);
    const print = amountPrinter(parameters ?? site.shop.printedDecimals);
    return {
      kind: 'item',
      body: orderBody(order, { shop: site.shop, siteUrl: site.siteUrl, print }),
      links: orderLinks(order, site.siteUrl),
      wholeMembers: true,
    };
  },
};

/** `GET /orders/statuses`: slugs without `wc-`, those of plugins included (fact sheet, section 5.1). */
export const listOrderStatuses: RestEndpoint<void> = {
  allow: 'GET',
  denied: CANNOT_LIST,
  read: () => undefined,
  answer: ({ site }) => ({ kind: 'item', body: statusesOf(site.shop).map(({ slug, name }) => ({ slug, name })) }),
};

/** The order of this id in the shop that was asked. */
export function findOrder(
  { site, state }: Pick<RestCall<unknown>, 'site' | 'state'>,
  id: string | undefined,
): WooOrder | undefined {
  return state.orders.find(site.shop, Number(id));
}

/**
 * WooCommerce fills these in while it works, so they show up in the links although nobody asked: the last two only once
 * an order was printed (recorded: orders-list-page-beyond-last.json).
 */
function linkQuery(sanitized: PhpArray, items: readonly unknown[], decimals: number): PhpArray {
  const query: PhpArray = new Map(sanitized);
  if (!query.has('status')) query.set('status', new Map([['0', 'any']]));
  if (items.length === 0) return query;
  if (!query.has('dp')) query.set('dp', String(decimals));
  if (!query.has('context')) query.set('context', 'view');
  return query;
}

/** What a careless plugin does to an order: no lines, and a word where the total should be. */
function spoilOne(bodies: readonly JsonObject[]): readonly JsonObject[] {
  const victim = Math.floor(bodies.length / 2);
  return bodies.map((body, index) => (index === victim ? { ...body, total: 'n/a', line_items: null } : body));
}
