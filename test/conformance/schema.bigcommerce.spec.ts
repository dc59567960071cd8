import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { listOf, partOf, resolved } from './openapi-schema.js';
import {
  BIGCOMMERCE_DESCRIPTION,
  BIGCOMMERCE_EXCEPTIONS,
  type BigCommerceDescription,
  bigCommerceProblems,
  loadBigCommerce,
} from './schema.bigcommerce.js';

/** Examples that the description gives and its own schema refuses: not one is of an operation we need to send so. */
const WRONG_EXAMPLES = [
  // Misspelt in the example: `cost_exc_tax` for `cost_ex_tax`.
  'PUT /orders/{order_id}: Adding a new fee (no ID) while retaining existing fees (with ID)',
  'PUT /orders/{order_id}: Updating order fees (all fees provided with IDs and attributes)',
  'POST /orders: Create an order with fees (include the fees object as shown with rest of the payload)',
  // The example sends numbers for the values of options; the schema, and the fact sheet, texts.
  'PUT /orders/{order_id}: Adding an existing product to order',
  'PUT /orders/{order_id}: Removing a product from an order',
  // Sent in the example, not listed in the schema.
  'POST /carts/{cartId}/redirect_urls: example',
  'POST /carts: Custom item',
  'POST /carts/{cartId}/items: Example 1',
  'POST /checkouts/{checkoutId}/discounts: example',
  'POST /content/pages: Create single page using object',
  'POST /content/pages: Create multiple pages using array',
  'PUT /settings/email-statuses: Example',
  'POST /catalog/products/{product_id}/modifiers: example',
  // The answer's own fields are copied into the example of the request.
  'PUT /catalog/products: example',
].sort();

const METHODS = ['post', 'put', 'delete'];

/** Every example of a JSON body that the description gives of what a connector could ask for, as a request. */
function examples(description: BigCommerceDescription) {
  const first = ['abandoned-carts', 'carts', 'catalog', 'channels', 'checkouts', 'content', 'coupons', 'currencies'];
  const more = ['customer_groups', 'customers', 'hooks', 'inventory', 'orders', 'pricelists', 'promotions', 'settings'];
  const routes = [...first, ...more].flatMap((step) => [`v2/${step}`, `v3/${step}`]);
  return [...new Set(routes.flatMap((route) => description.documents(route)))].flatMap((document) => {
    const version = /v[23]$/.exec(String(partOf(listOf(document['servers'])[0])['url']))?.[0] ?? '';
    return Object.entries(document.paths).flatMap(([template, item]) =>
      METHODS.flatMap((method) => {
        const { content } = resolved(document, partOf(partOf(item)[method])['requestBody']);
        const { example, examples: several } = partOf(partOf(content)['application/json']);
        const named = Object.entries(partOf(several)).map(([name, one]) => [name, resolved(document, one)['value']]);
        return [...named, ...(example === undefined ? [] : [['example', example]])].map(([name, body]) => ({
          name: `${method.toUpperCase()} ${template}: ${String(name)}`,
          sent: {
            method: method.toUpperCase(),
            path: `stores/abc123/${version}${template.replaceAll(/\{.*?\}/g, '1')}`,
            body: typeof body === 'string' ? body : JSON.stringify(body),
          },
        }));
      }),
    );
  });
}

