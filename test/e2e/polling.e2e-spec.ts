import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startSystem, type System } from '../system.js';
import { type ApiClient, apiClient, type Store } from './api-client.js';
import { connectMagento, KERAMIK } from './magento-way.js';
import { until } from './until.js';

const PATIENCE = { everyMs: 200, tries: 150 };
const ACCESS = ['read:orders', 'write:orders', 'read:products', 'write:products', 'read:events'];

let system: System;
let api: ApiClient;
let store: Store;
beforeAll(async () => {
  system = await startSystem();
  api = apiClient(system, system.tenants[0].app);
  store = await connectMagento(system, system.tenants[0].app, { host: KERAMIK, session: { access: ACCESS } });
  await until('the lists were asked', async () => (await waiting()) === 0, PATIENCE);
  return () => system.stop();
}, 120_000);

const uuid = () => store.id.replace(/^sto_(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
const waiting = async (): Promise<unknown> =>
  (await system.sql('SELECT count(*)::int AS n FROM polls WHERE checked_at IS NULL OR due_at <= now()'))[0]?.['n'];

/** Has all lists asked now, and waits until they were. */
async function look(): Promise<void> {
  // A look that is still under way would be taken for the one that is asked for.
  const looking = async () => (await system.sql('SELECT 1 FROM polls WHERE lease_until > now()')).length;
  await until('nobody is looking', async () => (await looking()) === 0, PATIENCE);
  await system.sql('UPDATE polls SET due_at = now(), checked_at = NULL WHERE store_id = $1', [uuid()]);
  await until('the lists were asked again', async () => (await waiting()) === 0, PATIENCE);
}

const events = async (): Promise<readonly { type: string; record: { id: string } | null }[]> => {
  const { json } = await api.get(`/v1/events?store=${store.id}&limit=250`);
  const shape = z.object({ type: z.string(), record: z.object({ id: z.string() }).nullable() });
  return z.object({ data: z.array(shape) }).parse(json).data;
};
const told = async (id: string) => (await events()).filter(({ record }) => record?.id === id).map(({ type }) => type);

async function create(name: string): Promise<string> {
  const body = { name, sku: `poll-${name}`, price: { amount: '9.90', currency: 'EUR' } };
  const { json } = await api.call('POST', `/v1/products?store=${store.id}`, body);
  return z.object({ data: z.object({ id: z.string() }) }).parse(json).data.id;
}

describe('a platform that tells nobody', { timeout: 120_000 }, () => {
  it('is asked for the lists that the app may read, and for no others', async () => {
    const rows = await system.sql('SELECT operation FROM polls WHERE store_id = $1 ORDER BY operation', [uuid()]);
    expect(rows.map(({ operation }) => operation)).toEqual(['orders.list', 'products.list']);
  });

  it('is heard once of each change, however often it is asked', async () => {
    const id = await create('once');
    await look();
    expect(await told(id)).toEqual(['product.created']);
    await look();
    await look();
    expect(await told(id)).toEqual(['product.created']);
    await system.sql("UPDATE polls SET changed_to = changed_to - interval '10 minutes' WHERE store_id = $1", [uuid()]);
    await api.call('PATCH', `/v1/products/${id}`, { name: 'once more' });
    await look();
    const types = await told(id);
    expect(types.filter((type) => type === 'product.created')).toHaveLength(1);
    expect(types.at(-1)).toBe('product.updated');
  });

  it('loses nothing that happened while nobody asked, though many things did at one moment', async () => {
    const ids: string[] = [];
    for (let index = 0; index < 12; index += 1) ids.push(await create(`many ${index}`));
    await look();
    for (const id of ids) expect([id, await told(id)]).toEqual([id, ['product.created']]);
  });

  it('that is down is asked again, and its changes are told afterwards', async () => {
    const id = await create('during an outage');
    await system.control('PUT', `/control/faults/${KERAMIK}`, { kind: 'down' });
    await look();
    const failed = await system.sql('SELECT last_error_code AS code FROM polls WHERE store_id = $1', [uuid()]);
    expect(failed.map(({ code }) => code)).toEqual(['platform_unavailable', 'platform_unavailable']);
    await system.control('DELETE', `/control/faults/${KERAMIK}`);
    await look();
    expect(await told(id)).toEqual(['product.created']);
  });

  it('tells of a canceled order that it is one', async () => {
    const { json } = await api.call(
      'POST',
      `/v1/orders?store=${store.id}`,
      {
        lineItems: [{ name: 'Cup', quantity: 1, unitPrice: { amount: '5.00', currency: 'EUR' } }],
        customer: { email: 'poll@example.com' },
        billingAddress: {
          ...{ firstName: 'A', lastName: 'B', address1: 'C 1', city: 'Berlin', countryCode: 'DE', postalCode: '10115' },
          phone: '+49301234567',
        },
      },
      { 'idempotency-key': 'poll-order' },
    );
    const id = z.object({ data: z.object({ id: z.string() }) }).parse(json).data.id;
    await look();
    expect(await told(id)).toEqual(['order.created']);
    expect((await api.call('POST', `/v1/orders/${id}/cancel`, {})).status).toBe(200);
    await look();
    expect((await told(id)).slice(1)).toEqual(['order.updated', 'order.canceled']);
  });
});
