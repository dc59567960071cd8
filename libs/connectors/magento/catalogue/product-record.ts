import {
  decimal,
  type Money,
  moneyOf,
  type ProductRecord,
  type ProductStatus,
  type ProductVariant,
  type VariantRecord,
} from '#contract';
import { naiveUtcInstant } from '#kit';
import type { Attribute } from './attributes.js';
import { attributeText, isConfigurable, type MagentoProduct, optionsOf } from './product-schema.js';
import type { ShopTerms } from './shop-terms.js';

/** What a product is read with. */
export interface Reading {
  readonly terms: ShopTerms;
  readonly attributes: ReadonlyMap<string, Attribute>;
  readonly now: Date;
}

/** The platform's word for each status of ours: it only enables and disables. */
export const PRODUCT_STATUS: ReadonlyMap<ProductStatus, '1' | '2'> = new Map([
  ['active', '1'],
  ['draft', '2'],
]);

/**
 * @param variants those of a configurable product; without them it is told that they are missing
 * @throws RangeError for an amount or date that is none
 */
export function mapProduct(
  product: MagentoProduct,
  reading: Reading,
  variants?: readonly ProductVariant[],
): ProductRecord {
  const configurable = isConfigurable(product);
  return {
    platformId: product.id,
    name: product.name,
    description: attributeText(product, 'description'),
    status: [...PRODUCT_STATUS].find(([, word]) => word === String(product.status))?.[0] ?? 'other',
    platformStatus: product.status === null || product.status === undefined ? null : String(product.status),
    type: product.type_id,
    vendor: null,
    tags: [],
    handle: attributeText(product, 'url_key'),
    // Made of settings and rewrites that the API does not tell.
    url: null,
    images: imagesOf(product, reading.terms),
    options: optionsOf(product).map(({ attribute_id: attributeId, label, values }) => {
      const attribute = reading.attributes.get(attributeId);
      const known = values.map((value) => labelOf(attribute, value.value_index));
      return { name: label ?? attribute?.label ?? '', values: known.filter((value) => value !== undefined) };
    }),
    categoryIds: categoriesOf(product),
    variants: configurable
      ? [...(variants ?? [])]
      : [{ id: product.id, name: null, options: [], ...sold(product, reading) }],
    variantsComplete: !configurable || variants !== undefined,
    createdAt: instantOf(product.created_at),
    updatedAt: instantOf(product.updated_at),
  };
}

/** The one variant of a product without choices, which goes by the product's own id. */
export function mapOnlyVariant(product: MagentoProduct, reading: Reading): VariantRecord {
  return { platformId: product.id, productId: product.id, name: null, options: [], ...sold(product, reading) };
}

/** A variant is a product of its own; what sets it apart are the attributes that the configurable product names. */
export function mapChild(child: MagentoProduct, parent: MagentoProduct, reading: Reading): VariantRecord {
  return {
    platformId: child.id,
    productId: parent.id,
    name: child.name,
    options: optionsOf(parent).flatMap(({ attribute_id: attributeId, label }) => {
      const attribute = reading.attributes.get(attributeId);
      const chosen = attribute && attributeText(child, attribute.code);
      const value = chosen ? labelOf(attribute, chosen) : undefined;
      return value === undefined ? [] : [{ name: label ?? attribute?.label ?? '', value }];
    }),
    ...sold(child, reading),
  };
}

export function insideProduct({ platformId, productId: _productId, ...variant }: VariantRecord): ProductVariant {
  return { id: platformId, ...variant };
}

function labelOf(attribute: Attribute | undefined, optionId: string): string | undefined {
  return attribute?.options.find((option) => option.id === optionId)?.label;
}

function imagesOf({ media_gallery_entries: entries }: MagentoProduct, { media }: ShopTerms): ProductRecord['images'] {
  return [...entries]
    .sort((one, other) => (one.position ?? 0) - (other.position ?? 0))
    .map(({ id, file, label }) => ({
      id: id ?? '',
      url: media === null || file === null ? null : `${media}catalog/product${file}`,
      alt: label,
    }));
}

/** A list of variants leaves the links out, but not the attribute (recorded: configurable-children). */
function categoriesOf({ extension_attributes: extension, custom_attributes: attributes }: MagentoProduct) {
  const links = extension?.category_links.map(({ category_id: categoryId }) => categoryId) ?? [];
  const named = attributes.get('category_ids');
  return links.length > 0 || !Array.isArray(named) ? links : named.map(String);
}

type Sold = Omit<VariantRecord, 'platformId' | 'productId' | 'name' | 'options'>;

function sold(item: MagentoProduct, reading: Reading): Sold {
  const { terms } = reading;
  const stock = item.extension_attributes?.stock_item;
  const tracked = stock?.manage_stock ?? null;
  return {
    sku: item.sku,
    barcode: null,
    ...pricesOf(item, terms.currency, reading.now),
    weight: item.weight === null || terms.weightUnit === null ? null : weightOf(item.weight, terms.weightUnit),
    tracked,
    quantity: tracked === false ? null : (stock?.qty ?? null),
    createdAt: instantOf(item.created_at),
    updatedAt: instantOf(item.updated_at),
  };
}

function weightOf(value: string, unit: 'kg' | 'lb') {
  if (decimal(value).lt(0)) throw new RangeError(`a weight below zero: ${value}`);
  return { value, unit };
}

export interface Prices {
  readonly price: Money | null;
  readonly compareAtPrice: Money | null;
}

/** The special price, while it holds and is the lower one; a configurable product has no price but those of its variants. */
export function pricesOf(item: MagentoProduct, currency: string, now: Date): Prices {
  if (item.price === null) return { price: null, compareAtPrice: null };
  const regular = moneyOf(item.price, currency);
  const special = attributeText(item, 'special_price');
  if (special === null || !isSpecial(item, now) || decimal(special).gte(regular.amount))
    return { price: regular, compareAtPrice: null };
  return { price: moneyOf(decimal(special).round(6).toFixed(), currency), compareAtPrice: regular };
}

const DAY = 86_400_000;

// Both are days of the shop's own clock, printed as midnights, and the last one still counts
// (recorded: products-list-page1, special-prices); here they are taken as days of UTC.
function isSpecial(item: MagentoProduct, now: Date): boolean {
  const from = instantOf(attributeText(item, 'special_from_date'));
  const to = instantOf(attributeText(item, 'special_to_date'));
  return (from === null || Date.parse(from) <= now.getTime()) && (to === null || now.getTime() < Date.parse(to) + DAY);
}

export function instantOf(printed: string | null): string | null {
  return printed === null ? null : naiveUtcInstant(printed);
}
