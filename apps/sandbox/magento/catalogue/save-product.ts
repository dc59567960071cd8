import { inner, isRow, num, type Row, rowsOf, text } from '../row.js';
import { checkKnown, type RestCall } from '../rest/rest-call.js';
import { RestError } from '../rest/rest-error.js';
import { isSku } from '../orders/reservations.js';
import { assignCategory, attributeOf, PRODUCT_MEMBERS, productRow, setAttribute } from './product-row.js';
import { putOnShelf } from './stock.js';
import { urlKey } from './url-key.js';
import { rename } from './view-names.js';

/** An upsert by SKU (fact sheet, section 5.7). @param sku what finds the product; another one in the body renames it */
export function saveProduct(call: RestCall, sku: string, given: Row): Row {
  checkKnown(given, PRODUCT_MEMBERS);
  const known = call.data.tables.products.find((one) => isSku(one, sku));
  if (!known && num(given, 'attribute_set_id') === 0) {
    // Recorded: product-create-missing-attribute-set.json.
    throw new RestError(400, 'Invalid product data: %1', ['Invalid attribute set entity type']);
  }
  const wantedKey = rowsOf(given, 'custom_attributes').find((one) => one['attribute_code'] === 'url_key');
  const key = text(wantedKey ?? {}, 'value') || (known ? '' : urlKey(text(given, 'name') || sku) || `product-${sku}`);
  const taken = call.data.tables.products.some(
    (one) => one !== known && key !== '' && text(attributeOf(one, 'url_key') ?? {}, 'value') === key,
  );
  // Recorded: product-create-duplicate-url-key.json.
  if (taken) throw new RestError(400, 'URL key for specified store already exists.');
  const product = known ?? create(call, sku, given, key);
  merge(call, product, given);
  return product;
}

function create(call: RestCall, sku: string, given: Row, key: string): Row {
  const id = call.data.next('product');
  const type = text(given, 'type_id') || 'simple';
  const name = text(given, 'name') || sku;
  const product = productRow({ id, sku, name, price: num(given, 'price'), type, urlKey: key, now: call.now });
  if (!('extension_attributes' in given)) putOnShelf(call.data, sku, 'default', 0, 0);
  call.data.tables.products.push(product);
  return product;
}

function merge(call: RestCall, product: Row, given: Row): void {
  const { extension_attributes: extensions, custom_attributes: _attributes, id: _id, ...plain } = given;
  const { name, ...others } = plain;
  Object.assign(product, others, { updated_at: call.now });
  rename(call, product, name);
  for (const one of rowsOf(given, 'custom_attributes')) setCustom(product, one);
  if (isRow(extensions ?? null)) mergeExtensions(call, product, extensions as Row);
}

function setCustom(product: Row, { attribute_code: code = '', value = '' }: Row): void {
  const values = Array.isArray(value) ? value.map(String) : typeof value === 'object' ? '' : String(value);
  setAttribute(product, typeof code === 'string' ? code : '', values);
  if (code !== 'category_ids' || !Array.isArray(values)) return;
  product['_categories'] = [];
  for (const id of values) assignCategory(product, Number(id), 0);
}

function mergeExtensions(call: RestCall, product: Row, extensions: Row): void {
  if (Array.isArray(extensions['website_ids'])) product['_website_ids'] = extensions['website_ids'];
  if (Array.isArray(extensions['category_links'])) {
    product['_categories'] = [];
    for (const link of rowsOf(extensions, 'category_links'))
      assignCategory(product, num(link, 'category_id'), num(link, 'position'));
  }
  const stock = inner(extensions, 'stock_item');
  if ('qty' in stock) {
    putOnShelf(call.data, text(product, 'sku'), 'default', num(stock, 'qty'), Number(stock['is_in_stock'] !== false));
  }
  if (Array.isArray(extensions['configurable_product_links']))
    product['_links'] = extensions['configurable_product_links'];
  if (Array.isArray(extensions['configurable_product_options'])) {
    product['_options'] = rowsOf(extensions, 'configurable_product_options').map((option) => ({
      ...option,
      id: call.data.next('configurable_option'),
      attribute_id: text(option, 'attribute_id'),
      product_id: num(product, 'id'),
      _code: text(attributeWith(call, text(option, 'attribute_id')) ?? {}, 'attribute_code'),
    }));
  }
}

function attributeWith(call: RestCall, id: string): Row | undefined {
  return call.data.tables.attributes.find((one) => text(one, 'attribute_id') === id);
}
