import { amountPrinter } from '../amount-printer.js';
import { nowOf } from '../local-time.js';
import { orderBody, orderLinks } from '../order-body.js';
import { INVALID_ID, ORDERS_PATH } from '../order-endpoints.js';
import type { WooOrder } from '../order.js';
import type { JsonObject } from '../response-fields.js';
import type { RestCall, RestEndpoint } from '../rest-endpoint.js';
import { restError } from '../rest-error.js';
import { refused, type RestOutcome } from '../rest-outcome.js';
import type { SandboxState } from '../sandbox-state.js';
import type { SiteRequest } from '../site-request.js';
import { CANNOT_CREATE, CANNOT_DELETE, CANNOT_EDIT } from '../write-endpoint.js';
import { type Arguments, truthArgument, wholeArgument } from './arguments.js';
import { FORCE_RULES, orderRules } from './order-rules.js';
import { type OrderShop, orderShop } from './order-shop.js';
import { shopCatalogue } from './shop-catalogue.js';
import { createOrder, updateOrder } from './write-order.js';

const ONE_ALLOWS = 'GET, POST, PUT, PATCH, DELETE';
/** Recorded: order-update of a missing id in orders-batch.json; reading it is a 404. */
const INVALID_TO_EDIT = restError(400, 'woocommerce_rest_shop_order_invalid_id', 'Invalid ID.');
const ALREADY_TRASHED = restError(410, 'woocommerce_rest_already_trashed', 'The shop_order has already been deleted.');

/** `POST /orders` */
export const postOrder: RestEndpoint<number | undefined> = {
  allow: 'GET, POST',
  denied: CANNOT_CREATE,
  rules: ({ shop }) => orderRules(shop),
  read: (reader) => reader.integer('dp'),
  answer: ({ site, state, values, parameters }) => {
    const made = createOrder(values, shopOf(site, state));
    if ('error' in made) return refused(made.error);
    const location = `${site.siteUrl}/wp-json${ORDERS_PATH}/${made.value.id}`;
    return { ...orderItem(made.value, site, parameters), location };
  },
};

/** `PUT`, `PATCH` and `POST /orders/{id}`: all three change only what is named. */
export const putOrder: RestEndpoint<number | undefined> = {
  allow: ONE_ALLOWS,
  denied: CANNOT_EDIT,
  rules: ({ shop }) => orderRules(shop),
  read: (reader) => reader.integer('dp'),
  answer: ({ site, state, path, values, parameters }): RestOutcome => {
    const order = state.orders.find(site.shop, Number(path['id']));
    if (!order) return refused(INVALID_TO_EDIT);
    const written = updateOrder(order, values, shopOf(site, state));
    return 'error' in written ? refused(written.error) : orderItem(written.value, site, parameters);
  },
};

/** `DELETE /orders/{id}`: answers what was there before. */
export const deleteOrder: RestEndpoint<void> = {
  allow: ONE_ALLOWS,
  denied: CANNOT_DELETE,
  rules: () => FORCE_RULES,
  read: () => undefined,
  answer: ({ site, state, path, values }): RestOutcome => {
    const order = state.orders.find(site.shop, Number(path['id']));
    if (!order) return refused(INVALID_ID);
    const shop = shopOf(site, state);
    if (truthArgument(values['force'])) removeOrder(order, shop);
    else if (order.status === 'trash') return refused(ALREADY_TRASHED);
    else trashOrder(order, shop);
    return orderItem(order, site, undefined);
  },
};

/** `POST /orders/batch` takes these three. */
export const orderBatch = {
  create: ({ site, state }: BatchCall, body: Arguments): RestOutcome => {
    const made = createOrder(body, shopOf(site, state));
    return 'error' in made ? refused(made.error) : orderItem(made.value, site, undefined);
  },
  update: ({ site, state }: BatchCall, body: Arguments): RestOutcome => {
    const order = state.orders.find(site.shop, wholeArgument(body['id']) ?? 0);
    if (!order) return refused(INVALID_TO_EDIT);
    const written = updateOrder(order, body, shopOf(site, state));
    return 'error' in written ? refused(written.error) : orderItem(written.value, site, undefined);
  },
  /** For good, as batches always delete (fact sheet, section 4.5). */
  remove: ({ site, state }: BatchCall, id: number): RestOutcome => {
    const order = state.orders.find(site.shop, id);
    if (!order) return refused(INVALID_ID);
    removeOrder(order, shopOf(site, state));
    return orderItem(order, site, undefined);
  },
};

type BatchCall = Pick<RestCall<unknown>, 'site' | 'state'>;

/** The shop of a request as the writing of orders sees it. */
export function shopOf(site: Pick<SiteRequest, 'shop' | 'siteUrl'>, state: SandboxState): OrderShop {
  const { shop } = site;
  return orderShop({
    shop,
    book: state.orders,
    catalogue: shopCatalogue(site, state),
    now: nowOf(state),
    report: (topic, id) => state.deliveries.changed(shop.host, topic, id),
  });
}

function orderItem(
  order: WooOrder,
  { shop, siteUrl }: SiteRequest,
  decimals: number | undefined,
): { kind: 'item'; body: JsonObject; links: JsonObject; wholeMembers: true } {
  const print = amountPrinter(decimals ?? shop.printedDecimals);
  const body = orderBody(order, { shop, siteUrl, print });
  return { kind: 'item', body, links: orderLinks(order, siteUrl), wholeMembers: true };
}

/** Recorded: order-get-after-trash.json; the way back is a change of status, which leaves both marks. */
function trashOrder(order: WooOrder, shop: OrderShop): void {
  const marks = [
    ['_wp_trash_meta_status', `wc-${order.status}`],
    ['_wp_trash_meta_time', String(shop.now)],
  ] as const;
  const others = order.meta.filter((one) => marks.every(([key]) => key !== one.key));
  const meta = [...others, ...marks.map(([key, value]) => ({ id: shop.totalling.metaId(), key, value }))];
  shop.save({ ...order, status: 'trash', meta });
  shop.report('order.deleted', order.id);
}

/** For good: no webhook hears of it (fact sheet, section 6). */
function removeOrder(order: WooOrder, shop: OrderShop): void {
  shop.book.remove(shop.shop, order.id);
}
