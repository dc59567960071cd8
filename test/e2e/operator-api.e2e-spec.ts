import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { publicId } from '#contract';
import * as schemas from '#operator-api';
import { startSystem, type System } from '../system.js';
import { apiClient, readAnswer, readProblem } from './api-client.js';
import { signedIn, type SignedIn } from './operator-way.js';
import { connectShopify, EUR_SHOP, USD_SHOP } from './shopify-way.js';
import { until } from './until.js';

let system: System;
let viewer: SignedIn;
let operator: SignedIn;
let admin: SignedIn;
let store = '';
let app = '';
beforeAll(async () => {
  system = await startSystem();
  [viewer, operator, admin] = [
    await signedIn(system, { name: 'Vera', role: 'viewer' }),
    await signedIn(system, { name: 'Olga', role: 'operator' }),
    await signedIn(system, { name: 'Ada', role: 'admin' }),
  ];
  store = (await connectShopify(system, system.tenants[0].app, { shop: USD_SHOP })).id;
  await connectShopify(system, system.tenants[1].app, { shop: EUR_SHOP });
  app = publicId('app', system.tenants[0].app.appId);
  return () => system.stop();
});

/** Reads an answer that holds what its schema says and nothing else. */
async function read<S extends z.ZodType>(by: SignedIn, path: string, schema: S): Promise<z.infer<S>> {
  const answer = await by.call('GET', path);
  expect([path, answer.status, answer.text]).toEqual([path, 200, expect.any(String)]);
  const parsed = schema.parse(answer.json);
  expect([path, parsed]).toEqual([path, answer.json]);
  return parsed;
}
const press = async (by: SignedIn, path: string, body: object = {}) => await by.call('POST', path, body);
const codeOf = async (answer: ReturnType<SignedIn['call']>) => readProblem(await answer).code;
const SECRETS = /shpat_|shprt_|shpss_|ssk_(?:test|live)_|sso_|sos_|sealed/;

const PAGES: readonly (readonly [string, () => string, z.ZodType])[] = [
  ['session', () => '/ops/session', schemas.operatorSession],
  ['sessions', () => '/ops/sessions', schemas.sessions],
  ['attention', () => '/ops/attention', schemas.attention],
  ['stores', () => '/ops/stores', schemas.storesPage],
  ['a store', () => `/ops/stores/${store}`, schemas.storeDetail],
  ['its past', () => `/ops/stores/${store}/timeline`, schemas.timelinePage],
  ['platforms', () => '/ops/platforms', schemas.platforms],
  ['a platform', () => '/ops/platforms/shopify', schemas.platformDetail],
  ['capabilities', () => '/ops/capabilities', schemas.capabilityMatrix],
  ['tokens', () => '/ops/tokens', schemas.tokens],
  ['queues', () => '/ops/queues', schemas.queues],
  ['deliveries', () => '/ops/deliveries', schemas.deliveriesPage],
  ['subscriptions', () => '/ops/subscriptions', schemas.subscriptionsPage],
  ['apps', () => '/ops/apps', schemas.appsPage],
  ['an app', () => `/ops/apps/${app}`, schemas.appDetail],
  ['the audit log', () => '/ops/audit', schemas.auditPage],
  ['stops', () => '/ops/stops', schemas.stops],
];

