import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { basic, makeKey, type RunningSandbox, runSandbox } from '../testing/running-sandbox.js';

// Exchanges recorded from a genuine shop; they lie beside the repository, and not everywhere.
const CAPTURES = new URL('../../../../../shared/captures/woocommerce/', import.meta.url);
const BOOKS = 'buchladen.sandbox.test';

/** The recorder's own format; what is wanted of a body is checked below. */
const recording = z.object({
  request: z.object({ method: z.string(), body: z.unknown() }),
  response: z.object({ status: z.number(), headers: z.record(z.string(), z.string()), body: z.unknown() }),
});
type Recording = z.infer<typeof recording>;

function recorded(name: string): Recording {
  return recording.parse(JSON.parse(readFileSync(new URL(`${name}.json`, CAPTURES), 'utf8')));
}

/** Every path that occurs, with the JSON type found there: `.images[].id number`. */
function shapeOf(value: unknown): Set<string> {
  const shape = new Set<string>();
  const walk = (inner: unknown, path: string): void => {
    if (Array.isArray(inner)) {
      shape.add(`${path} list`);
      for (const item of inner) walk(item, `${path}[]`);
    } else if (typeof inner === 'object' && inner !== null) {
      for (const [key, member] of Object.entries(inner)) walk(member, `${path}.${key}`);
    } else shape.add(`${path} ${inner === null ? 'null' : typeof inner}`);
  };
  walk(value, '');
  return shape;
}

