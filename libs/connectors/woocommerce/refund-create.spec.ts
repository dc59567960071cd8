import type { JsonValue, RefundInput } from '#contract';
import { describe, expect, it } from 'vitest';
import { attempt, eur, order, rejected, shop } from './__fixtures__/answering-shop.js';
import { createRefund } from './refund-create.js';

const refundOf = (quantity: number, total: string, tax: string, id = 90): Readonly<Record<string, JsonValue>> => ({
  id,
  amount: '0.00',
  date_created_gmt: '2026-11-22T11:00:00',
  line_items: [
    {
      quantity: -quantity,
      total: `-${total}`,
      taxes: [{ id: 1, total: `-${tax}` }],
      meta_data: [{ key: '_refunded_item_id', value: '7' }],
    },
  ],
});

describe('a refund', () => {
  const give = async (input: Omit<RefundInput, 'orderId'>, refunds: readonly JsonValue[] = [], of = order()) => {
    const answer = { id: 91, amount: '1.00', line_items: [] };
    const made = shop({ 'GET orders/62': of, 'GET orders/62/refunds': refunds, 'POST orders/62/refunds': answer });
    const result: unknown = await createRefund
      .run(made.store, { orderId: '62', ...input }, attempt)
      .catch((error: unknown) => error);
    return { result, body: made.bodies[0] };
  };
  const cups = (quantity: number, restock?: boolean) => [
    { lineItemId: '7', quantity, ...(restock !== undefined && { restock }) },
  ];

  it('of lines comes to their share, and the last one takes what is left', async () => {
    const first = await give({ lineItems: cups(1) });
    expect(first.body).toMatchObject({
      amount: '3.96',
      line_items: [{ id: 7, quantity: 1, refund_total: 3.33, refund_tax: [{ id: 1, refund_total: 0.63 }] }],
    });
    const rest = await give({ lineItems: cups(1) }, [refundOf(2, '6.66', '1.26')]);
    expect(rest.body).toMatchObject({
      amount: '3.98',
      line_items: [{ refund_total: 3.34, refund_tax: [{ id: 1, refund_total: 0.64 }] }],
    });
    const all = await give({ lineItems: cups(3), shipping: eur('5.00') });
    expect(all.body).toMatchObject({ amount: '17.85' });
  });

  it('of shipping gives its tax back in proportion', async () => {
    const { body } = await give({ shipping: eur('2.50') });
    expect(body).toMatchObject({
      amount: '2.98',
      line_items: [
        {
          id: 8,
          refund_total: 2.5,
          refund_tax: [
            { id: 1, refund_total: 0.48 },
            { id: 2, refund_total: 0 },
          ],
        },
      ],
    });
  });

  it('goes back the way the money came unless it is only to be recorded, and carries its reference', async () => {
    expect((await give({ amount: eur('1.00') })).body).toEqual({
      amount: '1',
      api_refund: true,
      api_restock: false,
      meta_data: [{ key: '_shopspan_reference', value: 'ssp-abc' }],
    });
    expect((await give({ amount: eur('1.00'), payment: 'none' })).body).toMatchObject({ api_refund: false });
    expect((await give({ lineItems: cups(1, true) })).body).toMatchObject({ api_restock: true });
  });

  it.each<[string, Omit<RefundInput, 'orderId'>, (readonly JsonValue[])?]>([
    ['more than is left', { amount: eur('17.86') }],
    ['nothing', { amount: eur('0.00') }],
    ['another currency', { amount: { amount: '1.00', currency: 'USD' } }],
    ['more of a line than was ordered', { lineItems: cups(4) }],
    ['more of a line than is left', { lineItems: cups(2) }, [refundOf(2, '6.67', '1.27')]],
    ['more of a line in two parts', { lineItems: [...cups(2), ...cups(2)] }],
    ['a line of another order', { lineItems: [{ lineItemId: '8', quantity: 1 }] }],
    ['more than the shipping', { shipping: eur('5.01') }],
    ['goods of which only some go back into stock', { lineItems: [...cups(1, true), ...cups(1, false)] }],
  ])('of %s is refused before it is sent', async (_, input, refunds = []) => {
    const { result, body } = await give(input, refunds);
    expect(result).toEqual(rejected);
    expect(body).toBeUndefined();
  });

  it('counts what was given back before', async () => {
    const of = order({ refunds: [{ id: 90, total: '-17.00' }] });
    expect((await give({ amount: eur('0.85') }, [], of)).body).toMatchObject({ amount: '0.85' });
    expect((await give({ amount: eur('0.86') }, [], of)).result).toEqual(rejected);
  });

  describe('whose answer was lost', () => {
    const repeat = createRefund.repeat;
    if (repeat.kind !== 'clientReference') throw new Error('a refund carries a reference');
    const find = (refunds: readonly JsonValue[]) =>
      repeat.find(
        shop({ 'GET orders/62': order(), 'GET orders/62/refunds': refunds }).store,
        { orderId: '62', amount: eur('1.00') },
        attempt,
      );
    const kept = (value: string | undefined, amount = '1.00') => ({
      ...refundOf(1, '1.00', '0.00'),
      amount,
      meta_data: value === undefined ? [] : [{ key: '_shopspan_reference', value }],
    });

    it('is found by its reference', async () => {
      expect(await find([kept('ssp-other'), kept('ssp-abc')])).toMatchObject({ record: { platformId: '90' } });
      expect(await find([kept('ssp-other')])).toBeUndefined();
      expect(await find([])).toBeUndefined();
    });

    it('is left to a person where it may be one that was cut off before its reference was written', async () => {
      await expect(find([kept(undefined)])).rejects.toMatchObject({ code: 'outcome_unknown' });
      expect(await find([kept(undefined, '2.00')])).toBeUndefined();
    });
  });
});
