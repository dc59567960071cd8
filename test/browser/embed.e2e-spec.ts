import type { Browser, Page } from 'playwright-core';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { apiClient } from '../e2e/api-client.js';
import { USD_SHOP } from '../e2e/shopify-way.js';
import { registerClient, startSystem, type System, type TestApp } from '../system.js';
import { type AppPage, type PlatformFront, startAppPage, startPlatformFront, toldTo, withLink } from './app-page.js';
import { hasChromium, launchChromium, openTab, type Tab } from './chromium.js';
import { withTab } from './connect-tab.js';

const ALONE = { 'cross-origin-opener-policy': 'same-origin' };

describe.skipIf(!hasChromium)('a connect link that an app opens as a popup', { timeout: 60_000 }, () => {
  let system: System;
  let browser: Browser;
  let app: TestApp;
  let platforms: PlatformFront;
  let [ours, theirs, alone]: AppPage[] = [];
  beforeAll(async () => {
    platforms = await startPlatformFront();
    system = await startSystem({ environment: { SHOPSPAN_SANDBOX_URL: platforms.origin } });
    platforms.target = system.sandboxUrl;
    browser = await launchChromium();
    const pages = await Promise.all([{}, {}, ALONE].map((headers) => startAppPage(system.url, headers)));
    [ours, theirs, alone] = pages;
    return async () => {
      await browser.close();
      await Promise.all(pages.map((page) => page.close()));
      await system.stop();
      await platforms.close();
    };
  });
  beforeEach(async (context) => {
    platforms.headers = {};
    app = await system.addApp(system.tenants[0].id, { name: 'Acme Shipping', mode: 'test' });
    await registerClient(system, app, `embed-${context.task.id}`);
  });

  const pageOf = (page: AppPage | undefined): AppPage => page ?? expect.fail('the page was not started');
  const session = (more: object) => apiClient(system, app).createSession({ platform: 'shopify', ...more });
  const stores = () => apiClient(system, app).stores();

  /** Presses the page's button. @returns the window that opened */
  async function openPopup({ page }: Tab, address: string): Promise<Page> {
    await page.goto(address);
    const opened = page.waitForEvent('popup');
    await page.getByRole('button', { name: 'Connect' }).click();
    return await opened;
  }

  async function reachConsent(page: Page): Promise<void> {
    await page.getByLabel('Shop', { exact: true }).first().fill(USD_SHOP);
    await page.getByRole('button', { name: 'Continue to Shopify' }).click();
    await page.getByRole('button', { name: 'Install' }).waitFor();
  }
  const install = (page: Page) => page.getByRole('button', { name: 'Install' }).click();

  const inTab = (walk: (tab: Tab) => Promise<void>, options = {}) => withTab(browser, options, walk);

  it.each([
    ['openerOrigin', () => ({ openerOrigin: pageOf(ours).origin })],
    ['the origin of returnUrl', () => ({ returnUrl: `${pageOf(ours).origin}/done` })],
  ])('tells the app’s page what came of it, and closes: %s', async (_, request) => {
    const { id, url } = await session(request());
    await inTab(async (tab) => {
      const popup = await openPopup(tab, withLink(pageOf(ours), url, { session: id }));
      await reachConsent(popup);
      const closes = popup.waitForEvent('close');
      await install(popup);
      await closes;
      await tab.page.waitForFunction('told.done.length > 0');
      const [store] = await stores();
      const { done, closed, heard } = await toldTo(tab.page);
      expect([done, closed]).toEqual([[{ session: id, status: 'connected', storeId: store?.id, reason: null }], 0]);
      const message = { type: 'shopspan.connect', session: id, status: 'connected', storeId: store?.id };
      expect(heard).toEqual([{ origin: system.url, data: message }]);
    });
  });

  it('needs not be told the session: the link knows it', async () => {
    const { id, url } = await session({ openerOrigin: pageOf(ours).origin });
    await inTab(async (tab) => {
      const popup = await openPopup(tab, withLink(pageOf(ours), url));
      await reachConsent(popup);
      await install(popup);
      await tab.page.waitForFunction('told.done.length > 0');
      expect((await toldTo(tab.page)).done).toMatchObject([{ session: id, status: 'connected' }]);
    });
  });

  it('goes on in the page itself where popups are blocked', async () => {
    const strict = await launchChromium({ ignoreDefaultArgs: ['--disable-popup-blocking'] });
    const tab = await openTab(strict);
    try {
      const { url } = await session({ returnUrl: `${pageOf(ours).origin}/done` });
      await tab.page.goto(withLink(pageOf(ours), url, { at: 'once' }));
      await tab.page.getByRole('heading', { name: 'Connect your Shopify shop' }).waitFor();
      expect(tab.page.context().pages().length).toBe(1);
      await reachConsent(tab.page);
      await install(tab.page);
      await tab.page.getByRole('heading', { name: 'The app' }).waitFor();
      const [store] = await stores();
      expect(Object.fromEntries(new URL(tab.page.url()).searchParams)).toMatchObject({
        status: 'connected',
        store: store?.id,
      });
    } finally {
      await strict.close();
    }
  });

  it.each([
    ['the app’s page', () => pageOf(alone), false],
    ['a page of the platform', () => pageOf(ours), true],
  ])('is asked for its status where %s asks to be alone, and the windows are cut off', async (_, place, byPlatform) => {
    const { id, url } = await session({ openerOrigin: place().origin });
    await inTab(async (tab) => {
      platforms.headers = byPlatform ? ALONE : {};
      const popup = await openPopup(tab, withLink(place(), url, { session: id }));
      await reachConsent(popup);
      expect(await popup.evaluate('window.opener')).toBeNull();
      await tab.page.waitForFunction('told.closed > 0');
      await install(popup);
      await popup.getByText('You can close this window.').waitFor();
      await tab.page.waitForFunction('told.done.length > 0');
      const [store] = await stores();
      const { done, heard } = await toldTo(tab.page);
      expect(done).toEqual([{ session: id, status: 'connected', storeId: store?.id, reason: null }]);
      expect(heard).toEqual([]);
    });
  });

  it('case 162: tells a page of another origin nothing, though it opened the same link, asks, and claims to have heard', async () => {
    const { id, url } = await session({ openerOrigin: pageOf(ours).origin });
    await inTab(async ({ page }) => {
      await page.goto(pageOf(theirs).origin);
      const opened = page.waitForEvent('popup');
      await page.evaluate(`mine = window.open('${url}?display=popup')`);
      const popup = await opened;
      expect(await page.evaluate(`fetch('${url}/status').then(() => 'read', (error) => error.name)`)).toBe('TypeError');
      await reachConsent(popup);
      await install(popup);
      await popup.getByRole('heading', { name: 'Your shop is connected' }).waitFor();
      await popup.waitForLoadState('load');
      expect(await popup.evaluate('window.opener !== null')).toBe(true);
      // What comes last, on the way there and on the way back, ends the waiting for what must not come.
      const heardThere = popup.evaluate(
        `new Promise((done) => addEventListener('message', ({ data }) => data === 'the last one' && done(data)))`,
      );
      await page.evaluate(`mine.postMessage({ type: 'shopspan.heard', session: '${id}' }, '*')`);
      await page.evaluate(`mine.postMessage('the last one', '*')`);
      expect(await heardThere).toBe('the last one');
      await popup.evaluate(`window.opener.postMessage('the last one', '*')`);
      await page.waitForFunction('told.heard.length > 0');
      const { done, heard } = await toldTo(page);
      expect([done, heard]).toEqual([[], [{ origin: system.url, data: 'the last one' }]]);
      expect(popup.isClosed()).toBe(false);
    });
    expect((await stores()).length).toBe(1);
  });

  it('case 162: an app’s page believes nobody but the window it opened, on its own session', async () => {
    const { id, url } = await session({ openerOrigin: pageOf(ours).origin });
    const forged = (of: string) => JSON.stringify({ type: 'shopspan.connect', session: of, status: 'connected' });
    await inTab(async (tab) => {
      const popup = await openPopup(tab, withLink(pageOf(ours), url, { session: id }));
      await popup.getByRole('heading').first().waitFor();
      await tab.page.evaluate(`window.postMessage(${forged(id)}, '*')`);
      await popup.evaluate(`window.opener.postMessage(${forged('ses_other')}, '*')`);
      const frame = `const frame = document.createElement('iframe'); frame.src = '${pageOf(theirs).origin}'; document.body.append(frame)`;
      await tab.page.evaluate(frame);
      const other = await tab.page.waitForFunction('frames.length > 0').then(() => tab.page.frames()[1]);
      await other?.waitForLoadState('load');
      await other?.evaluate(`parent.postMessage(${forged(id)}, '*')`);
      // Another window of the gateway's, and the right window on another origin.
      const another = tab.page.waitForEvent('popup');
      await tab.page.evaluate(`void window.open('${url}')`);
      const third = await another;
      await third.getByRole('heading').first().waitFor();
      await third.evaluate(`window.opener.postMessage(${forged(id)}, '*')`);
      await popup.goto(pageOf(theirs).origin);
      await popup.evaluate(`window.opener.postMessage(${forged(id)}, '*')`);
      await tab.page.waitForFunction('told.heard.length >= 5');
      expect((await toldTo(tab.page)).done).toEqual([]);
      expect(popup.isClosed()).toBe(false);
    });
  });

  it('stays open when it failed, so that the merchant can try again; the app is told when it is closed', async () => {
    const { id, url } = await session({ openerOrigin: pageOf(ours).origin, platform: 'woocommerce' });
    await inTab(async (tab) => {
      const popup = await openPopup(tab, withLink(pageOf(ours), url, { session: id }));
      await popup.getByLabel('Shop address').first().fill('buchladen.sandbox.test');
      await popup.getByRole('button', { name: 'Continue to WooCommerce' }).click();
      await popup.getByRole('button', { name: 'Log in' }).click();
      await popup.getByRole('link', { name: 'Deny' }).click();
      await popup.getByRole('heading', { name: 'Not connected' }).waitFor();
      await popup.getByRole('link', { name: 'Try again' }).waitFor();
      await tab.page.waitForFunction('told.heard.length > 0');
      expect((await toldTo(tab.page)).done).toEqual([]);
      await popup.close();
      await tab.page.waitForFunction('told.done.length > 0');
      expect((await toldTo(tab.page)).done).toMatchObject([{ session: id, status: 'failed', storeId: null }]);
    });
  });

  it('says so to the app when it is closed before anything came of it', async () => {
    const { id, url } = await session({ openerOrigin: pageOf(ours).origin });
    await inTab(async (tab) => {
      const popup = await openPopup(tab, withLink(pageOf(ours), url, { session: id }));
      await popup.getByRole('heading').first().waitFor();
      await popup.close();
      await tab.page.waitForFunction('told.closed > 0');
      expect(await toldTo(tab.page)).toMatchObject({ done: [], closed: 1 });
    });
  });

  it('says without a script that the window may be closed', async () => {
    const { url } = await session({ returnUrl: `${pageOf(ours).origin}/done` });
    await inTab(
      async ({ page }) => {
        await page.goto(`${url}?display=popup`);
        await reachConsent(page);
        await install(page);
        await page.getByText('You can close this window.').waitFor();
      },
      { javaScriptEnabled: false },
    );
  });
});
