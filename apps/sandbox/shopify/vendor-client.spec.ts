import '@shopify/shopify-api/adapters/node';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApiVersion, shopifyApi, type Session } from '@shopify/shopify-api';
import { setAbstractFetchFunc } from '@shopify/shopify-api/runtime';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CLIENT, createTestClock, startShopify, USD_SHOP, type RunningShopify } from './testing/running-shopify.js';

// The vendor's own library as an independent judge: its begin and callback of the consent flow, its check of our signature, its refresh
// and its GraphQL client. It speaks to https://{shop}; its requests are led to the sandbox's folder of that name.
const CALLBACK = '/connect/callback';
/** The library takes anything shorter for a robot and refuses it. */
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36';

let running: RunningShopify;
let app: Server;
let appUrl: string;
let shopify: ReturnType<typeof libraryFor>;
let session: Session;

function standIn(address: string): string {
  const url = new URL(address);
  expect(url.protocol).toBe('https:');
  return `${running.url}/${url.host}${url.pathname}${url.search}`;
}

function libraryFor(hostName: string) {
  return shopifyApi({
    apiKey: CLIENT.clientId,
    apiSecretKey: CLIENT.secret,
    scopes: ['read_orders', 'read_customers', 'write_products'],
    hostName,
    hostScheme: 'http',
    apiVersion: ApiVersion.July26,
    isEmbeddedApp: false,
    logger: { log: () => undefined },
  });
}

async function serveApp(rawRequest: IncomingMessage, rawResponse: ServerResponse): Promise<void> {
  if (!rawRequest.url?.startsWith(CALLBACK)) {
    await shopify.auth.begin({ shop: USD_SHOP, callbackPath: CALLBACK, isOnline: false, rawRequest, rawResponse });
    return;
  }
  const finished = await shopify.auth.callback({ rawRequest, rawResponse, expiring: true });
  session = finished.session;
  rawResponse.end('connected');
}

beforeAll(async () => {
  running = await startShopify({}, createTestClock(new Date().toISOString()));
  setAbstractFetchFunc((input, init) => fetch(standIn(input instanceof Request ? input.url : String(input)), init));
  app = createServer((request, response) => {
    serveApp(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
  // A TCP server's address is never a text.
  const { port } = app.address() as AddressInfo;
  appUrl = `http://127.0.0.1:${port}`;
  shopify = libraryFor(`127.0.0.1:${port}`);
  const { clientId, secret } = CLIENT;
  await running.control('PUT', `/control/shopify/clients/${clientId}`, {
    secret,
    redirectUris: [`${appUrl}${CALLBACK}`],
  });
});

afterAll(async () => {
  app.closeAllConnections();
  await new Promise((resolve) => app.close(resolve));
  await running.sandbox.close();
});

/** What a browser does: the app's start, the consent screen, Install. */
async function consent(): Promise<{ readonly callback: string; readonly cookie: string }> {
  const begun = await fetch(`${appUrl}/`, { redirect: 'manual', headers: { 'user-agent': BROWSER } });
  const cookie = begun.headers.getSetCookie().map((one) => one.split(';')[0] ?? '');
  const page = await fetch(standIn(begun.headers.get('location') ?? ''));
  const html = await page.text();
  const [, action = ''] = /action="([^"]+)"/.exec(html) ?? [];
  const [, nonce = ''] = /name="nonce" value="([^"]+)"/.exec(html) ?? [];
  const body = new URLSearchParams({ nonce, decision: 'install' });
  const installed = await fetch(action, { method: 'POST', body, redirect: 'manual' });
  return { callback: installed.headers.get('location') ?? '', cookie: cookie.join('; ') };
}

test('completes the whole consent flow', async () => {
  const { callback, cookie } = await consent();
  const finished = await fetch(callback, { headers: { cookie, 'user-agent': BROWSER } });
  expect(await finished.text()).toBe('connected');
  expect(session.shop).toBe(USD_SHOP);
  expect(session.isActive(['read_orders', 'read_customers', 'write_products'])).toBe(true);
  expect(session.refreshToken).toMatch(/^shprt_/);
});

test('accepts the signature of our callback and refuses a changed one', async () => {
  const query = Object.fromEntries(new URL((await consent()).callback).searchParams);
  expect(await shopify.utils.validateHmac(query)).toBe(true);
  expect(await shopify.utils.validateHmac({ ...query, shop: 'other.myshopify.com' })).toBe(false);
  expect(shopify.utils.sanitizeShop(query['shop'] ?? '')).toBe(USD_SHOP);
  expect(shopify.utils.sanitizeHost(query['host'] ?? '')).toBe(query['host']);
});

test('reads orders with its GraphQL client, before and after a refresh', async () => {
  const query =
    '{ shop { currencyCode } orders(first: 2) { nodes { id name totalPriceSet { shopMoney { amount } } } } }';
  const first = await new shopify.clients.Graphql({ session }).request(query);
  expect(first.data).toMatchObject({
    shop: { currencyCode: 'USD' },
    orders: { nodes: [{ name: '#1009' }, { name: '#1010' }] },
  });
  const refreshed = await shopify.auth.refreshToken({ shop: USD_SHOP, refreshToken: session.refreshToken ?? '' });
  expect(refreshed.session.accessToken).not.toBe(session.accessToken);
  const second = await new shopify.clients.Graphql({ session: refreshed.session }).request(query);
  expect(second.data).toEqual(first.data);
});

test('writes a product with its GraphQL client and is told what is wrong with another', async () => {
  const client = new shopify.clients.Graphql({ session });
  const create = `mutation($product: ProductCreateInput!) { productCreate(product: $product) {
    product { title handle } userErrors { field message } } }`;
  const made = await client.request(create, { variables: { product: { title: 'Sextant' } } });
  expect(made.data).toEqual({ productCreate: { product: { title: 'Sextant', handle: 'sextant' }, userErrors: [] } });
  const refused = await client.request(create, { variables: { product: { title: '' } } });
  expect(refused.data).toEqual({
    productCreate: { product: null, userErrors: [{ field: ['title'], message: "Title can't be blank" }] },
  });
  const found = await client.request('{ products(first: 2, query: "title:sextant") { nodes { handle } } }');
  expect(found.data).toEqual({ products: { nodes: [{ handle: 'sextant' }] } });
});

test('understands our errors', async () => {
  const client = new shopify.clients.Graphql({ session });
  await expect(client.request('{ shop { nothing } }')).rejects.toThrow("Field 'nothing' doesn't exist on type 'Shop'");
  await running.control('DELETE', `/control/grants/${USD_SHOP}`);
  await expect(client.request('{ shop { name } }')).rejects.toMatchObject({ response: { code: 401 } });
  await expect(shopify.auth.refreshToken({ shop: USD_SHOP, refreshToken: 'shprt_gone' })).rejects.toMatchObject({
    response: { code: 401, body: { error: 'invalid_request' } },
  });
});
