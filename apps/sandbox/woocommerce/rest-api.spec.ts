import { get } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { basic, type KeyPair, makeKey, type RunningSandbox, runSandbox } from './testing/running-sandbox.js';

const BOOKS = 'buchladen.sandbox.test';
const RECORDS = 'vinyl.sandbox.test';

interface Listed {
  readonly id: number;
  readonly status: string;
  readonly number: string;
  readonly date_created_gmt: string;
  readonly date_modified_gmt: string;
  readonly date_modified: string;
}

let sandbox: RunningSandbox;
let books: KeyPair;
let records: KeyPair;

beforeAll(async () => {
  sandbox = await runSandbox();
  books = await makeKey(sandbox.url, BOOKS);
  records = await makeKey(sandbox.url, RECORDS);
});
afterAll(() => sandbox.close());

function api(host: string, path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(`${sandbox.url}/${host}/wp-json/wc/v3${path}`, init);
}

async function list(host: string, query: string): Promise<{ orders: Listed[]; headers: Headers }> {
  const response = await api(host, `/orders?${query}`, { headers: basic(host === BOOKS ? books : records) });
  expect(response.status).toBe(200);
  // The sandbox's own answer; its shape has a spec of its own.
  return { orders: (await response.json()) as Listed[], headers: response.headers };
}

async function page(host: string, query: string): Promise<number[]> {
  return (await list(host, query)).orders.map((order) => order.id);
}

describe('finding the API', () => {
  it('names it on the front page, in a sub-folder too', async () => {
    const response = await fetch(`${sandbox.url}/tea.sandbox.test/shop/`);
    expect(response.headers.get('link')).toBe('<https://tea.sandbox.test/shop/wp-json/>; rel="https://api.w.org/"');
    expect((await fetch(`${sandbox.url}/tea.sandbox.test/wp-json/`)).status).toBe(404);
  });

  it('tells a stranger name, zone and namespaces', async () => {
    const response = await fetch(
      `${sandbox.url}/${RECORDS}/wp-json/?_fields=name,url,gmt_offset,timezone_string,namespaces`,
    );
    const site: unknown = await response.json();
    expect(site).toMatchObject({
      name: 'Hudson & Sons Records',
      url: 'https://vinyl.sandbox.test',
      gmt_offset: -5,
      timezone_string: 'America/New_York',
    });
    expect(site).toHaveProperty('namespaces', expect.arrayContaining(['wc/v3']));
    const index = await api(RECORDS, '');
    expect(await index.json()).toMatchObject({ namespace: 'wc/v3', routes: { '/wc/v3/orders': {} } });
  });

  it('routes rest_route, but without the key that only the pretty address takes', async () => {
    const site = `${sandbox.url}/${BOOKS}`;
    const bare = await fetch(`${site}/index.php?rest_route=/wc/v3/orders`, { headers: basic(books) });
    expect([bare.status, await bare.json()]).toMatchObject([401, { code: 'woocommerce_rest_cannot_view' }]);
    const literal = await fetch(`${site}/?rest_route=/wc/v3/orders&_x=/wp-json/wc/`, { headers: basic(books) });
    expect(literal.status).toBe(200);
    expect((await fetch(`${site}/index.php/wp-json/wc/v3/orders`, { headers: basic(books) })).status).toBe(200);
  });
});

describe('what the shop is', () => {
  it.each([
    [
      '/system_status?_fields=environment.version,settings',
      { environment: { version: '10.5.2' }, settings: { currency: 'EUR' } },
    ],
    ['/settings/general/woocommerce_currency', { id: 'woocommerce_currency', value: 'EUR', _links: {} }],
    ['/settings/tax/woocommerce_prices_include_tax', { value: 'yes' }],
    ['/data/currencies/current', { code: 'EUR', name: 'Euro', symbol: '&euro;' }],
  ])('answers %s', async (path, expected) => {
    const response = await api(BOOKS, path, { headers: basic(books) });
    expect([response.status, await response.json()]).toMatchObject([200, expected]);
  });

  it('lists settings and statuses, custom ones too', async () => {
    const settings = await (await api(BOOKS, '/settings/general', { headers: basic(books) })).json();
    expect(settings).toContainEqual(expect.objectContaining({ id: 'woocommerce_default_country', value: 'DE:DE-BE' }));
    const statuses = await (await api(BOOKS, '/orders/statuses', { headers: basic(books) })).json();
    expect(statuses).toContainEqual({ slug: 'awaiting-pickup', name: 'Abholbereit' });
    expect((await api(BOOKS, '/settings/nope', { headers: basic(books) })).status).toBe(404);
  });
});

