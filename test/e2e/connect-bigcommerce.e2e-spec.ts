import { beforeAll, describe, expect, it } from 'vitest';
import { startSystem, type System, type TestApp } from '../system.js';
import { type ApiClient, apiClient } from './api-client.js';
import { CEDAR, connectBigCommerce, panelOf, reachYes, registerBigCommerceApp, WERKSTATT } from './bigcommerce-way.js';
import { createMerchantBrowser } from './merchant-browser.js';
import { refusedThrice } from './refused-thrice.js';
import { until } from './until.js';

const CLIENT = 'bc-app';
let system: System;
let app: TestApp;
let api: ApiClient;
beforeAll(async () => {
  system = await startSystem();
  app = system.tenants[0].app;
  api = apiClient(system, app);
  await registerBigCommerceApp(system, app, CLIENT);
  return () => system.stop();
});

const panel = (hash: string, path: string) => `${system.sandboxUrl}/${panelOf(hash)}${path}`;
const bigcommerce = async () => (await api.stores()).filter(({ platform }) => platform === 'bigcommerce');
const columns = async (sql: string) => JSON.stringify(await system.sql(sql));

describe('a merchant who begins at a link', { timeout: 60_000 }, () => {
  it('chooses the shop at the platform, and says yes here', async () => {
    const { browser, screen } = await reachYes(system, app, { hash: CEDAR, session: { access: ['read:orders'] } });
    expect(screen.text).toContain(`installed ${app.name} in your shop ${CEDAR}`);
    expect(await bigcommerce()).toEqual([]);
    const end = await browser.submit(screen.forms[0]);
    expect(end.text).toContain('Your shop is connected');
    expect(await bigcommerce()).toMatchObject([{ name: 'Cedar & Salt Outfitters', currency: 'USD', status: 'active' }]);
    const orders = await columns("SELECT sealed IS NULL AS gone FROM connect_attempts WHERE status = 'connected'");
    expect(orders).toBe('[{"gone":true}]');
  });

  it('cannot be made to connect by whoever sent the link: only the browser that installed says yes', async () => {
    const { screen } = await reachYes(system, app, { hash: WERKSTATT });
    const other = createMerchantBrowser();
    const seen = await other.open(screen.url);
    const end = await other.submit(seen.forms[0]);
    expect(end.status).toBe(400);
    expect((await bigcommerce()).map(({ name }) => name)).not.toContain('Werkstatt Süd');
  });

  it('uses a code once; loaded again, nothing happens twice', async () => {
    const before = (await bigcommerce()).length;
    const { browser, callback } = await reachYes(system, app, { hash: WERKSTATT });
    const again = await browser.open(callback);
    expect([again.status, again.text]).toEqual([400, expect.stringContaining('did not accept the code') as unknown]);
    expect((await bigcommerce()).length).toBe(before);
  });
});

