import { describe, expect, it } from 'vitest';
import { createCoupons, updateCoupons } from './coupon-writes.js';
import { getCoupon, listCoupons } from './coupons.js';
import { ATTEMPT, scriptedShop } from './spec-store.js';

const COUPON = {
  ...{ id: 5, name: 'Five off', code: 'FIVE', type: 'per_total_discount', amount: '5.0000', min_purchase: '0.0000' },
  ...{ expires: '', enabled: true, applies_to: { entity: 'products', ids: [7] }, num_uses: 0, max_uses: 0 },
};

describe('a change of a coupon', () => {
  it('keeps what it applies to: without it, the platform would clear that', async () => {
    const { store, sent } = scriptedShop([200, [COUPON]], [200, COUPON]);
    await updateCoupons.run(store, { couponId: '5', disabled: true }, ATTEMPT);
    expect(sent[1]).toMatchObject({
      call: 'PUT v2/coupons/5',
      body: {
        ...{ name: 'Five off', code: 'FIVE', type: 'per_total_discount', amount: '5.0000', enabled: false },
        applies_to: { entity: 'products', ids: [7] },
      },
    });
  });

  it.each([
    [{ kind: 'percentage' }, 'kind'],
    [{ percentage: '10' }, 'percentage'],
    [{ kind: 'freeShipping', amount: { amount: '1', currency: 'USD' } }, 'amount'],
    [{ amount: { amount: '1', currency: 'EUR' } }, 'amount'],
    [{ startsAt: new Date('2099-01-01T00:00:00Z') }, 'startsAt'],
    [{ productIds: ['1'], categoryIds: ['2'] }, 'productIds'],
  ] as const)('to %j is refused', async (fields, path) => {
    const { store, sent } = scriptedShop([200, [COUPON]]);
    const input = { ...fields, couponId: '5' } as Parameters<typeof updateCoupons.run>[1];
    await expect(updateCoupons.run(store, input, ATTEMPT)).rejects.toMatchObject({
      code: 'request_rejected',
      context: { fields: [{ path }] },
    });
    expect(sent.filter(({ call }) => !call.startsWith('GET'))).toEqual([]);
  });

  it.each([
    [{ kind: 'fixedItem' }, { type: 'per_item_discount' }],
    [{ amount: { amount: '7.50', currency: 'USD' } }, { type: 'per_total_discount', amount: '7.5' }],
    [
      { kind: 'percentage', percentage: '12.5' },
      { type: 'percentage_discount', amount: '12.5' },
    ],
    [
      { endsAt: null, usageLimit: null, minimumAmount: null },
      { expires: '', max_uses: 0, min_purchase: '0' },
    ],
    [{ endsAt: new Date('2036-01-01T00:00:00Z') }, { expires: 'Tue, 01 Jan 2036 00:00:00 +0000' }],
    [{ productIds: [] }, { applies_to: { entity: 'categories', ids: [0] } }],
    [{ categoryIds: ['3'] }, { applies_to: { entity: 'categories', ids: [3] } }],
  ] as const)('to %j sends %j', async (fields, body) => {
    const { store, sent } = scriptedShop([200, [COUPON]], [200, COUPON]);
    await updateCoupons.run(store, { ...fields, couponId: '5' } as Parameters<typeof updateCoupons.run>[1], ATTEMPT);
    expect(sent[1]?.body).toMatchObject(body);
  });
});

describe('a new coupon', () => {
  it('is named by its code where it has no name, and is for everything', async () => {
    const { store, sent } = scriptedShop([201, COUPON]);
    await createCoupons.run(store, { code: 'FIVE', kind: 'freeShipping' }, ATTEMPT);
    const scope = { entity: 'categories', ids: [0] };
    expect(sent[0]?.body).toEqual({
      ...{ name: 'FIVE', code: 'FIVE', type: 'free_shipping', amount: '0' },
      enabled: true,
      applies_to: scope,
    });
  });
});

describe('coupons', () => {
  it('go on behind the last number, and end with a short answer or none', async () => {
    const { store } = scriptedShop([200, [COUPON, { ...COUPON, id: 9 }]], [200, [{ ...COUPON, id: 10 }]]);
    const query = { filter: {}, sort: 'createdAt' } as const;
    const first = await listCoupons.page(store, query, { size: 2 });
    expect(first.next).toEqual({ from: 10 });
    expect((await listCoupons.page(store, query, { size: 2, state: { from: 10 } })).next).toBeUndefined();
  });

  it('are not those of another number', async () => {
    const { store } = scriptedShop([200, [COUPON]]);
    await expect(getCoupon.run(store, { platformId: '6' })).rejects.toMatchObject({ code: 'not_found' });
  });
});
