import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type RunningBigCommerce, startBigCommerce } from './testing/running-bigcommerce.js';

// The platform's own OpenAPI files are kept beside the repository, not in it: they have no licence.
const REFERENCE = fileURLToPath(new URL('../../../../shared/specs/bigcommerce/reference/', import.meta.url));
const isThere = existsSync(REFERENCE);

interface Check {
  readonly file: string;
  readonly path: string;
  readonly method?: 'get' | 'post';
  readonly status?: number;
  /** What is called; absent = the path as it stands. */
  readonly call?: string;
  readonly body?: unknown;
}

const ORDERS = 'orders.v2.oas2.yml';
const checks: readonly Check[] = [
  { file: 'store_information.v2.yml', path: '/store', call: '/v2/store' },
  { file: 'store_information.v2.yml', path: '/time', call: '/v2/time' },
  { file: 'currencies.v2.yml', path: '/currencies', call: '/v2/currencies' },
  { file: 'channels.v3.yml', path: '/channels', call: '/v3/channels' },
  { file: ORDERS, path: '/orders', call: '/v2/orders?limit=250' },
  { file: ORDERS, path: '/orders/{order_id}', call: '/v2/orders/105' },
  { file: ORDERS, path: '/orders/count', call: '/v2/orders/count' },
  { file: ORDERS, path: '/order_statuses', call: '/v2/order_statuses' },
  { file: ORDERS, path: '/orders/{order_id}/products', call: '/v2/orders/103/products' },
  { file: ORDERS, path: '/orders/{order_id}/shipping_addresses', call: '/v2/orders/103/shipping_addresses' },
  { file: ORDERS, path: '/orders/{order_id}/coupons', call: '/v2/orders/103/coupons' },
  { file: ORDERS, path: '/orders/{order_id}/taxes', call: '/v2/orders/103/taxes' },
  { file: ORDERS, path: '/orders/{order_id}/messages', call: '/v2/orders/102/messages' },
  { file: ORDERS, path: '/orders/{order_id}/shipments', call: '/v2/orders/102/shipments' },
  { file: ORDERS, path: '/orders/{order_id}/consignments', call: '/v2/orders/103/consignments' },
  { file: 'orders.v3.yml', path: '/orders/payment_actions/refunds', call: '/v3/orders/payment_actions/refunds' },
  {
    file: 'catalog/products_catalog.v3.yml',
    path: '/catalog/products',
    call: '/v3/catalog/products?include=variants,images,custom_fields&limit=250',
  },
  {
    file: 'catalog/products_catalog.v3.yml',
    path: '/catalog/products/{product_id}',
    call: '/v3/catalog/products/78?include=variants,images,options',
  },
  {
    file: 'catalog/product-variants_catalog.v3.yml',
    path: '/catalog/variants',
    call: '/v3/catalog/variants?limit=250',
  },
  {
    file: 'catalog/category-trees_catalog.v3.yml',
    path: '/catalog/trees/categories',
    call: '/v3/catalog/trees/categories',
  },
  { file: 'catalog/category-trees_catalog.v3.yml', path: '/catalog/trees', call: '/v3/catalog/trees' },
  { file: 'catalog/brands_catalog.v3.yml', path: '/catalog/brands', call: '/v3/catalog/brands' },
  { file: 'inventory.v3.yml', path: '/inventory/items', call: '/v3/inventory/items?limit=1000' },
  { file: 'locations.v3.yml', path: '/inventory/locations', call: '/v3/inventory/locations' },
  { file: 'customers.v3.yml', path: '/customers', call: '/v3/customers?include=addresses,storecredit' },
  { file: 'customers.v3.yml', path: '/customers/addresses', call: '/v3/customers/addresses' },
  { file: 'customers.v2.yml', path: '/customer_groups', call: '/v2/customer_groups' },
  { file: 'marketing.v2.yml', path: '/coupons', call: '/v2/coupons' },
  { file: 'carts.v3.yml', path: '/carts/{cartId}', call: '/v3/carts/bc218c65-7a32-4ab7-8082-000100000000' },
  {
    ...{ file: 'webhooks.v3.yml', path: '/hooks', method: 'post', call: '/v3/hooks' },
    body: { scope: 'store/order/created', destination: 'https://app.example/hooks' },
  },
];

