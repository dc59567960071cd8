import type { System, TestApp } from '../system.js';
import { apiClient, type Store } from './api-client.js';
import { createMerchantBrowser, type MerchantBrowser, type Page } from './merchant-browser.js';

export const USD_SHOP = 'north-harbor-outfitters.myshopify.com';
export const EUR_SHOP = 'atelier-lindenhof.myshopify.com';
export const JPY_SHOP = 'kaze-coffee.myshopify.com';
export const KWD_SHOP = 'souq-al-salmiya.myshopify.com';
export const SHOPIFY_SHOPS = [USD_SHOP, EUR_SHOP, JPY_SHOP, KWD_SHOP] as const;

/** The address a merchant comes back to after the consent. */
export const CALLBACK = /\/connect\/callback\//;

export interface ShopifyWay {
  readonly shop: string;
  /** What the session is made with, besides. */
  readonly session?: Readonly<Record<string, unknown>>;
  readonly browser?: MerchantBrowser;
}

/** A merchant who agreed and is about to come back. */
export interface Agreed {
  readonly browser: MerchantBrowser;
  /** The link that the app gave to the merchant. */
  readonly link: string;
  readonly callback: string;
}

/** Opens the connect link, names the shop, and stops on the platform's consent screen. */
export async function reachShopifyConsent(
  system: Pick<System, 'url'>,
  app: TestApp,
  { shop, session = {}, browser = createMerchantBrowser() }: ShopifyWay,
): Promise<{ readonly browser: MerchantBrowser; readonly link: string; readonly consent: Page }> {
  const { url: link } = await apiClient(system, app).createSession({ platform: 'shopify', ...session });
  const screen = await browser.open(link);
  return { browser, link, consent: await browser.submit(screen.forms[0], { shop }) };
}

/** Goes the whole way but for the last step: the callback is not opened. */
export async function agreeAtShopify(system: Pick<System, 'url'>, app: TestApp, way: ShopifyWay): Promise<Agreed> {
  const { browser, link, consent } = await reachShopifyConsent(system, app, way);
  const callback = await browser.submitUntil(consent.forms[0], { decision: 'install' }, CALLBACK);
  return { browser, link, callback };
}

/** Connects a shop. @throws Error when it did not come about */
export async function connectShopify(system: Pick<System, 'url'>, app: TestApp, way: ShopifyWay): Promise<Store> {
  const { browser, callback } = await agreeAtShopify(system, app, way);
  const page = await browser.open(callback);
  const stores = await apiClient(system, app).stores();
  const store = stores.find(({ domain, status }) => domain === way.shop && status === 'active');
  if (store === undefined) throw new Error(`${way.shop} is not connected: ${page.text}`);
  return store;
}
