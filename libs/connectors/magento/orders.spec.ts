import {
  type ConnectedStore,
  type JsonValue,
  type OrderFilter,
  type OrderRecord,
  orderInput,
  refundInput,
} from '#contract';
import { readRecord } from '#kit';
import { answeringStore, jsonAnswer, type SeenCall } from '#testing';
import { describe, expect, it } from 'vitest';
import pending from './__fixtures__/order-get-pending.json' with { type: 'json' };
import gateway from './__fixtures__/order-get-other-currency.json' with { type: 'json' };
import { createFulfillment } from './fulfillments.js';
import { magento } from './magento.js';
import { createOrder } from './order-create.js';
import { STATUS_FILTER, wordsOf } from './order-status.js';
import { listOrders, ORDERS } from './orders.js';
import { createRefund } from './refund-create.js';

const raw: Readonly<Record<string, JsonValue>> = pending.response.body;
const item = pending.response.body.items[0];
const paying: Readonly<Record<string, JsonValue>> = gateway.response.body;

function mapped(changes: Readonly<Record<string, JsonValue>>, base = raw): OrderRecord {
  return readRecord({ ...base, ...changes }, ORDERS.reading);
}

describe('the statuses of an order', () => {
  it.each([
    [{ state: 'new', status: 'pending' }, ['open', 'pending', 'unfulfilled']],
    [{ state: 'pending_payment', status: 'pending_payment' }, ['open', 'pending', 'unfulfilled']],
    [{ state: 'payment_review', status: 'fraud' }, ['open', 'pending', 'unfulfilled']],
    [{ state: 'holded', status: 'holded', base_total_paid: 17.9 }, ['open', 'paid', 'unfulfilled']],
    [{ state: 'processing', status: 'processing', base_total_paid: 10 }, ['open', 'partiallyPaid', 'unfulfilled']],
    [{ state: 'complete', status: 'complete', base_total_paid: 17.9 }, ['completed', 'paid', 'unfulfilled']],
    [
      { state: 'closed', status: 'closed', base_total_paid: 17.9, base_total_refunded: 17.9 },
      ['completed', 'refunded', 'unfulfilled'],
    ],
    [{ state: 'canceled', status: 'canceled' }, ['canceled', 'voided', 'unfulfilled']],
    // A status of the merchant's own counts by its state.
    [{ state: 'processing', status: 'wartet_auf_lieferung' }, ['open', 'pending', 'unfulfilled']],
    // Without a state, by the status; and where nobody knows that either, nothing is made up.
    [{ state: null, status: 'pending_paypal' }, ['open', 'pending', 'unfulfilled']],
    [{ state: null, status: 'complete', base_total_paid: 17.9 }, ['completed', 'paid', 'unfulfilled']],
    [{ state: 'of_a_plugin', status: 'wartet' }, ['other', 'other', 'unfulfilled']],
    [{ is_virtual: 1 }, ['open', 'pending', 'notRequired']],
    [{ payment: { method: 'x', base_amount_authorized: 17.9 } }, ['open', 'authorized', 'unfulfilled']],
  ])('%j are %j', (changes, expected) => {
    const { status, paymentStatus, fulfillmentStatus } = mapped(changes);
    expect([status, paymentStatus, fulfillmentStatus]).toEqual(expected);
  });

  it.each([
    [{ qty_shipped: 1 }, 'fulfilled'],
    [{ qty_ordered: 2, qty_shipped: 1, base_row_total: 10.84 }, 'partiallyFulfilled'],
    [{ qty_ordered: 3, qty_shipped: 1, qty_canceled: 1, qty_refunded: 1 }, 'fulfilled'],
    [{ qty_refunded: 1 }, 'unfulfilled'],
    [{ is_virtual: 1 }, 'notRequired'],
  ])('with a line of %j is %s', (changes, expected) => {
    const price = { base_price: 10.84 / (('qty_ordered' in changes && changes.qty_ordered) || 1) };
    const line = { ...item, ...price, ...changes } as Readonly<Record<string, JsonValue>>;
    expect(mapped({ items: [line] }).fulfillmentStatus).toBe(expected);
  });

  it.each([
    [[1, 0], 0, 'partiallyFulfilled'],
    [[3, 1], 1, 'partiallyFulfilled'],
    [[4, 2], 2, 'fulfilled'],
    [[0, 0], 0, 'unfulfilled'],
  ])('count parts of a bundle that were sent one by one (%j) in whole bundles', (sent, whole, expected) => {
    const bundle = { ...item, item_id: 9, product_type: 'bundle', qty_ordered: 2, base_price: 5.42 };
    const parts = sent.map((shipped, index) => ({
      ...item,
      item_id: 10 + index,
      parent_item_id: 9,
      qty_ordered: index === 0 ? 4 : 2,
      qty_shipped: shipped,
    }));
    const { lineItems, fulfillmentStatus } = mapped({ items: [bundle, ...parts] as JsonValue });
    expect(lineItems.map(({ id, fulfilledQuantity }) => [id, fulfilledQuantity])).toEqual([['9', whole]]);
    expect(fulfillmentStatus).toBe(expected);
  });

  it('cover every state and every status that comes with the platform, each once', () => {
    const states = STATUS_FILTER.flatMap((status) => wordsOf(status).states);
    expect([...states].sort()).toEqual(
      ['canceled', 'closed', 'complete', 'holded', 'new', 'payment_review', 'pending_payment', 'processing'].sort(),
    );
    const statuses = STATUS_FILTER.flatMap((status) => wordsOf(status).statuses);
    expect(new Set(statuses).size).toBe(statuses.length);
    for (const status of ['pending', 'fraud', 'holded', 'pending_paypal']) expect(statuses).toContain(status);
  });
});

