import { createHash, createHmac } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { registerClient, startSystem, type System, type TestApp } from '../system.js';
import { type ApiClient, apiClient, type Store } from './api-client.js';
import { createMerchantBrowser } from './merchant-browser.js';
import { readLedger } from './sandbox-ledger.js';
import { CALLBACK, connectShopify, EUR_SHOP, JPY_SHOP, KWD_SHOP, USD_SHOP } from './shopify-way.js';
import { until } from './until.js';

const PATIENCE = { everyMs: 200, tries: 150 };
const CLIENT = 'ways-client';

let system: System;
let app: TestApp;
let api: ApiClient;
let client: { readonly callbackUrl: string; readonly secret: string };
beforeAll(async () => {
  system = await startSystem({ tokenSeconds: 10 });
  app = await system.addApp(system.tenants[0].id, { name: 'Acme & Söhne', mode: 'test' });
  client = await registerClient(system, app, CLIENT);
  api = apiClient(system, app);
  return () => system.stop();
});

const storeSchema = z.looseObject({ id: z.string(), status: z.string(), domain: z.string() });
const importStore = async (credentials: Record<string, string>, access: readonly string[] = ['read:orders']) =>
  await api.call('POST', '/v1/stores', { platform: 'shopify', credentials, access });
const isReadable = async ({ id }: Pick<Store, 'id'>) =>
  (await api.get(`/v1/orders?store=${id}&limit=1`)).status === 200;

/** The custom app every shop of the sandbox has; its front page shows the same. */
const derived = (prefix: string, host: string, what: string): string =>
  `${prefix}_${createHash('sha256').update(`${what} of the custom app of ${host}`).digest('hex').slice(0, 32)}`;

describe('the token of a custom app', { timeout: 60_000 }, () => {
  it('connects a shop at once, shows its whole history, and hears of what happens with the secret beside it', async () => {
    const credentials = {
      shop: KWD_SHOP,
      accessToken: derived('shpat', KWD_SHOP, 'token'),
      apiSecret: derived('shpss', KWD_SHOP, 'secret'),
    };
    const made = await importStore(credentials);
    expect([made.status, made.json]).toEqual([201, expect.objectContaining({ status: 'active', historySince: null })]);
    const store = storeSchema.parse(made.json);
    expect(await isReadable(store)).toBe(true);
    const heard = async () =>
      (
        await system.sql(
          'SELECT 1 FROM webhook_subscriptions w JOIN stores s ON s.id = w.store_id WHERE s.account = $1',
          [KWD_SHOP],
        )
      ).length;
    await until('it is subscribed', async () => (await heard()) > 0, PATIENCE);
    expect(made.text).not.toContain(credentials.accessToken);
  });

  it('that is refused once is not given up: nothing can renew it, and a firewall may have said no', async () => {
    const made = await importStore({ shop: KWD_SHOP, accessToken: derived('shpat', KWD_SHOP, 'token') });
    const store = storeSchema.parse(made.json);
    const refused = { kind: 'status', status: 401, body: { errors: 'no' }, path: '/admin/api/' };
    await system.control('PUT', `/control/faults/${KWD_SHOP}`, refused);
    const problem = await api.problem('GET', `/v1/orders?store=${store.id}&limit=1`);
    expect([problem.code, (await api.store(store.id)).status]).toEqual(['credential_revoked', 'active']);
    await system.control('DELETE', `/control/faults/${KWD_SHOP}`);
    expect(await isReadable(store)).toBe(true);
  });

  it('that is wrong is refused in the words of the shop, and nothing is kept', async () => {
    const answer = await importStore({ shop: JPY_SHOP, accessToken: 'shpat_wrong' });
    expect([answer.status, answer.text]).toEqual([422, expect.stringContaining('does not accept these keys')]);
    expect((await api.stores()).map(({ domain }) => domain)).not.toContain(JPY_SHOP);
  });

  it('is not confused with another way: fields that belong to none are refused, naming those that do', async () => {
    const problem = await api.problem('POST', '/v1/stores', {
      platform: 'shopify',
      credentials: { shop: USD_SHOP, password: 'x' },
    });
    expect([problem.code, problem.detail]).toEqual([
      'request_invalid',
      expect.stringMatching(/clientId.*accessToken/s),
    ]);
  });
});

