import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { basic, makeKey, type RunningSandbox, runSandbox } from '../testing/running-sandbox.js';

const BOOKS = 'buchladen.sandbox.test';
const START = Date.parse('2026-11-22T19:00:00Z');

// What the specs look at; the shape as a whole has specs of its own.
const orderSchema = z.looseObject({
  id: z.number(),
  number: z.string(),
  status: z.string(),
  total: z.string(),
  total_tax: z.string(),
  cart_tax: z.string(),
  discount_total: z.string(),
  discount_tax: z.string(),
  shipping_tax: z.string(),
  date_modified_gmt: z.string(),
  date_paid_gmt: z.string().nullable(),
  date_completed_gmt: z.string().nullable(),
  meta_data: z.array(z.object({ id: z.number(), key: z.string(), value: z.unknown() })),
  line_items: z.array(
    z.looseObject({
      id: z.number(),
      name: z.string(),
      product_id: z.number(),
      variation_id: z.number(),
      quantity: z.number(),
      subtotal: z.string(),
      total: z.string(),
      total_tax: z.string(),
      meta_data: z.array(z.looseObject({ key: z.string(), value: z.unknown() })),
    }),
  ),
  tax_lines: z.array(z.looseObject({ rate_id: z.number(), tax_total: z.string() })),
  coupon_lines: z.array(z.looseObject({ code: z.string(), discount: z.string(), discount_tax: z.string() })),
  refunds: z.array(z.object({ id: z.number(), reason: z.string(), total: z.string() })),
});
type Order = z.infer<typeof orderSchema>;

let sandbox: RunningSandbox;
let seconds = 0;
let headers: Record<string, string>;

beforeAll(async () => {
  sandbox = await runSandbox({ now: () => new Date(START + seconds * 1000) });
  headers = { ...basic(await makeKey(sandbox.url, BOOKS, 'read_write')), 'content-type': 'application/json' };
});
afterAll(() => sandbox.close());

interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly location: string | null;
}

async function send(method: string, path: string, body?: unknown): Promise<Answer> {
  const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
  const response = await fetch(`${sandbox.url}/${BOOKS}/wp-json/wc/v3${path}`, init);
  return { status: response.status, body: await response.json(), location: response.headers.get('location') };
}

async function order(method: string, path: string, body?: unknown): Promise<Order> {
  return orderSchema.parse((await send(method, path, body)).body);
}

const CUP = { product_id: 11, quantity: 1 };

