import { describe, expect, test } from 'vitest';
import type { Order } from '../orders/order.js';
import { seedOrders } from '../orders/seed-orders.js';
import { SHOPS, type Shop } from '../shops.js';
import { orderSearch } from './order-search.js';

const NOW = new Date('2026-11-22T12:00:00Z');

function shopOf(currency: string): Shop {
  const shop = SHOPS.find((one) => one.currency === currency);
  if (shop === undefined) throw new Error(currency);
  return shop;
}

const usd = shopOf('USD');
const orders = seedOrders(usd, NOW.getTime());

function find(query: string): readonly Order[] {
  const search = orderSearch(query, usd, NOW);
  expect(search.warnings).toEqual([]);
  return orders.filter(search.matches);
}

const numbers = (found: readonly Order[]): readonly number[] => found.map(({ number }) => number);
const where = (test: (order: Order) => boolean): readonly number[] => numbers(orders.filter(test));

describe('times', () => {
  const middle = orders[60]?.updatedAt ?? 0;
  const quoted = `'${new Date(middle).toISOString().replace('.000Z', 'Z')}'`;

  test.each([
    ['>=', (at: number) => at >= middle],
    ['>', (at: number) => at > middle],
    ['<', (at: number) => at < middle],
    ['<=', (at: number) => at <= middle],
    ['', (at: number) => at === middle],
  ])('updated_at:%s compares to the second', (comparator, expected) => {
    expect(numbers(find(`updated_at:${comparator}${quoted}`))).toEqual(where(({ updatedAt }) => expected(updatedAt)));
  });

  test('a day is a day of the shop', () => {
    const from = Date.parse('2026-11-19T05:00:00Z');
    const found = numbers(find("created_at:'2026-11-19'"));
    expect(found).toEqual(where(({ createdAt }) => createdAt >= from && createdAt < from + 86_400_000));
    expect(found.length).toBeGreaterThan(0);
  });

  test('an offset is obeyed', () => {
    expect(numbers(find("created_at:>='2026-11-19T00:00:00+02:00'"))).toEqual(
      numbers(find("created_at:>='2026-11-18T22:00:00Z'")),
    );
  });

  test('a time without quotes loses its minutes, is taken in the zone of the shop, and warns', () => {
    const search = orderSearch('updated_at:>=2026-11-20T10:30:00Z', usd, NOW);
    expect(search.warnings).toEqual([
      { field: '30', message: 'Invalid search field for this query.', code: 'invalid_field' },
    ]);
    expect(search.parsed).toEqual({
      and: [
        { field: 'updated_at', range_gte: '2026-11-20T10:00:00-05:00' },
        { field: '30', match_all: '00Z' },
      ],
    });
    expect(numbers(orders.filter(search.matches))).toEqual(
      where(({ updatedAt }) => updatedAt >= Date.parse('2026-11-20T15:00:00Z')),
    );
  });

  test('nothing matches what is no time', () => {
    expect(find("updated_at:>='soon'")).toEqual([]);
    expect(find("updated_at:>='2026-99-99T00:00:00Z'").length).toBeLessThan(orders.length);
  });

  test('a comparison with nothing fails', () => {
    expect(() => orderSearch('updated_at:>', usd, NOW)).toThrow();
  });
});

describe('other fields', () => {
  const some = orders[20];
  if (some === undefined) throw new Error('No order.');

  test.each([
    [`id:${some.id}`, (order: Order) => order === some],
    [`id:>=${some.id}`, (order: Order) => order.id >= some.id],
    [`name:#${some.number}`, (order: Order) => order === some],
    [`name:${some.number}`, (order: Order) => order === some],
    ['tag:vip', (order: Order) => order.tags.includes('VIP')],
    ['-tag:VIP', (order: Order) => !order.tags.includes('VIP')],
    ['test:true', (order: Order) => order.test],
    ['email:GUEST@example.com', (order: Order) => order.email === 'guest@example.com'],
    ['email:guest*', (order: Order) => order.email === 'guest@example.com'],
    ['status:cancelled', (order: Order) => order.cancelledAt !== null],
    ['status:open', (order: Order) => order.cancelledAt === null && order.closedAt === null],
    ['status:any', () => true],
    ['tag:VIP OR test:true', (order: Order) => order.test || order.tags.includes('VIP')],
  ])('%s', (query, expected) => {
    const found = numbers(find(query));
    expect(found).toEqual(where(expected));
    expect(found.length).toBeGreaterThan(0);
  });

  test('every financial status finds its own', () => {
    const statuses = [
      'paid',
      'pending',
      'authorized',
      'partially_paid',
      'partially_refunded',
      'refunded',
      'voided',
      'expired',
    ];
    const found = statuses.map((status) => find(`financial_status:${status}`).length);
    expect(found.every((count) => count > 0)).toBe(true);
    expect(found.reduce((sum, count) => sum + count, 0)).toBe(orders.length);
    expect(find('financial_status:paid,pending').length).toBe((found[0] ?? 0) + (found[1] ?? 0));
  });

  test('every fulfilment status finds its own', () => {
    const statuses = ['unfulfilled', 'partial', 'fulfilled'];
    expect(statuses.map((status) => find(`fulfillment_status:${status}`).length).reduce((a, b) => a + b, 0)).toBe(
      orders.length,
    );
    expect(find('fulfillment_status:on_hold').length).toBeGreaterThan(0);
  });

  test.each(['nonsense:1', '-nonsense:1', 'nonsense:1 OR nonsense:2', 'constructor:1'])(
    '%s is left out with a warning',
    (query) => {
      const search = orderSearch(query, usd, NOW);
      expect(search.warnings.length).toBeGreaterThan(0);
      expect(orders.every(search.matches)).toBe(true);
    },
  );

  test('a field of Shopify that is not simulated fails instead of finding everything', () => {
    expect(() => orderSearch('risk_level:high', usd, NOW)).toThrow('risk_level');
  });
});
