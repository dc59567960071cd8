import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { publicId } from '#contract';
import { storesPage } from '#operator-api';
import { startSystem, type System } from '../system.js';
import { apiClient } from './api-client.js';
import { createMerchantBrowser } from './merchant-browser.js';
import { signedIn } from './operator-way.js';
import { connectShopify, EUR_SHOP, USD_SHOP } from './shopify-way.js';
import { until } from './until.js';

let system: System;
beforeAll(async () => {
  system = await startSystem();
  return () => system.stop();
});

const open = async (authorization?: string, path = '/ops/stores') =>
  await fetch(`${system.url}${path}`, authorization === undefined ? {} : { headers: { authorization } });
const bearer = () => `Bearer ${system.operatorToken}`;
const page = async () => await (await open(bearer())).text();

describe('the way in', () => {
  it('is closed to whoever has no operator token', async () => {
    const { app } = system.tenants[0];
    for (const wrong of [undefined, 'Bearer x', `Bearer ${app.apiKey}`, `Bearer ${system.operatorToken}x`]) {
      const response = await open(wrong);
      expect(response.status).toBe(401);
      expect(await response.text()).not.toContain('Acme');
    }
    expect((await open(undefined, `/ops/stores?token=${system.operatorToken}`)).status).toBe(401);
  });

  it('opens with the token as a bearer, and with nothing but a session as a cookie', async () => {
    expect((await open(bearer())).status).toBe(200);
    const { cookie } = await signedIn(system, { name: 'Vera', role: 'viewer' });
    const sent = [cookie, `shopspan_operator=${system.operatorToken}`, cookie.replace('sos_', 'sso_')];
    const statuses = sent.map(
      async (one) => (await fetch(`${system.url}/ops/stores`, { headers: { cookie: one } })).status,
    );
    expect(await Promise.all(statuses)).toEqual([200, 401, 401]);
    // Whoever sends a header means it.
    const both = { cookie, authorization: 'Bearer x' };
    expect((await fetch(`${system.url}/ops/stores`, { headers: both })).status).toBe(401);
  });

  it('is shut again when the token is revoked', async () => {
    await system.sql('UPDATE operator_tokens SET revoked_at = now()');
    expect((await open(bearer())).status).toBe(401);
    await system.sql('UPDATE operator_tokens SET revoked_at = NULL');
    expect((await open(bearer())).status).toBe(200);
  });
});

describe('the page', () => {
  it('shows every tenant’s stores with the times of their tokens', async () => {
    await connectShopify(system, system.tenants[0].app, { shop: USD_SHOP });
    await connectShopify(system, system.tenants[1].app, { shop: EUR_SHOP });
    const text = await page();
    for (const word of ['North Harbor Outfitters', USD_SHOP, 'Atelier Lindenhof', 'Acme', 'Borealis', 'shopify']) {
      expect(text).toContain(word);
    }
    const { data } = storesPage.parse(JSON.parse(text));
    expect(
      data.filter(({ nextRefreshAt, accessExpiresAt }) => nextRefreshAt !== null && accessExpiresAt !== null),
    ).toHaveLength(2);
    expect(text).not.toMatch(/shpat_|shprt_/);
  });

  it('says why a store is red, and that it is green again', async () => {
    const [store] = await apiClient(system, system.tenants[0].app).stores();
    const query = `/v1/orders?store=${store?.id ?? ''}&limit=1`;
    await system.control('PUT', `/control/faults/${USD_SHOP}`, { kind: 'status', status: 402, body: { errors: 'x' } });
    await apiClient(system, system.tenants[0].app).problem('GET', query);
    expect(await page()).toContain('store_closed');
    await system.control('DELETE', `/control/faults/${USD_SHOP}`);
    await system.control('DELETE', `/control/grants/${USD_SHOP}`);
    await apiClient(system, system.tenants[0].app).problem('GET', query);
    await until('needsReauth', async () => (await page()).includes('needsReauth'));
    expect(await page()).toMatch(/The platform ended the grant|must connect it again/);
  });

  it('shows what an operator has stopped as paused, and who acts on it, until that is lifted', async () => {
    await connectShopify(system, system.tenants[0].app, { shop: USD_SHOP });
    const paused = /"state":"paused","reason":"paused",[^}]*"who":"you"/;
    const headers = { authorization: bearer(), 'content-type': 'application/json' };
    const body = JSON.stringify({
      scope: 'tenant',
      target: publicId('tenant', system.tenants[0].id),
      reason: 'a leak',
    });
    expect(await page()).not.toMatch(paused);
    const answer = await fetch(`${system.url}/ops/stops`, { method: 'POST', headers, body });
    const { id } = z.object({ id: z.string() }).parse(await answer.json());
    expect(await page()).toMatch(paused);
    const gone = { method: 'DELETE', headers: { authorization: bearer() } };
    const lifted = await fetch(`${system.url}/ops/stops/${id}`, gone);
    expect(lifted.ok).toBe(true);
    expect(await page()).not.toMatch(paused);
  });

  it('shows hostile names as text', async () => {
    const hostile = `<script>alert(1)</script><img src=x onerror=alert(1)>"'&amp;`;
    await system.sql('UPDATE stores SET name = $1, status_reason = $1, last_error_message = $1', [hostile]);
    await system.sql('UPDATE tenants SET name = $1', [hostile]);
    await system.sql('UPDATE apps SET name = $1', [hostile]);
    const answer = await open(bearer());
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(storesPage.parse(await answer.json()).data.map(({ name }) => name)).toContain(hostile);
    const { url: link } = await apiClient(system, system.tenants[0].app).createSession();
    const screen = await createMerchantBrowser().open(link);
    expect(screen.html).not.toMatch(/<script(?! src="\/connect\/)|<img/);
    expect(screen.text).toContain('<script>alert(1)</script>');
  });

  it.each(['cursor=x', "cursor=' OR 1=1", 'cursor=1&cursor=2', 'sort=x'])('refuses a bad %s', async (query) => {
    expect((await open(bearer(), `/ops/stores?${encodeURI(query)}`)).status).toBe(400);
  });
});