describe('errors', () => {
  it.each([
    [
      'GET',
      '/orders/99999999',
      404,
      { code: 'woocommerce_rest_shop_order_invalid_id', message: 'Invalid ID.', data: { status: 404 } },
    ],
    ['GET', '/nope', 404, { code: 'rest_no_route', data: { status: 404 } }],
    ['PATCH', '/system_status', 404, { code: 'rest_no_route' }],
    ['GET', '/orders/abc', 404, { code: 'rest_no_route' }],
    ['GET', '/orders?per_page=101', 400, { code: 'rest_invalid_param', message: 'Invalid parameter(s): per_page' }],
  ])('%s %s is a %i', async (method, path, status, body) => {
    const key = await makeKey(sandbox.url, BOOKS, 'read_write');
    const response = await api(BOOKS, path, { method, headers: basic(key) });
    expect([response.status, await response.json()]).toMatchObject([status, body]);
    expect(response.headers.get('cache-control')).toContain('no-store');
  });

  it('refuses a malformed body before anything is written', async () => {
    const write = basic(await makeKey(sandbox.url, BOOKS, 'write'));
    const headers = { ...write, 'content-type': 'application/json' };
    const malformed = await api(BOOKS, '/orders', { method: 'POST', headers, body: '{' });
    expect([malformed.status, await malformed.json()]).toMatchObject([400, { code: 'rest_invalid_json' }]);
  });

  it('answers an unknown page in HTML and a broken address without crashing', async () => {
    expect((await fetch(`${sandbox.url}/${BOOKS}/nowhere`)).status).toBe(404);
    expect((await fetch(`${sandbox.url}/${BOOKS}/%E0%A4%A`)).status).toBe(400);
    expect((await fetch(`${sandbox.url}/${BOOKS}/`)).status).toBe(200);
  });
});

