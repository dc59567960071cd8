import { type JsonValue, type OrderInput, orderInput, refundInput } from '#contract';
import { describe, expect, it } from 'vitest';
import { type AnsweringStore, answering } from './__fixtures__/answering-store.js';
import { rawOrder, rows } from './__fixtures__/raw-order.js';
import { cancelOrder, updateOrder } from './change-order.js';
import { createOrder } from './create-order.js';
import { createRefund } from './create-refund.js';
import { createFulfillment } from './fulfillments.js';

const ATTEMPT = { key: '00000000-0000-4000-8000-000000000001', reference: 'ssp-1' };
const ORDER = 'gid://shopify/Order/5001';
const data = (answer: Record<string, JsonValue>): JsonValue => ({ data: answer });
const readBack = (changes = {}) => data({ order: rawOrder(changes) });
const rejected = (path: string): unknown =>
  expect.objectContaining({
    code: 'request_rejected',
    context: expect.objectContaining({ fields: [expect.objectContaining({ path })] }),
  });

/** Euro, as the raw orders are. */
const inEuro = (...answers: readonly JsonValue[]): AnsweringStore => ({ ...answering(...answers), currency: 'EUR' });
const variablesOf = (store: AnsweringStore, call: number): Readonly<Record<string, JsonValue>> =>
  store.asked[call]?.variables ?? {};

describe('creating an order', () => {
  const made = data({ orderCreate: { order: { id: ORDER }, userErrors: [] } });
  const custom = { name: 'Mug', quantity: 2, unitPrice: { amount: '10.00', currency: 'EUR' } };
  const create = (store: AnsweringStore, input: unknown) => createOrder.run(store, orderInput.parse(input), ATTEMPT);

  it('sends what was asked, and answers the record', async () => {
    const store = inEuro(made, readBack());
    const { record } = await create(store, { lineItems: [custom], tags: ['a'], reduceStock: false });
    expect(record.platformId).toBe(ORDER);
    expect(variablesOf(store, 0)).toEqual({
      order: {
        lineItems: [{ title: 'Mug', quantity: 2, priceSet: { shopMoney: { amount: '10.00', currencyCode: 'EUR' } } }],
        currency: 'EUR',
        financialStatus: 'PENDING',
        tags: ['a'],
        sourceIdentifier: 'ssp-1',
      },
      options: { inventoryBehaviour: 'BYPASS', sendReceipt: false, sendFulfillmentReceipt: false },
    });
  });

  it.each([
    ['too many lines', { lineItems: Array.from({ length: 251 }, () => custom) }, 'lineItems'],
    ['another currency', { lineItems: [custom], currency: 'USD' }, 'currency'],
    [
      'a price in another currency',
      { lineItems: [{ ...custom, unitPrice: { amount: '1.00', currency: 'USD' } }] },
      'lineItems.0.unitPrice',
    ],
    [
      'shipping in another currency',
      { lineItems: [custom], shippingLines: [{ name: 'x', price: { amount: '1.00', currency: 'USD' } }] },
      'shippingLines.0.price',
    ],
    ['a tag that would become two', { lineItems: [custom], tags: ['a', 'b,c'] }, 'tags.1'],
  ])('with %s is refused before anything is sent', async (_what, input, path) => {
    const store = inEuro();
    await expect(create(store, input)).rejects.toEqual(rejected(path));
    expect(store.asked).toEqual([]);
  });

  it('finds a variant by exactly its SKU, whatever is in it', async () => {
    const sku = "A/1 'x' \\ % \n";
    const found = rows([
      { id: 'gid://shopify/ProductVariant/1', sku: `${sku}-2`, price: '1.00' },
      { id: 'gid://shopify/ProductVariant/2', sku, price: '2.50' },
    ]);
    const store = inEuro(data({ productVariants: found }), made, readBack());
    await create(store, { lineItems: [{ sku, quantity: 3 }], paymentStatus: 'paid' });
    expect(variablesOf(store, 0)['query']).toBe("sku:'A/1 \\'x\\' \\\\ % \n'");
    expect(variablesOf(store, 1)['order']).toMatchObject({
      lineItems: [{ variantId: 'gid://shopify/ProductVariant/2', sku, quantity: 3 }],
      transactions: [
        { kind: 'SALE', status: 'SUCCESS', amountSet: { shopMoney: { amount: '7.50', currencyCode: 'EUR' } } },
      ],
    });
  });

  it.each([
    ['nobody has', []],
    ['two have', ['1', '2']],
  ])('by a SKU that %s is refused, and nothing is written', async (_what, ids) => {
    const nodes = ids.map((id) => ({ id: `gid://shopify/ProductVariant/${id}`, sku: 'A', price: '1.00' }));
    const store = inEuro(data({ productVariants: rows(nodes) }));
    await expect(create(store, { lineItems: [{ sku: 'A', quantity: 1 }] })).rejects.toEqual(
      rejected('lineItems.0.sku'),
    );
    expect(store.asked).toHaveLength(1);
  });

  it('names a known customer, and never renames one', async () => {
    const store = inEuro(made, readBack());
    const customer: OrderInput['customer'] = { id: '3', email: 'ada@example.com', firstName: 'Ada' };
    await create(store, { lineItems: [custom], customer });
    expect(variablesOf(store, 0)['order']).toMatchObject({
      customer: { toAssociate: { id: 'gid://shopify/Customer/3' } },
      email: 'ada@example.com',
    });
  });
});

