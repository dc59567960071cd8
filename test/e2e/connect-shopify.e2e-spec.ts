import { beforeAll, describe, expect, it } from 'vitest';
import { registerClient, RETURN_ORIGIN, startSystem, type System, type TestApp } from '../system.js';
import { apiClient } from './api-client.js';
import { createMerchantBrowser } from './merchant-browser.js';
import { readLedger } from './sandbox-ledger.js';
import {
  agreeAtShopify,
  CALLBACK,
  connectShopify,
  EUR_SHOP,
  JPY_SHOP,
  KWD_SHOP,
  reachShopifyConsent,
  USD_SHOP,
} from './shopify-way.js';

let system: System;
beforeAll(async () => {
  system = await startSystem();
  return () => system.stop();
});

/** An app that nothing else of this file uses, with a client of its own. */
async function freshApp(clientId: string): Promise<TestApp> {
  const app = await system.addApp(system.tenants[0].id, { name: `App of ${clientId}`, mode: 'test' });
  await registerClient(system, app, clientId);
  return app;
}

async function storesOf(app: TestApp) {
  return await apiClient(system, app).stores();
}

describe('a merchant connects a shop', () => {
  it('goes the whole way: the store appears and its orders can be read', async () => {
    const app = await freshApp('whole-way');
    const api = apiClient(system, app);
    const { url: link } = await api.createSession({ access: ['read:orders'], externalId: 'merchant 17' });
    const browser = createMerchantBrowser();
    const choice = await browser.open(link);
    expect([choice.status, choice.text]).toEqual([200, expect.stringContaining(`Connect your shop to ${app.name}`)]);
    const form = await browser.click(choice, 'Shopify');
    expect(form.text).toContain('Orders, with shipments and refunds');
    const consent = await browser.submit(form.forms[0], { shop: 'North-Harbor-Outfitters' });
    expect(consent.text).toContain(`Install ${app.name} on North Harbor Outfitters`);
    const callback = await browser.submitUntil(consent.forms[0], { decision: 'install' }, CALLBACK);
    const end = await browser.open(callback);
    expect([end.status, end.title]).toEqual([200, 'Your shop is connected']);

    const [store, ...others] = await api.stores();
    expect(others).toEqual([]);
    expect(store).toMatchObject({ platform: 'shopify', name: 'North Harbor Outfitters', domain: USD_SHOP });
    expect(store).toMatchObject({ currency: 'USD', timezone: 'America/New_York', status: 'active' });
    expect(store).toMatchObject({ externalId: 'merchant 17', mode: 'test' });
    expect(store?.scopesGranted).toContain('read_orders');
    const { data } = await api.orders(`store=${store?.id ?? ''}&limit=3`);
    expect(data.map(({ storeId }) => storeId)).toEqual([store?.id, store?.id, store?.id]);
  });

  it('shows the same end when the callback is loaded again, and does nothing twice', async () => {
    const app = await freshApp('reload');
    const { browser, link, callback } = await agreeAtShopify(system, app, { shop: EUR_SHOP });
    const [first, again] = [await browser.open(callback), await browser.open(callback)];
    expect([again.status, again.text]).toEqual([200, first.text]);
    expect(await storesOf(app)).toHaveLength(1);
    const codes = (await readLedger(system, EUR_SHOP)).filter(({ kind }) => kind === 'code');
    expect(codes.map(({ outcome }) => outcome)).toEqual(['issued']);

    const reopened = await createMerchantBrowser().open(link);
    expect(reopened.title).toBe('Connected already');
    expect(reopened.forms).toEqual([]);
  });

  it('ends on the app, when two callbacks race, with one connection and no error', async () => {
    const app = await freshApp('race');
    const { browser, callback } = await agreeAtShopify(system, app, { shop: JPY_SHOP });
    const pages = await Promise.all([browser.open(callback), browser.open(callback)]);
    for (const { status, title } of pages) {
      expect([status, ['Your shop is connected', 'Almost done'].includes(title)]).toEqual([200, true]);
    }
    expect(await storesOf(app)).toHaveLength(1);
    expect((await browser.open(callback)).title).toBe('Your shop is connected');
  });

  it('leaves nothing when the merchant cancels, and lets them try again', async () => {
    const app = await freshApp('cancel');
    const { browser, link, consent } = await reachShopifyConsent(system, app, { shop: KWD_SHOP });
    const away = await browser.submit(consent.forms[0], { decision: 'cancel' });
    expect(away.text).toContain('No apps are installed');
    expect(await storesOf(app)).toEqual([]);
    const again = await browser.submit((await browser.open(link)).forms[0], { shop: KWD_SHOP });
    const end = await browser.submit(again.forms[0], { decision: 'install' });
    expect(end.title).toBe('Your shop is connected');
  });

  it('says so when the platform reports a refusal, and uses the attempt up', async () => {
    const app = await freshApp('declined');
    const { browser, link, callback } = await agreeAtShopify(system, app, { shop: USD_SHOP });
    const refusal = new URL(callback);
    refusal.search = `?error=access_denied&state=${refusal.searchParams.get('state') ?? ''}`;
    const page = await browser.open(refusal.href);
    expect([page.status, page.title]).toEqual([200, 'Not connected']);
    expect(page.links).toContainEqual({ text: 'Try again', href: link });
    expect((await browser.open(callback)).title).toBe('Not connected');
    expect(await storesOf(app)).toEqual([]);
  });
});

