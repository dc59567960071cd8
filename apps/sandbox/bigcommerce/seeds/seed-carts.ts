import { Big } from '#contract';
import { iso } from '../amounts.js';
import { createRandom } from '../../random.js';
import type { Rows, SeedRows } from '../state/rows.js';
import type { Store } from '../stores.js';
import { buyersOf } from './people.js';

const HOUR = 3_600_000;

const uuid = (kind: number, index: number): string =>
  `bc218c65-7a32-4ab7-8082-${kind.toString(16).padStart(4, '0')}${index.toString(16).padStart(8, '0')}`;

/** Carts somebody left. Found by their ids only, as on the platform. */
export function seedCarts(
  store: Store,
  base: number,
  { products, variants }: Required<Pick<SeedRows, 'products' | 'variants'>>,
): Rows['carts'][] {
  const random = createRandom(`carts of ${store.hash}`);
  const goods = products.filter(({ is_visible, type }) => is_visible && type === 'physical');
  return [0, 1, 2, 3].map((index) => {
    const product = random.pick(goods);
    const variant = random.pick(variants.filter(({ product_id }) => product_id === product.id));
    const quantity = random.between(1, 3);
    const price = variant.price ?? product.price;
    const total = Number(new Big(price).times(quantity));
    const buyer = buyersOf(store)[index] ?? random.pick(buyersOf(store));
    const at = iso(base - (index * 20 + 2) * HOUR, '+00:00');
    const item = {
      ...{ id: uuid(7, index), parent_id: null, variant_id: variant.id, product_id: product.id, sku: variant.sku },
      ...{ name: product.name, url: `https://${store.hash}.example/p/${product.id}/`, quantity, taxable: true },
      ...{ image_url: '', discounts: [], coupons: [], discount_amount: 0, coupon_amount: 0, original_price: price },
      ...{ list_price: price, sale_price: price, extended_list_price: total, extended_sale_price: total },
      ...{ is_require_shipping: true, is_mutable: true, added_by_promotion: false, gift_wrapping: null },
    };
    return {
      id: index + 1,
      uuid: uuid(1, index),
      /** What an abandoned-cart mail's link carries. */
      token: uuid(2, index),
      customer_id: index < 2 ? 11 + index : 0,
      channel_id: 1,
      email: index === 3 ? '' : buyer.email,
      currency: { code: store.currency },
      tax_included: store.pricesIncludeTax,
      ...{ base_amount: total, discount_amount: 0, manual_discount_amount: 0, cart_amount: total },
      ...{ coupons: [], discounts: [{ id: uuid(7, index), discounted_amount: 0 }] },
      line_items: { physical_items: [item], digital_items: [], gift_certificates: [], custom_items: [] },
      ...{ created_time: at, updated_time: at, locale: store.language, version: 1 },
    };
  });
}
