import { createHash } from 'node:crypto';
import { utcText } from '../../local-time.js';
import type { WooOrder } from '../../order.js';
import type { JsonObject } from '../../response-fields.js';
import { CANNOT_LIST, CANNOT_VIEW, type RestCall, type RestEndpoint } from '../../rest-endpoint.js';
import { restError } from '../../rest-error.js';
import { refused, type RestOutcome } from '../../rest-outcome.js';
import type { SiteRequest } from '../../site-request.js';
import { CANNOT_CREATE, CANNOT_DELETE } from '../../write-endpoint.js';
import type { ArgumentRules } from '../argument-rules.js';
import { type Arguments, textOr, truthArgument, wholeArgument } from '../arguments.js';
import type { OrderShop } from '../order-shop.js';
import { enterStatus } from '../order-status.js';
import { shopOf } from '../order-write-endpoints.js';
import {
  linkOf,
  PROVIDERS,
  providerNamed,
  type TrackingItem,
  trackingItemsOf,
  withTrackingItems,
} from './tracking-items.js';

const NO_ORDER = restError(404, 'woocommerce_rest_order_invalid_id', 'Invalid order ID.');
const NO_TRACKING = restError(404, 'woocommerce_rest_shipment_tracking_invalid_id', 'Invalid shipment tracking ID.');

const text = { type: 'string' } as const;
// The plugin's documentation (fact sheet, section 5.4); nobody recorded it.
const TRACKING_RULES: ArgumentRules = {
  tracking_provider: text,
  custom_tracking_provider: text,
  custom_tracking_link: text,
  tracking_number: { ...text, required: true },
  date_shipped: text,
  status_shipped: { type: ['integer', 'string'] },
  replace_tracking: { type: ['integer', 'string', 'boolean'] },
};

/** Only where the merchant installed the plugin. */
const exists = ({ shop }: SiteRequest): boolean => shop.extras?.includes('shipment-tracking') === true;

/** `GET …/orders/{id}/shipment-trackings` */
export const listTrackings: RestEndpoint<void> = {
  allow: 'GET, POST',
  exists,
  denied: CANNOT_LIST,
  read: () => undefined,
  answer: ({ site, state, path }): RestOutcome => {
    const order = state.orders.find(site.shop, Number(path['id']));
    if (!order) return refused(NO_ORDER);
    const items = trackingItemsOf(order);
    return {
      kind: 'item',
      body: items.map((item) => ({ ...trackingBody(item), _links: trackingLinks(order, item, site) })),
    };
  },
};

/** `POST …/orders/{id}/shipment-trackings` */
export const postTracking: RestEndpoint<void> = {
  allow: 'GET, POST',
  exists,
  denied: CANNOT_CREATE,
  rules: () => TRACKING_RULES,
  read: () => undefined,
  answer: ({ site, state, path, values }): RestOutcome => {
    const order = state.orders.find(site.shop, Number(path['id']));
    if (!order) return refused(NO_ORDER);
    const shop = shopOf(site, state);
    const item = trackingItem(order, values, shop);
    const kept = truthArgument(values['replace_tracking'] ?? null) ? [] : trackingItemsOf(order);
    const tracked = withTrackingItems(order, [...kept, item], shop.totalling.metaId);
    shop.save(shippedAs(tracked, values, shop));
    shop.report('order.updated', order.id);
    const links = trackingLinks(order, item, site);
    const location = `${collectionOf(order, site)}/${item.tracking_id}`;
    return { kind: 'item', body: trackingBody(item), links, location };
  },
};

/** `GET …/shipment-trackings/{tracking_id}` */
export const getTracking: RestEndpoint<void> = {
  allow: 'GET, DELETE',
  exists,
  denied: CANNOT_VIEW,
  read: () => undefined,
  answer: (call): RestOutcome => {
    const found = findTracking(call);
    if ('kind' in found) return found;
    const { order, item } = found;
    return { kind: 'item', body: trackingBody(item), links: trackingLinks(order, item, call.site) };
  },
};