describe('paging through orders', () => {
  it('sends totals and two Link headers', async () => {
    const raw = await new Promise<string[]>((resolve, reject) => {
      const url = `${sandbox.url}/${BOOKS}/wp-json/wc/v3/orders?per_page=3&page=2&consumer_key=${books.consumer_key}&consumer_secret=${books.consumer_secret}`;
      get(url, (response) => {
        response.resume();
        resolve(response.rawHeaders);
      }).on('error', reject);
    });
    const links = raw.filter((_value, index) => raw[index - 1]?.toLowerCase() === 'link' && index % 2 === 1);
    const base = `https://${BOOKS}/wp-json/wc/v3/orders?per_page=3&page=N&consumer_key=${books.consumer_key}&consumer_secret=${books.consumer_secret}&status%5B0%5D=any&dp=2&context=view`;
    expect(links).toEqual([
      `<https://${BOOKS}/wp-json/>; rel="https://api.w.org/"`,
      `<${base.replace('N', '1')}>; rel="prev", <${base.replace('N', '3')}>; rel="next"`,
    ]);
  });

  it.each([
    [BOOKS, 'per_page=17'],
    [RECORDS, 'per_page=100&orderby=modified&order=asc'],
    [RECORDS, 'per_page=50&orderby=id&status=any,trash'],
  ])('gives every order of %s once with %s', async (host, query) => {
    const seen: number[] = [];
    for (let number = 1; number < 20; number += 1) {
      const ids = await page(host, `${query}&page=${number}&_fields=id`);
      if (ids.length === 0) break;
      seen.push(...ids);
    }
    const { headers } = await list(host, `${query}&page=1`);
    expect(new Set(seen).size).toBe(seen.length);
    expect(String(seen.length)).toBe(headers.get('x-wp-total'));
  });

  it('is empty past the end and forgets the total', async () => {
    const { orders, headers } = await list(BOOKS, 'per_page=10&page=999');
    expect(orders).toEqual([]);
    expect([headers.get('x-wp-total'), headers.get('x-wp-totalpages')]).toEqual(['0', '0']);
    expect(headers.get('link')).toContain(
      `<https://${BOOKS}/wp-json/wc/v3/orders?per_page=10&page=0&status%5B0%5D=any>; rel="prev"`,
    );
  });

  it('answers HEAD with the same headers', async () => {
    const [head, full] = await Promise.all(
      ['HEAD', 'GET'].map((method) => api(BOOKS, '/orders?per_page=10', { method, headers: basic(books) })),
    );
    expect(await head?.text()).toBe('');
    for (const name of ['x-wp-total', 'x-wp-totalpages', 'link', 'allow']) {
      expect(head?.headers.get(name)).toBe(full?.headers.get(name));
    }
  });

  it('orders by date, id and modification, and takes an offset', async () => {
    const byDate = await page(BOOKS, 'per_page=100');
    expect(await page(BOOKS, 'per_page=5&offset=7')).toEqual(byDate.slice(7, 12));
    expect(await page(BOOKS, 'per_page=5&orderby=id&order=asc')).toEqual(
      (await page(BOOKS, 'per_page=100&order=asc&orderby=date')).slice(0, 5),
    );
    const { orders } = await list(RECORDS, 'per_page=100&orderby=modified&order=desc');
    const stamps = orders.map((order) => `${order.date_modified_gmt} ${String(order.id).padStart(6)}`);
    expect(stamps).toEqual([...stamps].sort().reverse());
    const [a = 0, b = 0, c = 0] = byDate;
    expect(await page(BOOKS, `include=${c},${a},${b}&orderby=include&order=asc`)).toEqual([c, a, b]);
    expect(await page(BOOKS, `include[]=${a}&include[]=${b}&exclude=${a}`)).toEqual([b]);
  });
});

