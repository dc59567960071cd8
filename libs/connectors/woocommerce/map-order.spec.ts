import { type JsonValue, type OrderRecord, orderRecord, Unreadable } from '#contract';
import { readRecord } from '#kit';
import { describe, expect, it } from 'vitest';
import { decodeEntities } from './entities.js';
import { mapOrder } from './map-order.js';
import { wooOrder } from './order-schema.js';

const line = { id: 1, name: 'Cup', quantity: 1, subtotal: '10.00', total: '10.00', total_tax: '1.90' };
const minimal = {
  id: 7,
  status: 'processing',
  currency: 'EUR',
  date_created_gmt: '2026-09-05T08:00:00',
  shipping_total: '0.00',
  total: '11.90',
  total_tax: '1.90',
  line_items: [line],
};

function map(changes: object): OrderRecord {
  const raw = JSON.parse(JSON.stringify({ ...minimal, ...changes })) as JsonValue;
  const record = readRecord(raw, { schema: wooOrder, map: mapOrder, identify: () => null });
  expect(orderRecord.parse(record)).toEqual(record);
  return record;
}

describe('an order', () => {
  it('needs little', () => {
    expect(map({})).toMatchObject({
      platformId: '7',
      number: '7',
      customer: null,
      billingAddress: null,
      refunds: [],
      updatedAt: '2026-09-05T08:00:00Z',
      canceledAt: null,
    });
  });

  const paid = { date_paid_gmt: '2026-09-05T09:00:00' };
  const done = { ...paid, date_completed_gmt: '2026-09-06T09:00:00' };
  const part = { refunds: [{ id: 1, reason: '', total: '-1.90' }] };
  const all = {
    refunds: [
      { id: 1, reason: '', total: '-10.00' },
      { id: 2, reason: '', total: '-1.90' },
    ],
  };
  const shipped = (value: unknown) => ({ meta_data: [{ id: 1, key: '_fulfillment_status', value }] });

  it.each<[string, object, string, string, string]>([
    ['pending', {}, 'open', 'pending', 'unfulfilled'],
    ['processing', {}, 'open', 'pending', 'unfulfilled'],
    ['processing', paid, 'open', 'paid', 'unfulfilled'],
    ['processing', { ...paid, ...part }, 'open', 'partiallyRefunded', 'unfulfilled'],
    ['processing', { ...paid, ...shipped('partially_fulfilled') }, 'open', 'paid', 'partiallyFulfilled'],
    ['processing', { ...paid, ...shipped({ x: 1 }) }, 'open', 'paid', 'unfulfilled'],
    ['on-hold', {}, 'open', 'pending', 'unfulfilled'],
    ['on-hold', paid, 'open', 'paid', 'unfulfilled'],
    ['failed', paid, 'open', 'failed', 'unfulfilled'],
    ['completed', {}, 'completed', 'paid', 'fulfilled'],
    ['completed', { ...done, ...all }, 'completed', 'refunded', 'fulfilled'],
    ['completed', { ...done, ...shipped('unfulfilled') }, 'completed', 'paid', 'unfulfilled'],
    ['refunded', { ...paid, ...all }, 'completed', 'refunded', 'unfulfilled'],
    ['refunded', { ...done, ...all }, 'completed', 'refunded', 'fulfilled'],
    ['cancelled', {}, 'canceled', 'voided', 'unfulfilled'],
    ['cancelled', { ...paid, ...all }, 'canceled', 'refunded', 'unfulfilled'],
    ['trash', {}, 'archived', 'other', 'other'],
    ['trash', done, 'archived', 'paid', 'fulfilled'],
    ['checkout-draft', {}, 'other', 'pending', 'unfulfilled'],
    ['auto-draft', {}, 'other', 'pending', 'unfulfilled'],
    ['awaiting-shipment', {}, 'other', 'other', 'other'],
    ['awaiting-shipment', paid, 'other', 'paid', 'other'],
    ['__proto__', {}, 'other', 'other', 'other'],
  ])('in status %s with %j is %s, %s, %s', (status, changes, order, payment, fulfillment) => {
    const record = map({ status, ...changes });
    expect([record.status, record.paymentStatus, record.fulfillmentStatus]).toEqual([order, payment, fulfillment]);
    expect(record.platformStatus).toEqual({ status });
  });

  it('adds up with discounts, fees of either sign and shipping, all without tax', () => {
    const record = map({
      prices_include_tax: true,
      line_items: [{ ...line, subtotal: '12.00', total: '10.00' }],
      shipping_total: '4.12',
      fee_lines: [
        { id: 1, name: 'Cash on delivery', total: '3.00', total_tax: '0.57' },
        { id: 2, name: 'Loyalty', total: '-1.00', total_tax: '' },
      ],
      total: '18.02',
    });
    expect(record.taxesIncluded).toBe(false);
    expect(Object.values(record.totals).map(({ amount }) => amount)).toEqual([
      '12.00',
      '2.00',
      '4.12',
      '2.00',
      '1.90',
      '0.00',
      '18.02',
      '0.00',
    ]);
    expect(record.fees.map(({ kind, amount, tax }) => [kind, amount.amount, tax?.amount])).toEqual([
      ['fee', '3.00', '0.57'],
      ['fee', '-1.00', '0.00'],
    ]);
  });

  it('has no negative discount where a line was priced up by hand', () => {
    const record = map({ line_items: [{ ...line, quantity: 3, subtotal: '9.00', total: '10.00' }] });
    expect(record.lineItems[0]).toMatchObject({
      unitPrice: { amount: '3.333' },
      discount: { amount: '0.00' },
      total: { amount: '10.00' },
    });
  });

  it('is not trusted when it does not add up, and says by how much', () => {
    expect(() => map({ total: '12.50' })).toThrow(
      new Unreadable('the total 12.5 EUR differs from its parts (11.9) by 0.6'),
    );
  });

  it.each<[string, object]>([
    ['no id', { id: null }],
    ['a status that is none', { status: '' }],
    ['a currency of four letters', { currency: 'USDT' }],
    ['an amount that is none', { total: 'free' }],
    ['an amount without end', { total: '1e999' }],
    ['an empty total', { total: '' }],
    ['a million digits', { total: '1'.repeat(1_000_000) }],
    ['no date', { date_created_gmt: null }],
    ['a date that does not exist', { date_created_gmt: '2026-02-30T25:00:00' }],
    ['a date of the shop', { date_created_gmt: '2026-02-03T10:00:00+01:00' }],
    ['lines that are none', { line_items: {} }],
    ['a quantity that is none', { line_items: [{ ...line, quantity: null }] }],
  ])('is refused with a short reason for %s', (_, changes) => {
    let reason = '';
    try {
      map(changes);
    } catch (error) {
      expect(error).toBeInstanceOf(Unreadable);
      reason = error instanceof Error ? error.message : '';
    }
    expect(reason).toMatch(/^.{5,200}$/);
  });

  it('takes what plugins change: numbers as texts, texts as numbers, fractions', () => {
    const record = map({
      id: '7',
      number: 'R-2026/7',
      total: 11.9,
      customer_id: '12',
      line_items: [{ ...line, quantity: '2.5', subtotal: 10, total: 10, product_id: '', variation_id: 0, sku: '' }],
      meta_data: null,
      coupon_lines: null,
    });
    expect(record).toMatchObject({ platformId: '7', number: 'R-2026/7', customer: { id: '12', email: null } });
    expect(record.lineItems[0]).toMatchObject({
      quantity: 2.5,
      productId: null,
      variantId: null,
      sku: null,
      unitPrice: { amount: '4.00' },
    });
  });

  it('decodes names once and drops bookkeeping', () => {
    const record = map({
      line_items: [
        {
          ...line,
          name: 'Tom &amp; Co &#8211; &quot;5&#36;&quot; &amp;lt;b&amp;gt; &unknown; &toString; &#x1F375; &#0; &#xD800;',
          meta_data: [
            { id: 1, key: '_reduced_stock', value: '1', display_key: '_reduced_stock', display_value: '1' },
            { id: 2, key: 'pa_size', value: 's', display_key: 'Gr&ouml;&szlig;e', display_value: 'S &amp; M' },
            { id: 3, key: 'engraving', value: 'Ada' },
            { id: 4, key: 'parts', value: ['a'], display_key: 'Parts', display_value: ['a'] },
          ],
        },
      ],
    });
    expect(record.lineItems[0]?.name).toBe('Tom & Co – "5$" &lt;b&gt; &unknown; &toString; 🍵 &#0; &#xD800;');
    expect(record.lineItems[0]?.options).toEqual([
      { name: 'Gr&ouml;&szlig;e', value: 'S & M' },
      { name: 'engraving', value: 'Ada' },
    ]);
  });

  it('decodes long texts in one pass', () => {
    expect(decodeEntities('&'.repeat(200_000)).length).toBe(200_000);
    expect(decodeEntities('&#'.repeat(200_000)).length).toBe(400_000);
  });

  it.each([
    ['DE-NW', null, 'DE-NW'],
    ['NY', null, 'NY'],
    ['JP13', null, 'JP13'],
    ['00', null, '00'],
    ['Kent', 'Kent', null],
    ['KENT', 'KENT', null],
    ['', null, null],
  ])('keeps the state %j as it is', (state, province, provinceCode) => {
    expect(map({ billing: { city: 'x', state } }).billingAddress).toMatchObject({ province, provinceCode });
  });

  it('knows a guest, a customer, and nobody', () => {
    const billing = { first_name: 'Ada', last_name: '', email: 'ada@example.test', phone: '' };
    expect(map({ customer_id: 0, billing }).customer).toEqual({
      id: null,
      email: 'ada@example.test',
      firstName: 'Ada',
      lastName: null,
      phone: null,
    });
    expect(map({ customer_id: 3 }).customer).toMatchObject({ id: '3', email: null });
    expect(map({ customer_id: 0, billing: { first_name: '' } }).customer).toBeNull();
  });

  it('names shipments a tracking plugin wrote, and leaves alone what is none', () => {
    const tracked = (value: unknown) =>
      map({ meta_data: [{ key: '_wc_shipment_tracking_items', value }] }).fulfillments;
    const item = {
      tracking_id: 'a1',
      tracking_provider: '',
      custom_tracking_provider: 'DHL',
      tracking_number: '1',
      date_shipped: 1795000000,
    };
    expect(tracked([item, { tracking_number: '', date_shipped: 'soon' }])).toEqual([
      {
        id: 'a1',
        status: 'shipped',
        platformStatus: null,
        tracking: [{ company: 'DHL', number: '1', url: null }],
        lineItems: [],
        createdAt: '2026-11-18T11:06:40Z',
        updatedAt: null,
      },
      expect.objectContaining({ id: '2', createdAt: null }),
    ]);
    for (const value of ['x', null, 7, {}, [null], [[]], [{ date_shipped: 1e30 }]]) {
      expect(tracked(value).every(({ createdAt }) => createdAt === null)).toBe(true);
    }
  });
});
