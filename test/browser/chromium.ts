import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type LaunchOptions, type Page } from 'playwright-core';

/** Debian's; the browsers that Playwright would download are not used. */
const PROGRAM = '/usr/bin/chromium';
const PICTURES = fileURLToPath(new URL('../../.reports/browser', import.meta.url));

// Without the first of these, Chromium calls its maker's hosts at every start.
const FLAGS = [
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'],
  ...['--no-sandbox', '--disable-gpu', '--disable-quic'],
  // Whatever a page names, nothing but this machine is ever reached.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

/** Left out visibly where there is no Chromium; on a build server, which brings it, that is a failure. */
export const hasChromium = existsSync(PROGRAM) || process.env['CI'] === 'true';

export async function launchChromium(options: LaunchOptions = {}): Promise<Browser> {
  return await chromium.launch({ executablePath: PROGRAM, args: FLAGS, ...options });
}

/** A tab, and what went wrong in it: errors of scripts, and whatever its content security policy stopped. */
export interface Tab {
  readonly page: Page;
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

/** Opens a tab in a profile of its own. */
export async function openTab(browser: Browser, options: BrowserContextOptions = {}): Promise<Tab> {
  const context = await browser.newContext({ viewport: { width: 900, height: 800 }, ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (/Content.Security.Policy|Refused to/i.test(message.text())) complaints.push(message.text());
  });
  return { page, complaints, close: () => context.close() };
}

/** Keeps a picture of what is on the screen, for people to look at; one that could not be taken is no failure. */
export async function picture(page: Page, name: string): Promise<void> {
  await mkdir(PICTURES, { recursive: true });
  const taken = page.screenshot({ path: path.join(PICTURES, `${name}.png`), fullPage: true });
  await taken.catch((error: unknown) => console.log(String(error)));
}
