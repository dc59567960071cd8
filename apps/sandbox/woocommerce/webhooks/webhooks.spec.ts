import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { basic, makeKey, type RunningSandbox, runSandbox } from '../testing/running-sandbox.js';

const BOOKS = 'buchladen.sandbox.test';
const START = Date.parse('2026-11-22T19:04:00Z');

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const numbered = z.looseObject({ id: z.number(), status: z.string().exactOptional() });

let sandbox: RunningSandbox;
let receiver: Server;
let target: string;
let received: Received[];
let answers: number[];
let answer: number;
let seconds: number;
let headers: Record<string, string>;

beforeEach(async () => {
  [received, answers, answer, seconds] = [[], [], 200, 0];
  receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
      response.writeHead(answers.shift() ?? answer).end();
    });
  }).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  // A TCP server's address is never a string.
  target = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
  sandbox = await runSandbox({ now: () => new Date(START + seconds * 1000) });
  headers = { ...basic(await makeKey(sandbox.url, BOOKS, 'read_write')), 'content-type': 'application/json' };
  await fetch(`${sandbox.url}/${BOOKS}/control/cron`, { method: 'PUT', body: '{"running":false}' });
});
afterEach(async () => {
  await sandbox.close();
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
});

async function send(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }> {
  const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
  const response = await fetch(`${sandbox.url}/${BOOKS}/wp-json/wc/v3${path}`, init);
  return { status: response.status, body: await response.json() };
}

async function make(path: string, body: unknown): Promise<number> {
  const made = await send('POST', path, body);
  expect(made.status).toBe(201);
  return numbered.parse(made.body).id;
}

async function subscribe(topic: string): Promise<number> {
  const id = await make('/webhooks', { topic, delivery_url: target, secret: 'geheim-äöü' });
  received.length = 0;
  return id;
}

async function run(): Promise<void> {
  await sandbox.platform.runDeliveries?.(BOOKS);
}

const topics = (): unknown[] => received.map((one) => one.headers['x-wc-webhook-topic']);

describe('the webhooks of a shop', () => {
  it('ping on creation, unsigned, before the answer, and never tell the secret', async () => {
    const body = { topic: 'order.updated', delivery_url: target, secret: 's', status: 'paused' };
    const made = await send('POST', '/webhooks', body);
    expect(received.map((one) => [one.body, one.headers['content-type']])).toEqual([
      ['webhook_id=1', 'application/x-www-form-urlencoded'],
    ]);
    expect(Object.keys(received[0]?.headers ?? {}).filter((name) => name.startsWith('x-wc'))).toEqual([]);
    expect(made).toMatchObject({
      status: 201,
      body: { id: 1, status: 'active', name: 'Webhook created on Nov 22, 2026 @ 07:04 PM', date_modified: null },
    });
    expect(made.body).not.toHaveProperty('secret');
    expect(await send('GET', '/webhooks/1')).toMatchObject({ body: { date_modified_gmt: '2026-11-22T19:04:00' } });
  });

  it.each([
    [{ delivery_url: 'http://127.0.0.1/x' }, 'rest_missing_callback_param', 'Missing parameter(s): topic'],
    [
      { topic: 'order.bogus', delivery_url: 'http://127.0.0.1/x' },
      'woocommerce_rest_shop_webhook_invalid_topic',
      'Webhook topic is required and must be valid.',
    ],
    [
      { topic: 'order.updated', delivery_url: 'not a url' },
      'woocommerce_rest_shop_webhook_invalid_delivery_url',
      'Webhook delivery URL must be a valid URL starting with http:// or https://.',
    ],
  ])('refuses %j', async (body, code, message) => {
    expect(await send('POST', '/webhooks', body)).toMatchObject({ status: 400, body: { code, message } });
  });

  it('are listed, paused, and deleted only by force', async () => {
    const id = await subscribe('order.created');
    await send('PUT', `/webhooks/${id}`, { status: 'paused' });
    expect(await send('GET', '/webhooks?status=paused')).toMatchObject({ body: [{ id, status: 'paused' }] });
    expect(await send('GET', '/webhooks?status=disabled')).toMatchObject({ body: [] });
    expect((await send('DELETE', `/webhooks/${id}`)).status).toBe(501);
    expect((await send('DELETE', `/webhooks/${id}?force=true`)).status).toBe(200);
    expect(await send('GET', `/webhooks/${id}`)).toMatchObject({ status: 404, body: { message: 'ID is invalid.' } });
  });
});

