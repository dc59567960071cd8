import { z } from 'zod';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CLIENT, EUR_SHOP, startShopify, USD_SHOP, type RunningShopify } from '../testing/running-shopify.js';
import { callbackHmac } from './callback-hmac.js';

const APP_URL = 'http://127.0.0.1:3999/app?from=store';

let running: RunningShopify;
beforeEach(async () => {
  running = await startShopify();
  const { clientId, ...registration } = CLIENT;
  const more = { appUrl: APP_URL, ownShops: [USD_SHOP] };
  await running.control('PUT', `/control/shopify/clients/${clientId}`, { ...registration, ...more });
});
afterEach(() => running.sandbox.close());

const install = (clientId: string = CLIENT.clientId) =>
  fetch(`${running.url}/${USD_SHOP}/admin/apps/install?client_id=${clientId}`, { redirect: 'manual' });
const ask = (host: string) => running.token(host, { grant_type: 'client_credentials' });

describe('the app store', () => {
  test('sends the merchant to the app, signed', async () => {
    const url = new URL((await install()).headers.get('location') ?? '');
    const { hmac, ...signed } = Object.fromEntries(url.searchParams);
    expect(url.origin + url.pathname).toBe('http://127.0.0.1:3999/app');
    expect(signed).toMatchObject({ from: 'store', shop: USD_SHOP, timestamp: expect.stringMatching(/^\d+$/) });
    expect(Buffer.from(signed['host'] ?? '', 'base64').toString()).toBe(
      'admin.shopify.com/store/north-harbor-outfitters',
    );
    expect(hmac).toBe(callbackHmac(signed, CLIENT.secret));
  });

  test('is linked on the first page', async () => {
    const page = await (await fetch(`${running.url}/`)).text();
    expect(page).toContain(`/${USD_SHOP}/admin/apps/install?client_id=${CLIENT.clientId}`);
  });

  test('knows only apps that have an address', async () => {
    expect((await install('nobody')).status).toBe(400);
  });
});

describe('client credentials', () => {
  test('give a token of a day without a refresh token, once the app is installed', async () => {
    const early = await ask(USD_SHOP);
    expect(early.status).toBe(400);
    expect(await early.json()).toMatchObject({ error: 'app_not_installed' });
    await install();
    const granted = z.looseObject({ access_token: z.string() }).parse(await (await ask(USD_SHOP)).json());
    expect(granted).toMatchObject({ expires_in: 86_399 });
    expect(granted).not.toHaveProperty('refresh_token');
    const shop = () => running.graphql(USD_SHOP, granted.access_token, '{ shop { name } }');
    expect((await shop()).status).toBe(200);
    running.clock.advance(86_399_000);
    expect((await shop()).status).toBe(401);
  });

  test('are for shops of the app’s own developer', async () => {
    const response = await ask(EUR_SHOP);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: 'shop_not_permitted' });
  });

  test('need the right secret', async () => {
    const response = await running.token(USD_SHOP, { grant_type: 'client_credentials', client_secret: 'wrong' });
    expect(await response.json()).toMatchObject({ error: 'invalid_client' });
  });
});

describe('the token of a shop’s custom app', () => {
  const hintOf = async (host: string): Promise<string> => {
    const shopSchema = z.object({ host: z.string(), connectHint: z.string() });
    const schema = z.object({ platforms: z.array(z.object({ shops: z.array(shopSchema) })) });
    const { platforms } = schema.parse(await (await fetch(`${running.url}/shops`)).json());
    return platforms[0]?.shops.find((shop) => shop.host === host)?.connectHint ?? '';
  };
  const tokenIn = (hint: string): string => /shpat_[0-9a-f]{32}/.exec(hint)?.[0] ?? '';

  test('is shown, opens its own shop with everything, and never ends', async () => {
    const token = tokenIn(await hintOf(USD_SHOP));
    running.clock.advance(400 * 86_400_000);
    const { data } = await running.ask(USD_SHOP, token, '{ currentAppInstallation { accessScopes { handle } } }');
    expect(JSON.stringify(data)).toContain('write_orders');
    expect((await running.graphql(EUR_SHOP, token, '{ shop { name } }')).status).toBe(401);
  });

  test('dies when the merchant removes every app', async () => {
    const token = tokenIn(await hintOf(USD_SHOP));
    await running.control('DELETE', `/control/grants/${USD_SHOP}`);
    expect((await running.graphql(USD_SHOP, token, '{ shop { name } }')).status).toBe(401);
  });
});