describe('the sum of an order', () => {
  it('is refused where it cannot be explained', () => {
    expect(() => mapped({ base_grand_total: 20 })).toThrow(/differs from its parts/);
  });

  it('takes the tax out of a discount that holds some', () => {
    const { totals, lineItems } = mapped({}, paying);
    expect([totals.discount.amount, lineItems[0]?.discount.amount, totals.rounding.amount]).toEqual([
      '2.00',
      '2.00',
      '0.00',
    ]);
  });

  it('counts gift cards as paid, and product taxes and wrapping as fees', () => {
    const extension = raw['extension_attributes'] as Readonly<Record<string, JsonValue>>;
    const { totals, fees } = mapped({
      base_grand_total: 13.4,
      items: [{ ...item, base_weee_tax_applied_row_amnt: 0.5 }],
      extension_attributes: { ...extension, base_gift_cards_amount: 10, gw_base_price: 5 },
    });
    expect([totals.total.amount, totals.fees.amount, totals.rounding.amount]).toEqual(['23.40', '5.50', '0.00']);
    expect(fees.map(({ kind }) => kind)).toEqual(['other', 'giftWrap']);
  });

  it('is read past what floats leave over', () => {
    expect(mapped({ base_grand_total: 17.900000000000002, base_total_refunded: 1e-9 }).totals).toMatchObject({
      total: { amount: '17.90' },
      refunded: { amount: '0.00' },
    });
  });
});

function asked(answer: (call: SeenCall) => unknown): { readonly store: ConnectedStore; readonly calls: SeenCall[] } {
  const calls: SeenCall[] = [];
  const store = answeringStore(magento, (call) => {
    calls.push(call);
    return jsonAnswer(answer(call));
  });
  return { store: { ...store, currency: 'EUR' }, calls };
}

