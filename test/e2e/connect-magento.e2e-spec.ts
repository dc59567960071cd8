import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startSystem, type System, type TestApp } from '../system.js';
import { type ApiClient, apiClient } from './api-client.js';
import { connectMagento, KERAMIK, KISSA, makeIntegration, OUTFITTERS, shopAddress } from './magento-way.js';
import { createMerchantBrowser, type MerchantBrowser, type Page } from './merchant-browser.js';
import { refusedThrice } from './refused-thrice.js';
import { until } from './until.js';

const store = z.object({ id: z.string() });
const products = z.object({ data: z.array(z.object({ id: z.string(), name: z.string() })) });

let system: System;
let app: TestApp;
let api: ApiClient;
beforeAll(async () => {
  system = await startSystem();
  app = system.tenants[0].app;
  api = apiClient(system, app);
  return () => system.stop();
});

const connected = async (host: string) => (await api.stores()).find(({ domain }) => domain === host);
/** The back office: at the shop's own address, as a browser of the sandbox sees it. */
const backOffice = (host: string, { sandboxUrl }: Pick<System, 'sandboxUrl'> = system) =>
  `${sandboxUrl}/${host}${new URL(shopAddress(host)).pathname}/admin/integrations`.replace(/(?<!:)\/\//g, '/');

/** Opens the connect link, names the shop, and reads the two addresses to be entered there. */
async function reachSteps(
  host: string,
  within: System = system,
  answers: Readonly<Record<string, string>> = {},
): Promise<{
  readonly browser: MerchantBrowser;
  readonly steps: Page;
  readonly addresses: Readonly<Record<string, string>>;
}> {
  const client = apiClient(within, within.tenants[0].app);
  const { url } = await client.createSession({ platform: 'magento', access: ['read:orders'] });
  const browser = createMerchantBrowser();
  const steps = await browser.submit((await browser.open(url)).forms[0], { storeUrl: shopAddress(host), ...answers });
  const found = (word: string) => new RegExp(`https?://[^\\s<"]+/connect/${word}/[\\w-]+`).exec(steps.html)?.[0] ?? '';
  return { browser, steps, addresses: { endpoint: found('activation'), identity_link_url: found('window') } };
}

/** Makes the integration in the back office and goes as far as its last question. */
async function reachAllow(
  host: string,
  fields: Readonly<Record<string, string>>,
  within: System = system,
): Promise<{ readonly merchant: MerchantBrowser; readonly question: Page }> {
  const merchant = createMerchantBrowser();
  const list = await merchant.open(backOffice(host, within));
  const made = await merchant.submit(list.forms.at(-1), { name: app.name, ...fields });
  const question = await merchant.submit(made.forms.find(({ action }) => action.endsWith('/activate')));
  return { merchant, question };
}

describe('a merchant who activates in the shop', { timeout: 60_000 }, () => {
  it.each([OUTFITTERS, KERAMIK, KISSA])('at %s connects it, and the window of the shop is given back', async (host) => {
    const { browser, steps, addresses } = await reachSteps(host);
    expect(steps.text).toContain('Callback URL');
    expect(Object.values(addresses)).toEqual([expect.stringMatching(/^http/), expect.stringMatching(/^http/)]);
    const { merchant, question } = await reachAllow(host, addresses);
    let window = await merchant.submit(question.forms[0]);
    await until('the shop is connected', async () => (await connected(host)) !== undefined);
    // The window loads itself again until it is done, and goes back to the shop then.
    window = window.title === 'Done' ? window : await merchant.open(window.url);
    expect(window.title).toBe('Done');
    expect(await connected(host)).toMatchObject({ platform: 'magento', status: 'active' });
    expect((await browser.open(steps.url)).text).toContain('Your shop is connected');
    const { data } = (await api.get(`/v1/orders?limit=1&store=${(await connected(host))?.id ?? ''}`)).json as {
      data: unknown[];
    };
    expect(data).toHaveLength(1);
  });

  it('connects nothing when another shop than the one that was named posts its keys', async () => {
    const before = (await api.stores()).length;
    const { browser, steps, addresses } = await reachSteps(OUTFITTERS);
    const { merchant, question } = await reachAllow(KERAMIK, addresses);
    await merchant.submit(question.forms[0]);
    const list = await merchant.open(backOffice(KERAMIK));
    expect(list.text).toContain(`${app.name} inactive`);
    expect((await browser.open(steps.url)).text).toContain('Callback URL');
    expect((await api.stores()).length).toBe(before);
  });

  it('keeps no keys that came but were not traded', async () => {
    const kept = await system.sql(
      "SELECT count(*)::int AS n FROM connect_attempts WHERE status = 'connected' AND sealed IS NOT NULL",
    );
    expect(kept).toEqual([{ n: 0 }]);
  });
});

describe('a merchant whose job the queue has lost', { timeout: 60_000 }, () => {
  it('is connected by the page that waits for the shop', async () => {
    const idle = await startSystem({ idle: true });
    try {
      const [{ app: other }] = idle.tenants;
      const { browser, steps, addresses } = await reachSteps(KERAMIK, idle);
      const { merchant, question } = await reachAllow(KERAMIK, addresses, idle);
      await merchant.submitUntil(question.forms[0], {}, /\/connect\/window\//);
      const stores = () => apiClient(idle, other).stores();
      expect(await stores()).toEqual([]);
      expect((await browser.open(steps.url)).text).toContain('Your shop is connected');
      expect(await stores()).toMatchObject([{ platform: 'magento', status: 'active' }]);
    } finally {
      await idle.stop();
    }
  });
});

describe('keys that are pasted', () => {
  const importStore = (credentials: object) => api.call('POST', '/v1/stores', { platform: 'magento', credentials });

  it('are refused when one of them is wrong', async () => {
    const right = await makeIntegration(system, KERAMIK);
    const answer = await importStore({ ...right, accessTokenSecret: '0'.repeat(32) });
    expect([answer.status, answer.json]).toEqual([
      expect.any(Number),
      expect.objectContaining({
        code: expect.stringMatching(/credential_revoked|request_rejected|request_invalid/) as unknown,
      }),
    ]);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.text).not.toContain(right.consumerSecret);
  });

  it('that may not read the shop connect nothing', async () => {
    const answer = await importStore(await makeIntegration(system, KISSA, ['Magento_Sales::actions_view']));
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.text).toContain('Magento_Backend::store');
  });

  it('are enough with the token alone where the shop allows that, and only there', async () => {
    const alone = async (host: string) => {
      const { storeUrl, accessToken } = await makeIntegration(system, host);
      return importStore({ storeUrl, accessToken });
    };
    expect((await alone(KERAMIK)).status).toBeGreaterThanOrEqual(400);
    const answer = await alone(OUTFITTERS);
    expect([201, 409]).toContain(answer.status);
  });
});