describe('webhooks that somebody deletes by hand', () => {
  it('are gone without a word, those of one topic or all', async () => {
    await subscribe('order.created');
    const kept = await subscribe('order.updated');
    expect(sandbox.platform.forgetWebhooks?.(BOOKS, { topic: 'order.created' })).toBe(1);
    expect(await send('GET', '/webhooks')).toMatchObject({ body: [{ id: kept }] });
    expect(sandbox.platform.forgetWebhooks?.(BOOKS, { address: 'http://127.0.0.1/other' })).toBe(0);
    expect(sandbox.platform.forgetWebhooks?.(BOOKS, {})).toBe(1);
    expect(received).toEqual([]);
  });
});

describe('the rights of the user who made a webhook', () => {
  it('count at each delivery: without them the payload is an error, signed all the same', async () => {
    await subscribe('order.created');
    await make('/orders', {});
    await fetch(`${sandbox.url}/${BOOKS}/control/user`, { method: 'PUT', body: '{"demoted":true}' });
    await run();
    expect(JSON.parse(received[0]?.body ?? '')).toEqual({
      code: 'woocommerce_rest_cannot_view',
      message: 'Sorry, you cannot view this resource.',
      data: { status: 403 },
    });
  });
});

describe('a restart', () => {
  it('keeps webhooks, their failures and the stopped cron', async () => {
    const hook = await subscribe('order.updated');
    answer = 500;
    const id = await make('/orders', {});
    for (let count = 1; count <= 6; count += 1) {
      await send('PUT', `/orders/${id}`, {});
      await run();
    }
    sandbox.platform.restore(sandbox.platform.snapshot());
    expect(await send('GET', `/webhooks/${hook}`)).toMatchObject({ body: { status: 'active' } });
    await send('PUT', `/orders/${id}`, {});
    await run();
    expect(await send('GET', `/webhooks/${hook}`)).toMatchObject({ body: { status: 'disabled' } });
  });
});

