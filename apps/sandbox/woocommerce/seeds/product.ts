import type { Product, Variation, VariationChoice } from '../shop.js';

type Options = Partial<Pick<Product, 'globalUniqueId' | 'taxClass' | 'taxable' | 'deleted' | 'variations'>>;

/** A product of the catalogue; what is not said is a simple product of the standard tax class. */
export function product(id: number, name: string, sku: string, price: string, options: Options = {}): Product {
  return { id, name, sku, price, globalUniqueId: '', taxClass: '', taxable: true, variations: [], ...options };
}

/** @param choices each `[key, label, slug, name]` */
export function variation(id: number, sku: string, ...choices: [string, string, string, string][]): Variation {
  return { id, sku, choices: choices.map(([key, label, slug, name]): VariationChoice => ({ key, label, slug, name })) };
}
