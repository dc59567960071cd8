import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { basic, makeKey, type RunningSandbox, runSandbox, SPEC_NOW } from '../testing/running-sandbox.js';

const BOOKS = 'buchladen.sandbox.test';
const VINYL = 'vinyl.sandbox.test';

const errorSchema = z.object({ code: z.string(), message: z.string(), data: z.unknown() });
const productSchema = z.looseObject({
  id: z.number(),
  status: z.string(),
  type: z.string(),
  name: z.string(),
  slug: z.string(),
  sku: z.string(),
  price: z.string(),
  date_modified_gmt: z.string(),
  stock_quantity: z.number().nullable(),
  stock_status: z.string(),
});
const productList = z.array(productSchema);

let sandbox: RunningSandbox;
let headers: Record<string, string> = {};
let now = SPEC_NOW;

beforeAll(async () => {
  sandbox = await runSandbox({ now: () => now });
  headers = { ...basic(await makeKey(sandbox.url, BOOKS, 'read_write')), 'content-type': 'application/json' };
});
afterAll(() => sandbox.close());

function send(method: string, path: string, body?: unknown, more: Record<string, string> = {}): Promise<Response> {
  return fetch(`${sandbox.url}/${BOOKS}/wp-json/wc/v3${path}`, {
    method,
    headers: { ...headers, ...more },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

async function product(method: string, path: string, body?: unknown): Promise<z.infer<typeof productSchema>> {
  const response = await send(method, path, body);
  const text = await response.text();
  if (response.status >= 300) throw new Error(`${response.status} ${text}`);
  return productSchema.parse(JSON.parse(text));
}

async function refusal(method: string, path: string, body?: unknown): Promise<[number, z.infer<typeof errorSchema>]> {
  const response = await send(method, path, body);
  return [response.status, errorSchema.parse(await response.json())];
}

async function list(path: string): Promise<z.infer<typeof productList>> {
  return productList.parse(await (await send('GET', path)).json());
}

describe('product lists', () => {
  it('past the end are empty and still know the total', async () => {
    const all = await send('GET', '/products');
    const total = Number(all.headers.get('x-wp-total'));
    const beyond = await send('GET', '/products?page=99');
    expect(await beyond.json()).toEqual([]);
    expect(beyond.headers.get('x-wp-total')).toBe(String(total));
    expect(beyond.headers.get('link')).toContain(`page=${Math.ceil(total / 10)}>; rel="prev"`);
  });

  it('leave out variations and the trash, unless asked', async () => {
    const standard = await list('/products?per_page=100');
    expect(standard.filter((one) => one.type === 'variation' || one.status === 'trash')).toEqual([]);
    expect((await list('/products?status=trash')).map((one) => one.sku)).toEqual(['TRASH-026']);
    expect((await list('/products?sku=VAR-1-RS,MUG-001')).map((one) => one.type).sort()).toEqual([
      'simple',
      'variation',
    ]);
  });

  it('filter by type, category with what is below, stock, price and ids', async () => {
    const ids = async (query: string): Promise<number[]> => (await list(`/products?${query}`)).map((one) => one.id);
    expect(await ids('type=variable')).toEqual([27]);
    expect(await ids('category=16')).toEqual([27]);
    expect(await ids('stock_status=onbackorder')).toEqual([20]);
    expect(await ids('max_price=0.05')).toEqual([17]);
    expect(await ids('include=12,11&orderby=include')).toEqual([12, 11]);
    expect(await ids('status=draft')).toEqual([23]);
    expect(await ids('on_sale=true')).toEqual([20]);
  });

  it('take dates as orders do: exclusive, shop time unless dates_are_gmt', async () => {
    const mug = await product('GET', '/products/11');
    const ids = async (query: string): Promise<number[]> =>
      (await list(`/products?include=11&modified_after=${query}`)).map((one) => one.id);
    const at = Date.parse(`${mug.date_modified_gmt}Z`);
    const text = (instant: number): string => new Date(instant).toISOString().slice(0, 19);
    expect(await ids(`${text(at)}&dates_are_gmt=true`)).toEqual([]);
    expect(await ids(`${text(at - 1000)}&dates_are_gmt=true`)).toEqual([11]);
    // Berlin is ahead of UTC, so the same reading of the clock is an earlier moment.
    expect(await ids(text(at + 1_800_000))).toEqual([11]);
  });

  it('name every wrong parameter', async () => {
    const [status, { code, data }] = await refusal('GET', '/products?per_page=101&stock_status=plenty');
    expect([status, code]).toEqual([400, 'rest_invalid_param']);
    expect(data).toMatchObject({ params: { per_page: expect.any(String), stock_status: expect.any(String) } });
  });
});

describe('products', () => {
  it('that are counted say by their number whether there are any', async () => {
    const made = await product('POST', '/products', { name: 'Zähler', sku: 'CNT-1', manage_stock: true });
    expect(made).toMatchObject({ stock_quantity: null, stock_status: 'outofstock' });
    const one = `/products/${made.id}`;
    expect(await product('PUT', one, { stock_quantity: 3 })).toMatchObject({ stock_status: 'instock' });
    expect(await product('PUT', one, { stock_quantity: 0, backorders: 'yes' })).toMatchObject({
      stock_status: 'onbackorder',
    });
    expect(await product('PUT', one, { manage_stock: false, stock_status: 'outofstock' })).toMatchObject({
      stock_quantity: null,
      stock_status: 'outofstock',
      backorders: 'no',
    });
    // Whoever does not count takes no number.
    expect(await product('PUT', one, { stock_quantity: 9 })).toMatchObject({ stock_quantity: null });
  });

  it('replace lists, keep what is not named and move their date', async () => {
    const body = { name: 'Bild', images: [{ src: 'https://img.example.test/a.jpg', alt: 'A' }], tags: [{ id: 23 }] };
    const made = await product('POST', '/products', body);
    expect(made['images']).toMatchObject([{ src: 'https://img.example.test/a.jpg', alt: 'A', name: 'a' }]);
    now = new Date(now.getTime() + 5_000);
    const changed = await product('PATCH', `/products/${made.id}`, { tags: [], categories: [{ id: 17 }, { id: 999 }] });
    expect(changed).toMatchObject({ name: 'Bild', tags: [], categories: [{ id: 17 }] });
    expect(changed['images']).toEqual(made['images']);
    expect(changed.date_modified_gmt).toBe(now.toISOString().slice(0, 19));
  });

  it('go to the trash once and can come back', async () => {
    const made = await product('POST', '/products', { name: 'Hin und her', sku: 'TRASH-1' });
    const one = `/products/${made.id}`;
    expect((await product('DELETE', one)).status).toBe('publish');
    expect(await product('GET', one)).toMatchObject({ status: 'trash', slug: 'hin-und-her__trashed' });
    expect(await refusal('DELETE', one)).toMatchObject([410, { code: 'woocommerce_rest_already_trashed' }]);
    // What lies in the trash blocks no SKU.
    const other = await product('POST', '/products', { name: 'Nachfolger', sku: 'TRASH-1' });
    await product('DELETE', `/products/${other.id}?force=true`);
    expect(await product('PUT', one, { status: 'publish' })).toMatchObject({ status: 'publish', slug: 'hin-und-her' });
  });

  it('that are variations are changed elsewhere, and missing ones are a 400 to change', async () => {
    expect(await refusal('PUT', '/products/28', { name: 'x' })).toMatchObject([
      404,
      { code: 'woocommerce_rest_invalid_product_id' },
    ]);
    expect(await refusal('PUT', '/products/99999', { name: 'x' })).toMatchObject([
      400,
      { code: 'woocommerce_rest_product_invalid_id' },
    ]);
    expect(await refusal('GET', '/products/99999')).toMatchObject([
      404,
      { code: 'woocommerce_rest_product_invalid_id' },
    ]);
  });

  it('take PUT written as POST with _method or the override header', async () => {
    const made = await product('POST', '/products', { name: 'Umweg' });
    const one = `/products/${made.id}`;
    expect(await product('POST', `${one}?_method=PUT`, { name: 'Umweg 2' })).toMatchObject({ name: 'Umweg 2' });
    const gone = await send('POST', `${one}?force=true`, undefined, { 'x-http-method-override': 'DELETE' });
    expect(gone.status).toBe(200);
    expect((await send('GET', one)).status).toBe(404);
  });

  it('take null for nothing said, and empty text for emptying', async () => {
    const dates = { regular_price: '10', sale_price: '5', date_on_sale_to_gmt: '2030-01-01T00:00:00' };
    const made = await product('POST', '/products', {
      name: 'Angebot',
      images: [{ src: 'https://img.example.test/b.jpg' }],
      ...dates,
    });
    const one = `/products/${made.id}`;
    const same = await product('PUT', one, { date_on_sale_to: null, images: null });
    expect(same).toMatchObject({ date_on_sale_to_gmt: '2030-01-01T00:00:00', date_on_sale_to: '2030-01-01T01:00:00' });
    expect(same['images']).toHaveLength(1);
    expect(await product('PUT', one, { date_on_sale_to: '', images: [] })).toMatchObject({
      date_on_sale_to_gmt: null,
      images: [],
    });
  });

  it('show what writes answer to whoever asks for the context of an edit', async () => {
    expect(await product('GET', '/products/11?context=edit')).toHaveProperty('generated_slug');
    expect(await product('GET', '/products/11')).not.toHaveProperty('generated_slug');
  });

  it('need a key that may write', async () => {
    const reader = basic(await makeKey(sandbox.url, BOOKS, 'read'));
    const response = await send('GET', '/products/11?_method=PUT', undefined, reader);
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ code: 'woocommerce_rest_authentication_error' });
  });
});

describe('variations', () => {
  it('inherit SKU and stock of their product, lend it their lowest price and move its date', async () => {
    const attributes = [{ id: 2, variation: true, options: ['S', 'L'] }];
    const body = { name: 'Weste', type: 'variable', sku: 'WESTE', manage_stock: true, stock_quantity: 7, attributes };
    const parent = await product('POST', '/products', body);
    const path = `/products/${parent.id}/variations`;
    now = new Date(now.getTime() + 5_000);
    const made = await send('POST', path, { regular_price: '30.00', attributes: [{ id: 2, option: 'L' }] });
    expect(made.status).toBe(201);
    const variation = z.looseObject({ id: z.number() }).parse(await made.json());
    expect(variation).toMatchObject({ sku: 'WESTE', manage_stock: 'parent', stock_quantity: 7, name: 'L' });
    await send('POST', path, { regular_price: '25.00', attributes: [{ id: 2, option: 'S' }] });
    const after = await product('GET', `/products/${parent.id}`);
    expect(after).toMatchObject({ price: '25.00', date_modified_gmt: now.toISOString().slice(0, 19) });
    expect((await send('GET', `/products/27/variations/${variation.id}`)).status).toBe(404);
    expect(await list(`/products?sku=WESTE`)).toHaveLength(1);
  });

  it('of a product that is not there end in a fatal error, their list is empty', async () => {
    expect((await refusal('POST', '/products/99999/variations', {}))[0]).toBe(500);
    expect(await (await send('GET', '/products/99999/variations')).json()).toEqual([]);
  });
});

describe('terms, customers and coupons', () => {
  it('keep the default category and delete others only by force', async () => {
    expect((await refusal('DELETE', '/products/categories/15?force=true'))[0]).toBe(500);
    expect(await refusal('DELETE', '/products/categories/22')).toMatchObject([
      501,
      { code: 'woocommerce_rest_trash_not_supported' },
    ]);
    expect(await refusal('POST', '/products/tags', {})).toMatchObject([400, { code: 'rest_missing_callback_param' }]);
  });

  it('make attributes and their terms, each slug once', async () => {
    const made = await send('POST', '/products/attributes', { name: 'Länge' });
    expect(made.status).toBe(201);
    const { id } = z.object({ id: z.number(), slug: z.literal('pa_lange') }).parse(await made.json());
    expect((await refusal('POST', '/products/attributes', { name: 'Länge' }))[0]).toBe(400);
    expect((await send('POST', `/products/attributes/${id}/terms`, { name: '32' })).status).toBe(201);
    expect(await refusal('GET', '/products/attributes/99/terms')).toMatchObject([
      404,
      { code: 'woocommerce_rest_taxonomy_invalid' },
    ]);
  });

  it('refuse customers without an address, and user names that change', async () => {
    expect(await refusal('POST', '/customers', { first_name: 'X' })).toMatchObject([
      400,
      { code: 'rest_missing_callback_param', data: { params: ['email'] } },
    ]);
    expect((await refusal('PUT', '/customers/2', { username: 'other' }))[0]).toBe(400);
    expect((await refusal('PUT', '/customers/2', { email: 'kunde3@example.test' }))[0]).toBe(400);
    expect((await refusal('GET', '/customers?email=nobody'))[0]).toBe(400);
  });

  it('keep coupon codes in small letters and find them so', async () => {
    const made = await send('POST', '/coupons', { code: 'WINTER', amount: 5 });
    expect(await made.json()).toMatchObject({ code: 'winter', amount: '5.00', discount_type: 'fixed_cart' });
    expect(await (await send('GET', '/coupons?code=Winter')).json()).toMatchObject([{ code: 'winter' }]);
    const [used] = z
      .array(z.looseObject({ usage_count: z.number() }))
      .parse(await (await send('GET', '/coupons?code=sommer10')).json());
    expect(used?.usage_count).toBeGreaterThan(0);
  });
});

describe('the saved state', () => {
  it('brings back what was written, and the seeds of shops nobody wrote to', async () => {
    await product('POST', '/products', { name: 'Bleibt', sku: 'KEEP-1' });
    const saved = sandbox.platform.snapshot();
    const other = await runSandbox();
    try {
      other.platform.restore(saved);
      const get = async (host: string, path: string): Promise<unknown> =>
        (
          await fetch(`${other.url}/${host}/wp-json/wc/v3${path}`, { headers: basic(await makeKey(other.url, host)) })
        ).json();
      expect(await get(BOOKS, '/products?sku=KEEP-1')).toMatchObject([{ name: 'Bleibt' }]);
      expect(await get(VINYL, '/products/71')).toMatchObject({ sku: 'LP-001' });
    } finally {
      await other.close();
    }
  });
});