describe('making an order', () => {
  it('takes an empty body', async () => {
    const { status, body, location } = await send('POST', '/orders', {});
    const made = orderSchema.parse(body);
    expect([status, made.status, made.total]).toEqual([201, 'pending', '0.00']);
    expect(location).toBe(`https://${BOOKS}/wp-json/wc/v3/orders/${made.id}`);
    expect(await order('GET', `/orders/${made.id}`)).toEqual(made);
  });

  it('prices lines, coupon, shipping and taxes as the recorded order', async () => {
    const made = await order('POST', '/orders', {
      customer_id: 2,
      billing: { country: 'DE', email: 'a@example.test' },
      line_items: [
        { product_id: 11, quantity: 3 },
        { product_id: 27, variation_id: 30, quantity: 1, subtotal: '18.403361', total: '18.403361' },
      ],
      shipping_lines: [{ method_id: 'flat_rate', method_title: 'DHL', total: '4.12' }],
      coupon_lines: [{ code: 'SOMMER10' }],
    });
    // The amounts of captures/woocommerce/order-create.json, whose shirt cost 21.90.
    expect(made).toMatchObject({
      discount_total: '5.09',
      discount_tax: '0.97',
      shipping_tax: '0.78',
      cart_tax: '8.71',
      total: '59.44',
      total_tax: '9.49',
      coupon_lines: [{ code: 'sommer10', discount: '5.09', discount_tax: '0.97' }],
    });
    expect(made.line_items.map((line) => [line.name, line.subtotal, line.total])).toEqual([
      ['Kaffeebecher „Früh“ 300 ml', '32.52', '29.27'],
      ['T-Shirt „Grüße“ - Grün, M', '18.40', '16.56'],
    ]);
  });

  it('finds a product by its SKU and takes one it does not know', async () => {
    const made = await order('POST', '/orders', {
      line_items: [{ sku: 'VAR-1-RL' }, { product_id: 99_999_999, quantity: 1 }],
    });
    expect(made.line_items.map((line) => [line.product_id, line.variation_id, line.quantity])).toEqual([
      [27, 29, 1],
      [0, 0, 1],
    ]);
  });

  it('taxes by the shipping address and not at all where no rate applies', async () => {
    const abroad = await order('POST', '/orders', { shipping: { country: 'FR' }, line_items: [CUP] });
    expect([abroad.total, abroad.total_tax, abroad.tax_lines]).toEqual(['10.84', '0.00', []]);
  });

  it('pays at once when told so', async () => {
    const made = await order('POST', '/orders', { set_paid: true, payment_method: 'bacs', line_items: [CUP] });
    expect(made.status).toBe('processing');
    expect(made.date_paid_gmt).not.toBeNull();
    const notes = z.array(z.object({ note: z.string() })).parse((await send('GET', `/orders/${made.id}/notes`)).body);
    expect(notes.map((note) => note.note)).toContain('Order status changed from Pending payment to Processing.');
  });

  it('is done as soon as it is paid when there is nothing to pack', async () => {
    const file = { name: 'Hörprobe', type: 'simple', regular_price: '3.00', virtual: true, downloadable: true };
    const { id } = z.looseObject({ id: z.number() }).parse((await send('POST', '/products', file)).body);
    const made = await order('POST', '/orders', { set_paid: true, line_items: [{ product_id: id }] });
    expect([made.status, made['needs_processing'], made.date_completed_gmt === null]).toEqual([
      'completed',
      false,
      false,
    ]);
  });

  it.each([
    [{ customer_id: 99_999_999 }, 'woocommerce_rest_invalid_customer_id', { status: 400 }],
    [{ line_items: [{ quantity: 1 }] }, 'woocommerce_rest_required_product_reference', { status: 400 }],
    [{ shipping_lines: [{ total: '1.00' }] }, 'woocommerce_rest_invalid_shipping_item', { status: 400 }],
    [{ fee_lines: [{ total: '1.00' }] }, 'woocommerce_rest_invalid_fee_item', { status: 400 }],
    [{ coupon_lines: [{ id: 1, code: 'x' }] }, 'woocommerce_rest_coupon_item_id_readonly', { status: 400 }],
    [
      { billing: { email: 'not-an-email' } },
      'rest_invalid_param',
      { status: 400, params: { billing: 'Invalid email address.' } },
    ],
    [{ line_items: [{ product_id: 11, total: 9.5 }] }, 'rest_invalid_param', { status: 400 }],
    [{ status: 'wc-completed' }, 'rest_invalid_param', { status: 400 }],
  ])('refuses %j', async (body, code, data) => {
    const answer = await send('POST', '/orders', body);
    expect(answer).toMatchObject({ status: 400, body: { code, data } });
  });

  it('leaves a draft behind when a coupon is unknown', async () => {
    const answer = await send('POST', '/orders', { line_items: [CUP], coupon_lines: [{ code: 'gibtsnicht' }] });
    const { data } = z.object({ data: z.object({ new_draft_order_id: z.number() }) }).parse(answer.body);
    expect((await order('GET', `/orders/${data.new_draft_order_id}`)).status).toBe('checkout-draft');
  });
});

describe('coupons of an order', () => {
  it('are replaced as a whole, taken back to the full price first, and refused once expired', async () => {
    const body = { line_items: [{ product_id: 11, quantity: 10 }], coupon_lines: [{ code: 'sommer10' }] };
    const made = await order('POST', '/orders', body);
    expect(made.total).toBe('116.10');
    const other = await order('PUT', `/orders/${made.id}`, { coupon_lines: [{ code: 'fünfer' }] });
    expect([other.total, other.coupon_lines.map((line) => line.code)]).toEqual(['124.00', ['fünfer']]);
    const none = await order('PUT', `/orders/${made.id}`, { coupon_lines: [] });
    expect([none.total, none.coupon_lines]).toEqual(['129.00', []]);
    const old = { code: 'gestern', amount: '5', discount_type: 'percent', date_expires_gmt: '2026-11-21T00:00:00' };
    expect((await send('POST', '/coupons', old)).status).toBe(201);
    expect(await send('PUT', `/orders/${made.id}`, { coupon_lines: [{ code: 'gestern' }] })).toMatchObject({
      status: 400,
      body: { code: 'woocommerce_rest_invalid_coupon', message: 'Coupon &quot;gestern&quot; has expired.' },
    });
  });
});

