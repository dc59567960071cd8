import { z } from 'zod';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { USD_SHOP } from '../testing/running-shopify.js';
import { PAID_ORDER, startOrdersApp, type AnsweredOrder, type OrdersApp } from '../testing/orders-app.js';

const REFUND = `R($input: RefundInput!, $key: String!) { refundCreate(input: $input) @idempotent(key: $key) {
  refund { id note totalRefundedSet { shopMoney { amount } } } order { id displayFinancialStatus } userErrors { field message } } }`;
const SUGGEST = `query S($id: ID!, $lines: [RefundLineItemInput!], $full: Boolean) { order(id: $id) {
  suggestedRefund(refundLineItems: $lines, suggestFullRefund: $full, refundShipping: true) {
    amountSet { shopMoney { amount } } maximumRefundableSet { shopMoney { amount } } subtotalSet { shopMoney { amount } }
    suggestedTransactions { gateway kind amountSet { shopMoney { amount } } parentTransaction { id } } } } }`;

let app: OrdersApp;
let keys = 0;
beforeEach(async () => void (app = await startOrdersApp()));
afterEach(() => app.running.sandbox.close());

const refund = (input: unknown, key = `key-${(keys += 1)}`) => app.write(REFUND, { input, key });
const lineOf = (order: AnsweredOrder): string => order.lineItems.nodes[0]?.id ?? '';

function money(order: AnsweredOrder, amount: string) {
  const [payment] = order.transactions;
  return [{ orderId: order.id, parentId: payment?.id, kind: 'REFUND', gateway: 'manual', amount }];
}

describe('suggestedRefund', () => {
  test('quotes lines and shipping and where the money goes back to', async () => {
    const order = await app.create({
      ...PAID_ORDER,
      shippingLines: [{ title: 'Standard', priceSet: { shopMoney: { amount: '5.00', currencyCode: 'USD' } } }],
    });
    const { data } = await app.running.ask(USD_SHOP, app.token, SUGGEST, {
      id: order.id,
      lines: [{ lineItemId: lineOf(order), quantity: 1 }],
    });
    expect(data?.['order']).toEqual({
      suggestedRefund: {
        amountSet: { shopMoney: { amount: '25.0' } },
        maximumRefundableSet: { shopMoney: { amount: '45.0' } },
        subtotalSet: { shopMoney: { amount: '20.0' } },
        suggestedTransactions: [
          {
            gateway: 'manual',
            kind: 'SUGGESTED_REFUND',
            amountSet: { shopMoney: { amount: '25.0' } },
            parentTransaction: { id: order.transactions[0]?.id },
          },
        ],
      },
    });
  });
});

