import { copyOf, isRow, num, type Row, rowsOf, text } from '../row.js';
import { idIn, memberIn, objectIn, type RestCall, type RestRoute, snakeKeys } from '../rest/rest-call.js';
import { NO_PRODUCT, RestError } from '../rest/rest-error.js';
import { searchPage } from '../rest/search.js';
import { isSku } from '../orders/reservations.js';
import { attributeOf } from './product-row.js';
import { nameIn } from './view-names.js';
import { saveProduct } from './save-product.js';
import { putOnShelf, stockItem } from './stock.js';

/** SKUs are compared without regard to case. @throws {RestError} 404 (recorded: product-get-deleted.json) */
export function productOf(call: RestCall, name = 'sku'): Row {
  const product = call.data.tables.products.find((one) => isSku(one, call.path[name] ?? ''));
  if (!product) throw NO_PRODUCT;
  return product;
}

/** @param isWhole a single product has its stock with it, one of a list has not (recorded: products-list-page1.json) */
export function printProduct(call: RestCall, product: Row, isWhole: boolean): Row {
  const { id, sku, name: _name, ...rest } = product;
  const links = rowsOf(product, '_categories');
  const extensions = {
    website_ids: product['_website_ids'] ?? [1],
    ...(links.length === 0 ? {} : { category_links: links }),
    ...(isWhole ? { stock_item: stockItem(call.data, product) } : {}),
    ...('_options' in product ? { configurable_product_options: rowsOf(product, '_options') } : {}),
    ...('_links' in product ? { configurable_product_links: product['_links'] ?? [] } : {}),
  };
  return copyOf({
    id: id ?? 0,
    sku: sku ?? '',
    name: nameIn(call, product),
    ...rest,
    extension_attributes: extensions,
  });
}

const COLUMNS = ['entity_id', 'category_id', 'store_id', 'website_id', 'special_price', 'description', 'url_key'];

function list(call: RestCall): Row {
  return searchPage(call, {
    rows: call.data.tables.products,
    columns: COLUMNS,
    read: (product, column) => {
      if (column === 'entity_id') return product['id'];
      if (column === 'category_id') return rowsOf(product, '_categories').map((one) => text(one, 'category_id'));
      if (column === 'name') return nameIn(call, product);
      if (column === 'website_id') return product['_website_ids'];
      return product[column] ?? attributeOf(product, column)?.['value'];
    },
    print: (product) => printProduct(call, product, false),
  });
}

function save(call: RestCall): Row {
  const given = snakeKeys(objectIn(call, 'product'));
  return printProduct(call, saveProduct(call, call.path['sku'] ?? text(given, 'sku'), given), true);
}

function remove(call: RestCall): boolean {
  const { products } = call.data.tables;
  products.splice(products.indexOf(productOf(call)), 1);
  return true;
}

/** Recorded: configurable-children.json; less than a product of a list. */
function children(call: RestCall): Row[] {
  const links = productOf(call)['_links'];
  const ids = Array.isArray(links) ? links : [];
  return call.data.tables.products
    .filter((one) => ids.includes(num(one, 'id')))
    .map((one) => {
      const { extension_attributes: _gone, options: _none, ...shown } = printProduct(call, one, false);
      return shown;
    });
}

function addChild(call: RestCall): boolean {
  const parent = productOf(call);
  const sku = memberIn(call, 'childSku');
  const child = call.data.tables.products.find((one) => isSku(one, typeof sku === 'string' ? sku : ''));
  if (!child) throw NO_PRODUCT;
  const links = Array.isArray(parent['_links']) ? parent['_links'] : [];
  if (links.includes(num(child, 'id'))) throw new RestError(400, 'The product is already attached.');
  parent['_links'] = [...links, num(child, 'id')];
  return true;
}

