import type { ConnectedStore, JsonValue, OrderInput } from '#contract';
import { jsonAnswer } from '#testing';
import { describe, expect, it } from 'vitest';
import { attempt, eur, order, type Sent, shop } from './__fixtures__/answering-shop.js';
import { createOrder } from './order-create.js';

describe('a new order', () => {
  const cup = { id: 11, parent_id: 0, sku: 'CUP/1 "x"%', type: 'simple' };
  const make = async (input: OrderInput, answers: Parameters<typeof shop>[0] = {}) => {
    const made = shop({ 'GET products': [cup], 'POST orders': order(), ...answers });
    const result: unknown = await createOrder.run(made.store, input, attempt).catch((error: unknown) => error);
    return { ...made, result };
  };
  const one = { lineItems: [{ productId: '11', quantity: 1 }] };

  it.each<[string, OrderInput]>([
    ['another currency', { ...one, currency: 'USD' }],
    [
      'a price in another currency',
      { lineItems: [{ ...one.lineItems[0], quantity: 1, unitPrice: { amount: '1', currency: 'USD' } }] },
    ],
    [
      'shipping in another currency',
      { ...one, shippingLines: [{ name: 'x', price: { amount: '1', currency: 'USD' } }] },
    ],
    ['a fee in another currency', { ...one, fees: [{ name: 'x', amount: { amount: '1', currency: 'USD' } }] }],
    ['a country that is none', { ...one, billingAddress: { countryCode: 'ZZ' } }],
    ['a country nobody has heard of', { ...one, shippingAddress: { countryCode: 'QX' } }],
    ['a product that is not there', { lineItems: [{ productId: '12', quantity: 1 }] }],
    ['a product whose id is none', { lineItems: [{ productId: '12,13/../x', quantity: 1 }] }],
    ['a SKU that only begins the same', { lineItems: [{ sku: 'CUP/1', quantity: 1 }] }],
    ['another SKU than the product has', { lineItems: [{ productId: '11', sku: 'OTHER', quantity: 1 }] }],
    ['a variant of another product', { lineItems: [{ productId: '99', variantId: '11', quantity: 1 }] }],
    ['a customer whose id is none', { ...one, customer: { id: '1/../2' } }],
    ['a coupon the shop does not know', { ...one, discountCodes: ['NOPE'] }],
  ])('is refused before anything is sent, with %s', async (_, input) => {
    const { result, sent } = await make(input, { 'GET coupons': [{ code: 'nope2' }] });
    expect(result).toMatchObject({ code: 'request_rejected' });
    expect(sent.filter((name) => !name.startsWith('GET '))).toEqual([]);
  });

  it('is refused where two products have the SKU', async () => {
    const twice = { 'GET products': [cup, { ...cup, id: 12 }] };
    const { result } = await make({ lineItems: [{ sku: 'CUP/1 "x"%', quantity: 1 }] }, twice);
    expect(result).toMatchObject({ code: 'request_rejected', message: expect.stringContaining('Several') as string });
  });

  it('multiplies exactly', async () => {
    const price = { ...one.lineItems[0], productId: '11', quantity: 3, unitPrice: eur('0.1') };
    const { bodies } = await make({ lineItems: [price] });
    expect(bodies[0]).toMatchObject({ line_items: [{ product_id: 11, quantity: 3, subtotal: '0.3', total: '0.3' }] });
  });

  it('touches no address that was not given', async () => {
    const { bodies } = await make(one);
    expect(Object.keys(bodies[0] ?? {}).sort()).toEqual(['created_via', 'line_items', 'meta_data', 'status']);
  });

  it('writes the code of a province, or its name where there is none', async () => {
    const { bodies } = await make({
      ...one,
      billingAddress: { province: 'Bayern', provinceCode: 'DE-BY' },
      shippingAddress: { province: 'Bayern' },
    });
    expect(bodies[0]).toMatchObject({ billing: { state: 'DE-BY' }, shipping: { state: 'Bayern' } });
  });

  const COUPON = { code: 'woocommerce_rest_invalid_coupon', message: 'Coupon &quot;x&quot; has expired.' };
  const withCoupon = { ...one, discountCodes: [' X '] };
  const draft = {
    id: 120,
    status: 'checkout-draft',
    date_created_gmt: '2026-11-22T10:00:00',
    meta_data: [{ key: '_shopspan_reference', value: 'ssp-abc' }],
  };
  const refusing = {
    'GET coupons': [{ code: 'x' }],
    'POST orders': () => jsonAnswer(COUPON, {}, 400),
    'GET orders': [{ ...draft, id: 119, meta_data: [] }, draft],
  };

  it('that a coupon spoils is not left behind as a draft', async () => {
    const { result, sent } = await make(withCoupon, { ...refusing, 'DELETE orders/120': {} });
    expect(sent.at(-1)).toBe('DELETE orders/120');
    expect(String(result)).toContain('Coupon "x" has expired. The draft it left in the shop was deleted.');
  });

  it('says so when the draft cannot be deleted', async () => {
    const { result } = await make(withCoupon, { ...refusing, 'DELETE orders/120': () => jsonAnswer({}, {}, 500) });
    expect(result).toMatchObject({ code: 'request_rejected' });
    expect(String(result)).toContain('The draft order 120 is left in the shop.');
  });

  describe('whose answer was lost', () => {
    const repeat = createOrder.repeat;
    if (repeat.kind !== 'clientReference') throw new Error('an order carries a reference');
    const find = (store: ConnectedStore) => repeat.find(store, one, attempt);
    const row = (id: number, date: string, value: JsonValue = 'ssp-other', status = 'processing') => ({
      id,
      status,
      date_created_gmt: date,
      meta_data: [{ key: '_shopspan_reference', value }],
    });
    const page = (rows: readonly JsonValue[]) => (sent: Sent) =>
      jsonAnswer(
        sent.query?.['status'] === 'any' ? rows.slice(100 * (Number(sent.query['page']) - 1)).slice(0, 100) : [],
      );

    it('is found by its reference, also behind a hundred newer ones', async () => {
      const rows = Array.from({ length: 150 }, (_, index) => row(1000 - index, '2026-11-22T10:00:00'));
      const made = shop({
        'GET orders': page([...rows, row(62, '2026-11-22T09:00:00', 'ssp-abc')]),
        'GET orders/62': order(),
      });
      expect(await find(made.store)).toMatchObject({ record: { platformId: '62' } });
    });

    it('is not the draft that a refused try left, nor one whose reference only looks the same', async () => {
      const made = shop({
        'GET orders': page([
          row(1, '2026-11-22T10:00:00', 'ssp-abc', 'checkout-draft'),
          row(2, '2026-11-22T10:00:00', ['ssp-abc']),
          row(3, '2026-11-22T10:00:00', 'ssp-abcd'),
        ]),
      });
      expect(await find(made.store)).toBeUndefined();
    });

    it('is not looked for among orders of last week', async () => {
      const old = Array.from({ length: 500 }, (_, index) =>
        row(1000 - index, index < 5 ? '2026-11-22T10:00:00' : '2026-11-15T10:00:00'),
      );
      const made = shop({ 'GET orders': page(old) });
      expect(await find(made.store)).toBeUndefined();
      expect(made.sent).toHaveLength(2);
    });

    it('is not taken for missing where there are too many orders to be sure', async () => {
      const many = (sent: Sent) =>
        jsonAnswer(
          Array.from({ length: 100 }, (_, index) =>
            row(100 * Number(sent.query?.['page']) + index, '2026-11-22T10:00:00'),
          ),
        );
      await expect(find(shop({ 'GET orders': many }).store)).rejects.toMatchObject({ code: 'outcome_unknown' });
    });
  });
});
