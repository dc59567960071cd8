import { connection, type PageArguments } from '../graphql/connection.js';
import { fulfillmentOrdersOf, type FulfillmentOrder } from '../orders/fulfillment-orders.js';
import type { Fulfillment, Order, Refund, Return, Transaction } from '../orders/order.js';
import type { RequestContext } from '../graphql/request-context.js';
import { fulfillmentOrderView } from './fulfillment-order-view.js';
import { fulfillmentView } from './fulfillment-view.js';
import { refundView } from './refund-view.js';
import { returnView } from './return-view.js';
import { transactionView } from './transaction-view.js';

/** Views of an order's parts, each knowing its way back to the order. */
export interface OrderParts {
  readonly fulfillment: (one: Fulfillment) => Record<string, unknown>;
  readonly fulfillmentOrder: (one: FulfillmentOrder) => Record<string, unknown>;
  readonly refund: (one: Refund) => Record<string, unknown>;
  readonly return: (one: Return) => Record<string, unknown>;
  readonly transaction: (one: Transaction) => Record<string, unknown>;
}

/** @param own gives the order's own view */
export function orderParts(order: Order, context: RequestContext, own: () => unknown): OrderParts {
  const idOf = ({ id }: { readonly id: number }): number => id;
  const parts: OrderParts = {
    fulfillment: (one) => ({
      ...fulfillmentView(one, order.fulfillments.indexOf(one), order, context),
      order: own,
      fulfillmentOrders: (page: PageArguments) =>
        connection({ items: fulfillmentOrdersOf(order), idOf, view: parts.fulfillmentOrder }, page),
    }),
    fulfillmentOrder: (one) => ({
      ...fulfillmentOrderView(one, order, context),
      order: own,
      fulfillments: (page: PageArguments) =>
        connection({ items: order.fulfillments, idOf, view: parts.fulfillment }, page),
    }),
    refund: (one) => ({ ...refundView(one, order, context), order: own }),
    return: (one) => ({ ...returnView(one, order, context), order: own }),
    transaction: (one) => ({ ...transactionView(one, order), order: own }),
  };
  return parts;
}
