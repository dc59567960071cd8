import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { beforeAll, beforeEach, expect } from 'vitest';
import { apiClient } from '../e2e/api-client.js';
import { registerClient, startSystem, type System, type TestApp } from '../system.js';
import { launchChromium, openTab, type Tab } from './chromium.js';

interface Started {
  readonly system: System;
  readonly browser: Browser;
  /** Ends both. */
  readonly stop: () => Promise<void>;
}

/** A system, and a browser to look at it with. */
export async function startWithBrowser(options: Parameters<typeof startSystem>[0] = {}): Promise<Started> {
  const system = await startSystem(options);
  const browser = await launchChromium();
  const stop = async () => {
    await browser.close();
    await system.stop();
  };
  return { system, browser, stop };
}

/** Walks in a profile of its own; a page that broke its own rules fails the test. */
export async function withTab(
  browser: Browser,
  options: BrowserContextOptions,
  walk: (tab: Tab) => Promise<void>,
): Promise<void> {
  const tab = await openTab(browser, options);
  try {
    await walk(tab);
    expect(tab.complaints).toEqual([]);
  } finally {
    await tab.close();
  }
}

/** What merchants meet; to be read while a test runs. */
interface Merchants {
  readonly system: System;
  readonly browser: Browser;
  /** The test's own. */
  readonly app: TestApp;
  /** The domains of the shops that the app is connected to. */
  readonly stores: () => Promise<readonly (string | null)[]>;
  /** Opens a connect link of the app in a profile of its own. */
  readonly inTab: (
    options: BrowserContextOptions,
    session: object,
    walk: (page: Page, link: string) => Promise<void>,
  ) => Promise<void>;
}

/** For a `describe`: a system and a browser, and for each of its tests an app that is registered where merchants consent. */
export function merchants(clientPrefix: string): Merchants {
  let system: System;
  let browser: Browser;
  let app: TestApp;
  beforeAll(async () => {
    const started = await startWithBrowser();
    ({ system, browser } = started);
    return started.stop;
  });
  beforeEach(async (context) => {
    app = await system.addApp(system.tenants[0].id, { name: 'Acme Shipping', mode: 'test' });
    await registerClient(system, app, `${clientPrefix}-${context.task.id}`);
  });
  return {
    get system() {
      return system;
    },
    get browser() {
      return browser;
    },
    get app() {
      return app;
    },
    stores: async () => (await apiClient(system, app).stores()).map(({ domain }) => domain),
    async inTab(options, session, walk) {
      const { url: link } = await apiClient(system, app).createSession({ ...session });
      await withTab(browser, options, async ({ page }) => {
        await page.goto(link);
        await walk(page, link);
      });
    },
  };
}

export const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
export const follow = (page: Page, name: string) => page.getByRole('link', { name, exact: true }).click();
export const heading = (page: Page, name: string) => page.getByRole('heading', { name }).waitFor();
export const isConnected = (page: Page) => heading(page, 'Your shop is connected');

/** How much wider than the window the page is, in CSS pixels. */
export async function overhang(page: Page): Promise<number> {
  return Number(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'));
}
