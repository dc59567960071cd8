import type { JsonValue } from '#contract';

type Raw = Readonly<Record<string, JsonValue>>;

/** An amount as the platform prints it. */
export function bag(amount: string, currencyCode = 'EUR'): Raw {
  return { shopMoney: { amount, currencyCode } };
}

export function rows(nodes: readonly JsonValue[], hasNextPage = false, endCursor: string | null = null): Raw {
  return { nodes, pageInfo: { hasNextPage, endCursor } };
}

/** Discounts as pairs of amount and position of the application. */
export function allocations(...discounts: readonly (readonly [string, number])[]): readonly JsonValue[] {
  return discounts.map(([amount, index]) => ({ allocatedAmountSet: bag(amount), discountApplication: { index } }));
}

/** Two pieces at 10.00 with 19 % tax on top, unless said otherwise. */
export function rawLine(changes: Raw = {}): Raw {
  return {
    id: 'gid://shopify/LineItem/1',
    name: 'Mug - Blue / Large',
    sku: 'MUG-BL',
    quantity: 2,
    nonFulfillableQuantity: 0,
    requiresShipping: true,
    originalUnitPriceSet: bag('10.0'),
    originalTotalSet: bag('20.0'),
    discountAllocations: [],
    taxLines: [{ priceSet: bag('3.8') }],
    product: { id: 'gid://shopify/Product/7' },
    variant: { id: 'gid://shopify/ProductVariant/8', selectedOptions: [{ name: 'Color', value: 'Blue' }] },
    ...changes,
  };
}

/** Shipping for 5.00 with 0.95 tax on top, unless said otherwise. */
export function rawShipping(changes: Raw = {}): Raw {
  return {
    id: 'gid://shopify/ShippingLine/1',
    title: 'Standard',
    code: 'standard',
    originalPriceSet: bag('5.0'),
    discountAllocations: [],
    taxLines: [{ priceSet: bag('0.95') }],
    ...changes,
  };
}

/** An open, paid order of one line that adds up: 20.00 + 5.00 + 4.75 tax = 29.75. */
export function rawOrder(changes: Raw = {}): Raw {
  return {
    id: 'gid://shopify/Order/5001',
    name: '#1001',
    createdAt: '2026-11-20T10:00:00Z',
    updatedAt: '2026-11-21T08:30:00Z',
    closed: false,
    cancelledAt: null,
    cancelReason: null,
    test: false,
    note: null,
    tags: [],
    sourceName: 'web',
    email: 'ada@example.com',
    phone: null,
    currencyCode: 'EUR',
    presentmentCurrencyCode: 'EUR',
    taxesIncluded: false,
    dutiesIncluded: false,
    paymentGatewayNames: ['shopify_payments'],
    displayFinancialStatus: 'PAID',
    displayFulfillmentStatus: 'UNFULFILLED',
    returnStatus: 'NO_RETURN',
    totalPriceSet: { ...bag('29.75'), presentmentMoney: { amount: '29.75', currencyCode: 'EUR' } },
    totalTaxSet: bag('4.75'),
    totalRefundedSet: bag('0.0'),
    totalTipReceivedSet: bag('0.0'),
    originalTotalDutiesSet: null,
    additionalFees: [],
    taxLines: [{ title: 'VAT', rate: 0.19, priceSet: bag('4.75') }],
    customer: { id: 'gid://shopify/Customer/3', firstName: 'Ada', lastName: 'Lovelace' },
    billingAddress: null,
    shippingAddress: null,
    discountApplications: rows([]),
    lineItems: rows([rawLine()]),
    shippingLines: rows([rawShipping()]),
    fulfillments: [],
    refunds: [],
    ...changes,
  };
}

/** The same in a currency of its own: replaces it in every amount. */
export function inCurrency(order: Raw, currency: string): Raw {
  return JSON.parse(JSON.stringify(order).replaceAll('"EUR"', JSON.stringify(currency))) as Raw;
}
