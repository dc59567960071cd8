import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  CLIENT,
  createTestClock,
  EUR_SHOP,
  readGrant,
  startShopify,
  USD_SHOP,
  type RunningShopify,
} from './shopify/testing/running-shopify.js';

const SHOP_NAME = '{ shop { name } }';
const TWO_ORDERS = '{ orders(first: 3) { nodes { id createdAt totalPriceSet { shopMoney { amount } } } } }';
const pageSchema = z.object({
  data: z.object({ orders: z.object({ nodes: z.array(z.looseObject({ id: z.string(), createdAt: z.string() })) }) }),
});

describe('the sandbox itself', () => {
  let running: RunningShopify;
  beforeEach(async () => void (running = await startShopify()));
  afterEach(() => running.sandbox.close());

  test('shows its shops as a page and as JSON', async () => {
    const page = await fetch(`${running.url}/`);
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(await page.text()).toContain(USD_SHOP);
    const { platforms } = z
      .object({ platforms: z.array(z.object({ id: z.string(), shops: z.array(z.object({ host: z.string() })) })) })
      .parse(await (await fetch(`${running.url}/shops`)).json());
    expect(platforms[0]?.shops.map(({ host }) => host)).toContain(EUR_SHOP);
  });

  test('answers a host nobody serves as an unknown shop', async () => {
    const response = await fetch(`${running.url}/nobody.myshopify.com/admin`);
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({ errors: 'Not Found' });
  });

  test.each([
    ['PUT', '/control/nothing/clients/a', { secret: 's', redirectUris: [] }, 404],
    ['PUT', '/control/shopify/clients/a', { redirectUris: [] }, 400],
    ['PUT', '/control/shopify/clients/a', { secret: 's', redirectUris: ['not a url'] }, 400],
    ['PUT', '/control/settings', { tokenSeconds: 0 }, 400],
    ['PUT', '/control/faults/nobody.myshopify.com', { kind: 'down' }, 404],
    ['PUT', `/control/faults/${USD_SHOP}`, { kind: 'flood' }, 400],
    ['DELETE', '/control/grants/nobody.myshopify.com', undefined, 404],
  ] as const)('refuses a wrong order: %s %s', async (method, path, body, status) => {
    expect((await running.control(method, path, body)).status).toBe(status);
  });

  test('refuses a body that is no JSON', async () => {
    const response = await fetch(`${running.url}/control/settings`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: '{',
    });
    expect(response.status).toBe(400);
  });

  test('refuses a body that is too large', async () => {
    const huge = JSON.stringify({ query: 'x'.repeat(600_000) });
    const { access_token: token } = await running.connect(USD_SHOP);
    expect((await running.graphql(USD_SHOP, token, huge)).status).toBe(413);
    expect((await running.control('PUT', '/control/settings', { tokenSeconds: 1, more: huge })).status).toBe(413);
  });

  test('notes the request id a caller gives, cut to 100 characters', async () => {
    await fetch(`${running.url}/${USD_SHOP}/admin/oauth/access_token`, {
      method: 'POST',
      headers: { 'x-request-id': 'r'.repeat(500) },
      body: new URLSearchParams({ code: 'c', client_id: CLIENT.clientId, client_secret: CLIENT.secret }),
    });
    const ledger: unknown = await (await fetch(`${running.url}/ledger`)).json();
    expect(ledger).toMatchObject({ entries: [{ requestId: 'r'.repeat(100), outcome: 'refused' }] });
  });

  test('issues tokens with the life the control interface set', async () => {
    await running.control('PUT', '/control/settings', { tokenSeconds: 7 });
    expect((await running.connect(USD_SHOP)).expires_in).toBe(7);
  });

  test('ends every token of a host when its merchant revokes', async () => {
    const [usd, eur] = [await running.connect(USD_SHOP), await running.connect(EUR_SHOP)];
    expect((await running.control('DELETE', `/control/grants/${USD_SHOP}`)).status).toBe(204);
    expect((await running.graphql(USD_SHOP, usd.access_token, SHOP_NAME)).status).toBe(401);
    expect((await running.refresh(USD_SHOP, usd.refresh_token ?? '')).status).toBe(401);
    expect((await running.graphql(EUR_SHOP, eur.access_token, SHOP_NAME)).status).toBe(200);
  });

  test('keeps a ledger without any secret in it', async () => {
    const grant = await running.connect(USD_SHOP);
    await running.refresh(USD_SHOP, grant.refresh_token ?? '');
    await running.refresh(USD_SHOP, grant.refresh_token ?? '');
    await running.refresh(USD_SHOP, 'shprt_unknown');
    const text = await (await fetch(`${running.url}/ledger?host=${USD_SHOP}`)).text();
    for (const secret of [grant.access_token, grant.refresh_token ?? '', CLIENT.secret, 'shprt_unknown']) {
      expect(text).not.toContain(secret);
    }
    const { entries } = z
      .object({ entries: z.array(z.looseObject({ kind: z.string(), outcome: z.string(), requestId: z.string() })) })
      .parse(JSON.parse(text));
    expect(entries.map(({ kind, outcome }) => `${kind} ${outcome}`)).toEqual([
      'code issued',
      'refreshToken issued',
      'refreshToken replayed',
      'refreshToken refused',
    ]);
    expect(new Set(entries.map(({ requestId }) => requestId)).size).toBe(4);
    const summary = await (await fetch(`${running.url}/ledger/summary`)).json();
    expect(summary).toMatchObject({ credentials: [{ issued: 1 }, { issued: 1, replayed: 1 }, { refused: 1 }] });
  });
});