describe('changing an order', () => {
  it('changes only what is named, keeps totals when only the quantity changes, and removes at zero', async () => {
    const made = await order('POST', '/orders', { line_items: [CUP], customer_note: 'a' });
    const [line] = made.line_items;
    const more = await order('PUT', `/orders/${made.id}`, { line_items: [{ id: line?.id, quantity: 5 }] });
    expect([more.line_items[0]?.quantity, more.total, more['customer_note']]).toEqual([5, made.total, 'a']);
    const two = await order('PUT', `/orders/${made.id}`, { line_items: [{ product_id: 13 }] });
    expect(two.line_items).toHaveLength(2);
    expect(two.tax_lines.map((tax) => tax.rate_id)).toEqual([1, 2]);
    const none = await order('PATCH', `/orders/${made.id}`, {
      line_items: two.line_items.map(({ id }) => ({ id, quantity: 0 })),
    });
    expect([none.line_items, none.total]).toEqual([[], '0.00']);
    const foreign = await send('POST', `/orders/${made.id}`, { line_items: [{ id: 1, quantity: 1 }] });
    expect(foreign).toMatchObject({ status: 400, body: { code: 'woocommerce_rest_invalid_item_id' } });
  });

  it('sets dates with the status, takes custom ones, and refuses unknown ones', async () => {
    const made = await order('POST', '/orders', { line_items: [CUP] });
    seconds += 5;
    const done = await order('PUT', `/orders/${made.id}`, { status: 'completed' });
    expect([done.date_paid_gmt, done.date_completed_gmt, done.date_modified_gmt]).toEqual(
      Array(3).fill('2026-11-22T19:00:05'),
    );
    expect((await order('PUT', `/orders/${made.id}`, { status: 'awaiting-pickup' })).status).toBe('awaiting-pickup');
    const unknown = await send('PUT', `/orders/${made.id}`, { status: 'shipped' });
    expect(unknown).toMatchObject({ status: 400, body: { code: 'rest_invalid_param' } });
    expect(await send('PUT', '/orders/99999999', {})).toMatchObject({ status: 400 });
  });

  it('updates meta data by key or id, and a null takes it away', async () => {
    const tracking = { key: '_wc_shipment_tracking_items', value: [{ tracking_number: '1' }] };
    const made = await order('POST', '/orders', { meta_data: [{ key: 'z', value: '1' }, tracking] });
    expect(made.meta_data.map((one) => one.key)).toEqual(['_wc_shipment_tracking_items', 'z']);
    const [id] = made.meta_data.map((one) => one.id);
    const changed = await order('PUT', `/orders/${made.id}`, { meta_data: [{ key: 'z', value: '2' }] });
    expect(changed.meta_data.map((one) => one.value)).toEqual([tracking.value, '2']);
    const gone = await order('PUT', `/orders/${made.id}`, { meta_data: [{ id, key: tracking.key, value: null }] });
    expect(gone.meta_data.map((one) => one.key)).toEqual(['z']);
  });

  it('bumps the date for everything but a note', async () => {
    const made = await order('POST', '/orders', {});
    seconds += 10;
    await send('POST', `/orders/${made.id}/notes`, { note: 'unterwegs', customer_note: true });
    expect((await order('GET', `/orders/${made.id}`)).date_modified_gmt).toBe(made.date_modified_gmt);
    expect((await order('PUT', `/orders/${made.id}`, {})).date_modified_gmt > made.date_modified_gmt).toBe(true);
  });

  it('ignores JSON that does not say so, and carries out forms', async () => {
    const made = await order('POST', '/orders', {});
    const url = `${sandbox.url}/${BOOKS}/wp-json/wc/v3/orders/${made.id}`;
    const { authorization = '' } = headers;
    const put = async (type: string, body: string): Promise<Order> => {
      const init = { method: 'PUT', headers: { authorization, 'content-type': type }, body };
      return orderSchema.parse(await (await fetch(url, init)).json());
    };
    expect((await put('text/plain', '{"status":"completed"}')).status).toBe('pending');
    expect((await put('application/x-www-form-urlencoded', 'status=on-hold')).status).toBe('on-hold');
  });
});

describe('deleting an order', () => {
  it('goes to the trash once, comes back by its status, and is gone for good when forced', async () => {
    const made = await order('POST', '/orders', { status: 'on-hold' });
    const path = `/orders/${made.id}`;
    expect((await order('DELETE', path)).status).toBe('on-hold');
    expect((await order('GET', path)).status).toBe('trash');
    expect(await send('DELETE', path)).toMatchObject({
      status: 410,
      body: { code: 'woocommerce_rest_already_trashed' },
    });
    const restored = await order('PUT', path, { status: 'processing' });
    expect(restored.meta_data.map((one) => one.key)).toEqual(['_wp_trash_meta_status', '_wp_trash_meta_time']);
    expect((await send('DELETE', `${path}?force=true`)).status).toBe(200);
    expect((await send('GET', path)).status).toBe(404);
    expect((await send('DELETE', path)).status).toBe(404);
  });

  it('answers a batch element by element', async () => {
    const made = await order('POST', '/orders', {});
    const answer = await send('POST', '/orders/batch', {
      create: [{ status: 'pending' }],
      update: [
        { id: made.id, status: 'on-hold' },
        { id: 99_999_999, status: 'on-hold' },
      ],
      delete: [made.id],
    });
    expect(answer).toMatchObject({
      status: 200,
      body: {
        create: [{ status: 'pending' }],
        update: [
          { id: made.id, status: 'on-hold' },
          { id: 99_999_999, error: { code: 'woocommerce_rest_shop_order_invalid_id', data: { status: 400 } } },
        ],
        delete: [{ id: made.id }],
      },
    });
    expect((await send('GET', `/orders/${made.id}`)).status).toBe(404);
    const many = await send('POST', '/orders/batch', { create: Array(101).fill({}) });
    expect(many).toMatchObject({ status: 413 });
  });
});

