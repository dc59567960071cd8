import type { JsonValue } from '#contract';
import { utcText } from '../../local-time.js';
import type { Fulfillment, MetaDatum, WooOrder } from '../../order.js';
import type { JsonObject } from '../../response-fields.js';
import { CANNOT_LIST, CANNOT_VIEW, type RestCall, type RestEndpoint } from '../../rest-endpoint.js';
import { restError, type RestError } from '../../rest-error.js';
import { refused, type RestOutcome } from '../../rest-outcome.js';
import type { SiteRequest } from '../../site-request.js';
import { CANNOT_CREATE, CANNOT_DELETE, CANNOT_EDIT } from '../../write-endpoint.js';
import type { ArgumentRules } from '../argument-rules.js';
import { type Arguments, objectList, textArgument, textOr, truthArgument } from '../arguments.js';
import type { OrderShop } from '../order-shop.js';
import { shopOf } from '../order-write-endpoints.js';
import { packedItems, withFulfillments } from './fulfillment-status.js';

// The controller lets exceptions through with their code, 0 (fact sheet, section 4.4).
const NO_ORDER = restError(404, 'woocommerce_rest_order_invalid_id', 'Invalid order ID.');
const NO_FULFILLMENT: RestError = { status: 404, code: 0, message: 'Fulfillment not found.', data: { status: '404' } };
const BAD_STATUS = restError(400, 0, 'Invalid fulfillment status.');
const NO_ITEMS = restError(400, 0, 'The fulfillment should contain at least one item.');
const BAD_ITEM = restError(400, 0, 'Invalid item.');

const FULFILLMENT_RULES: ArgumentRules = {
  status: { type: 'string' },
  is_fulfilled: { type: 'boolean' },
  meta_data: { type: 'array', required: true },
  notify_customer: { type: 'boolean' },
};

/** Only where the merchant switched the beta feature on. */
const exists = ({ shop }: SiteRequest): boolean => shop.extras?.includes('fulfillments') === true;

/** `GET /orders/{id}/fulfillments` */
export const listFulfillments: RestEndpoint<void> = {
  allow: 'GET, POST',
  exists,
  denied: CANNOT_LIST,
  read: () => undefined,
  answer: (call): RestOutcome => {
    const order = orderOf(call);
    if (!order) return refused(NO_ORDER);
    return { kind: 'item', body: (order.fulfillments ?? []).map((one) => fulfillmentBody(one, order)) };
  },
};

/** `POST /orders/{id}/fulfillments` */
export const postFulfillment: RestEndpoint<void> = {
  allow: 'GET, POST',
  exists,
  denied: CANNOT_CREATE,
  rules: () => FULFILLMENT_RULES,
  read: () => undefined,
  answer: (call): RestOutcome => {
    const order = orderOf(call);
    if (!order) return refused(NO_ORDER);
    const shop = shopOf(call.site, call.state);
    const written = writtenFulfillment(order, call.values, [], shop);
    if ('error' in written) return refused(written.error);
    const made = { id: shop.totalling.itemId(), ...written.value };
    saveAll(order, [...(order.fulfillments ?? []), made], shop);
    const location = `${call.site.siteUrl}/wp-json/wc/v3/orders/${order.id}/fulfillments/${made.id}`;
    return { kind: 'item', body: fulfillmentBody(made, order), location };
  },
};

/** `GET /orders/{id}/fulfillments/{fulfillment}` */
export const getFulfillment: RestEndpoint<void> = {
  allow: 'GET, POST, PUT, PATCH, DELETE',
  exists,
  denied: CANNOT_VIEW,
  read: () => undefined,
  answer: (call): RestOutcome => {
    const found = findFulfillment(call);
    return 'kind' in found ? found : { kind: 'item', body: fulfillmentBody(found.fulfillment, found.order) };
  },
};

