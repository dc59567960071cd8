import { describe, expect, it } from 'vitest';
import { recognize } from './recognize.js';

const of = (url: string, method = 'GET') => recognize({ method, url: new URL(url, 'https://example.com'), body: null });

describe('a recorded request', () => {
  it.each([
    ['/wp-json/wc/v3/orders', { operation: 'orders.list' }],
    ['/wp-json/wc/v2/orders/?per_page=10', { operation: 'orders.list' }],
    ['/shop/index.php/wp-json/wc/v3/orders', { operation: 'orders.list' }],
    ['/index.php?rest_route=/wc/v3/orders&per_page=1', { operation: 'orders.list' }],
    ['/a/b/wp-json/wc/v3/orders/62', { operation: 'orders.get', platformId: '62' }],
    ['/?rest_route=/wc/v3/orders/62/', { operation: 'orders.get', platformId: '62' }],
    ['/wp-json/wc/v3/orders/62?_fields=id,meta_data', { operation: 'fulfillments.list', filter: { orderId: '62' } }],
    ['/wp-json/wc/v3/orders/62?_fields=id', { operation: 'orders.get', platformId: '62' }],
    ['/wp-json/wc/v3/orders/62/refunds?per_page=5', { operation: 'refunds.list', filter: { orderId: '62' } }],
    ['/wp-json/wc/v3/webhooks', { operation: 'webhooks.list' }],
    ['/wp-json/wc/v3/products/11', { operation: 'products.get', platformId: '11' }],
    ['/wp-json/wc/v3/products', { operation: 'products.list' }],
    ['/wp-json/wc/v3/products/27/variations', { operation: 'variants.list', filter: { productId: '27' } }],
    ['/wp-json/wc/v3/variations', { operation: 'inventory.list' }],
    ['/wp-json/wc/v3/products/categories', { operation: 'categories.list' }],
    ['/wp-json/wc/v3/products/categories/16', { operation: 'categories.get', platformId: '16' }],
    ['/wp-json/wc/v3/customers', { operation: 'customers.list' }],
    ['/wp-json/wc/v3/customers/2', { operation: 'customers.get', platformId: '2' }],
    [
      '/wp-json/wc/v3/customers/2?_fields=id,billing,shipping',
      { operation: 'addresses.list', filter: { customerId: '2' } },
    ],
    ['/wp-json/wc/v3/coupons', { operation: 'coupons.list' }],
    ['/wp-json/wc/v3/coupons/56', { operation: 'coupons.get', platformId: '56' }],
    ['/wp-json/', { operation: 'shop.get' }],
    ['/wp-json?_fields=name', { operation: 'shop.get' }],
    ['/wp-json/wc/v3/data/currencies/current', { operation: 'shop.get' }],
    ['/wp-json/wc/v3/system_status?_fields=environment', { operation: 'shop.get' }],
  ])('%s belongs to an operation', (url, target) => {
    expect(of(url)).toEqual(target);
  });

  it.each([
    '/',
    '/orders',
    '/xwp-json/wc/v3/orders',
    '/wp-json/wc/v1/orders',
    '/wp-json/wc/v9/orders',
    '/wp-json/wc/v3',
    '/wp-json/wc/v3/orders/batch',
    '/wp-json/wc/v3/orders/statuses',
    '/wp-json/wc/v3/orders/62/refunds/63',
    '/wp-json/wc/v2/orders/62/refunds',
    '/wp-json/wc/v3/webhooks/3',
    '/wp-json/wc/v3/orders/62/notes/1',
    '/wp-json/wc/v3/products/11/x',
    '/wp-json/wc/v3/products/batch',
    '/wp-json/wc/v3/products/27/variations/28',
    '/wp-json/wc/v3/reports/orders/totals',
    '/wp-json/wc/store/v1/cart',
    '/?rest_route=/wp/v2/posts',
  ])('%s belongs to none', (url) => {
    expect(of(url)).toBeUndefined();
  });

  it('is not stuck on an address of nothing but slashes', () => {
    expect(of(`/wp-json${'/'.repeat(500_000)}x`)).toBeUndefined();
  });

  it.each(['POST', 'PUT', 'PATCH'])('%s of an order answers the order as it is then', (method) => {
    expect(of('/wp-json/wc/v3/orders/62', method)).toEqual({ operation: 'orders.get', platformId: '62' });
    for (const path of [
      'orders',
      'orders/62/refunds',
      'orders/batch',
      'webhooks/3',
      'products',
      'products/27/variations',
    ])
      expect(of(`/wp-json/wc/v3/${path}`, method)).toBeUndefined();
    expect(of('/wp-json/wc/v3/products/11', method)).toEqual({ operation: 'products.get', platformId: '11' });
  });

  it.each(['DELETE', 'HEAD', 'OPTIONS'])('%s belongs to none', (method) => {
    expect(of('/wp-json/wc/v3/orders/62', method)).toBeUndefined();
  });
});
