import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hostOfHash, type RunningBigCommerce, startBigCommerce, USD } from '../testing/running-bigcommerce.js';

let shop: RunningBigCommerce;
beforeAll(async () => {
  shop = await startBigCommerce();
});
afterAll(() => shop.sandbox.close());

interface Order {
  readonly id: number;
  readonly status_id: number;
  readonly payment_status: string;
  readonly total_inc_tax: string;
  readonly items_shipped: number;
}
interface Line {
  readonly id: number;
  readonly quantity: number;
  readonly quantity_refunded: number;
  readonly order_address_id: number;
}
const BILLING = {
  first_name: 'Ann',
  last_name: 'Lee',
  street_1: '1 Way',
  city: 'Austin',
  state: 'Texas',
  zip: '78701',
  country_iso2: 'US',
  email: 'ann@example.com',
};
const CUSTOM = { name: 'Hand-made thing', quantity: 2, price_ex_tax: 10, price_inc_tax: '10.83' };

const order = async (id: number): Promise<Order> => (await shop.call('GET', `/v2/orders/${id}`)).body as Order;
const lines = async (id: number): Promise<Line[]> =>
  (await shop.call('GET', `/v2/orders/${id}/products`)).body as Line[];
async function make(more: object = {}): Promise<number> {
  const made = await shop.call('POST', '/v2/orders', { billing_address: BILLING, products: [CUSTOM], ...more });
  expect([made.status, made.body]).toMatchObject([201, { id: expect.any(Number) }]);
  return (made.body as Order).id;
}

