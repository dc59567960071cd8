import { type Scope, scopeOf } from '#contract';

/** Which path leads to which operation. The operation's shape says the rest: what it takes and what it answers. */
export interface RecordRoute {
  /** Such as `orders.list`. */
  readonly operation: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/v1`. */
  readonly path: string;
  /** Which field of the input or filter each parameter of the path fills; the first one tells the store. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Where no parameter tells the store: `?store=`, or a reference in the body. */
  readonly storeFrom: 'path' | 'query' | 'variantId';
  readonly scope: Scope;
  readonly tag: string;
  readonly summary: string;
}

type Row = readonly [
  operation: string,
  method: RecordRoute['method'],
  path: string,
  parameters: Readonly<Record<string, string>>,
  summary: string,
];

const ORDER = { id: 'orderId' };
const PRODUCT = { id: 'productId' };
const CUSTOMER = { id: 'customerId' };
const RECORD = { id: 'platformId' };
const NONE = {};

const ROWS: readonly Row[] = [
  ['orders.list', 'GET', 'orders', NONE, 'List orders of one or more stores, read live from their platforms'],
  ['orders.get', 'GET', 'orders/:id', RECORD, 'Read one order, live'],
  ['orders.create', 'POST', 'orders', NONE, 'Create an order'],
  ['orders.update', 'PATCH', 'orders/:id', ORDER, 'Change an order'],
  ['orders.cancel', 'POST', 'orders/:id/cancel', ORDER, 'Cancel an order'],
  ['fulfillments.list', 'GET', 'orders/:id/fulfillments', ORDER, 'List the shipments of an order'],
  ['fulfillments.create', 'POST', 'orders/:id/fulfillments', ORDER, 'Tell that goods were sent'],
  [
    ...(['fulfillments.update', 'PATCH', 'orders/:id/fulfillments/:fulfillment'] as const),
    ...([{ id: 'orderId', fulfillment: 'fulfillmentId' }, 'Change a shipment'] as const),
  ],
  ['refunds.list', 'GET', 'orders/:id/refunds', ORDER, 'List the refunds of an order'],
  ['refunds.create', 'POST', 'orders/:id/refunds', ORDER, 'Give money back'],
  ['returns.list', 'GET', 'orders/:id/returns', ORDER, 'List what is sent back of an order'],
  ['returns.create', 'POST', 'orders/:id/returns', ORDER, 'Open a return'],
  ['transactions.list', 'GET', 'orders/:id/transactions', ORDER, 'List the payments of an order'],
  ['products.list', 'GET', 'products', NONE, 'List products'],
  ['products.get', 'GET', 'products/:id', RECORD, 'Read one product with its variants'],
  ['products.create', 'POST', 'products', NONE, 'Create a product'],
  ['products.upsertBySku', 'PUT', 'products', NONE, 'Change the product that has this SKU, or create it'],
  ['products.update', 'PATCH', 'products/:id', PRODUCT, 'Change a product'],
  ['products.delete', 'DELETE', 'products/:id', PRODUCT, 'Delete a product'],
  ['variants.list', 'GET', 'products/:id/variants', PRODUCT, 'List the variants of a product'],
  ['variants.create', 'POST', 'products/:id/variants', PRODUCT, 'Add a variant'],
  [
    ...(['variants.update', 'PATCH', 'products/:id/variants/:variant'] as const),
    ...([{ id: 'productId', variant: 'variantId' }, 'Change a variant'] as const),
  ],
  [
    ...(['variants.delete', 'DELETE', 'products/:id/variants/:variant'] as const),
    ...([{ id: 'productId', variant: 'variantId' }, 'Delete a variant'] as const),
  ],
  ['inventory.list', 'GET', 'inventory-levels', NONE, 'List how much of each variant lies where'],
  ['inventory.set', 'PUT', 'inventory-levels', NONE, 'Set how much of a variant there is'],
  ['inventory.adjust', 'POST', 'inventory-levels/adjust', NONE, 'Add to, or take from, what there is of a variant'],
  ['locations.list', 'GET', 'locations', NONE, 'List the places where stock lies'],
  ['customers.list', 'GET', 'customers', NONE, 'List customers'],
  ['customers.get', 'GET', 'customers/:id', RECORD, 'Read one customer'],
  ['customers.create', 'POST', 'customers', NONE, 'Create a customer'],
  ['customers.update', 'PATCH', 'customers/:id', CUSTOMER, 'Change a customer'],
  ['customers.delete', 'DELETE', 'customers/:id', CUSTOMER, 'Delete a customer'],
  ['addresses.list', 'GET', 'customers/:id/addresses', CUSTOMER, 'List the addresses of a customer'],
  ['addresses.create', 'POST', 'customers/:id/addresses', CUSTOMER, 'Add an address'],
  [
    ...(['addresses.update', 'PATCH', 'customers/:id/addresses/:address'] as const),
    ...([{ id: 'customerId', address: 'addressId' }, 'Change an address'] as const),
  ],
  [
    ...(['addresses.delete', 'DELETE', 'customers/:id/addresses/:address'] as const),
    ...([{ id: 'customerId', address: 'addressId' }, 'Delete an address'] as const),
  ],
  ['categories.list', 'GET', 'categories', NONE, 'List categories'],
  ['categories.get', 'GET', 'categories/:id', RECORD, 'Read one category'],
  ['categories.create', 'POST', 'categories', NONE, 'Create a category'],
  ['categories.update', 'PATCH', 'categories/:id', { id: 'categoryId' }, 'Change a category'],
  ['categories.delete', 'DELETE', 'categories/:id', { id: 'categoryId' }, 'Delete a category'],
  ['coupons.list', 'GET', 'coupons', NONE, 'List coupons'],
  ['coupons.get', 'GET', 'coupons/:id', RECORD, 'Read one coupon'],
  ['coupons.create', 'POST', 'coupons', NONE, 'Create a coupon'],
  ['coupons.update', 'PATCH', 'coupons/:id', { id: 'couponId' }, 'Change a coupon'],
  ['coupons.delete', 'DELETE', 'coupons/:id', { id: 'couponId' }, 'Delete a coupon'],
  ['carts.list', 'GET', 'abandoned-carts', NONE, 'List purchases that were begun and not finished'],
  ['carts.get', 'GET', 'abandoned-carts/:id', RECORD, 'Read one of them'],
];

function routeOf([operation, method, path, parameters, summary]: Row): RecordRoute {
  const [resource = '', name = ''] = operation.split('.');
  const scope = scopeOf(operation);
  const tag = scope.slice(scope.indexOf(':') + 1);
  const reads = name === 'list' || name === 'get';
  const storeFrom =
    resource === 'inventory' && !reads ? 'variantId' : Object.keys(parameters).length > 0 ? 'path' : 'query';
  return { operation, method, path, parameters, storeFrom, scope, tag, summary };
}

/** Every route of the normalized store API. A test holds them against the operations of the contract. */
export const RECORD_ROUTES: readonly RecordRoute[] = ROWS.map(routeOf);
