import { createHmac } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { registerClient, startSystem, type System, type TestApp } from '../system.js';
import { type ApiClient, apiClient, type Answer, readAnswer, readProblem } from './api-client.js';
import { readLedger } from './sandbox-ledger.js';
import { connectShopify, EUR_SHOP, USD_SHOP } from './shopify-way.js';
import { signedIn } from './operator-way.js';
import { until } from './until.js';

// Short, so that renewals fall due all the time, and while everything is stopped.
const TOKEN_SECONDS = 10;
const CALLERS = 12;
const PROMISED_MS = 1000;

let system: System;
let app: TestApp;
let api: ApiClient;
let secret: string;
beforeAll(async () => {
  system = await startSystem({ tokenSeconds: TOKEN_SECONDS, tap: true });
  // A second process that works on jobs.
  await system.addWorker();
  app = await system.addApp(system.tenants[0].id, { name: 'Acme', mode: 'test' });
  ({ secret } = await registerClient(system, app, 'stopped-client'));
  api = apiClient(system, app);
  return () => system.stop();
});

const stop = z.object({
  id: z.string(),
  scope: z.string(),
  target: z.string().nullable(),
  setBy: z.string(),
  liftedBy: z.string().nullable(),
});

/** As somebody who has just signed in, which a stop of a platform takes. */
async function asAdmin(method: string, path: string, body?: object): Promise<Answer> {
  const { call } = await signedIn(system, { name: 'Ada', role: 'admin' });
  return await call(method, `/ops/stops${path}`, body);
}

