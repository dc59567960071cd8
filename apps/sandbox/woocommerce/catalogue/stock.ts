import type { JsonObject } from '../response-fields.js';
import type { CatalogueCall } from './catalogue-call.js';
import { variationsOf } from './product-price.js';
import type { CatalogueProduct } from './records.js';

/** What was chosen, in words: `Rot`, `S`; an attribute left open is not named. */
export function choiceNames({ choices }: CatalogueProduct, { catalogue }: CatalogueCall): string[] {
  return choices
    .filter(({ option }) => option !== '')
    .map(({ id, option }) => {
      const taxonomy = catalogue.attributes.find(id)?.slug;
      const term = catalogue.terms.all().find((one) => one.taxonomy === taxonomy && one.slug === option);
      return term?.name ?? option;
    });
}

/** Who counts a product's stock: itself, or its parent where it is a variation that does not. */
export function stockKeeper(product: CatalogueProduct, { catalogue }: CatalogueCall): CatalogueProduct | undefined {
  if (product.manageStock) return product;
  const parent = product.type === 'variation' ? catalogue.products.find(product.parentId) : undefined;
  return parent?.manageStock === true ? parent : undefined;
}

export function stockBody(product: CatalogueProduct, call: CatalogueCall): JsonObject {
  const keeper = stockKeeper(product, call);
  const { backorders } = keeper ?? product;
  const status = stockStatusOf(product, call);
  return {
    manage_stock: keeper === undefined ? false : keeper === product || 'parent',
    stock_quantity: keeper?.stockQuantity ?? null,
    stock_status: status,
    backorders,
    backorders_allowed: backorders !== 'no',
    backordered: keeper !== undefined && backorders !== 'no' && (keeper.stockQuantity ?? 0) <= 0,
    low_stock_amount: keeper?.lowStockAmount ?? null,
  };
}

/** A product with variations that counts nothing itself is in stock when one of them is. */
export function stockStatusOf(product: CatalogueProduct, call: CatalogueCall): string {
  const keeper = stockKeeper(product, call);
  if (keeper) return keeper.stockStatus;
  const variations = product.type === 'variable' ? variationsOf(product, call) : [];
  if (variations.length === 0) return product.stockStatus;
  const statuses = variations.map((one) => one.stockStatus);
  return ['instock', 'onbackorder'].find((status) => statuses.includes(status)) ?? 'outofstock';
}

/**
 * WC_Product::validate_props(): a counted quantity decides on the status; what is not counted has no quantity and no
 * backorders.
 */
export function alignStock(product: CatalogueProduct): CatalogueProduct {
  if (!product.manageStock) return { ...product, stockQuantity: null, backorders: 'no', lowStockAmount: null };
  const isThere = (product.stockQuantity ?? 0) > 0;
  const stockStatus = isThere ? 'instock' : product.backorders === 'no' ? 'outofstock' : 'onbackorder';
  return { ...product, stockStatus };
}