describe('a list of orders', () => {
  const empty = { items: [], total_count: 0 };
  async function conditionsOf(filter: OrderFilter): Promise<string[]> {
    const { store, calls } = asked(() => empty);
    await listOrders.page(store, { filter, sort: 'updatedAt' }, { size: 10 });
    const { query = {} } = calls[0] ?? {};
    return Object.entries(query).flatMap(([name, field]) => {
      const prefix = /^searchCriteria\[filter_groups\](\[\d+\]).*(?=\[field\]$)/.exec(name);
      const [whole = '', group = ''] = prefix ?? [];
      if (prefix === null) return [];
      return [`${group} ${field} ${query[`${whole}[condition_type]`] ?? ''} ${query[`${whole}[value]`] ?? ''}`];
    });
  }

  it('asks by state, and by status where there is no state', async () => {
    expect(await conditionsOf({ status: ['canceled'] })).toEqual([
      '[0] state in canceled',
      '[0] state null 1',
      '[1] state in canceled',
      '[1] status in canceled',
    ]);
  });

  it('asks by the words of the platform, whichever they are', async () => {
    expect(await conditionsOf({ platformStatus: ['wartet', 'new'] })).toEqual([
      '[0] status in wartet,new',
      '[0] state in wartet,new',
    ]);
    await expect(conditionsOf({ platformStatus: ['a,b'] })).rejects.toMatchObject({ code: 'request_rejected' });
  });

  it('stays within ten groups with every filter there is, on its second page too', async () => {
    const filter: OrderFilter = {
      updatedSince: new Date(0),
      createdSince: new Date(0),
      createdUntil: new Date(1e12),
      status: ['open', 'completed'],
      platformStatus: ['x'],
      customerEmail: 'a+b@example.test',
      number: '000000001',
    };
    const { store } = asked(() => empty);
    const state = { at: '2026-11-22 18:29:54', id: 1 };
    await expect(listOrders.page(store, { filter, sort: 'updatedAt' }, { size: 10, state })).resolves.toMatchObject({
      items: [],
    });
  });

  it('refuses what it cannot ask for', async () => {
    await expect(conditionsOf({ status: ['archived'] })).rejects.toMatchObject({ code: 'filter_unsupported' });
  });
});

const attempt = { key: '00000000-0000-4000-8000-000000000001', reference: 'ssp-1' };

describe('an earlier try', () => {
  const input = orderInput.parse({ lineItems: [{ sku: 'a', quantity: 1 }] });

  it('to make an order is found by its reference', async () => {
    const { store, calls } = asked(() => ({ items: [raw], total_count: 1 }));
    if (createOrder.repeat.kind !== 'clientReference') throw new Error('it has a reference');
    expect((await createOrder.repeat.find(store, input, attempt))?.record.platformId).toBe('1');
    expect(Object.values(calls[0]?.query ?? {})).toEqual(expect.arrayContaining(['ext_order_id', 'eq', 'ssp-1']));
    const none = asked(() => ({ items: [], total_count: 0 }));
    expect(await createOrder.repeat.find(none.store, input, attempt)).toBeUndefined();
  });

  it('that left a paid order without its invoice is brought to its end', async () => {
    const paid = { ...raw, state: 'processing', base_total_paid: 17.9 };
    const { store, calls } = asked(({ path, method }) =>
      method === 'POST' ? '"24"' : path.endsWith('/1') ? paid : { items: [raw], total_count: 1 },
    );
    if (createOrder.repeat.kind !== 'clientReference') throw new Error('it has a reference');
    const found = await createOrder.repeat.find(store, { ...input, paymentStatus: 'paid' }, attempt);
    expect(found?.record.paymentStatus).toBe('paid');
    expect(calls.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET rest/V1/orders',
      'POST rest/V1/order/1/invoice',
      'GET rest/V1/orders/1',
    ]);
  });

  it('to send or to give back is found by the comment that went along', async () => {
    const said = (comment: string) => [{ comment, is_visible_on_front: 0 }];
    const shipment = { entity_id: 5, order_id: 1, items: [], tracks: [] };
    const memo = { entity_id: 6, order_id: 1, base_currency_code: 'EUR', base_grand_total: 1, items: [] };
    const { store } = asked(({ path }) => {
      const one = path.endsWith('shipments') ? shipment : memo;
      const items = [
        { ...one, entity_id: 4, comments: said('[ref:ssp-10]') },
        { ...one, comments: said('Kaputt [ref:ssp-1]') },
      ];
      return { items, total_count: 2 };
    });
    if (createFulfillment.repeat.kind !== 'clientReference') throw new Error('it has a reference');
    if (createRefund.repeat.kind !== 'clientReference') throw new Error('it has a reference');
    const sent = await createFulfillment.repeat.find(store, { orderId: '1' }, attempt);
    const back = await createRefund.repeat.find(
      store,
      refundInput.parse({ orderId: '1', amount: { amount: '1', currency: 'EUR' } }),
      attempt,
    );
    expect([sent?.record.platformId, back?.record.platformId, back?.record.reason]).toEqual(['5', '6', 'Kaputt']);
  });
});