function addOption(call: RestCall): number {
  const parent = productOf(call);
  const given = snakeKeys(objectIn(call, 'option'));
  const attribute = call.data.tables.attributes.find(
    (one) => text(one, 'attribute_id') === text(given, 'attribute_id'),
  );
  const id = call.data.next('configurable_option');
  const position = num(given, 'position');
  parent['_options'] = [
    ...rowsOf(parent, '_options'),
    {
      id,
      attribute_id: text(given, 'attribute_id'),
      label: text(given, 'label'),
      position,
      values: rowsOf(given, 'values'),
      product_id: num(parent, 'id'),
      _code: text(attribute ?? {}, 'attribute_code'),
    },
  ];
  return id;
}

/** Recorded: product-update-stock-item.json. What is in the path does not matter. */
function putStock(call: RestCall): number {
  const product = productOf(call, 'productSku');
  const given = snakeKeys(objectIn(call, 'stockItem'));
  const before = stockItem(call.data, product);
  const quantity = 'qty' in given ? num(given, 'qty') : num(before, 'qty');
  const isIn = given['is_in_stock'] ?? before['is_in_stock'];
  putOnShelf(call.data, text(product, 'sku'), 'default', quantity, Number(isIn === true));
  return num(product, 'id');
}

function media(call: RestCall): Row[] {
  return rowsOf(productOf(call), 'media_gallery_entries');
}

function addMedia(call: RestCall): string {
  const product = productOf(call);
  const { content, ...entry } = snakeKeys(objectIn(call, 'entry'));
  const name = isRow(content ?? null) ? text(content as Row, 'name') : 'image';
  const id = call.data.next('media');
  const file = `/${name.charAt(0)}/${name.charAt(1)}/${name}`;
  product['media_gallery_entries'] = [
    ...media(call),
    { id, position: media(call).length + 1, types: [], ...entry, file },
  ];
  return String(id);
}

function removeMedia(call: RestCall): boolean {
  const id = idIn(call, 'entryId');
  productOf(call)['media_gallery_entries'] = media(call).filter((one) => num(one, 'id') !== id);
  return true;
}

const PRODUCTS = 'Magento_Catalog::products';
const STOCK = 'Magento_CatalogInventory::cataloginventory';

/** Products, their variants, pictures and legacy stock. */
export const productRoutes: readonly RestRoute[] = [
  { method: 'GET', path: '/V1/products', resource: PRODUCTS, answer: list },
  { method: 'POST', path: '/V1/products', resource: PRODUCTS, answer: save },
  {
    method: 'GET',
    path: '/V1/products/:sku',
    resource: PRODUCTS,
    answer: (call) => printProduct(call, productOf(call), true),
  },
  { method: 'PUT', path: '/V1/products/:sku', resource: PRODUCTS, answer: save },
  { method: 'DELETE', path: '/V1/products/:sku', resource: PRODUCTS, answer: remove },
  { method: 'GET', path: '/V1/products/:sku/media', resource: PRODUCTS, answer: media },
  { method: 'POST', path: '/V1/products/:sku/media', resource: PRODUCTS, answer: addMedia },
  { method: 'DELETE', path: '/V1/products/:sku/media/:entryId', resource: PRODUCTS, answer: removeMedia },
  { method: 'GET', path: '/V1/configurable-products/:sku/children', resource: PRODUCTS, answer: children },
  { method: 'POST', path: '/V1/configurable-products/:sku/child', resource: PRODUCTS, answer: addChild },
  { method: 'POST', path: '/V1/configurable-products/:sku/options', resource: PRODUCTS, answer: addOption },
  {
    method: 'GET',
    path: '/V1/configurable-products/:sku/options/all',
    resource: PRODUCTS,
    answer: (call) => rowsOf(productOf(call), '_options'),
  },
  {
    method: 'GET',
    path: '/V1/stockItems/:sku',
    resource: STOCK,
    answer: (call) => stockItem(call.data, productOf(call)),
  },
  { method: 'PUT', path: '/V1/products/:productSku/stockItems/:itemId', resource: PRODUCTS, answer: putStock },
];