describe('one store view of a shop', { timeout: 60_000 }, () => {
  const data = z.object({ data: z.array(z.looseObject({ raw: z.looseObject({}) })) });
  const rawOf = async (list: string, { id }: { readonly id: string }) =>
    data.parse((await api.get(`/v1/${list}?limit=100&include=raw&store=${id}`)).json).data.map(({ raw }) => raw);
  const importView = async (changes: object) => {
    const credentials = { ...(await makeIntegration(system, KERAMIK)), ...changes };
    return api.call('POST', '/v1/stores', { platform: 'magento', credentials });
  };
  const named = async (name: string) => (await api.stores()).find((store) => store.name === name);

  it('is a store beside that of the whole shop, with its orders and names', async () => {
    const whole = await connectMagento(system, app, { host: KERAMIK });
    const { id } = store.parse((await importView({ storeView: 'ch_fr' })).json);
    expect(id).not.toBe(whole.id);
    expect(await api.store(id)).toMatchObject({ name: 'Hauptwebsite, Suisse (français)', domain: KERAMIK });
    const [all, some] = [await rawOf('orders', whole), await rawOf('orders', { id })];
    const ofView = all.filter((order) => order['store_id'] === 2);
    expect([ofView.length > 0, ofView.length < all.length]).toEqual([true, true]);
    expect(some.map((order) => order['entity_id']).sort()).toEqual(ofView.map((order) => order['entity_id']).sort());
    const namesOf = async (one: { readonly id: string }) => (await rawOf('products', one)).map(({ name }) => name);
    expect(await namesOf(whole)).not.toContain('Théière');
    expect(await namesOf({ id })).toContain('Théière');
    const kettle = products.parse((await api.get(`/v1/products?limit=100&store=${id}`)).json);
    const number = kettle.data.find(({ name }) => name === 'Théière')?.id ?? '';
    expect((await api.call('PATCH', `/v1/products/${number}`, { name: 'Grande théière' })).status).toBe(200);
    expect(await namesOf({ id })).toContain('Grande théière');
    expect(await namesOf(whole)).not.toContain('Grande théière');
  });

  it('is refused when the shop has none of that code, and named are those it has', async () => {
    const answer = await importView({ storeView: 'de' });
    expect(answer.status).toBe(422);
    expect(answer.json).toMatchObject({ code: 'request_rejected', fields: [{ path: 'storeView' }] });
    expect(answer.text).toMatch(/no store view with the code .{0,2}de.*default.*ch_fr/);
  });

  it('is no part of the address, which says so', async () => {
    const answer = await importView({ storeUrl: `${shopAddress(KERAMIK)}/ch_fr/` });
    expect(answer.json).toMatchObject({ code: 'request_rejected', fields: [{ path: 'storeUrl' }] });
    expect(answer.text).toContain(`give the address as ${KERAMIK}/laden`);
  });

  it('is kept from what the merchant answered until the shop posts its keys', async () => {
    const { browser, steps, addresses } = await reachSteps(KERAMIK, system, { storeView: 'default' });
    const { merchant, question } = await reachAllow(KERAMIK, addresses);
    await merchant.submitUntil(question.forms[0], {}, /\/connect\/window\//);
    await until('the view is connected', async () => (await named('Hauptwebsite, Deutsch')) !== undefined);
    expect((await browser.open(steps.url)).text).toContain('Your shop is connected');
  });
});

describe('an integration that the merchant takes back', () => {
  it('ends the store when calls have met it for minutes: one refusal may be a firewall’s', async () => {
    const { id } = await connectMagento(system, app, { host: KISSA });
    await system.control('DELETE', `/control/grants/${KISSA}`);
    await refusedThrice(system, api, id);
  });
});