/** Where the recorded shop had something, and ours has nothing, or the other way round. */
const DEPENDS_ON_DATA =
  /\.(images|downloads|attributes|default_attributes|categories|tags|variations|grouped_products|related_ids|up|meta_data|used_by|email_restrictions|upsell_ids|product_ids|date_expires\w*|image|usage_limit\w*|low_stock_amount|stock_quantity|date_on_sale\w+|settings|states)(\b|\[)/;

function firmShape(body: unknown): string[] {
  return [...shapeOf(body)].filter((path) => !DEPENDS_ON_DATA.test(path)).sort();
}

/** The names of the members, of a list those of its first entry. */
function membersOf(body: unknown): string[] {
  const one: unknown = Array.isArray(body) ? body[0] : body;
  return typeof one === 'object' && one !== null ? Object.keys(one).sort() : [];
}

const HEADERS = ['allow', 'x-wp-total', 'x-wp-totalpages', 'location', 'content-type', 'cache-control'] as const;

function headerNames(has: (name: string) => boolean): string[] {
  return HEADERS.filter(has);
}

type Sent = readonly [recording: string, path: string];

// The same kind of request, with ids and words of the sandbox's own shop.
const READS: readonly Sent[] = [
  ['product-get-simple', '/products/11'],
  ['product-get-variable', '/products/27'],
  ['product-get-external', '/products/21'],
  ['product-get-downloadable', '/products/14'],
  ['product-get-trashed', '/products/26'],
  ['product-get-deleted', '/products/99999'],
  ['products-list-page1', '/products?per_page=5&page=1'],
  ['products-list-by-sku', '/products?sku=MUG-001'],
  ['products-list-by-sku-of-variation', '/products?sku=VAR-1-RS'],
  ['products-list-search', '/products?search=Fr%C3%BCh'],
  ['products-list-out-of-stock', '/products?stock_status=outofstock'],
  [
    'products-list-modified-after',
    '/products?per_page=3&modified_after=2025-01-01T00:00:00&dates_are_gmt=true&orderby=modified&order=asc',
  ],
  ['products-list-status-any-type-variable', '/products?status=any&type=variable'],
  ['variation-get', '/products/27/variations/28'],
  ['variation-get-as-product', '/products/28'],
  ['variation-get-inherited-stock', '/products/27/variations/30'],
  ['variations-list', '/products/27/variations?per_page=4&page=1'],
  ['variations-all', '/variations?per_page=3'],
  ['err-400-product-missing-parent', '/products/99999999/variations'],
  ['categories-list', '/products/categories?per_page=4'],
  ['category-get', '/products/categories/17'],
  ['tags-list', '/products/tags'],
  ['attributes-list', '/products/attributes'],
  ['attribute-terms-list', '/products/attributes/1/terms'],
  ['customer-get', '/customers/2'],
  ['customers-list-page1', '/customers?per_page=5&page=1'],
  ['customers-list-by-email', '/customers?email=kunde1@example.test'],
  ['customers-list-role-all', '/customers?per_page=2&role=all'],
  ['customers-list-search', '/customers?search=kunde1'],
  ['coupon-get', '/coupons/56'],
  ['coupons-list', '/coupons?per_page=10'],
  ['taxes-list', '/taxes'],
  ['store-payment-gateways', '/payment_gateways?_fields=id,title,enabled,method_title,method_supports'],
  ['store-shipping-methods', '/shipping_methods'],
  ['data-countries-de', '/data/countries/de'],
];

describe.skipIf(!existsSync(CAPTURES))('the catalogue beside the recordings', () => {
  let sandbox: RunningSandbox;
  let headers: Record<string, string> = {};

  beforeAll(async () => {
    sandbox = await runSandbox();
    headers = { ...basic(await makeKey(sandbox.url, BOOKS, 'read_write')), 'content-type': 'application/json' };
  });
  afterAll(() => sandbox.close());

  const send = (method: string, path: string, body?: unknown): Promise<Response> =>
    fetch(`${sandbox.url}/${BOOKS}/wp-json/wc/v3${path}`, {
      method,
      headers,
      ...(body === undefined || body === null ? {} : { body: JSON.stringify(body) }),
    });

  /** Compares and gives the body. */
  const compare = async (name: string, method: string, path: string, body?: unknown): Promise<unknown> => {
    const { response } = recorded(name);
    const answer = await send(method, path, body);
    const ours: unknown = await answer.json();
    expect(answer.status).toBe(response.status);
    expect(membersOf(ours)).toEqual(membersOf(response.body));
    expect(firmShape(ours)).toEqual(firmShape(response.body));
    expect(headerNames((header) => answer.headers.has(header))).toEqual(
      headerNames((header) => header in response.headers),
    );
    expect(answer.headers.get('allow')).toBe(response.headers['allow'] ?? null);
    return ours;
  };

  it.each(READS)('reads like %s', async (name, path) => {
    await compare(name, 'GET', path);
  });

  it('creates, changes, trashes and deletes a product like the recorded one', async () => {
    const create = { ...z.record(z.string(), z.unknown()).parse(recorded('product-create-simple').request.body) };
    const made = z
      .object({ id: z.number() })
      .parse(await compare('product-create-simple', 'POST', '/products', { ...create, categories: [{ id: 16 }] }));
    const one = `/products/${made.id}`;
    await compare(
      'product-create-duplicate-sku',
      'POST',
      '/products',
      recorded('product-create-duplicate-sku').request.body,
    );
    await compare('product-update', 'PUT', one, recorded('product-update').request.body);
    await compare('product-update-price-number-not-string', 'PUT', one, { regular_price: 24.5 });
    await compare('product-update-stock', 'PUT', one, { stock_quantity: 17 });
    await compare('product-batch', 'POST', '/products/batch', {
      update: [
        { id: made.id, stock_quantity: 3 },
        { id: 999999, stock_quantity: 1 },
      ],
      create: [{ name: 'Dup2', sku: 'MUG-001' }],
    });
    await compare('product-delete-trash', 'DELETE', one);
    await compare('product-delete-force', 'DELETE', `${one}?force=true`);
    await compare('product-get-deleted', 'GET', one);
  });

  it('creates, changes and deletes a variation like the recorded one', async () => {
    const create = z.record(z.string(), z.unknown()).parse(recorded('variation-create').request.body);
    const made = z
      .object({ id: z.number() })
      .parse(await compare('variation-create', 'POST', '/products/27/variations', create));
    await compare('variation-update-stock', 'PUT', `/products/27/variations/${made.id}`, { stock_quantity: 4 });
    await compare('variation-delete', 'DELETE', `/products/27/variations/${made.id}?force=true`);
  });

  it('creates, changes and deletes a category like the recorded one', async () => {
    const body = { name: 'Neue Kategorie Ä', parent: 16 };
    const made = z
      .object({ id: z.number() })
      .parse(await compare('category-create', 'POST', '/products/categories', body));
    await compare('category-create-duplicate', 'POST', '/products/categories', body);
    await compare('category-update', 'PUT', `/products/categories/${made.id}`, { name: 'Umbenannt' });
    await compare('category-delete', 'DELETE', `/products/categories/${made.id}?force=true`);
  });

  it('creates, changes and deletes a customer like the recorded one', async () => {
    const create = recorded('customer-create').request.body;
    const made = z.object({ id: z.number() }).parse(await compare('customer-create', 'POST', '/customers', create));
    const { email } = z.object({ email: z.string() }).parse(create);
    await compare('customer-create-duplicate-email', 'POST', '/customers', { email });
    await compare('customer-update', 'PUT', `/customers/${made.id}`, { last_name: 'Þórsdóttir' });
    await compare('customer-delete-without-force', 'DELETE', `/customers/${made.id}`);
    await compare('customer-delete-force', 'DELETE', `/customers/${made.id}?force=true`);
    await compare('customer-get-deleted', 'GET', `/customers/${made.id}`);
  });

  it('creates a coupon like the recorded one, once', async () => {
    await compare('coupon-create', 'POST', '/coupons', recorded('coupon-create').request.body);
    await compare('coupon-create-duplicate', 'POST', '/coupons', {
      code: 'SOMMER10',
      discount_type: 'percent',
      amount: '1',
    });
  });
});
