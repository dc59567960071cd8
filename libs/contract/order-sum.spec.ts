import { describe, expect, it } from 'vitest';
import { Big } from './money.js';
import { addUpOrder, type OrderAmounts, Unreadable } from './order-sum.js';

function amounts(given: Partial<Record<keyof OrderAmounts, unknown>> = {}): OrderAmounts {
  const plain = {
    currency: 'EUR',
    taxesIncluded: false,
    lines: [],
    discount: 0,
    shipping: 0,
    fees: [],
    tax: 0,
    total: 0,
    refunded: 0,
  };
  const { currency, taxesIncluded, lines, fees, ...rest } = { ...plain, ...given };
  const big = (value: unknown): Big => new Big(String(value));
  const list = (values: unknown): Big[] => (Array.isArray(values) ? values.map(big) : []);
  return {
    currency: String(currency),
    taxesIncluded: taxesIncluded === true,
    lines: list(lines),
    fees: list(fees),
    discount: big(rest.discount),
    shipping: big(rest.shipping),
    tax: big(rest.tax),
    total: big(rest.total),
    refunded: big(rest.refunded),
  };
}

const printed = (given: Parameters<typeof amounts>[0]): Record<string, string> =>
  Object.fromEntries(Object.entries(addUpOrder(amounts(given))).map(([name, { amount }]) => [name, amount]));

describe('the sum of an order', () => {
  it('is subtotal - discount + shipping + fees + tax, before refunds', () => {
    const given = {
      lines: ['10', '5.50'],
      discount: '1.50',
      shipping: '4',
      fees: ['0.30', '2'],
      tax: '3.80',
      total: '24.10',
      refunded: '7',
    };
    expect(printed(given)).toEqual({
      subtotal: '15.50',
      discount: '1.50',
      shipping: '4.00',
      fees: '2.30',
      tax: '3.80',
      rounding: '0.00',
      total: '24.10',
      refunded: '7.00',
    });
  });

  it('does not count tax again that the prices contain', () => {
    const given = { taxesIncluded: true, lines: ['11.90'], tax: '1.90', total: '11.90' };
    expect(printed(given)).toMatchObject({ subtotal: '11.90', tax: '1.90', rounding: '0.00', total: '11.90' });
    expect(() => addUpOrder(amounts({ ...given, taxesIncluded: false }))).toThrow(Unreadable);
  });

  it('may be nothing at all', () => {
    expect(printed({})).toMatchObject({ subtotal: '0.00', total: '0.00', rounding: '0.00' });
  });
});

describe('what is left over', () => {
  // One minor unit for each of two lines, one fee, and the shipping.
  const parts = { lines: ['10', '10'], fees: ['1'], shipping: '4' };

  it.each([
    ['25.04', '0.04'],
    ['24.96', '-0.04'],
    ['25.001', '0.001'],
  ])('of a total of %s is named as rounding: %s', (total, rounding) => {
    expect(printed({ ...parts, total })).toMatchObject({ total, rounding });
  });

  it.each([
    ['25.05', '0.05'],
    ['24.95', '-0.05'],
    ['25.041', '0.041'],
    ['0', '-25'],
  ])('of a total of %s makes the record unreadable, with the difference', (total, difference) => {
    expect(() => addUpOrder(amounts({ ...parts, total }))).toThrow(
      new Unreadable(`the total ${total} EUR differs from its parts (25) by ${difference}`),
    );
  });

  it.each([
    ['JPY', '26', '27'],
    ['KWD', '25.004', '25.005'],
  ])('is measured in the minor unit of %s', (currency, within, beyond) => {
    const scaled = currency === 'JPY' ? { lines: ['25'], total: within } : { ...parts, total: within };
    const limits = currency === 'JPY' ? { ...scaled, total: '28' } : { ...scaled, total: beyond };
    expect(() => addUpOrder(amounts({ ...scaled, currency }))).not.toThrow();
    expect(() => addUpOrder(amounts({ ...limits, currency }))).toThrow(Unreadable);
  });

  it('may be one unit of the shipping alone, in an order without lines', () => {
    expect(printed({ total: '0.01' })).toMatchObject({ rounding: '0.01' });
    expect(() => addUpOrder(amounts({ total: '0.02' }))).toThrow(Unreadable);
  });
});
