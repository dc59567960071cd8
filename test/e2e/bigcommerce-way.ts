import type { System, TestApp } from '../system.js';
import { registerClient } from '../system.js';
import { apiClient, type Store } from './api-client.js';
import { createMerchantBrowser, type MerchantBrowser, type Page } from './merchant-browser.js';

export const CEDAR = 'abc123xyz';
export const WERKSTATT = 'eur456uvw';
const CALLBACK = /\/connect\/callback\//;

/** The platform's host of one store, for the sandbox's control interface and its control panel. */
export const panelOf = (hash: string): string => `store-${hash}.mybigcommerce.com`;

export interface BigCommerceWay {
  readonly hash: string;
  readonly session?: Readonly<Record<string, unknown>>;
  readonly browser?: MerchantBrowser;
}

/** Registers the app at platform and gateway, as its developer would. */
export async function registerBigCommerceApp(system: System, app: TestApp, clientId: string): Promise<void> {
  await registerClient(system, app, clientId, { platform: 'bigcommerce' });
}

/** Goes from the connect link to the platform and back to the screen on which the merchant says yes. */
export async function reachYes(
  system: System,
  app: TestApp,
  { hash, session = {}, browser = createMerchantBrowser() }: BigCommerceWay,
): Promise<{ readonly browser: MerchantBrowser; readonly callback: string; readonly screen: Page }> {
  const { url } = await apiClient(system, app).createSession({ platform: 'bigcommerce', ...session });
  const form = (await browser.open(url)).forms[0];
  const install = await browser.submit(form);
  const callback = await browser.submitUntil(install.forms[0], { store: hash, decision: 'confirm' }, CALLBACK);
  return { browser, callback, screen: await browser.open(callback) };
}

/** Connects a shop. @throws Error when it did not come about */
export async function connectBigCommerce(system: System, app: TestApp, way: BigCommerceWay): Promise<Store> {
  const { browser, screen } = await reachYes(system, app, way);
  const page = await browser.submit(screen.forms[0]);
  const stores = await apiClient(system, app).stores();
  const store = stores.find(({ platform, status }) => platform === 'bigcommerce' && status === 'active');
  if (store === undefined) throw new Error(`${way.hash} is not connected: ${page.text}`);
  return store;
}
