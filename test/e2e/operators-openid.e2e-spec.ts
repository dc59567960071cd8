import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { operatorSession } from '#operator-api';
import { type RunningProvider, startOpenidProvider } from '../setup/openid-provider.js';
import { startSystem, type System } from '../system.js';
import { createMerchantBrowser, type MerchantBrowser, type Page } from './merchant-browser.js';
import { cookiesOf } from './operator-way.js';

const ADA = { sub: 'ada-1', name: 'Ada', email: 'ada@example.com', email_verified: true };
const VERA = { sub: 'vera-1', name: 'Vera', groups: ['shop-support'] };
const CALLBACK = /\/ops\/callback/;

let system: System;
let provider: RunningProvider;
beforeAll(async () => {
  provider = await startOpenidProvider();
  system = await startSystem({
    environment: {
      SHOPSPAN_OPERATORS_ISSUER: provider.issuer,
      SHOPSPAN_OPERATORS_CLIENT_ID: provider.clientId,
      SHOPSPAN_OPERATORS_CLIENT_SECRET: provider.clientSecret,
      SHOPSPAN_OPERATORS_SCOPES: 'openid profile email groups',
      SHOPSPAN_OPERATORS_ROLE_CLAIM: 'groups',
      SHOPSPAN_OPERATORS_ROLES: 'ada@example.com=admin,shop-support=viewer',
      SHOPSPAN_EGRESS_ALLOW: new URL(provider.issuer).host,
    },
  });
  return async () => {
    await system.stop();
    await provider.close();
  };
});
beforeEach(() => {
  provider.present = ADA;
  provider.provedSecondsAgo = 0;
});

const at = (path: string) => `${system.url}${path}`;
const signInForm = async (browser: MerchantBrowser, query = '') =>
  (await browser.open(at(`/ops/sign-in${query}`))).forms[0];
async function signIn(browser: MerchantBrowser, query = ''): Promise<Page> {
  return await browser.submit(await signInForm(browser, query));
}
/** Begins, passes the provider, and stops before the way back. */
async function untilCallback(browser: MerchantBrowser): Promise<URL> {
  return new URL(await browser.submitUntil(await signInForm(browser), {}, CALLBACK));
}
/** Who the gateway says the browser is. */
const sessionOf = async (browser: MerchantBrowser) =>
  operatorSession.parse(JSON.parse((await browser.open(at('/ops/session'))).html));
const sessions = async () => Number((await system.sql('SELECT count(*) AS many FROM operator_sessions'))[0]?.['many']);

describe('a provider of one’s own', () => {
  it('that has no client of ours yet is said to be out of reach, and is found as soon as it has', async () => {
    const refused = await signIn(createMerchantBrowser());
    expect([refused.status, refused.text]).toEqual([503, expect.stringContaining('cannot be used just now')]);
    await provider.register(at('/ops/callback'));
    expect((await signIn(createMerchantBrowser())).url).toBe(at('/console'));
  });

  it('signs people in with the role that their address or their group has here', async () => {
    const browser = createMerchantBrowser();
    await signIn(browser);
    expect(await sessionOf(browser)).toMatchObject({ name: 'Ada', role: 'admin' });
    provider.present = VERA;
    const other = createMerchantBrowser();
    await signIn(other);
    expect(await sessionOf(other)).toMatchObject({ name: 'Vera', role: 'viewer' });
  });

  it.each([
    [{ sub: 'eve-1', name: 'Eve', email: 'eve@example.com', email_verified: true }],
    [{ sub: 'eve-2', name: 'Eve', email: 'ada@example.com', email_verified: false }],
    [{ sub: 'eve-3', name: 'Eve', groups: ['shop-support-readers'] }],
  ])('whose people nobody named here refuses them, and says who can act: %j', async (person) => {
    provider.present = person;
    const before = await sessions();
    const refused = await signIn(createMerchantBrowser());
    expect([refused.status, refused.text]).toEqual([403, expect.stringContaining('Eve has no role here')]);
    expect(refused.text).toContain('SHOPSPAN_OPERATORS_ROLES');
    expect(await sessions()).toBe(before);
  });

  it('is asked with a code, its proof, a state and a nonce, and told nothing else', async () => {
    const browser = createMerchantBrowser();
    const address = new URL(await browser.submitUntil(await signInForm(browser), {}, /\/auth\?/));
    expect([...address.searchParams.keys()].sort()).toEqual([
      ...[
        'client_id',
        'code_challenge',
        'code_challenge_method',
        'nonce',
        'redirect_uri',
        'response_type',
        'scope',
        'state',
      ],
    ]);
    const { response_type: type, code_challenge_method: method } = Object.fromEntries(address.searchParams);
    expect([type, method]).toEqual(['code', 'S256']);
  });
});

