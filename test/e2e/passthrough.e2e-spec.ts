import { beforeAll, describe, expect, it } from 'vitest';
import { startSystem, type System, type TestApp } from '../system.js';
import { type ApiClient, apiClient } from './api-client.js';
import { connectShopify, USD_SHOP } from './shopify-way.js';
import { connectWooCommerce, TEA } from './woocommerce-way.js';

let system: System;
let app: TestApp;
let api: ApiClient;
let shopify: string;
let woocommerce: string;
beforeAll(async () => {
  system = await startSystem({ tap: true });
  app = system.tenants[0].app;
  api = apiClient(system, app);
  shopify = (await connectShopify(system, app, { shop: USD_SHOP })).id;
  woocommerce = (await connectWooCommerce(system, app, { host: TEA })).id;
  return () => system.stop();
});

const call = (store: string, body: object) => api.call('POST', `/v1/stores/${store}/passthrough`, body);

describe('a raw call', () => {
  it('is signed for the caller and answered as the platform answers', async () => {
    const query = '{ shop { name } }';
    const graphql = await call(shopify, { method: 'POST', path: 'admin/api/2026-10/graphql.json', body: { query } });
    expect(graphql.json).toMatchObject({
      status: 200,
      body: { data: { shop: { name: expect.any(String) as unknown } } },
    });
    const rest = await call(woocommerce, { path: 'wp-json/wc/v3/orders', query: { per_page: 1 } });
    expect(rest.json).toMatchObject({ status: 200, body: [{ id: expect.any(Number) as unknown }] });
  });

  it('gives a refusal of the platform as what it is', async () => {
    const { status, json } = await call(woocommerce, { path: 'wp-json/wc/v3/orders', query: { per_page: 1000 } });
    expect([status, json]).toEqual([
      200,
      expect.objectContaining({
        status: 400,
        body: expect.objectContaining({ code: 'rest_invalid_param' }) as unknown,
      }),
    ]);
  });

  it.each([
    '/wp-json/wc/v3/orders',
    '//evil.example/wp-json/wc/v3/orders',
    'https://evil.example/wp-json/wc',
    'wp-json/wc/../../../etc/passwd',
    'wp-json/wc/..%2f..%2fadmin',
    'wp-json/wc/%2e%2e/%2e%2e/admin',
    'wp-json/wc/./v3/orders',
    'wp-json/wc//evil',
    'wp-json/wc\\..\\admin',
    'wp-json/wc/v3/orders?x=1',
    'wp-json/wc/v3/orders#x',
    'wp-json/wc/v3/or ders',
    'wp-json/wc/v3/orders\r\nhost: evil.example',
    'wp-json/wc/v3/\u202eorders',
    'wp-json/wc/%00',
    'wp-admin/users.php',
    'wp-json/wp/v2/users',
    '',
  ])('case 134: to %j is refused before anything is sent', async (path) => {
    const since = system.exchanges.length;
    const { status, json } = await call(woocommerce, { path });
    expect([status, json]).toEqual([400, expect.objectContaining({ code: 'request_invalid' })]);
    // What the worker does about webhooks meanwhile is its own business.
    expect(system.exchanges.slice(since).filter((one) => !/webhook/i.test(one.path + one.body))).toEqual([]);
  });

  it.each([
    { headers: { host: 'evil.example' } },
    { host: 'evil.example' },
    { url: 'https://evil.example' },
    { method: 'TRACE' },
  ])('case 128: cannot say %j', async (more) => {
    const { status } = await call(woocommerce, { path: 'wp-json/wc/v3/orders', ...more });
    expect(status).toBe(400);
  });

  it('needs its own scope, and the right to personal data that it cannot mask', async () => {
    for (const scopes of [['read:orders', 'read:customers.pii'], ['passthrough']] as const) {
      const key = { ...app, apiKey: await system.addKey(app, { scopes: [...scopes] }) };
      const problem = await apiClient(system, key).problem('POST', `/v1/stores/${woocommerce}/passthrough`, {
        path: 'wp-json/wc/v3/orders',
      });
      expect([problem.status, problem.code]).toEqual([403, 'scope_missing']);
    }
  });

  it('is logged without its query, its body or a credential', () => {
    const lines = system.logLines.filter((line) => line.includes('platform call') && line.includes('graphql.json'));
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) expect(line).not.toMatch(/shop \{ name \}|shp[a-z]+_/);
  });

  it('case 137: gets no cookie and no foreign header of the platform', async () => {
    const { json } = await call(woocommerce, { path: 'wp-json/wc/v3/orders', query: { per_page: 1 } });
    const { headers } = json as { headers: Record<string, string> };
    for (const name of Object.keys(headers)) expect(name).not.toMatch(/cookie|authorization|link/i);
  });
});
