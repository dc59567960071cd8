import type { Order } from '../orders/order.js';
import { decimalsOf } from '../orders/bag.js';
import { financialStatus, fulfillmentStatus } from '../orders/order-status.js';
import { orderTotals } from '../orders/order-totals.js';
import type { SortValue } from './connection.js';
import { sortableMoment } from './moment.js';

type Sorting = (order: Order, moment: (at: number) => SortValue) => SortValue;

const major = (minor: number, { exchange }: Order): number => minor / 10 ** decimalsOf(exchange.shopCurrency);
const byId: Sorting = ({ id }) => String(id);

/** Every value of OrderSortKeys. */
const SORTINGS: Readonly<Record<string, Sorting>> = {
  CREATED_AT: ({ createdAt }, moment) => moment(createdAt),
  PROCESSED_AT: ({ createdAt, processedAt }, moment) => moment(processedAt ?? createdAt),
  UPDATED_AT: ({ updatedAt }, moment) => moment(updatedAt),
  ID: byId,
  RELEVANCE: byId,
  ORDER_NUMBER: ({ number }) => number,
  PO_NUMBER: ({ poNumber }) => poNumber ?? '',
  CUSTOMER_NAME: ({ buyer }) => `${buyer?.lastName ?? ''}, ${buyer?.firstName ?? ''}`.toLowerCase(),
  DESTINATION: ({ shippingAddress }) =>
    `${shippingAddress?.country ?? ''} ${shippingAddress?.city ?? ''}`.toLowerCase(),
  FINANCIAL_STATUS: (order) => financialStatus(order),
  FULFILLMENT_STATUS: (order) => fulfillmentStatus(order),
  TOTAL_ITEMS_QUANTITY: ({ lines }) => lines.reduce((units, { quantity }) => units + quantity, 0),
  TOTAL_PRICE: (order) => major(orderTotals(order).total.shop, order),
  CURRENT_TOTAL_PRICE: (order) => major(orderTotals(order).currentTotal.shop, order),
};

/**
 * What orders are sorted by.
 * @param sortKey of OrderSortKeys
 * @param searched recorded: with a search a cursor holds a time in milliseconds, without one as text
 */
export function orderSorting(sortKey: string, searched: boolean): (order: Order) => SortValue {
  const sorting = SORTINGS[sortKey] ?? byId;
  const moment = searched ? (at: number): SortValue => at : sortableMoment;
  return (order) => sorting(order, moment);
}