/** Where the published schema and what shops are known to answer part ways. */
const KNOWN: readonly RegExp[] = [
  // Schemas of which every object, or an empty list, is more than one.
  /consignments must match exactly one schema/,
  /discount_rules must match exactly one schema/,
  // Nothing is null in them, though the text beside them says what null means there: inherited, none, all channels.
  /(option_set_id|base_variant_id|sku_id|channel_ids|parent_id|gift_wrapping) must be/,
  /\/(price|sale_price|retail_price|map_price|weight|width|height|depth|fixed_cost_shipping_price) must be number/,
];

/** The files mix two drafts of JSON Schema; a bound that is a truth value belongs to the older one. */
const draft6 = (key: unknown, value: unknown): unknown =>
  typeof key === 'string' && key.startsWith('exclusive') && typeof value === 'boolean' ? undefined : value;

const documents = new Map<string, object>();
function documentOf(file: string): object {
  const known =
    documents.get(file) ??
    (parse(readFileSync(`${REFERENCE}${file}`, 'utf8'), draft6, { maxAliasCount: -1 }) as object);
  documents.set(file, known);
  return known;
}

/** What a chain of keys, with local references followed, leads to. */
function within(root: unknown, keys: readonly string[]): unknown {
  const step = (node: unknown, key: string): unknown =>
    typeof node === 'object' && node !== null ? (node as Record<string, unknown>)[key] : undefined;
  const follow = (node: unknown): unknown => {
    const reference = step(node, '$ref');
    if (typeof reference !== 'string') return node;
    const parts = reference.replace('#/', '').split('/');
    return within(
      root,
      parts.map((part) => decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~')),
    );
  };
  let node: unknown = root;
  for (const key of keys) node = follow(step(node, key));
  return node;
}

/** Every way in which an answer is not of the published shape. */
function deviations({ file, path, method = 'get', status = 200 }: Check, body: unknown): readonly string[] {
  const document = documentOf(file);
  const keys = ['paths', path, method, 'responses', String(status), 'content', 'application/json', 'schema'];
  const schema = within(document, keys);
  if (schema === undefined) throw new Error(`${file} says nothing of ${method} ${path}`);
  const options = {
    strict: false,
    validateFormats: false,
    allErrors: true,
    validateSchema: false,
    unicodeRegExp: false,
  };
  // The whole document stays around the schema, so that its local references lead somewhere.
  const validate = new Ajv({ ...options, logger: false }).compile({ ...document, allOf: [schema] });
  if (validate(body)) return [];
  const told = (validate.errors ?? []).map(
    ({ instancePath, message }) => `${instancePath.replaceAll(/\/\d+/g, '/#')} ${message ?? ''}`,
  );
  return [...new Set(told)].filter((one) => !KNOWN.some((pattern) => pattern.test(one)));
}

const name = `the answers${isThere ? '' : " (the platform's OpenAPI files are not here: nothing was compared)"}`;
describe.skipIf(!isThere)(name, { timeout: 60_000 }, () => {
  let shop: RunningBigCommerce;
  beforeAll(async () => {
    shop = await startBigCommerce();
  });
  afterAll(() => shop.sandbox.close());

  it.each(checks)('$call are of the published shape', async (check) => {
    const method = check.method === 'post' ? 'POST' : 'GET';
    const answer = await shop.call(method, check.call ?? check.path, check.body);
    expect(answer.status).toBe(check.status ?? 200);
    expect(deviations(check, answer.body)).toEqual([]);
  });

  it('are not when a field has another type', async () => {
    const { body } = await shop.call('GET', '/v2/store');
    const check = { file: 'store_information.v2.yml', path: '/store' };
    expect(deviations(check, { ...(body as object), decimal_places: 'two' })).not.toEqual([]);
  });
});
