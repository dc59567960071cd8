import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { callbackHmac } from '../../apps/sandbox/shopify/oauth/callback-hmac.js';
import { registerClient, startSystem, type System, type TestApp } from '../system.js';
import { apiClient } from './api-client.js';
import { createMerchantBrowser, type Page } from './merchant-browser.js';
import { readLedger } from './sandbox-ledger.js';
import { type Agreed, agreeAtShopify, EUR_SHOP, USD_SHOP } from './shopify-way.js';

let system: System;
let app: TestApp;
let secret: string;
beforeAll(async () => {
  system = await startSystem();
  return () => system.stop();
});

let way: Agreed;
let redeemedBefore: number;
beforeEach(async (context) => {
  app = await system.addApp(system.tenants[0].id, { name: 'Refusing', mode: 'test' });
  ({ secret } = await registerClient(system, app, `client-${context.task.id}`));
  way = await agreeAtShopify(system, app, { shop: USD_SHOP });
  redeemedBefore = (await readLedger(system, USD_SHOP)).length;
});

/** Refused with a page that says so; no store, no token call, and the genuine way back still works in its own browser. */
async function expectRefused(page: Page, status = 400): Promise<void> {
  expect([page.status, page.title]).toEqual([status, expect.stringMatching(/did not work|could not be connected/)]);
  expect(page.headers.get('content-type')).toMatch(/^text\/html/);
  expect(await apiClient(system, app).stores()).toEqual([]);
  expect(await readLedger(system, USD_SHOP)).toHaveLength(redeemedBefore);
}

async function expectStillOpen(): Promise<void> {
  expect((await way.browser.open(way.callback)).title).toBe('Your shop is connected');
}

function changed(changes: Readonly<Record<string, string | null>>, { sign = false } = {}): string {
  const url = new URL(way.callback);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) url.searchParams.delete(name);
    else url.searchParams.set(name, value);
  }
  if (sign) {
    url.searchParams.delete('hmac');
    url.searchParams.set('hmac', callbackHmac(Object.fromEntries(url.searchParams), secret));
  }
  return url.href;
}

describe('state', () => {
  it('is worth nothing in another browser', async () => {
    await expectRefused(await createMerchantBrowser().open(way.callback));
    const other = createMerchantBrowser();
    await other.open(way.link);
    await expectRefused(await other.open(way.callback));
    await expectStillOpen();
  });

  it.each([
    ['forged', { state: 'A'.repeat(43) }],
    ['missing', { state: null }],
    ['empty', { state: '' }],
    ['endless', { state: 'A'.repeat(5000) }],
  ])('is refused when %s, even with a good signature', async (_how, changes) => {
    await expectRefused(await way.browser.open(changed(changes, { sign: true })));
    await expectStillOpen();
  });

  it('is refused ten minutes later', async () => {
    await system.sql("UPDATE connect_attempts SET expires_at = now() - interval '1 second'");
    await expectRefused(await way.browser.open(way.callback));
  });

  it('is used up by the connection it made: another code with it is not even looked at', async () => {
    await expectStillOpen();
    const [store] = await apiClient(system, app).stores();
    const page = await way.browser.open(changed({ code: 'b'.repeat(32) }, { sign: true }));
    expect(page.title).toBe('Your shop is connected');
    expect(await readLedger(system, USD_SHOP)).toHaveLength(redeemedBefore + 1);
    expect((await apiClient(system, app).orders(`store=${store?.id ?? ''}&limit=1`)).data).toHaveLength(1);
  });

  it('does not open the other platform’s way back, nor the address that takes keys', async () => {
    const state = new URL(way.callback).searchParams.get('state') ?? '';
    await expectRefused(await way.browser.open(`${system.url}/connect/return?success=1&user_id=${state}`));
    const posted = await apiClient(system, app).problem('POST', `/connect/keys/${state}`, { user_id: state });
    expect([posted.status, posted.code]).toEqual([400, 'connect_state_invalid']);
    await expectStillOpen();
  });
});

