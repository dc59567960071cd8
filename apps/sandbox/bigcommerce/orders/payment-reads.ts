import { reading } from '../oauth/scopes.js';
import { noContent, notFound, type Endpoint } from '../rest/answer.js';
import { filterRows, type Fields } from '../rest/filters.js';
import { v3List, v3One } from '../rest/paging.js';
import type { Refund } from '../state/rows.js';
import { orderIn } from './order-reads.js';

/** docs: the transactions scope, which the orders scope satisfies for refunds. */
export const READ_PAYMENTS = reading('store_v2_transactions', 'store_v2_orders');
const REFUNDS = '/v3/orders/payment_actions/refunds';

const REFUND_FIELDS: Fields<Refund> = {
  id: ({ id }) => id,
  order_id: ({ order_id: id }) => id,
  created: ({ created }) => created,
  transaction_id: ({ payments }) => payments.map(({ transaction_id: id }) => id ?? ''),
};

/** What happened to the money of orders. */
export const PAYMENT_READS: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/v3/orders/:id/transactions',
    scopes: reading('store_v2_transactions'),
    handle(call) {
      const order = orderIn(call);
      const mine = call.data.tables.transactions.where(({ order_id: id }) => id === String(order.id));
      return mine.length === 0 ? noContent : v3List(mine, call.query);
    },
  },
  {
    method: 'GET',
    path: REFUNDS,
    scopes: READ_PAYMENTS,
    handle: ({ data, query, now }) => v3List(filterRows(data.tables.refunds.all(), query, REFUND_FIELDS, now), query),
  },
  {
    method: 'GET',
    path: `${REFUNDS}/:refundId`,
    scopes: READ_PAYMENTS,
    handle({ data, params }) {
      const refund = data.tables.refunds.find(Number(params['refundId']));
      if (refund === undefined) throw notFound('Refund not found.');
      return v3One(refund);
    },
  },
  {
    method: 'GET',
    path: '/v3/orders/:id/payment_actions/refunds',
    scopes: READ_PAYMENTS,
    handle(call) {
      const { id } = orderIn(call);
      return v3One(call.data.tables.refunds.where(({ order_id: orderId }) => orderId === id));
    },
  },
];