/** `PUT`: meta data that is not sent again is gone. */
export const putFulfillment: RestEndpoint<void> = {
  allow: 'GET, POST, PUT, PATCH, DELETE',
  exists,
  denied: CANNOT_EDIT,
  rules: () => FULFILLMENT_RULES,
  read: () => undefined,
  answer: (call): RestOutcome => {
    const found = findFulfillment(call);
    if ('kind' in found) return found;
    const { order, fulfillment } = found;
    const shop = shopOf(call.site, call.state);
    const written = writtenFulfillment(order, call.values, fulfillment.meta, shop);
    if ('error' in written) return refused(written.error);
    const changed = { id: fulfillment.id, ...written.value };
    saveAll(
      order,
      (order.fulfillments ?? []).map((one) => (one === fulfillment ? changed : one)),
      shop,
    );
    return { kind: 'item', body: fulfillmentBody(changed, order) };
  },
};

/** `DELETE` */
export const deleteFulfillment: RestEndpoint<void> = {
  allow: 'GET, POST, PUT, PATCH, DELETE',
  exists,
  denied: CANNOT_DELETE,
  read: () => undefined,
  answer: (call): RestOutcome => {
    const found = findFulfillment(call);
    if ('kind' in found) return found;
    const others = (found.order.fulfillments ?? []).filter((one) => one !== found.fulfillment);
    saveAll(found.order, others, shopOf(call.site, call.state));
    return { kind: 'item', body: { message: 'Fulfillment deleted successfully.' } };
  },
};

type Call = RestCall<void>;
type Found = { readonly order: WooOrder; readonly fulfillment: Fulfillment } | ReturnType<typeof refused>;

function orderOf({ site, state, path }: Call): WooOrder | undefined {
  return state.orders.find(site.shop, Number(path['id']));
}

function findFulfillment(call: Call): Found {
  const order = orderOf(call);
  if (!order) return refused(NO_ORDER);
  const fulfillment = order.fulfillments?.find((one) => one.id === Number(call.path['fulfillment']));
  return fulfillment ? { order, fulfillment } : refused(NO_FULFILLMENT);
}

/** The order's own date moves (fact sheet, section 5.4). */
function saveAll(order: WooOrder, fulfillments: readonly Fulfillment[], shop: OrderShop): void {
  shop.save(withFulfillments(order, fulfillments, shop.totalling.metaId));
  shop.report('order.updated', order.id);
}

type WrittenFulfillment = { readonly value: Omit<Fulfillment, 'id'> } | { readonly error: RestError };

function writtenFulfillment(
  order: WooOrder,
  asked: Arguments,
  before: readonly MetaDatum[],
  shop: OrderShop,
): WrittenFulfillment {
  const status = textOr(asked['status'], 'unfulfilled');
  if (!['fulfilled', 'unfulfilled'].includes(status)) return { error: BAD_STATUS };
  const isFulfilled = status === 'fulfilled' || truthArgument(asked['is_fulfilled'] ?? null);
  const meta = metaOf(asked['meta_data'], before, shop);
  const items = packedItems({ meta });
  if (items === undefined || items.length === 0) return { error: NO_ITEMS };
  const isOfOrder = items.every((item) => order.lines.some((line) => line.id === item.item_id) && item.qty > 0);
  if (!isOfOrder) return { error: BAD_ITEM };
  const date = dateText(shop.now);
  const dated: MetaDatum[] = isFulfilled ? [{ id: shop.totalling.metaId(), key: '_date_fulfilled', value: date }] : [];
  return { value: { isFulfilled, updatedAt: shop.now, meta: [...meta, ...dated] } };
}

function metaOf(asked: JsonValue | undefined, before: readonly MetaDatum[], shop: OrderShop): MetaDatum[] {
  return objectList(asked).flatMap((one): MetaDatum[] => {
    const key = textArgument(one['key']) ?? '';
    if (key === '' || key === '_date_fulfilled') return [];
    const id = before.find((datum) => datum.key === key)?.id ?? shop.totalling.metaId();
    return [{ id, key, value: one['value'] ?? null }];
  });
}

function dateText(instant: number): string {
  return utcText(instant).replace('T', ' ');
}

function fulfillmentBody({ id, isFulfilled, updatedAt, meta }: Fulfillment, order: WooOrder): JsonObject {
  return {
    id,
    entity_type: 'WC_Order',
    entity_id: String(order.id),
    status: isFulfilled ? 'fulfilled' : 'unfulfilled',
    is_fulfilled: isFulfilled,
    date_updated: dateText(updatedAt),
    meta_data: meta.map(({ id: metaId, key, value }) => ({ id: metaId, key, value })),
  };
}