describe('changing an order', () => {
  const updated = data({ orderUpdate: { order: { id: ORDER }, userErrors: [] } });

  it('says what was done when only the first step was', async () => {
    const store = inEuro(updated, data({ orderClose: { order: null, userErrors: [{ field: null, message: 'No' }] } }));
    const change = updateOrder.run(store, { orderId: ORDER, email: 'x@example.com', status: 'archived' }, ATTEMPT);
    await expect(change).rejects.toMatchObject({
      code: 'request_rejected',
      message: expect.stringMatching(/fields were changed/),
    });
  });

  it('asks for nothing that was not asked for', async () => {
    const store = inEuro(data({ orderOpen: { order: { id: ORDER }, userErrors: [] } }), readBack());
    await updateOrder.run(store, { orderId: '5001', status: 'open' }, ATTEMPT);
    expect(store.asked).toHaveLength(2);
  });
});

describe('canceling an order', () => {
  const started = (done: boolean) =>
    data({ orderCancel: { job: { id: 'gid://shopify/Job/1', done }, orderCancelUserErrors: [] } });
  const canceled = readBack({ cancelledAt: '2026-11-22T10:00:00Z', displayFinancialStatus: 'REFUNDED' });
  const already = data({
    orderCancel: {
      job: null,
      orderCancelUserErrors: [
        { field: ['orderId'], message: 'Cannot cancel an order that has already been canceled', code: 'INVALID' },
      ],
    },
  });

  it('waits for its job and answers the order', async () => {
    const job = (done: boolean) => data({ job: { id: 'gid://shopify/Job/1', done } });
    const store = inEuro(started(false), job(false), job(true), canceled);
    await expect(cancelOrder.run(store, { orderId: ORDER, refund: true }, ATTEMPT)).resolves.toMatchObject({
      record: { status: 'canceled' },
    });
    expect(variablesOf(store, 0)).toMatchObject({
      reason: 'OTHER',
      restock: true,
      notify: false,
      refundMethod: { originalPaymentMethodsRefund: true },
    });
  });

  it('that was canceled before is answered', async () => {
    await expect(cancelOrder.run(inEuro(already, canceled), { orderId: ORDER }, ATTEMPT)).resolves.toMatchObject({
      record: { status: 'canceled' },
    });
  });

  it('that was canceled before without the money is a conflict for who wants it back', async () => {
    const paid = readBack({ cancelledAt: '2026-11-22T10:00:00Z' });
    await expect(
      cancelOrder.run(inEuro(already, paid), { orderId: ORDER, refund: true }, ATTEMPT),
    ).rejects.toMatchObject({ code: 'conflict' });
  });

  it('whose job ended without effect is no success', async () => {
    await expect(cancelOrder.run(inEuro(started(true), readBack()), { orderId: ORDER }, ATTEMPT)).rejects.toMatchObject(
      { code: 'conflict' },
    );
  });
});

describe('a shipment', () => {
  const work = (id: number, location: number, remainingQuantity: number, changes = {}) => ({
    id: `gid://shopify/FulfillmentOrder/${id}`,
    status: 'OPEN',
    supportedActions: [{ action: 'CREATE_FULFILLMENT' }],
    assignedLocation: { location: { id: `gid://shopify/Location/${location}` } },
    lineItems: rows([
      {
        id: `gid://shopify/FulfillmentOrderLineItem/${id}`,
        remainingQuantity,
        lineItem: { id: 'gid://shopify/LineItem/1' },
      },
    ]),
    ...changes,
  });
  const works = (...nodes: readonly JsonValue[]) => data({ order: { fulfillmentOrders: rows(nodes) } });
  const sent = (id: number) =>
    data({ fulfillmentCreate: { fulfillment: { id: `gid://shopify/Fulfillment/${id}` }, userErrors: [] } });
  const shipment = data({
    fulfillment: {
      id: 'gid://shopify/Fulfillment/1',
      order: { id: ORDER },
      status: 'SUCCESS',
      displayStatus: 'FULFILLED',
      createdAt: null,
      updatedAt: null,
    },
  });
  const input = { orderId: ORDER, lineItems: [{ lineItemId: '1', quantity: 5 }] };

  it('is spread over what each location has left, one call for each', async () => {
    const store = inEuro(works(work(1, 7, 3), work(2, 8, 9)), sent(1), sent(2), shipment);
    await createFulfillment.run(store, input, ATTEMPT);
    const parts = [1, 2].map((call) => variablesOf(store, call)['fulfillment']);
    expect(parts).toMatchObject([
      {
        lineItemsByFulfillmentOrder: [
          { fulfillmentOrderId: 'gid://shopify/FulfillmentOrder/1', fulfillmentOrderLineItems: [{ quantity: 3 }] },
        ],
      },
      {
        lineItemsByFulfillmentOrder: [
          { fulfillmentOrderId: 'gid://shopify/FulfillmentOrder/2', fulfillmentOrderLineItems: [{ quantity: 2 }] },
        ],
      },
    ]);
  });

  it('that fails after the first location says what was sent', async () => {
    const refused = data({
      fulfillmentCreate: { fulfillment: null, userErrors: [{ field: ['fulfillment'], message: 'No' }] },
    });
    const store = inEuro(works(work(1, 7, 3), work(2, 8, 9)), sent(1), refused);
    await expect(createFulfillment.run(store, input, ATTEMPT)).rejects.toMatchObject({
      message: expect.stringContaining('gid://shopify/Fulfillment/1'),
    });
  });

  it.each([
    ['more than is left', works(work(1, 7, 3))],
    ['what is on hold', works(work(1, 7, 9, { status: 'ON_HOLD' }))],
    ['what another service sends', works(work(1, 7, 9, { supportedActions: [{ action: 'REQUEST_FULFILLMENT' }] }))],
  ])('of %s is refused, and nothing is sent', async (_what, answer) => {
    const store = inEuro(answer);
    await expect(createFulfillment.run(store, input, ATTEMPT)).rejects.toMatchObject({ code: 'request_rejected' });
    expect(store.asked).toHaveLength(1);
  });

  it('from one location leaves the others alone', async () => {
    const store = inEuro(works(work(1, 7, 3), work(2, 8, 9)));
    await expect(createFulfillment.run(store, { ...input, locationId: '7' }, ATTEMPT)).rejects.toMatchObject({
      message: /Only 3/,
    });
  });
});

