import type { Configuration } from 'openid-client';
import { beforeAll, describe, expect, it } from 'vitest';
import { decodeJwt } from 'jose';
import { publicId } from '#contract';
import { startSystem, type System, type TestApp } from '../system.js';
import type { PageForm } from './merchant-browser.js';
import { beginWalk, CALLBACK, decide, discover, redeem, signIn, type Walk } from './oauth-way.js';

let system: System;
let app: TestApp;
let configuration: Configuration;
beforeAll(async () => {
  system = await startSystem({ idle: true });
  ({ app } = system.tenants[0]);
  const { clientId } = await system.addClient(app, { kind: 'browser', redirectUris: [CALLBACK] });
  configuration = await discover(system, clientId);
  return () => system.stop();
});

const begin = async (parameters: Readonly<Record<string, string>> = {}): Promise<Walk> =>
  await beginWalk(configuration, { login_hint: await signIn(system, app), ...parameters });
const codes = async () =>
  (await system.sql("SELECT 1 FROM oauth_artifacts WHERE kind IN ('AuthorizationCode', 'Grant')")).length;

/** What a browser holds after it was asked: its cookies, and the form. */
async function asked() {
  const walk = await begin();
  const first = await fetch(walk.address, { redirect: 'manual' });
  const cookie = first.headers
    .getSetCookie()
    .map((one) => one.split(';')[0] ?? '')
    .join('; ');
  const url = new URL(first.headers.get('location') ?? '', system.url).href;
  const html = await (await fetch(url, { headers: { cookie } })).text();
  const csrf = /name="csrf" value="([^"]+)"/.exec(html)?.[1] ?? '';
  const answer = (headers: Readonly<Record<string, string>>, fields: Readonly<Record<string, string>> = { csrf }) =>
    fetch(url, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie, origin: system.url, ...headers },
      body: new URLSearchParams({ decision: 'allow', ...fields }),
    });
  return { url, cookie, csrf, cookies: first.headers.getSetCookie(), answer };
}

describe('case 80: the consent screen', () => {
  it('case 80: cannot be framed, runs no script, and its cookies are httpOnly and same-site', async () => {
    const { url, cookie, cookies } = await asked();
    const { headers } = await fetch(url, { headers: { cookie } });
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(cookies.length).toBeGreaterThan(0);
    for (const one of cookies) expect(one.toLowerCase()).toMatch(/httponly.*samesite=lax|samesite=lax.*httponly/);
    const authorize = await fetch(`${system.url}/oauth/authorize`, {
      redirect: 'manual',
      headers: { accept: 'text/html' },
    });
    expect(authorize.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  });

  it('case 80: takes no answer from another site, without its token, with another one, or from another browser', async () => {
    const { answer, url, csrf } = await asked();
    const before = await codes();
    const foreign: readonly Readonly<Record<string, string>>[] = [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'none' },
      { origin: 'https://evil.example' },
      // Whoever says nothing of where it comes from is not believed.
      { origin: 'null' },
      { origin: '' },
      { origin: `${system.url}.evil.example` },
      { cookie: '' },
    ];
    for (const headers of foreign) expect([headers, (await answer(headers)).status]).toEqual([headers, 400]);
    const others = await asked();
    for (const fields of [{}, { csrf: '' }, { csrf: others.csrf }, { csrf: `${csrf}x` }, { csrf: 'x' }])
      expect([fields, (await answer({}, fields)).status]).toEqual([fields, 400]);
    const elsewhere = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie: others.cookie },
      body: new URLSearchParams({ csrf: others.csrf, decision: 'allow' }),
    });
    expect(elsewhere.headers.get('location') ?? '').not.toContain(new URL(url).pathname.split('/').at(-1) ?? 'none');
    expect(await codes()).toBe(before + (elsewhere.status === 303 ? 1 : 0));
    expect((await answer({ 'sec-fetch-site': 'same-origin', origin: system.url })).status).toBe(303);
  });

  it('case 80: changes nothing by being looked at, and has no answer in its address', async () => {
    const { url, cookie, csrf } = await asked();
    const before = await codes();
    for (const query of ['', `?decision=allow&csrf=${csrf}`])
      expect((await fetch(`${url}${query}`, { headers: { cookie } })).status).toBe(200);
    for (const method of ['PUT', 'PATCH', 'DELETE'])
      expect([404, 405]).toContain((await fetch(url, { method, headers: { cookie } })).status);
    const json = { cookie, 'content-type': 'application/json' };
    const body = JSON.stringify({ decision: 'allow', csrf });
    expect((await fetch(url, { method: 'POST', headers: json, body, redirect: 'manual' })).status).toBe(415);
    const plain = { cookie, 'content-type': 'text/plain' };
    expect(
      (await fetch(url, { method: 'POST', headers: plain, body: `decision=allow&csrf=${csrf}`, redirect: 'manual' }))
        .status,
    ).toBe(415);
    expect(await codes()).toBe(before);
  });

  it('case 80: takes one answer, however often and however fast it is sent', async () => {
    const { answer } = await asked();
    const before = await codes();
    const answers = await Promise.all(Array.from({ length: 10 }, () => answer({})));
    expect(await codes()).toBeLessThanOrEqual(before + 1);
    expect(answers.every(({ status }) => status === 303 || status === 400)).toBe(true);
    expect(await codes()).toBe(before + 1);
  });

  it('case 80: resumes in the browser that was asked alone', async () => {
    const { answer, cookie } = await asked();
    const location = (await answer({})).headers.get('location') ?? '';
    const without = await fetch(location, { redirect: 'manual', headers: { accept: 'text/html' } });
    expect([without.status, without.headers.get('location')]).toEqual([400, null]);
    const within = await fetch(location, { redirect: 'manual', headers: { cookie } });
    expect(within.headers.get('location')).toMatch(/^https:\/\/spa\.example\/callback\?code=/);
  });
});

