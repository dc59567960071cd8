import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { SERIES } from '#observability';
import { listOpenAlerts, listPlatformMinutes, listRefreshMinutes } from '#persistence';
import { freePort } from '#local-postgres';
import { startSystem, type System, type TestApp } from '../system.js';
import { apiClient } from './api-client.js';
import { connectShopify, USD_SHOP } from './shopify-way.js';
import { until } from './until.js';
import { awaitEnd, BOOKS, reachWooCommerceConsent } from './woocommerce-way.js';

interface Posted {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Takes what is posted, on loopback. */
async function startSink(status: () => number): Promise<{ server: Server; url: string; posted: Posted[] }> {
  const posted: Posted[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
      posted.push({ path: request.url ?? '', headers, body });
      response.writeHead(status(), { 'content-type': 'application/json' }).end('{}');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`, posted };
}

const span = z.object({
  ...{
    traceId: z.string(),
    spanId: z.string(),
    parentSpanId: z.string().optional(),
    name: z.string(),
    kind: z.number(),
  },
  attributes: z.array(z.object({ key: z.string(), value: z.unknown() })),
});
const exported = z.object({
  resourceSpans: z.array(z.object({ scopeSpans: z.array(z.object({ spans: z.array(span) })) })),
});

const secret = `whsec_${randomBytes(24).toString('base64')}`;
let collector: Awaited<ReturnType<typeof startSink>>;
let pager: Awaited<ReturnType<typeof startSink>>;
let pagerStatus = 200;
let system: System;
let app: TestApp;
let workerUrl: string;
beforeAll(async () => {
  collector = await startSink(() => 200);
  pager = await startSink(() => pagerStatus);
  const workerPort = await freePort();
  workerUrl = `http://127.0.0.1:${String(workerPort)}`;
  system = await startSystem({
    tokenSeconds: 20,
    tap: true,
    environment: {
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      SHOPSPAN_WORKER_PORT: String(workerPort),
      SHOPSPAN_ALERT_WEBHOOK_URL: `${pager.url}/alerts`,
      SHOPSPAN_ALERT_WEBHOOK_SECRET: secret,
      SHOPSPAN_ALERT_WEBHOOK_PRIVATE: 'allow',
    },
  });
  [{ app }] = system.tenants;
});
afterAll(async () => {
  await system.stop();
  collector.server.close();
  pager.server.close();
});

async function scrape(): Promise<string> {
  const headers = { authorization: `Bearer ${system.operatorToken}` };
  return await (await fetch(`${system.url}/metrics`, { headers })).text();
}
const spans = () =>
  collector.posted.flatMap(({ body }) =>
    exported.parse(JSON.parse(body)).resourceSpans.flatMap((one) => one.scopeSpans.flatMap((scope) => scope.spans)),
  );
const logged = (): Readonly<Record<string, unknown>>[] =>
  system.logLines.map((line) => z.record(z.string(), z.unknown()).parse(JSON.parse(line)));

describe('metrics', () => {
  it('are for operators alone', async () => {
    expect((await fetch(`${system.url}/metrics`)).status).toBe(401);
    const headers = { authorization: `Bearer ${app.apiKey}` };
    expect((await fetch(`${system.url}/metrics`, { headers })).status).toBe(401);
  });

  it('tell of calls, renewals, stores and recurring work, of gateway and worker, and the minutes are kept', async () => {
    await connectShopify(system, app, { shop: USD_SHOP });
    const api = apiClient(system, app);
    const [store] = await api.stores();
    expect((await api.get(`/v1/orders?store=${store?.id ?? ''}&limit=5`)).status).toBe(200);
    const text = await scrape();
    expect(text).toMatch(
      /shopspan_platform_call_duration_seconds_count\{platform="shopify",operation="orders.list",outcome="ok"\} [1-9]/,
    );
    expect(text).toMatch(
      /shopspan_http_request_duration_seconds_count\{route="\/v1\/orders",method="GET",status="2xx"\} 1/,
    );
    for (const name of Object.keys(SERIES)) expect(text).toContain(`# TYPE ${name} `);
    expect(text).toContain('nodejs_eventloop_lag_p99_seconds');
    const worker = async () => await (await fetch(`${workerUrl}/metrics`)).text();
    const renewed = /shopspan_refresh_duration_seconds_count\{platform="shopify",outcome="ok"\} [1-9]/;
    await until('a token was renewed', async () => renewed.test(await worker()));
    await until('the stores are counted', async () =>
      /shopspan_stores\{platform="shopify",state="healthy",actor="nobody"\} 1/.test(await worker()),
    );
    expect(await worker()).toMatch(/shopspan_tick_age_seconds\{tick="refresh\.tick"\}/);
    expect(await worker()).toMatch(/shopspan_source_readable\{source="queue"\} 1/);
    const since = new Date(Date.now() - 3600_000);
    await until('the calls are in the minutes', async () => {
      const rows = await listPlatformMinutes(system.owner, since, 3600);
      return rows.some(({ platform, outcome, calls }) => platform === 'shopify' && outcome === 'ok' && calls > 0);
    });
    const [row] = await listPlatformMinutes(system.owner, since, 86_400);
    expect(row?.buckets.reduce((sum, one) => sum + one, 0)).toBe(row?.calls);
    await until('so are the renewals', async () =>
      (await listRefreshMinutes(system.owner, since, 60)).some(
        ({ outcome, reason }) => outcome === 'ok' && reason === '',
      ),
    );
    const names = [app.tenantId, app.appId, store?.id ?? '-', USD_SHOP];
    for (const name of names) expect(`${await scrape()}${await worker()}`).not.toContain(name);
  });

  it('keep their number of series whatever is asked', { timeout: 120_000 }, async () => {
    const ask = async (from: number, most: number) => {
      const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'PROPFIND', 'SEARCH'] as const;
      for (let at = from; at < from + most; at += 50)
        await Promise.all(
          Array.from({ length: 50 }, async (_, more) => {
            const random = `${String(at + more)}${randomBytes(6).toString('hex')}`;
            const path = more % 2 === 0 ? `/${random}/${random}` : `/v1/orders/${random}?store=${random}`;
            const headers = { 'x-request-id': random, 'user-agent': random };
            const method = methods[(at + more) % methods.length] ?? 'GET';
            await system.server.inject({ method: method as 'GET', url: path, headers });
          }),
        );
    };
    const labelled = (text: string) => text.split('\n').filter((line) => line.startsWith('shopspan_http')).length;
    // Enough for every combination of route, method and status there is.
    await ask(0, 1_000);
    const before = labelled(await scrape());
    await ask(1_000, 10_000);
    expect(labelled(await scrape())).toBeLessThanOrEqual(before + 1);
  });
});

