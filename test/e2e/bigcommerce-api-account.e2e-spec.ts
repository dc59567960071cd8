import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startSystem, type System, type TestApp } from '../system.js';
import { type ApiClient, apiClient, type Store } from './api-client.js';
import { CEDAR, panelOf, WERKSTATT } from './bigcommerce-way.js';
import { createMerchantBrowser } from './merchant-browser.js';
import { refusedThrice } from './refused-thrice.js';
import { until } from './until.js';

const ACCESS = ['read:orders', 'read:products', 'write:products'];
const PATIENCE = { everyMs: 200, tries: 150 };

let system: System;
let app: TestApp;
let api: ApiClient;
beforeAll(async () => {
  system = await startSystem();
  return () => system.stop();
});
beforeEach(async () => {
  app = await system.addApp(system.tenants[0].id, { name: 'Pasting', mode: 'test' });
  api = apiClient(system, app);
});

/** What the shop shows its merchant once, when the account is made. */
interface Account {
  readonly accessToken: string;
  readonly clientSecret: string;
}

const shopList = z.object({ host: z.string(), connectHint: z.string() }).array();
const frontPage = z.object({ platforms: z.array(z.object({ shops: shopList })) });

async function accountOf(hash: string): Promise<Account> {
  const { platforms } = frontPage.parse(await (await fetch(`${system.sandboxUrl}/shops`)).json());
  const hint = platforms.flatMap(({ shops }) => shops).find(({ host }) => host === panelOf(hash))?.connectHint ?? '';
  const [, accessToken = '', clientSecret = ''] = /access token (\w+), .*signs webhooks\) (\w+)/.exec(hint) ?? [];
  return { accessToken, clientSecret };
}

const apiPath = (hash: string): string => `https://api.bigcommerce.com/stores/${hash}/v3/`;
const pasted = async (hash: string) => ({ apiPath: apiPath(hash), ...(await accountOf(hash)) });

/** Opens the screen and submits the form of this way, which is known by its fields. */
async function pasteOnScreen(fields: Readonly<Record<string, string>>) {
  const { url: link } = await api.createSession({ platform: 'bigcommerce', access: ACCESS });
  const browser = createMerchantBrowser();
  const screen = await browser.open(link);
  const form = screen.forms.find((one) => 'apiPath' in one.fields);
  return { browser, page: await browser.submit(form, fields) };
}

async function connect(fields: Readonly<Record<string, string>>): Promise<Store> {
  const { page } = await pasteOnScreen(fields);
  const [store] = await api.stores();
  if (store === undefined) throw new Error(`not connected: ${page.text}`);
  return store;
}

/** What was pasted is in no line of a log and on no page. */
function expectKept({ accessToken, clientSecret }: Account, ...texts: readonly string[]): void {
  expect([accessToken.length, clientSecret.length]).toEqual([31, 64]);
  const said = [...system.logLines, ...texts].join('\n');
  for (const secret of [accessToken, clientSecret]) expect(said).not.toContain(secret);
}

