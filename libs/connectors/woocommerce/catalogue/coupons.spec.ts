import { type CouponChange, couponRecord, type JsonValue, Unreadable } from '#contract';
import { readRecord } from '#kit';
import { answeringStore, jsonAnswer } from '#testing';
import { describe, expect, it } from 'vitest';
import { woocommerce } from '../woocommerce.js';
import { createCoupons, deleteCoupons, updateCoupons } from './coupon-writes.js';
import { couponsOf, getCoupon, listCoupons } from './coupons.js';
import { ATTEMPT, outcomeOf, scriptedShop } from '../__fixtures__/scripted-shop.js';

const TEN = { id: 56, code: 'sommer10', amount: '10.00', status: 'publish', discount_type: 'percent' };
const { store: nobody } = scriptedShop();
const read = (raw: JsonValue) => readRecord(raw, couponsOf(nobody).reading);
const eur = (amount: string) => ({ amount, currency: 'EUR' });

describe('a coupon', () => {
  it.each([
    ['percent', '12.50', false, { kind: 'percentage', percentage: '12.5', amount: null }],
    ['fixed_cart', '5', false, { kind: 'fixedOrder', percentage: null, amount: eur('5.00') }],
    ['fixed_product', '5.5', true, { kind: 'fixedItem', amount: eur('5.50') }],
    ['fixed_cart', '0.00', true, { kind: 'freeShipping', percentage: null, amount: null }],
    ['buy_one', '1', false, { kind: 'other', percentage: null, amount: null }],
  ])('of %s %s, free shipping %s', (discount_type, amount, free_shipping, expected) => {
    const coupon = read({ ...TEN, discount_type, amount, free_shipping });
    expect(couponRecord.parse(coupon)).toEqual(coupon);
    expect(coupon).toMatchObject(expected);
  });

  it.each([
    ['publish', null, 'active'],
    ['publish', '2100-01-01T00:00:00', 'active'],
    ['publish', '2020-01-01T00:00:00', 'expired'],
    ['draft', '2020-01-01T00:00:00', 'disabled'],
    ['private', null, 'disabled'],
    ['future', null, 'scheduled'],
    ['of-a-plugin', null, 'other'],
    [null, null, 'active'],
  ])('that is %s until %s is %s', (status, date_expires_gmt, expected) => {
    expect(read({ ...TEN, status, date_expires_gmt })).toMatchObject({ status: expected, platformStatus: status });
  });

  it('has no limits where they are 0, or nothing', () => {
    const none = { usageLimit: null, usageLimitPerCustomer: null, minimumAmount: null };
    expect(read({ ...TEN, usage_limit: 0, usage_limit_per_user: null, minimum_amount: '0.00' })).toMatchObject(none);
    expect(read({ ...TEN, minimum_amount: '' })).toMatchObject(none);
    expect(read({ ...TEN, usage_limit: 3, minimum_amount: '20' })).toMatchObject({
      usageLimit: 3,
      minimumAmount: eur('20.00'),
    });
  });

  it.each([
    [null],
    [{}],
    [{ ...TEN, discount_type: null }],
    [{ ...TEN, amount: 'x' }],
    [{ ...TEN, usage_limit: '3' }],
    [{ ...TEN, date_expires_gmt: 'x' }],
  ])('such as %j is unreadable', (raw) => {
    expect(() => read(raw as JsonValue)).toThrow(Unreadable);
  });

  it('in the trash is not found', async () => {
    const trashed = { ...TEN, status: 'trash' };
    expect(await outcomeOf(getCoupon.run(scriptedShop([200, trashed]).store, { platformId: '56' }))).toMatchObject({
      code: 'not_found',
    });
    const change = updateCoupons.run(scriptedShop([200, trashed]).store, { couponId: '56', name: 'x' }, ATTEMPT);
    expect(await outcomeOf(change)).toMatchObject({ code: 'not_found' });
  });

  it('is found by its code whatever its letters are, and no other is', async () => {
    const store = answeringStore(woocommerce, ({ query }) => {
      expect(query).toMatchObject({ code: 'SOMMER10' });
      return jsonAnswer([TEN, { ...TEN, id: 57, code: 'sommer100' }]);
    });
    const page = await listCoupons.page(store, { filter: { code: 'SOMMER10' }, sort: '-createdAt' }, { size: 9 });
    expect(page.items.map(({ record }) => record.platformId)).toEqual(['56']);
  });
});