describe('faults', () => {
  let running: RunningShopify;
  let token: string;
  const order = (fault: Record<string, unknown>): Promise<Response> =>
    running.control('PUT', `/control/faults/${USD_SHOP}`, fault);
  const ask = (): Promise<Response> => running.graphql(USD_SHOP, token, SHOP_NAME);

  beforeEach(async () => {
    running = await startShopify();
    token = (await running.connect(USD_SHOP)).access_token;
  });
  afterEach(() => running.sandbox.close());

  test('down cuts the connection without an answer', async () => {
    await order({ kind: 'down', count: 1 });
    await expect(ask()).rejects.toThrow();
    expect((await ask()).status).toBe(200);
  });

  test('html answers 503 with a page', async () => {
    await order({ kind: 'html' });
    const response = await ask();
    expect(response.status).toBe(503);
    expect(await response.text()).toContain('<html');
    await running.control('DELETE', `/control/faults/${USD_SHOP}`);
    expect((await ask()).status).toBe(200);
  });

  test('status answers as ordered', async () => {
    await order({ kind: 'status', status: 423, body: { errors: 'Locked' } });
    const response = await ask();
    expect([response.status, await response.json()]).toEqual([423, { errors: 'Locked' }]);
  });

  test('slow answers after the pause and not at all to a caller that left', async () => {
    await order({ kind: 'slow', delayMs: 1 });
    expect((await ask()).status).toBe(200);
    await order({ kind: 'slow', delayMs: 600_000 });
    await expect(fetch(`${running.url}/${USD_SHOP}/admin`, { signal: AbortSignal.timeout(20) })).rejects.toThrow();
  });

  test('strikes only below its path', async () => {
    await order({ kind: 'html', path: '/admin/oauth' });
    expect((await ask()).status).toBe(200);
    expect((await running.refresh(USD_SHOP, 'x')).status).toBe(503);
  });

  test('reset does the work and then cuts the body', async () => {
    const { refresh_token: refreshToken = '' } = await running.connect(USD_SHOP);
    await order({ kind: 'reset', count: 1, path: '/admin/oauth/access_token' });
    const cut = running.refresh(USD_SHOP, refreshToken).then((response) => response.text());
    await expect(cut).rejects.toThrow();
    const ledger = await (await fetch(`${running.url}/ledger/summary`)).text();
    expect(ledger).toContain('"issued":1');
    const retried = await readGrant(await running.refresh(USD_SHOP, refreshToken));
    expect(retried.refresh_token).not.toBe(refreshToken);
  });

  test('brokenRecord spoils one record of a page and waits for a page', async () => {
    await order({ kind: 'brokenRecord', count: 1 });
    expect((await ask()).status).toBe(200);
    const spoilt = pageSchema.parse(await (await running.graphql(USD_SHOP, token, TWO_ORDERS)).json()).data.orders
      .nodes;
    const good = pageSchema.parse(await (await running.graphql(USD_SHOP, token, TWO_ORDERS)).json()).data.orders.nodes;
    expect(spoilt.map(({ id }) => id)).toEqual(good.map(({ id }) => id));
    expect(spoilt.map((node, at) => JSON.stringify(node) === JSON.stringify(good[at]))).toEqual([true, false, true]);
  });
});

describe('the state file', () => {
  let folder: string;
  let stateFile: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sandbox-'));
    stateFile = join(folder, 'state.json');
  });
  afterEach(() => rm(folder, { recursive: true }));

  test('keeps clients, tokens, orders and the ledger over a restart, readable by its owner only', async () => {
    const clock = createTestClock();
    const first = await startShopify({ stateFile }, clock);
    const grant = await first.connect(USD_SHOP);
    const before = await (await first.graphql(USD_SHOP, grant.access_token, TWO_ORDERS)).text();
    await first.sandbox.close();
    expect((await stat(stateFile)).mode & 0o777).toBe(0o600);

    clock.advance(30 * 60_000);
    const second = await startShopify({ stateFile }, clock);
    const after = await (await second.graphql(USD_SHOP, grant.access_token, TWO_ORDERS)).text();
    expect(pageSchema.parse(JSON.parse(after)).data).toEqual(pageSchema.parse(JSON.parse(before)).data);
    expect((await second.refresh(USD_SHOP, grant.refresh_token ?? '')).status).toBe(200);
    expect(await (await fetch(`${second.url}/ledger`)).text()).toContain('"kind":"code"');
    await second.sandbox.close();
  });

  test('saves without being closed', async () => {
    const running = await startShopify({ stateFile });
    await running.connect(USD_SHOP);
    await expect.poll(() => readFile(stateFile, 'utf8').catch(() => '')).toContain('shprt_');
    await running.sandbox.close();
  });

  test('puts an unreadable file aside and starts anew', async () => {
    await writeFile(stateFile, '{"version":');
    const running = await startShopify({ stateFile });
    await running.sandbox.close();
    expect(await readFile(`${stateFile}.unreadable`, 'utf8')).toBe('{"version":');
  });

  test('refuses a state that is not its own', async () => {
    await writeFile(stateFile, '{"version":99}');
    await expect(startShopify({ stateFile })).rejects.toThrow();
    expect(await readFile(stateFile, 'utf8')).toBe('{"version":99}');
  });
});
