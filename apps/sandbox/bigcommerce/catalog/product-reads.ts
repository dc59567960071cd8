import { reading } from '../oauth/scopes.js';
import { notFound, type Call, type Endpoint } from '../rest/answer.js';
import { filterRows, sortRows, type Fields } from '../rest/filters.js';
import { v3List, v3One } from '../rest/paging.js';
import type { Product, Variant } from '../state/rows.js';
import type { StoreData } from '../state/store-data.js';
import { imagesOf, optionsOf, productBody, productLevel, variantBody } from './product-body.js';
import { variantsOf } from './stock.js';

export const READ_PRODUCTS = reading('store_v2_products');

/** docs: with options or modifiers a page holds ten. */
const FEW = 10;

function productFields(data: StoreData): Fields<Product> {
  const own = (name: string) => (product: Product) => product[name] as string | number | boolean;
  const plain = ['upc', 'mpn', 'brand_id', 'condition', 'is_featured', 'date_last_imported', 'inventory_warning_level'];
  return {
    ...Object.fromEntries(plain.map((name) => [name, own(name)])),
    id: ({ id }) => id,
    name: ({ name }) => name,
    // docs: the product's own SKU, not its variants'.
    sku: ({ sku }) => sku,
    price: ({ price }) => price,
    type: ({ type }) => type,
    availability: ({ availability }) => availability,
    is_visible: ({ is_visible: is }) => is,
    categories: ({ categories }) => categories,
    channel_id: ({ channels }) => channels,
    date_modified: ({ date_modified: date }) => date,
    total_sold: ({ total_sold: sold }) => sold,
    inventory_level: (product) => productLevel(data, product),
    keyword: ({ name, sku }) => `${name} ${sku}`,
  };
}

function listProducts({ data, query, now }: Call) {
  const fields = productFields(data);
  const searched = new URLSearchParams(query);
  const keyword = searched.get('keyword');
  if (keyword !== null) {
    searched.delete('keyword');
    searched.set('keyword:like', keyword);
  }
  const found = filterRows(data.tables.products.all(), searched, fields, now);
  const sorted = sortRows(found, query.get('sort') ?? 'id', query.get('direction') ?? 'asc', fields);
  const few = /\b(options|modifiers)\b/.test(query.get('include') ?? '');
  const print = (product: Product): unknown => productBody(data, product, query);
  return v3List(sorted, query, { most: few ? FEW : 250, print });
}

/** @throws {RestFailure} 404 */
export function productIn({ data, params }: Pick<Call, 'data' | 'params'>): Product {
  const product = data.tables.products.find(Number(params['id']));
  if (product === undefined) throw notFound('Product not found.');
  return product;
}

/** @throws {RestFailure} 404 */
export function variantIn(call: Pick<Call, 'data' | 'params'>): Variant {
  const variant = call.data.tables.variants.find(Number(call.params['variantId']));
  if (variant?.product_id !== productIn(call).id) throw notFound('Variant not found.');
  return variant;
}

const VARIANT_FIELDS: Fields<Variant> = {
  id: ({ id }) => id,
  sku: ({ sku }) => sku,
  upc: (variant) => variant['upc'] as string,
  product_id: ({ product_id: id }) => id,
};

/** Everything that only looks at products. */
export const PRODUCT_READS: readonly Endpoint[] = [
  { method: 'GET', path: '/v3/catalog/products', scopes: READ_PRODUCTS, handle: listProducts },
  {
    method: 'GET',
    path: '/v3/catalog/products/:id',
    scopes: READ_PRODUCTS,
    handle: (call) => v3One(productBody(call.data, productIn(call), call.query)),
  },
  {
    method: 'GET',
    path: '/v3/catalog/products/:id/variants',
    scopes: READ_PRODUCTS,
    handle: (call) =>
      v3List(variantsOf(call.data, productIn(call).id), call.query, { print: (one) => variantBody(call.data, one) }),
  },
  {
    method: 'GET',
    path: '/v3/catalog/products/:id/variants/:variantId',
    scopes: READ_PRODUCTS,
    handle: (call) => v3One(variantBody(call.data, variantIn(call))),
  },
  {
    method: 'GET',
    path: '/v3/catalog/products/:id/images',
    scopes: READ_PRODUCTS,
    handle: (call) => v3List(imagesOf(call.data, productIn(call).id), call.query),
  },
  {
    method: 'GET',
    path: '/v3/catalog/products/:id/options',
    scopes: READ_PRODUCTS,
    handle: (call) => v3List(optionsOf(call.data, productIn(call).id), call.query),
  },
  {
    method: 'GET',
    path: '/v3/catalog/variants',
    scopes: READ_PRODUCTS,
    handle: ({ data, query, now }) =>
      v3List(filterRows(data.tables.variants.all(), query, VARIANT_FIELDS, now), query, {
        print: (variant) => variantBody(data, variant),
      }),
  },
  {
    method: 'GET',
    path: '/v3/catalog/brands',
    scopes: READ_PRODUCTS,
    handle: ({ data, query, now }) =>
      v3List(filterRows(data.tables.brands.all(), query, { id: ({ id }) => id, name: ({ name }) => name }, now), query),
  },
  {
    method: 'GET',
    path: '/v3/catalog/brands/:id',
    scopes: READ_PRODUCTS,
    handle({ data, params }) {
      const brand = data.tables.brands.find(Number(params['id']));
      if (brand === undefined) throw notFound('Brand not found.');
      return v3One(brand);
    },
  },
];