describe('filtering orders', () => {
  it('knows statuses: any is all but the trash', async () => {
    const { orders } = await list(BOOKS, 'status=processing,on-hold&per_page=100');
    expect(new Set(orders.map((order) => order.status))).toEqual(new Set(['processing', 'on-hold']));
    const any = new Set((await list(BOOKS, 'per_page=100&order=desc')).orders.map((order) => order.status));
    expect(any.has('checkout-draft')).toBe(true);
    expect(any.has('trash')).toBe(false);
    expect((await list(BOOKS, 'status[]=trash')).orders.length).toBeGreaterThan(0);
    expect((await list(BOOKS, 'status=awaiting-pickup')).orders.length).toBeGreaterThan(0);
  });

  it('knows customers, products, searches and members', async () => {
    const guests = (await list(BOOKS, 'customer=0&per_page=100&_fields=id,customer_id,_links')).orders;
    expect(guests.length).toBeGreaterThan(0);
    for (const order of guests) expect(order).toMatchObject({ customer_id: 0, _links: { self: [{}] } });
    expect((await page(BOOKS, 'product=28')).length).toBeGreaterThan(0);
    expect((await page(BOOKS, 'search=m%C3%BCller&per_page=100')).length).toBeGreaterThan(0);
    const { orders } = await list(RECORDS, 'search=NY-1100');
    expect(orders.map((order) => order.number)).toEqual(['NY-1100']);
    const trimmed = (await list(BOOKS, 'per_page=1&_fields=id,line_items.sku')).orders;
    expect(Object.keys(trimmed[0] ?? {})).toEqual(['id']);
  });

  it('prints the decimals that dp asks for', async () => {
    const [order] = (await list(BOOKS, 'per_page=1&dp=4&_fields=total,line_items')).orders;
    expect(order).toHaveProperty('total', expect.stringMatching(/\.\d{4}$/));
  });

  // The six boundaries of captures/woocommerce/orders-modified-after-boundary-*.json, moved to an order of ours.
  it.each([
    [0, '', '&dates_are_gmt=true', false],
    [-1, '', '&dates_are_gmt=true', true],
    [1800, '', '&dates_are_gmt=true', false],
    [1800, 'Z', '', false],
    [1800, 'Z', '&dates_are_gmt=true', false],
    [-1, 'Z', '', true],
    // East of UTC the flag together with a zone loses orders: the trap itself.
    [-1, 'Z', '&dates_are_gmt=true', false],
  ])('finds an order modified at T with modified_after=T%+is%s%s: %s', async (shift, zone, flag, found) => {
    const [order] = (await list(BOOKS, 'status=completed&per_page=1')).orders;
    const at = new Date(Date.parse(`${order?.date_modified_gmt ?? ''}Z`) + shift * 1000).toISOString().slice(0, 19);
    const ids = await page(BOOKS, `include=${order?.id ?? 0}&modified_after=${at}${zone}${flag}`);
    expect(ids).toEqual(found ? [order?.id] : []);
  });

  it('reads a naive date as the shop clock shows it', async () => {
    const [order] = (await list(RECORDS, 'per_page=1&status=completed')).orders;
    const local = order?.date_modified ?? '';
    expect(local).not.toBe(order?.date_modified_gmt);
    const before = new Date(Date.parse(`${local}Z`) - 1000).toISOString().slice(0, 19);
    expect(await page(RECORDS, `include=${order?.id ?? 0}&modified_after=${before}`)).toEqual([order?.id]);
    expect(await page(RECORDS, `include=${order?.id ?? 0}&modified_after=${local}`)).toEqual([]);
    expect(await page(RECORDS, `include=${order?.id ?? 0}&modified_before=${local}`)).toEqual([]);
  });

  it('filters by creation, both bounds exclusive', async () => {
    const [order] = (await list(BOOKS, 'status=processing&per_page=1')).orders;
    const include = `include=${order?.id ?? 0}&dates_are_gmt=true`;
    const created = order?.date_created_gmt ?? '';
    const shifted = (by: number): string => new Date(Date.parse(`${created}Z`) + by * 1000).toISOString().slice(0, 19);
    expect(await page(BOOKS, `${include}&after=${shifted(-1)}&before=${shifted(1)}`)).toEqual([order?.id]);
    expect(await page(BOOKS, `${include}&after=${created}`)).toEqual([]);
    expect(await page(BOOKS, `${include}&before=${created}`)).toEqual([]);
  });

  it('gets one order and its refunds', async () => {
    const [order] = (await list(BOOKS, 'status=refunded&per_page=1')).orders;
    const path = `/orders/${order?.id ?? 0}`;
    const one = await api(BOOKS, `${path}?_fields=id`, { headers: basic(books) });
    expect(Object.keys((await one.json()) as object)).toEqual(['id', '_links']);
    expect(one.headers.get('allow')).toBe('GET, POST, PUT, PATCH, DELETE');
    const response = await api(BOOKS, `${path}/refunds`, { headers: basic(books) });
    const refunds = (await response.json()) as { id: number; amount: string }[];
    expect([response.headers.get('x-wp-total'), refunds.length]).toEqual(['1', 1]);
    const single = await api(BOOKS, `${path}/refunds/${refunds[0]?.id ?? 0}`, { headers: basic(books) });
    expect(await single.json()).toEqual(refunds[0]);
    const [other] = await page(BOOKS, 'status=pending&per_page=1');
    const wrong = await api(BOOKS, `/orders/${other ?? 0}/refunds/${refunds[0]?.id ?? 0}`, { headers: basic(books) });
    expect([wrong.status, await wrong.json()]).toEqual([
      500,
      { code: 'woocommerce_rest_invalid_order_refund_id', message: 'Invalid order refund ID.', data: 404 },
    ]);
  });

  it('spoils one record when ordered to, once', async () => {
    sandbox.breakNextRecord();
    const spoilt = (await list(BOOKS, 'per_page=5')).orders;
    expect(spoilt.filter((order) => 'line_items' in order && order.line_items === null)).toHaveLength(1);
    expect(
      (await list(BOOKS, 'per_page=5')).orders.every((order) => 'line_items' in order && order.line_items !== null),
    ).toBe(true);
  });
});