const isThere = existsSync(BIGCOMMERCE_DESCRIPTION);
describe.skipIf(!isThere)(
  `the description of BigCommerce${isThere ? '' : ' (not here: nothing is held against it)'}`,
  { timeout: 120_000 },
  () => {
    const description = loadBigCommerce();
    const judged = (method: string, path: string, body?: unknown) =>
      bigCommerceProblems(description, {
        method,
        path: `stores/abc123/${path}`,
        body: body === undefined ? '' : JSON.stringify(body),
      });

    it('fits the examples that it gives itself', () => {
      const all = examples(description);
      const told = all.map(({ name, sent }) => ({ name, problems: bigCommerceProblems(description, sent) ?? ['?'] }));
      // What stands in the path is no part of the examples.
      const inBody = told.filter(({ problems }) => problems.some((one) => !/ in the path | query /.test(one)));
      expect(inBody.map(({ name }) => name).sort()).toEqual(WRONG_EXAMPLES);
      expect(all.length).toBeGreaterThan(70);
    });

    const shipment = { order_address_id: 1, items: [{ order_product_id: 1, quantity: 1 }] };
    const product = { name: 'Cup', type: 'physical', weight: 0, price: 12.5 };
    it.each([
      ['GET', 'v2/nothing', undefined, 'GET /nothing: there is no such path'],
      ['GET', 'v2/coupons/5', undefined, 'GET /coupons/5: the path does not take GET'],
      ['GET', 'v3/orders', undefined, 'GET /orders: there is no such path'],
      ['GET', 'v2/orders/abc', undefined, 'GET /orders/{order_id}: order_id in the path is no integer'],
      ['GET', 'v2/orders?status=1', undefined, 'GET /orders: query parameter status is unknown'],
      ['GET', 'v2/orders?status_id=paid', undefined, 'GET /orders: query parameter status_id is no integer'],
      ['GET', 'v2/orders?sort=total:asc', undefined, /^GET \/orders: query parameter sort is none of .*: total:asc$/],
      ['GET', 'v3/customers?id=5', undefined, 'GET /customers: query parameter id is unknown'],
      ['GET', 'v3/customers?id:in=5,x', undefined, 'GET /customers: query parameter id:in is no integer'],
      ['GET', 'v3/inventory/items?variant_id:in=x', undefined, /variant_id:in is no integer$/],
      ['GET', 'v3/catalog/products?include=variants,colours', undefined, /include is none of .*: colours$/],
      ['DELETE', 'v3/customers', undefined, 'DELETE /customers: query parameter id:in is missing'],
      ['POST', 'v3/catalog/products', { ...product, colour: 'red' }, /body\.colour is unknown or read-only$/],
      ['POST', 'v3/catalog/products', { ...product, price: '12.50' }, /body\.price is no number, but string$/],
      ['POST', 'v3/catalog/products', { ...product, type: 'virtual' }, /body\.type is none of .*: virtual$/],
      ['POST', 'v3/catalog/products', { ...product, name: undefined }, /body\.name is missing$/],
      ['POST', 'v3/catalog/products', { ...product, variants: [{ sku: 'A', colour: 'red' }] }, /variants\[0\]\./],
      ['POST', 'v3/catalog/products', undefined, 'POST /catalog/products: the body is missing'],
      ['POST', 'v3/customers', { first_name: 'Zoë' }, 'POST /customers: body is no array, but object'],
      ['PUT', 'v3/customers', Array(11).fill({ id: 5 }), 'PUT /customers: 11 records are more than 10'],
      ['PUT', 'v2/orders/5', { status_id: '5' }, 'PUT /orders/{order_id}: body.status_id is no integer, but string'],
      ['PUT', 'v2/orders/5', { status: 'Shipped' }, 'PUT /orders/{order_id}: body.status is unknown or read-only'],
      ['PUT', 'v2/orders/5', { external_id: 'A' }, 'PUT /orders/{order_id}: body.external_id is unknown or read-only'],
      ['POST', 'v2/orders/5/shipments', { ...shipment, shipping_provider: 5 }, /shipping_provider is no/],
      ['POST', 'v2/orders/5/shipments', { ...shipment, items: undefined }, /body\.items is missing$/],
      ['POST', 'v2/orders', { products: [] }, 'POST /orders: body.billing_address is missing'],
      ['POST', 'v2/orders', { billing_address: { zip: '1' } }, 'POST /orders: body has no products or consignments'],
      ['POST', 'v3/catalog/trees/categories', [{ name: 'Teas' }], /body has no tree_id or parent_id$/],
      ['POST', 'v3/orders/5/payment_actions/capture', {}, /takes no JSON body$/],
    ])('refuses %s %s with %j', (method, path, body, problem) => {
      const found = judged(method, path, body);
      expect(found?.length).toBeGreaterThan(0);
      for (const one of found ?? []) expect(one).toMatch(problem);
    });

    it('is asked of the described servers only, and finds a path in whichever file has it', () => {
      expect(description.source).toBe('whole description');
      expect(judged('GET', 'v2/orders/count')).toEqual([]);
      expect(judged('GET', 'v3/orders/5/transactions')).toEqual([]);
      expect(judged('GET', 'v3/catalog/trees/categories?category_id:in=1,2&limit=250')).toEqual([]);
      expect(judged('PUT', 'v3/catalog/products/5/variants/6', { price: null, sku: 'A' })).toEqual([]);
      for (const provider of ['', 'ups', 'carrier_3', 'pigeon'])
        expect(judged('POST', 'v2/orders/5/shipments', { ...shipment, shipping_provider: provider })).toEqual([]);
      const order = { billing_address: { zip: '1' }, products: [{ product_id: 5, quantity: 1 }] };
      expect(judged('POST', 'v2/orders', { ...order, external_merchant_id: null })).toEqual([]);
      expect(bigCommerceProblems(description, { method: 'POST', path: 'oauth2/token', body: '{}' })).toBeUndefined();
    });

    it.each(BIGCOMMERCE_EXCEPTIONS)('is excused where it is wrong, and only there: $reason', ({ problem, example }) => {
      const without = bigCommerceProblems(description, example, []) ?? [];
      expect(without.length).toBeGreaterThan(0);
      expect(without.filter((one) => !problem.test(one))).toEqual([]);
      expect(bigCommerceProblems(description, example)).toEqual([]);
    });
  },
);

describe('a request to BigCommerce, where its description is not at hand', () => {
  const nowhere = loadBigCommerce('/nowhere/at/all');
  const judged = (search: string, body = '') =>
    bigCommerceProblems(nowhere, { method: 'GET', path: `stores/abc123/v2/orders${search}`, body });

  it('is said to be judged by general rules only', () => {
    expect(nowhere.source).toMatch(/general rules only/);
    expect(judged('', '{')).toEqual(['GET /orders: the body is no JSON']);
  });

  it.each([
    ['?page=0', 'page counts from 1'],
    ['?limit=1001', 'limit is not within 1..1000'],
    ['?email=', 'email is empty'],
    ['?page=1&page=2', 'page is sent twice'],
    ['?min_date_modified=2026-01-01', 'min_date_modified is no time with its zone: 2026-01-01'],
    ['?min_date_modified=2026-01-01T00:00:00+00:00', /^min_date_modified is no time with its zone/],
  ])('is found out with %s', (search, problem) => {
    expect(judged(search)?.map((one) => one.replace('GET /orders: ', ''))).toEqual([
      typeof problem === 'string' ? problem : expect.stringMatching(problem),
    ]);
  });

  it.each(['2026-01-01T00:00:00Z', '2026-01-01T00:00:00%2B00:00', 'Thu,%2001%20Jan%202026%2000:00:00%20%2B0000'])(
    'is let pass with the time %s',
    (time) => {
      expect(judged(`?min_date_modified=${time}&sort=date_modified:asc&limit=250`)).toEqual([]);
    },
  );
});
