import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { catalogueOf } from '../orders/catalogue.js';
import { SHOPS } from '../shops.js';
import { PAID_ORDER, startOrdersApp, type OrdersApp } from '../testing/orders-app.js';

const usd = (amount: string) => ({ shopMoney: { amount, currencyCode: 'USD' } });
const CREATE = `Create($order: OrderCreateOrderInput!) {
  orderCreate(order: $order) { order { id } userErrors { field message code } } }`;

let app: OrdersApp;
beforeEach(async () => void (app = await startOrdersApp()));
afterEach(() => app.running.sandbox.close());

describe('orderCreate', () => {
  test('adds up lines, taxes, shipping and a percentage code', async () => {
    const order = await app.create({
      lineItems: [
        { title: 'Lamp', quantity: 3, priceSet: usd('10.00'), taxLines: [{ title: 'Tax', rate: '0.1' }] },
        { title: 'Rope', quantity: 1, priceSet: usd('5.55'), sku: 'ROPE' },
      ],
      shippingLines: [{ title: 'Standard', priceSet: usd('4.00') }],
      discountCode: { itemPercentageDiscountCode: { code: 'TEN', percentage: 10 } },
      tags: ['b', 'a', 'B'],
      note: 'leave at door',
      sourceIdentifier: 'ext-1',
    });
    // 30.00 + 5.55, less 3.555 spread over both, tax 2.70 on 27.00, shipping 4.00
    expect(order.totalDiscountsSet.shopMoney.amount).toBe('3.56');
    expect(order.totalTaxSet.shopMoney.amount).toBe('2.7');
    expect(order.totalPriceSet.shopMoney.amount).toBe('38.69');
    expect(order).toMatchObject({ tags: ['a', 'b'], note: 'leave at door', sourceIdentifier: 'ext-1' });
    expect(order.discountCodes).toEqual(['TEN']);
    expect(order.number).toBe(1_001 + 138);
    expect(order.fulfillmentOrders.nodes[0]?.status).toBe('OPEN');
  });

  test('takes title, price and SKU from the variant', async () => {
    const [shop] = SHOPS;
    if (shop === undefined) throw new Error('No shop.');
    const [first] = catalogueOf(shop);
    const variantId = `gid://shopify/ProductVariant/${shop.id * 100 + 5_001}`;
    const order = await app.create({ lineItems: [{ variantId, quantity: 1 }] });
    expect(order.lineItems.nodes[0]).toMatchObject({
      sku: first?.sku,
      title: first?.title,
      variant: { id: variantId },
    });
    expect(order.totalPriceSet.shopMoney.amount).toBe('129.99');
  });

  test('makes the payments and parcels it is told of', async () => {
    const paid = await app.create({
      ...PAID_ORDER,
      fulfillmentStatus: 'FULFILLED',
      fulfillment: { locationId: 'gid://shopify/Location/1', trackingNumber: '1Z1', trackingCompany: 'UPS' },
    });
    expect(paid).toMatchObject({ displayFinancialStatus: 'PAID', displayFulfillmentStatus: 'FULFILLED' });
    expect(paid.fulfillments[0]?.trackingInfo[0]?.url).toContain('1Z1');
    const authorized = await app.create({
      ...PAID_ORDER,
      financialStatus: undefined,
      transactions: [{ kind: 'AUTHORIZATION', status: 'SUCCESS', gateway: 'bogus', amountSet: usd('40.00') }],
    });
    expect(authorized.displayFinancialStatus).toBe('AUTHORIZED');
    expect(authorized.totalCapturableSet.shopMoney.amount).toBe('40.0');
  });

  test('finds or makes the customer', async () => {
    const customer = { toUpsert: { email: 'new@example.com', firstName: 'New' } };
    const first = await app.create({ ...PAID_ORDER, customer });
    const second = await app.create({ ...PAID_ORDER, customer: { toAssociate: { id: first.customer?.id } } });
    expect(first.customer?.firstName).toBe('New');
    expect(second.customer?.id).toBe(first.customer?.id);
  });

  test('is the newest of the list at once', async () => {
    const order = await app.create({ ...PAID_ORDER, sourceIdentifier: 'kept' });
    expect((await app.order(order.id)).sourceIdentifier).toBe('kept');
    const { data } = await app.running.ask(
      'north-harbor-outfitters.myshopify.com',
      app.token,
      '{ orders(first: 1, reverse: true, sortKey: CREATED_AT) { nodes { id } } }',
    );
    expect(data?.['orders']).toEqual({ nodes: [{ id: order.id }] });
  });

  test.each([
    [{ lineItems: [] }, ['order', 'lineItems'], 'INVALID', 'Line items must have at least one line item'],
    [{ ...PAID_ORDER, processedAt: '2030-01-01T00:00:00Z' }, ['order', 'processedAt'], 'PROCESSED_AT_INVALID', null],
    [
      { ...PAID_ORDER, customerId: 'gid://shopify/Customer/1', customer: { toUpsert: { email: 'a@example.com' } } },
      ['order'],
      'REDUNDANT_CUSTOMER_FIELDS',
      null,
    ],
    [
      { lineItems: [{ title: 'x', quantity: 1, taxLines: [{ title: 'T', rate: '' }] }] },
      ['order', 'lineItems', '0', 'taxLines', '0', 'rate'],
      'TAX_LINE_RATE_MISSING',
      null,
    ],
    [
      { lineItems: [{ variantId: 'gid://shopify/ProductVariant/1', quantity: 1 }] },
      ['order', 'lineItems', '0', 'variantId'],
      'INVALID',
      null,
    ],
    [{ lineItems: [{ title: 'x', quantity: 0 }] }, ['order', 'lineItems', '0', 'quantity'], 'INVALID', null],
  ])('refuses %j', async (order, field, code, message) => {
    const { payload, errors } = await app.write(CREATE, { order });
    expect(payload['order']).toBeNull();
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatchObject({ field, code, ...(message === null ? {} : { message }) });
  });

  test('needs the scope to write', async () => {
    const { access_token } = await app.running.connect('atelier-lindenhof.myshopify.com', 'read_orders');
    const answer = await app.running.ask('atelier-lindenhof.myshopify.com', access_token, `mutation ${CREATE}`, {
      order: PAID_ORDER,
    });
    expect(answer.errors?.[0]).toMatchObject({ extensions: { code: 'ACCESS_DENIED' } });
  });
});