describe('traces', () => {
  it('span a request, its job and the call to the platform, and begin with the caller', async () => {
    const [traceId, caller] = [randomBytes(16).toString('hex'), randomBytes(8).toString('hex')];
    const requestId = 'caller-0001.trace';
    const { browser, consent, callbackUrl, nonce } = await reachWooCommerceConsent(system, app, { host: BOOKS });
    await awaitEnd(browser, await browser.click(consent, 'Approve'));
    const headers = {
      authorization: `Bearer ${app.apiKey}`,
      traceparent: `00-${traceId}-${caller}-01`,
      'x-request-id': requestId,
    };
    const [store] = (await apiClient(system, app).stores()).filter(({ platform }) => platform === 'shopify');
    const answer = await fetch(`${system.url}/v1/orders?store=${store?.id ?? ''}&limit=1`, { headers });
    expect([answer.status, answer.headers.get('x-request-id')]).toEqual([200, requestId]);
    await until('the request is exported', () => spans().filter((one) => one.traceId === traceId).length >= 2);
    const mine = spans().filter((one) => one.traceId === traceId);
    const server = mine.find(({ name }) => name === 'GET /v1/orders');
    const call = mine.find(({ name }) => name === 'shopify orders.list');
    expect([server?.parentSpanId, call?.parentSpanId]).toEqual([caller, server?.spanId]);
    // The keys that the shop posted: request, job and call are one trace.
    await until('the job is exported', () => spans().some(({ name }) => name === 'job connect.prove'));
    const job = spans().find(({ name }) => name === 'job connect.prove');
    const post = spans().find(({ spanId }) => spanId === job?.parentSpanId);
    await until('its call is exported', () =>
      spans().some(({ name, parentSpanId }) => name === 'woocommerce connect' && parentSpanId === job?.spanId),
    );
    expect(post?.name).toBe('POST /connect/keys/:secret');
    expect(new Set([job, post].map((one) => one?.traceId)).size).toBe(1);
    const text = collector.posted.map(({ body }) => body).join('\n');
    for (const hidden of [BOOKS, USD_SHOP, app.apiKey, app.tenantId, nonce, callbackUrl])
      expect(text).not.toContain(hidden);
  });

  it('are in the log lines of the gateway and of the job, with the request that asked', () => {
    const lines = logged();
    const mine = lines.filter(({ requestId }) => requestId === 'caller-0001.trace');
    expect(mine.map(({ msg }) => msg)).toEqual(expect.arrayContaining(['platform call', 'answered']));
    expect(new Set(mine.map(({ traceId }) => typeof traceId)).has('string')).toBe(true);
    const post = lines.find(
      ({ req }) => z.object({ path: z.string() }).safeParse(req).data?.path.includes('/connect/keys/') === true,
    );
    const inJob = lines.filter(({ name, requestId }) => name === 'worker' && requestId === post?.['requestId']);
    expect(post?.['requestId']).toMatch(/^[0-9a-f-]{36}$/);
    expect(inJob.length).toBeGreaterThan(0);
  });

  it('end at our own door: nothing of what a caller names a request by is sent on to a platform', async () => {
    const [traceId, state, requestId] = [16, 8, 8].map((bytes) => randomBytes(bytes).toString('hex'));
    const own = {
      traceparent: `00-${traceId ?? ''}-${randomBytes(8).toString('hex')}-01`,
      tracestate: `caller=${state ?? ''}`,
      'x-request-id': `caller.${requestId ?? ''}`,
    };
    const api = apiClient(system, app);
    const id = (platform: string) => api.stores().then((all) => all.find((one) => one.platform === platform)?.id ?? '');
    const since = system.exchanges.length;
    const listed = await api.call('GET', `/v1/orders?store=${await id('shopify')}&limit=1`, undefined, own);
    const raw = { path: 'wp-json/wc/v3/orders', query: { per_page: 1 } };
    const passed = await api.call('POST', `/v1/stores/${await id('woocommerce')}/passthrough`, raw, own);
    expect([listed.status, passed.status]).toEqual([200, 200]);
    const exchanges = system.exchanges.slice(since);
    for (const host of [USD_SHOP, BOOKS])
      expect(exchanges.some((one) => one.host === host && one.asked?.['user-agent'] !== undefined)).toBe(true);
    for (const name of Object.keys(own))
      expect(exchanges.filter(({ asked }) => asked?.[name] !== undefined)).toEqual([]);
    const sent = JSON.stringify(exchanges);
    for (const word of [traceId, state, requestId]) expect(sent).not.toContain(word);
  });

  it.each(['short', 'x'.repeat(65), 'has spaces in it', 'line\tbreak-1234', '"quoted-12345"', '../../etc/passwd'])(
    'do not take %j for a request id',
    async (id) => {
      const answer = await fetch(`${system.url}/healthz`, { headers: { 'x-request-id': id } });
      expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    },
  );
});

