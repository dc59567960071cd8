import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { basic, makeKey, type RunningSandbox, runSandbox } from '../../testing/running-sandbox.js';

const BOOKS = 'buchladen.sandbox.test';
const RECORDS = 'vinyl.sandbox.test';

let sandbox: RunningSandbox;
let headers: Record<string, string>;

beforeAll(async () => {
  sandbox = await runSandbox();
  headers = { ...basic(await makeKey(sandbox.url, BOOKS, 'read_write')), 'content-type': 'application/json' };
});
afterAll(() => sandbox.close());

async function send(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }> {
  const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
  const response = await fetch(`${sandbox.url}/${BOOKS}/wp-json${path}`, init);
  return { status: response.status, body: await response.json() };
}

async function newOrder(body: object = {}): Promise<string> {
  const made = z.looseObject({ id: z.number() }).parse((await send('POST', '/wc/v3/orders', body)).body);
  return String(made.id);
}

const trackings = (order: string): string => `/wc-shipment-tracking/v3/orders/${order}/shipment-trackings`;

describe('the shipment-tracking plugin', () => {
  it('is announced by the shop that has it, and missing in the others', async () => {
    const namespaces = async (host: string): Promise<unknown> =>
      (await fetch(`${sandbox.url}/${host}/wp-json/?_fields=namespaces`)).json();
    expect(await namespaces(BOOKS)).toMatchObject({
      namespaces: expect.arrayContaining(['wc-shipment-tracking/v3']) as unknown,
    });
    expect(JSON.stringify(await namespaces(RECORDS))).not.toContain('wc-shipment-tracking');
    const absent = await fetch(`${sandbox.url}/${RECORDS}/wp-json${trackings('100')}`);
    expect([absent.status, await absent.json()]).toMatchObject([404, { code: 'rest_no_route' }]);
    expect(absent.headers.has('allow')).toBe(false);
  });

  it('adds a number, links a carrier it knows, and keeps it in the order', async () => {
    const order = await newOrder({ status: 'processing' });
    const body = { tracking_provider: 'dhl', tracking_number: '0034', date_shipped: '2026-11-20' };
    const made = await send('POST', trackings(order), { ...body, custom_tracking_link: 'https://x.test' });
    expect(made).toMatchObject({
      status: 201,
      body: {
        tracking_provider: 'DHL',
        tracking_link: 'https://www.dhl.de/de/privatkunden/dhl-sendungsverfolgung.html?piececode=0034',
        tracking_number: '0034',
        date_shipped: '2026-11-20',
      },
    });
    const { tracking_id: id } = z.looseObject({ tracking_id: z.string() }).parse(made.body);
    expect(await send('GET', `${trackings(order)}/${id}`)).toMatchObject({ status: 200, body: { tracking_id: id } });
    expect(await send('GET', `/wc/v3/orders/${order}`)).toMatchObject({
      body: { meta_data: [{ key: '_wc_shipment_tracking_items', value: [{ tracking_number: '0034' }] }] },
    });
    expect((await send('DELETE', `${trackings(order)}/${id}`)).status).toBe(200);
    expect(await send('GET', trackings(order))).toMatchObject({ status: 200, body: [] });
    expect((await send('GET', `${trackings(order)}/${id}`)).status).toBe(404);
  });

  it('shows what another program wrote into the meta data, and completes the order when told', async () => {
    const value = [{ tracking_provider: '', custom_tracking_provider: 'Bote', tracking_number: 7, tracking_id: 'a1' }];
    const order = await newOrder({ meta_data: [{ key: '_wc_shipment_tracking_items', value }] });
    expect(await send('GET', trackings(order))).toMatchObject({
      body: [{ tracking_id: 'a1', tracking_provider: 'Bote', tracking_number: '7', date_shipped: '' }],
    });
    await send('POST', trackings(order), { tracking_number: '8', custom_tracking_provider: 'Bote', status_shipped: 1 });
    expect(await send('GET', `/wc/v3/orders/${order}`)).toMatchObject({ body: { status: 'completed' } });
    expect(await send('GET', trackings(order))).toMatchObject({ body: [{}, { tracking_number: '8' }] });
  });

  it('refuses a shipment without a number, or of no order', async () => {
    const order = await newOrder();
    expect(await send('POST', trackings(order), {})).toMatchObject({
      status: 400,
      body: { code: 'rest_missing_callback_param', data: { params: ['tracking_number'] } },
    });
    expect((await send('GET', trackings('99999999'))).status).toBe(404);
  });
});
