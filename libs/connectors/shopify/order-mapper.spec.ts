import { type OrderRecord, orderRecord } from '#contract';
import { readRecord } from '#kit';
import { describe, expect, it } from 'vitest';
import { allocations, bag, inCurrency, rawLine, rawOrder, rawShipping, rows } from './__fixtures__/raw-order.js';
import { orderReading } from './order-mapper.js';

const read = (raw: ReturnType<typeof rawOrder>): OrderRecord => readRecord(raw, orderReading);
const map = (changes: Parameters<typeof rawOrder>[0] = {}): OrderRecord => read(rawOrder(changes));
const amounts = ({ totals }: OrderRecord) =>
  Object.fromEntries(Object.entries(totals).map(([name, { amount }]) => [name, amount]));

describe('the sum of an order', () => {
  it('adds tax to prices without it', () => {
    expect(amounts(map())).toEqual({
      subtotal: '20.00',
      discount: '0.00',
      shipping: '5.00',
      fees: '0.00',
      tax: '4.75',
      rounding: '0.00',
      total: '29.75',
      refunded: '0.00',
    });
  });

  it('does not add tax to prices that contain it', () => {
    const order = map({ taxesIncluded: true, totalPriceSet: bag('25.0') });
    expect(order.taxesIncluded).toBe(true);
    expect(amounts(order)).toMatchObject({ tax: '4.75', total: '25.00', rounding: '0.00' });
  });

  it('counts discounts on lines and on shipping, each with its own amount', () => {
    const order = map({
      discountApplications: rows([
        { index: 0, code: 'TENOFF' },
        { index: 1, title: 'Free shipping' },
        { index: 2, code: 'UNUSED' },
      ]),
      lineItems: rows([
        rawLine({ discountAllocations: allocations(['2.0', 0]) }),
        rawLine({ id: 'gid://shopify/LineItem/2', discountAllocations: allocations(['1.5', 0], ['0.5', 1]) }),
      ]),
      shippingLines: rows([rawShipping({ discountAllocations: allocations(['5.0', 1]), taxLines: [] })]),
      totalTaxSet: bag('7.6'),
      totalPriceSet: bag('43.6'),
    });
    expect(amounts(order)).toMatchObject({ subtotal: '40.00', discount: '9.00', shipping: '5.00', total: '43.60' });
    expect(order.discounts).toEqual([
      { code: 'TENOFF', name: 'TENOFF', amount: { amount: '3.50', currency: 'EUR' } },
      { code: null, name: 'Free shipping', amount: { amount: '5.50', currency: 'EUR' } },
      { code: 'UNUSED', name: 'UNUSED', amount: { amount: '0.00', currency: 'EUR' } },
    ]);
    expect(order.lineItems[1]).toMatchObject({ discount: { amount: '2.00' }, total: { amount: '18.00' } });
    expect(order.shippingLines[0]).toMatchObject({ price: { amount: '5.00' }, discount: { amount: '5.00' } });
  });

  it('names duties and other fees', () => {
    const order = map({
      originalTotalDutiesSet: bag('3.0'),
      additionalFees: [{ name: 'Import handling', price: bag('1.5') }],
      totalPriceSet: bag('34.25'),
    });
    expect(order.fees).toEqual([
      { kind: 'duty', name: 'Duties', amount: { amount: '3.00', currency: 'EUR' }, tax: null },
      { kind: 'fee', name: 'Import handling', amount: { amount: '1.50', currency: 'EUR' }, tax: null },
    ]);
    expect(amounts(order)).toMatchObject({ fees: '4.50', total: '34.25', rounding: '0.00' });
  });

  it('does not count duties the prices contain', () => {
    const order = map({ originalTotalDutiesSet: bag('3.0'), dutiesIncluded: true });
    expect(order.fees).toEqual([]);
  });

  it('adds a tip that is no line', () => {
    const order = map({ totalTipReceivedSet: bag('4.0'), totalPriceSet: bag('33.75') });
    expect(order.fees).toEqual([{ kind: 'tip', name: 'Tip', amount: { amount: '4.00', currency: 'EUR' }, tax: null }]);
    expect(order.lineItems).toHaveLength(1);
  });

  it('counts a tip that is also a line once, as a fee', () => {
    const tip = rawLine({
      id: 'gid://shopify/LineItem/9',
      name: 'Trinkgeld',
      quantity: 1,
      nonFulfillableQuantity: 1,
      requiresShipping: false,
      originalUnitPriceSet: bag('4.0'),
      originalTotalSet: bag('4.0'),
      taxLines: [],
      product: null,
      variant: null,
    });
    const order = map({
      lineItems: rows([rawLine(), tip]),
      totalTipReceivedSet: bag('4.0'),
      totalPriceSet: bag('33.75'),
    });
    expect(order.lineItems.map(({ id }) => id)).toEqual(['gid://shopify/LineItem/1']);
    expect(order.fees).toMatchObject([{ kind: 'tip', name: 'Trinkgeld', amount: { amount: '4.00' } }]);
    expect(amounts(order)).toMatchObject({ subtotal: '20.00', fees: '4.00', total: '33.75', rounding: '0.00' });
  });

  it('does not take a product for the tip because its price is the same', () => {
    const order = map({ totalTipReceivedSet: bag('20.0'), totalPriceSet: bag('49.75') });
    expect(order.lineItems).toHaveLength(1);
  });

  it('keeps units that were refunded or removed: the platform’s total keeps them too', () => {
    const order = map({
      refunds: [
        {
          id: 'gid://shopify/Refund/1',
          createdAt: '2026-11-21T08:30:00Z',
          note: 'Wrong size',
          totalRefundedSet: bag('11.9'),
          refundLineItems: rows([
            { quantity: 1, lineItem: { id: 'gid://shopify/LineItem/1' }, subtotalSet: bag('10.0') },
          ]),
        },
      ],
      totalRefundedSet: bag('11.9'),
    });
    expect(order.lineItems[0]).toMatchObject({ quantity: 2, refundedQuantity: 1 });
    expect(amounts(order)).toMatchObject({ subtotal: '20.00', total: '29.75', refunded: '11.90' });
    expect(order.refunds).toEqual([
      {
        id: 'gid://shopify/Refund/1',
        amount: { amount: '11.90', currency: 'EUR' },
        reason: 'Wrong size',
        lineItems: [
          { lineItemId: 'gid://shopify/LineItem/1', quantity: 1, amount: { amount: '10.00', currency: 'EUR' } },
        ],
        createdAt: '2026-11-21T08:30:00Z',
      },
    ]);
  });

  it('calls a cent per line rounding, and more than that unreadable', () => {
    expect(amounts(map({ totalPriceSet: bag('29.77') }))).toMatchObject({ rounding: '0.02', total: '29.77' });
    expect(() => map({ totalPriceSet: bag('29.80') })).toThrow(/differs from its parts \(29\.75\) by 0\.05/);
  });

  it('follows the currency: yen have no decimals, dinars three', () => {
    const yen = inCurrency(
      rawOrder({
        lineItems: rows([rawLine({ originalUnitPriceSet: bag('1000.0'), originalTotalSet: bag('2000.0') })]),
        shippingLines: rows([]),
        totalTaxSet: bag('200.0'),
        totalPriceSet: bag('2200.0'),
        taxLines: [],
      }),
      'JPY',
    );
    expect(amounts(read(yen))).toMatchObject({ subtotal: '2000', tax: '200', total: '2200' });
    const dinars = inCurrency(
      rawOrder({
        lineItems: rows([
          rawLine({
            quantity: 3,
            originalUnitPriceSet: bag('3.333'),
            originalTotalSet: bag('9.999'),
            discountAllocations: allocations(['0.001', 0]),
          }),
        ]),
        shippingLines: rows([]),
        totalTaxSet: null,
        totalPriceSet: bag('9.998'),
      }),
      'KWD',
    );
    expect(amounts(read(dinars))).toMatchObject({ subtotal: '9.999', discount: '0.001', total: '9.998' });
    expect(read(dinars).lineItems[0]).toMatchObject({ unitPrice: { amount: '3.333' }, total: { amount: '9.998' } });
  });

  it('believes the amount of a line where its price was rounded in conversion', () => {
    const order = map({
      lineItems: rows([
        rawLine({ quantity: 10, originalUnitPriceSet: bag('9.13'), originalTotalSet: bag('91.25'), taxLines: [] }),
      ]),
      shippingLines: rows([]),
      totalTaxSet: bag('0.0'),
      totalPriceSet: { ...bag('91.25'), presentmentMoney: { amount: '99.90', currencyCode: 'USD' } },
    });
    expect(order.lineItems[0]).toMatchObject({ unitPrice: { amount: '9.125' }, total: { amount: '91.25' } });
    expect(amounts(order)).toMatchObject({ subtotal: '91.25', rounding: '0.00' });
    expect(order.presentment).toEqual({ currency: 'USD', total: { amount: '99.90', currency: 'USD' } });
  });

  it('does not believe the amount of a line that is not rounding', () => {
    const line = rawLine({ originalTotalSet: bag('10.0') });
    expect(amounts(map({ lineItems: rows([line]) }))).toMatchObject({ subtotal: '20.00', total: '29.75' });
  });

  it.each([
    ['an amount in another currency', { totalTaxSet: bag('4.75', 'USD') }, /an amount is in USD, the order in EUR/],
    ['an amount that is none', { totalTaxSet: bag('1e3') }, /not a decimal amount/],
    ['an amount without end', { totalTaxSet: bag('9'.repeat(1000)) }, /not a decimal amount/],
    ['a currency that is none', { currencyCode: 'euro' }, /no ISO 4217 currency/],
    [
      'a buyer’s currency that is none',
      { totalPriceSet: { ...bag('29.75'), presentmentMoney: { amount: '1', currencyCode: 'USDC' } } },
      /no ISO 4217 currency: USDC/,
    ],
    [
      'a tax rate that is none',
      { taxLines: [{ title: 'VAT', rate: 'much', priceSet: bag('4.75') }] },
      /^taxLines\.0\.rate: /,
    ],
    ['a date that is none', { createdAt: 'yesterday' }, /not an instant/],
  ])('is not made up from %s', (_what, changes, reason) => {
    expect(() => map(changes)).toThrow(reason);
  });
});