describe('a ticket', () => {
  const screen = async (parameters: Readonly<Record<string, string>>) => {
    const walk = await begin(parameters);
    return { walk, page: await walk.browser.open(walk.address.href) };
  };
  const sentBack = async (walk: Walk, form: PageForm | undefined) =>
    Object.fromEntries(new URL((await walk.browser.submit(form, { decision: 'allow' })).url).searchParams);

  it.each([
    ['missing', async () => Promise.resolve('')],
    ['made up', async () => Promise.resolve(`stk_${'A'.repeat(43)}`)],
    ["another app's", async () => await signIn(system, system.tenants[1].app)],
    ["another mode's", async () => await signIn(system, system.live)],
  ])('that is %s asks nobody, and leads back without a code', async (_, hint) => {
    const { walk, page } = await screen({ login_hint: await hint() });
    expect(page.text).toContain('This sign-in cannot be used');
    expect(await sentBack(walk, page.forms[0])).toMatchObject({ error: 'access_denied', state: walk.state });
  });

  it('is good for one consent, and for ten minutes', async () => {
    const hint = await signIn(system, app);
    const first = await screen({ login_hint: hint });
    expect((await decide(first.walk, first.page)).searchParams.has('code')).toBe(true);
    expect((await screen({ login_hint: hint })).page.text).toContain('cannot be used');
    const old = await signIn(system, app);
    await system.sql(
      "UPDATE oauth_artifacts SET expires_at = expires_at - interval '10 minutes' WHERE kind = 'Ticket'",
    );
    expect((await screen({ login_hint: old })).page.text).toContain('cannot be used');
  });

  it('passes on no more than its maker may, and one store where it says so', async () => {
    const [row] = await system.sql(
      `INSERT INTO stores (id, tenant_id, app_id, platform, client_key, account, api_root, platform_id, name, domain, currency, mode, status, status_since, updated_at)
       VALUES (gen_random_uuid(), $1, $2, 'example', 'c', 'a', 'https://shop.example/', '1', 'Lamp shop', 'shop.example', 'EUR', 'test', 'active', now(), now()) RETURNING id`,
      [app.tenantId, app.appId],
    );
    const store = publicId('store', String(row?.['id']));
    const apiKey = await system.addKey(app, { scopes: ['write:stores', 'read:orders'] });
    const hint = await signIn(system, { apiKey }, { storeId: store });
    const { walk, page } = await screen({ login_hint: hint, scope: 'read:orders write:orders' });
    expect(page.text).toContain('In this store, and in no other:');
    expect(page.text).toContain('Lamp shop');
    expect(page.text).not.toContain('Change orders');
    const tokens = await redeem({ configuration, walk, callback: await decide(walk, page) });
    expect(decodeJwt(tokens.access_token)).toMatchObject({ scope: 'read:orders', store_id: store });
    const all = await screen({});
    expect(all.page.text).toContain('In all stores that are connected to');
  });
});

it('the address of the authorization request may be pushed first (RFC 9126), and used once', async () => {
  const { pushed, walk } = await push();
  expect(pushed).toMatchObject({
    request_uri: expect.stringMatching(/^urn:ietf:params:oauth:request_uri:/) as string,
    expires_in: 60,
  });
  const address = new URL(`${system.url}/oauth/authorize`);
  address.searchParams.set('client_id', configuration.clientMetadata().client_id);
  address.searchParams.set('request_uri', String(pushed['request_uri']));
  const page = await walk.browser.open(address.href);
  const callback = await decide(walk, page);
  expect((await redeem({ configuration, walk, callback })).access_token).toBeDefined();
  const again = await fetch(address, { redirect: 'manual', headers: { accept: 'text/html' } });
  expect([again.status, again.headers.get('location')]).toEqual([400, null]);
});

async function push() {
  const walk = await begin();
  const fields = walk.address.searchParams;
  const response = await fetch(`${system.url}/oauth/par`, { method: 'POST', body: new URLSearchParams(fields) });
  expect(response.status).toBe(201);
  return { walk, pushed: (await response.json()) as Record<string, unknown> };
}

it('nothing in the database can be presented: neither codes, tokens and cookies, nor tickets', async () => {
  const hint = await signIn(system, app);
  const walk = await begin({ login_hint: hint });
  const page = await walk.browser.open(walk.address.href);
  const uid = page.url.split('/').at(-1) ?? '';
  const dump = async () =>
    JSON.stringify(await system.sql("SELECT a::text, encode(a.hash, 'escape') FROM oauth_artifacts a"));
  const during = await dump();
  for (const secret of [hint, uid]) expect(during).not.toContain(secret);
  const callback = await decide(walk, page);
  const code = callback.searchParams.get('code') ?? 'none';
  expect(await dump()).not.toContain(code);
  const tokens = await redeem({ configuration, walk, callback });
  expect(await dump()).not.toContain(tokens.refresh_token ?? 'none');
  // The question's own name is worth nothing without the signature of its cookie.
  expect(
    [hint, code, tokens.refresh_token].filter((one) => system.logLines.join('\n').includes(one ?? 'none')),
  ).toEqual([]);
});
