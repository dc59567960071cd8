import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { CLIENT, readGrant, startShopify, USD_SHOP, type RunningShopify } from '../testing/running-shopify.js';
import { callbackHmac } from './callback-hmac.js';

const REDIRECT = CLIENT.redirectUris[0];
const TERMINAL = { error: 'invalid_request', error_description: 'This request requires an active refresh_token' };

let running: RunningShopify;
beforeEach(async () => void (running = await startShopify()));
afterEach(() => running.sandbox.close());

const authorize = (query: Record<string, string>): Promise<Response> =>
  fetch(`${running.url}/${USD_SHOP}/admin/oauth/authorize?${new URLSearchParams(query).toString()}`);

describe('the consent screen', () => {
  test('names the shop, the app and the scopes, escaped, in a form that needs no script', async () => {
    const page = await authorize({
      client_id: CLIENT.clientId,
      redirect_uri: REDIRECT,
      scope: 'read_orders,write_customers',
      state: 's',
    });
    const html = await page.text();
    expect(page.status).toBe(200);
    expect(html).toContain('North Harbor Outfitters');
    expect(html).toContain('Shopspan &lt;test&gt;');
    expect(html).toContain('View orders');
    expect(html).toContain('Edit customers');
    expect(html).toContain(`action="${running.url}/${USD_SHOP}/admin/oauth/authorize"`);
    expect(html).not.toContain('<script');
  });

  test.each([
    [
      { client_id: 'nobody', redirect_uri: REDIRECT, scope: '' },
      'Could not find Shopify API application with api_key nobody',
    ],
    [{ client_id: CLIENT.clientId, redirect_uri: `${REDIRECT}/`, scope: '' }, 'The redirect_uri is not whitelisted'],
    [{ client_id: CLIENT.clientId, redirect_uri: REDIRECT, scope: 'orders' }, 'Oauth error invalid_scope'],
    [{ client_id: '<b>', redirect_uri: REDIRECT, scope: '' }, '&lt;b&gt;'],
  ])('answers a wrong request with a page: %o', async (query, text) => {
    const page = await authorize(query);
    expect(page.status).toBe(400);
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(await page.text()).toContain(text);
  });

  test('Install leads back with a signed callback', async () => {
    const redirect = await running.consent(USD_SHOP, 'read_orders');
    expect(redirect.status).toBe(302);
    const url = new URL(redirect.headers.get('location') ?? '');
    expect(url.origin + url.pathname).toBe(REDIRECT);
    const { hmac, ...signed } = Object.fromEntries(url.searchParams);
    expect(Object.keys(signed).sort()).toEqual(['code', 'host', 'shop', 'state', 'timestamp']);
    expect(hmac).toBe(callbackHmac(signed, CLIENT.secret));
    expect(signed).toMatchObject({
      shop: USD_SHOP,
      state: 'st4te',
      timestamp: String(running.clock.now().getTime() / 1000),
    });
    expect(Buffer.from(signed['host'] ?? '', 'base64').toString()).toBe(
      'admin.shopify.com/store/north-harbor-outfitters',
    );
  });

  test('Cancel leads to the admin and calls nobody', async () => {
    const redirect = await running.consent(USD_SHOP, 'read_orders', 'cancel');
    expect(redirect.headers.get('location')).toBe(`${running.url}/${USD_SHOP}/admin`);
    expect(await (await fetch(redirect.headers.get('location') ?? '')).text()).toContain('No apps are installed');
  });

  test('a form can be sent once, and only one the screen gave out', async () => {
    const page = await authorize({ client_id: CLIENT.clientId, redirect_uri: REDIRECT, scope: '' });
    const nonce = /value="([0-9a-f]{32})"/.exec(await page.text())?.[1] ?? '';
    const send = (value: string, host = USD_SHOP): Promise<Response> =>
      fetch(`${running.url}/${host}/admin/oauth/authorize`, {
        method: 'POST',
        body: new URLSearchParams({ nonce: value, decision: 'install' }),
        redirect: 'manual',
      });
    expect((await send('0'.repeat(32))).status).toBe(400);
    expect((await send(nonce)).status).toBe(302);
    expect((await send(nonce)).status).toBe(400);
  });

  test('the merchant can uninstall an app', async () => {
    const grant = await running.connect(USD_SHOP);
    expect(await (await fetch(`${running.url}/${USD_SHOP}/admin`)).text()).toContain('Shopspan &lt;test&gt;');
    await fetch(`${running.url}/${USD_SHOP}/admin/apps/uninstall`, {
      method: 'POST',
      body: new URLSearchParams({ client_id: CLIENT.clientId }),
    });
    expect((await running.graphql(USD_SHOP, grant.access_token, '{ shop { id } }')).status).toBe(401);
    expect((await running.refresh(USD_SHOP, grant.refresh_token ?? '')).status).toBe(401);
  });
});