describe('orders', () => {
  it('cover every status, with amounts of four decimals and dates of RFC 2822', async () => {
    const all = (await shop.call('GET', '/v2/orders?limit=250')).body as Order[];
    expect(new Set(all.map(({ status_id: id }) => id)).size).toBe(15);
    expect(all).toHaveLength(130);
    for (const one of all) {
      expect(one).toMatchObject({
        total_inc_tax: expect.stringMatching(/^\d+\.\d{4}$/),
        date_created: expect.stringMatching(/^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d \+0000$/),
        refunded_amount: '0.0000',
      });
    }
  });

  it('add up', async () => {
    const all = (await shop.call('GET', '/v2/orders?limit=250&include=fees')).body as Record<string, string>[];
    for (const one of all) {
      const fees = (one['fees'] as unknown as { cost_ex_tax: string }[]).reduce(
        (sum, fee) => sum + Number(fee.cost_ex_tax),
        0,
      );
      const plus = ['subtotal_ex_tax', 'shipping_cost_ex_tax', 'handling_cost_ex_tax', 'total_tax'];
      const sum = plus.reduce((total, name) => total + Number(one[name]), fees);
      expect(sum - Number(one['discount_amount']) - Number(one['coupon_discount'])).toBeCloseTo(
        Number(one['total_inc_tax']),
        3,
      );
    }
  });

  it('are found by when they were modified, both ends included, oldest change first', async () => {
    const found = (await shop.call('GET', '/v2/orders?sort=date_modified:asc&limit=250')).body as {
      id: number;
      date_modified: string;
    }[];
    const middle = found[60]?.date_modified ?? '';
    const since = (
      await shop.call(
        'GET',
        `/v2/orders?min_date_modified=${encodeURIComponent(middle)}&limit=250&sort=date_modified:asc`,
      )
    ).body as { date_modified: string }[];
    expect(since[0]?.date_modified).toBe(middle);
    expect(since.length).toBeLessThanOrEqual(70);
    expect((await shop.call('GET', '/v2/orders?min_date_modified=yesterday')).status).toBe(400);
  });

  it('are made with custom products and catalogue products, which take stock', async () => {
    const [variant] = (
      (await shop.call('GET', '/v3/catalog/variants?sku=MUG-12')).body as {
        data: { id: number; product_id: number; inventory_level: number }[];
      }
    ).data;
    const id = await make({
      products: [{ product_id: variant?.product_id, quantity: 3 }, CUSTOM],
      status_id: 11,
      shipping_cost_ex_tax: 5,
    });
    expect(await order(id)).toMatchObject({
      ...{ status: 'Awaiting Fulfillment', items_total: 5, shipping_cost_ex_tax: '5.0000', subtotal_ex_tax: '62.7500' },
      billing_address: { country: 'United States', email: 'ann@example.com' },
    });
    const after = (await shop.call('GET', '/v3/catalog/variants?sku=MUG-12')).body as {
      data: { inventory_level: number }[];
    };
    expect(after.data[0]?.inventory_level).toBe((variant?.inventory_level ?? 0) - 3);
    expect((await shop.call('POST', '/v2/orders', { billing_address: BILLING, products: [] })).status).toBe(400);
  });

  it('change in part; edited lines change the sums', async () => {
    const id = await make();
    const [line] = await lines(id);
    const changed = await shop.call('PUT', `/v2/orders/${id}`, {
      staff_notes: 'hi',
      products: [{ id: line?.id, quantity: 5 }],
    });
    expect(changed.body).toMatchObject({
      staff_notes: 'hi',
      subtotal_ex_tax: '50.0000',
      total_inc_tax: '54.1500',
      items_total: 5,
    });
    expect((await shop.call('PUT', `/v2/orders/${id}`, { status_id: 5 })).body).toMatchObject({ status: 'Cancelled' });
    expect((await shop.call('PUT', `/v2/orders/${id}`, { status_id: 99 })).status).toBe(400);
  });

  it('move with their shipments, and not back', async () => {
    const id = await make({ status_id: 11 });
    const [line] = await lines(id);
    const parcel = (quantity: number) =>
      shop.call('POST', `/v2/orders/${id}/shipments`, {
        order_address_id: line?.order_address_id,
        tracking_number: '1Z9',
        shipping_provider: 'ups',
        items: [{ order_product_id: line?.id, quantity }],
      });
    expect((await shop.call('GET', `/v2/orders/${id}/shipments`)).status).toBe(204);
    expect((await parcel(3)).status).toBe(400);
    expect((await parcel(1)).body).toMatchObject({ generated_tracking_link: expect.stringContaining('1Z9') });
    expect(await order(id)).toMatchObject({ status_id: 3, items_shipped: 1 });
    const second = (await parcel(1)).body as { id: number };
    expect(await order(id)).toMatchObject({ status_id: 2, date_shipped: expect.stringContaining('+0000') });
    const edited = await shop.call('PUT', `/v2/orders/${id}/shipments/${second.id}`, { tracking_number: '2Z' });
    expect(edited.body).toMatchObject({ tracking_number: '2Z', shipping_provider: 'ups', items: [{ quantity: 1 }] });
    expect((await shop.call('DELETE', `/v2/orders/${id}/shipments/${second.id}`)).status).toBe(204);
    expect(await order(id)).toMatchObject({ status_id: 2, items_shipped: 1 });
  });

  it('are refunded in parts and whole, by one of the quoted ways', async () => {
    const id = await make({ status_id: 11 });
    const [line] = await lines(id);
    const items = (quantity: number) => [{ item_type: 'PRODUCT', item_id: line?.id, quantity, reason: 'Too big' }];
    const path = `/v3/orders/${id}/payment_actions`;
    const quote = await shop.call('POST', `${path}/refund_quotes`, { items: items(1) });
    expect([quote.status, quote.body]).toMatchObject([
      201,
      {
        data: {
          total_refund_amount: 10.83,
          total_refund_tax_amount: 0.83,
          refund_methods: [[{ provider_id: 'custom', offline: true }]],
        },
      },
    ]);
    const pay = (amount: number, provider_id = 'custom') => [{ provider_id, amount, offline: true }];
    expect((await shop.call('POST', `${path}/refunds`, { items: items(1), payments: pay(10) })).status).toBe(422);
    const guest = await shop.call('POST', `${path}/refunds`, { items: items(1), payments: pay(10.83, 'storecredit') });
    expect(guest.body).toMatchObject({
      data: [{ status: 422, title: 'Unable to provide store credit for a guest customer.' }],
    });
    const made = await shop.call('POST', `${path}/refunds`, { items: items(1), payments: pay(10.83) });
    expect(made.body).toMatchObject({
      data: { order_id: id, total_amount: 10.83, reason: 'Too big', payments: [{ is_declined: false }] },
    });
    expect(await order(id)).toMatchObject({ status_id: 14 });
    expect((await lines(id))[0]).toMatchObject({ quantity_refunded: 1, is_refunded: false });
    expect((await shop.call('POST', `${path}/refund_quotes`, { items: items(2) })).status).toBe(422);
    await shop.call('POST', `${path}/refunds`, { items: items(1), payments: pay(10.83) });
    expect(await order(id)).toMatchObject({ status_id: 4 });
    const listed = await shop.call('GET', `/v3/orders/payment_actions/refunds?order_id:in=${id}`);
    expect(listed.body).toMatchObject({
      data: [{ order_id: id }, { order_id: id }],
      meta: { pagination: { total: 2 } },
    });
  });

  it('are not refunded before they are paid', async () => {
    const id = await make({ status_id: 7 });
    const items = [{ item_type: 'ORDER', item_id: id, amount: 1 }];
    expect((await shop.call('POST', `/v3/orders/${id}/payment_actions/refund_quotes`, { items })).status).toBe(422);
  });

  it('are captured and voided later, not at once', async () => {
    const all = (await shop.call('GET', '/v2/orders?limit=250')).body as Order[];
    const authorized = all.filter(({ payment_status: status }) => status === 'authorized').map(({ id }) => id);
    const [first = 0, second = 0] = authorized;
    await shop.control('PUT', `/${hostOfHash(USD)}/control/store`, { lagSeconds: 10 });
    expect((await shop.call('POST', `/v3/orders/${first}/payment_actions/capture`)).status).toBe(201);
    expect((await order(first)).payment_status).toBe('capture pending');
    expect((await shop.call('POST', `/v3/orders/${second}/payment_actions/void`)).status).toBe(201);
    shop.clock.advance(10_000);
    expect((await order(first)).payment_status).toBe('captured');
    expect((await order(second)).payment_status).toBe('void');
    expect((await shop.call('POST', `/v3/orders/${first}/payment_actions/capture`)).status).toBe(422);
    const { body } = await shop.call('GET', `/v3/orders/${first}/transactions`);
    expect(body).toMatchObject({ data: [{ event: 'authorization', order_id: String(first) }, { event: 'capture' }] });
  });

  it('are archived and hidden; without an id all of them are, and it is counted', async () => {
    const id = await make();
    expect((await shop.call('DELETE', `/v2/orders/${id}`)).status).toBe(204);
    expect((await shop.call('GET', `/v2/orders?min_id=${id}`)).status).toBe(204);
    expect((await shop.call('GET', `/v2/orders?min_id=${id}&is_deleted=true`)).body).toMatchObject([
      { id, is_deleted: true },
    ]);
    expect((await shop.call('DELETE', '/v2/orders')).status).toBe(204);
    expect((await shop.call('GET', '/v2/orders')).status).toBe(204);
    const control = await (await shop.control('GET', `/${hostOfHash(USD)}/control/store`)).json();
    expect(control).toMatchObject({ wipes: { 'DELETE /v2/orders': 1 } });
  });
});