describe('a coupon that is written', () => {
  const change = async (fields: Omit<CouponChange, 'couponId'>, current: JsonValue = TEN) => {
    const { store, sent } = scriptedShop([200, current], [200, current]);
    const outcome = await outcomeOf(updateCoupons.run(store, { couponId: '56', ...fields }, ATTEMPT));
    return { outcome, sent };
  };

  it.each<[Omit<CouponChange, 'couponId'>, object]>([
    [{ percentage: '5' }, { discount_type: 'percent', free_shipping: false, amount: '5' }],
    [{ kind: 'percentage' }, { discount_type: 'percent', free_shipping: false }],
  ])('%j is known to be of its kind', async (fields, body) => {
    const { outcome, sent } = await change(fields);
    expect(outcome).toBe('done');
    expect(sent.map(({ method }) => method)).toEqual(['GET', 'PUT']);
    expect(sent[1]?.body).toEqual(body);
  });

  it.each<Omit<CouponChange, 'couponId'>>([
    { amount: eur('5') },
    { kind: 'fixedOrder' },
    { kind: 'fixedOrder', percentage: '5' },
    { kind: 'percentage', amount: eur('5') },
    { kind: 'freeShipping', amount: eur('5') },
  ])('does not take %j for something else', async (fields) => {
    const { outcome, sent } = await change(fields);
    expect(outcome).toMatchObject({ code: 'request_rejected' });
    expect(sent.filter(({ method }) => method === 'PUT')).toEqual([]);
  });

  it('may stay as much for the order as for each item', async () => {
    const { sent } = await change({ kind: 'fixedItem' }, { ...TEN, discount_type: 'fixed_cart' });
    expect(sent[1]?.body).toEqual({ discount_type: 'fixed_product', free_shipping: false });
  });

  it('of a plugin is left alone', async () => {
    expect((await change({ percentage: '5' }, { ...TEN, discount_type: 'buy_one' })).outcome).toMatchObject({
      code: 'request_rejected',
    });
  });

  it('ends at an instant, whatever the zone of the shop is', async () => {
    const { store, sent } = scriptedShop([201, TEN]);
    const endsAt = new Date('2027-06-30T23:59:59.750+02:00');
    await createCoupons.run(store, { code: 'A&B', kind: 'freeShipping', endsAt, usageLimit: null }, ATTEMPT);
    expect(sent[0]?.body).toEqual({
      code: 'A&B',
      discount_type: 'fixed_cart',
      free_shipping: true,
      amount: '0',
      date_expires: '2027-06-30T21:59:59Z',
      usage_limit: 0,
    });
  });

  it('does not begin before it should', async () => {
    const { store, sent } = scriptedShop([201, TEN]);
    const begins = (year: number) =>
      outcomeOf(
        createCoupons.run(store, { code: 'A', kind: 'freeShipping', startsAt: new Date(Date.UTC(year, 0)) }, ATTEMPT),
      );
    expect(await begins(2100)).toMatchObject({ code: 'request_rejected' });
    expect(sent).toEqual([]);
    expect(await begins(2020)).toBe('done');
  });

  it.each([
    [{ kind: 'fixedOrder', amount: { amount: '5', currency: 'USD' } } as const],
    [{ kind: 'freeShipping', minimumAmount: { amount: '5', currency: 'USD' } } as const],
  ])('has no other currency than the shop', async (fields) => {
    const { store, sent } = scriptedShop();
    expect(await outcomeOf(createCoupons.run(store, { code: 'A', ...fields }, ATTEMPT))).toMatchObject({
      code: 'request_rejected',
    });
    expect(sent).toEqual([]);
  });

  it.each(['56/x', '../coupons/56', ''])('has no id %j', async (couponId) => {
    const { store, sent } = scriptedShop();
    expect(await outcomeOf(deleteCoupons.run(store, { couponId }, ATTEMPT))).toMatchObject({ code: 'not_found' });
    expect(await outcomeOf(updateCoupons.run(store, { couponId, name: 'x' }, ATTEMPT))).toMatchObject({
      code: 'not_found',
    });
    expect(sent).toEqual([]);
  });
});
