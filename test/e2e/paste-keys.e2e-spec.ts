import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startSystem, type System, type TestApp } from '../system.js';
import { apiClient } from './api-client.js';
import { createMerchantBrowser } from './merchant-browser.js';
import { BOOKS, makeKeys, pasted, shopAddress, SOUQ, TEA } from './woocommerce-way.js';

let system: System;
let app: TestApp;
beforeAll(async () => {
  system = await startSystem();
  return () => system.stop();
});
beforeEach(async () => {
  app = await system.addApp(system.tenants[0].id, { name: 'Pasting', mode: 'test' });
});

const stores = () => apiClient(system, app).stores();
const importStore = (credentials: object, more: object = {}) =>
  apiClient(system, app).call('POST', '/v1/stores', { platform: 'woocommerce', credentials, ...more });

/** Opens the screen and submits its second form, the one for keys. */
async function pasteOnScreen(fields: Readonly<Record<string, string>>) {
  const { url: link } = await apiClient(system, app).createSession({ platform: 'woocommerce' });
  const browser = createMerchantBrowser();
  const screen = await browser.open(link);
  return { browser, screen, page: await browser.submit(screen.forms[1], fields) };
}

describe('on the screen', () => {
  it('connects a shop in a folder', async () => {
    const { page } = await pasteOnScreen(pasted(shopAddress(TEA), await makeKeys(system, TEA)));
    expect([page.status, page.title]).toEqual([200, 'Your shop is connected']);
    expect(await stores()).toMatchObject([{ domain: TEA, currency: 'JPY', timezone: 'Asia/Tokyo', status: 'active' }]);
  });

  it('takes the address of a page of the back office, as it is pasted from the address bar', async () => {
    const fields = pasted(`${shopAddress(TEA)}/wp-admin/admin.php?page=wc-settings`, await makeKeys(system, TEA));
    expect((await pasteOnScreen(fields)).page.title).toBe('Your shop is connected');
  });

  it.each([
    ['an unknown key', { key: `ck_${'0'.repeat(40)}` }],
    ['a wrong secret', { secret: `cs_${'0'.repeat(40)}` }],
  ])('says that the shop does not accept %s, and lets the merchant correct it', async (_what, wrong) => {
    const right = pasted(shopAddress(BOOKS), await makeKeys(system, BOOKS));
    const { browser, page } = await pasteOnScreen({ ...right, ...wrong });
    expect([page.status, page.text]).toEqual([422, expect.stringContaining('does not accept these keys')]);
    expect(page.html).toMatch(/<details class="way"\s+open/);
    expect(page.forms[1]?.fields).toMatchObject({ storeUrl: shopAddress(BOOKS), key: '', secret: '' });
    expect(page.html).not.toMatch(/ck_[0-9a-f]{40}"|cs_[0-9a-f]{40}"/);
    expect(await stores()).toEqual([]);
    expect((await browser.submit(page.forms[1], right)).title).toBe('Your shop is connected');
  });

  it.each([
    [{ key: 'not a key' }, 'Paste the consumer key'],
    [{ secret: '' }, 'Paste the consumer secret'],
    [{ storeUrl: 'shop<script>' }, 'Enter the address of the shop'],
    [{ storeUrl: `https://u:p@${BOOKS}` }, 'Enter the address of the shop'],
    [{ storeUrl: '' }, 'Enter the address of the shop'],
  ])('asks again for %j', async (wrong, message) => {
    const { page } = await pasteOnScreen({ ...pasted(shopAddress(BOOKS), await makeKeys(system, BOOKS)), ...wrong });
    expect([page.status, page.text]).toEqual([400, expect.stringContaining(message)]);
    expect(page.html).not.toMatch(/<script(?! src="\/connect\/screen\.js")/);
  });

  it('does not take a key that may only write', async () => {
    const keys = await makeKeys(system, BOOKS, 'write');
    const { page } = await pasteOnScreen(pasted(shopAddress(BOOKS), keys));
    expect([page.status, page.text]).toEqual([403, expect.stringContaining('permission')]);
    expect(await stores()).toEqual([]);
  });
});

