import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { JsonValue, OrderFilter, Sort } from '#contract';
import { readRecord } from '#kit';
import { answeringStore, jsonAnswer, type SeenCall } from '#testing';
import { z } from 'zod';
import { bigcommerce } from './bigcommerce.js';
import { archiveOrder, cancelOrder } from './order-change.js';
import { orderReading } from './order-calls.js';
import { createOrder } from './order-create.js';
import { getOrder, listOrders } from './orders.js';
import type { RecordNumber } from './record-calls.js';

type Row = Readonly<Record<string, JsonValue>>;

const recorded = z.object({ response: z.object({ body: z.record(z.string(), z.json()) }) });

/** The order of a fixture, changed in some fields. */
function order(changes: Row = {}): Row {
  const text = readFileSync(new URL('__fixtures__/order-get.json', import.meta.url), 'utf8');
  return { ...recorded.parse(JSON.parse(text)).response.body, ...changes };
}

const QUIET = { items_shipped: 0, payment_status: 'captured', status_id: 11 };
const NO_BODY = { status: 204, header: () => undefined, text: '' };

/** A shop that answers lists of orders with these, and everything else with nothing. */
function shop(rows: readonly Row[], orders: 'v2/orders' | 'all' = 'v2/orders') {
  const calls: SeenCall[] = [];
  const store = answeringStore(bigcommerce, (call) => {
    calls.push(call);
    return orders === 'all' || call.path === orders ? jsonAnswer(rows) : NO_BODY;
  });
  return { store, calls };
}

async function listed(filter: OrderFilter, rows: readonly Row[], sort: Sort = 'createdAt') {
  const { store, calls } = shop(rows);
  const page = await listOrders.page(store, { filter, sort }, { size: 10 });
  return { ids: page.items.map(({ record }) => record.platformId), page, calls };
}

describe('a list of orders', () => {
  it('asks for whole orders, from the second on that is named', async () => {
    const { calls } = await listed({ updatedSince: new Date('2026-11-05T21:40:11.900Z') }, [], 'updatedAt');
    expect(calls).toEqual([
      {
        method: 'GET',
        path: 'v2/orders',
        query: {
          include: 'consignments.line_items,fees',
          consignment_structure: 'object',
          min_date_modified: '2026-11-05T21:40:11Z',
          sort: 'date_modified:asc',
          limit: '10',
        },
      },
    ]);
  });

  it('leaves out what never got beyond the checkout, unless it is asked for', async () => {
    const rows = [order({ id: 1, status_id: 0, payment_status: '' }), order({ id: 2, ...QUIET })];
    expect((await listed({}, rows)).ids).toEqual(['2']);
    const asked = await listed({ platformStatus: ['0'] }, rows);
    expect(asked.ids).toEqual(['1']);
    expect(asked.calls[0]?.query['status_id']).toBe('0');
  });

  it('shows a status that is new to us where none is asked for', async () => {
    const rows = [order({ id: 1, ...QUIET, status_id: 15 })];
    expect((await listed({}, rows)).ids).toEqual(['1']);
    expect((await listed({ status: ['open'] }, rows)).ids).toEqual([]);
  });

  it('asks for one status, and sorts out several', async () => {
    const rows = [5, 6, 11].map((status_id) => order({ id: status_id, ...QUIET, status_id }));
    const canceled = await listed({ status: ['canceled'] }, rows);
    expect(canceled.ids).toEqual(['5', '6']);
    expect(canceled.calls[0]?.query['status_id']).toBeUndefined();
    const both = await listed({ status: ['canceled'], platformStatus: ['6', '11'] }, rows);
    expect(both.ids).toEqual(['6']);
    expect(both.calls[0]?.query['status_id']).toBe('6');
  });

  it.each([{ number: 'A-7' }, { status: ['open'], platformStatus: ['5'] }] as const)(
    'of what cannot be is empty without a call: %j',
    async (filter) => {
      expect((await listed(filter, [order()])).calls).toEqual([]);
    },
  );

  it('refuses a status by its name, which is the merchant’s to change', async () => {
    await expect(listed({ platformStatus: ['Shipped'] }, [])).rejects.toMatchObject({ code: 'request_rejected' });
  });

  it('asks for the refunds of all its orders at once, and for shipments only where something was sent', async () => {
    const rows = [order({ id: 1 }), order({ id: 2, consignments: { shipping: [] }, ...QUIET }), order({ id: 3 })];
    const { calls } = await listed({}, rows);
    expect(calls.map(({ path }) => path)).toEqual([
      'v2/orders',
      'v3/orders/payment_actions/refunds',
      'v2/orders/1/shipments',
      'v2/orders/3/shipments',
    ]);
    expect(calls[1]?.query['order_id:in']).toBe('1,3');
  });

  it('quarantines an order that cannot be read, without a call for it', async () => {
    const { page, calls } = await listed({}, [
      order({ id: 1, total_inc_tax: 'much' }),
      order({ id: 2, date_created: '' }),
    ]);
    expect(page.quarantined.map(({ platformId }) => platformId)).toEqual(['1', '2']);
    expect(calls.filter(({ path }) => path.startsWith('v2/orders/2'))).toEqual([]);
  });

  it('ends where nothing is answered', async () => {
    const { store } = shop([], 'v2/orders');
    const none = answeringStore(bigcommerce, () => NO_BODY);
    for (const one of [store, none])
      expect(await listOrders.page(one, { filter: {}, sort: 'createdAt' }, { size: 10 })).toEqual({
        items: [],
        quarantined: [],
      });
  });
});

