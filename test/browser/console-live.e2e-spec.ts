import type { Browser, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { publicId, readPublicId } from '#contract';
import { type ApiClient, apiClient, type Store } from '../e2e/api-client.js';
import { CEDAR, connectBigCommerce, registerBigCommerceApp } from '../e2e/bigcommerce-way.js';
import { linkOf } from '../e2e/operator-way.js';
import { refusedThrice } from '../e2e/refused-thrice.js';
import { connectShopify, EUR_SHOP, USD_SHOP } from '../e2e/shopify-way.js';
import { until } from '../e2e/until.js';
import { BOOKS, connectWooCommerce, SOUQ, VINYL } from '../e2e/woocommerce-way.js';
import { registerClient, startSystem, type System, type TestApp } from '../system.js';
import { axeFindings } from './axe.js';
import { hasChromium, launchChromium, openTab, picture, type Tab } from './chromium.js';
import { isSettled } from './console-world.js';
import { follow, isConnected, press } from './connect-tab.js';

const PATIENCE = 30_000;

/** The console over the genuine gateway, worker and sandbox: what it says happened. */
describe.skipIf(!hasChromium)('the console over everything else', { timeout: 240_000 }, () => {
  let system: System;
  let browser: Browser;
  let app: TestApp;
  let api: ApiClient;
  let tab: Tab;
  let page: Page;
  let stores: Readonly<Record<'well' | 'dying' | 'refused' | 'limited' | 'other' | 'stopped', Store>>;

  beforeAll(async () => {
    system = await startSystem();
    browser = await launchChromium();
    app = await system.addApp(system.tenants[0].id, { name: 'Acme Shipping', mode: 'test' });
    await registerClient(system, app, 'console-live');
    await registerBigCommerceApp(system, app, 'console-live-cedar');
    api = apiClient(system, app);
    stores = {
      well: await connectShopify(system, app, { shop: USD_SHOP }),
      dying: await connectShopify(system, app, { shop: EUR_SHOP }),
      refused: await connectWooCommerce(system, app, { host: BOOKS }),
      limited: await connectWooCommerce(system, app, { host: VINYL }),
      stopped: await connectWooCommerce(system, app, { host: SOUQ }),
      other: await connectBigCommerce(system, app, { hash: CEDAR }),
    };
    await spoil();
    tab = await openTab(browser, { viewport: { width: 1280, height: 900 } });
    page = tab.page;
    await page.goto(linkOf(system, await system.addSignInLink({ name: 'Ada', role: 'admin' })));
    await press(page, 'Sign in');
    await page.waitForURL('**/console');
    return async () => {
      await tab.close();
      await browser.close();
      await system.stop();
    };
  }, 240_000);

  const change = async (store: Store, text: string) =>
    await system.sql(`UPDATE stores SET ${text} WHERE id = $1`, [readPublicId('store', store.id)]);

  /** One store in each state, by what the platforms answer; only times are moved. */
  async function spoil(): Promise<void> {
    await system.control('DELETE', `/control/grants/${BOOKS}`);
    await refusedThrice(system, api, stores.refused.id);
    await system.control('PUT', `/control/faults/${VINYL}`, { kind: 'status', status: 429, retryAfter: '3600' });
    await api.get(`/v1/orders?store=${stores.limited.id}`);
    const stop = { scope: 'store', target: stores.stopped.id, reason: 'The merchant asked for it' };
    const headers = { authorization: `Bearer ${system.operatorToken}`, 'content-type': 'application/json' };
    await fetch(`${system.url}/ops/stops`, { method: 'POST', headers, body: JSON.stringify(stop) });
    await system.sql(
      `UPDATE credentials SET refresh_expires_at = now() + interval '3 days', attempt = 1, due_at = now() + interval '1 hour' WHERE store_id = $1`,
      [readPublicId('store', stores.dying.id)],
    );
    await change(stores.dying, 'probe_due_at = now(), last_success_at = now()');
    await system.addWorker();
    const warned = 'SELECT 1 FROM stores WHERE id = $1 AND warned_days IS NOT NULL';
    const isWarned = async () => (await system.sql(warned, [readPublicId('store', stores.dying.id)])).length > 0;
    await until('its end is known', isWarned);
  }

  const group = (who: string) => page.locator(`section[aria-labelledby="group-${who}"]`);
  const row = (who: string, { name }: Store) => group(who).getByRole('link', { name, exact: true });
  const open = async (path: string) => {
    await page.goto(`${system.url}${path}`);
    await isSettled(page);
  };
  const stateOf = async (store: Store): Promise<string> =>
    (await page.getByRole('row').filter({ hasText: store.name }).first().innerText()).replaceAll('\n', ' ');

  it('sorts what is wrong by who must act', async () => {
    await open('/console');
    await row('merchant', stores.refused).waitFor();
    await row('merchant', stores.dying).waitFor();
    await row('nobody', stores.limited).waitFor();
    // Somebody stopped it on purpose, a moment ago: nobody needs to be told.
    expect(await page.getByText(stores.stopped.name).count()).toBe(0);
    expect(await page.getByText(stores.well.name, { exact: true }).count()).toBe(0);
    expect(await axeFindings(page)).toEqual([]);
    await picture(page, 'live-attention');
  });

  it('lists every store in its state, with the end that is near', async () => {
    await open('/console/stores');
    expect(await stateOf(stores.well)).toContain('Healthy');
    expect(await stateOf(stores.refused)).toContain('Must reconnect The merchant');
    expect(await stateOf(stores.limited)).toMatch(/limited/i);
    expect(await stateOf(stores.stopped)).toContain('Paused');
    expect(await stateOf(stores.dying)).toMatch(/in [23] d/);
    expect(await axeFindings(page)).toEqual([]);
    await picture(page, 'live-stores');
  });

  it('sees a store turn green when its merchant has used the link that was made here', async () => {
    await open('/console');
    await group('merchant')
      .getByRole('button', { name: `Make a link for the merchant: ${stores.refused.name}` })
      .click();
    const link = await page.getByRole('dialog').getByRole('textbox').first().inputValue();
    expect(link).toContain('/connect/');
    const merchant = await openTab(browser);
    await merchant.page.goto(link);
    await merchant.page.getByText(stores.refused.name).first().waitFor();
    await press(merchant.page, 'Continue to WooCommerce');
    await picture(merchant.page, 'live-reconnect');
    await press(merchant.page, 'Log in');
    await follow(merchant.page, 'Approve');
    await isConnected(merchant.page);
    await merchant.close();
    // Nobody reloads the console.
    await row('merchant', stores.refused).waitFor({ state: 'detached', timeout: PATIENCE });
    await open(`/console/stores/${stores.refused.id}`);
    await page.getByText('Healthy', { exact: true }).first().waitFor();
    await page.getByText('The store was connected.').first().waitFor();
    await picture(page, 'live-store');
  });

  it('asks a shop how it is, and says what it answered', async () => {
    await open(`/console/stores/${stores.other.id}`);
    await press(page, 'Ask the shop now');
    await page.getByText(stores.other.name).nth(1).waitFor();
    await open(`/console/stores/${stores.limited.id}`);
    await press(page, 'Ask the shop now');
    await page.getByText('platform_rate_limited').first().waitFor();
  });

  it('lifts the stop of a store, and the store goes on', async () => {
    await open(`/console/stores/${stores.stopped.id}`);
    await page.getByRole('button', { name: /^Resume/ }).click();
    await page.getByText('Healthy', { exact: true }).first().waitFor({ timeout: PATIENCE });
    expect((await api.get(`/v1/orders?store=${stores.stopped.id}&limit=1`)).status).toBe(200);
  });

  it.each([
    ['platforms', 'Platforms'],
    [`platforms/shopify`, 'Shopify'],
    ['tokens', 'Tokens'],
    ['queues', 'Queues'],
    ['webhooks', 'Webhooks'],
    ['apps', 'Apps'],
    ['audit', 'Audit log'],
    ['operators', 'Operators'],
    ['sessions', 'Sessions'],
    ['stops', 'Stops'],
    ['capabilities', 'Capabilities'],
  ])('reads what the gateway answers for %s', async (path, title) => {
    await open(`/console/${path}`);
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
    expect(await page.locator('.banner').count()).toBe(0);
    expect(await axeFindings(page)).toEqual([]);
    await picture(page, `live-${path.replace('/', '-')}`);
  });

  it('shows an app with its keys, none of them whole', async () => {
    await open(`/console/apps/${publicId('app', app.appId)}`);
    await page.getByRole('heading', { level: 1, name: 'Acme Shipping' }).waitFor();
    expect(await page.content()).not.toContain(app.apiKey);
    await page.getByText(app.apiKey.slice(-4)).first().waitFor();
    await picture(page, 'live-app');
  });

  it('opens the queue’s board, which loads nothing from elsewhere', async () => {
    const answered: string[] = [];
    page.on('response', (response) => answered.push(response.url()));
    await page.goto(`${system.url}/ops/queues/board`);
    await page.getByText('shopspan').first().waitFor();
    expect(answered.filter((url) => !url.startsWith(system.url) && !url.startsWith('data:'))).toEqual([]);
    await picture(page, 'live-board');
  });

  it('is stopped by its own policy nowhere', () => {
    // The board is a library's; what its policy stops there is listed in docs/operators.md.
    expect(tab.complaints.filter((text) => !/fonts|inline style/.test(text))).toEqual([]);
  });
});
