import { num, type Row, rowsOf, text } from '../row.js';
import { idIn, type RestCall, type RestRoute } from '../rest/rest-call.js';
import { NO_ENTITY } from '../rest/rest-error.js';
import { searchPage } from '../rest/search.js';
import { ORDER_COLUMNS, printOrder } from './print-order.js';

const VIEW = 'Magento_Sales::actions_view';

/** @throws {RestError} 404 (recorded: err-404-order.json) */
export function orderOf(call: RestCall, name = 'id'): Row {
  const id = idIn(call, name);
  const order = call.data.tables.orders.find((one) => one['entity_id'] === id);
  if (!order) throw NO_ENTITY;
  return order;
}

function listOrders(call: RestCall): Row {
  return searchPage(call, { rows: call.data.tables.orders, columns: ORDER_COLUMNS, print: printOrder });
}

function listItems(call: RestCall): Row {
  const rows = call.data.tables.orders.flatMap((order) => rowsOf(printOrder(order), 'items'));
  return searchPage(call, { rows, columns: ['parent_item_id'] });
}

function getItem(call: RestCall): Row {
  const id = idIn(call);
  const order = call.data.tables.orders.find((one) => rowsOf(one, 'items').some((item) => num(item, 'item_id') === id));
  const item = order && rowsOf(printOrder(order), 'items').find((one) => num(one, 'item_id') === id);
  if (!item) throw NO_ENTITY;
  return item;
}

/** Reading orders. */
export const orderRoutes: readonly RestRoute[] = [
  { method: 'GET', path: '/V1/orders', resource: VIEW, answer: listOrders },
  { method: 'GET', path: '/V1/orders/:id', resource: VIEW, answer: (call) => printOrder(orderOf(call)) },
  {
    method: 'GET',
    path: '/V1/orders/:id/statuses',
    resource: 'Magento_Sales::sales',
    answer: (call) => text(orderOf(call), 'status'),
  },
  { method: 'GET', path: '/V1/orders/items', resource: 'Magento_Sales::sales', answer: listItems },
  { method: 'GET', path: '/V1/orders/items/:id', resource: 'Magento_Sales::sales', answer: getItem },
];
