import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { RETURN_ORIGIN, startSystem, type System, type TestApp } from '../system.js';
import { type ApiClient, apiClient } from './api-client.js';
import { BOOKS, makeKeys, pasted, shopAddress } from './woocommerce-way.js';

let system: System;
beforeAll(async () => {
  system = await startSystem({ idle: true });
  return () => system.stop();
});
let app: TestApp;
let api: ApiClient;
beforeEach(async () => {
  app = await system.addApp(system.tenants[0].id, { name: 'Acme Shipping', mode: 'test' });
  api = apiClient(system, app);
});

const LOOPBACK = 'http://127.0.0.1:5173';

describe('case 162: the page that opens a link, and the address that is returned to', () => {
  it.each([
    ...['https://evil.example', 'https://app.example.evil.example', 'https://xapp.example', 'http://app.example'],
    ...['https://app.example:8443', 'https://app.example@evil.example', 'https://user:secret@app.example'],
    ...['https://:secret@app.example', 'https://@app.example', '//app.example', '\\\\app.example', '/', ''],
    ...['https:\\\\app.example', 'https://app.example\\@evil.example', 'https:app.example', 'https:///app.example'],
    ...['javascript:alert(1)//https://app.example', 'data:text/html,https://app.example', 'null', '*'],
    ...[
      'https://app.example\t',
      ' https://app.example',
      'https://app.example.',
      'ftp://127.0.0.1',
      'file:///etc/passwd',
    ],
  ])('are refused: %j', async (address) => {
    for (const field of ['openerOrigin', 'returnUrl']) {
      const problem = await api.problem('POST', '/v1/connect-sessions', { [field]: address });
      expect([field, problem.status, problem.code, problem.fields?.[0]?.path]).toEqual([
        ...[field, 400, 'request_invalid', field],
      ]);
    }
  });

  it('is an origin and nothing more', async () => {
    for (const address of [`${RETURN_ORIGIN}/`, `${RETURN_ORIGIN}/done`, `${RETURN_ORIGIN}?x`, 'https://APP.example']) {
      const problem = await api.problem('POST', '/v1/connect-sessions', { openerOrigin: address });
      expect([address, problem.fields?.[0]?.path]).toEqual([address, 'openerOrigin']);
    }
    await api.createSession({ openerOrigin: RETURN_ORIGIN, returnUrl: `${RETURN_ORIGIN}/done` });
  });

  it('may be on this machine in test mode, and only there', async () => {
    await api.createSession({ openerOrigin: LOOPBACK });
    const problem = await apiClient(system, system.live).problem('POST', '/v1/connect-sessions', {
      openerOrigin: LOOPBACK,
    });
    expect(problem.fields?.[0]?.path).toBe('openerOrigin');
  });
});

const ask = async (link: string, origin?: string) => {
  const response = await fetch(`${link}/status`, origin === undefined ? {} : { headers: { origin } });
  const { headers } = response;
  return {
    status: response.status,
    json: await response.json(),
    allowed: headers.get('access-control-allow-origin'),
    credentials: headers.get('access-control-allow-credentials'),
    vary: headers.get('vary'),
    cache: headers.get('cache-control'),
  };
};

