import { z } from 'zod';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { USD_SHOP } from '../testing/running-shopify.js';
import { PAID_ORDER, startOrdersApp, type OrdersApp } from '../testing/orders-app.js';

const NOWHERE = 'gid://shopify/Order/1';
const UPDATE = 'U($input: OrderInput!) { orderUpdate(input: $input) { order { id } userErrors { field message } } }';
const CANCEL = `C($orderId: ID!, $reason: OrderCancelReason!, $restock: Boolean!, $refundMethod: OrderCancelRefundMethodInput,
  $note: String) { orderCancel(orderId: $orderId, reason: $reason, restock: $restock, refundMethod: $refundMethod, staffNote: $note) {
  job { id done } orderCancelUserErrors { field message code } userErrors { field message } } }`;
const byId = (name: string, type: string): string =>
  `A($input: ${type}!) { ${name}(input: $input) { order { id } userErrors { field message } } }`;
const CAPTURE = `C($input: OrderCaptureInput!) { orderCapture(input: $input) { transaction { id kind status parentTransaction { id } }
  userErrors { field message } } }`;

let app: OrdersApp;
beforeEach(async () => void (app = await startOrdersApp()));
afterEach(() => app.running.sandbox.close());

const authorization = (amount: string) => ({
  kind: 'AUTHORIZATION',
  gateway: 'bogus',
  amountSet: { shopMoney: { amount, currencyCode: 'USD' } },
});

describe('orderUpdate', () => {
  test('replaces what is given and nothing else', async () => {
    const order = await app.create({ ...PAID_ORDER, note: 'old', tags: ['one'] });
    await app.write(UPDATE, {
      input: { id: order.id, tags: ['two', 'three'], shippingAddress: { city: 'Graz', countryCode: 'AT' } },
    });
    const after = await app.order(order.id);
    expect(after).toMatchObject({ note: 'old', tags: ['three', 'two'], shippingAddress: { country: 'Austria' } });
  });

  test('refuses an empty change and an unknown order', async () => {
    const order = await app.create(PAID_ORDER);
    expect((await app.write(UPDATE, { input: { id: order.id } })).errors).toEqual([
      { field: null, message: 'No valid update parameters have been provided' },
    ]);
    expect((await app.write(UPDATE, { input: { id: NOWHERE, note: 'x' } })).errors[0]?.message).toBe(
      'Order does not exist',
    );
  });
});

describe('orderCancel', () => {
  const cancel = (orderId: string, more: Record<string, unknown> = {}) =>
    app.write(CANCEL, { orderId, reason: 'CUSTOMER', restock: true, ...more });

  test('answers with a job; then the order is cancelled and its money given back', async () => {
    const order = await app.create(PAID_ORDER);
    const { payload } = await cancel(order.id, {
      refundMethod: { originalPaymentMethodsRefund: true },
      note: 'asked by phone',
    });
    const job = z.object({ id: z.string(), done: z.boolean() }).parse(payload['job']);
    expect(job.done).toBe(false);
    const query = 'query J($id: ID!) { job(id: $id) { id done } }';
    expect((await app.running.ask(USD_SHOP, app.token, query, { id: job.id })).data?.['job']).toMatchObject({
      done: true,
    });
    const after = await app.order(order.id);
    expect(after).toMatchObject({ cancelReason: 'CUSTOMER', displayFinancialStatus: 'REFUNDED' });
    expect(after.cancellation?.staffNote).toBe('asked by phone');
    expect(after.currentTotalPriceSet.shopMoney.amount).toBe('0.0');
    expect(after.fulfillmentOrders.nodes.map(({ status }) => status)).toEqual(['CANCELLED']);
  });

  test('voids what was only authorized', async () => {
    const order = await app.create({ lineItems: PAID_ORDER.lineItems, transactions: [authorization('40.00')] });
    await cancel(order.id);
    expect((await app.order(order.id)).displayFinancialStatus).toBe('VOIDED');
  });

  test('refuses a second time, a sent order and an unknown one', async () => {
    const order = await app.create(PAID_ORDER);
    await cancel(order.id);
    expect((await cancel(order.id)).errors[0]).toMatchObject({
      message: 'Cannot cancel an order that has already been canceled',
      code: 'INVALID',
    });
    const sent = await app.create({ ...PAID_ORDER, fulfillmentStatus: 'FULFILLED' });
    expect((await cancel(sent.id)).errors[0]?.message).toContain('has outstanding fulfillments');
    expect((await cancel(NOWHERE)).errors[0]?.code).toBe('NOT_FOUND');
    expect((await cancel(sent.id, { note: 'x'.repeat(256) })).errors).toHaveLength(1);
  });
});

