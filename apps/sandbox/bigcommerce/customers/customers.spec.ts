import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hostOfHash, type RunningBigCommerce, startBigCommerce, USD } from '../testing/running-bigcommerce.js';

let shop: RunningBigCommerce;
beforeAll(async () => {
  shop = await startBigCommerce();
});
afterAll(() => shop.sandbox.close());

const ANN = { email: 'ann@example.com', first_name: 'Ann', last_name: 'Lee' };

describe('customers', () => {
  it('are listed and filtered, with addresses when asked', async () => {
    const { body } = await shop.call('GET', '/v3/customers?id:in=11&include=addresses');
    expect(body).toMatchObject({
      data: [{ id: 11, email: 'jane.doe@example.com', address_count: 2, addresses: [{ city: 'Austin' }, {}] }],
    });
    const { body: sorted } = await shop.call('GET', '/v3/customers?sort=date_modified:desc&limit=2');
    expect(sorted).toMatchObject({ data: [{ id: 17 }, { id: 16 }], meta: { pagination: { total: 7 } } });
  });

  it('page by cursors', async () => {
    const first = (await shop.call('GET', '/v3/customers?limit=4&after=')).body as {
      data: unknown[];
      meta: { cursor_pagination: { end_cursor: string } };
    };
    const next = await shop.call('GET', `/v3/customers?limit=4&after=${first.meta.cursor_pagination.end_cursor}`);
    expect(first.data).toHaveLength(4);
    expect(next.body).toMatchObject({ data: { length: 3 }, meta: { cursor_pagination: { links: {} } } });
  });

  it('are made all or none', async () => {
    const taken = await shop.call('POST', '/v3/customers', [ANN, { ...ANN, email: 'Jane.Doe@example.com' }]);
    expect(taken.status).toBe(422);
    expect((await shop.call('GET', '/v3/customers?email:in=ann@example.com')).body).toMatchObject({ data: [] });
    const made = await shop.call('POST', '/v3/customers', [ANN]);
    const { id } = (made.body as { data: { id: number }[] }).data[0] ?? { id: 0 };
    expect(made.status).toBe(200);
    expect((await shop.call('PUT', '/v3/customers', [{ id, company: 'Lee' }])).body).toMatchObject({
      data: [{ company: 'Lee' }],
    });
    expect((await shop.call('DELETE', '/v3/customers')).status).toBe(422);
    expect((await shop.call('DELETE', `/v3/customers?id:in=${id}`)).status).toBe(204);
  });

  it('pass over an address they have already', async () => {
    const address = {
      customer_id: 12,
      first_name: 'Liam',
      last_name: 'O',
      address1: '9 Way',
      city: 'Portland',
      state_or_province: 'Maine',
      postal_code: '04101',
      country_code: 'US',
    };
    expect((await shop.call('POST', '/v3/customers/addresses', [address])).body).toMatchObject({
      data: [{ country: 'United States' }],
    });
    expect((await shop.call('POST', '/v3/customers/addresses', [address])).body).toMatchObject({ data: [] });
    expect((await shop.call('GET', '/v3/customers/addresses?customer_id:in=12')).body).toMatchObject({
      data: { length: 2 },
    });
  });
});

describe('coupons', () => {
  it('are found by code, made, changed and deleted', async () => {
    expect((await shop.call('GET', '/v2/coupons?code=FIFTEEN')).body).toMatchObject([
      { type: 'percentage_discount', amount: '15.0000' },
    ]);
    const coupon = {
      name: 'New',
      code: 'NEW',
      type: 'per_total_discount',
      amount: 5,
      applies_to: { entity: 'categories', ids: [0] },
    };
    const made = await shop.call('POST', '/v2/coupons', { ...coupon, expires: '2027-01-01' });
    expect([made.status, made.body]).toMatchObject([
      201,
      { amount: '5.0000', expires: 'Fri, 01 Jan 2027 00:00:00 +0000', enabled: true },
    ]);
    expect((await shop.call('POST', '/v2/coupons', coupon)).status).toBe(409);
    expect((await shop.call('POST', '/v2/coupons', { name: 'x' })).status).toBe(400);
    const { id } = made.body as { id: number };
    expect((await shop.call('PUT', `/v2/coupons/${id}`, { enabled: false })).body).toMatchObject({
      enabled: false,
      code: 'NEW',
    });
    expect((await shop.call('DELETE', `/v2/coupons/${id}`)).status).toBe(204);
  });

  it('all go without a filter, and it is counted', async () => {
    expect((await shop.call('DELETE', '/v2/coupons')).status).toBe(204);
    expect((await shop.call('GET', '/v2/coupons')).status).toBe(204);
    const control = await (await shop.control('GET', `/${hostOfHash(USD)}/control/store`)).json();
    expect(control).toMatchObject({ wipes: { 'DELETE /v2/coupons': 1 } });
  });
});
