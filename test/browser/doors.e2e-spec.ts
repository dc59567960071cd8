import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { beginWalk, CALLBACK, discover, signIn } from '../e2e/oauth-way.js';
import { linkOf } from '../e2e/operator-way.js';
import type { System } from '../system.js';
import { axeFindings } from './axe.js';
import { hasChromium, picture } from './chromium.js';
import { heading, overhang, press, startWithBrowser, withTab } from './connect-tab.js';

const HOSTILE = `<img src=x onerror="window.marked=1">"><script>window.marked=1</script>`;
const WAYS: readonly (readonly [string, BrowserContextOptions])[] = [
  ['light', { colorScheme: 'light' }],
  ['dark', { colorScheme: 'dark' }],
  ['narrow', { viewport: { width: 320, height: 640 } }],
];

describe.skipIf(!hasChromium)('the doors of users and operators', { timeout: 60_000 }, () => {
  let system: System;
  let browser: Browser;
  beforeAll(async () => {
    const started = await startWithBrowser({ idle: true });
    ({ system, browser } = started);
    return started.stop;
  });

  /** The address at which a client of that name asks somebody, and what stands in for its own page. */
  async function askedBy(name: string, page: Page): Promise<string> {
    const { app } = system.tenants[0];
    await page.route(`${CALLBACK}*`, (route) =>
      route.fulfill({ contentType: 'text/html', body: '<h1>The client</h1>' }),
    );
    const { clientId } = await system.addClient(app, { kind: 'browser', redirectUris: [CALLBACK], name });
    const user = { id: name, name };
    const hint = await signIn(system, app, { user });
    const parameters = { login_hint: hint, scope: 'read:orders write:products read:customers.pii' };
    return (await beginWalk(await discover(system, clientId), parameters)).address.href;
  }

  async function look(page: Page, name: string): Promise<void> {
    await picture(page, `door-${name}`);
    expect([name, await axeFindings(page), await overhang(page)]).toEqual([name, [], 0]);
    expect(await page.evaluate('window.marked')).toBeUndefined();
  }

  it.each(WAYS)(
    'of a user: what a client may do, and the ways on, can be read by everybody (%s)',
    async (way, options) => {
      await withTab(browser, options, async ({ page }) => {
        const address = await askedBy('Stock Mirror', page);
        await page.goto(address);
        await heading(page, 'Let Stock Mirror use');
        await page.getByText('See names, e-mail addresses, phone numbers and streets of customers').waitFor();
        await look(page, `consent-${way}`);
        await press(page, 'Do not allow');
        await heading(page, 'The client');
        expect(new URL(page.url()).searchParams.get('error')).toBe('access_denied');
        await page.goto(address);
        await heading(page, 'This sign-in cannot be used');
        await look(page, `consent-used-${way}`);
        await page.goto(`${system.url}/oauth/authorize?client_id=nobody`);
        await heading(page, 'This did not work');
        await look(page, `consent-nobody-${way}`);
      });
    },
  );

  it('of a user: takes the keyboard, without a script', async () => {
    await withTab(browser, { javaScriptEnabled: false }, async ({ page }) => {
      await page.goto(await askedBy('Keys Only', page));
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await heading(page, 'The client');
      expect(new URL(page.url()).searchParams.get('code')).toMatch(/./);
    });
  });

  it('of a user: shows names as text, whatever they are', async () => {
    await withTab(browser, {}, async ({ page }) => {
      await page.goto(await askedBy(HOSTILE, page));
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain(HOSTILE);
      expect(await page.getByText(`as ${HOSTILE}`).count()).toBe(1);
      await look(page, 'consent-hostile');
    });
  });

  it.each(WAYS)(
    'of operators: the ways in, and what went wrong, can be read by everybody (%s)',
    async (way, options) => {
      await withTab(browser, options, async ({ page }) => {
        await page.goto(`${system.url}/ops/sign-in`);
        await heading(page, 'Operators');
        await look(page, `sign-in-${way}`);
        await page.goto(`${system.url}/ops/sign-in?again=1`);
        await page.getByText('What you want takes a sign-in of the last five minutes').waitFor();
        await look(page, `sign-in-again-${way}`);
        const link = linkOf(system, await system.addSignInLink({ name: HOSTILE, role: 'viewer' }));
        await page.goto(link);
        await heading(page, 'Sign in once');
        expect(await page.locator('strong').textContent()).toBe(HOSTILE);
        await look(page, `link-${way}`);
        await press(page, 'Sign in');
        await heading(page, 'Attention');
        await page.goto(link);
        await page.getByRole('alert').waitFor();
        await look(page, `link-used-${way}`);
      });
    },
  );
});