describe('what operators read', () => {
  it.each(PAGES)('%s is as its schema says, for a viewer, without a secret', async (_, path, schema) => {
    await read(viewer, path(), schema);
    expect((await viewer.call('GET', path())).text).not.toMatch(SECRETS);
    expect((await fetch(`${system.url}${path()}`)).status).toBe(401);
  });

  it('is nobody’s where the id is nobody’s', async () => {
    const nobodys = randomUUID();
    const paths = ['', '/timeline'].map((part) => `/ops/stores/${publicId('store', nobodys)}${part}`);
    for (const path of [...paths, `/ops/apps/${publicId('app', nobodys)}`, '/ops/stores/x', "/ops/apps/app_'"])
      expect([path, (await viewer.call('GET', path)).status]).toEqual([path, 404]);
    expect((await viewer.call('GET', '/ops/platforms/nowhere')).status).toBe(404);
  });

  it('finds stores by name, domain, account and id, takes every sign as itself, and ends', async () => {
    const found = async (search: string) =>
      (await read(viewer, `/ops/stores?search=${encodeURIComponent(search)}`, schemas.storesPage)).data.map(
        ({ id }) => id,
      );
    for (const text of ['north HARBOR', USD_SHOP, store, store.slice(0, 20)])
      expect(await found(text)).toEqual([store]);
    for (const text of ['%', 'N_rth', "'; DROP TABLE stores; --", '"\\', '🦀', 'x'.repeat(200)])
      expect([text, await found(text)]).toEqual([text, []]);
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const more: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const page: schemas.StoresPage = await read(viewer, `/ops/stores?limit=1&sort=name${more}`, schemas.storesPage);
      expect(page.total).toBe(2);
      seen.push(...page.data.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect([seen.length, new Set(seen).size]).toEqual([2, 2]);
  });

  it.each([
    ...[
      '/ops/stores?search=%00',
      '/ops/stores?cursor=x',
      '/ops/stores?limit=0',
      '/ops/stores?limit=251',
      '/ops/stores?app=x',
    ],
    ...['/ops/stores?who=me', '/ops/stores?sort=size', '/ops/stores?search=a&search=b', '/ops/deliveries?store=1'],
    ...[
      '/ops/deliveries?cursor=eyJ9',
      '/ops/audit?actor=%00',
      '/ops/audit?cursor=1',
      '/ops/apps?cursor=%22',
      '/ops/subscriptions?cursor=a',
    ],
    ...['/ops/stores?search=' + 'x'.repeat(201), '/ops/deliveries?status=lost', '/ops/deliveries?platform=%00'],
  ])('refuses %s', async (path) => {
    expect((await viewer.call('GET', path)).status).toBe(400);
  });

  it('does not take the cursor of one list, or of other filters, in another', async () => {
    const { nextCursor } = await read(viewer, '/ops/stores?limit=1', schemas.storesPage);
    const cursor = nextCursor ?? '';
    for (const path of ['/ops/apps?', '/ops/stores?sort=name&', '/ops/stores?state=healthy&', '/ops/audit?'])
      expect([path, await codeOf(viewer.call('GET', `${path}cursor=${cursor}`))]).toEqual([path, 'cursor_invalid']);
  });
});

describe('what operators do', () => {
  const acts = () =>
    ['retry', 'pause', 'resume', 'probe', 'reconnect-link', 'resubscribe'].map(
      (name) => `/ops/stores/${store}/${name}`,
    );

  it('takes the role operator, and comes from a page of the gateway', async () => {
    for (const path of [...acts(), `/ops/deliveries/${randomUUID()}/replay`]) {
      expect([path, await codeOf(press(viewer, path))]).toEqual([path, 'role_missing']);
      const foreign = { method: 'POST', headers: { cookie: operator.cookie, 'sec-fetch-site': 'cross-site' } };
      expect((await fetch(`${system.url}${path}`, foreign)).status).toBe(403);
      expect([path, (await press(operator, path, { foo: 1 })).status]).toEqual([path, 400]);
    }
    expect(await codeOf(viewer.call('PUT', `/ops/apps/${app}/limit`, { perMinute: 5 }))).toBe('role_missing');
    expect(await codeOf(press(operator, `/ops/keys/${publicId('apiKey', randomUUID())}/revoke`))).toBe('role_missing');
  });

  it('calls the shop, and shows what it answered and what that means', async () => {
    const asked = async () => schemas.probeResult.parse((await press(operator, `/ops/stores/${store}/probe`)).json);
    expect(await asked()).toMatchObject({
      ok: true,
      shop: { currency: 'USD' },
      error: null,
      health: { state: 'healthy' },
    });
    await system.control('PUT', `/control/faults/${USD_SHOP}`, { kind: 'status', status: 402, body: { errors: 'x' } });
    expect(await asked()).toMatchObject({
      ...{ ok: false, shop: null, error: { code: 'store_closed', platformStatus: 402 } },
      health: { reason: 'shopClosed', who: 'merchant' },
    });
    const { groups } = await read(viewer, '/ops/attention', schemas.attention);
    const [row] = groups.find(({ who }) => who === 'merchant')?.rows ?? [];
    expect(row).toMatchObject({ subject: 'store', count: 1, store: { id: store }, href: `/stores/${store}` });
    expect(row?.sentence).toContain('closed, frozen or locked');
    await system.control('DELETE', `/control/faults/${USD_SHOP}`);
    expect(await asked()).toMatchObject({ ok: true, health: { state: 'healthy', who: 'nobody' } });
  });

  it('has what waits done now', async () => {
    await system.sql(
      "UPDATE stores SET probe_due_at = now() + interval '1 hour', health_reason = 'unavailable', health_state = 'degraded' WHERE name LIKE 'North%'",
    );
    schemas.storeDetail.parse((await press(operator, `/ops/stores/${store}/retry`)).json);
    await until('healthy again', async () => {
      const { health } = await read(viewer, `/ops/stores/${store}`, schemas.storeDetail);
      return health.state === 'healthy';
    });
  });

  it('pauses a store, which shows at once, and resumes it once', async () => {
    const paused = await press(operator, `/ops/stores/${store}/pause`, { reason: 'a leak' });
    expect(schemas.storeDetail.parse(paused.json)).toMatchObject({
      ...{
        status: 'paused',
        health: { reason: 'paused', who: 'you' },
        stop: { scope: 'store', reason: 'a leak', setBy: 'Olga' },
      },
    });
    const again = schemas.storeDetail.parse((await press(operator, `/ops/stores/${store}/pause`)).json);
    expect(again.stop?.reason).toBe('a leak');
    const { data } = await read(viewer, '/ops/stores?state=paused&status=paused&who=you', schemas.storesPage);
    expect(data.map(({ id }) => id)).toEqual([store]);
    const resumed = schemas.storeDetail.parse((await press(operator, `/ops/stores/${store}/resume`)).json);
    expect([resumed.status, resumed.stop]).toEqual(['active', null]);
    expect((await press(operator, `/ops/stores/${store}/resume`)).status).toBe(404);
  });

  it('makes a link for the merchant of this store, and has its subscriptions looked at', async () => {
    const { url } = schemas.reconnectLink.parse((await press(operator, `/ops/stores/${store}/reconnect-link`)).json);
    expect((await fetch(url)).status).toBe(200);
    const before = await system.sql('SELECT due_at FROM webhook_channels ORDER BY id');
    const done = await press(operator, `/ops/stores/${store}/resubscribe`);
    expect([before.length > 0, done.status]).toEqual([true, 200]);
  });

  it('stands in the audit log and in the store’s past', async () => {
    const { data } = await read(viewer, `/ops/audit?target=${store}`, schemas.auditPage);
    const actions = new Set(data.map(({ action }) => action));
    for (const action of [
      'store.probed',
      'store.retried',
      'stop.set',
      'stop.lifted',
      'store.reconnectLinkMade',
      'store.resubscribed',
    ])
      expect([action, actions.has(action)]).toEqual([action, true]);
    const past: schemas.TimelineEntry[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const more: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const page: schemas.TimelinePage = await read(
        viewer,
        `/ops/stores/${store}/timeline?limit=3${more}`,
        schemas.timelinePage,
      );
      past.push(...page.data);
      cursor = page.nextCursor;
    }
    const text = past.map((entry) => entry.text).join('\n');
    for (const words of [
      'The store was connected.',
      'Olga stopped all calls to the store: a leak.',
      'closed, frozen or locked',
    ])
      expect(text).toContain(words);
    expect(new Set(past.map(({ id }) => id)).size).toBe(past.length);
    const times = past.map(({ at }) => at);
    expect(times).toEqual([...times].sort().reverse());
  });

  it('revokes a key as an administrator who has just signed in', async () => {
    const key = await system.addKey(system.tenants[0].app, {});
    const [row] = await system.sql('SELECT id FROM api_keys WHERE last_four = $1', [key.slice(-4)]);
    const path = `/ops/keys/${publicId('apiKey', String(row?.['id']))}/revoke`;
    const call = async () =>
      (await fetch(`${system.url}/v1/stores`, { headers: { authorization: `Bearer ${key}` } })).status;
    expect(await call()).toBe(200);
    expect((await press(admin, path)).status).toBe(200);
    await until('refused', async () => (await call()) === 401);
    expect((await press(admin, path)).status).toBe(404);
    await system.sql("UPDATE operator_sessions SET stepped_up_at = stepped_up_at - interval '6 minutes'");
    expect(await codeOf(press(admin, path))).toMatch(/step_up_required|not_found/);
  });
});

describe('a limit of an app’s own', () => {
  it('holds within seconds, is told with what it refused, and goes again', async () => {
    const set = async (perMinute: number | null) =>
      schemas.appDetail.parse((await operator.call('PUT', `/ops/apps/${app}/limit`, { perMinute })).json).limit;
    const call = async () => await apiClient(system, system.tenants[0].app).call('GET', '/v1/stores');
    expect(await set(1)).toEqual({ perMinute: 1, own: true });
    await until('refused', async () => (await call()).status === 429);
    expect((await call()).headers.get('ratelimit-policy')).toContain('"app";q=1;w=60');
    await until('told', async () => {
      const { groups } = await read(viewer, '/ops/attention', schemas.attention);
      return groups[0]?.rows.some(({ action }) => action?.kind === 'raiseLimit' && action.target === app) === true;
    });
    expect(await set(null)).toMatchObject({ own: false });
    await until('let in again', async () => (await call()).status === 200);
    for (const perMinute of [0, -1, 1.5, '5', 1_000_001])
      expect((await operator.call('PUT', `/ops/apps/${app}/limit`, { perMinute })).status).toBe(400);
  });
});

describe('failed deliveries', () => {
  it('are one row for a platform, whose button works all of them through again', async () => {
    const { tenantId, appId } = system.tenants[0].app;
    const sealed = Buffer.concat([Buffer.from([1]), Buffer.alloc(12), Buffer.alloc(40)]);
    const [key] = await system.sql('SELECT id FROM data_keys WHERE tenant_id = $1', [tenantId]);
    sealed.set(Buffer.from(String(key?.['id']).slice(4), 'hex'), 1);
    const insert = async (status: string) => {
      const [row] = await system.sql(
        `INSERT INTO webhook_deliveries (id, tenant_id, app_id, origin, platform, topic, dedupe_key, sealed_payload, status, attempt)
         VALUES (gen_random_uuid(), $1, $2, gen_random_uuid(), 'shopify', 'orders/create', 'd', $3, $4, 8) RETURNING id`,
        [tenantId, appId, sealed, status],
      );
      return String(row?.['id']);
    };
    const ids = [await insert('failed'), await insert('failed')];
    const { groups } = await read(viewer, '/ops/attention', schemas.attention);
    expect(groups[0]?.rows.find(({ subject }) => subject === 'deliveries')).toMatchObject({
      ...{ count: 2, action: { kind: 'replay', target: 'shopify' } },
    });
    const failed = await read(viewer, '/ops/deliveries?status=failed&platform=shopify', schemas.deliveriesPage);
    expect(failed.data.map(({ id, replayable }) => [id, replayable]).sort()).toEqual(
      ids.map((id) => [id, true]).sort(),
    );
    const done = schemas.replayResult.parse((await press(operator, '/ops/deliveries/shopify/replay')).json);
    expect(done).toEqual({ replayed: 2 });
    expect(await codeOf(press(operator, `/ops/deliveries/${await insert('processed')}/replay`))).toBe('conflict');
    expect((await press(operator, `/ops/deliveries/${randomUUID()}/replay`)).status).toBe(404);
    expect(
      await readAnswer(await fetch(`${system.url}/ops/deliveries/shopify/replay`, { method: 'POST' })),
    ).toMatchObject({ status: 401 });
  });
});
