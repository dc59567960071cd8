import { describe, expect, it } from 'vitest';
import { buchladen } from '../../seeds/buchladen.js';
import { seedOrders } from '../../seeds/seed-orders.js';
import { souq } from '../../seeds/souq.js';
import { tea } from '../../seeds/tea.js';
import { vinyl } from '../../seeds/vinyl.js';
import { seedCatalogue } from './seed-catalogue.js';

const BASE = Date.parse('2026-11-22T19:00:00Z') / 1000;

describe.each([buchladen, tea, souq, vinyl])('the seeded catalogue of $host', (shop) => {
  const orders = seedOrders(shop, BASE);
  const { products, terms, customers, coupons } = seedCatalogue(shop, orders, BASE);
  const ids = new Set(products.map((product) => product.id));

  it('has every product, customer and coupon that an order names', () => {
    const lines = orders.flatMap((order) => order.lines).filter((line) => line.productId !== 0);
    expect(lines.filter((line) => !ids.has(line.variationId === 0 ? line.productId : line.variationId))).toEqual([]);
    const buyers = orders.map((order) => order.buyer.customerId).filter((id) => id !== 0);
    expect(buyers.filter((id) => !customers.some((customer) => customer.id === id))).toEqual([]);
    const codes = orders.flatMap((order) => order.couponLines.map((line) => line.coupon.code));
    expect(codes.filter((code) => !coupons.some((coupon) => coupon.code === code))).toEqual([]);
  });

  it('gives no post number twice, orders and pictures included', () => {
    const posts = [
      ...products.flatMap((product) => [product.id, ...product.images.map((image) => image.id)]),
      ...coupons.map((coupon) => coupon.id),
      ...orders.flatMap((order) => [order.id, ...order.refunds.map((refund) => refund.id)]),
    ];
    expect(posts).toHaveLength(new Set(posts).size);
    expect(terms).toHaveLength(new Set(terms.map((term) => term.id)).size);
  });

  it('names no category, variation or SKU that is not there or there twice', () => {
    const termIds = new Set(terms.map((term) => term.id));
    const worn = products.flatMap((product) => [...product.categories, ...product.tags]);
    expect(worn.filter((id) => !termIds.has(id))).toEqual([]);
    expect(products.filter((product) => product.parentId !== 0 && !ids.has(product.parentId))).toEqual([]);
    const skus = products.map((product) => product.sku).filter((sku) => sku !== '');
    expect(skus).toHaveLength(new Set(skus).size);
  });
});