describe('the platform’s proof', () => {
  it.each([
    ['a wrong signature', { hmac: 'f'.repeat(64) }],
    ['no signature', { hmac: null }],
    ['a short signature', { hmac: 'f' }],
    ['a changed code', { code: 'c'.repeat(32) }],
    ['an added parameter', { admin: '1' }],
    ['another shop', { shop: EUR_SHOP }],
  ])('is missing: %s', async (_what, changes) => {
    await expectRefused(await way.browser.open(changed(changes)));
    await expectStillOpen();
  });

  it.each([
    ['another shop', { shop: EUR_SHOP }],
    ['a shop elsewhere', { shop: 'evil.example' }],
    ['a name that only begins right', { shop: `${USD_SHOP}.evil.example` }],
    ['a shop with a path', { shop: `${USD_SHOP}/` }],
    ['a shop with a fragment', { shop: `${USD_SHOP}#` }],
    ['other dots', { shop: USD_SHOP.replaceAll('.', '。') }],
    ['no shop', { shop: null }],
    ['a time long ago', { timestamp: '1600000000' }],
    ['no time', { timestamp: null }],
  ])('does not help, well signed: %s', async (_what, changes) => {
    await expectRefused(await way.browser.open(changed(changes, { sign: true })));
    await expectStillOpen();
  });

  it.each(['shop', 'code', 'hmac', 'state'])('is refused with a second %s', async (name) => {
    const again = new URL(way.callback).searchParams.get(name) ?? '';
    for (const query of [`&${name}=${again}`, `&${name}=other`]) {
      await expectRefused(await way.browser.open(`${way.callback}${query}`));
    }
    await expectStillOpen();
  });
});

describe('another app’s address', () => {
  it('is no way back for this attempt', async () => {
    const other = system.tenants[1].app;
    const { callbackUrl } = await registerClient(system, other, `other-${app.appId}`);
    const { search } = new URL(way.callback);
    await expectRefused(await way.browser.open(`${callbackUrl}${search}`));
    await expectRefused(await way.browser.open(`${system.url}/connect/callback/unknown${search}`));
    expect(await apiClient(system, other).stores()).toEqual([]);
    await expectStillOpen();
  });
});

describe('the connect link and its form', () => {
  it('is refused when unknown or too old', async () => {
    const unknown = await createMerchantBrowser().open(`${system.url}/connect/${'x'.repeat(43)}`);
    expect([unknown.status, unknown.text]).toEqual([404, expect.stringContaining('unknown or too old')]);
    await system.sql("UPDATE connect_sessions SET expires_at = now() - interval '1 second'");
    const late = await createMerchantBrowser().open(way.link);
    expect([late.status, late.text]).toEqual([404, expect.stringContaining('unknown or too old')]);
  });

  it('takes answers only from a page of ours in the same browser', async () => {
    const form = (await way.browser.open(way.link)).forms[0];
    const elsewhere = await createMerchantBrowser().submit(form, { shop: USD_SHOP });
    expect([elsewhere.status, elsewhere.text]).toEqual([400, expect.stringContaining('Open the connect link again')]);
    const forged = await way.browser.submit(form, { shop: USD_SHOP, csrf: 'A'.repeat(43) });
    expect(forged.status).toBe(400);
  });

  it.each(['', 'evil.example', 'a.myshopify.com.evil.example', 'a b', '<script>alert(1)</script>', '../../etc'])(
    'asks again for the shop when told %j, and shows what was typed as text',
    async (shop) => {
      const page = await way.browser.submit((await way.browser.open(way.link)).forms[0], { shop });
      expect([page.status, page.forms[0]?.fields['shop']]).toEqual([400, shop]);
      expect(page.text).toContain('Enter the name of the shop');
      expect(page.html).not.toMatch(/<script(?! src="\/connect\/screen\.js")/);
    },
  );
});

it('offers a new start after a refusal', async () => {
  const page = await way.browser.open(changed({ hmac: 'f'.repeat(64) }));
  const form = await way.browser.click(page, 'Try again');
  const consent = await way.browser.submit(form.forms[0], { shop: USD_SHOP });
  const end = await way.browser.submit(consent.forms[0], { decision: 'install' });
  expect(end.title).toBe('Your shop is connected');
});
