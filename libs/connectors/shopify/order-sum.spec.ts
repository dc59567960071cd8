import { type JsonValue, orderRecord, Unreadable } from '#contract';
import { readRecord } from '#kit';
import { allowedRounding, type ModelOrder, modelOrders, printedTotals, printMinor, totalsOf } from '#testing';
import { expect, it } from 'vitest';
import { rawLine, rawOrder, rawShipping, rows } from './__fixtures__/raw-order.js';
import { orderReading } from './order-mapper.js';

const ORDERS = modelOrders(300, 7);

/** A model order as the platform prints it: amounts with at least one decimal, discounts as allocations. */
function platformOrder(order: ModelOrder, more = 0): JsonValue {
  const { currency, decimals, lines, shipping, fees, refunds, taxesIncluded } = order;
  const { total, tax, refunded } = totalsOf(order);
  const bag = (value: number) => ({
    shopMoney: {
      amount: new Intl.NumberFormat('en', FORMAT).format(printMinor(value, decimals) as `${number}`),
      currencyCode: currency,
    },
  });
  const off = (value: number) =>
    value === 0 ? [] : [{ allocatedAmountSet: bag(value), discountApplication: { index: 0 } }];
  const [tip, duty, ...others] = fees;
  return rawOrder({
    currencyCode: currency,
    presentmentCurrencyCode: currency,
    taxesIncluded,
    lineItems: rows(
      lines.map(({ price, quantity, discount, tax: lineTax }, index) =>
        rawLine({
          id: `gid://shopify/LineItem/${index + 1}`,
          quantity,
          originalUnitPriceSet: bag(price),
          originalTotalSet: bag(price * quantity),
          discountAllocations: off(discount),
          taxLines: [{ priceSet: bag(lineTax) }],
        }),
      ),
    ),
    shippingLines: rows(
      shipping.map(({ price, discount, tax: shippingTax }, index) =>
        rawShipping({
          id: `gid://shopify/ShippingLine/${index + 1}`,
          originalPriceSet: bag(price),
          discountAllocations: off(discount),
          taxLines: [{ priceSet: bag(shippingTax) }],
        }),
      ),
    ),
    discountApplications: rows([{ index: 0, code: 'OFF' }]),
    totalTipReceivedSet: tip === undefined ? null : bag(tip.price),
    originalTotalDutiesSet: duty === undefined ? null : bag(duty.price),
    additionalFees: others.map(({ price }) => ({ name: 'Handling', price: bag(price) })),
    taxLines: [{ title: 'VAT', rate: null, priceSet: bag(tax) }],
    totalTaxSet: bag(tax),
    totalRefundedSet: bag(refunded),
    totalPriceSet: bag(total + more),
    refunds: refunds.map((amount, index) => ({
      id: `gid://shopify/Refund/${index + 1}`,
      createdAt: '2026-11-21T10:00:00Z',
      note: null,
      totalRefundedSet: bag(amount),
      refundLineItems: rows([]),
    })),
  });
}

const FORMAT = { minimumFractionDigits: 1, maximumFractionDigits: 3, useGrouping: false } as const;

it('orders of any make add up to what they were made of', () => {
  for (const order of ORDERS) {
    const record = readRecord(platformOrder(order), orderReading);
    expect(orderRecord.parse(record)).toEqual(record);
    expect(record.totals).toEqual(printedTotals(order));
    expect(record.taxesIncluded).toBe(order.taxesIncluded);
    const { currency, decimals, lines, refunds } = order;
    const print = (value: number) => ({ amount: printMinor(value, decimals), currency });
    expect(record.lineItems.map(({ unitPrice, discount, total }) => ({ unitPrice, discount, total }))).toEqual(
      lines.map(({ price, quantity, discount }) => ({
        unitPrice: print(price),
        discount: print(discount),
        total: print(price * quantity - discount),
      })),
    );
    expect(record.refunds.map(({ amount }) => amount)).toEqual(refunds.map(print));
  }
});

it('orders that do not add up are not read', () => {
  for (const order of ORDERS) {
    const most = allowedRounding(order);
    for (const left of [most + 1, -most - 1])
      expect(() => readRecord(platformOrder(order, left - order.rounding), orderReading)).toThrow(Unreadable);
  }
});
