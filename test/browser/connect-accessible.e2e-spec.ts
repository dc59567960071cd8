import type { Browser, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { System } from '../system.js';
import { axeFindings } from './axe.js';
import { hasChromium, openTab, picture } from './chromium.js';
import { overhang, startWithBrowser } from './connect-tab.js';
import { everyScreen } from './every-screen.js';

const SCREENS = 20;

describe.skipIf(!hasChromium)('the connect screens', { timeout: 240_000 }, () => {
  let system: System;
  let browser: Browser;
  beforeAll(async () => {
    const started = await startWithBrowser();
    ({ system, browser } = started);
    return started.stop;
  });

  const freshApp = (name: string) => system.addApp(system.tenants[0].id, { name, mode: 'test' });

  it.each(['light', 'dark'] as const)(
    'have nothing for axe to complain about in the %s, each of them',
    async (colorScheme) => {
      const app = await freshApp('Acme Shipping');
      const tab = await openTab(browser, { colorScheme });
      const found: Record<string, unknown> = {};
      await everyScreen({
        ...{ system, app, page: tab.page },
        look: async (name) => {
          await picture(tab.page, `screen-${colorScheme}-${name}`);
          found[name] = await axeFindings(tab.page);
        },
      });
      await tab.close();
      expect(Object.keys(found)).toHaveLength(SCREENS);
      expect(found).toEqual(Object.fromEntries(Object.keys(found).map((name) => [name, []])));
    },
  );

  it.each([
    ['320 pixels wide', 'narrow', { viewport: { width: 320, height: 640 } }, ''],
    ['magnified to 200 %', 'zoomed', { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 }, ''],
    ['with letters twice as large', 'large', { viewport: { width: 640, height: 640 } }, ':root { font-size: 200%; }'],
    ['written from the right', 'rtl', { viewport: { width: 400, height: 800 } }, ''],
  ])('need no scrolling to the side %s', async (_how, name, options, style) => {
    const app = await freshApp('Acme Shipping');
    const tab = await openTab(browser, { ...options, bypassCSP: true });
    const found: Record<string, number> = {};
    await everyScreen({
      ...{ system, app, page: tab.page },
      look: async (screen) => {
        if (name === 'rtl') await tab.page.evaluate("document.documentElement.dir = 'rtl'");
        if (style !== '') await tab.page.addStyleTag({ content: style });
        found[screen] = await overhang(tab.page);
        if (name === 'rtl') expect(await startsAtTheRight(tab.page), screen).toBe(true);
        await picture(tab.page, `${name}-${screen}`);
      },
    });
    await tab.close();
    expect(found).toEqual(Object.fromEntries(Object.keys(found).map((screen) => [screen, 0])));
  });

  it('weigh less than 60 kB with all that belongs to them', async () => {
    const app = await freshApp('Acme Shipping');
    const tab = await openTab(browser);
    let shared = 0;
    for (const file of ['style.css', 'screen.js', 'icon.svg'])
      shared += (await (await fetch(`${system.url}/connect/${file}`)).arrayBuffer()).byteLength;
    const weights: number[] = [];
    await everyScreen({
      ...{ system, app, page: tab.page },
      look: async () => {
        weights.push(shared + Buffer.byteLength(await tab.page.content()));
      },
    });
    await tab.close();
    console.log(`the heaviest screen: ${String(Math.max(...weights))} bytes, ${String(shared)} of them shared`);
    expect(weights).toHaveLength(SCREENS);
    expect(Math.max(...weights)).toBeLessThan(60_000);
  });
});

/** The heading's text begins where the page begins. */
async function startsAtTheRight(page: Page): Promise<unknown> {
  return await page.evaluate(`(() => {
    const heading = document.querySelector('h1');
    const range = document.createRange();
    range.selectNodeContents(heading);
    const right = Math.max(...Array.from(range.getClientRects(), (rect) => rect.right));
    const box = heading.getBoundingClientRect();
    const marked = getComputedStyle(heading, '::before').content !== 'none';
    return getComputedStyle(heading).textAlign === 'start' && box.right - right < (marked ? 60 : 2);
  })()`);
}
