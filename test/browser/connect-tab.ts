import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';
import { apiClient } from '../e2e/api-client.js';
import type { System, TestApp } from '../system.js';
import { openTab } from './chromium.js';

/** Opens a connect link in a profile of its own; a page that broke its own rules fails the test. */
export async function inTab(
  { system, browser, app }: { readonly system: System; readonly browser: Browser; readonly app: TestApp },
  options: BrowserContextOptions,
  session: object,
  walk: (page: Page, link: string) => Promise<void>,
): Promise<void> {
  const { url: link } = await apiClient(system, app).createSession({ ...session });
  const tab = await openTab(browser, options);
  try {
    await tab.page.goto(link);
    await walk(tab.page, link);
    expect(tab.complaints).toEqual([]);
  } finally {
    await tab.close();
  }
}

export const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
export const follow = (page: Page, name: string) => page.getByRole('link', { name, exact: true }).click();
export const heading = (page: Page, name: string) => page.getByRole('heading', { name }).waitFor();
export const isConnected = (page: Page) => heading(page, 'Your shop is connected');

/** How much wider than the window the page is, in CSS pixels. */
export async function overhang(page: Page): Promise<number> {
  return Number(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'));
}
