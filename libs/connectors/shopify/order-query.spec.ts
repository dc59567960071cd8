import { readRecord } from '#kit';
import { describe, expect, it } from 'vitest';
import { rawOrder } from './__fixtures__/raw-order.js';
import { orderReading } from './order-mapper.js';
import { fits, ORDER_FILTERS, searchQuery } from './order-query.js';
import { PAYMENT } from './order-status.js';

describe('the search query', () => {
  it('is none without filters, never an empty one', () => {
    expect(searchQuery({})).toBeNull();
    expect(searchQuery({ status: [] })).toBeNull();
  });

  it('quotes instants and joins the terms', () => {
    expect(
      searchQuery({
        updatedSince: new Date('2026-11-22T10:00:00Z'),
        createdSince: new Date('2026-11-01T00:00:00Z'),
        createdUntil: new Date('2026-12-01T00:00:00Z'),
      }),
    ).toBe(
      "updated_at:>='2026-11-22T10:00:00Z' AND created_at:>='2026-11-01T00:00:00Z' AND created_at:<'2026-12-01T00:00:00Z'",
    );
  });

  it('widens fractions of a second to the platform’s resolution', () => {
    const instant = new Date('2026-11-22T10:00:00.500Z');
    expect(searchQuery({ updatedSince: instant })).toBe("updated_at:>='2026-11-22T10:00:00Z'");
    expect(searchQuery({ createdUntil: instant })).toBe("created_at:<'2026-11-22T10:00:01Z'");
  });

  it.each([
    [{ status: ['open'] as const }, 'status:open'],
    [{ status: ['archived', 'canceled'] as const }, '(status:closed OR status:cancelled)'],
    [{ paymentStatus: ['partiallyRefunded'] as const }, 'financial_status:partially_refunded'],
    [{ paymentStatus: ['voided'] as const }, '(financial_status:expired OR financial_status:voided)'],
    [{ fulfillmentStatus: ['partiallyFulfilled'] as const }, 'fulfillment_status:partial'],
    [{ number: '#1001' }, "name:'#1001'"],
    [{ customerEmail: 'ada@example.com' }, "email:'ada@example.com'"],
  ])('of %j is %s', (filter, query) => {
    expect(searchQuery(filter)).toBe(query);
  });

  it.each([
    ["' OR 1", "name:'\\' OR 1'"],
    ["x' OR status:open OR name:'y", "name:'x\\' OR status:open OR name:\\'y'"],
    ["\\' OR 1", "name:'\\\\\\' OR 1'"],
    ['a\\', "name:'a\\\\'"],
    ['"" OR (status:any)', `name:'"" OR (status:any)'`],
  ])('keeps the number %j inside its quotes', (number, query) => {
    expect(searchQuery({ number })).toBe(query);
    // Read back as the platform's grammar does: one phrase, and nothing after it.
    expect(query).toMatch(/^name:'(?:\\.|[^'\\])*'$/s);
  });

  it.each([
    { status: ['completed'] as const },
    { status: ['open', 'other'] as const },
    { paymentStatus: ['failed'] as const },
    { fulfillmentStatus: ['unfulfilled'] as const },
  ])('does not quietly leave out %j', (filter) => {
    expect(() => searchQuery(filter)).toThrow(expect.objectContaining({ code: 'filter_unsupported' }) as unknown);
  });

  it('has a term for every value it declares', () => {
    for (const name of ['status', 'paymentStatus', 'fulfillmentStatus'] as const) {
      const values = ORDER_FILTERS[name];
      for (const value of Array.isArray(values) ? values : []) {
        expect(searchQuery({ [name]: [value] })).toMatch(/:\w/);
      }
    }
    expect(ORDER_FILTERS.paymentStatus).toEqual([...new Set(Object.values(PAYMENT))]);
  });
});

describe('a found order', () => {
  const order = (changes: Parameters<typeof rawOrder>[0]) => readRecord(rawOrder(changes), orderReading);

  it.each([
    [{ number: '#1001' }, { name: '#1001' }, true],
    [{ number: '#1001' }, { name: '#10012' }, false],
    [{ number: '#1001' }, { name: '#1001-A' }, false],
    [{ customerEmail: 'ADA@example.com' }, { email: 'ada@Example.com' }, true],
    [{ customerEmail: 'ada@example.com' }, { email: 'ada@example.com.au' }, false],
    [{ customerEmail: 'ada@example.com' }, { email: null }, true],
    [{ status: ['open'] as const }, { closed: true }, false],
    [{ status: ['archived'] as const }, { closed: true, cancelledAt: '2026-11-21T00:00:00Z' }, false],
    [{ status: ['archived'] as const }, { closed: true }, true],
    [{ paymentStatus: ['voided'] as const }, { displayFinancialStatus: 'EXPIRED' }, true],
    [{ paymentStatus: ['paid'] as const }, { displayFinancialStatus: 'REFUNDED' }, false],
    [{ fulfillmentStatus: ['partiallyFulfilled'] as const }, { displayFulfillmentStatus: 'ON_HOLD' }, false],
    [{ status: [] }, { closed: true }, true],
  ])('by %j that is %j fits: %s', (filter, changes, expected) => {
    expect(fits(filter, order(changes))).toBe(expected);
  });
});