describe('a merchant who begins at the platform', { timeout: 60_000 }, () => {
  const install = (hash: string) => panel(hash, `/manage/marketplace/${CLIENT}/install`);

  it('is attached to no app before the yes', async () => {
    const browser = createMerchantBrowser();
    const consent = await browser.open(install(WERKSTATT));
    const screen = await browser.submit(consent.forms[0], { decision: 'confirm', store: WERKSTATT });
    expect(screen.text).toContain(`in your shop ${WERKSTATT}`);
    expect((await bigcommerce()).map(({ name }) => name)).not.toContain('Werkstatt Süd');
    const end = await browser.submit(screen.forms[0]);
    expect(end.text).toContain('Your shop is connected');
    expect((await bigcommerce()).map(({ name }) => name)).toContain('Werkstatt Süd');
  });

  it('installs again, and the new token takes the place of the one it ended', async () => {
    const [store] = (await bigcommerce()).filter(({ name }) => name === 'Werkstatt Süd');
    const browser = createMerchantBrowser();
    const consent = await browser.open(install(WERKSTATT));
    const end = await browser.submit(consent.forms[0], { decision: 'confirm', store: WERKSTATT });
    expect(end.text).toContain('Your shop is connected');
    expect((await bigcommerce()).filter(({ name }) => name === 'Werkstatt Süd')).toMatchObject([
      { id: store?.id, status: 'active' },
    ]);
    const read = await api.call('POST', `/v1/stores/${store?.id ?? ''}/passthrough`, { path: 'v2/store' });
    expect(read.json).toMatchObject({ status: 200, body: { id: WERKSTATT } });
  });

  it('within a page of the platform is given a link to go on outside of it', async () => {
    const consent = await createMerchantBrowser().open(install('jpy789rst'));
    const callback = await createMerchantBrowser().submitUntil(
      consent.forms[0],
      { decision: 'confirm', store: 'jpy789rst' },
      /\/connect\/callback\//,
    );
    const framed = await fetch(callback, { headers: { 'sec-fetch-dest': 'iframe' }, redirect: 'manual' });
    expect(framed.status).toBe(200);
    expect(framed.headers.get('content-security-policy')).toContain('frame-ancestors https://*.mybigcommerce.com');
    const link = /href="([^"]+\/connect\/[^"]+)" target="_blank"/.exec(await framed.text())?.[1] ?? '';
    // A browser keeps no cookie of ours there; the new link is enough.
    const outside = createMerchantBrowser();
    const screen = await outside.open(link);
    expect((await outside.submit(screen.forms[0])).text).toContain('Your shop is connected');
  });

  it('opens the app of a shop that is connected: there is nothing to do', async () => {
    const page = await createMerchantBrowser().open(panel(CEDAR, `/manage/app/${CLIENT}`));
    expect(page.text).toContain('Cedar & Salt Outfitters');
    expect(page.text).toContain('is connected');
  });
});

describe('a merchant who removes the app', { timeout: 60_000 }, () => {
  it('ends the connection: the store is revoked, its token gone', async () => {
    const store = (await bigcommerce()).find(({ name }) => name === 'Cedar & Salt Outfitters');
    await system.control('POST', `/control/uninstall/${panelOf(CEDAR)}`);
    await until('the store is revoked', async () => (await api.store(store?.id ?? '')).status === 'revoked');
    const left = await system.sql(
      'SELECT count(*)::int AS n FROM credentials c JOIN stores s ON s.id = c.store_id WHERE s.account = $1',
      [CEDAR],
    );
    expect(left).toEqual([{ n: 0 }]);
    const events = await api.get(`/v1/events?store=${store?.id ?? ''}&type=store.revoked`);
    expect(events.json).toMatchObject({ data: [{ type: 'store.revoked' }] });
  });

  it('is noticed by calls too, where the platform said nothing', async () => {
    const store = (await bigcommerce()).find(({ name }) => name === 'Werkstatt Süd');
    await system.control('DELETE', `/control/grants/${panelOf(WERKSTATT)}`);
    await refusedThrice(system, api, store?.id ?? '');
  });

  it('may install again, and says yes again', async () => {
    const store = await connectBigCommerce(system, app, { hash: CEDAR });
    expect(store).toMatchObject({ status: 'active' });
  });

  it.each([
    ['nothing', ''],
    ['no token', 'signed_payload_jwt=x'],
    ['a forged one', 'signed_payload_jwt=eyJhbGciOiJub25lIn0.eyJzdWIiOiJzdG9yZXMvYWJjMTIzeHl6In0.'],
  ])('is not believed with %s', async (_, query) => {
    const { json } = await api.get('/v1/platform-clients/bigcommerce');
    const { uninstallUrl, installUrl } = Object(json) as { uninstallUrl: string; installUrl: string };
    for (const address of [uninstallUrl, installUrl]) expect((await fetch(`${address}?${query}`)).status).toBe(400);
    expect((await bigcommerce()).find(({ name }) => name === 'Cedar & Salt Outfitters')?.status).toBe('active');
  });
});
