import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { apiClient } from '../e2e/api-client.js';
import { CEDAR, registerBigCommerceApp } from '../e2e/bigcommerce-way.js';
import { KERAMIK } from '../e2e/magento-way.js';
import { readLedger } from '../e2e/sandbox-ledger.js';
import { EUR_SHOP, USD_SHOP } from '../e2e/shopify-way.js';
import { BOOKS, connectWooCommerce, makeKeys, pasted, shopAddress, TEA } from '../e2e/woocommerce-way.js';
import { hasChromium, picture } from './chromium.js';
import { follow, heading, isConnected, merchants, press } from './connect-tab.js';

describe.skipIf(!hasChromium)('the turns a merchant may take', { timeout: 120_000 }, () => {
  const at = merchants('turns');
  const { inTab, stores } = at;
  const ordersOf = async () => {
    const [store] = await apiClient(at.system, at.app).stores();
    return (await apiClient(at.system, at.app).orders(`store=${store?.id ?? ''}&limit=1`)).data;
  };

  describe.each([
    ['without JavaScript', { javaScriptEnabled: false }],
    ['with JavaScript', { javaScriptEnabled: true }],
  ])('%s', (_how, options) => {
    it('install an app at the platform, then say yes here', async () => {
      await registerBigCommerceApp(at.system, at.app, `turns-${at.app.appId}`);
      await inTab(options, { platform: 'bigcommerce' }, async (page) => {
        await press(page, 'Continue to BigCommerce');
        await page.locator('[name=store]').first().waitFor();
        await page.getByRole('button', { name: 'Confirm' }).click();
        await press(page, `Connect ${CEDAR}`);
        await isConnected(page);
        await page.getByRole('table').waitFor();
      });
      expect(await stores()).toHaveLength(1);
    });

    it('activate in the shop what the steps say', async () => {
      await inTab(options, { platform: 'magento' }, async (page) => {
        await page.getByLabel('Shop address').first().fill(`${KERAMIK}/laden`);
        await press(page, 'Show me what to do');
        await heading(page, 'Activate Acme Shipping in your shop');
        const office = await page.context().newPage();
        await office.goto(`${at.system.sandboxUrl}/${KERAMIK}/laden/admin/integrations`);
        for (const name of ['name', 'endpoint', 'identity_link_url']) {
          const label = { name: 'Name', endpoint: 'Callback URL', identity_link_url: 'Identity link' }[name] ?? '';
          await office.locator(`[name=${name}]`).fill(await page.getByLabel(label).inputValue());
        }
        await press(office, 'Save');
        await office.getByRole('button', { name: 'Activate' }).last().click();
        await press(office, 'Allow');
        await isConnected(page);
      });
      expect(await stores()).toEqual([KERAMIK]);
    });
  });

  it('from the link to the first order within a minute', async () => {
    await inTab({}, {}, async (page, link) => {
      const began = performance.now();
      await page.goto(link);
      await follow(page, 'Shopify');
      await page.getByLabel('Shop', { exact: true }).first().fill(USD_SHOP);
      await press(page, 'Continue to Shopify');
      await press(page, 'Install');
      await page.getByRole('cell', { name: /^\$/ }).first().waitFor();
      const seconds = (performance.now() - began) / 1000;
      console.log(`from the link to the first order on the screen: ${seconds.toFixed(1)} s`);
      expect(seconds).toBeLessThan(60);
      await page.reload();
      await page.getByRole('cell', { name: /^\$/ }).first().waitFor();
      expect(await page.getByRole('row').count()).toBe(4);
    });
  });

  it('orders are shown where the app may read them, and to this browser alone', async () => {
    const { storeUrl, key, secret } = pasted(shopAddress(TEA), await makeKeys(at.system, TEA));
    const paste = async (page: Page) => {
      await page.getByText('Paste API keys').click();
      await page.getByLabel('Shop address').last().fill(storeUrl);
      await page.getByLabel('Consumer key').fill(key);
      await page.getByLabel('Consumer secret').fill(secret);
      await press(page, 'Connect');
      await isConnected(page);
    };
    await inTab({}, { platform: 'woocommerce', access: ['read:products'] }, async (page) => {
      await paste(page);
      expect(await page.getByRole('table').count()).toBe(0);
    });
    await inTab({}, { platform: 'woocommerce' }, async (page, link) => {
      await paste(page);
      await page.getByRole('table').waitFor();
      await at.system.control('PUT', `/control/faults/${TEA}`, { kind: 'slow', delayMs: 20_000 });
      await page.reload();
      await page.getByText('Your orders will appear in Acme Shipping').waitFor();
      await picture(page, 'turns-orders-late');
      await at.system.control('DELETE', `/control/faults/${TEA}`);
      const other = await at.browser.newPage();
      await other.goto(`${link}/done`);
      await heading(other, 'Connected already');
      expect(await other.getByRole('table').count()).toBe(0);
      await other.close();
    });
  });

  it('two clicks on keys make one connection, and both end well', async () => {
    const { storeUrl, key, secret } = pasted(shopAddress(BOOKS), await makeKeys(at.system, BOOKS));
    await inTab({ javaScriptEnabled: false }, { platform: 'woocommerce' }, async (page) => {
      await page.getByText('Paste API keys').click();
      const csrf = await page.locator('[name=csrf]').last().inputValue();
      const form = { csrf, strategy: 'keys', storeUrl, key, secret };
      const answers = await Promise.all([
        page.request.post(page.url() + '/woocommerce', { form }),
        page.request.post(page.url() + '/woocommerce', { form }),
      ]);
      expect(
        await Promise.all(
          answers.map(async (one) => [one.status(), /<title>(.*)<\/title>/.exec(await one.text())?.[1]]),
        ),
      ).toEqual([
        ...[
          [200, expect.stringMatching(/Your shop is connected|Connected already/)],
          [200, expect.stringMatching(/Your shop is connected|Connected already/)],
        ],
      ]);
    });
    expect(await stores()).toEqual([BOOKS]);
    expect(await ordersOf()).toHaveLength(1);
  });

  it('two tabs with one link: the second ends where the first did, and its code is not redeemed', async () => {
    await inTab({}, { platform: 'shopify' }, async (page, link) => {
      const other = await page.context().newPage();
      await other.goto(link);
      for (const tab of [page, other]) {
        await tab.getByLabel('Shop', { exact: true }).first().fill(EUR_SHOP);
        await press(tab, 'Continue to Shopify');
        await tab.getByRole('button', { name: 'Install' }).waitFor();
      }
      await press(page, 'Install');
      await isConnected(page);
      const before = (await readLedger(at.system, EUR_SHOP)).length;
      await press(other, 'Install');
      // Whichever screen of ours comes: had the code been redeemed, that would be seen first.
      await other.locator('main[data-screen]').waitFor();
      expect(await readLedger(at.system, EUR_SHOP)).toHaveLength(before);
      await isConnected(other);
    });
    expect(await stores()).toEqual([EUR_SHOP]);
    expect(await ordersOf()).toHaveLength(1);
  });

  it('back from the platform, and the closed tab, find the form with a word about where things stand', async () => {
    await inTab({}, { platform: 'shopify' }, async (page, link) => {
      await page.getByLabel('Shop', { exact: true }).first().fill(USD_SHOP);
      await press(page, 'Continue to Shopify');
      await page.getByRole('button', { name: 'Install' }).waitFor();
      await page.goBack();
      expect(await page.getByRole('button', { name: 'Continue to Shopify' }).isEnabled()).toBe(true);
      await page.goto(link);
      await page.getByText(`You began to connect ${USD_SHOP}`).waitFor();
      await page.getByLabel('Shop', { exact: true }).first().fill(USD_SHOP);
      await press(page, 'Continue to Shopify');
      await press(page, 'Install');
      await isConnected(page);
      await page.goto(link);
      await page
        .getByText(/North Harbor Outfitters has been connected to Acme Shipping since \w+ \d+, 20\d\d/)
        .waitFor();
      await follow(page, 'Show what was connected');
      await page.getByRole('table').waitFor();
    });
  });

  it('a link that is too old says whom to ask', async () => {
    await inTab({}, {}, async (page) => {
      await at.system.sql("UPDATE connect_sessions SET expires_at = now() - interval '1 second' WHERE app_id = $1", [
        at.app.appId,
      ]);
      await page.reload();
      await heading(page, 'This link is too old');
      await page.getByText('Ask Acme Shipping for a new one').waitFor();
    });
  });

  it('the wrong shop on a link that reconnects is told which one is meant', async () => {
    const { id: storeId } = await connectWooCommerce(at.system, at.app, { host: TEA });
    await inTab({ locale: 'de' }, { storeId }, async (page) => {
      const name = (await apiClient(at.system, at.app).store(storeId)).name;
      await page.locator('[name=storeUrl]').first().fill(BOOKS);
      await page.getByRole('button', { name: 'Weiter zu WooCommerce' }).click();
      await page.getByRole('alert').getByText(`Mit diesem Link wird ${name} erneut verbunden`).waitFor();
      expect(await page.locator('[name=storeUrl]').first().inputValue()).toBe(BOOKS);
    });
    expect(await stores()).toHaveLength(1);
  });

  it.each([true, false])('waiting gives up after a while, and can go on (script: %s)', async (javaScriptEnabled) => {
    await inTab({ javaScriptEnabled }, { platform: 'woocommerce' }, async (page) => {
      await page.getByLabel('Shop address').first().fill(BOOKS);
      await press(page, 'Continue to WooCommerce');
      await press(page, 'Log in');
      await page.getByRole('link', { name: 'Approve' }).waitFor();
      const nonce = new URL(page.url()).searchParams.get('user_id') ?? '';
      const waiting = await page.context().newPage();
      await waiting.goto(`${at.system.url}/connect/return?success=1&user_id=${nonce}&waited=57`);
      await heading(waiting, 'Almost done');
      await heading(waiting, 'This takes longer than usual');
      await picture(waiting, 'turns-slow');
      await follow(page, 'Approve');
      await isConnected(page);
      await follow(waiting, 'Look again');
      await isConnected(waiting);
    });
  });
});