describe('an order', () => {
  it.each([
    ['open', {}],
    ['archived', { closed: true }],
    ['canceled', { cancelledAt: '2026-11-21T08:30:00Z', cancelReason: 'FRAUD' }],
    ['canceled', { cancelledAt: '2026-11-21T08:30:00Z', closed: true }],
  ])('is %s when it is %j', (status, changes) => {
    expect(map(changes).status).toBe(status);
  });

  it('keeps the platform’s own words', () => {
    const order = map({
      displayFinancialStatus: 'EXPIRED',
      displayFulfillmentStatus: 'ON_HOLD',
      returnStatus: 'RETURN_REQUESTED',
      cancelledAt: '2026-11-21T10:00:00+01:00',
      cancelReason: 'FRAUD',
    });
    expect(order).toMatchObject({ paymentStatus: 'voided', fulfillmentStatus: 'other' });
    expect(order.canceledAt).toBe('2026-11-21T09:00:00Z');
    expect(order.platformStatus).toEqual({
      financial: 'EXPIRED',
      fulfillment: 'ON_HOLD',
      return: 'RETURN_REQUESTED',
      cancelReason: 'FRAUD',
    });
  });

  it('without a payment status has none of ours', () => {
    const order = map({ displayFinancialStatus: null });
    expect(order.paymentStatus).toBe('other');
    expect(order.platformStatus).not.toHaveProperty('financial');
  });

  it('keeps withheld personal data null', () => {
    const order = map({ email: null, customer: { id: 'gid://shopify/Customer/3', firstName: null, lastName: null } });
    expect(order.customer).toEqual({
      id: 'gid://shopify/Customer/3',
      email: null,
      firstName: null,
      lastName: null,
      phone: null,
    });
  });

  it('of a guest names the payer, and of nobody no one', () => {
    const billingAddress = { firstName: 'Grace', lastName: 'Hopper', countryCodeV2: 'DE', zip: '10115' };
    const order = map({ customer: null, billingAddress });
    expect(order.customer).toMatchObject({ id: null, email: 'ada@example.com', firstName: 'Grace' });
    expect(order.billingAddress).toMatchObject({ countryCode: 'DE', postalCode: '10115', city: null });
    expect(map({ customer: null, email: null, billingAddress }).customer).toBeNull();
  });

  it('has lines without products once those are deleted', () => {
    const order = map({ lineItems: rows([rawLine({ product: null, variant: null, sku: null })]) });
    expect(order.lineItems[0]).toMatchObject({ productId: null, variantId: null, sku: null, options: [] });
  });

  it('shows the options of a variant, but not the one of products without', () => {
    const only = { id: 'v', selectedOptions: [{ name: 'Title', value: 'Default Title' }] };
    expect(map().lineItems[0]?.options).toEqual([{ name: 'Color', value: 'Blue' }]);
    expect(map({ lineItems: rows([rawLine({ variant: only })]) }).lineItems[0]?.options).toEqual([]);
  });

  it.each([
    ['shipped', 'SUCCESS', 'FULFILLED', 2],
    ['delivered', 'SUCCESS', 'DELIVERED', 2],
    ['pending', 'SUCCESS', 'LABEL_PURCHASED', 2],
    ['shipped', 'SUCCESS', null, 2],
    ['other', 'SUCCESS', 'TELEPORTED', 2],
    ['canceled', 'CANCELLED', 'DELIVERED', 0],
    ['failed', 'FAILURE', 'FAILURE', 0],
    ['other', 'NEW_WORD', 'DELIVERED', 0],
  ])('has a parcel that is %s when it is %s and %s', (status, word, displayStatus, fulfilled) => {
    const shipment = {
      id: 'gid://shopify/Fulfillment/1',
      status: word,
      displayStatus,
      createdAt: '2026-11-21T08:00:00Z',
      updatedAt: '2026-11-21T09:00:00Z',
      trackingInfo: [{ company: 'DHL', number: '1', url: null }],
      fulfillmentLineItems: rows([{ quantity: 2, lineItem: { id: 'gid://shopify/LineItem/1' } }]),
    };
    const order = map({ fulfillments: [shipment] });
    expect(order.fulfillments[0]).toMatchObject({ status, platformStatus: displayStatus ?? word });
    expect(order.lineItems[0]?.fulfilledQuantity).toBe(fulfilled);
  });

  it('prints tax rates plainly', () => {
    const taxLines = [{ title: 'Tiny', rate: 1e-7, priceSet: bag('4.75') }];
    expect(map({ taxLines }).taxLines).toMatchObject([{ name: 'Tiny', rate: '0.0000001' }]);
  });

  it.each([
    ['lines', { lineItems: rows([rawLine()], true) }],
    ['shipping lines', { shippingLines: rows([rawShipping()], true) }],
    ['discounts', { discountApplications: rows([], true) }],
    ['refunded lines', { refunds: [refundOf(rows([], true))] }],
    ['refunds', { refunds: Array.from({ length: 250 }, () => refundOf(rows([]))) }],
  ])('with more %s than were sent is no order', (_what, changes) => {
    expect(() => map(changes)).toThrow('more rows than can be read');
  });

  it('is what the contract says', () => {
    const order = map();
    expect(orderRecord.parse(order)).toEqual(order);
  });
});