describe('a merchant who pastes an API account', { timeout: 60_000 }, () => {
  it('connects the shop, whose orders can be read at once', async () => {
    const account = await accountOf(WERKSTATT);
    const { page } = await pasteOnScreen({ apiPath: apiPath(WERKSTATT), ...account });
    expect([page.status, page.title]).toEqual([200, 'Your shop is connected']);
    const [store] = await api.stores();
    expect(store).toMatchObject({ name: 'Werkstatt Süd', currency: 'EUR', status: 'active' });
    expect((await api.orders(`store=${store?.id ?? ''}&limit=2`)).data).toHaveLength(2);
    expectKept(account, page.html, JSON.stringify(store));
  });

  it.each([
    ['the path without its last slash', (hash: string) => `https://api.bigcommerce.com/stores/${hash}/v3`],
    ['the path of the older API', (hash: string) => `https://api.bigcommerce.com/stores/${hash}/v2/`],
    ['the path without a version', (hash: string) => `https://api.bigcommerce.com/stores/${hash}`],
    ['the path without a scheme', (hash: string) => `api.bigcommerce.com/stores/${hash}/v3/`],
    ['its end alone', (hash: string) => `stores/${hash}`],
    ['the store hash alone', (hash: string) => hash],
    ['the hash in capitals with blanks around it', (hash: string) => `  ${hash.toUpperCase()} `],
    ['a page of the control panel', (hash: string) => `https://store-${hash}.mybigcommerce.com/manage/settings`],
  ])('may paste %s', async (_, form) => {
    const { page } = await pasteOnScreen({ ...(await pasted(WERKSTATT)), apiPath: form(WERKSTATT) });
    expect([page.status, page.title]).toEqual([200, 'Your shop is connected']);
  });

  it.each([
    ['another host', `https://api.bigcommerce.com.example/stores/${CEDAR}/v3/`],
    ['a path in a path', `https://api.bigcommerce.com/stores/${CEDAR}/../${WERKSTATT}/v3/`],
    ['nothing', ''],
  ])('is asked again for %s', async (_, typed) => {
    const fields = { ...(await pasted(CEDAR)), apiPath: typed };
    const { page } = await pasteOnScreen(fields);
    expect([page.status, page.text]).toEqual([400, expect.stringContaining('API path')]);
    expectKept(fields, page.html);
    expect(await api.stores()).toEqual([]);
  });

  it.each([
    ['a token that is none', { accessToken: '0'.repeat(31) }],
    ['the path of another store', { apiPath: apiPath(CEDAR) }],
  ])('is told that the shop does not accept %s, and may correct it', async (_, wrong) => {
    const right = await pasted(WERKSTATT);
    const { browser, page } = await pasteOnScreen({ ...right, ...wrong });
    expect([page.status, page.text]).toEqual([422, expect.stringContaining('does not accept')]);
    expectKept(right, page.html);
    expect(await api.stores()).toEqual([]);
    const again = page.forms.find((one) => 'apiPath' in one.fields);
    expect((await browser.submit(again, right)).title).toBe('Your shop is connected');
  });
});

describe('a shop connected with an API account', { timeout: 60_000 }, () => {
  const uuidOf = ({ id }: Store): string => id.replace(/^sto_(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  const statuses = async (store: Store) =>
    (await system.sql('SELECT status FROM webhook_deliveries WHERE store_id = $1', [uuidOf(store)])).map(
      ({ status }) => status,
    );
  const subscribed = (store: Store) =>
    until(
      'the store is subscribed',
      async () =>
        (await system.sql('SELECT 1 FROM webhook_subscriptions WHERE store_id = $1', [uuidOf(store)])).length > 0,
      PATIENCE,
    );
  const happens = async (store: Store) => {
    const made = await api.call('POST', `/v1/products?store=${store.id}`, { name: `Told of ${store.id}` });
    expect(made.status).toBe(201);
    await system.control('POST', `/control/deliveries/${panelOf(CEDAR)}`);
  };

  it.each([
    ['signed with the client secret', (secret: string) => secret, true],
    ['proven by the secret of their hook alone, where no client secret was given', () => '', true],
    ['refused where the client secret is another one', () => 'f'.repeat(64), false],
  ])('hears of deliveries %s', async (_, secretOf, heard) => {
    const right = await pasted(CEDAR);
    const store = await connect({ ...right, clientSecret: secretOf(right.clientSecret) });
    await subscribed(store);
    await happens(store);
    // What is accepted lies in the inbox before it is answered for, and the sandbox has waited for the answers.
    expect((await statuses(store)).length > 0).toBe(heard);
    expectKept(right);
    // Its hooks belong to the one account of this shop: the next one would hear them too.
    expect((await api.call('DELETE', `/v1/stores/${store.id}`)).status).toBe(204);
  });

  it('needs its merchant when the account was deleted, and comes back with another paste', async () => {
    const right = await pasted(CEDAR);
    const store = await connect(right);
    const knob = (apiAccount: boolean) =>
      fetch(`${system.sandboxUrl}/${panelOf(CEDAR)}/control/store`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ apiAccount }),
      });
    expect((await knob(false)).status).toBe(204);
    expectKept(right, ...(await refusedThrice(system, api, store.id)));
    expect((await knob(true)).status).toBe(204);
    expect(await connect(right)).toMatchObject({ id: store.id, status: 'active' });
  });
});
