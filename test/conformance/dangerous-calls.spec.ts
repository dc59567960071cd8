import { describe, expect, it } from 'vitest';
import { dangerOf } from './dangerous-calls.js';
import { judgeRequests } from './schema.js';

const deletion = (path: string) => ({ method: 'DELETE', path, body: '' });
const UUID = '0b5a5cf4-1f0e-4c6e-8d2e-3b1f6d5c4a90';

describe('a deletion at BigCommerce', () => {
  const danger = (path: string) => dangerOf('bigcommerce', deletion(`stores/abc123/${path}`));

  it.each([
    ...['v2/orders', 'v2/orders/', 'v2/orders?limit=1', 'v2/orders?id:in=1', 'v2/orders/undefined', 'v2/orders/NaN'],
    ...[
      'v2/orders/5/shipments',
      'v2/orders/5/shipments/',
      'v2/orders/0',
      'v2/orders/%',
      'v2/customers',
      'v2//orders/5',
    ],
    ...['v2/coupons', 'v2/coupons?id:in=', 'v2/coupons?code=A', 'v3/pricelists', 'v3/pricelists?name=A'],
    ...['v3/customers', 'v3/customers?id:in=', 'v3/customers?id:in=5,', 'v3/customers?id:in=undefined'],
    ...['v3/catalog/products', 'v3/catalog/products?keyword=tea', 'v3/catalog/products?id:in=all'],
    ...['v3/catalog/trees/categories?tree_id:in=1', 'v3/catalog/trees/categories?parent_id:in=1'],
    ...['v3/inventory/locations', 'v3/promotions', 'v3/hooks', 'v3/catalog/products/5/variants'],
  ])('of %s is refused', (path) => {
    expect(danger(path)).toMatch(/may delete everything/);
  });

  it.each([
    ...['v2/orders/5', 'v2/orders/5/shipments/6', 'v2/coupons/5', 'v2/coupons?id:in=5,6', 'v3/hooks/5'],
    ...['v3/customers?id:in=5', 'v3/customers/addresses?id:in=5,6', 'v3/catalog/products/5', `v3/carts/${UUID}`],
    ...['v3/catalog/trees/categories?category_id:in=5', 'v3/catalog/products/5/variants/6', 'v3/pricelists?id:in=5'],
  ])('of %s is let pass', (path) => {
    expect(danger(path)).toBeUndefined();
  });
});

describe('a deletion at any platform', () => {
  it.each([
    ['woocommerce', 'wp-json/wc/v3/orders/?force=true'],
    ['woocommerce', 'wp-json/wc/v3/orders/undefined?force=true'],
    ['woocommerce', 'wp-json/wc/v3/orders/{id}'],
    ['magento', 'rest/all/V1/products/%20'],
    ['magento', 'rest/all/V1/products/[object Object]'],
    ['magento', 'rest/all/V1/customers/'],
  ])('of %s, %s, is refused where a part of its path is missing', (platform, path) => {
    expect(dangerOf(platform, deletion(path))).toMatch(/a part of the path is missing/);
  });

  it('is let pass where it names one record, and so is everything that deletes nothing', () => {
    expect(dangerOf('magento', deletion('rest/all/V1/products/CUP%201%2F2'))).toBeUndefined();
    expect(dangerOf('bigcommerce', { method: 'GET', path: 'stores/abc123/v2/orders', body: '' })).toBeUndefined();
  });

  it('is found wherever requests are judged', () => {
    const { problems } = judgeRequests('bigcommerce', [deletion('stores/abc123/v2/orders')]);
    expect(problems).toContainEqual(expect.stringMatching(/may delete everything/));
  });
});
