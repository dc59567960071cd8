import type { CouponFilter, JsonValue } from '#contract';
import { readRecord } from '#kit';
import { describe, expect, it } from 'vitest';
import { createCoupons, updateCoupons } from './coupon-writes.js';
import { couponReading, getCoupon, listCoupons } from './coupons.js';
import { ATTEMPT, EUR, found, outcomeOf, scriptedShop } from '../__fixtures__/scripted-shop.js';

const COMBINE = 'Magento\\SalesRule\\Model\\Rule\\Condition\\Combine';
const rule = (changes: Readonly<Record<string, JsonValue>> = {}): Readonly<Record<string, JsonValue>> => ({
  rule_id: 5,
  name: 'Ten',
  website_ids: [1],
  is_active: true,
  coupon_type: 'SPECIFIC_COUPON',
  simple_action: 'by_percent',
  discount_amount: 10,
  simple_free_shipping: '0',
  uses_per_coupon: 0,
  uses_per_customer: 0,
  times_used: 0,
  condition: { condition_type: COMBINE, aggregator_type: 'all', operator: null, value: true },
  ...changes,
});
const code = (changes: Readonly<Record<string, JsonValue>> = {}): JsonValue => ({
  ...{ coupon_id: 7, rule_id: 5, code: 'TEN', is_primary: true, created_at: '2026-11-22 18:29:52' },
  ...changes,
});
const { store: SHOP } = scriptedShop();
const mapped = (changes: Readonly<Record<string, JsonValue>>) => readRecord(rule(changes), couponReading(SHOP, []));
const list = (store: typeof SHOP, filter: CouponFilter = {}) =>
  listCoupons.page(store, { filter, sort: 'createdAt' }, { size: 10 });
const ruleSent = (body: unknown) => (body as { rule: Record<string, JsonValue> }).rule;

describe('a rule', () => {
  it.each([
    [{}, { kind: 'percentage', percentage: '10', amount: null }],
    [{ simple_action: 'cart_fixed' }, { kind: 'fixedOrder', percentage: null, amount: EUR('10.00') }],
    [{ simple_action: 'by_fixed' }, { kind: 'fixedItem', amount: EUR('10.00') }],
    [{ simple_action: 'buy_x_get_y' }, { kind: 'other', percentage: null, amount: null }],
    [
      { discount_amount: 0, simple_free_shipping: '2' },
      { kind: 'freeShipping', percentage: null },
    ],
    [{ discount_amount: 0, simple_free_shipping: 'FREE_WITH_MATCHING_ITEMS' }, { kind: 'freeShipping' }],
    [{ discount_amount: 10, simple_free_shipping: '1' }, { kind: 'percentage' }],
    [
      { discount_amount: 0, simple_free_shipping: null },
      { kind: 'percentage', percentage: '0' },
    ],
    [
      { uses_per_coupon: 3, uses_per_customer: '2' },
      { usageLimit: 3, usageLimitPerCustomer: 2 },
    ],
  ])('of %j is %j', (changes, expected) => {
    expect(mapped(changes)).toMatchObject(expected);
  });

  it('holds for whole days, the last one too', () => {
    const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
    expect(mapped({ from_date: '2026-01-01', to_date: '2035-12-31' })).toMatchObject({
      startsAt: '2026-01-01T00:00:00Z',
      endsAt: '2036-01-01T00:00:00Z',
    });
    expect(mapped({ to_date: day(0) }).status).toBe('active');
    expect(mapped({ to_date: day(-1) }).status).toBe('expired');
    expect(mapped({ from_date: day(2) }).status).toBe('scheduled');
    expect(mapped({ is_active: false }).status).toBe('disabled');
    expect(mapped({ from_date: '2026-01-01 00:00:00' }).startsAt).toBe('2026-01-01T00:00:00Z');
    expect(() => mapped({ from_date: '2026-02-30' })).toThrow();
  });

  it('has a minimum and categories where all conditions must hold, and only there', () => {
    const subtotal = { condition_type: 'x', attribute_name: 'base_subtotal', operator: '>=', value: '20.5000' };
    const of = (aggregator_type: string, value: JsonValue, operator = '>=') =>
      mapped({
        condition: { condition_type: COMBINE, aggregator_type, value, conditions: [{ ...subtotal, operator }] },
      });
    expect(of('all', '1').minimumAmount).toEqual(EUR('20.50'));
    expect([of('any', '1'), of('all', '0'), of('all', '1', '<')].map(({ minimumAmount }) => minimumAmount)).toEqual([
      null,
      null,
      null,
    ]);
    const categories = (value: JsonValue) =>
      mapped({
        action_condition: {
          ...{ condition_type: COMBINE, aggregator_type: 'all', value: true },
          conditions: [{ condition_type: 'x', attribute_name: 'category_ids', operator: '()', value }],
        },
      }).categoryIds;
    expect([categories('3, 5'), categories(['3', 5]), categories('')]).toEqual([['3', '5'], ['3', '5'], []]);
    expect(mapped({ condition: 'nonsense' }).minimumAmount).toBeNull();
  });
});

