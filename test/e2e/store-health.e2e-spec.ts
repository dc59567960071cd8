import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { storesPage } from '#operator-api';
import { registerClient, startSystem, type System, type TestApp } from '../system.js';
import { type ApiClient, apiClient } from './api-client.js';
import { readLedger } from './sandbox-ledger.js';
import { connectShopify, EUR_SHOP, JPY_SHOP, USD_SHOP } from './shopify-way.js';
import { until } from './until.js';
import { BOOKS, connectWooCommerce, SOUQ, VINYL } from './woocommerce-way.js';

const PATIENCE = { everyMs: 200, tries: 150 };
const PROBED = { timeout: 90_000 };

// Two workers: whatever is told must be told once.
let system: System;
let app: TestApp;
let api: ApiClient;
beforeAll(async () => {
  system = await startSystem({ tap: true });
  await system.addWorker();
  app = await system.addApp(system.tenants[0].id, { name: 'Healthy', mode: 'test' });
  await registerClient(system, app, 'health-client');
  api = apiClient(system, app);
  return () => system.stop();
});

const event = z.object({ type: z.string(), details: z.record(z.string(), z.unknown()).nullable() });
const told = async (storeId: string, type = 'store.healthChanged') => {
  const { json } = await api.get(`/v1/events?store=${storeId}&type=${type}&limit=250`);
  return z
    .object({ data: z.array(event) })
    .parse(json)
    .data.map(({ details }) => details);
};
const health = async (storeId: string) => {
  const { status, json } = await api.get(`/v1/stores/${storeId}/health`);
  expect(status).toBe(200);
  return z
    .looseObject({
      ...{ state: z.string(), reason: z.object({ code: z.string() }), actor: z.string(), dying: z.boolean() },
      diesAt: z.looseObject({ at: z.string(), why: z.string(), actor: z.string() }).nullable(),
      reconnect: z.looseObject({ path: z.string(), body: z.unknown() }).nullable(),
    })
    .parse(json);
};
const state = async (storeId: string) => {
  const { state: is, reason, actor } = await health(storeId);
  return [is, reason.code, actor];
};
const uuid = (storeId: string) => storeId.replace(/^sto_(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
const change = (storeId: string, what: string) =>
  system.sql(`UPDATE stores SET ${what} WHERE id = $1`, [uuid(storeId)]);
const MINUTE_LATER = "refused_at = refused_at - interval '61 seconds'";
const DUE = "probe_due_at = now() - interval '1 second'";
const SILENT = "last_success_at = now() - interval '7 hours'";
/** Has a probe taken at once; one that is under way would say for itself when the next is due. */
const makeDue = async (storeId: string, ...more: string[]) => {
  const idle = 'SELECT 1 FROM stores WHERE id = $1 AND (probe_lease_until IS NULL OR probe_lease_until < now())';
  await until('no probe is under way', async () => (await system.sql(idle, [uuid(storeId)])).length > 0, PATIENCE);
  await change(storeId, [...more, DUE].join(', '));
};
const read = (storeId: string) => api.get(`/v1/orders?store=${storeId}&limit=1`);
const refusals = async (storeId: string) =>
  (await system.sql('SELECT refusals FROM stores WHERE id = $1', [uuid(storeId)]))[0]?.['refusals'];
/** How many calls other than for tokens a shop has got. */
const callsTo = (shop: string) =>
  system.exchanges.filter(({ host, path }) => host === shop && !path.includes('/oauth/')).length;
/** Nothing of connecting goes on in the background any more. */
const settle = async (storeId: string) => {
  const looked = 'SELECT 1 FROM webhook_channels WHERE store_id = $1 AND checked_at IS NOT NULL';
  const isDone = async () => (await system.sql(looked, [uuid(storeId)])).length > 0;
  await until('its subscriptions are made', isDone, PATIENCE);
};

const WEAK = { from: 'healthy', to: 'degraded', reason: 'refusedOnce' };
const LOST = { from: 'degraded', to: 'needsReauth', reason: 'refusedRepeatedly' };
const WELL = { from: 'degraded', to: 'healthy', reason: 'ok' };

describe('a key that never refreshes', () => {
  it('dies unseen no more: probes find it refused three times, a minute apart, and say so once', PROBED, async () => {
    const { id } = await connectWooCommerce(system, app, { host: BOOKS });
    expect(await state(id)).toEqual(['healthy', 'ok', 'nobody']);
    await system.control('DELETE', `/control/grants/${BOOKS}`);
    await makeDue(id, SILENT);
    await until('it is degraded', async () => (await health(id)).state === 'degraded', PATIENCE);
    expect(await state(id)).toEqual(['degraded', 'refusedOnce', 'us']);
    expect((await api.store(id)).status).toBe('active');
    for (const count of [2, 3]) {
      await makeDue(id, MINUTE_LATER);
      await until(`${String(count)} refusals count`, async () => (await refusals(id)) === count, PATIENCE);
    }
    await until('it needs its merchant', async () => (await health(id)).state === 'needsReauth', PATIENCE);
    expect(await state(id)).toEqual(['needsReauth', 'refusedRepeatedly', 'merchant']);
    expect(await told(id)).toEqual([WEAK, LOST]);
    const { reconnect } = await health(id);
    const link = await api.call('POST', reconnect?.path ?? '', reconnect?.body);
    expect([link.status, link.json]).toMatchObject([201, { url: expect.stringContaining('/connect/') as unknown }]);
    // Nobody calls a store that needs its merchant.
    const calls = callsTo(BOOKS);
    expect((await read(id)).status).toBe(409);
    expect(callsTo(BOOKS)).toBe(calls);
    await connectWooCommerce(system, app, { host: BOOKS });
    expect(await state(id)).toEqual(['healthy', 'ok', 'nobody']);
    expect((await told(id)).at(-1)).toEqual({ from: 'needsReauth', to: 'healthy', reason: 'ok' });
  });

  it('is not given up for callers’ refusals within a minute; callers go on and hear the truth', PROBED, async () => {
    const { id } = await connectWooCommerce(system, app, { host: SOUQ });
    await system.control('DELETE', `/control/grants/${SOUQ}`);
    for (let asked = 0; asked < 5; asked += 1) {
      const calls = callsTo(SOUQ);
      expect((await read(id)).json).toMatchObject({ code: 'credential_revoked', platform: { status: 401 } });
      expect(callsTo(SOUQ)).toBeGreaterThan(calls);
    }
    expect([await state(id), await refusals(id)]).toEqual([['degraded', 'refusedOnce', 'us'], 1]);
    await change(id, MINUTE_LATER);
    await read(id);
    await change(id, MINUTE_LATER);
    await read(id);
    expect(await state(id)).toEqual(['needsReauth', 'refusedRepeatedly', 'merchant']);
    expect(await told(id)).toEqual([WEAK, LOST]);
  });

  it('is well again with the first success after a plugin’s refusals, also one of a probe', PROBED, async () => {
    const { id } = await connectWooCommerce(system, app, { host: VINYL });
    const body = { code: 'woocommerce_rest_authentication_error', message: 'No.', data: { status: 401 } };
    await system.control('PUT', `/control/faults/${VINYL}`, { kind: 'status', status: 401, body });
    await read(id);
    await change(id, MINUTE_LATER);
    await read(id);
    expect([await state(id), await refusals(id)]).toEqual([['degraded', 'refusedOnce', 'us'], 2]);
    await system.control('DELETE', `/control/faults/${VINYL}`);
    await makeDue(id);
    await until('it is well again', async () => (await health(id)).state === 'healthy', PATIENCE);
    expect([await told(id), await refusals(id)]).toEqual([[WEAK, WELL], 0]);
  });

  it('a raw call counts like every other: its refusal is no success', PROBED, async () => {
    const { id } = await connectWooCommerce(system, app, { host: VINYL });
    const body = { code: 'woocommerce_rest_authentication_error', message: 'No.', data: { status: 401 } };
    await system.control('PUT', `/control/faults/${VINYL}`, { kind: 'status', status: 401, body });
    const raw = await api.call('POST', `/v1/stores/${id}/passthrough`, { method: 'GET', path: 'wp-json/wc/v3/orders' });
    expect(raw.json).toMatchObject({ status: 401 });
    expect([await state(id), await refusals(id)]).toEqual([['degraded', 'refusedOnce', 'us'], 1]);
    await system.control('DELETE', `/control/faults/${VINYL}`);
    expect((await read(id)).status).toBe(200);
    expect(await state(id)).toEqual(['healthy', 'ok', 'nobody']);
  });

  it('case 180: is never given up for a firewall, an outage or a pace', PROBED, async () => {
    const { id } = await connectWooCommerce(system, app, { host: VINYL });
    const faults = [
      [{ kind: 'status', status: 403, body: '<html>Blocked</html>' }, ['degraded', 'blocked', 'merchant']],
      [{ kind: 'html' }, ['degraded', 'unavailable', 'platform']],
      [{ kind: 'status', status: 429, retryAfter: '3600' }, ['rateLimited', 'rateLimited', 'platform']],
    ] as const;
    for (const [fault, expected] of faults) {
      await system.control('PUT', `/control/faults/${VINYL}`, fault);
      for (let asked = 0; asked < 4; asked += 1) {
        await read(id);
        await change(id, MINUTE_LATER);
      }
      expect([await state(id), await refusals(id)]).toEqual([expected, 0]);
    }
    await system.control('DELETE', `/control/faults/${VINYL}`);
    await read(id);
    expect(await state(id)).toEqual(['healthy', 'ok', 'nobody']);
  });
});

describe('a token that is renewed', () => {
  const refuse = (shop: string) =>
    system.control('PUT', `/control/faults/${shop}`, {
      ...{ kind: 'status', status: 401, body: { errors: '[API] Invalid API key or access token' } },
      path: '/admin/api/',
    });
  const renewals = async (shop: string) =>
    (await readLedger(system, shop)).filter(({ kind }) => kind === 'refreshToken').length;

  it('case 17: is renewed once and the read sent once more; a second refusal ends it at once', PROBED, async () => {
    const { id } = await connectShopify(system, app, { shop: USD_SHOP });
    await settle(id);
    await refuse(USD_SHOP);
    const calls = callsTo(USD_SHOP);
    expect((await read(id)).json).toMatchObject({ code: 'credential_revoked' });
    expect([await renewals(USD_SHOP), callsTo(USD_SHOP) - calls]).toEqual([1, 2]);
    expect(await state(id)).toEqual(['needsReauth', 'grantEnded', 'merchant']);
    expect(await told(id)).toEqual([{ from: 'healthy', to: 'needsReauth', reason: 'grantEnded' }]);
    await read(id);
    expect([await renewals(USD_SHOP), callsTo(USD_SHOP) - calls]).toEqual([1, 2]);
  });

  it('case 17: a write that was refused is not sent again', PROBED, async () => {
    const { id } = await connectShopify(system, app, { shop: EUR_SHOP, session: { access: ['write:orders'] } });
    await settle(id);
    await refuse(EUR_SHOP);
    const calls = callsTo(EUR_SHOP);
    const body = { method: 'POST', path: 'admin/api/2026-10/graphql.json', body: { query: '{ shop { id } }' } };
    const answer = await api.call('POST', `/v1/stores/${id}/passthrough`, body);
    expect(answer.json).toMatchObject({ code: 'credential_expired' });
    expect([await renewals(EUR_SHOP), callsTo(EUR_SHOP) - calls]).toEqual([1, 1]);
    await system.control('DELETE', `/control/faults/${EUR_SHOP}`);
    expect(await state(id)).toEqual(['healthy', 'ok', 'nobody']);
  });

  it('case 21: says when it will die and why, and warns once at each step', PROBED, async () => {
    const { id } = await connectShopify(system, app, { shop: JPY_SHOP });
    await settle(id);
    const calls = callsTo(JPY_SHOP);
    expect(await health(id)).toMatchObject({ dying: false, diesAt: { why: 'refreshTokenLife', actor: 'us' } });
    const expires = (days: number, due: string) =>
      system.sql(
        `UPDATE credentials SET refresh_expires_at = now() + make_interval(days => $2), due_at = ${due} WHERE store_id = $1`,
        [uuid(id), days],
      );
    // Renewals that work come before it.
    await expires(6, "now() + interval '1 hour'");
    expect(await health(id)).toMatchObject({ dying: false });
    await expires(6, 'NULL');
    expect(await health(id)).toMatchObject({ dying: true, diesAt: { why: 'refreshTokenLife', actor: 'merchant' } });
    await makeDue(id);
    await until('a warning', async () => (await told(id, 'store.dying')).length > 0, PATIENCE);
    for (let turn = 0; turn < 3; turn += 1) {
      await makeDue(id);
      const isDone = async () =>
        (await system.sql('SELECT 1 FROM stores WHERE id = $1 AND probe_due_at > now()', [uuid(id)])).length > 0;
      await until('another look', isDone, PATIENCE);
    }
    expect(await told(id, 'store.dying')).toMatchObject([{ days: 7, why: 'refreshTokenLife' }]);
    // It has just been called: a look takes no call of its own.
    expect(callsTo(JPY_SHOP)).toBe(calls);
  });

  it('case 18: a call that needs a scope that was lost answers 403 and reaches nobody', PROBED, async () => {
    const session = { access: ['read:orders', 'read:products'] };
    const { id, scopesGranted } = await connectShopify(system, app, { shop: JPY_SHOP, session });
    await settle(id);
    expect(scopesGranted).toContain('read_orders');
    // As a renewal or the platform's own word leaves it.
    await change(id, "scopes_lost = '{read_orders}', health_state = 'degraded', health_reason = 'scopeLost'");
    const calls = callsTo(JPY_SHOP);
    const problem = await api.problem('GET', `/v1/orders?store=${id}&limit=1`);
    expect([problem.status, problem.code, problem.actor]).toEqual([403, 'platform_scope_missing', 'merchant']);
    expect(problem.detail).toContain('read_orders');
    expect(callsTo(JPY_SHOP)).toBe(calls);
    expect((await api.get(`/v1/products?store=${id}&limit=1`)).status).toBe(200);
    const found = await health(id);
    expect(found).toMatchObject({ state: 'degraded', scopesLost: ['read_orders'], actor: 'merchant' });
    expect(found.reconnect).not.toBeNull();
  });
});

describe('the way to it', () => {
  it('is closed to other tenants, and to keys that may not read stores', async () => {
    const { id } = await connectWooCommerce(system, app, { host: VINYL });
    const other = await apiClient(system, system.tenants[1].app).get(`/v1/stores/${id}/health`);
    expect(other.status).toBe(404);
    const apiKey = await system.addKey(app, { scopes: ['read:orders'] });
    expect((await apiClient(system, { apiKey }).get(`/v1/stores/${id}/health`)).status).toBe(403);
    expect((await api.get('/v1/stores/sto_x/health')).status).toBe(404);
  });

  it('shows operators at a glance what to do', async () => {
    const page = await fetch(`${system.url}/ops/stores`, {
      headers: { authorization: `Bearer ${system.operatorToken}` },
    });
    const { data } = storesPage.parse(await page.json());
    expect(new Set(data.map(({ health }) => health.who))).toEqual(new Set(['nobody', 'merchant']));
  });
});
