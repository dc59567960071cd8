import type { Browser, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { contrast } from '../../libs/branding/contrast.js';
import { apiClient } from '../e2e/api-client.js';
import { png } from '../setup/pictures.js';
import type { System } from '../system.js';
import { hasChromium, picture } from './chromium.js';
import { startWithBrowser, withTab } from './connect-tab.js';

/** What the browser made of it, as `#rrggbb`. */
async function colourOf(page: Page, selector: string, property: string): Promise<string> {
  const painted = await page.evaluate<string>(
    `getComputedStyle(document.querySelector('${selector}')).getPropertyValue('${property}')`,
  );
  const channels = [...painted.matchAll(/\d+/g)].slice(0, 3).map(([channel]) => Number(channel));
  return `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}

describe.skipIf(!hasChromium)('branded connect screens in Chromium', { timeout: 60_000 }, () => {
  let system: System;
  let browser: Browser;
  beforeAll(async () => {
    const started = await startWithBrowser({ idle: true });
    ({ system, browser } = started);
    return started.stop;
  });

  // One that is too bright for a white card, one too dark for a dark one, one that is good for both.
  describe.each([
    ['bright', '#ffd400'],
    ['navy', '#0a1a4f'],
    ['usual', '#c2185b'],
  ])('with a colour that is %s', (name, accent) => {
    it.each(['light', 'dark'] as const)('can be read in %s', async (colorScheme) => {
      const app = await system.addApp(system.tenants[0].id, { name: 'Acme Shipping', mode: 'test' });
      const api = apiClient(system, app);
      const logo = png({ width: 96, height: 96, colour: [255, 120, 0] }).toString('base64');
      const branding = { name: 'Acme Versand', accent, support: 'https://acme.example/help', logo };
      expect((await api.call('PUT', '/v1/branding', branding)).status).toBe(200);
      const { url } = await api.createSession();
      await withTab(browser, { colorScheme, viewport: { width: 560, height: 760 } }, async ({ page }) => {
        await page.goto(url);
        await page.getByRole('heading', { name: 'Connect your shop to Acme Versand' }).waitFor();
        expect(await page.evaluate(`document.querySelector('.brand img').naturalWidth`)).toBe(96);
        await picture(page, `brand-${name}-${colorScheme}-1-choose`);
        await page.getByRole('link', { name: 'Shopify' }).click();
        await page.getByLabel('Shop', { exact: true }).first().fill('no such shop!');
        // Past what the page's script checks: the gateway itself is to refuse it.
        await page.evaluate(`document.querySelector('form.ask').submit()`);
        await page.getByRole('alert').waitFor();
        await page.getByRole('link', { name: 'https://acme.example/help' }).waitFor();
        await picture(page, `brand-${name}-${colorScheme}-2-failed`);
        const [card, button, onButton, link] = [
          await colourOf(page, 'main', 'background-color'),
          await colourOf(page, 'button', 'background-color'),
          await colourOf(page, 'button', 'color'),
          await colourOf(page, 'main > p > a', 'color'),
        ];
        expect(contrast(button, card)).toBeGreaterThanOrEqual(3);
        expect(contrast(onButton, button)).toBeGreaterThanOrEqual(4.5);
        expect(contrast(link, card)).toBeGreaterThanOrEqual(4.5);
        expect(contrast(await colourOf(page, '.quiet', 'color'), card)).toBeGreaterThanOrEqual(4.5);
        await page.locator('form.ask > [type=submit]').first().hover();
        const [pointedAt, onPointedAt] = [
          await colourOf(page, 'button:hover', 'background-color'),
          await colourOf(page, 'button:hover', 'color'),
        ];
        expect(contrast(onPointedAt, pointedAt)).toBeGreaterThanOrEqual(4.5);
      });
    });
  });
});
