import { reading } from '../oauth/scopes.js';
import { notFound, ok, type Call, type Endpoint } from '../rest/answer.js';
import { v2List } from '../rest/paging.js';
import type { Order, TableName } from '../state/rows.js';
import { addressBody, addressesOf, consignments, feesOf, orderBody, shipmentsOf } from './order-body.js';
import { findOrders } from './order-query.js';
import { STATUSES } from './statuses.js';

export const READ_ORDERS = reading('store_v2_orders');

/** The order a path names, archived or not. @throws {RestFailure} 404 */
export function orderIn({ data, params }: Pick<Call, 'data' | 'params'>, name = 'id'): Order {
  const order = data.tables.orders.find(Number(params[name]));
  if (order === undefined) throw notFound();
  return order;
}

function statusBody({ id, name, about, order }: (typeof STATUSES)[number]): Readonly<Record<string, unknown>> {
  return { id, name, system_label: name, custom_label: name, system_description: about, order };
}

function countOrders({ data, query }: Call): Readonly<Record<string, unknown>> {
  const orders = findOrders(data.tables.orders.all(), query);
  const statuses = STATUSES.map((status) => {
    const { order, ...body } = statusBody(status);
    return { ...body, count: orders.filter(({ status_id: id }) => id === status.id).length, sort_order: order };
  });
  return { statuses, count: orders.length };
}

/** A list that hangs below an order. */
function part(path: string, table: TableName & ('lines' | 'orderCoupons' | 'orderTaxes' | 'messages')): Endpoint {
  return {
    method: 'GET',
    path: `/v2/orders/:id/${path}`,
    scopes: READ_ORDERS,
    handle(call) {
      const { id } = orderIn(call);
      const rows: readonly { readonly order_id: number }[] = call.data.tables[table].all();
      return v2List(
        rows.filter(({ order_id: orderId }) => orderId === id),
        call.query,
      );
    },
  };
}

const addressEndpoints = ['shipping_addresses', 'shippingaddresses'].flatMap((name): Endpoint[] => [
  {
    method: 'GET',
    path: `/v2/orders/:id/${name}`,
    scopes: READ_ORDERS,
    handle: (call) =>
      v2List(
        addressesOf(call.data, orderIn(call).id).map((address) => addressBody(call.data, address)),
        call.query,
      ),
  },
  {
    method: 'GET',
    path: `/v2/orders/:id/${name}/:addressId`,
    scopes: READ_ORDERS,
    handle(call) {
      const { id } = orderIn(call);
      const address = addressesOf(call.data, id).find((one) => one.id === Number(call.params['addressId']));
      if (address === undefined) throw notFound();
      return ok(addressBody(call.data, address));
    },
  },
]);

/** Everything that only looks at orders. Both spellings of the addresses' path work. */
export const ORDER_READS: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/v2/order_statuses',
    scopes: READ_ORDERS,
    handle: () => ok(STATUSES.map((status) => statusBody(status))),
  },
  {
    method: 'GET',
    path: '/v2/order_statuses/:id',
    scopes: READ_ORDERS,
    handle({ params }) {
      const status = STATUSES.find(({ id }) => id === Number(params['id']));
      if (status === undefined) throw notFound();
      return ok(statusBody(status));
    },
  },
  {
    method: 'GET',
    path: '/v2/orders',
    scopes: READ_ORDERS,
    handle: ({ data, query }) =>
      v2List(
        findOrders(data.tables.orders.all(), query).map((order) => orderBody(data, order, query)),
        query,
      ),
  },
  { method: 'GET', path: '/v2/orders/count', scopes: READ_ORDERS, handle: (call) => ok(countOrders(call)) },
  {
    method: 'GET',
    path: '/v2/orders/:id',
    scopes: READ_ORDERS,
    handle: (call) => ok(orderBody(call.data, orderIn(call), call.query)),
  },
  part('products', 'lines'),
  part('coupons', 'orderCoupons'),
  part('taxes', 'orderTaxes'),
  part('messages', 'messages'),
  {
    method: 'GET',
    path: '/v2/orders/:id/products/:lineId',
    scopes: READ_ORDERS,
    handle(call) {
      const line = call.data.tables.lines.find(Number(call.params['lineId']));
      if (line?.order_id !== orderIn(call).id) throw notFound();
      return ok(line);
    },
  },
  {
    method: 'GET',
    path: '/v2/orders/:id/fees',
    scopes: READ_ORDERS,
    // The spec's own example wraps this one list.
    handle: (call) => ok({ fees: feesOf(call.data, orderIn(call).id).map(({ order_id: _order, ...fee }) => fee) }),
  },
  {
    method: 'GET',
    path: '/v2/orders/:id/consignments',
    scopes: READ_ORDERS,
    handle: (call) =>
      ok(consignments(call.data, orderIn(call), call.query.get('include') === 'consignments.line_items')),
  },
  {
    method: 'GET',
    path: '/v2/orders/:id/shipments',
    scopes: READ_ORDERS,
    handle: (call) => v2List(shipmentsOf(call.data, orderIn(call).id), call.query),
  },
  {
    method: 'GET',
    path: '/v2/orders/:id/shipments/count',
    scopes: READ_ORDERS,
    handle: (call) => ok({ count: shipmentsOf(call.data, orderIn(call).id).length }),
  },
  ...addressEndpoints,
];
