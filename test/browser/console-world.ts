import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { beforeAll, beforeEach } from 'vitest';
import { FixtureServer } from '../../apps/console/testing/server.js';
import { id } from '../../apps/console/testing/stores.js';
import { makeWorld, NORMAL } from '../../apps/console/testing/world.js';
import { launchChromium, openTab, type Tab } from './chromium.js';

/** A name for pictures, the address, and what the h1 says with the fixtures of a normal day. */
export type Screen = readonly [name: string, path: string, heading: string | RegExp];

/** Every screen. */
export const SCREENS: readonly Screen[] = [
  ['attention', '/console', 'Attention'],
  ['stores', '/console/stores', 'Stores'],
  ['store', `/console/stores/${id('sto', 5)}`, /\d$/],
  ['platforms', '/console/platforms', 'Platforms'],
  ['platform', '/console/platforms/alpha', 'Alpha Shops'],
  ['capabilities', '/console/capabilities', 'Capabilities'],
  ['tokens', '/console/tokens', 'Tokens'],
  ['queues', '/console/queues', 'Queues'],
  ['webhooks', '/console/webhooks', 'Webhooks'],
  ['apps', '/console/apps', 'Apps'],
  ['app', `/console/apps/${id('app', 2)}`, 'App 2'],
  ['audit', '/console/audit', 'Audit log'],
  ['operators', '/console/operators', 'Operators'],
  ['sessions', '/console/sessions', 'Sessions'],
  ['stops', '/console/stops', 'Stops'],
];

export interface ConsoleWorld {
  readonly server: FixtureServer;
  readonly url: string;
  readonly browser: Browser;
  /** Opens a tab in a profile of its own. */
  open(options?: BrowserContextOptions): Promise<Tab>;
  /** Goes to a path and waits for what it shows. */
  go(page: Page, path: string): Promise<void>;
  /** Everything as on a normal day again. */
  reset(): void;
  stop(): Promise<void>;
}

/** The built console, with a gateway behind it that answers as a test wants. */
export async function startConsole(): Promise<ConsoleWorld> {
  const normal = () => makeWorld(NORMAL, Date.now());
  const server = new FixtureServer(normal());
  const url = await server.listen();
  const browser = await launchChromium();
  return {
    server,
    url,
    browser,
    async open(options = {}) {
      const tab = await openTab(browser, { viewport: { width: 1280, height: 900 }, ...options });
      await tab.page.addInitScript(TELL_VIOLATIONS);
      return tab;
    },
    async go(page, path) {
      await page.goto(`${url}${path}`);
      await isSettled(page);
    },
    reset() {
      server.world = normal();
      server.become('well');
      Object.assign(server, { role: 'admin', stale: false, hostile: false });
      server.acted.length = 0;
    },
    async stop() {
      await browser.close();
      await server.close();
    },
  };
}

/**
 * Starts the console before the tests of a suite, and opens a tab in it before each of them.
 * @param opened takes what the next test works with
 * @param after what must hold of the tab when a test is over
 */
export function useConsole(opened: (world: ConsoleWorld, tab: Tab) => void, after?: (tab: Tab) => void): void {
  let world: ConsoleWorld;
  beforeAll(async () => {
    world = await startConsole();
    return () => world.stop();
  });
  beforeEach(async () => {
    world.reset();
    const tab = await world.open();
    opened(world, tab);
    return async () => {
      after?.(tab);
      await tab.close();
    };
  });
}

/** Also what a script tried and caught itself, which no error tells of; openTab listens to the console. */
const TELL_VIOLATIONS = `addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
  console.error('Content Security Policy stopped', violatedDirective, blockedURI))`;

/** Waits until the screen has its answer, or says why it has none. */
export async function isSettled(page: Page): Promise<void> {
  await page.locator('h1').waitFor();
  await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
}
