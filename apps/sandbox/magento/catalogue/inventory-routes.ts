import { type Row, num, text } from '../row.js';
import { listIn, objectIn, type RestCall, type RestRoute, snakeKeys } from '../rest/rest-call.js';
import { NO_ENTITY } from '../rest/rest-error.js';
import { searchPage } from '../rest/search.js';
import type { TableName } from '../shop-data.js';
import { isSku, salableQuantity } from '../orders/reservations.js';
import { putOnShelf } from './stock.js';

const list =
  (table: TableName) =>
  (call: RestCall): Row =>
    searchPage(call, {
      rows: call.data.tables[table],
      isCriteriaOptional: true,
      // Items of sources are numbered in their table, but show no number (recorded: inventory-source-items.json).
      read: (row, column) => (column === 'source_item_id' ? call.data.tables[table].indexOf(row) + 1 : row[column]),
    });

function source(call: RestCall): Row {
  const found = call.data.tables.sources.find((one) => one['source_code'] === call.path['sourceCode']);
  if (!found) throw NO_ENTITY;
  return found;
}

function saveSource(call: RestCall): [] {
  const given = snakeKeys(objectIn(call, 'source'));
  const code = call.path['sourceCode'] ?? text(given, 'source_code');
  const known = call.data.tables.sources.find((one) => one['source_code'] === code);
  if (known) Object.assign(known, given);
  else call.data.tables.sources.push({ carrier_links: [], ...given, source_code: code });
  return [];
}

/** Absolute quantities (recorded: inventory-source-items-post.json). */
function saveItems(call: RestCall): [] {
  for (const item of listIn(call, 'sourceItems').map(snakeKeys)) {
    putOnShelf(call.data, text(item, 'sku'), text(item, 'source_code'), num(item, 'quantity'), num(item, 'status'));
  }
  return [];
}

function deleteItems(call: RestCall): [] {
  const { sourceItems } = call.data.tables;
  for (const item of listIn(call, 'sourceItems').map(snakeKeys)) {
    const index = sourceItems.findIndex(
      (one) => isSku(one, text(item, 'sku')) && one['source_code'] === item['source_code'],
    );
    if (index !== -1) sourceItems.splice(index, 1);
  }
  return [];
}

const salable = (call: RestCall): number => salableQuantity(call.data, call.path['sku'] ?? '');
const INVENTORY = 'Magento_InventoryApi';
const SALES = 'Magento_InventorySalesApi::stock';

/** Sources, stocks, what lies where, and what can still be sold. */
export const inventoryRoutes: readonly RestRoute[] = [
  { method: 'GET', path: '/V1/inventory/sources', resource: `${INVENTORY}::source`, answer: list('sources') },
  { method: 'POST', path: '/V1/inventory/sources', resource: `${INVENTORY}::source`, answer: saveSource },
  { method: 'GET', path: '/V1/inventory/sources/:sourceCode', resource: `${INVENTORY}::source`, answer: source },
  { method: 'PUT', path: '/V1/inventory/sources/:sourceCode', resource: `${INVENTORY}::source`, answer: saveSource },
  { method: 'GET', path: '/V1/inventory/source-items', resource: `${INVENTORY}::source`, answer: list('sourceItems') },
  { method: 'POST', path: '/V1/inventory/source-items', resource: `${INVENTORY}::source`, answer: saveItems },
  { method: 'POST', path: '/V1/inventory/source-items-delete', resource: `${INVENTORY}::source`, answer: deleteItems },
  { method: 'GET', path: '/V1/inventory/stocks', resource: `${INVENTORY}::stock`, answer: list('stocks') },
  {
    method: 'GET',
    path: '/V1/inventory/stock-source-links',
    resource: `${INVENTORY}::stock_source_link`,
    answer: list('stockLinks'),
  },
  {
    method: 'GET',
    path: '/V1/inventory/stock-resolver/:type/:code',
    resource: `${INVENTORY}::stock`,
    answer: (call) => call.data.tables.stocks[0] ?? {},
  },
  { method: 'GET', path: '/V1/inventory/get-product-salable-quantity/:sku/:stockId', resource: SALES, answer: salable },
  {
    method: 'GET',
    path: '/V1/inventory/is-product-salable/:sku/:stockId',
    resource: SALES,
    answer: (call) => salable(call) > 0,
  },
];
