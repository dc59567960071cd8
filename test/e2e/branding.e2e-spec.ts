import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CARDS } from '#branding';
import { STYLE } from '../../apps/gateway/connect/style.js';
import { JPEG, png, pngPart, WEBP } from '../setup/pictures.js';
import { startSystem, type System, type TestApp } from '../system.js';
import { type ApiClient, apiClient } from './api-client.js';

const LOGO = png({ width: 64, height: 32 });
const whole = {
  name: 'Acme & <b>Söhne</b>',
  accent: '#FFD400',
  support: 'help@acme.example',
  logo: LOGO.toString('base64'),
};

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

const put = (body: object) => api.call('PUT', '/v1/branding', body);
const link = async (client = api) => (await client.createSession()).url;
const text = async (address: string) => await (await fetch(address)).text();

describe('what an app says of its screens', () => {
  it('is answered with the colours that are shown, kept, and forgotten again', async () => {
    expect((await api.problem('GET', '/v1/branding')).code).toBe('not_found');
    const { status, json } = await put(whole);
    const told = {
      name: whole.name,
      accent: '#ffd400',
      colors: {
        light: {
          accent: expect.stringMatching(/^#[0-9a-f]{6}$/),
          onAccent: '#000000',
          link: expect.stringMatching(/^#[0-9a-f]{6}$/),
        },
        dark: { accent: '#ffd400', onAccent: '#000000', link: '#ffd400' },
      },
      support: whole.support,
      logo: { type: 'image/png', width: 64, height: 32 },
      updatedAt: expect.any(String),
    };
    expect([status, json]).toEqual([200, told]);
    expect(json).not.toHaveProperty('colors.light.accent', '#ffd400');
    expect((await api.get('/v1/branding')).json).toEqual(json);
    expect((await api.call('DELETE', '/v1/branding')).status).toBe(204);
    expect((await api.problem('GET', '/v1/branding')).code).toBe('not_found');
    expect((await api.problem('DELETE', '/v1/branding')).code).toBe('not_found');
  });

  it('is replaced, but for a logo that is not spoken of', async () => {
    await put(whole);
    const bare = { name: 'Acme', accent: null, colors: null, support: null, updatedAt: expect.any(String) };
    expect((await put({ name: 'Acme' })).json).toEqual({ ...bare, logo: { type: 'image/png', width: 64, height: 32 } });
    expect((await put({ name: 'Acme', logo: null })).json).toEqual({ ...bare, logo: null });
    const others: readonly (readonly [Buffer, string])[] = [
      [JPEG, 'image/jpeg'],
      [WEBP.lossy, 'image/webp'],
    ];
    for (const [file, type] of others) {
      const { json } = await put({ name: 'Acme', logo: file.toString('base64') });
      expect(json).toMatchObject({ logo: { type } });
    }
  });

  it.each([
    ['name', { name: '' }],
    ['name', { name: '   ' }],
    ['name', { name: 'a'.repeat(61) }],
    ['name', { name: 'Acme\u202eevil' }],
    ['name', { name: 'Acme\nInc' }],
    ['accent', { accent: 'red' }],
    ['accent', { accent: '#fff' }],
    ['accent', { accent: '#ffffff;}*{display:none' }],
    ['support', { support: 'javascript:alert(1)' }],
    ['support', { support: 'http://acme.example' }],
    ['support', { support: 'https://acme.example@evil.example/' }],
    ['support', { support: 'help@acme.example?bcc=all@acme.example' }],
    ['support', { support: 'a b@acme.example' }],
    ['logo', { logo: '' }],
    ['logo', { logo: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>').toString('base64') }],
    ['logo', { logo: png({ width: 1, height: 1, declared: [65_535, 65_535] }).toString('base64') }],
    ['logo', { logo: 'A'.repeat(90_000) }],
    ['logo', { logo: 'https://cdn.acme.example/logo.png' }],
  ])('is refused by its field: %s %#', async (field, change) => {
    const problem = await api.problem('PUT', '/v1/branding', { name: 'Acme', ...change });
    expect([problem.status, problem.code, problem.fields?.[0]?.path]).toEqual([400, 'request_invalid', field]);
    expect((await api.problem('GET', '/v1/branding')).code).toBe('not_found');
  });

  it('is the app’s own: of another app, in whatever tenant, nothing is seen, changed or forgotten', async () => {
    await put(whole);
    const other = await system.addApp(system.tenants[0].id, { name: 'Acme Returns', mode: 'test' });
    for (const stranger of [other, system.tenants[1].app, system.live]) {
      const client = apiClient(system, stranger);
      expect((await client.problem('GET', '/v1/branding')).code).toBe('not_found');
      expect((await client.problem('DELETE', '/v1/branding')).code).toBe('not_found');
      await client.call('PUT', '/v1/branding', { name: 'Stranger', logo: null });
      expect(await text(await link(client))).toContain('Stranger');
      await client.call('DELETE', '/v1/branding');
    }
    expect((await api.get('/v1/branding')).json).toMatchObject({ name: whole.name, logo: { width: 64 } });
  });

  it('takes the scopes that stores take', async () => {
    const reader = apiClient(system, { apiKey: await system.addKey(app, { scopes: ['read:stores'] }) });
    for (const method of ['PUT', 'DELETE'])
      expect((await reader.problem(method, '/v1/branding', method === 'PUT' ? whole : undefined)).code).toBe(
        'scope_missing',
      );
    const blind = apiClient(system, { apiKey: await system.addKey(app, { scopes: ['read:orders', 'write:stores'] }) });
    expect((await blind.problem('GET', '/v1/branding')).code).toBe('scope_missing');
  });
});

describe('a screen of the app', () => {
  it('shows name, logo and colours, all from the gateway itself, and nothing of it as markup', async () => {
    const plain = await text(await link());
    expect(plain).not.toMatch(/brand|logo/);
    const iconOf = (screen: string) => /<link rel="icon" href="([^"]+)"/.exec(screen)?.[1] ?? '';
    const icon = await fetch(`${system.url}${iconOf(plain)}`);
    expect([icon.status, icon.headers.get('content-type')]).toEqual([200, 'image/svg+xml']);
    await put({ ...whole, logo: png({ more: [pngPart('tEXt', Buffer.from('Author\0Ada'))] }).toString('base64') });
    const address = await link();
    const screen = await text(address);
    expect(screen).toContain('Connect your shop to Acme &amp; &lt;b&gt;Söhne&lt;/b&gt;');
    expect(screen).not.toMatch(/Acme Shipping|<b>Söhne/);
    const [, styleHref = ''] = /href="(\/connect\/[^"]+brand\.css[^"]*)"/.exec(screen) ?? [];
    const [, logoHref = ''] = /src="(\/connect\/[^"]+\/logo[^"]*)"/.exec(screen) ?? [];
    expect(iconOf(screen)).toBe(logoHref);
    const [style, logo] = await Promise.all([styleHref, logoHref].map((href) => fetch(`${system.url}${href}`)));
    const headers = (of: Response | undefined) =>
      ['content-type', 'x-content-type-options', 'cache-control'].map((name) => of?.headers.get(name));
    expect(headers(style)).toEqual(['text/css; charset=utf-8', 'nosniff', 'private, max-age=600']);
    expect(headers(logo)).toEqual(['image/png', 'nosniff', 'private, max-age=600']);
    expect(await style?.text()).toMatch(
      /:root \{ --accent: (#[0-9a-f]{6}); --on-accent: #000000; --link: #[0-9a-f]{6}; --accent-dark: \1; \}/,
    );
    const bytes = Buffer.from((await logo?.arrayBuffer()) ?? new ArrayBuffer(0));
    expect([bytes.equals(png()), bytes.includes('Ada')]).toEqual([true, false]);
  });

  it('names who helps where something did not work, and only there', async () => {
    await put(whole);
    const address = await link();
    expect(await text(address)).not.toContain('mailto:');
    const cookies = new Map<string, string>();
    const first = await fetch(`${address}/shopify`);
    for (const one of first.headers.getSetCookie()) cookies.set(one.split('=')[0] ?? '', one.split(';')[0] ?? '');
    const [, csrf = ''] = /name="csrf" value="([^"]+)"/.exec(await first.text()) ?? [];
    const [, strategy = ''] = /name="strategy" value="([^"]+)"/.exec(await text(`${address}/shopify`)) ?? [];
    const failed = await fetch(`${address}/shopify`, {
      method: 'POST',
      headers: { cookie: [...cookies.values()].join('; ') },
      body: new URLSearchParams({ csrf, strategy, shop: 'no such shop!' }),
    });
    expect(await failed.text()).toContain('<a href="mailto:help@acme.example">help@acme.example</a>');
  });

  it('has neither logo nor style where the link is nobody’s, or the app has none', async () => {
    const address = await link();
    const statuses = await Promise.all(
      ['logo', 'brand.css'].map(async (name) => (await fetch(`${address}/${name}`)).status),
    );
    expect(statuses).toEqual([404, 200]);
    for (const name of ['logo', 'brand.css', 'status']) {
      const answer = await fetch(`${system.url}/connect/${'A'.repeat(43)}/${name}`);
      expect([name, answer.status]).toEqual([name, 404]);
    }
  });
});

it('the cards that accents are held against are those of the style sheet', () => {
  const cards = [...STYLE.matchAll(/--card: (#[0-9a-f]+);/g)].map(([, colour = '']) =>
    colour.length === 4 ? colour.replace(/[0-9a-f]/g, '$&$&') : colour,
  );
  expect(cards).toEqual([CARDS.light, CARDS.dark]);
});
