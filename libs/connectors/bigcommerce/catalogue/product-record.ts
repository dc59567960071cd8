import {
  type Big,
  type Money,
  moneyOf,
  type ProductRecord,
  type ProductStatus,
  type ProductVariant,
  type VariantRecord,
} from '#contract';
import { exact, instantOf } from '../atoms.js';
import type { PlatformProduct, PlatformVariant } from './product-schema.js';
import { readWeight, type ShopWeight } from './weight.js';

/** What a product does not say of itself. */
export interface ShopTerms {
  readonly currency: string;
  /** null: not known, and no weight is given rather than a wrong one. */
  readonly weight: ShopWeight | null;
  /** Names of brands by their numbers. */
  readonly brands: ReadonlyMap<string, string>;
}

type Shown = Pick<PlatformProduct, 'is_visible' | 'availability'>;

/** What cannot be bought is archived, what nobody sees is a draft; one that can be ordered before it is there is active. */
export function statusOf({ is_visible: isVisible, availability }: Shown): ProductStatus {
  if (availability === 'disabled') return 'archived';
  if (!isVisible) return 'draft';
  return availability === 'available' || availability === 'preorder' ? 'active' : 'other';
}

/** @throws RangeError for an amount or time that is none */
export function mapProduct(product: PlatformProduct, terms: ShopTerms): ProductRecord {
  const { variants } = product;
  return {
    platformId: product.id,
    name: product.name,
    description: product.description,
    status: statusOf(product),
    platformStatus: product.is_visible ? product.availability : `${product.availability}, hidden`,
    type: product.type,
    vendor: (product.brand_id && terms.brands.get(product.brand_id)) ?? null,
    tags: [],
    handle: handleOf(product.custom_url?.url),
    // Relative to the domain of a storefront, of which a shop may have several.
    url: null,
    images: product.images.map(({ id, url_standard, image_url, description }) => ({
      id,
      url: url_standard ?? image_url,
      alt: description,
    })),
    options: optionsOf(variants ?? []),
    categoryIds: product.categories ?? null,
    variants: (variants ?? []).map((variant) => insideProduct(mapVariant(variant, product, terms))),
    variantsComplete: variants !== undefined,
    createdAt: instantOf(product.date_created),
    updatedAt: instantOf(product.date_modified),
  };
}

/** `/tea/green-cup/` as a path, without the slashes around it. */
export function handleOf(url: string | null | undefined): string | null {
  return url?.replace(/^\/+|\/+$/g, '') || null;
}

// Asking for `options` would make pages of ten (products_catalog.v3.yml, `include`); values that no variant has cannot be
// bought anyway.
function optionsOf(variants: readonly PlatformVariant[]): ProductRecord['options'] {
  const values = new Map<string, Set<string>>();
  for (const { option_values: chosen } of variants)
    for (const { option_display_name: name, label } of chosen)
      values.set(name, (values.get(name) ?? new Set()).add(label));
  return [...values].map(([name, labels]) => ({ name, values: [...labels] }));
}

/** What a variant takes from its product where it does not say so itself. */
export type ProductOfVariant = Pick<
  PlatformProduct,
  'id' | 'price' | 'sale_price' | 'weight' | 'inventory_level' | 'inventory_tracking' | 'date_created' | 'date_modified'
>;

export function mapVariant(variant: PlatformVariant, product: ProductOfVariant, terms: ShopTerms): VariantRecord {
  const { regular, asked } = pricesOf(variant, product);
  const isOnly = variant.option_values.length === 0;
  const { inventory_tracking: tracking } = product;
  const quantity = tracking === 'variant' ? variant.inventory_level : product.inventory_level;
  return {
    platformId: variant.id,
    productId: product.id,
    sku: variant.sku,
    barcode: variant.upc ?? variant.gtin,
    name: isOnly ? null : variant.option_values.map(({ label }) => label).join(' / '),
    options: variant.option_values.map(({ option_display_name: name, label: value }) => ({ name, value })),
    price: moneyOf(asked, terms.currency),
    compareAtPrice: compareAt(regular, asked, terms.currency),
    weight: readWeight(variant.weight ?? product.weight, terms.weight),
    tracked: tracking === null ? null : tracking !== 'none',
    quantity: tracking === null || tracking === 'none' ? null : quantity,
    createdAt: isOnly ? instantOf(product.date_created) : null,
    updatedAt: isOnly ? instantOf(product.date_modified) : null,
  };
}

function insideProduct({ platformId, productId: _productId, ...variant }: VariantRecord): ProductVariant {
  return { id: platformId, ...variant };
}

type Priced = Pick<PlatformVariant, 'price' | 'sale_price' | 'calculated_price'>;

/** What something costs: its price, and what is asked now, which a sale or a rule may lower. */
export function pricesOf(
  variant: Priced,
  product: Pick<PlatformProduct, 'price' | 'sale_price'>,
): { readonly regular: Big; readonly asked: Big } {
  const regular = exact(variant.price ?? product.price);
  const sale = exact(variant.sale_price ?? product.sale_price ?? 0);
  const asked = variant.calculated_price === null ? (sale.gt(0) ? sale : regular) : exact(variant.calculated_price);
  return { regular, asked };
}

function compareAt(regular: Big, asked: Big, currency: string): Money | null {
  return regular.gt(asked) ? moneyOf(regular, currency) : null;
}
