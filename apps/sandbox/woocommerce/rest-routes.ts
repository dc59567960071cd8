import type { FastifyInstance, HTTPMethods } from 'fastify';
import { catalogueRoutes, registerCatalogueRoutes, routeList } from './catalogue/catalogue-routes.js';
import { getOrder, listOrders, listOrderStatuses } from './order-endpoints.js';
import { batchEndpoint } from './order-writes/batch-endpoint.js';
import { deleteNote, getNote, listNotes, postNote } from './order-writes/note-endpoints.js';
import { deleteOrder, orderBatch, postOrder, putOrder } from './order-writes/order-write-endpoints.js';
import { deleteRefund, listAllRefunds, postRefund } from './order-writes/refund-write-endpoints.js';
import {
  deleteFulfillment,
  getFulfillment,
  listFulfillments,
  postFulfillment,
  putFulfillment,
} from './order-writes/shipments/fulfillment-endpoints.js';
import {
  deleteTracking,
  getTracking,
  listProviders,
  listTrackings,
  postTracking,
} from './order-writes/shipments/tracking-endpoints.js';
import {
  batchWebhooks,
  deleteWebhook,
  getWebhook,
  listWebhooks,
  postWebhookRoute,
  putWebhook,
} from './webhooks/webhook-endpoints.js';
import { getRefund, listRefunds } from './refund-endpoints.js';
import { type RestEndpoint, restHandler } from './rest-endpoint.js';
import type { SandboxState } from './sandbox-state.js';
import {
  getCurrency,
  getSetting,
  getSystemStatus,
  indexEndpoint,
  listSettings,
  namespaceEndpoint,
  type RouteList,
} from './site-endpoints.js';

const ORDERS = '/wp-json/wc/v3/orders';
const ORDER = `${ORDERS}/:id(^\\d+$)`;
const REFUNDS = `${ORDER}/refunds`;
const FULFILLMENTS = `${ORDER}/fulfillments`;
const FULFILLMENT = `${FULFILLMENTS}/:fulfillment(^\\d+$)`;
const TRACKINGS = '/wp-json/wc-shipment-tracking/v3/orders/:id(^\\d+$)/shipment-trackings';
const WEBHOOKS = '/wp-json/wc/v3/webhooks';
const WEBHOOK = `${WEBHOOKS}/:id(^\\d+$)`;

/** What the indexes say there is. */
const ROUTES: RouteList = [
  ['/wc/v3', ['GET']],
  ['/wc/v3/orders', ['GET', 'POST']],
  ['/wc/v3/orders/(?P<id>[\\d]+)', ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']],
  ['/wc/v3/orders/batch', ['POST', 'PUT', 'PATCH']],
  ['/wc/v3/orders/(?P<order_id>[\\d]+)/notes', ['GET', 'POST']],
  ['/wc/v3/orders/(?P<order_id>[\\d]+)/notes/(?P<id>[\\d]+)', ['GET', 'DELETE']],
  ['/wc/v3/orders/(?P<order_id>[\\d]+)/refunds', ['GET', 'POST']],
  ['/wc/v3/orders/(?P<order_id>[\\d]+)/refunds/(?P<id>[\\d]+)', ['GET', 'DELETE']],
  ['/wc/v3/orders/statuses', ['GET']],
  ['/wc/v3/refunds', ['GET']],
  ['/wc/v3/webhooks', ['GET', 'POST']],
  ['/wc/v3/webhooks/(?P<id>[\\d]+)', ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']],
  ['/wc/v3/webhooks/batch', ['POST', 'PUT', 'PATCH']],
  ['/wc/v3/system_status', ['GET']],
  ['/wc/v3/settings/(?P<group_id>[\\w-]+)', ['GET']],
  ['/wc/v3/settings/(?P<group_id>[\\w-]+)/(?P<id>[\\w-]+)', ['GET', 'POST', 'PUT', 'PATCH']],
  ['/wc/v3/data/currencies/current', ['GET']],
  ...routeList(catalogueRoutes),
];

/** The REST API; paths are those behind the site's folder, HEAD comes with every GET. */
export function registerRestRoutes(server: FastifyInstance, state: SandboxState): void {
  const { get, write } = routing(server, state);
  get('/wp-json', indexEndpoint(ROUTES));
  get('/wp-json/wc/v3', namespaceEndpoint(ROUTES));
  get(ORDERS, listOrders);
  get(`${ORDERS}/statuses`, listOrderStatuses);
  get(ORDER, getOrder);
  get(REFUNDS, listRefunds);
  get(`${REFUNDS}/:refund(^\\d+$)`, getRefund);
  get('/wp-json/wc/v3/system_status', getSystemStatus);
  get('/wp-json/wc/v3/settings/:group', listSettings);
  get('/wp-json/wc/v3/settings/:group/:id', getSetting);
  get('/wp-json/wc/v3/data/currencies/current', getCurrency);
  write('POST', ORDERS, postOrder);
  write(['POST', 'PUT', 'PATCH'], ORDER, putOrder);
  write('DELETE', ORDER, deleteOrder);
  write(['POST', 'PUT', 'PATCH'], `${ORDERS}/batch`, batchEndpoint(orderBatch));
  get(`${ORDER}/notes`, listNotes);
  write('POST', `${ORDER}/notes`, postNote);
  get(`${ORDER}/notes/:note(^\\d+$)`, getNote);
  write('DELETE', `${ORDER}/notes/:note(^\\d+$)`, deleteNote);
  write('POST', REFUNDS, postRefund);
  write('DELETE', `${REFUNDS}/:refund(^\\d+$)`, deleteRefund);
  get('/wp-json/wc/v3/refunds', listAllRefunds);
  get(FULFILLMENTS, listFulfillments);
  write('POST', FULFILLMENTS, postFulfillment);
  get(FULFILLMENT, getFulfillment);
  write(['POST', 'PUT', 'PATCH'], FULFILLMENT, putFulfillment);
  write('DELETE', FULFILLMENT, deleteFulfillment);
  get(TRACKINGS, listTrackings);
  write('POST', TRACKINGS, postTracking);
  get(`${TRACKINGS}/providers`, listProviders);
  get(`${TRACKINGS}/:tracking(^[a-z0-9]+$)`, getTracking);
  write('DELETE', `${TRACKINGS}/:tracking(^[a-z0-9]+$)`, deleteTracking);
  get(WEBHOOKS, listWebhooks);
  write('POST', WEBHOOKS, postWebhookRoute);
  write(['POST', 'PUT', 'PATCH'], `${WEBHOOKS}/batch`, batchWebhooks);
  get(WEBHOOK, getWebhook);
  write(['POST', 'PUT', 'PATCH'], WEBHOOK, putWebhook);
  write('DELETE', WEBHOOK, deleteWebhook);
  registerCatalogueRoutes(server, state);
}

interface Routing {
  readonly get: <P>(url: string, endpoint: RestEndpoint<P>) => void;
  readonly write: <P>(method: HTTPMethods | HTTPMethods[], url: string, endpoint: RestEndpoint<P>) => void;
}

function routing(server: FastifyInstance, state: SandboxState): Routing {
  return {
    get: (url, endpoint) => void server.get(url, restHandler(state, endpoint)),
    write: (method, url, endpoint) => void server.route({ method, url, handler: restHandler(state, endpoint) }),
  };
}
