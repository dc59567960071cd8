import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { basic, makeKey, type RunningSandbox, runSandbox } from '../testing/running-sandbox.js';

const BOOKS = 'buchladen.sandbox.test';
const TOPICS = ['product', 'customer', 'coupon'].flatMap((resource) =>
  ['created', 'updated', 'deleted'].map((event) => `${resource}.${event}`),
);

const numbered = z.looseObject({ id: z.number() });

let sandbox: RunningSandbox;
let receiver: Server;
let received: string[] = [];
let headers: Record<string, string> = {};

beforeAll(async () => {
  receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const topic = request.headers['x-wc-webhook-topic'];
      if (typeof topic === 'string') {
        const { id } = numbered.parse(JSON.parse(Buffer.concat(chunks).toString('utf8')));
        received.push(`${topic} ${id}`);
      }
      response.writeHead(200).end();
    });
  }).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  // A TCP server's address is never a string.
  const target = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
  sandbox = await runSandbox();
  headers = { ...basic(await makeKey(sandbox.url, BOOKS, 'read_write')), 'content-type': 'application/json' };
  await fetch(`${sandbox.url}/${BOOKS}/control/cron`, { method: 'PUT', body: '{"running":false}' });
  for (const topic of TOPICS) await send('POST', '/webhooks', { topic, delivery_url: target, secret: 's' });
});
afterAll(async () => {
  await sandbox.close();
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
});
beforeEach(() => void (received = []));

async function send(method: string, path: string, body?: unknown): Promise<number> {
  const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
  const response = await fetch(`${sandbox.url}/${BOOKS}/wp-json/wc/v3${path}`, init);
  return numbered.parse(await response.json()).id;
}

async function reported(): Promise<string[]> {
  await sandbox.platform.runDeliveries?.(BOOKS);
  return received.splice(0);
}

it('products report what happens to them, but not their end by force', async () => {
  const id = await send('POST', '/products', { name: 'Neu' });
  expect(await reported()).toEqual([`product.created ${id}`]);
  await send('PUT', `/products/${id}`, { name: 'Neuer' });
  expect(await reported()).toEqual([`product.updated ${id}`]);
  await send('DELETE', `/products/${id}`);
  expect(await reported()).toEqual([`product.deleted ${id}`]);
  await send('DELETE', `/products/${id}?force=true`);
  expect(await reported()).toEqual([]);
});

it('variations report as products, and so does their product', async () => {
  await send('PUT', '/products/27/variations/28', { stock_quantity: 3 });
  expect(await reported()).toEqual(['product.updated 28', 'product.updated 27']);
});

it('customers and coupons report as themselves', async () => {
  const customer = await send('POST', '/customers', { email: 'meldung@example.test' });
  await send('PUT', `/customers/${customer}`, { first_name: 'M' });
  expect(await reported()).toEqual([`customer.created ${customer}`, `customer.updated ${customer}`]);
  await send('DELETE', `/customers/${customer}?force=true`);
  expect(await reported()).toEqual([`customer.deleted ${customer}`]);
  const coupon = await send('POST', '/coupons', { code: 'Meldung' });
  await send('PUT', `/coupons/${coupon}`, { amount: '3' });
  expect(await reported()).toEqual([`coupon.created ${coupon}`, `coupon.updated ${coupon}`]);
  await send('DELETE', `/coupons/${coupon}`);
  expect(await reported()).toEqual([`coupon.deleted ${coupon}`]);
});

it('an order takes its goods from stock and moves the date of the product', async () => {
  const stock = z.looseObject({ stock_quantity: z.number() });
  const read = async (): Promise<number> => {
    const response = await fetch(`${sandbox.url}/${BOOKS}/wp-json/wc/v3/products/12`, { headers });
    return stock.parse(await response.json()).stock_quantity;
  };
  const before = await read();
  await send('POST', '/orders', { set_paid: true, line_items: [{ product_id: 12, quantity: 2 }] });
  expect(await read()).toBe(before - 2);
  expect(await reported()).toEqual(['product.updated 12']);
});
