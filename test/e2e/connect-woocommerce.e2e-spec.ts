import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { RETURN_ORIGIN, startSystem, type System, type TestApp } from '../system.js';
import { apiClient } from './api-client.js';
import { createMerchantBrowser } from './merchant-browser.js';
import { readLedger } from './sandbox-ledger.js';
import {
  type AtConsent,
  awaitEnd,
  BOOKS,
  connectWooCommerce,
  reachWooCommerceConsent,
  SOUQ,
  TEA,
  VINYL,
} from './woocommerce-way.js';

let system: System;
let app: TestApp;
beforeAll(async () => {
  system = await startSystem();
  return () => system.stop();
});
beforeEach(async () => {
  app = await system.addApp(system.tenants[0].id, { name: 'Acme & Söhne', mode: 'test' });
});

const stores = () => apiClient(system, app).stores();

describe('a merchant approves in the shop', () => {
  it('connects a shop in a folder: the store appears and its orders can be read', async () => {
    const { browser, consent } = await reachWooCommerceConsent(system, app, { host: TEA });
    expect(consent.text).toContain('Acme & Söhne wants to connect to this shop');
    expect(consent.text).toContain('asks for Read access');
    const end = await awaitEnd(browser, await browser.click(consent, 'Approve'));
    expect([end.status, end.title]).toEqual([200, 'Your shop is connected']);
    const [store, ...others] = await stores();
    expect(others).toEqual([]);
    expect(store).toMatchObject({ platform: 'woocommerce', domain: TEA, currency: 'JPY', status: 'active' });
    expect(store?.scopesGranted).toEqual(['read']);
    expect((await apiClient(system, app).orders(`store=${store?.id ?? ''}&limit=5`)).data).toHaveLength(5);
  });

  it('asks for no more than the app needs', async () => {
    const session = { access: ['read:orders', 'write:products'] };
    const { consent } = await reachWooCommerceConsent(system, app, { host: SOUQ, session });
    expect(consent.text).toContain('asks for Read/Write access');
  });

  it('shows the same end when the page is loaded again', async () => {
    const { browser, link, consent } = await reachWooCommerceConsent(system, app, { host: BOOKS });
    const end = await awaitEnd(browser, await browser.click(consent, 'Approve'));
    expect((await browser.open(end.url)).text).toBe(end.text);
    expect(await stores()).toHaveLength(1);
    expect((await createMerchantBrowser().open(link)).title).toBe('Connected already');
  });

  it('leads back to the app', async () => {
    const session = { returnUrl: `${RETURN_ORIGIN}/done` };
    const { browser, consent, sessionId } = await reachWooCommerceConsent(system, app, { host: BOOKS, session });
    const end = await awaitEnd(browser, await browser.click(consent, 'Approve'));
    const { origin, searchParams } = new URL(end.url);
    expect([origin, Object.fromEntries(searchParams)]).toEqual([
      RETURN_ORIGIN,
      { status: 'connected', store: (await stores())[0]?.id, connectSession: sessionId },
    ]);
  });

  it('connects even when the merchant closes the window right after approving', async () => {
    const { browser, consent } = await reachWooCommerceConsent(system, app, { host: VINYL });
    await browser.clickUntil(consent, 'Approve', /\/connect\/return/);
    await expect.poll(async () => (await stores()).map(({ domain }) => domain), { timeout: 15_000 }).toEqual([VINYL]);
  });

  it('renews the store when the same app connects the shop again; another app gets one of its own', async () => {
    const first = await connectWooCommerce(system, app, { host: BOOKS });
    const again = await connectWooCommerce(system, app, { host: BOOKS });
    expect(again.id).toBe(first.id);
    const other = await connectWooCommerce(system, system.tenants[1].app, { host: BOOKS });
    expect(other.id).not.toBe(first.id);
    expect((await apiClient(system, app).orders(`store=${first.id}&limit=1`)).data).toHaveLength(1);
  });
});

describe('a merchant who does not agree', () => {
  it('is told that nothing was stored, also when loading the page again, and may start again', async () => {
    const { browser, consent, link } = await reachWooCommerceConsent(system, app, { host: BOOKS });
    const page = await browser.click(consent, 'Deny');
    expect([page.status, page.title]).toEqual([200, 'Not connected']);
    expect(page.links).toEqual([{ text: 'Try again', href: link }]);
    expect((await browser.open(page.url)).title).toBe('Not connected');
    expect(await stores()).toEqual([]);
    expect((await browser.open(link)).forms).toHaveLength(2);
  });

  it('goes back to the app when it gave an address', async () => {
    const session = { returnUrl: `${RETURN_ORIGIN}/done` };
    const { browser, consent } = await reachWooCommerceConsent(system, app, { host: BOOKS, session });
    const page = await browser.click(consent, 'Deny');
    expect(page.links[1]).toEqual({
      text: 'Back to Acme & Söhne',
      href: expect.stringMatching(/^https:\/\/app\.example\/done\?status=declined&connectSession=ses_/),
    });
  });
});

