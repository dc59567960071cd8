import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { basic, makeKey, type RunningSandbox, runSandbox } from '../../testing/running-sandbox.js';

const TEA = 'tea.sandbox.test';
const RECORDS = 'vinyl.sandbox.test';
const FOLDER = '/shop';

let sandbox: RunningSandbox;
let headers: Record<string, string>;

beforeAll(async () => {
  sandbox = await runSandbox();
  headers = { ...basic(await makeKey(sandbox.url, TEA, 'read_write')), 'content-type': 'application/json' };
});
afterAll(() => sandbox.close());

async function send(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }> {
  const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
  const response = await fetch(`${sandbox.url}/${TEA}${FOLDER}/wp-json/wc/v3${path}`, init);
  return { status: response.status, body: await response.json() };
}

const orderSchema = z.looseObject({
  id: z.number(),
  status: z.string(),
  line_items: z.array(z.looseObject({ id: z.number() })),
  meta_data: z.array(z.looseObject({ key: z.string(), value: z.unknown() })),
});

async function fulfillmentStatus(id: number): Promise<unknown> {
  const { meta_data } = orderSchema.parse((await send('GET', `/orders/${id}`)).body);
  return meta_data.find((one) => one.key === '_fulfillment_status')?.value;
}

describe('the fulfillments feature', () => {
  it('is named by the shop that has it, and its routes are missing in the others', async () => {
    const status = await send('GET', '/system_status?_fields=settings');
    expect(status.body).toMatchObject({
      settings: { enabled_features: expect.arrayContaining(['fulfillments']) as unknown },
    });
    const absent = await fetch(`${sandbox.url}/${RECORDS}/wp-json/wc/v3/orders/1/fulfillments`);
    expect(absent.status).toBe(404);
  });

  it('packs parts of an order one after the other, and the order only says so in its meta data', async () => {
    const line_items = [{ name: 'Tea', product_id: 99_999_999, quantity: 2, total: '2.00' }];
    const made = orderSchema.parse((await send('POST', '/orders', { status: 'processing', line_items })).body);
    const item_id = made.line_items[0]?.id;
    const path = `/orders/${made.id}/fulfillments`;
    const items = { key: '_items', value: [{ item_id, qty: 1 }] };
    expect(await fulfillmentStatus(made.id)).toBeUndefined();
    const open = await send('POST', path, { meta_data: [items] });
    expect(open).toMatchObject({ status: 201, body: { status: 'unfulfilled', entity_id: String(made.id) } });
    expect(await fulfillmentStatus(made.id)).toBe('unfulfilled');
    const { id } = z.looseObject({ id: z.number() }).parse(open.body);
    const number = { key: '_tracking_number', value: '0034' };
    await send('PUT', `${path}/${id}`, { status: 'fulfilled', meta_data: [items, number] });
    expect(await fulfillmentStatus(made.id)).toBe('partially_fulfilled');
    await send('POST', path, { is_fulfilled: true, meta_data: [items] });
    expect(await fulfillmentStatus(made.id)).toBe('fulfilled');
    expect(orderSchema.parse((await send('GET', `/orders/${made.id}`)).body).status).toBe('processing');
    await send('PUT', `${path}/${id}`, { status: 'fulfilled', meta_data: [items] });
    expect(JSON.stringify((await send('GET', `${path}/${id}`)).body)).not.toContain('0034');
    expect(await send('DELETE', `${path}/${id}`)).toMatchObject({
      status: 200,
      body: { message: 'Fulfillment deleted successfully.' },
    });
    expect(await send('GET', path)).toMatchObject({ body: [{ is_fulfilled: true }] });
  });

  it('answers its errors with the number 0 for a code', async () => {
    const made = orderSchema.parse((await send('POST', '/orders', {})).body);
    const path = `/orders/${made.id}/fulfillments`;
    const bad = await send('POST', path, { status: 'shipped', meta_data: [] });
    expect(bad).toMatchObject({ status: 400, body: { code: 0 } });
    expect(await send('POST', path, { meta_data: [] })).toMatchObject({ status: 400, body: { code: 0 } });
    expect(await send('GET', `${path}/1`)).toMatchObject({ status: 404, body: { code: 0, data: { status: '404' } } });
    expect(await send('POST', path, {})).toMatchObject({ body: { code: 'rest_missing_callback_param' } });
  });
});
