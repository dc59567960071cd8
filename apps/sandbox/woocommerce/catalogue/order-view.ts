import type { OrderCatalogue, SoldProduct, StockChange } from '../order-writes/order-catalogue.js';
import type { SandboxState } from '../sandbox-state.js';
import type { VariationChoice, WooShop } from '../shop.js';
import { type CatalogueCall, catalogueCall } from './catalogue-call.js';
import { nameOf } from './product-body.js';
import { priceOf } from './product-price.js';
import type { CatalogueProduct } from './records.js';
import { alignStock, stockKeeper } from './stock.js';

/** The catalogue as orders see it: prices and stock of the moment. */
export function orderCatalogue(shop: WooShop, state: SandboxState): OrderCatalogue {
  const call = catalogueCall({ shop, siteUrl: '' }, state);
  const { products, customers, coupons } = call.catalogue;
  return {
    product(id) {
      const product = products.find(id);
      return product && product.status !== 'trash' ? soldProduct(product, call) : undefined;
    },
    idOfSku: (sku) => products.all().find((one) => one.sku === sku && one.status !== 'trash')?.id,
    changeStock: (id, difference) => changeStock(id, difference, call),
    hasCustomer: (id) => customers.find(id) !== undefined,
    coupon(code) {
      const coupon = coupons.all().find((one) => one.code === code && one.status === 'publish');
      return coupon && { id: coupon.id, code: coupon.code, type: coupon.type, amount: coupon.amount };
    },
  };
}

/** Whoever reports the change is the caller; the date moves here (fact sheet, section 5.6). */
function changeStock(id: number, difference: number, call: CatalogueCall): StockChange | undefined {
  const { products } = call.catalogue;
  const product = products.find(id);
  const keeper = product && stockKeeper(product, call);
  if (!keeper) return undefined;
  const from = keeper.stockQuantity ?? 0;
  const to = from + difference;
  products.save(alignStock({ ...keeper, stockQuantity: to, modifiedAt: call.now }));
  return { from, to };
}

function soldProduct(product: CatalogueProduct, call: CatalogueCall): SoldProduct {
  const isVariation = product.type === 'variation';
  const parent = isVariation ? call.catalogue.products.find(product.parentId) : undefined;
  return {
    productId: parent?.id ?? product.id,
    variationId: isVariation ? product.id : 0,
    name: nameOf(product, call),
    parentName: parent?.name ?? null,
    sku: product.sku === '' ? (parent?.sku ?? '') : product.sku,
    globalUniqueId: product.globalUniqueId,
    price: priceOf(product, call),
    taxClass: product.taxClass === 'parent' ? (parent?.taxClass ?? '') : product.taxClass,
    taxable: product.taxStatus === 'taxable',
    imageId: isVariation ? 0 : '',
    choices: isVariation ? choicesOf(product, call) : [],
  };
}

function choicesOf({ choices }: CatalogueProduct, { catalogue }: CatalogueCall): VariationChoice[] {
  return choices.map(({ id, name, option }) => {
    const key = catalogue.attributes.find(id)?.slug ?? name;
    const term = catalogue.terms.all().find((one) => one.taxonomy === key && one.slug === option);
    return { key, label: name, slug: option, name: term?.name ?? option };
  });
}
