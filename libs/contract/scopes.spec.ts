import { expect, it } from 'vitest';
import { isScope, SCOPE_RESOURCES, SCOPES } from './scopes.js';

it('reads and writes every resource, and two more', () => {
  expect(SCOPES).toHaveLength(2 * SCOPE_RESOURCES.length + 2);
  expect(new Set(SCOPES).size).toBe(SCOPES.length);
  expect(SCOPES.every(isScope)).toBe(true);
});

it.each([
  '',
  'read',
  'read:',
  'read:ORDERS',
  'read:orders ',
  'read:orders.pii',
  'write:customers.pii',
  'delete:orders',
  'toString',
])('is exactly its name: %j is none', (text) => {
  expect(isScope(text)).toBe(false);
});
