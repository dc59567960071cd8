import { expect, test } from 'vitest';
import { isScope, scopeInWords, splitScopes, withImplied, withoutImplied } from './scopes.js';

test('splits a list and drops repetitions', () => {
  expect(splitScopes(' read_orders,write_orders read_orders,,')).toEqual(['read_orders', 'write_orders']);
});

test('knows the form of a scope', () => {
  expect(['read_orders', 'write_draft_orders', 'unauthenticated_read_products'].every(isScope)).toBe(true);
  expect(['orders', 'read-orders', 'read_', 'READ_ORDERS', '<script>'].some(isScope)).toBe(false);
});

test('tells a scope in words', () => {
  expect(scopeInWords('write_draft_orders')).toBe('Edit draft orders');
  expect(scopeInWords('read_all_orders')).toBe('View all orders, also those older than 60 days');
});

test('writing implies reading, both ways', () => {
  expect(withoutImplied(['read_orders', 'write_orders', 'read_customers'])).toEqual(['write_orders', 'read_customers']);
  expect(withImplied(['write_orders', 'read_customers'])).toEqual(['read_orders', 'write_orders', 'read_customers']);
});
