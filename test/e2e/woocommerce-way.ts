import { z } from 'zod';
import type { System, TestApp } from '../system.js';
import { apiClient, type Store } from './api-client.js';
import { createMerchantBrowser, type MerchantBrowser, type Page } from './merchant-browser.js';

export const BOOKS = 'buchladen.sandbox.test';
export const TEA = 'tea.sandbox.test';
export const SOUQ = 'souq.sandbox.test';
export const VINYL = 'vinyl.sandbox.test';
export const WOOCOMMERCE_SHOPS = [BOOKS, TEA, SOUQ, VINYL] as const;

/** What a merchant types; one shop lives in a folder. */
export function shopAddress(host: string): string {
  return `https://${host}${host === TEA ? '/shop' : ''}`;
}

export interface WooCommerceWay {
  readonly host: string;
  readonly session?: Readonly<Record<string, unknown>>;
  readonly browser?: MerchantBrowser;
}

export interface AtConsent {
  readonly browser: MerchantBrowser;
  readonly link: string;
  readonly sessionId: string;
  /** The shop's own page with its links "Approve" and "Deny". */
  readonly consent: Page;
  /** The secret address to which the shop posts the keys. */
  readonly callbackUrl: string;
  /** The one-time word that the shop posts with the keys, and brings back in the merchant's browser. */
  readonly nonce: string;
}

/** Opens the connect link, names the shop, logs in there, and stops on its consent page. */
export async function reachWooCommerceConsent(
  system: System,
  app: TestApp,
  { host, session = {}, browser = createMerchantBrowser() }: WooCommerceWay,
): Promise<AtConsent> {
  const made = await apiClient(system, app).createSession({ platform: 'woocommerce', ...session });
  const screen = await browser.open(made.url);
  let consent = await browser.submit(screen.forms[0], { storeUrl: shopAddress(host) });
  // A browser that logged in to the shop before sees its consent page at once.
  if (consent.forms.length > 0) consent = await browser.submit(consent.forms[0], { username: 'merchant' });
  const { searchParams } = new URL(consent.url);
  const [callbackUrl, nonce] = [searchParams.get('callback_url'), searchParams.get('user_id')];
  if (callbackUrl === null || nonce === null) throw new Error(`no consent page: ${consent.url} ${consent.text}`);
  return { browser, link: made.url, sessionId: made.id, consent, callbackUrl, nonce };
}

/** Loads a page that goes on by itself until it does. @throws Error when it never does */
export async function awaitEnd(browser: MerchantBrowser, first: Page): Promise<Page> {
  let page = first;
  for (let tries = 0; page.title === 'Almost done'; tries += 1) {
    if (tries > 100) throw new Error(`still waiting: ${page.text}`);
    page = await browser.open(page.url);
  }
  return page;
}

/** Connects a shop by its consent page. @throws Error when it did not come about */
export async function connectWooCommerce(system: System, app: TestApp, way: WooCommerceWay): Promise<Store> {
  const { browser, consent } = await reachWooCommerceConsent(system, app, way);
  const end = await awaitEnd(browser, await browser.click(consent, 'Approve'));
  const stores = await apiClient(system, app).stores();
  const store = stores.find(({ domain, status }) => domain === way.host && status === 'active');
  if (store === undefined) throw new Error(`${way.host} is not connected: ${end.text}`);
  return store;
}

const keyPair = z.object({ consumer_key: z.string(), consumer_secret: z.string() });
export type KeyPair = z.infer<typeof keyPair>;

/** Keys as a merchant makes them in the shop's settings. */
export async function makeKeys(
  { sandboxUrl }: System,
  host: string,
  permissions: 'read' | 'write' | 'read_write' = 'read',
): Promise<KeyPair> {
  const response = await fetch(`${sandboxUrl}/${host}/control/keys`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ permissions }),
  });
  return keyPair.parse(await response.json());
}

/** The fields of a pasted pair, as the API and the screen name them. */
export function pasted(address: string, { consumer_key: key, consumer_secret: secret }: KeyPair) {
  return { storeUrl: address, key, secret };
}