describe('a way back', () => {
  const spoiled: readonly (readonly [string, (callback: URL) => void])[] = [
    ['with another state', ({ searchParams }) => searchParams.set('state', 'x'.repeat(43))],
    ['without a state', ({ searchParams }) => searchParams.delete('state')],
    ['of another issuer', ({ searchParams }) => searchParams.set('iss', 'https://evil.example')],
    ['without an issuer', ({ searchParams }) => searchParams.delete('iss')],
    ['with another code', ({ searchParams }) => searchParams.set('code', 'x'.repeat(43))],
    ['with two codes', ({ searchParams }) => searchParams.append('code', 'x')],
    ['with a failure', ({ searchParams }) => searchParams.set('error', 'access_denied')],
  ];
  it.each(spoiled)('%s signs nobody in', async (_, spoil) => {
    const browser = createMerchantBrowser();
    const callback = await untilCallback(browser);
    spoil(callback);
    const before = await sessions();
    const refused = await browser.open(callback.href);
    expect([refused.status, await sessions()]).toEqual([400, before]);
    expect(refused.text).toContain('Start signing in again');
  });

  it('with a token for another nonce signs nobody in', async () => {
    const browser = createMerchantBrowser();
    const address = new URL(await browser.submitUntil(await signInForm(browser), {}, /\/auth\?/));
    address.searchParams.set('nonce', 'another');
    const refused = await browser.open(address.href);
    expect([refused.url.startsWith(at('/ops/callback')), refused.status]).toEqual([true, 400]);
  });

  it('in another browser signs nobody in, nor does somebody else’s code in one’s own', async () => {
    const [mine, theirs] = [createMerchantBrowser(), createMerchantBrowser()];
    const callback = await untilCallback(mine);
    expect((await createMerchantBrowser().open(callback.href)).status).toBe(400);
    const injected = await untilCallback(theirs);
    injected.searchParams.set('code', callback.searchParams.get('code') ?? '');
    expect((await theirs.open(injected.href)).status).toBe(400);
  });

  it('leaves neither its code nor its state in the log', async () => {
    const browser = createMerchantBrowser();
    const callback = await untilCallback(browser);
    await browser.open(callback.href);
    await browser.open(callback.href);
    const text = system.logLines.join('\n');
    expect(text).toContain('/ops/callback');
    for (const name of ['code', 'state']) expect(text).not.toContain(callback.searchParams.get(name));
    expect(text).not.toContain(provider.clientSecret);
  });

  it('signs in once: taken again it leads nowhere, and what it had begun is left as it was', async () => {
    const browser = createMerchantBrowser();
    const form = await signInForm(browser);
    const callback = await browser.submitUntil(form, {}, CALLBACK);
    const first = await browser.open(callback);
    expect(first.url).toBe(at('/console'));
    const before = await sessions();
    expect((await browser.open(callback)).status).toBe(400);
    expect(await sessions()).toBe(before);
    expect((await browser.open(at('/ops/stores'))).status).toBe(200);
  });

  it('is refused by the provider when the browser still had what it began with', async () => {
    const begun = await fetch(at('/ops/sign-in'));
    const opened = cookiesOf(begun);
    const csrf = /name="csrf" value="([^"]+)"/.exec(await begun.text())?.[1] ?? '';
    const left = await fetch(at('/ops/sign-in'), {
      ...{ method: 'POST', redirect: 'manual', body: new URLSearchParams({ csrf }) },
      headers: { cookie: opened, 'sec-fetch-site': 'same-origin' },
    });
    const cookie = cookiesOf(left);
    const browser = createMerchantBrowser();
    const callback = await browser.open(left.headers.get('location') ?? '');
    // This browser never had the cookie: the code is still good, and taken with it.
    expect(callback.status).toBe(400);
    const answers: number[] = [];
    for (let times = 0; times < 2; times += 1) {
      answers.push((await fetch(callback.url, { headers: { cookie }, redirect: 'manual' })).status);
    }
    expect(answers).toEqual([303, 400]);
  });
});

describe('a person', () => {
  it('case 90: whose role is changed, or who is disabled, has another role on the next request, or none', async () => {
    provider.present = { ...VERA, sub: 'vera-90' };
    const browser = createMerchantBrowser();
    await signIn(browser);
    const role = async () => (await sessionOf(browser)).role;
    expect(await role()).toBe('viewer');
    await system.sql("UPDATE operators SET role = 'admin' WHERE subject = 'vera-90'");
    expect(await role()).toBe('admin');
    await system.sql("UPDATE operators SET disabled_at = now() WHERE subject = 'vera-90'");
    expect((await browser.open(at('/ops/session'))).status).toBe(401);
    const refused = await signIn(browser);
    expect([refused.status, refused.text]).toEqual([403, expect.stringContaining('was disabled')]);
  });

  it('who has just been asked who they are may do what is dangerous; an old session at the provider does not do', async () => {
    const browser = createMerchantBrowser();
    await signIn(browser);
    const proved = async () => (await sessionOf(browser)).steppedUpAt;
    // A provider that does not say when people proved who they are is not believed that it was now.
    expect(await proved()).toBeNull();
    const logins = () => provider.asked.get('/auth') ?? 0;
    const before = logins();
    expect((await signIn(browser, '?again=1')).url).toBe(at('/console'));
    expect(logins()).toBeGreaterThan(before);
    expect(await proved()).toMatch(/^20/);
    provider.provedSecondsAgo = 600;
    const stale = await signIn(browser, '?again=1');
    expect([stale.status, stale.url.startsWith(at('/ops/callback'))]).toEqual([400, true]);
  });
});
