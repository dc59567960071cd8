import '@shopify/shopify-api/adapters/node';
import { createServer } from 'node:http';
import { ApiVersion, shopifyApi, type Shopify } from '@shopify/shopify-api';
import { setAbstractFetchFunc } from '@shopify/shopify-api/runtime';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import {
  CLIENT,
  createTestClock,
  readGrant,
  startShopify,
  USD_SHOP,
  type RunningShopify,
} from './testing/running-shopify.js';

// The vendor's own client as an independent judge. It speaks to https://{shop}; its fetch is led to the sandbox instead.
let running: RunningShopify;
let shopify: Shopify;

beforeAll(async () => {
  running = await startShopify({}, createTestClock(new Date().toISOString()));
  setAbstractFetchFunc((input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    expect(url.protocol).toBe('https:');
    return fetch(`${running.url}/${url.host}${url.pathname}${url.search}`, init);
  });
  shopify = shopifyApi({
    apiKey: CLIENT.clientId,
    apiSecretKey: CLIENT.secret,
    scopes: ['read_orders', 'read_customers'],
    hostName: '127.0.0.1:3999',
    hostScheme: 'http',
    apiVersion: ApiVersion.October25,
    isEmbeddedApp: false,
    logger: { log: () => undefined },
  });
});
afterAll(() => running.sandbox.close());

test('accepts the signature of our callback and refuses a changed one', async () => {
  const redirect = await running.consent(USD_SHOP, 'read_orders');
  const query = Object.fromEntries(new URL(redirect.headers.get('location') ?? '').searchParams);
  expect(await shopify.utils.validateHmac(query)).toBe(true);
  expect(await shopify.utils.validateHmac({ ...query, shop: 'other.myshopify.com' })).toBe(false);
  expect(shopify.utils.sanitizeShop(query['shop'] ?? '')).toBe(USD_SHOP);
  expect(shopify.utils.sanitizeHost(query['host'] ?? '')).toBe(query['host']);
});

test('refreshes a token', async () => {
  const grant = await readGrant(
    await running.token(USD_SHOP, { code: await running.codeFor(USD_SHOP, 'read_orders'), expiring: '1' }),
  );
  const { session } = await shopify.auth.refreshToken({ shop: USD_SHOP, refreshToken: grant.refresh_token ?? '' });
  expect(session.accessToken).toMatch(/^shpat_/);
  expect(session.refreshToken).not.toBe(grant.refresh_token);
  expect(session.isActive(['read_orders'])).toBe(true);
});
