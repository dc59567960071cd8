import type { FulfillmentInput, JsonValue } from '#contract';
import { jsonAnswer } from '#testing';
import { describe, expect, it } from 'vitest';
import { attempt, order, rejected, shop } from './__fixtures__/answering-shop.js';
import { createFulfillment, listFulfillments, updateFulfillment } from './fulfillments.js';

describe('a shipment', () => {
  const KEY = '_wc_shipment_tracking_items';
  const other = { tracking_provider: 'DHL', tracking_number: '1', date_shipped: '1795000000', status_shipped: 1 };
  const send = async (of: Readonly<Record<string, JsonValue>>, input: Omit<FulfillmentInput, 'orderId'> = {}) => {
    const made = shop({
      'GET orders/62': of,
      'PUT orders/62': ({ body }) => jsonAnswer({ ...of, ...(body as Readonly<Record<string, JsonValue>>) }),
    });
    const result: unknown = await createFulfillment
      .run(made.store, { orderId: '62', ...input }, attempt)
      .catch((error: unknown) => error);
    return { result, bodies: made.bodies };
  };

  it('is written beside those that are there, whatever else they hold, in one call with the status', async () => {
    const of = order({ meta_data: [{ key: KEY, value: [other] }] });
    const { bodies, result } = await send(of, { tracking: { number: '2', company: 'Bote' } });
    expect(bodies).toEqual([
      {
        status: 'completed',
        meta_data: [
          {
            key: KEY,
            value: [
              other,
              {
                tracking_id: '11111111222243338444555555555555',
                tracking_provider: '',
                custom_tracking_provider: 'Bote',
                tracking_number: '2',
                date_shipped: '1795341600',
              },
            ],
          },
        ],
      },
    ]);
    expect(result).toMatchObject({ record: { platformId: '11111111222243338444555555555555', status: 'shipped' } });
  });

  it.each<[string, Readonly<Record<string, JsonValue>>, Omit<FulfillmentInput, 'orderId'>]>([
    ['more than was ordered', {}, { lineItems: [{ lineItemId: '7', quantity: 4 }] }],
    [
      'more than was ordered, in two parts',
      {},
      {
        lineItems: [
          { lineItemId: '7', quantity: 3 },
          { lineItemId: '7', quantity: 1 },
        ],
      },
    ],
    ['less than was ordered', {}, { lineItems: [{ lineItemId: '7', quantity: 2 }] }],
    ['a line of another order', {}, { lineItems: [{ lineItemId: '9', quantity: 1 }] }],
    ['what was sent', { meta_data: [{ key: KEY, value: [other] }] }, { lineItems: [{ lineItemId: '7', quantity: 3 }] }],
    ['a canceled order', { status: 'cancelled' }, {}],
    ['an order in the trash', { status: 'trash' }, {}],
    [
      'an order with something else among its shipments',
      { meta_data: [{ key: KEY, value: [other, { tracking_number: {} }] }] },
      {},
    ],
    ['an order whose entry is of another form', { meta_data: [{ key: KEY, value: 'a:1:{}' }] }, {}],
  ])('of %s is refused', async (_, changes, input) => {
    const { result, bodies } = await send(order(changes), input);
    expect(result).toEqual(rejected);
    expect(bodies).toEqual([]);
  });

  it('can be of every line in full, and of an order that was completed without one', async () => {
    expect((await send(order(), { lineItems: [{ lineItemId: '7', quantity: 3 }] })).bodies).toHaveLength(1);
    expect((await send(order({ status: 'completed' }))).bodies).toHaveLength(1);
  });

  it('is changed without touching its plugin’s own fields, or is not there', async () => {
    const of = order({ meta_data: [{ key: KEY, value: [other] }] });
    const made = shop({
      'GET orders/62': of,
      'PUT orders/62': ({ body }) => jsonAnswer({ ...of, ...(body as Readonly<Record<string, JsonValue>>) }),
    });
    const input = { orderId: '62', fulfillmentId: '1', tracking: { number: '3' } };
    expect(await updateFulfillment.run(made.store, input, attempt)).toMatchObject({ record: { platformId: '1' } });
    expect(made.bodies).toEqual([
      { meta_data: [{ key: KEY, value: [{ ...other, tracking_id: '1', tracking_number: '3' }] }] },
    ]);
    const missing = updateFulfillment.run(made.store, { ...input, fulfillmentId: '2' }, attempt);
    await expect(missing).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is listed with the others of its order, page by page', async () => {
    const value = [other, { ...other, tracking_number: '2' }, { ...other, tracking_number: '3' }];
    const { store } = shop({ 'GET orders/62': { id: 62, meta_data: [{ key: KEY, value }] } });
    const query = { filter: { orderId: '62' }, sort: 'createdAt' } as const;
    const first = await listFulfillments.page(store, query, { size: 2 });
    expect(first.items.map(({ record }) => record.tracking[0]?.number)).toEqual(['1', '2']);
    const second = await listFulfillments.page(store, query, { size: 2, state: first.next ?? null });
    expect(second.items.map(({ record }) => record.platformId)).toEqual(['3']);
    expect(second.next).toBeUndefined();
    for (const state of [-1, 'x', 1.5])
      await expect(listFulfillments.page(store, query, { size: 2, state })).rejects.toMatchObject({
        code: 'cursor_invalid',
      });
  });
});