const alertBody = z.object({
  type: z.string(),
  data: z.object({
    code: z.string(),
    platform: z.string().nullable(),
    count: z.number(),
    sentence: z.string(),
    console: z.string(),
  }),
});

describe('alerts', () => {
  const told = () =>
    pager.posted
      .map((one) => ({ ...one, json: alertBody.parse(new Webhook(secret).verify(one.body, one.headers)) }))
      .filter(({ json }) => json.data.code === 'store_needs_operator');

  it('are told once by however many workers, signed, again until taken, and once when it is over', async () => {
    await system.addWorker({ SHOPSPAN_WORKER_PORT: undefined });
    pagerStatus = 503;
    await system.sql(
      "UPDATE stores SET health_state = 'degraded', health_reason = 'contractBroken' WHERE platform = 'shopify'",
    );
    await until('it was tried', () => told().length === 1);
    expect(await listOpenAlerts(system.owner)).toMatchObject([
      { code: 'store_needs_operator', platform: 'shopify', count: 1 },
    ]);
    pagerStatus = 200;
    await until(
      'it was told',
      async () => (await system.sql('SELECT FROM alerts WHERE told_at IS NOT NULL')).length === 1,
    );
    expect(new Set(told().map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(told()[0]?.json).toMatchObject({
      type: 'alert.began',
      data: { platform: 'shopify', count: 1, console: `${system.url}/console` },
    });
    const tries = told().length;
    await system.sql("UPDATE stores SET health_state = 'healthy', health_reason = 'ok' WHERE platform = 'shopify'");
    await until('it is seen no more', async () => {
      const [row] = await system.sql(
        "SELECT seen_at < now() - interval '3 seconds' AS away FROM alerts WHERE code = 'store_needs_operator'",
      );
      return row?.['away'] === true;
    });
    // It comes back within the minute: nobody is told.
    expect(told()).toHaveLength(tries);
    await system.sql("UPDATE alerts SET seen_at = now() - interval '2 minutes'");
    await until('the end was told', () => told().some(({ json }) => json.type === 'alert.ended'));
    expect(told()).toHaveLength(tries + 1);
    expect(told().at(-1)?.json.data.sentence).toMatch(/^Over: Shopify: /);
    expect(pager.posted.map(({ body }) => body).join()).not.toMatch(new RegExp(`${USD_SHOP}|${app.tenantId}`));
  });
});
