import type { FastifyInstance, HTTPMethods } from 'fastify';
import { getOrder, listOrders, listOrderStatuses } from './order-endpoints.js';
import { deleteOrder, postOrder, putOrder } from './order-writes/order-write-endpoints.js';
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
import { CANNOT_CREATE, writeEndpoint } from './write-endpoint.js';

const ORDERS = '/wp-json/wc/v3/orders';
const ORDER = `${ORDERS}/:id(^\\d+$)`;
const REFUNDS = `${ORDER}/refunds`;

/** What the indexes say there is. */
const ROUTES: RouteList = [
  ['/wc/v3', ['GET']],
  ['/wc/v3/orders', ['GET', 'POST']],
  ['/wc/v3/orders/(?P<id>[\\d]+)', ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']],
  ['/wc/v3/orders/(?P<order_id>[\\d]+)/refunds', ['GET', 'POST']],
  ['/wc/v3/orders/(?P<order_id>[\\d]+)/refunds/(?P<id>[\\d]+)', ['GET', 'DELETE']],
  ['/wc/v3/orders/statuses', ['GET']],
  ['/wc/v3/system_status', ['GET']],
  ['/wc/v3/settings/(?P<group_id>[\\w-]+)', ['GET']],
  ['/wc/v3/settings/(?P<group_id>[\\w-]+)/(?P<id>[\\w-]+)', ['GET', 'POST', 'PUT', 'PATCH']],
  ['/wc/v3/data/currencies/current', ['GET']],
];

/** The REST API; paths are those behind the site's folder, HEAD comes with every GET. */
export function registerRestRoutes(server: FastifyInstance, state: SandboxState): void {
  const get = <P>(url: string, endpoint: RestEndpoint<P>): void => {
    server.get(url, restHandler(state, endpoint));
  };
  const write = <P>(method: HTTPMethods | HTTPMethods[], url: string, endpoint: RestEndpoint<P>): void => {
    server.route({ method, url, handler: restHandler(state, endpoint) });
  };
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
  write('POST', REFUNDS, writeEndpoint('GET, POST', CANNOT_CREATE));
}
