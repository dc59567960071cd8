import type { Browser } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { apiClient } from '../e2e/api-client.js';
import { RETURN_ORIGIN, type System } from '../system.js';
import { hasChromium, openTab } from './chromium.js';
import { startWithBrowser } from './connect-tab.js';
import { everyScreen } from './every-screen.js';

/** Each would leave a mark on the window if anything of it ran, and a complaint if the policy had to stop it. */
const PAYLOADS = [
  '<script>window.marked = 1</script>',
  '"><script>window.marked = 1</script>',
  "'><img src=x onerror=window.marked=1>",
  '<img src=x onerror="window.marked=1">',
  '<svg onload=window.marked=1>',
  '" autofocus onfocus="window.marked=1',
  "' onmouseover='window.marked=1",
  '</title><script>window.marked = 1</script>',
  '</textarea><svg/onload=window.marked=1>',
  '<a href="javascript:window.marked=1">x</a>',
  '<iframe srcdoc="<script>parent.marked=1</script>">',
  '<base href="https://evil.example/">',
  '<style>body{display:none}</style>',
  '<meta http-equiv="refresh" content="0;url=https://evil.example/">',
  '${window.marked=1}{{marked=1}}{app}',
  '<!--><script>window.marked=1</script>-->',
] as const;

const INTRUDERS =
  "script:not([src='/connect/screen.js']), img, svg, iframe, base, style, [onload], [onerror], [onfocus], a[href^='javascript:']";

describe.skipIf(!hasChromium)('hostile words on the connect screens', { timeout: 240_000 }, () => {
  let system: System;
  let browser: Browser;
  beforeAll(async () => {
    const started = await startWithBrowser();
    ({ system, browser } = started);
    return started.stop;
  });

  const tabWithState = async () => {
    const tab = await openTab(browser);
    const findings: string[] = [];
    const look = async (name: string) => {
      const marked = await tab.page.evaluate('window.marked === undefined ? 0 : 1');
      const intruders = await tab.page.locator(INTRUDERS).count();
      if (marked !== 0 || intruders > 0) findings.push(`${name}: ${String(marked)} ran, ${String(intruders)} there`);
    };
    return { ...tab, findings, look, close: () => tab.close() };
  };

  it.each(PAYLOADS)('in what is typed, in errors and in addresses are text: %s', async (payload) => {
    const app = await system.addApp(system.tenants[0].id, { name: payload, mode: 'test' });
    const { page, complaints, findings, look, close } = await tabWithState();
    const returnUrl = `${RETURN_ORIGIN}/?next=${encodeURIComponent(payload)}`;
    const { url } = await apiClient(system, app).createSession({ returnUrl });
    const query = encodeURIComponent(payload);
    await page.goto(`${url}?search=${query}`);
    await look('search');
    expect(await page.getByRole('searchbox').inputValue()).toBe(payload);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain(payload);
    await page.goto(`${url}/shopify?shop=${query}`);
    await look('filled in');
    await page.goto(`${url}/woocommerce?storeUrl=${query}`);
    await page.evaluate('document.forms[0].submit()');
    await page.getByRole('alert').waitFor();
    await look('refused');
    expect(await page.locator('[name=storeUrl]').first().inputValue()).toBe(payload);
    await page.goto(`${system.url}/connect/callback/x?state=x&error=access_denied&error_description=${query}`);
    await look('error_description');
    await page.goto(`${system.url}/connect/${query}`);
    await look('token');
    await close();
    expect([findings, complaints]).toEqual([[], []]);
  });

  it('as the names of app and shop are text on every screen', async () => {
    const name = PAYLOADS.join(' ');
    const app = await system.addApp(system.tenants[0].id, { name: name.slice(0, 60), mode: 'test' });
    const { page, complaints, findings, look, close } = await tabWithState();
    await everyScreen({
      ...{ system, app, page },
      look: async (screen) => {
        await look(screen);
        await system.sql('UPDATE stores SET name = $1, domain = $1 WHERE app_id = $2', [name, app.appId]);
        if (screen !== 'done') return;
        await page.reload();
        expect(await page.locator('main').textContent()).toContain(name);
        await look('done, renamed');
      },
    });
    await close();
    expect([findings, complaints]).toEqual([[], []]);
  });
});