describe('closing, paying, capturing, voiding, deleting', () => {
  test('an order is closed and opened again', async () => {
    const { id } = await app.create(PAID_ORDER);
    await app.write(byId('orderClose', 'OrderCloseInput'), { input: { id } });
    expect((await app.order(id)).closed).toBe(true);
    await app.write(byId('orderOpen', 'OrderOpenInput'), { input: { id } });
    expect((await app.order(id)).closed).toBe(false);
  });

  test('an order is marked as paid, once', async () => {
    const { id } = await app.create({ ...PAID_ORDER, financialStatus: 'PENDING' });
    expect((await app.order(id)).displayFinancialStatus).toBe('PENDING');
    const pay = byId('orderMarkAsPaid', 'OrderMarkAsPaidInput');
    await app.write(pay, { input: { id } });
    expect((await app.order(id)).displayFinancialStatus).toBe('PAID');
    expect((await app.write(pay, { input: { id } })).errors[0]?.message).toBe('Order cannot be marked as paid.');
  });

  test('an authorization is captured in parts, never beyond itself', async () => {
    const order = await app.create({ lineItems: PAID_ORDER.lineItems, transactions: [authorization('40.00')] });
    const parentTransactionId = order.transactions[0]?.id;
    const capture = (amount: string) => app.write(CAPTURE, { input: { id: order.id, parentTransactionId, amount } });
    const { payload } = await capture('15.00');
    expect(payload['transaction']).toMatchObject({ kind: 'CAPTURE', parentTransaction: { id: parentTransactionId } });
    expect((await app.order(order.id)).displayFinancialStatus).toBe('PARTIALLY_PAID');
    expect((await capture('25.01')).errors).toHaveLength(1);
    expect((await capture('25.00')).errors).toEqual([]);
    expect((await app.order(order.id)).displayFinancialStatus).toBe('PAID');
    expect((await capture('1.00')).errors).toHaveLength(1);
  });

  test('an authorization is voided unless something was captured', async () => {
    const order = await app.create({ lineItems: PAID_ORDER.lineItems, transactions: [authorization('40.00')] });
    const document = `V($id: ID!) { transactionVoid(parentTransactionId: $id) { transaction { kind } userErrors { field message code } } }`;
    expect((await app.write(document, { id: order.transactions[0]?.id })).payload['transaction']).toEqual({
      kind: 'VOID',
    });
    expect((await app.order(order.id)).displayFinancialStatus).toBe('VOIDED');
    expect((await app.write(document, { id: order.transactions[0]?.id })).errors[0]?.code).toBe('AUTH_NOT_VOIDABLE');
    expect((await app.write(document, { id: 'gid://shopify/OrderTransaction/1' })).errors[0]?.code).toBe(
      'TRANSACTION_NOT_FOUND',
    );
  });

  test('an order is deleted', async () => {
    const { id } = await app.create(PAID_ORDER);
    const document = 'D($id: ID!) { orderDelete(orderId: $id) { deletedId userErrors { field message code } } }';
    expect((await app.write(document, { id })).payload['deletedId']).toBe(id);
    const gone = await app.running.ask(USD_SHOP, app.token, 'query O($id: ID!) { order(id: $id) { id } }', { id });
    expect(gone.data?.['order']).toBeNull();
    expect((await app.write(document, { id })).errors[0]?.code).toBe('NOT_FOUND');
  });

  test('an id of another type is a failure of the field, not a business error', async () => {
    const answer = await app.running.ask(USD_SHOP, app.token, `mutation ${byId('orderClose', 'OrderCloseInput')}`, {
      input: { id: 'gid://shopify/Product/1' },
    });
    expect(answer.errors?.[0]).toMatchObject({ message: 'invalid id', extensions: { code: 'RESOURCE_NOT_FOUND' } });
  });
});
