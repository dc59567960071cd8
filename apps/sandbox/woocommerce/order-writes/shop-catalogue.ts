import type { SandboxState } from '../sandbox-state.js';
import type { Product, Variation, WooShop } from '../shop.js';
import type { OrderCatalogue, SoldProduct } from './order-catalogue.js';

/** The seeded catalogue as orders see it: nobody counts its stock. */
export function shopCatalogue(shop: WooShop, _state: SandboxState): OrderCatalogue {
  const { products, coupons, buyers } = shop.plan;
  const present = products.filter((product) => product.deleted !== true);
  const find = (id: number): SoldProduct | undefined => {
    for (const product of present) {
      if (product.id === id) return soldProduct(product);
      const variation = product.variations.find((one) => one.id === id);
      if (variation) return soldProduct(product, variation);
    }
    return undefined;
  };
  return {
    product: find,
    idOfSku: (sku) => present.flatMap((product) => [product, ...product.variations]).find((one) => one.sku === sku)?.id,
    changeStock: () => undefined,
    hasCustomer: (id) => buyers.some((buyer) => buyer.customerId === id),
    coupon: (code) => coupons.find((coupon) => coupon.code.toLowerCase() === code),
  };
}

function soldProduct(product: Product, variation?: Variation): SoldProduct {
  const { id: productId, name, price, taxClass, taxable } = product;
  if (!variation) {
    const { sku, globalUniqueId } = product;
    const base = { productId, variationId: 0, name, parentName: null, sku, globalUniqueId, choices: [] };
    return { ...base, price, taxClass, taxable, imageId: '' };
  }
  const { id: variationId, sku, choices } = variation;
  return {
    productId,
    variationId,
    name: `${name} - ${choices.map((choice) => choice.name).join(', ')}`,
    parentName: name,
    sku,
    globalUniqueId: '',
    price,
    taxClass,
    taxable,
    imageId: 0,
    choices,
  };
}