describe('the way back to the app', () => {
  it('leads to the address the app gave, with the outcome', async () => {
    const app = await freshApp('way-back');
    const session = { returnUrl: `${RETURN_ORIGIN}/done?tab=shops` };
    const { browser, callback } = await agreeAtShopify(system, app, { shop: USD_SHOP, session });
    const end = await browser.open(callback);
    const [store] = await storesOf(app);
    const { origin, pathname, searchParams } = new URL(end.url);
    expect([end.status, origin, pathname]).toEqual([303, RETURN_ORIGIN, '/done']);
    expect(Object.fromEntries(searchParams)).toEqual({
      tab: 'shops',
      status: 'connected',
      store: store?.id,
      connectSession: expect.stringMatching(/^ses_[0-9a-f]{32}$/),
    });
  });

  it.each([
    'https://evil.example/done',
    'https://app.example.evil.example/',
    'https://app.example@evil.example/',
    'http://app.example/',
    'https://app.example:8443/',
    '//evil.example/',
    '\\\\evil.example\\',
    'https://app.example\\@evil.example/',
    'javascript:alert(1)',
    'data:text/html,x',
    'not an address',
    '',
  ])('refuses %j as the address to return to', async (returnUrl) => {
    const problem = await apiClient(system, system.tenants[0].app).problem('POST', '/v1/connect-sessions', {
      returnUrl,
    });
    expect([problem.status, problem.code, problem.fields?.[0]?.path]).toEqual([400, 'request_invalid', 'returnUrl']);
  });
});

describe('the same shop again', () => {
  it('renews the store of the same app', async () => {
    const app = await freshApp('again');
    const first = await connectShopify(system, app, { shop: EUR_SHOP });
    const second = await connectShopify(system, app, { shop: EUR_SHOP });
    expect(second.id).toBe(first.id);
    expect(await storesOf(app)).toHaveLength(1);
    expect((await apiClient(system, app).orders(`store=${first.id}&limit=1`)).data).toHaveLength(1);
  });

  it('is refused to another app with the same client, whose own connection goes on working', async () => {
    const first = await system.addApp(system.tenants[0].id, { name: 'First', mode: 'test' });
    const second = await system.addApp(system.tenants[1].id, { name: 'Second', mode: 'test' });
    const { callbackUrl, secret } = await registerClient(system, first, 'shared');
    await registerClient(system, second, 'shared', { secret, sharedWith: [callbackUrl] });
    const { browser, callback } = await agreeAtShopify(system, second, { shop: USD_SHOP });
    const store = await connectShopify(system, first, { shop: USD_SHOP });

    const page = await browser.open(callback);
    expect([page.status, page.text]).toEqual([409, expect.stringContaining('connected already with the same client')]);
    const { consent: form } = await reachShopifyConsent(system, second, { shop: USD_SHOP });
    expect([form.status, form.url]).toEqual([409, expect.stringContaining(`${system.url}/connect/`)]);
    expect(form.text).toContain(`${USD_SHOP} is connected already with the same client`);
    expect(await storesOf(second)).toEqual([]);
    // The platform keeps one token pair per client and shop: had the second code been redeemed, the first were dead.
    expect((await apiClient(system, first).orders(`store=${store.id}&limit=1`)).data).toHaveLength(1);
    expect((await apiClient(system, first).store(store.id)).status).toBe('active');
  });

  it('is another store for an app with a client of its own', async () => {
    const [one, two] = [await freshApp('one-of-two'), await freshApp('two-of-two')];
    const stores = [
      await connectShopify(system, one, { shop: JPY_SHOP }),
      await connectShopify(system, two, { shop: JPY_SHOP }),
    ];
    expect(new Set(stores.map(({ id }) => id)).size).toBe(2);
    for (const [index, app] of [one, two].entries()) {
      const id = stores[index]?.id ?? '';
      expect((await apiClient(system, app).orders(`store=${id}&limit=1`)).data).toHaveLength(1);
    }
  });
});