describe('refundCreate', () => {
  test('gives back a line and its money, then the rest', async () => {
    const order = await app.create(PAID_ORDER);
    const line = {
      lineItemId: lineOf(order),
      quantity: 1,
      restockType: 'CANCEL',
      locationId: 'gid://shopify/Location/1',
    };
    const { payload } = await refund({
      orderId: order.id,
      note: 'scratched',
      refundLineItems: [line],
      transactions: money(order, '20.00'),
    });
    expect(payload['refund']).toMatchObject({ note: 'scratched', totalRefundedSet: { shopMoney: { amount: '20.0' } } });
    expect(payload['order']).toMatchObject({ displayFinancialStatus: 'PARTIALLY_REFUNDED' });
    const partly = await app.order(order.id);
    expect(partly.lineItems.nodes[0]).toMatchObject({ currentQuantity: 1, unfulfilledQuantity: 1 });
    await refund({ orderId: order.id, refundLineItems: [line], transactions: money(order, '20.00') });
    const whole = await app.order(order.id);
    expect(whole).toMatchObject({ displayFinancialStatus: 'REFUNDED' });
    expect(whole.currentTotalPriceSet.shopMoney.amount).toBe('0.0');
  });

  test('without transactions only takes goods back', async () => {
    const order = await app.create(PAID_ORDER);
    await refund({
      orderId: order.id,
      refundLineItems: [{ lineItemId: lineOf(order), quantity: 1, restockType: 'NO_RESTOCK' }],
    });
    const after = await app.order(order.id);
    expect(after.totalRefundedSet.shopMoney.amount).toBe('0.0');
    expect(after.refunds[0]?.refundLineItems.nodes).toEqual([{ quantity: 1, restockType: 'NO_RESTOCK' }]);
  });

  test('refuses too many units, too much money and money from nowhere', async () => {
    const order = await app.create(PAID_ORDER);
    const units = await refund({ orderId: order.id, refundLineItems: [{ lineItemId: lineOf(order), quantity: 3 }] });
    expect(units.errors).toEqual([
      {
        field: ['refundLineItems', '0', 'quantity'],
        message: 'Quantity cannot refund more items than were purchased',
      },
    ]);
    const over = await refund({ orderId: order.id, transactions: money(order, '40.01') });
    expect(over.errors[0]?.message).toBe('Refund amount $40.01 is greater than net payment received $40.00');
    const less = await refund({ orderId: order.id, transactions: money(order, '-5.00') });
    expect(less.errors[0]?.message).toBe('Amount must be greater than 0');
    const nowhere = await refund({
      orderId: order.id,
      transactions: [{ orderId: order.id, kind: 'REFUND', gateway: 'manual', amount: '1.00' }],
    });
    expect(nowhere.errors[0]?.message).toBe('Transactions require a parent_id associated with the order');
    expect((await refund({ orderId: 'gid://shopify/Order/1' })).errors[0]?.message).toBe('Order does not exist');
    expect((await app.order(order.id)).refunds).toEqual([]);
  });

  test('may give more than was paid when told so', async () => {
    const order = await app.create(PAID_ORDER);
    const { errors } = await refund({
      orderId: order.id,
      allowOverRefunding: true,
      transactions: money(order, '41.00'),
    });
    expect(errors).toEqual([]);
  });
});

describe('the idempotency key of a refund', () => {
  const input = (order: AnsweredOrder, amount = '10.00') => ({ orderId: order.id, transactions: money(order, amount) });

  test('is required', async () => {
    const order = await app.create(PAID_ORDER);
    const document = REFUND.replace('@idempotent(key: $key)', '').replace(', $key: String!', '');
    const answer = await app.running.ask(USD_SHOP, app.token, `mutation ${document}`, { input: input(order) });
    expect(answer.errors?.[0]).toMatchObject({
      message: 'The @idempotent directive is required for this mutation but was not provided.',
      extensions: { code: 'BAD_REQUEST' },
    });
  });

  test('refunds once, however often it comes, and answers from what is there now', async () => {
    const order = await app.create(PAID_ORDER);
    const [first, second] = [await refund(input(order), 'same'), await refund(input(order), 'same')];
    const id = (payload: Readonly<Record<string, unknown>>) => z.object({ id: z.string() }).parse(payload['refund']).id;
    expect(id(second.payload)).toBe(id(first.payload));
    expect((await app.order(order.id)).refunds).toHaveLength(1);
  });

  test('cannot come with another input', async () => {
    const order = await app.create(PAID_ORDER);
    await refund(input(order), 'same');
    const other = await refund(input(order, '11.00'), 'same');
    expect(other.errors[0]?.message).toContain('idempotency key');
    expect((await app.order(order.id)).refunds).toHaveLength(1);
  });

  test('is forgotten after a day', async () => {
    const order = await app.create(PAID_ORDER);
    await refund(input(order), 'same');
    app.running.clock.advance(24 * 3_600_000);
    const { access_token } = await app.running.connect(
      USD_SHOP,
      'write_orders,read_customers,read_products,read_locations',
    );
    await app.running.ask(USD_SHOP, access_token, `mutation ${REFUND}`, { input: input(order), key: 'same' });
    const query = 'query C($id: ID!) { order(id: $id) { refunds(first: 5) { id } } }';
    const { data } = await app.running.ask(USD_SHOP, access_token, query, { id: order.id });
    expect(z.object({ refunds: z.array(z.unknown()) }).parse(data?.['order']).refunds).toHaveLength(2);
  });
});