describe('a refund', () => {
  const bag = (amount: string) => ({ presentmentMoney: { amount } });
  const payment = (id: number, amount: string) => ({
    gateway: 'card',
    maximumRefundableSet: bag(amount),
    parentTransaction: { id: `gid://shopify/OrderTransaction/${id}` },
  });
  const quote = (changes = {}) =>
    data({
      order: {
        id: ORDER,
        presentmentCurrencyCode: 'CHF',
        refunds: [],
        quote: { amountSet: bag('0.0') },
        whole: { maximumRefundableSet: bag('25.0'), suggestedTransactions: [payment(1, '15.0'), payment(2, '10.0')] },
        ...changes,
      },
    });
  const made = data({ refundCreate: { refund: { id: 'gid://shopify/Refund/9' }, userErrors: [] } });
  const refund = data({
    refund: {
      id: 'gid://shopify/Refund/9',
      order: { id: ORDER, currencyCode: 'EUR' },
      createdAt: null,
      note: 'Late [ref:ssp-1]',
      totalRefundedSet: { shopMoney: { amount: '18.5' } },
    },
  });
  const give = (store: AnsweringStore, input: object) =>
    createRefund.run(store, refundInput.parse({ orderId: ORDER, ...input }), ATTEMPT);

  it("goes back over the payments it came by, in the buyer's currency, under the attempt's key", async () => {
    const store = inEuro(quote(), made, refund);
    const { record } = await give(store, { amount: { amount: '20.00', currency: 'CHF' }, reason: 'Late' });
    expect(record.reason).toBe('Late');
    expect(variablesOf(store, 1)).toMatchObject({
      key: ATTEMPT.key,
      input: {
        currency: 'CHF',
        note: 'Late [ref:ssp-1]',
        transactions: [
          { parentId: 'gid://shopify/OrderTransaction/1', amount: '15.00', kind: 'REFUND', gateway: 'card' },
          { parentId: 'gid://shopify/OrderTransaction/2', amount: '5.00' },
        ],
      },
    });
  });

  it('that an earlier try made is answered, although nothing could be given back any more', async () => {
    const spent = {
      refunds: [{ id: 'gid://shopify/Refund/9', note: 'Late [ref:ssp-1]' }],
      whole: { maximumRefundableSet: bag('0.0'), suggestedTransactions: [] },
    };
    const store = inEuro(quote(spent), refund);
    await expect(give(store, { amount: { amount: '20.00', currency: 'CHF' } })).resolves.toMatchObject({
      record: { platformId: 'gid://shopify/Refund/9' },
    });
    expect(store.asked).toHaveLength(2);
  });

  it.each([
    ['more than was paid', { amount: { amount: '25.01', currency: 'CHF' } }, 'amount'],
    ["another currency than the buyer's", { amount: { amount: '1.00', currency: 'EUR' } }, 'amount'],
    ['shipping in another currency', { shipping: { amount: '1.00', currency: 'EUR' } }, 'shipping'],
  ])('of %s is refused, and nothing is sent', async (_what, input, path) => {
    const store = inEuro(quote());
    await expect(give(store, input)).rejects.toEqual(rejected(path));
    expect(store.asked).toHaveLength(1);
  });

  it('of an amount that nobody pays is refused before anything is asked', async () => {
    const store = inEuro();
    const unpaid = { amount: { amount: '1.00', currency: 'CHF' }, payment: 'none' };
    await expect(give(store, unpaid)).rejects.toEqual(rejected('amount'));
    expect(store.asked).toHaveLength(0);
  });
});