/** `DELETE …/shipment-trackings/{tracking_id}` */
export const deleteTracking: RestEndpoint<void> = {
  allow: 'GET, DELETE',
  exists,
  denied: CANNOT_DELETE,
  read: () => undefined,
  answer: (call): RestOutcome => {
    const found = findTracking(call);
    if ('kind' in found) return found;
    const { order, item } = found;
    const shop = shopOf(call.site, call.state);
    const others = trackingItemsOf(order).filter((one) => one.tracking_id !== item.tracking_id);
    shop.save(withTrackingItems(order, others, shop.totalling.metaId));
    shop.report('order.updated', order.id);
    return { kind: 'item', body: trackingBody(item), links: trackingLinks(order, item, call.site) };
  },
};

/** `GET …/shipment-trackings/providers` */
export const listProviders: RestEndpoint<void> = {
  allow: 'GET',
  exists,
  denied: CANNOT_LIST,
  read: () => undefined,
  answer: ({ site, state, path }): RestOutcome => {
    if (!state.orders.find(site.shop, Number(path['id']))) return refused(NO_ORDER);
    return { kind: 'item', body: PROVIDERS };
  },
};

type Found = { readonly order: WooOrder; readonly item: TrackingItem } | ReturnType<typeof refused>;

function findTracking({ site, state, path }: RestCall<void>): Found {
  const order = state.orders.find(site.shop, Number(path['id']));
  if (!order) return refused(NO_ORDER);
  const item = trackingItemsOf(order).find((one) => one.tracking_id !== '' && one.tracking_id === path['tracking']);
  return item ? { order, item } : refused(NO_TRACKING);
}

/** A carrier the plugin knows makes it forget a link of one's own. */
function trackingItem(order: WooOrder, asked: Arguments, { now }: OrderShop): TrackingItem {
  const provider = providerNamed(textOr(asked['tracking_provider'], ''));
  const number = textOr(asked['tracking_number'], '');
  const shipped = Date.parse(`${textOr(asked['date_shipped'], '')}T00:00:00Z`);
  const custom = textOr(asked['custom_tracking_provider'], textOr(asked['tracking_provider'], ''));
  const seed = `${provider ?? custom}-${number}-${now}-${trackingItemsOf(order).length}`;
  return {
    tracking_provider: provider ?? '',
    custom_tracking_provider: provider === undefined ? custom : '',
    custom_tracking_link: provider === undefined ? textOr(asked['custom_tracking_link'], '') : '',
    tracking_number: number,
    date_shipped: String(Number.isNaN(shipped) ? now : shipped / 1000),
    tracking_id: createHash('md5').update(seed).digest('hex'),
  };
}

/** Advanced Shipment Tracking completes the order when told that all of it is on its way. */
function shippedAs(order: WooOrder, asked: Arguments, shop: OrderShop): WooOrder {
  return wholeArgument(asked['status_shipped']) === 1 ? enterStatus(order, 'completed', shop) : order;
}

function trackingBody(item: TrackingItem): JsonObject {
  const shipped = Number(item.date_shipped);
  const name = item.tracking_provider === '' ? item.custom_tracking_provider : item.tracking_provider;
  return {
    tracking_id: item.tracking_id,
    tracking_provider: name,
    tracking_link: linkOf(item),
    tracking_number: item.tracking_number,
    date_shipped: Number.isFinite(shipped) && shipped > 0 ? utcText(shipped).slice(0, 10) : '',
  };
}

function collectionOf({ id }: WooOrder, { siteUrl }: SiteRequest): string {
  return `${siteUrl}/wp-json/wc-shipment-tracking/v3/orders/${id}/shipment-trackings`;
}

function trackingLinks(order: WooOrder, { tracking_id: id }: TrackingItem, site: SiteRequest): JsonObject {
  const collection = collectionOf(order, site);
  return {
    self: [{ href: `${collection}/${id}` }],
    collection: [{ href: collection }],
    up: [{ href: `${site.siteUrl}/wp-json/wc/v3/orders/${order.id}` }],
  };
}
