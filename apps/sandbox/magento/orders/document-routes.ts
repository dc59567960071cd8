import { num, type Row, rowsOf, text } from '../row.js';
import { idIn, objectIn, type RestCall, type RestRoute, snakeKeys } from '../rest/rest-call.js';
import { NO_ENTITY } from '../rest/rest-error.js';
import { searchPage } from '../rest/search.js';
import { echo } from '../rest/search-criteria.js';
import type { TableName } from '../shop-data.js';
import { orderOf } from './order-routes.js';
import { addTrack } from './ship.js';
import { payInvoice } from './invoice.js';

function one(call: RestCall, table: TableName, key = 'entity_id'): Row {
  const id = idIn(call);
  const row = call.data.tables[table].find((candidate) => candidate[key] === id);
  if (!row) throw NO_ENTITY;
  return row;
}

/** Columns a shop may not have filled yet. */
const COLUMNS = ['transaction_id', 'invoice_id', 'created_at', 'updated_at', 'order_id', 'increment_id', 'entity_id'];

const list =
  (table: TableName) =>
  (call: RestCall): Row =>
    searchPage(call, { rows: call.data.tables[table], columns: COLUMNS });

/** Recorded: order-comments-list.json, which repeats criteria nobody gave. */
function comments(call: RestCall): Row {
  const order = orderOf(call);
  const items = [...rowsOf(order, 'status_histories')].reverse();
  const filter = { field: 'parent_id', value: text(order, 'entity_id'), condition: 'eq' };
  return { items, search_criteria: echo({ groups: [[filter]], sortOrders: [] }), total_count: items.length };
}

/** Recorded: shipment-track-add.json. */
function track(call: RestCall): Row {
  const given = snakeKeys(objectIn(call, 'entity'));
  const shipment = call.data.tables.shipments.find((candidate) => candidate['entity_id'] === num(given, 'parent_id'));
  const order = call.data.tables.orders.find((candidate) => candidate['entity_id'] === shipment?.['order_id']);
  if (!shipment || !order) throw NO_ENTITY;
  return addTrack({ data: call.data, order, now: call.now }, shipment, given);
}

function removeTrack(call: RestCall): boolean {
  const id = idIn(call);
  for (const shipment of call.data.tables.shipments) {
    const tracks = rowsOf(shipment, 'tracks');
    if (!tracks.some((candidate) => candidate['entity_id'] === id)) continue;
    shipment['tracks'] = tracks.filter((candidate) => candidate['entity_id'] !== id);
    return true;
  }
  throw NO_ENTITY;
}

function capture(call: RestCall): boolean {
  const invoice = one(call, 'invoices');
  if (invoice['state'] !== 1) return false;
  invoice['state'] = 2;
  const order = call.data.tables.orders.find((candidate) => candidate['entity_id'] === invoice['order_id']);
  if (order) payInvoice(order, invoice);
  return true;
}

const SALES = 'Magento_Sales';

/** Invoices, shipments, credit memos and transactions. */
export const documentRoutes: readonly RestRoute[] = [
  { method: 'GET', path: '/V1/orders/:id/comments', resource: `${SALES}::sales`, answer: comments },
  { method: 'GET', path: '/V1/invoices', resource: `${SALES}::sales_invoice`, answer: list('invoices') },
  {
    method: 'GET',
    path: '/V1/invoices/:id',
    resource: `${SALES}::sales_invoice`,
    answer: (call) => one(call, 'invoices'),
  },
  { method: 'POST', path: '/V1/invoices/:id/capture', resource: `${SALES}::sales_invoice`, answer: capture },
  { method: 'POST', path: '/V1/invoices/:id/emails', resource: `${SALES}::sales_invoice`, answer: () => true },
  { method: 'GET', path: '/V1/shipments', resource: `${SALES}::shipment`, answer: list('shipments') },
  { method: 'GET', path: '/V1/shipment/:id', resource: `${SALES}::shipment`, answer: (call) => one(call, 'shipments') },
  { method: 'POST', path: '/V1/shipment/:id/emails', resource: `${SALES}::shipment`, answer: () => true },
  { method: 'POST', path: '/V1/shipment/track', resource: `${SALES}::shipment`, answer: track },
  { method: 'DELETE', path: '/V1/shipment/track/:id', resource: `${SALES}::shipment`, answer: removeTrack },
  { method: 'GET', path: '/V1/creditmemos', resource: `${SALES}::sales_creditmemo`, answer: list('creditmemos') },
  {
    method: 'GET',
    path: '/V1/creditmemo/:id',
    resource: `${SALES}::sales_creditmemo`,
    answer: (call) => one(call, 'creditmemos'),
  },
  { method: 'GET', path: '/V1/transactions', resource: `${SALES}::transactions_fetch`, answer: list('transactions') },
  {
    method: 'GET',
    path: '/V1/transactions/:id',
    resource: `${SALES}::transactions_fetch`,
    answer: (call) => one(call, 'transactions', 'transaction_id'),
  },
];