describe('a delivery', () => {
  it('is signed and says what the API says now', async () => {
    const hook = await subscribe('order.created');
    const id = await make('/orders', { line_items: [{ product_id: 11 }], customer_note: 'Grüße' });
    await send('PUT', `/orders/${id}`, { status: 'completed' });
    await run();
    const [only] = received;
    expect(received).toHaveLength(1);
    expect(only?.headers).toMatchObject({
      'user-agent': 'WooCommerce/10.5.2 Hookshot (WordPress/6.9.1)',
      'content-type': 'application/json',
      'x-wc-webhook-source': `https://${BOOKS}/`,
      'x-wc-webhook-topic': 'order.created',
      'x-wc-webhook-resource': 'order',
      'x-wc-webhook-event': 'created',
      'x-wc-webhook-id': String(hook),
      'x-wc-webhook-signature': createHmac('sha256', 'geheim-äöü')
        .update(only?.body ?? '')
        .digest('base64'),
    });
    expect(JSON.parse(only?.body ?? '')).toEqual((await send('GET', `/orders/${id}`)).body);
    expect(only?.body).toContain('"status":"completed"');
    expect(only?.body).toContain('Gr\\u00fc\\u00dfe');
  });

  it('comes once for what changed twice, and shares its id with another of the same second', async () => {
    await subscribe('order.updated');
    const [one, two] = [await make('/orders', {}), await make('/orders', {})];
    await send('PUT', `/orders/${one}`, { customer_note: 'x' });
    await run();
    expect(received.map((each) => numbered.parse(JSON.parse(each.body)).id)).toEqual([one, two]);
    expect(new Set(received.map((each) => each.headers['x-wc-webhook-delivery-id'])).size).toBe(1);
  });

  it.each([
    ['making', ['order.created', 'order.updated'], (): Promise<unknown> => Promise.resolve()],
    [
      'refunding',
      ['order.updated'],
      (id: number): Promise<unknown> => make(`/orders/${id}/refunds`, { amount: '0', api_refund: false }),
    ],
    ['trashing', ['order.deleted'], (id: number): Promise<unknown> => send('DELETE', `/orders/${id}`)],
    ['deleting for good', [], (id: number): Promise<unknown> => send('DELETE', `/orders/${id}?force=true`)],
    ['a note', [], (id: number): Promise<unknown> => make(`/orders/${id}/notes`, { note: 'x' })],
  ])('follows %s an order as %j', async (what, expected, act) => {
    for (const event of ['created', 'updated', 'deleted', 'restored']) await subscribe(`order.${event}`);
    const id = await make('/orders', { line_items: [{ product_id: 11 }], payment_method: 'bacs' });
    if (what !== 'making') await run();
    received.length = 0;
    await act(id);
    await run();
    expect(topics()).toEqual(expected);
    if (what === 'trashing') expect(received[0]?.body).toBe(`{"id":${id}}`);
  });

  it('waits for the cron, and is sent by itself when it runs', async () => {
    await subscribe('order.created');
    await make('/orders', {});
    const cron = `${sandbox.url}/${BOOKS}/control/cron`;
    expect(await (await fetch(cron)).json()).toEqual({ running: false, waiting: 1 });
    await fetch(cron, { method: 'PUT', body: '{"running":true}' });
    expect(topics()).toEqual(['order.created']);
    await make('/orders', {});
    await expect.poll(topics).toEqual(['order.created', 'order.created']);
  });

  it('of something deleted meanwhile is a signed error', async () => {
    await subscribe('order.updated');
    const id = await make('/orders', {});
    await send('DELETE', `/orders/${id}?force=true`);
    await run();
    expect(JSON.parse(received[0]?.body ?? '')).toMatchObject({ code: 'woocommerce_rest_shop_order_invalid_id' });
  });
});

describe('a receiver that fails', () => {
  it('is given up at the seventh failure in a row, and at the next one after being switched on again', async () => {
    const hook = await subscribe('order.updated');
    const id = await make('/orders', {});
    await run();
    const status = async (): Promise<unknown> => numbered.parse((await send('GET', `/webhooks/${hook}`)).body).status;
    const fail = async (): Promise<unknown> => {
      answer = 500;
      seconds += 1;
      await send('PUT', `/orders/${id}`, {});
      await run();
      return status();
    };
    for (let count = 1; count <= 6; count += 1) expect(await fail()).toBe('active');
    expect(await fail()).toBe('disabled');
    const before = received.length;
    expect(await fail()).toBe('disabled');
    expect(received).toHaveLength(before);
    await send('PUT', `/webhooks/${hook}`, { status: 'active' });
    expect(await fail()).toBe('disabled');
  });

  it('counts from zero after a success, a redirect being one', async () => {
    const hook = await subscribe('order.updated');
    const id = await make('/orders', {});
    await run();
    for (const status of [500, 500, 500, 500, 500, 500, 302, 500]) {
      answer = status;
      await send('PUT', `/orders/${id}`, {});
      await run();
    }
    expect(await send('GET', `/webhooks/${hook}`)).toMatchObject({ body: { status: 'active' } });
  });

  it('is pinged again at every save until it answers 200 once', async () => {
    answers = [201];
    await make('/webhooks', { topic: 'order.updated', delivery_url: target, secret: 's' });
    const pings = (): number => received.filter((one) => one.body === 'webhook_id=1').length;
    expect(pings()).toBe(1);
    await send('PUT', '/webhooks/1', { name: 'x' });
    expect(pings()).toBe(2);
    await send('PUT', '/webhooks/1', { name: 'y' });
    expect(pings()).toBe(2);
  });

  it('off this machine never gets a packet: nobody answers there', async () => {
    const made = await send('POST', '/webhooks', { topic: 'order.updated', delivery_url: 'https://example.test/hook' });
    expect(made.status).toBe(201);
    expect(await send('GET', '/webhooks/1')).toMatchObject({ body: { date_modified: null, status: 'active' } });
  });
});