describe("a merchant's own app", { timeout: 60_000 }, () => {
  it('is asked for its tokens again and again, without a refresh token that could be lost', async () => {
    await system.control('PUT', '/control/shopify/clients/own-app', {
      secret: 'own-app-secret',
      redirectUris: [client.callbackUrl],
      ownShops: [USD_SHOP],
      appUrl: client.callbackUrl,
    });
    await installAt(USD_SHOP, 'own-app', client.callbackUrl);
    const made = await importStore({ shop: USD_SHOP, clientId: 'own-app', clientSecret: 'own-app-secret' });
    expect([made.status, made.json]).toEqual([201, expect.objectContaining({ status: 'active' })]);
    const store = storeSchema.parse(made.json);
    const minted = async () =>
      (await readLedger(system, USD_SHOP)).filter(
        ({ kind, outcome }) => kind === 'clientCredentials' && outcome === 'issued',
      ).length;
    const before = await minted();
    // A token of this kind lives a day; so long nobody waits.
    await system.sql("UPDATE credentials SET due_at = now() WHERE strategy = 'ownApp'");
    await until('its token was minted anew', async () => (await minted()) > before, PATIENCE);
    expect(await isReadable(store)).toBe(true);
    expect((await api.stores()).find(({ id }) => id === store.id)?.status).toBe('active');
  });

  it.each([
    [{ shop: EUR_SHOP, clientId: 'own-app', clientSecret: 'own-app-secret' }, 'a shop it is not installed on'],
    [{ shop: USD_SHOP, clientId: 'own-app', clientSecret: 'wrong' }, 'a wrong secret'],
  ])('with %o is refused: %s', async (credentials) => {
    const answer = await importStore(credentials);
    expect([answer.status, answer.json]).toEqual([422, expect.objectContaining({ code: 'request_rejected' })]);
    expect(answer.text).not.toContain(credentials.clientSecret === 'wrong' ? 'never' : credentials.clientSecret);
  });
});

/** Agrees at the shop's own consent page, without the gateway: the merchant has installed the app. */
async function installAt(shop: string, clientId: string, redirect: string): Promise<void> {
  const browser = createMerchantBrowser();
  const query = new URLSearchParams({
    client_id: clientId,
    scope: 'read_orders,read_customers,read_products',
    redirect_uri: redirect,
    state: 'x',
  });
  const consent = await browser.open(`${system.sandboxUrl}/${shop}/admin/oauth/authorize?${query.toString()}`);
  const callback = await browser.submitUntil(consent.forms[0], { decision: 'install' }, CALLBACK);
  const code = new URL(callback).searchParams.get('code') ?? '';
  const body = new URLSearchParams({ client_id: clientId, client_secret: 'own-app-secret', code });
  await fetch(`${system.sandboxUrl}/${shop}/admin/oauth/access_token`, { method: 'POST', body });
}