describe('refunding', () => {
  it('computes the amount from lines, and says so on both ends', async () => {
    const made = await order('POST', '/orders', { set_paid: true, payment_method: 'bacs', line_items: [CUP] });
    const [line] = made.line_items;
    const refund_tax = [{ id: '1', refund_total: 1.03 }];
    const line_items = [{ id: line?.id, quantity: 1, refund_total: 5.42, refund_tax }];
    seconds += 1;
    const answer = await send('POST', `/orders/${made.id}/refunds`, { api_refund: false, line_items, reason: 'x' });
    expect(answer).toMatchObject({
      status: 201,
      body: { amount: '6.45', line_items: [{ quantity: -1, total: '-5.42', total_tax: '-1.03' }] },
    });
    expect(answer.location).toContain('(?P%3Corder_id%3E[\\d]+)');
    const after = await order('GET', `/orders/${made.id}`);
    expect([after.status, after.refunds.map((one) => one.total)]).toEqual(['processing', ['-6.45']]);
    expect(after.date_modified_gmt > made.date_modified_gmt).toBe(true);
    await send('POST', `/orders/${made.id}/refunds`, { api_refund: false, amount: '6.45' });
    expect((await order('GET', `/orders/${made.id}`)).status).toBe('refunded');
  });

  it.each([
    [{ amount: '99999.00', api_refund: false }, 'cannot_create_order_refund', 'Invalid refund amount.', 500],
    [{ amount: '-1', api_refund: false }, 'invalid_order_refund', 'Refund amount must be greater than zero.', 400],
    [
      { amount: '1.00' },
      'cannot_create_order_refund',
      'The payment gateway for this order does not support automatic refunds.',
      500,
    ],
  ])('answers 500 to %j', async (body, code, message, data) => {
    const made = await order('POST', '/orders', { payment_method: 'bacs', line_items: [CUP] });
    const answer = await send('POST', `/orders/${made.id}/refunds`, body);
    expect(answer).toMatchObject({ status: 500, body: { code: `woocommerce_rest_${code}`, message, data } });
  });

  it('takes a refund of nothing, pays back by a gateway that can, and lists all', async () => {
    const made = await order('POST', '/orders', { payment_method: 'stripe', line_items: [CUP] });
    expect(await send('POST', `/orders/${made.id}/refunds`, { amount: '0', api_refund: false })).toMatchObject({
      status: 201,
      body: { amount: '0.00' },
    });
    const paid = await send('POST', `/orders/${made.id}/refunds`, { amount: '1.00' });
    expect(paid).toMatchObject({ status: 201, body: { refunded_payment: true } });
    expect((await order('GET', `/orders/${made.id}`)).refunds[0]?.total).toBe('-0.00');
    const { id } = z.object({ id: z.number() }).parse(paid.body);
    expect(await send('GET', `/refunds?include=${id}`)).toMatchObject({ body: [{ id, parent_id: made.id }] });
    expect(await send('DELETE', `/orders/${made.id}/refunds/${id}`)).toMatchObject({ status: 200, body: { id } });
    expect((await order('GET', `/orders/${made.id}`)).refunds).toHaveLength(1);
  });

  it('writes a refund of the rest when the status is set by hand', async () => {
    const made = await order('POST', '/orders', { status: 'processing', line_items: [CUP] });
    const refunded = await order('PUT', `/orders/${made.id}`, { status: 'refunded' });
    expect(refunded.refunds).toMatchObject([{ reason: 'Order fully refunded.', total: '-12.90' }]);
  });
});

describe('a restart', () => {
  it('keeps what was written', async () => {
    const made = await order('POST', '/orders', { line_items: [CUP], coupon_lines: [{ code: 'sommer10' }] });
    await send('POST', `/orders/${made.id}/refunds`, { amount: '1.00', api_refund: false });
    const before = await order('GET', `/orders/${made.id}`);
    sandbox.platform.restore(sandbox.platform.snapshot());
    expect(await order('GET', `/orders/${made.id}`)).toEqual(before);
    expect((await order('POST', '/orders', {})).id).toBeGreaterThan(made.id + 1);
  });
});
