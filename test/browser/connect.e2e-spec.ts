import { existsSync, mkdirSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiClient } from '../e2e/api-client.js';
import { startSystem, type System } from '../system.js';

const CHROMIUM = '/usr/bin/chromium';
const PICTURES = '.reports/pictures';
// Without these, Chromium calls its maker's hosts at every start.
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const WAYS = [
  { platform: 'Shopify', shop: 'north-harbor-outfitters', field: 'Shop', consent: ['Install'] },
  { platform: 'WooCommerce', shop: 'buchladen.sandbox.test', field: 'Shop address', consent: ['Log in', 'Approve'] },
] as const;

// A machine without Chromium skips it and says so; .ci/run brings it, and there it must run.
describe.skipIf(!existsSync(CHROMIUM) && process.env['CI'] !== 'true')('in Chromium', () => {
  let system: System;
  let browser: Browser;
  beforeAll(async () => {
    mkdirSync(PICTURES, { recursive: true });
    system = await startSystem();
    browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  });
  afterAll(async () => {
    await browser.close();
    await system.stop();
  });

  async function connectLink(): Promise<string> {
    const [{ app }] = system.tenants;
    const { json } = await apiClient(system, app).call('POST', '/v1/connect-sessions', {});
    return (json as { url: string }).url;
  }

  /** For people to look at; a picture that the browser could not take while it was leaving a page is no failure. */
  async function picture(page: Page, name: string): Promise<void> {
    await page.screenshot({ path: `${PICTURES}/${name}.png` }).catch((error: unknown) => console.log(String(error)));
  }

  async function press(page: Page, name: string): Promise<void> {
    const target = page.getByRole('button', { name }).or(page.getByRole('link', { name, exact: true }));
    await Promise.all([page.waitForLoadState('load'), target.first().click()]);
  }

  describe.each([
    ['with a script engine', true],
    ['without a script engine', false],
  ])('%s', (_, javaScriptEnabled) => {
    it.each(WAYS)(
      'connects a $platform shop through its consent screen',
      async ({ platform, shop, field, consent }) => {
        const context = await browser.newContext({ javaScriptEnabled });
        const page = await context.newPage();
        const refused: string[] = [];
        page.on('console', (message) => refused.push(message.text()));
        await page.goto(await connectLink());
        await picture(page, `${platform}-1-choose`);
        await page.getByRole('link', { name: platform }).click();
        await page.getByLabel(field).first().fill(shop);
        await picture(page, `${platform}-2-form`);
        await press(page, `Continue to ${platform}`);
        for (const step of consent) await press(page, step);
        await page.getByRole('heading', { name: 'Your shop is connected' }).waitFor();
        await picture(page, `${platform}-3-connected`);
        await page.reload();
        await page.getByRole('heading', { name: 'Your shop is connected' }).waitFor();
        expect(refused.filter((text) => text.includes('Content Security Policy'))).toEqual([]);
        await context.close();
      },
    );
  });

  it('can be walked with the keyboard alone', async () => {
    const page = await browser.newPage();
    await page.goto(await connectLink());
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByLabel('Shop').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.type('no such shop!');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    expect(await page.getByLabel('Shop').getAttribute('aria-invalid')).toBe('true');
    await picture(page, 'form-error');
    await page.close();
  });
});
