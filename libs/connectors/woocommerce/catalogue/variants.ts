import type { ListOperation, OfProductFilter, VariantRecord } from '#contract';
import type { RecordReading } from '#kit';
import { checkedId } from '../record-calls.js';
import { mapOnlyVariant, type ShopTerms } from './map-product.js';
import { identify, type WooProduct, wooProduct } from './product-schema.js';
import { readProduct, variationPage, variationReading, weighedPage } from './products.js';

export function onlyVariantReading(terms: ShopTerms): RecordReading<WooProduct, VariantRecord> {
  return { schema: wooProduct, map: (product: WooProduct) => mapOnlyVariant(product, terms), identify };
}

export const listVariants: ListOperation<OfProductFilter, VariantRecord> = {
  filters: { productId: true },
  sorts: ['createdAt'],
  maxPageSize: 100,
  async page(store, { filter }, page) {
    const productId = checkedId(filter.productId, 'product');
    const variations = await weighedPage(
      store,
      page,
      (inner) => variationPage(store, productId, inner),
      (terms) => variationReading(productId, terms),
    );
    const { items, quarantined, next } = variations;
    if (page.state !== undefined || items.length > 0 || quarantined.length > 0 || next !== undefined) return variations;
    // Nothing is answered for a product without choices, and for one that does not exist (fact sheet, 5.7).
    const product = await readProduct(store, productId);
    const own = product.record.type === 'variable' ? [] : [product];
    return weighedPage(store, { size: page.size }, async () => ({ items: own, quarantined: [] }), onlyVariantReading);
  },
};