describe('coupons', () => {
  it('are rules with the code of their own; a discount that applies by itself has none', async () => {
    const { store, sent, filters } = scriptedShop(
      found(rule(), rule({ rule_id: 6, coupon_type: 'NO_COUPON' })),
      found(code()),
    );
    const { items } = await list(store);
    expect(items.map(({ record }) => record.code)).toEqual(['TEN', null]);
    expect([sent[1]?.path, filters()[1]]).toEqual(['V1/coupons/search', ['rule_id in 5', 'is_primary eq 1']]);
  });

  it('are found by any of their codes', async () => {
    const { store, filters } = scriptedShop(found(code()), found(rule()));
    expect((await list(store, { code: 'ten' })).items.map(({ record }) => record.code)).toEqual(['TEN']);
    expect(filters()).toEqual([['code eq ten'], ['rule_id in 5']]);
    expect((await list(scriptedShop(found()).store, { code: 'x' })).items).toEqual([]);
  });

  it('are missing where they are', async () => {
    const { store } = scriptedShop([404, { message: 'No such entity with %1', parameters: ['x'] }]);
    expect(await outcomeOf(getCoupon.run(store, { platformId: '5' }))).toMatchObject({ code: 'not_found' });
  });
});

describe('a new coupon', () => {
  const input = { code: 'TEN', kind: 'freeShipping' } as const;

  it('of an earlier try is found by its reference, once it has its code', async () => {
    const { repeat } = createCoupons;
    if (repeat.kind !== 'clientReference') throw new Error('it is found by its reference');
    const { store, filters } = scriptedShop(found(rule()), found(code()));
    expect((await repeat.find(store, input, ATTEMPT))?.record).toMatchObject({ platformId: '5', code: 'TEN' });
    expect(filters()[0]).toEqual(['description eq Shopspan ssp-1']);
    expect(await repeat.find(scriptedShop(found()).store, input, ATTEMPT)).toBeUndefined();
    expect(await repeat.find(scriptedShop(found(rule()), found()).store, input, ATTEMPT)).toBeUndefined();
  });

  it('goes on with the rule that an earlier try has left', async () => {
    const { store, sent } = scriptedShop(found(), found(rule({ rule_id: 9 })), [200, code({ rule_id: 9 })]);
    await createCoupons.run(store, input, ATTEMPT);
    expect(sent.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET V1/coupons/search',
      'GET V1/salesRules/search',
      'POST V1/coupons',
    ]);
  });

  it('is limited to products by nobody but the merchant, rather than to none', async () => {
    const { store, sent } = scriptedShop();
    const outcome = await outcomeOf(createCoupons.run(store, { ...input, productIds: ['1'] }, ATTEMPT));
    expect([outcome, sent]).toMatchObject([{ code: 'request_rejected' }, []]);
  });

  it('whose code is taken leaves no rule behind', async () => {
    const taken = [400, { message: '%1 already exists.', parameters: ['Coupon with the same code'] }] as const;
    const before = [found(), found(), [200, [{ id: 0 }, { id: 1 }]] as const, found({ id: 0 }, { id: 1 })] as const;
    const { store, sent } = scriptedShop(...before, [200, rule()], taken, [200, true]);
    expect(await outcomeOf(createCoupons.run(store, input, ATTEMPT))).toMatchObject({ code: 'conflict' });
    expect(sent.at(-1)).toMatchObject({ method: 'DELETE', path: 'V1/salesRules/5' });
    expect(ruleSent(sent[4]?.body)).toMatchObject({ website_ids: [1], customer_group_ids: [0, 1], is_active: true });
  });
});

