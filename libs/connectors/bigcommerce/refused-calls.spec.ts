import { describe, expect, it } from 'vitest';
import { refusedCall } from './refused-calls.js';

const call = (method: string, path: string, query: Readonly<Record<string, string>> = {}) => ({ method, path, query });

describe('a call of the caller’s own', () => {
  it.each([
    call('DELETE', 'v2/orders'),
    call('delete', 'v2/orders/'),
    call('DELETE', 'v2/orders.json'),
    call('DELETE', 'v2/orders', { 'id:in': '5' }),
    call('DELETE', 'v2/orders/5/shipments'),
    call('DELETE', 'v2/coupons'),
    call('DELETE', 'v2/coupons', { 'id:in': '' }),
    call('DELETE', 'v3/catalog/products', { name: 'Shirt' }),
    call('DELETE', 'v3/catalog/products', { 'id:in': '5,' }),
    call('DELETE', 'v3/customers'),
    call('DELETE', 'v2/orders//'),
    call('DELETE', ''),
  ])('is not made where it could empty a collection: $method $path $query', (given) => {
    expect(refusedCall(given)).toMatch(/ids/);
  });

  it.each([
    call('GET', 'v2/orders'),
    call('PUT', 'v3/catalog/products'),
    call('DELETE', 'v2/orders/118'),
    call('DELETE', 'v2/orders/118/shipments/6'),
    call('DELETE', 'v2/coupons', { 'id:in': '5,6' }),
    call('DELETE', 'v3/customers', { 'id:in': '5' }),
    call('DELETE', 'v3/carts/bc218c65-7a32-4ab7-8082-68730c074d02'),
  ])('is made where it names what it is about: $method $path $query', (given) => {
    expect(refusedCall(given)).toBeUndefined();
  });
});