describe('an installation that starts at the platform', { timeout: 60_000 }, () => {
  const installUrl = async (): Promise<string> => {
    const { json } = await api.get('/v1/platform-clients/shopify');
    return z.looseObject({ installUrl: z.string() }).parse(json).installUrl;
  };
  const signed = (parameters: Record<string, string>, secret = client.secret): string => {
    const message = Object.entries(parameters)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => `${name}=${value}`)
      .join('&');
    const hmac = createHmac('sha256', secret).update(message).digest('hex');
    return new URLSearchParams({ ...parameters, hmac }).toString();
  };
  const now = () => String(Math.floor(Date.now() / 1000));
  const host = Buffer.from('admin.shopify.com/store/atelier-lindenhof').toString('base64url');

  it('leads to a screen that names app, shop and access; only its form attaches the shop', async () => {
    const browser = createMerchantBrowser();
    const screen = await browser.open(`${await installUrl()}?${signed({ shop: EUR_SHOP, timestamp: now(), host })}`);
    expect(screen.text).toContain('Acme & Söhne');
    expect(screen.text).toContain('Orders, with shipments and refunds');
    expect(screen.forms[0]?.fields).toMatchObject({ shop: EUR_SHOP });
    expect((await api.stores()).map(({ domain }) => domain)).not.toContain(EUR_SHOP);
    const consent = await browser.submit(screen.forms[0]);
    const callback = await browser.submitUntil(consent.forms[0], { decision: 'install' }, CALLBACK);
    const end = await browser.open(callback);
    expect(end.text).toContain('Your shop is connected');
    expect((await api.stores()).map(({ domain }) => domain)).toContain(EUR_SHOP);
  });

  it('from the sandbox’s own app store goes the same way', async () => {
    const front = await createMerchantBrowser().open(system.sandboxUrl);
    const link = front.links.find(({ href }) => href.includes(CLIENT) && href.includes(EUR_SHOP));
    const screen = await createMerchantBrowser().open(link?.href ?? '');
    expect(screen.text).toContain('Acme & Söhne');
  });

  it.each<[string, () => string]>([
    ['another secret', () => signed({ shop: EUR_SHOP, timestamp: now(), host }, 'wrong')],
    ['no signature', () => `shop=${EUR_SHOP}&timestamp=${now()}`],
    ['an old time', () => signed({ shop: EUR_SHOP, timestamp: '1700000000', host })],
    ['a foreign shop', () => signed({ shop: 'evil.example', timestamp: now(), host })],
    ['a shop that only begins right', () => signed({ shop: `${EUR_SHOP}.evil.example`, timestamp: now(), host })],
    [
      'a shop changed afterwards',
      () => signed({ shop: EUR_SHOP, timestamp: now(), host }).replace('atelier-lindenhof', 'kaze-coffee'),
    ],
    ['a parameter twice', () => `${signed({ shop: EUR_SHOP, timestamp: now(), host })}&shop=${JPY_SHOP}`],
  ])('with %s is refused, and no session is made', async (_, query) => {
    const sessions = async () => Number((await system.sql('SELECT count(*) AS n FROM connect_sessions'))[0]?.['n']);
    const before = await sessions();
    const page = await createMerchantBrowser().open(`${await installUrl()}?${query()}`);
    expect([page.status, page.title]).toEqual([400, expect.stringContaining('did not work')]);
    expect(await sessions()).toBe(before);
  });

  it('at an address nobody has is refused', async () => {
    const page = await createMerchantBrowser().open(
      `${system.url}/connect/start/AAAAAAAAAAAAAAAAAAAAAA?${signed({ shop: EUR_SHOP, timestamp: now(), host })}`,
    );
    expect(page.status).toBe(400);
  });
});

describe('what a shop shows', { timeout: 60_000 }, () => {
  it('goes back sixty days without the scope for more, and the store says since when', async () => {
    const store = await connectShopify(system, app, { shop: JPY_SHOP });
    const { historySince } = z.looseObject({ historySince: z.string() }).parse(await api.store(store.id));
    const days = (Date.now() - Date.parse(historySince)) / 86_400_000;
    expect(days).toBeGreaterThanOrEqual(60);
    expect(days).toBeLessThan(61.1);
  });

  it.each([
    [['read:orders'], ['read_orders']],
    [['read:products'], ['read_products']],
  ])('asked for with %j is asked for at the platform with the least', async (access, scopes) => {
    const browser = createMerchantBrowser();
    const { url } = await api.createSession({ platform: 'shopify', access });
    const screen = await browser.open(url);
    const consent = await browser.submit(screen.forms[0], { shop: KWD_SHOP });
    const asked = (new URL(consent.url).searchParams.get('scope') ?? '').split(',');
    expect(asked).toEqual(expect.arrayContaining(scopes));
    expect(asked.filter((scope) => scope.startsWith('write_'))).toEqual([]);
  });
});