async function ops(method: string, path: string, body?: object, token = system.operatorToken): Promise<Answer> {
  const json = { 'content-type': 'application/json' };
  return await readAnswer(
    await fetch(`${system.url}/ops/stops${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : json) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
  );
}

const setStop = async (body: object, by = ops) => {
  const { status, json, text } = await by('POST', '', body);
  if (status !== 201) throw new Error(`answered ${String(status)}: ${text}`);
  return stop.parse(json);
};

/** Callers who read a shop in a loop, whatever they are told. */
function callersOf(storeId: string, count = CALLERS) {
  const codes: string[] = [];
  let goesOn = true;
  const one = async () => {
    while (goesOn) {
      const answer = await api.get(`/v1/orders?store=${storeId}&limit=1`);
      codes.push(answer.status === 200 ? 'read' : readProblem(answer).code);
    }
  };
  const work = Promise.all(Array.from({ length: count }, one));
  const end = async () => {
    goesOn = false;
    await work;
  };
  return { codes, end };
}

const sentTo = (host: string, since: number) =>
  system.exchanges.filter((exchange) => exchange.host === host && (exchange.at ?? 0) > since);
const renewals = async (host: string) => (await readLedger(system, host)).filter(({ kind }) => kind === 'refreshToken');
const openShops = async () => ({
  usd: await connectShopify(system, app, { shop: USD_SHOP, session: { access: ['read:orders'] } }),
  eur: await connectShopify(system, app, { shop: EUR_SHOP, session: { access: ['read:orders'] } }),
});

/** What the platform would send, with its signature. */
async function deliver(path: string, shop: string, orderId: string): Promise<number> {
  const body = JSON.stringify({ id: Number(orderId), admin_graphql_api_id: `gid://shopify/Order/${orderId}` });
  const headers = {
    'content-type': 'application/json',
    'x-shopify-hmac-sha256': createHmac('sha256', secret).update(body).digest('base64'),
    'x-shopify-topic': 'orders/create',
    'x-shopify-shop-domain': shop,
    'x-shopify-webhook-id': orderId,
    'x-shopify-event-id': orderId,
    'x-shopify-triggered-at': new Date().toISOString(),
    'x-shopify-api-version': '2026-10',
  };
  return (await fetch(`${system.url}${path}`, { method: 'POST', body, headers })).status;
}

describe('a stop of a whole platform under load', () => {
  it(
    'case 145: no process uses a token later than a second after it; lifted, everything goes on',
    { timeout: 120_000 },
    async () => {
      const { usd, eur } = await openShops();
      const callers = [callersOf(usd.id), callersOf(eur.id, 2)];
      const [first] = callers;
      await until('callers read and tokens are renewed', async () => {
        return (
          (first?.codes.filter((code) => code === 'read').length ?? 0) > 10 && (await renewals(EUR_SHOP)).length > 0
        );
      });

      const set = await setStop({ scope: 'platform', target: 'shopify', reason: 'a secret leaked' }, asAdmin);
      const answeredAt = Date.now();
      expect(set).toMatchObject({ scope: 'platform', target: 'shopify', setBy: 'Ada', liftedBy: null });
      // Longer than a token lives: whatever is renewed ahead of time would have been.
      await until('they were refused for two lifetimes', () => Date.now() > answeredAt + 2 * TOKEN_SECONDS * 1000);
      const late = [USD_SHOP, EUR_SHOP].flatMap((host) => sentTo(host, answeredAt + PROMISED_MS));
      expect(late).toEqual([]);

      const problem = await api.problem('GET', `/v1/orders?store=${usd.id}&limit=1`);
      expect(problem).toMatchObject({ status: 409, code: 'store_paused', actor: 'operator' });
      expect(problem.detail).toContain('a secret leaked');
      expect(await api.store(usd.id)).toMatchObject({ status: 'paused', statusReason: problem.detail });
      expect((await api.stores()).map(({ status }) => status)).toEqual(['paused', 'paused']);

      const [channel] = await system.sql(
        'SELECT handle FROM webhook_channels WHERE store_id = (SELECT id FROM stores WHERE account = $1)',
        [USD_SHOP],
      );
      expect(await deliver(`/webhooks/s/${String(channel?.['handle'])}`, USD_SHOP, '820982911946154508')).toBe(200);

      const read = first?.codes.length ?? 0;
      expect((await asAdmin('DELETE', `/${set.id}`)).json).toMatchObject({ id: set.id, liftedBy: 'Ada' });
      await until('they read again', () => first?.codes.slice(read).includes('read') ?? false);
      for (const caller of callers) await caller.end();
      expect(new Set(callers.flatMap(({ codes }) => codes))).toEqual(new Set(['read', 'store_paused']));
      expect(await api.store(eur.id)).toMatchObject({ status: 'active', statusReason: null });
      for (const host of [USD_SHOP, EUR_SHOP]) {
        expect((await renewals(host)).map(({ outcome }) => outcome)).not.toContain('refused');
      }
      await until('the event that came meanwhile', async () =>
        (await api.get('/v1/events?limit=250')).text.includes('820982911946154508'),
      );
    },
  );
});

describe('a stop', { timeout: 60_000 }, () => {
  it('of a store leaves the others alone, and two stops must both be lifted', async () => {
    const { usd, eur } = await openShops();
    const stops = [
      await setStop({ scope: 'store', target: usd.id, reason: 'asked for by its merchant' }),
      await setStop({ scope: 'app', target: `app_${app.appId.replaceAll('-', '')}`, reason: 'moves' }),
    ];
    expect((await api.problem('GET', `/v1/orders?store=${eur.id}&limit=1`)).code).toBe('store_paused');
    await ops('DELETE', `/${stops[1]?.id ?? ''}`);
    expect((await api.orders(`store=${eur.id}&limit=1`)).data).toHaveLength(1);
    expect((await api.problem('GET', `/v1/orders?store=${usd.id}&limit=1`)).code).toBe('store_paused');
    const { json } = await api.get(`/v1/stores/${usd.id}/health`);
    expect(json).toMatchObject({ state: 'paused', reason: { code: 'paused' }, actor: 'operator' });
    await ops('DELETE', `/${stops[0]?.id ?? ''}`);
    expect((await api.orders(`store=${usd.id}&limit=1`)).data).toHaveLength(1);
    expect((await ops('DELETE', `/${stops[0]?.id ?? ''}`)).status).toBe(404);
  });

  it('is set by operators alone, for what there is', async () => {
    const wanted = { scope: 'everything', reason: 'x' };
    expect((await ops('POST', '', wanted, 'sso_wrong')).status).toBe(401);
    expect((await ops('POST', '', wanted, app.apiKey)).status).toBe(401);
    expect((await ops('POST', '', { scope: 'everything' })).status).toBe(400);
    expect((await ops('POST', '', { scope: 'store', target: 'x', reason: 'x' })).status).toBe(400);
    expect((await ops('POST', '', { scope: 'store', target: `sto_${'0'.repeat(32)}`, reason: 'x' })).status).toBe(404);
    expect((await ops('POST', '', { scope: 'platform', target: 'none', reason: 'x' })).status).toBe(404);
    expect(
      z
        .object({ data: z.array(stop) })
        .parse((await ops('GET', '')).json)
        .data.every(({ liftedBy }) => liftedBy !== null),
    ).toBe(true);
  });
});
