import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { EUR_SHOP, USD_SHOP } from '../e2e/shopify-way.js';
import { BOOKS, makeKeys, pasted, shopAddress, TEA } from '../e2e/woocommerce-way.js';
import { hasChromium, picture } from './chromium.js';
import { follow, heading, isConnected, merchants, overhang, press } from './connect-tab.js';

describe.skipIf(!hasChromium)('the connect screens in Chromium', { timeout: 60_000 }, () => {
  const at = merchants('browser');
  const { inTab, stores } = at;

  async function reachApproval(page: Page, address: string): Promise<void> {
    await page.getByLabel('Shop address').first().fill(address);
    await press(page, 'Continue to WooCommerce');
    await press(page, 'Log in');
    await page.getByRole('link', { name: 'Approve' }).waitFor();
  }

  describe.each([
    ['without JavaScript', 'script-off', { javaScriptEnabled: false }],
    ['with JavaScript', 'script-on', { javaScriptEnabled: true }],
  ])('%s', (_how, name, options) => {
    it('connect a shop by consent', async () => {
      await inTab(options, {}, async (page) => {
        await picture(page, `${name}-1-choose`);
        await follow(page, 'Shopify');
        await picture(page, `${name}-2-shopify`);
        await page.getByLabel('Shop', { exact: true }).first().fill(USD_SHOP);
        await press(page, 'Continue to Shopify');
        await picture(page, `${name}-3-consent`);
        await press(page, 'Install');
        await isConnected(page);
        await picture(page, `${name}-4-connected`);
      });
      expect(await stores()).toEqual([USD_SHOP]);
    });

    it('connect a shop that hands over keys', async () => {
      await inTab(options, { platform: 'woocommerce' }, async (page) => {
        await picture(page, `${name}-5-woocommerce`);
        await reachApproval(page, shopAddress(TEA));
        await follow(page, 'Approve');
        await isConnected(page);
      });
      expect(await stores()).toEqual([TEA]);
    });

    it('connect a shop with pasted keys, after showing what was wrong', async () => {
      const { storeUrl, key, secret } = pasted(shopAddress(BOOKS), await makeKeys(at.system, BOOKS));
      await inTab(options, { platform: 'woocommerce' }, async (page) => {
        await page.getByText('Paste API keys').click();
        await page.getByLabel('Shop address').last().fill(storeUrl);
        await page.getByLabel('Consumer key').fill(key);
        await page.getByLabel('Consumer secret').fill(`cs_${'0'.repeat(40)}`);
        await press(page, 'Connect');
        await page.getByRole('alert').getByText('does not accept these keys').waitFor();
        await picture(page, `${name}-6-wrong-keys`);
        expect(await page.getByLabel('Consumer secret').inputValue()).toBe('');
        await page.getByLabel('Consumer key').fill(key);
        await page.getByLabel('Consumer secret').fill(secret);
        await press(page, 'Connect');
        await isConnected(page);
      });
      expect(await stores()).toEqual([BOOKS]);
    });

    it('let a merchant refuse, start again, and end on the app', async () => {
      // A page of this machine stands in for the app's own.
      const session = { platform: 'woocommerce', returnUrl: `${at.system.sandboxUrl}/?tab=shops` };
      await inTab(options, session, async (page) => {
        await reachApproval(page, BOOKS);
        await follow(page, 'Deny');
        await heading(page, 'Not connected');
        await picture(page, `${name}-7-declined`);
        await follow(page, 'Try again');
        await page.getByLabel('Shop address').first().fill(BOOKS);
        await press(page, 'Continue to WooCommerce');
        await follow(page, 'Approve');
        await heading(page, 'Sandbox shops');
        expect(new URL(page.url()).search).toMatch(/^\?tab=shops&status=connected&store=sto_/);
      });
      expect(await stores()).toEqual([BOOKS]);
    });
  });

  it('need nothing but the keyboard', async () => {
    await inTab({}, {}, async (page) => {
      const { keyboard } = page;
      const tabTo = async (focused: Locator) => {
        await focused.waitFor();
        const isThere = async () => (await page.locator(':focus').and(focused).count()) > 0;
        for (let presses = 0; presses < 12 && !(await isThere()); presses += 1) await keyboard.press('Tab');
        expect(await isThere()).toBe(true);
      };
      await tabTo(page.getByRole('link', { name: 'Shopify' }));
      await picture(page, 'keyboard-1-focus');
      await keyboard.press('Enter');
      await tabTo(page.getByLabel('Shop', { exact: true }).first());
      await keyboard.type('no such shop!');
      await keyboard.press('Enter');
      await page.getByRole('alert').waitFor();
      expect(await page.getByLabel('Shop', { exact: true }).first().getAttribute('aria-invalid')).toBe('true');
      await keyboard.press('Control+A');
      await keyboard.type('atelier-lindenhof');
      await picture(page, 'keyboard-2-field');
      await keyboard.press('Enter');
      await page.getByRole('button', { name: 'Install' }).waitFor();
      await tabTo(page.getByRole('button', { name: 'Install' }));
      await keyboard.press('Enter');
      await isConnected(page);
    });
    expect(await stores()).toEqual([EUR_SHOP]);
  });

  it('bear being loaded again, each of them, and the way back', async () => {
    await inTab({}, {}, async (page, link) => {
      await page.reload();
      await follow(page, 'Shopify');
      await page.reload();
      await page.getByLabel('Shop', { exact: true }).first().fill('no such shop!');
      await press(page, 'Continue to Shopify');
      await page.getByRole('alert').waitFor();
      await picture(page, 'reload-1-wrong-shop');
      await page.reload();

      await page.goto(`${link}/shopify`);
      for (let round = 0; round < 2; round += 1) {
        await page.getByLabel('Shop', { exact: true }).first().fill(USD_SHOP);
        await press(page, 'Continue to Shopify');
        await page.getByRole('button', { name: 'Install' }).waitFor();
        await page.reload();
        if (round === 0) await page.goBack();
      }
      await press(page, 'Install');
      await isConnected(page);
      await page.reload();
      await isConnected(page);
    });
    expect(await stores()).toEqual([USD_SHOP]);
  });

  it('take a double click for one', async () => {
    await inTab({}, {}, async (page, link) => {
      await page.getByRole('link', { name: 'WooCommerce' }).dblclick();
      await page.getByLabel('Shop address').first().fill(BOOKS);
      await page.getByRole('button', { name: 'Continue to WooCommerce' }).dblclick();
      await press(page, 'Log in');
      await page.getByRole('link', { name: 'Approve' }).waitFor();
      await follow(page, 'Approve');
      await isConnected(page);
      await page.goto(link);
      await heading(page, 'Connected already');
      await picture(page, 'double-click-connected-already');
    });
    expect(await stores()).toEqual([BOOKS]);
  });

  it('wait by themselves for keys that come later', async () => {
    await inTab({ javaScriptEnabled: false }, { platform: 'woocommerce' }, async (page) => {
      await reachApproval(page, BOOKS);
      const nonce = new URL(page.url()).searchParams.get('user_id') ?? '';
      const waiting = await page.context().newPage();
      await waiting.goto(`${at.system.url}/connect/return?success=1&user_id=${nonce}`);
      await heading(waiting, 'Almost done');
      await picture(waiting, 'waiting');
      await follow(page, 'Approve');
      await isConnected(page);
      await isConnected(waiting);
    });
    expect(await stores()).toEqual([BOOKS]);
  });

  it.each([
    ['on a telephone', 'narrow', { viewport: { width: 320, height: 640 } }],
    ['in the dark', 'dark', { colorScheme: 'dark' as const }],
  ])('can be read %s', async (_where, name, options) => {
    const access = ['read:orders', 'write:orders', 'read:customers', 'write:inventory'];
    await inTab(options, { access }, async (page) => {
      for (const platform of ['Shopify', 'WooCommerce']) {
        await follow(page, platform);
        expect(await overhang(page)).toBe(0);
        await picture(page, `${name}-${platform}`);
        await follow(page, 'Another platform');
      }
      await page.goto(`${at.system.url}/connect/callback/x?state=forged`);
      await picture(page, `${name}-refused`);
      await page.goto(`${at.system.url}/ops/link/${await at.system.addSignInLink({ name: 'Ada', role: 'viewer' })}`);
      await press(page, 'Sign in');
      await heading(page, 'Attention');
      await picture(page, `${name}-operators`);
    });
  });
});