describe('the token endpoint', () => {
  test('gives an expiring pair for a code, without a token type', async () => {
    const code = await running.codeFor(USD_SHOP, 'read_orders,write_orders,read_customers');
    const response = await running.token(USD_SHOP, { code, expiring: '1' });
    expect(response.status).toBe(200);
    z.strictObject({
      access_token: z.string().regex(/^shpat_[0-9a-f]{32}$/),
      scope: z.literal('write_orders,read_customers'),
      expires_in: z.literal(3_600),
      refresh_token: z.string().regex(/^shprt_[0-9a-f]{32}$/),
      refresh_token_expires_in: z.literal(7_776_000),
    }).parse(await response.json());
  });

  test('gives a lasting token without expiring=1', async () => {
    const code = await running.codeFor(USD_SHOP, 'read_orders');
    const answer: unknown = await (await running.token(USD_SHOP, { code })).json();
    expect(Object.keys(z.looseObject({}).parse(answer))).toEqual(['access_token', 'scope']);
  });

  test('takes a form as well as JSON', async () => {
    const code = await running.codeFor(USD_SHOP, 'read_orders');
    const response = await fetch(`${running.url}/${USD_SHOP}/admin/oauth/access_token`, {
      method: 'POST',
      headers: { accept: 'application/json' },
      body: new URLSearchParams({ client_id: CLIENT.clientId, client_secret: CLIENT.secret, code, expiring: '1' }),
    });
    expect(await response.json()).toHaveProperty('refresh_token');
  });

  test('refuses a code the second time', async () => {
    const code = await running.codeFor(USD_SHOP, 'read_orders');
    await running.token(USD_SHOP, { code, expiring: '1' });
    const again = await running.token(USD_SHOP, { code, expiring: '1' });
    expect(again.status).toBe(400);
    expect(await again.json()).toMatchObject({ error: 'invalid_request' });
  });

  test('answers a retried refresh with the same pair and a superseded one with the terminal 401', async () => {
    const { refresh_token: first = '' } = await running.connect(USD_SHOP);
    const [one, two] = await Promise.all([running.refresh(USD_SHOP, first), running.refresh(USD_SHOP, first)]);
    const second = await readGrant(one);
    expect(await readGrant(two)).toEqual(second);
    const used = await running.refresh(USD_SHOP, second.refresh_token ?? '');
    expect(used.status).toBe(200);
    const late = await running.refresh(USD_SHOP, first);
    expect([late.status, await late.json()]).toEqual([401, TERMINAL]);
  });

  test.each([
    [{ client_id: 'nobody' }, 400, 'application_cannot_be_found'],
    [{ client_secret: 'wrong' }, 400, 'invalid_client'],
    [{ grant_type: 'client_credentials' }, 400, 'shop_not_permitted'],
    [{ code: '' }, 400, 'invalid_request'],
    [{ grant_type: 'refresh_token' }, 400, 'invalid_request'],
    [{ grant_type: 'refresh_token', refresh_token: 'shprt_no' }, 401, 'invalid_request'],
  ])('refuses %o with %i %s', async (body, status, error) => {
    const response = await running.token(USD_SHOP, body);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ error });
  });

  test('refuses with a page when the caller does not ask for JSON', async () => {
    const response = await fetch(`${running.url}/${USD_SHOP}/admin/oauth/access_token`, {
      method: 'POST',
      body: new URLSearchParams({ client_id: CLIENT.clientId, client_secret: CLIENT.secret, code: 'x' }),
    });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('Oauth error invalid_request');
  });

  test.each([['{'], ['[]'], ['{"code":{"a":1}}'], ['null'], ['"x"']])('survives the body %s', async (body) => {
    const response = await fetch(`${running.url}/${USD_SHOP}/admin/oauth/access_token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body,
    });
    expect(response.status).toBe(400);
  });
});