describe('a change of a coupon', () => {
  const changed = async (current: ReturnType<typeof rule>, input: object) => {
    const { store, sent } = scriptedShop([200, current], found(code()), [200, current], [200, code()]);
    const outcome = await outcomeOf(updateCoupons.run(store, { couponId: '5', ...input }, ATTEMPT));
    const body = sent[2]?.body;
    return { outcome, sent, rule: body === undefined ? undefined : ruleSent(body) };
  };

  it('writes all of the rule again, but what extensions keep', async () => {
    const current = rule({ extension_attributes: { reward: 1 }, sort_order: 4 });
    const { rule: sent } = await changed(current, { usageLimit: null, endsAt: null, disabled: true });
    const { extension_attributes: _kept, ...whole } = current;
    expect(sent).toEqual({ ...whole, uses_per_coupon: 0, to_date: '', is_active: false });
  });

  it('of the minimum leaves other conditions', async () => {
    const weight = { condition_type: 'w', attribute_name: 'weight', operator: '<', value: '9' };
    const old = { condition_type: 'a', attribute_name: 'base_subtotal_with_discount', operator: '>=', value: '1' };
    const condition = { condition_type: COMBINE, aggregator_type: 'all', value: '1', conditions: [weight, old] };
    const { rule: sent } = await changed(rule({ condition }), { minimumAmount: EUR('20.00') });
    expect(sent?.['condition']).toMatchObject({
      conditions: [weight, { attribute_name: 'base_subtotal', operator: '>=', value: '20' }],
    });
    const any = { ...condition, aggregator_type: 'any' };
    const { outcome } = await changed(rule({ condition: any }), { minimumAmount: EUR('20.00') });
    expect(outcome).toMatchObject({ code: 'request_rejected' });
  });

  it.each([
    [{ amount: EUR('1') }, 'percentage' as const, 'request_rejected'],
    [{ kind: 'fixedOrder' }, 'percentage' as const, 'request_rejected'],
    [{ percentage: '5' }, 'other' as const, 'request_rejected'],
    [{ kind: 'fixedItem', amount: { amount: '1', currency: 'USD' } }, 'percentage' as const, 'request_rejected'],
  ])('to %j of one that is %s is %s', async (input, kind, expected) => {
    const current = rule(kind === 'other' ? { simple_action: 'buy_x_get_y' } : {});
    const { outcome, sent } = await changed(current, input);
    expect([outcome, sent.length]).toMatchObject([{ code: expected }, 2]);
  });

  it('of its code goes to the code, and needs one', async () => {
    const { sent } = await changed(rule(), { code: 'NEW' });
    expect(sent[2]).toEqual({
      method: 'PUT',
      path: 'V1/coupons/7',
      body: { coupon: { coupon_id: 7, rule_id: 5, code: 'NEW', is_primary: true, type: 0 } },
    });
    const { store } = scriptedShop([200, rule({ coupon_type: 'AUTO' })], found());
    expect(await outcomeOf(updateCoupons.run(store, { couponId: '5', code: 'NEW' }, ATTEMPT))).toMatchObject({
      code: 'request_rejected',
    });
  });

  it('of nothing writes nothing', async () => {
    const { store, sent } = scriptedShop([200, rule()], found(code()));
    await updateCoupons.run(store, { couponId: '5', code: 'TEN' }, ATTEMPT);
    expect(sent.map(({ method }) => method)).toEqual(['GET', 'GET']);
  });
});
