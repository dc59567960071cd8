import { beforeAll, beforeEach, expect, it } from 'vitest';
import { registerClient, startSystem, type System, type TestApp } from '../system.js';
import { apiClient } from './api-client.js';
import { agreeAtShopify, USD_SHOP } from './shopify-way.js';

const TOKEN_ENDPOINT = '/admin/oauth/access_token';
const API = '/admin/api/';

let system: System;
let app: TestApp;
beforeAll(async () => {
  system = await startSystem();
  return () => system.stop();
});
beforeEach(async (context) => {
  app = await system.addApp(system.tenants[0].id, { name: 'Acme & Söhne', mode: 'test' });
  await registerClient(system, app, `client-${context.task.id}`);
  return () => system.control('DELETE', `/control/faults/${USD_SHOP}`);
});

const HTML = '<!doctype html><title>502</title><script>alert(1)</script>';
// An access token in an error must not be repeated.
const LEAK = { error: 'server_error', error_description: 'shpat_0123456789abcdef0123456789abcdef is bad' };

it.each([
  ['500 with JSON', 503, { kind: 'status', status: 500, body: LEAK, path: TOKEN_ENDPOINT }],
  ['a page', 503, { kind: 'html', path: TOKEN_ENDPOINT }],
  ['200 with a page', 502, { kind: 'status', status: 200, body: HTML, path: TOKEN_ENDPOINT }],
  ['200 without a token', 502, { kind: 'status', status: 200, body: { scope: 'read_orders' }, path: TOKEN_ENDPOINT }],
  ['429', 429, { kind: 'status', status: 429, body: { error: 'slow_down' }, path: TOKEN_ENDPOINT }],
  ['no answer', 503, { kind: 'down', path: TOKEN_ENDPOINT }],
  ['half an answer', 503, { kind: 'reset', path: TOKEN_ENDPOINT }],
  ['a token, and the shop itself is out', 503, { kind: 'html', path: API }],
])('stores nothing when the platform answers %s, and a new try works', async (_what, status, fault) => {
  const { browser, callback, link } = await agreeAtShopify(system, app, { shop: USD_SHOP });
  await system.control('PUT', `/control/faults/${USD_SHOP}`, fault);
  const page = await browser.open(callback);
  expect([page.status, page.title]).toEqual([status, 'Your shop could not be connected']);
  expect(page.html).not.toMatch(/<script(?! src="\/connect\/screen\.js")|shpat_|shprt_|at \w+ \(|SELECT /);
  expect(page.links).toEqual([{ text: 'Try again', href: link }]);
  expect(await apiClient(system, app).stores()).toEqual([]);
  const reloaded = await browser.open(callback);
  expect([reloaded.status, reloaded.title]).toEqual([400, 'Your shop could not be connected']);

  await system.control('DELETE', `/control/faults/${USD_SHOP}`);
  const consent = await browser.submit((await browser.click(page, 'Try again')).forms[0], { shop: USD_SHOP });
  const end = await browser.submit(consent.forms[0], { decision: 'install' });
  expect([end.status, end.title]).toEqual([200, 'Your shop is connected']);
});

it('waits for a slow platform', async () => {
  const { browser, callback } = await agreeAtShopify(system, app, { shop: USD_SHOP });
  const slow = { kind: 'slow', delayMs: 2500, count: 1, path: TOKEN_ENDPOINT };
  await system.control('PUT', `/control/faults/${USD_SHOP}`, slow);
  const arriving = browser.open(callback);
  const reloads = await Promise.all([browser.open(callback), browser.open(callback)]);
  // Whoever loads the page again meanwhile is told to wait, and asks nothing of the platform.
  expect([await arriving, ...reloads].filter(({ title }) => title === 'Almost done')).toHaveLength(2);
  expect((await browser.open(callback)).title).toBe('Your shop is connected');
  expect(await apiClient(system, app).stores()).toHaveLength(1);
});

it('tells the merchant and the operator when the platform does not know the app’s secret', async () => {
  const { browser, callback } = await agreeAtShopify(system, app, { shop: USD_SHOP });
  // Rotated at the platform only: the callback is still signed with the secret that both sides know.
  const refused = { error: 'invalid_client', error_description: 'The client secret is not valid' };
  await system.control('PUT', `/control/faults/${USD_SHOP}`, {
    ...{ kind: 'status', status: 400, body: refused, path: TOKEN_ENDPOINT },
  });
  const page = await browser.open(callback);
  expect([page.status, page.text]).toEqual([409, expect.stringContaining('does not accept the client')]);
  expect(await apiClient(system, app).stores()).toEqual([]);
});

it('says that the app has no client at the platform yet, before anybody is sent away', async () => {
  const bare = await system.addApp(system.tenants[0].id, { name: 'Bare', mode: 'test' });
  const { url: link } = await apiClient(system, bare).createSession({ platform: 'shopify' });
  const { browser } = await agreeAtShopify(system, app, { shop: USD_SHOP });
  const page = await browser.submit((await browser.open(link)).forms[0], { shop: USD_SHOP });
  expect([page.status, page.text]).toEqual([422, expect.stringContaining('has no client at Shopify yet')]);
});

it('sends the merchant of an app in live mode to the genuine platform, never to the sandbox', async () => {
  await registerClient(system, system.live, 'live-client');
  const { url: link } = await apiClient(system, system.live).createSession({ platform: 'shopify' });
  const { browser } = await agreeAtShopify(system, app, { shop: USD_SHOP });
  const away = await browser.submit((await browser.open(link)).forms[0], { shop: USD_SHOP });
  const { origin, pathname, searchParams } = new URL(away.url);
  expect([away.status, origin, pathname]).toEqual([303, `https://${USD_SHOP}`, '/admin/oauth/authorize']);
  expect(searchParams.get('client_id')).toBe('live-client');
});