describe('the address that takes keys', () => {
  const unknownKeys = { consumer_key: `ck_${'0'.repeat(40)}`, consumer_secret: `cs_${'0'.repeat(40)}` };
  const post = (address: string, body: object | string, type = 'application/json') =>
    fetch(address, {
      method: 'POST',
      headers: { 'content-type': type },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  const bodyFor = (nonce: string) => ({ key_id: 1, user_id: nonce, ...unknownKeys, key_permissions: 'read' });

  /** The merchant can still approve: a forgery has used nothing up. */
  async function expectStillOpen({ browser, consent }: AtConsent): Promise<void> {
    expect(await stores()).toEqual([]);
    const end = await awaitEnd(browser, await browser.click(consent, 'Approve'));
    expect(end.title).toBe('Your shop is connected');
  }

  it('refuses every post that does not know both its secrets', async () => {
    const way = await reachWooCommerceConsent(system, app, { host: BOOKS });
    const other = await reachWooCommerceConsent(system, system.tenants[1].app, { host: BOOKS });
    const forgeries: readonly (readonly [string, string])[] = [
      [`${system.url}/connect/keys/${'A'.repeat(43)}`, way.nonce],
      [`${system.url}/connect/keys/${way.nonce}`, way.nonce],
      [way.callbackUrl, 'A'.repeat(43)],
      [way.callbackUrl, other.nonce],
      [other.callbackUrl, way.nonce],
      [way.callbackUrl, way.callbackUrl.split('/').at(-1) ?? ''],
    ];
    for (const [address, nonce] of forgeries) {
      const response = await post(address, bodyFor(nonce));
      expect([response.status, await response.json()]).toEqual([
        400,
        expect.objectContaining({ code: 'connect_state_invalid' }),
      ]);
    }
    await expectStillOpen(way);
  });

  it('refuses what is no pair of keys, and what is no JSON', async () => {
    const way = await reachWooCommerceConsent(system, app, { host: BOOKS });
    const { nonce, callbackUrl } = way;
    const wrong = [{}, { ...bodyFor(nonce), consumer_key: 'ck_<script>' }, { ...bodyFor(nonce), user_id: [nonce] }, []];
    for (const body of wrong) expect((await post(callbackUrl, body)).status).toBe(400);
    expect((await post(callbackUrl, '{"user_id":')).status).toBe(400);
    const form = new URLSearchParams({ user_id: nonce, ...unknownKeys }).toString();
    expect((await post(callbackUrl, form, 'application/x-www-form-urlencoded')).status).toBe(415);
    expect((await post(callbackUrl, JSON.stringify(bodyFor(nonce)), 'text/plain')).status).toBe(415);
    await expectStillOpen(way);
  });

  it('takes keys once', async () => {
    const way = await reachWooCommerceConsent(system, app, { host: BOOKS });
    await awaitEnd(way.browser, await way.browser.click(way.consent, 'Approve'));
    expect((await post(way.callbackUrl, bodyFor(way.nonce))).status).toBe(400);
    const [store] = await stores();
    expect((await apiClient(system, app).orders(`store=${store?.id ?? ''}&limit=1`)).data).toHaveLength(1);
  });

  it('takes none that come too late: the shop hears so and deletes the key it made', async () => {
    const { browser, consent } = await reachWooCommerceConsent(system, app, { host: SOUQ });
    await system.sql("UPDATE connect_attempts SET expires_at = now() - interval '1 second'");
    const page = await browser.click(consent, 'Approve');
    expect([page.status, page.text]).toEqual([401, expect.stringContaining('unable to send the consumer data')]);
    expect((await readLedger(system, SOUQ)).at(-1)).toMatchObject({ kind: 'keyExchange', outcome: 'refused' });
    expect(await stores()).toEqual([]);
  });

  it('connects nothing with keys that the shop itself does not know', async () => {
    const { browser, consent, callbackUrl, nonce } = await reachWooCommerceConsent(system, app, { host: BOOKS });
    expect((await post(callbackUrl, bodyFor(nonce))).status).toBe(200);
    const back = await browser.open(`${system.url}/connect/return?success=1&user_id=${nonce}`);
    const page = await awaitEnd(browser, back);
    expect([page.status, page.title]).toEqual([400, 'Your shop could not be connected']);
    expect(page.text).toContain('does not accept these keys');
    expect(page.links.map(({ text }) => text)).toEqual(['Try again']);
    expect(await stores()).toEqual([]);
    // Too late for the genuine ones as well: this attempt is over.
    expect((await browser.click(consent, 'Approve')).status).toBe(401);
  });
});

it('shows the outcome to the browser that went away and to no other', async () => {
  const { browser, consent, nonce } = await reachWooCommerceConsent(system, app, { host: BOOKS });
  const page = await createMerchantBrowser().open(`${system.url}/connect/return?success=1&user_id=${nonce}`);
  expect([page.status, page.title]).toEqual([400, 'This did not work']);
  const forgedRefusal = `${system.url}/connect/return?success=0&user_id=${nonce}`;
  expect((await createMerchantBrowser().open(forgedRefusal)).status).toBe(400);
  expect((await awaitEnd(browser, await browser.click(consent, 'Approve'))).title).toBe('Your shop is connected');
});

it('waits on its page while the keys have not come', async () => {
  const { browser, nonce } = await reachWooCommerceConsent(system, app, { host: BOOKS });
  const page = await browser.open(`${system.url}/connect/return?success=1&user_id=${nonce}`);
  expect([page.status, page.title]).toEqual([200, 'Almost done']);
  expect(page.html).toContain('http-equiv="refresh"');
});