describe('an order', () => {
  const total = (changes: Row) => readRecord(order({ ...changes, shipments: [], refunds: [] }), orderReading).totals;

  it('adds up without tax in its prices, and with it', () => {
    expect(total({})).toMatchObject({ subtotal: { amount: '117.99' }, rounding: { amount: '0.00' } });
    // 127.72 - 10 + 10.83 + 2.17 + 2.50
    const inclusive = { is_tax_inclusive_pricing: true, total_inc_tax: '133.2200' };
    expect(total(inclusive)).toMatchObject({ subtotal: { amount: '127.72' }, rounding: { amount: '0.00' } });
  });

  it('may differ by what rounding leaves, and by no more', () => {
    expect(total({ total_inc_tax: '132.2500' }).rounding.amount).toBe('0.02');
    expect(() => total({ total_inc_tax: '133.2300' })).toThrow(/differs from its parts/);
  });

  it('keeps four decimals, exactly', () => {
    expect(total({ total_tax: '9.7399' })).toMatchObject({ tax: { amount: '9.7399' }, rounding: { amount: '0.0001' } });
  });

  it.each(['abc', '0', '-1', '1/shipments', '', '1,2'])('is not asked for by %j', async (platformId) => {
    const { store, calls } = shop([]);
    await expect(getOrder.run(store, { platformId })).rejects.toMatchObject({ code: 'not_found' });
    expect(calls).toEqual([]);
  });
});

describe('an order that is archived', () => {
  it.each([0, -1, 1.5, NaN, '', null, undefined])(
    'is never %j: without a number all orders would be',
    async (number) => {
      const { store, calls } = shop([]);
      // What the compiler refuses, sent all the same.
      await expect(archiveOrder(store, number as RecordNumber)).rejects.toMatchObject({ code: 'internal' });
      expect(calls).toEqual([]);
    },
  );

  it.each(['', ' ', '0', 'null'])('is not canceled either by %j', async (orderId) => {
    const { store, calls } = shop([]);
    const attempt = { key: 'k', reference: 'r' };
    await expect(cancelOrder.run(store, { orderId }, attempt)).rejects.toMatchObject({ code: 'not_found' });
    expect(calls).toEqual([]);
  });
});

describe('an order that an earlier try may have made', () => {
  const { repeat } = createOrder;
  const attempt = { key: 'k', reference: 'ssp-1' };
  const input = { lineItems: [{ productId: '77', quantity: 1 }] };
  const find = async (rows: readonly Row[]) => {
    const { store, calls } = shop(rows);
    if (repeat.kind !== 'clientReference') throw new Error('it is told by its reference');
    return { found: await repeat.find(store, input, attempt), calls };
  };

  it('is the one that was given the reference', async () => {
    const { found, calls } = await find([order({ id: 9, ...QUIET, external_order_id: 'ssp-1' })]);
    expect(found?.record.platformId).toBe('9');
    expect(calls[0]?.query['external_order_id']).toBe('ssp-1');
  });

  it('is none that a shop answers which does not know the filter', async () => {
    expect(
      (await find([order({ external_order_id: '' }), order({ external_order_id: 'ssp-2' })])).found,
    ).toBeUndefined();
    expect((await find([])).found).toBeUndefined();
  });
});