describe('an order recorded by another client', () => {
  it('may come in edges, and without what only adds to it', () => {
    const edges = (nodes: readonly ReturnType<typeof rawLine>[]) => ({ edges: nodes.map((node) => ({ node })) });
    const { test: _test, tags: _tags, refunds: _refunds, fulfillments: _shipments, ...rest } = rawOrder();
    const order = read({ ...rest, lineItems: edges([rawLine()]), shippingLines: edges([rawShipping()]) });
    expect(order).toMatchObject({ test: false, tags: [], refunds: [] });
    expect(order.lineItems[0]?.fulfilledQuantity).toBeNull();
  });

  it.each(['lineItems', 'totalPriceSet', 'taxesIncluded', 'displayFulfillmentStatus', 'totalTaxSet', 'closed'])(
    'without %s is refused by that name',
    (field) => {
      const { [field]: _left, ...rest } = rawOrder();
      expect(() => read(rest)).toThrow(new RegExp(`^${field}: `));
    },
  );

  it('without the discounts of a line is refused by that name', () => {
    const { discountAllocations: _left, ...line } = rawLine();
    expect(() => map({ lineItems: rows([line]) })).toThrow(/^lineItems\.nodes\.0\.discountAllocations: /);
  });

  it('that left out an amount which matters does not add up', () => {
    const { totalTipReceivedSet: _left, ...rest } = rawOrder({ totalPriceSet: bag('33.75') });
    expect(() => read(rest)).toThrow(/differs from its parts/);
  });
});

function refundOf(refundLineItems: ReturnType<typeof rows>) {
  return { id: 'gid://shopify/Refund/1', totalRefundedSet: bag('0.0'), refundLineItems };
}