describe('through the API', () => {
  it('imports a store and answers it without its keys', async () => {
    const keys = await makeKeys(system, SOUQ);
    const answer = await importStore(pasted(SOUQ, keys), { externalId: 'm-1', access: ['read:orders'] });
    expect([answer.status, answer.json]).toEqual([
      201,
      expect.objectContaining({ platform: 'woocommerce', domain: SOUQ, currency: 'KWD', externalId: 'm-1' }),
    ]);
    expect(answer.text).not.toMatch(/ck_|cs_/);
    const [store] = await stores();
    expect((await apiClient(system, app).orders(`store=${store?.id ?? ''}&limit=2`)).data).toHaveLength(2);
  });

  it('renews the store when it is imported again', async () => {
    const imports = [
      await importStore(pasted(SOUQ, await makeKeys(system, SOUQ))),
      await importStore(pasted(SOUQ, await makeKeys(system, SOUQ))),
    ];
    expect(imports.map(({ status }) => status)).toEqual([201, 201]);
    expect(await stores()).toHaveLength(1);
  });

  it.each([
    ['wrong keys', {}, { key: `ck_${'1'.repeat(40)}` }, 422, 'request_rejected'],
    ['a missing field', {}, { secret: undefined }, 400, 'request_invalid'],
    ['an unknown platform', { platform: 'geocities' }, {}, 404, 'not_found'],
    ['a platform with a consent only', { platform: 'shopify' }, {}, 400, 'request_invalid'],
    ['a field of the table', { status: 'active' }, {}, 400, 'request_invalid'],
    ['somebody else’s tenant', { tenantId: 'x' }, {}, 400, 'request_invalid'],
    ['an unknown scope', { access: ['read:everything'] }, {}, 400, 'request_invalid'],
  ])('refuses %s', async (_what, body, credentials, status, code) => {
    const right = pasted(SOUQ, await makeKeys(system, SOUQ));
    const problem = await apiClient(system, app).problem('POST', '/v1/stores', {
      ...{ platform: 'woocommerce', credentials: { ...right, ...credentials } },
      ...body,
    });
    expect([problem.status, problem.code]).toEqual([status, code]);
    expect(JSON.stringify(problem)).not.toMatch(/ck_[0-9a-f]|cs_[0-9a-f]/);
    expect(await stores()).toEqual([]);
  });
});

describe('an address that must not be called', () => {
  // None of these is dialled: the rule looks at the address alone.
  const addresses = [
    ...['https://127.0.0.1', 'https://10.0.0.5', 'https://192.168.1.10/shop', 'https://[::1]', 'https://0x7f.1'],
    ...['https://169.254.169.254', 'https://[fd00:ec2::254]', 'https://[::ffff:10.0.0.1]', 'https://2130706433'],
    ...['https://localhost', 'https://shop.localhost', 'https://db.internal', 'https://router.local'],
    ...['http://shop.example.com', 'https://shop.example.com:8443', 'https://shop.example.com:22'],
  ];

  it.each(addresses)('refuses %s with keys, from the API and on the screen', async (storeUrl) => {
    const keys = { key: `ck_${'0'.repeat(40)}`, secret: `cs_${'0'.repeat(40)}` };
    const answer = await importStore({ storeUrl, ...keys });
    expect([answer.status, answer.json]).toEqual([422, expect.objectContaining({ code: 'address_refused' })]);
    const { page } = await pasteOnScreen({ storeUrl, ...keys });
    expect([page.status, page.text]).toEqual([422, expect.stringContaining('must be a public https address')]);
    expect(await stores()).toEqual([]);
  });

  it('does not send a merchant there either, nor to the gateway or the sandbox themselves', async () => {
    const { url: link } = await apiClient(system, app).createSession({ platform: 'woocommerce' });
    const browser = createMerchantBrowser();
    for (const storeUrl of [...addresses, `${system.sandboxUrl}/${TEA}/shop`, system.url]) {
      const page = await browser.submit((await browser.open(link)).forms[0], { storeUrl });
      expect([storeUrl, page.status]).toEqual([storeUrl, 422]);
    }
  });
});