describe('the status of a link', () => {
  it('is readable for pages of the session’s own origin alone, and never with cookies', async () => {
    const explicit = await api.createSession({ openerOrigin: LOOPBACK, returnUrl: `${RETURN_ORIGIN}/done` });
    const implied = await api.createSession({ returnUrl: `${RETURN_ORIGIN}/done` });
    const without = await api.createSession();
    const expected = [
      [explicit.url, LOOPBACK],
      [implied.url, RETURN_ORIGIN],
      [without.url, undefined],
    ] as const;
    for (const [link, own] of expected) {
      for (const origin of [LOOPBACK, RETURN_ORIGIN, 'https://evil.example', 'null', system.url]) {
        const { allowed, credentials, vary, cache } = await ask(link, origin);
        expect([origin, allowed]).toEqual([origin, origin === own ? origin : null]);
        expect([credentials, vary, cache]).toEqual([null, 'Origin', 'no-store']);
      }
    }
  });

  it('is told nothing once the app has given up the origin', async () => {
    const { url } = await api.createSession({ openerOrigin: RETURN_ORIGIN });
    const coop = async () => (await fetch(url)).headers.get('cross-origin-opener-policy');
    expect([(await ask(url, RETURN_ORIGIN)).allowed, await coop()]).toEqual([RETURN_ORIGIN, 'unsafe-none']);
    await system.sql(`UPDATE apps SET return_origins = '{}' WHERE id = $1`, [app.appId]);
    expect([(await ask(url, RETURN_ORIGIN)).allowed, await coop()]).toEqual([null, 'same-origin']);
  });

  it('goes from pending to connected, with the store and no secret', async () => {
    const { id, url } = await api.createSession({ openerOrigin: LOOPBACK, platform: 'woocommerce' });
    expect((await ask(url)).json).toEqual({ session: id, status: 'pending' });
    const credentials = pasted(shopAddress(BOOKS), await makeKeys(system, BOOKS));
    const form = await fetch(`${url}/woocommerce`);
    const cookie = form.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ');
    const fields = [...(await form.text()).matchAll(/name="(csrf|strategy)" value="([^"]+)"/g)];
    const csrf = fields.find(([, name]) => name === 'csrf')?.[2] ?? '';
    const strategy = fields.findLast(([, name]) => name === 'strategy')?.[2] ?? '';
    const body = new URLSearchParams({ csrf, strategy, ...credentials });
    const done = await fetch(`${url}/woocommerce`, { method: 'POST', headers: { cookie }, body });
    const screen = await done.text();
    const [store] = await api.stores();
    expect((await ask(url)).json).toEqual({ session: id, status: 'connected', storeId: store?.id });
    const script = /<script[^>]*opener\.js[^>]*><\/script>/.exec(screen)?.[0] ?? '';
    const attributes = Object.fromEntries(
      [...script.matchAll(/data-(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]),
    );
    expect(attributes).toEqual({ origin: LOOPBACK, session: id, status: 'connected', store: store?.id });
  });

  it('says what failed, that a merchant refused, and that a link is too old', async () => {
    const { id, url } = await api.createSession({ openerOrigin: LOOPBACK });
    const uuid = id.slice(4).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
    const attempt = (status: string, code: string | null, minutes: number) =>
      system.sql(
        `INSERT INTO connect_attempts (id, tenant_id, session_id, platform, strategy, account, api_root, state_hash, browser_hash, status, error_code, created_at, expires_at)
         VALUES (gen_random_uuid(), $1, $2, 'x', 's', 'a', 'r', sha256(random()::text::bytea), '', $3, $4, now() + make_interval(mins => $5), now() + interval '1 hour')`,
        [app.tenantId, uuid, status, code, minutes],
      );
    const states: readonly (readonly [string, string | null, object])[] = [
      ['declined', null, { status: 'failed', reason: 'connect_denied' }],
      ['failed', 'store_closed', { status: 'failed', reason: 'store_closed' }],
      ['waiting', null, { status: 'pending' }],
      ['proving', null, { status: 'pending' }],
    ];
    for (const [at, [status, code, told]] of states.entries()) {
      await attempt(status, code, at);
      expect((await ask(url)).json).toEqual({ session: id, ...told });
    }
    await system.sql(`UPDATE connect_sessions SET expires_at = now() - interval '1 second' WHERE id = $1`, [uuid]);
    const old = await ask(url, LOOPBACK);
    expect([old.json, old.allowed]).toEqual([
      { session: id, status: 'expired', reason: 'connect_session_invalid' },
      LOOPBACK,
    ]);
  });
});

describe('the windows', () => {
  it('are kept together only on the screens of a session with an opener', async () => {
    const { url } = await api.createSession({ openerOrigin: LOOPBACK });
    const { url: without } = await api.createSession();
    const coop = async (address: string) => (await fetch(address)).headers.get('cross-origin-opener-policy');
    expect(await Promise.all([url, `${url}/shopify`].map(coop))).toEqual(['unsafe-none', 'unsafe-none']);
    const others = [without, `${system.url}/connect/unknown`, `${system.url}/connect/style.css`, `${system.url}/docs`];
    expect(new Set(await Promise.all(others.map(coop)))).toEqual(new Set(['same-origin']));
    // Within a page of a platform there is no opener to be kept together with.
    const framed = await fetch(url, { headers: { 'sec-fetch-dest': 'iframe' } });
    expect(framed.headers.get('cross-origin-opener-policy')).toBe('same-origin');
  });

  it('are told by scripts of ours alone, none of them within a page', async () => {
    const { url } = await api.createSession({ openerOrigin: LOOPBACK });
    for (const address of [url, `${url}/shopify`, `${system.url}/connect/unknown`]) {
      const response = await fetch(address);
      const policy = response.headers.get('content-security-policy') ?? '';
      expect(policy).toMatch(/^default-src 'none'; .*script-src 'self'; connect-src 'self'$/);
      expect(policy).not.toMatch(/unsafe|\*|http/);
      expect(await response.text()).not.toMatch(/<script(?![^>]* src="\/)|\son\w+=/);
    }
    const ops = (await fetch(`${system.url}/ops/sign-in`)).headers.get('content-security-policy');
    expect(ops).not.toContain('script-src');
  });
});
