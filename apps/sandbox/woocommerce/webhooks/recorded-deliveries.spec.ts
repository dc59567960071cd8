import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { basic, makeKey, type RunningSandbox, runSandbox } from '../testing/running-sandbox.js';

// Exchanges recorded from a genuine shop; they lie beside the repository, and not everywhere.
const CAPTURES = new URL('../../../../../shared/captures/woocommerce/', import.meta.url);
const BOOKS = 'buchladen.sandbox.test';

const recording = z.object({
  request: z.object({ headers: z.record(z.string(), z.string()), body: z.unknown() }),
});

/** Every path that occurs, with the JSON type found there: `.line_items[].price number`. */
function shapeOf(value: unknown): string[] {
  const shape = new Set<string>();
  const walk = (inner: unknown, path: string): void => {
    if (Array.isArray(inner)) {
      if (inner.length === 0) shape.add(`${path} list`);
      for (const item of inner) walk(item, `${path}[]`);
    } else if (typeof inner === 'object' && inner !== null) {
      for (const [key, member] of Object.entries(inner)) walk(member, `${path}.${key}`);
    } else shape.add(`${path} ${inner === null ? 'null' : typeof inner}`);
  };
  walk(value, '');
  return [...shape].sort();
}

interface Received {
  readonly topic: string;
  readonly headers: readonly string[];
  readonly body: unknown;
}

describe.skipIf(!existsSync(CAPTURES))('a delivery beside the recorded one', () => {
  let sandbox: RunningSandbox;
  let receiver: Server;
  let headers: Record<string, string>;
  const received: Received[] = [];

  beforeAll(async () => {
    receiver = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const topic = String(request.headers['x-wc-webhook-topic'] ?? 'ping');
        const text = Buffer.concat(chunks).toString('utf8');
        const names = request.rawHeaders.filter((_name, index) => index % 2 === 0);
        received.push({ topic, headers: names, body: topic === 'ping' ? text : JSON.parse(text) });
        response.writeHead(200).end();
      });
    }).listen(0, '127.0.0.1');
    await once(receiver, 'listening');
    // A TCP server's address is never a string.
    const delivery_url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
    sandbox = await runSandbox();
    headers = { ...basic(await makeKey(sandbox.url, BOOKS, 'read_write')), 'content-type': 'application/json' };
    await fetch(`${sandbox.url}/${BOOKS}/control/cron`, { method: 'PUT', body: '{"running":false}' });
    const topics = ['order.created', 'order.updated', 'order.deleted', 'product.created', 'product.updated'];
    for (const topic of [...topics, 'customer.created', 'customer.updated'])
      await send('POST', '/webhooks', { topic, delivery_url, secret: 's' });
  });
  afterAll(async () => {
    await sandbox.close();
    receiver.closeAllConnections();
    await new Promise((resolve) => receiver.close(resolve));
  });

  async function send(method: string, path: string, body?: unknown): Promise<number> {
    const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    const response = await fetch(`${sandbox.url}/${BOOKS}/wp-json/wc/v3${path}`, init);
    expect(response.ok).toBe(true);
    return z.looseObject({ id: z.number() }).parse(await response.json()).id;
  }

  const newOrder = (): Promise<number> =>
    send('POST', '/orders', {
      status: 'pending',
      customer_id: 2,
      billing: { first_name: 'Jürgen', email: 'kunde1@example.test', country: 'DE' },
      line_items: [{ product_id: 11, quantity: 1 }],
    });

  it.each<[string, string, () => Promise<unknown>]>([
    ['ping', 'ping', async () => Promise.resolve()],
    ['order-created', 'order.created', newOrder],
    [
      'after-refund',
      'order.updated',
      async () => {
        const id = await newOrder();
        await send('PUT', `/orders/${id}`, { status: 'processing' });
        await send('POST', `/orders/${id}/refunds`, { amount: '1.00', api_refund: false, reason: 'x' });
      },
    ],
    ['order-deleted', 'order.deleted', async () => send('DELETE', `/orders/${await newOrder()}`)],
    [
      'product-created',
      'product.created',
      () => send('POST', '/products', { name: 'Hook Prödukt', type: 'simple', regular_price: '3.00' }),
    ],
    [
      'variation-stock',
      'product.updated',
      () => send('PUT', '/products/27/variations/28', { manage_stock: true, stock_quantity: 55 }),
    ],
    [
      'customer-created',
      'customer.created',
      () => send('POST', '/customers', { email: 'neu@example.test', first_name: 'Wébhook' }),
    ],
    ['customer-updated', 'customer.updated', () => send('PUT', '/customers/3', { first_name: 'Zoë' })],
  ])('%s', async (name, topic, act) => {
    const { request } = recording.parse(
      JSON.parse(readFileSync(new URL(`webhook-delivery-${name}.json`, CAPTURES), 'utf8')),
    );
    await act();
    await sandbox.platform.runDeliveries?.(BOOKS);
    const wanted = typeof request.body === 'object' && request.body !== null && 'type' in request.body ? 'type' : '';
    const typeOf = (body: unknown): unknown =>
      wanted === '' ? '' : z.looseObject({ type: z.string() }).parse(body).type;
    const found = received.filter((one) => one.topic === topic && typeOf(one.body) === typeOf(request.body)).at(-1);
    // A genuine shop sends through curl, which says what it can unpack.
    const expected = Object.keys(request.headers).filter((header) => header !== 'Accept-Encoding');
    expect(found?.headers.toSorted()).toEqual(expected.toSorted());
    expect(shapeOf(found?.body)).toEqual(shapeOf(request.body));
  });
});
