import { inputPaths, type JsonValue, orderInput, refundInput, requireNamed, shapeOf } from '#contract';
import { jsonAnswer } from '#testing';
import { describe, expect, it } from 'vitest';
import { attempt, order, rejected, shop } from './__fixtures__/answering-shop.js';
import { cancelOrder, updateOrder } from './order-change.js';
import { woocommerce } from './woocommerce.js';

describe('a cancellation', () => {
  const cancel = async (of: Readonly<Record<string, JsonValue>>, refund = false, answers = {}) => {
    const made = shop({
      'GET orders/62': of,
      'PUT orders/62': order({ status: 'cancelled' }),
      'POST orders/62/refunds': { id: 91, amount: '17.85' },
      'POST orders/62/notes': { id: 1 },
      ...answers,
    });
    const input = { orderId: '62', refund, note: 'No longer wanted' };
    const result: unknown = await cancelOrder.run(made.store, input, attempt).catch((error: unknown) => error);
    return { ...made, result, writes: made.sent.filter((name) => !name.startsWith('GET ')) };
  };
  const tracking = [{ key: '_wc_shipment_tracking_items', value: [{ tracking_number: '1' }] }];

  it.each<[string, Readonly<Record<string, JsonValue>>]>([
    ['was completed', { status: 'completed' }],
    ['was sent', { meta_data: tracking }],
    ['was refunded', { status: 'refunded' }],
    ['lies in the trash', { status: 'trash' }],
    ['is in a state of some plugin', { status: 'shipped' }],
  ])('of an order that %s is refused', async (_, changes) => {
    const { result, writes } = await cancel(order(changes));
    expect(result).toEqual(rejected);
    expect(writes).toEqual([]);
  });

  it('gives back what is left first, if that is asked for', async () => {
    const paid = await cancel(order({ refunds: [{ id: 90, total: '-7.85' }] }), true);
    expect(paid.writes).toEqual(['POST orders/62/refunds', 'POST orders/62/notes', 'PUT orders/62']);
    expect(paid.bodies[0]).toMatchObject({ amount: '10', api_refund: true, api_restock: false });
    const unpaid = await cancel(order({ date_paid_gmt: null }), true);
    expect(unpaid.writes).toEqual(['POST orders/62/notes', 'PUT orders/62']);
    const again = await cancel(order({ status: 'cancelled', refunds: [{ id: 90, total: '-17.85' }] }), true);
    expect([again.writes, again.result]).toEqual([
      [],
      expect.objectContaining({ record: expect.anything() as unknown }),
    ]);
  });

  it('does not happen when the money cannot be given back', async () => {
    const failing = () => jsonAnswer({ code: 'woocommerce_rest_cannot_create_order_refund', message: 'No.' }, {}, 500);
    const { writes, result } = await cancel(order(), true, { 'POST orders/62/refunds': failing });
    expect(writes).toEqual(['POST orders/62/refunds']);
    expect(result).toEqual(rejected);
  });

  it('that stops after the money was given back says so', async () => {
    const { result } = await cancel(order(), true, { 'PUT orders/62': () => jsonAnswer({}, {}, 503) });
    expect(result).toMatchObject({ code: 'platform_unavailable' });
    expect(String(result)).toContain('The money was given back, but the order is not canceled');
  });
});

describe('a change of an order', () => {
  const change = async (of: Readonly<Record<string, JsonValue>>, input: object, answers = {}) => {
    const made = shop({ 'GET orders/62': of, 'PUT orders/62': of, 'DELETE orders/62': of, ...answers });
    const result: unknown = await updateOrder
      .run(made.store, { orderId: '62', ...input }, attempt)
      .catch((error: unknown) => error);
    return { ...made, result, writes: made.sent.filter((name) => !name.startsWith('GET ')) };
  };

  it.each<[Readonly<Record<string, JsonValue>>, string | undefined]>([
    [{ status: 'on-hold' }, undefined],
    [{ status: 'failed' }, undefined],
    [{ status: 'completed' }, 'processing'],
    [{ status: 'trash' }, 'processing'],
    [{ status: 'cancelled', date_paid_gmt: null }, 'pending'],
    [{ status: 'shipped', date_paid_gmt: null, date_completed_gmt: '2026-11-22T10:00:00' }, 'processing'],
  ])('opens %j as %s', async (changes, status) => {
    const { bodies } = await change(order(changes), { status: 'open' });
    expect(bodies).toEqual(status === undefined ? [] : [{ status }]);
  });

  it('to archived puts it into the trash after all else, and takes one that lies there as done', async () => {
    const both = await change(order({ status: 'trash' }), { status: 'archived', buyerNote: 'x' });
    expect(both.writes).toEqual(['PUT orders/62', 'DELETE orders/62']);
    const gone = () => jsonAnswer({ code: 'woocommerce_rest_already_trashed', message: 'Gone.' }, {}, 410);
    const again = await change(order({ status: 'trash' }), { status: 'archived' }, { 'DELETE orders/62': gone });
    expect(again.result).toMatchObject({ record: { status: 'archived' } });
  });

  it('that stops halfway says what was done', async () => {
    const failing = { 'DELETE orders/62': () => jsonAnswer({}, {}, 503) };
    const { result } = await change(order(), { status: 'archived', buyerNote: 'x' }, failing);
    expect(result).toMatchObject({ code: 'platform_unavailable' });
    expect(String(result)).toContain('The other changes were made, but the order is not archived');
  });

  it.each(['', '0', '62/refunds', '../x', '６２'])('is not asked for by what is no id: %j', async (orderId) => {
    const made = shop({});
    await expect(updateOrder.run(made.store, { orderId, status: 'completed' }, attempt)).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(made.sent).toEqual([]);
  });
});

describe('what is declared to be lost', () => {
  const writes = [
    'orders.create',
    'orders.update',
    'orders.cancel',
    'fulfillments.create',
    'fulfillments.update',
    'refunds.create',
  ];

  it.each(writes)('by %s is a field of its input', (operation) => {
    const shape = shapeOf(operation);
    if (shape?.shape !== 'write') throw new Error('not a write');
    const paths = inputPaths(shape.input);
    for (const path of Object.keys(requireNamed.write(woocommerce, operation).losses)) expect(paths).toContain(path);
  });

  it('is checked against inputs that exist', () => {
    expect(inputPaths(orderInput).size).toBeGreaterThan(30);
    expect(inputPaths(refundInput).size).toBeGreaterThan(5);
  });
});
