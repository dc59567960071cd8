import {
  decimal,
  type InventoryLevelRecord,
  type Money,
  moneyOf,
  type ProductRecord,
  type ProductStatus,
  type ProductVariant,
  type VariantRecord,
} from '#contract';
import { naiveUtcInstant } from '#kit';
import { decodeEntities } from '../entities.js';
import { hasVariations, type WooProduct, type WooSold, type WooVariation } from './product-schema.js';
import { readWeight, type WeightUnit } from './weight.js';

/** What a product does not say of itself. */
export interface ShopTerms {
  readonly currency: string;
  /** null: not known, and no weight is given rather than a wrong one. */
  readonly weightUnit: WeightUnit | null;
}

/** The platform's words for each status of ours; the first is the one that is written. */
export const PRODUCT_STATUS: ReadonlyMap<ProductStatus, readonly [string, ...string[]]> = new Map([
  ['active', ['publish']],
  ['draft', ['draft', 'pending', 'future', 'auto-draft']],
  // Only the shop's own people see it.
  ['archived', ['private']],
]);

/**
 * @param variations those of a product that has some; without them it is told that they are missing
 * @throws RangeError for an amount or date that is none
 */
export function mapProduct(
  product: WooProduct,
  terms: ShopTerms,
  variations?: readonly ProductVariant[],
): ProductRecord {
  const variable = hasVariations(product);
  return {
    platformId: product.id,
    name: decodeEntities(product.name),
    description: product.description,
    status: [...PRODUCT_STATUS].find(([, words]) => words.includes(product.status))?.[0] ?? 'other',
    platformStatus: product.status,
    type: product.type,
    vendor: product.brands[0] === undefined ? null : decodeEntities(product.brands[0].name),
    tags: product.tags.map(({ name }) => decodeEntities(name)),
    handle: product.slug,
    url: product.permalink,
    images: product.images.map(({ id, src, alt }) => ({ id: String(id ?? ''), url: src, alt })),
    options: product.attributes
      .filter(({ variation }) => variable && variation)
      .map(({ name, options }) => ({ name: decodeEntities(name), values: options.map(decodeEntities) })),
    categoryIds: product.categories.map(({ id }) => id),
    variants: variable
      ? [...(variations ?? [])]
      : [{ id: product.id, ...sold(product, terms), name: null, options: [] }],
    variantsComplete: !variable || variations !== undefined,
    createdAt: instantOf(product.date_created_gmt),
    updatedAt: instantOf(product.date_modified_gmt),
  };
}

/** The one variant of a product without choices, which goes by the product's own id. */
export function mapOnlyVariant(product: WooProduct, terms: ShopTerms): VariantRecord {
  return { platformId: product.id, productId: product.id, ...sold(product, terms), name: null, options: [] };
}

export function mapVariation(variation: WooVariation, productId: string, terms: ShopTerms): VariantRecord {
  return {
    platformId: variation.id,
    productId,
    ...sold(variation, terms),
    name: variation.name === null ? null : decodeEntities(variation.name),
    options: variation.attributes.map(({ name, option }) => ({
      name: decodeEntities(name),
      value: decodeEntities(option),
    })),
  };
}

export function insideProduct({ platformId, productId: _productId, ...variant }: VariantRecord): ProductVariant {
  return { id: platformId, ...variant };
}

type Sold = Omit<VariantRecord, 'platformId' | 'productId' | 'name' | 'options'>;

function sold(item: WooProduct | WooVariation, { currency, weightUnit }: ShopTerms): Sold {
  const price = item.price === null ? null : moneyOf(item.price, currency);
  return {
    sku: item.sku,
    barcode: item.global_unique_id,
    price,
    compareAtPrice: compareAtPriceOf(item, price, currency),
    weight: readWeight(item.weight, weightUnit),
    tracked: item.manage_stock !== false,
    quantity: item.manage_stock === false ? null : item.stock_quantity,
    createdAt: instantOf(item.date_created_gmt),
    updatedAt: instantOf(item.date_modified_gmt),
  };
}

/** The regular price, while something lower is asked. */
function compareAtPriceOf(item: WooProduct | WooVariation, price: Money | null, currency: string): Money | null {
  if (!item.on_sale || item.regular_price === null || price === null) return null;
  return decimal(item.regular_price).gt(price.amount) ? moneyOf(item.regular_price, currency) : null;
}

/**
 * The stock of a variant; of a product with variations it is what those sell from that keep no number of their own, and
 * belongs to no single one.
 */
export function mapLevel(item: WooSold): InventoryLevelRecord {
  const isPool = item.type.startsWith('variable');
  return {
    platformId: item.id,
    variantId: isPool ? null : item.id,
    productId: item.type === 'variation' ? item.parent_id : item.id,
    sku: item.sku,
    locationId: null,
    tracked: item.manage_stock !== false,
    available: item.manage_stock === false ? null : item.stock_quantity,
    onHand: null,
    updatedAt: instantOf(item.date_modified_gmt),
  };
}

export function instantOf(printed: string | null): string | null {
  return printed === null ? null : naiveUtcInstant(printed);
}
