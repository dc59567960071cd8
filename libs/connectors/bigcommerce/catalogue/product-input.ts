import { Big, type Losses, type Money, type ProductChange, type ProductStatus, type VariantInput } from '#contract';
import { exactNumber, numberIn } from '../atoms.js';
import { type Body, bodyOf, recordNumber, rejected } from '../record-calls.js';
import { type ShopWeight, weightFor } from './weight.js';

export type ProductFields = Omit<ProductChange, 'productId'>;
export type VariantFields = Pick<VariantInput, 'sku' | 'barcode' | 'price' | 'compareAtPrice' | 'weight' | 'tracked'>;

export const PRODUCT_LOSSES: Losses = {
  type: {
    fate: 'changed',
    why: 'BigCommerce knows two types, physical and digital; any other becomes physical, and stays what it was in a change.',
  },
  tags: { fate: 'ignored', why: 'BigCommerce keeps no tags of products.' },
  handle: { fate: 'changed', why: 'It becomes the address of the product, which BigCommerce makes fit and unique.' },
  vendor: {
    fate: 'changed',
    why: 'It becomes a brand of the shop, and takes the spelling of one that is there already.',
  },
  'images[].url': { fate: 'changed', why: 'The shop downloads the picture and shows its own copy.' },
};

const WEIGHED = {
  fate: 'changed',
  why: 'The shop weighs in one unit, with four decimals; a weight in another one is converted to it.',
} as const;

export const VARIANT_LOSSES: Losses = {
  weight: WEIGHED,
  tracked: {
    fate: 'changed',
    why: 'BigCommerce counts the stock of all variants of a product or of none: it is not changed for one of several.',
  },
};

export const NEW_VARIANT_LOSSES: Losses = {
  'variants[].weight': WEIGHED,
  'variants[].tracked': { fate: 'changed', why: 'The stock of all variants is counted where that of one is to be.' },
};

/** The platform's names of fields, for its refusals. */
export const OUR_WORDS: Readonly<Record<string, string>> = {
  name: 'name',
  description: 'description',
  type: 'type',
  brand_name: 'vendor',
  custom_url: 'handle',
  categories: 'categoryIds',
  image_url: 'images[].url',
  images: 'images',
  sku: 'sku',
  upc: 'barcode',
  price: 'price',
  sale_price: 'price',
  weight: 'weight',
  option_values: 'options',
  label: 'options[].value',
  option_display_name: 'options[].name',
  inventory_tracking: 'tracked',
};

const TYPES = ['physical', 'digital'];

export function productBody({ name, description, status, type, vendor, handle, categoryIds }: ProductFields): Body {
  return bodyOf({
    name,
    description,
    type: type !== undefined && TYPES.includes(type) ? type : undefined,
    brand_name: vendor,
    custom_url: handle === undefined ? undefined : { url: urlOf(handle), is_customized: true },
    categories: categoryIds?.map((id) => recordNumber(id, 'category')),
    ...(status !== undefined && statusBody(status)),
  });
}

/** Addresses of products and categories begin and end with a slash. */
export function urlOf(handle: string): string {
  return `/${handle.replace(/^\/+|\/+$/g, '')}/`;
}

function statusBody(status: ProductStatus): Body {
  if (status === 'archived') return { is_visible: false, availability: 'disabled' };
  return { is_visible: status === 'active' };
}

/** What an item costs now. */
export interface Priced {
  readonly regular: Big;
  readonly asked: Big;
}

/**
 * What makes a variant, or the product itself where it has only one.
 * @param shopWeight undefined where nothing is weighed
 * @param current what the item costs now, where it exists
 */
export function variantBody(
  currency: string,
  fields: Omit<VariantFields, 'tracked'>,
  shopWeight: ShopWeight | null | undefined,
  current?: Priced,
): Body {
  const { sku, barcode, weight } = fields;
  return bodyOf({
    sku,
    upc: barcode,
    ...priceBody(currency, fields, current),
    weight: weight === undefined || shopWeight === undefined ? undefined : weightFor(shopWeight, weight),
  });
}

function priceBody(currency: string, fields: VariantFields, current: Priced | undefined): Body {
  const { price, compareAtPrice } = fields;
  if (price === undefined && compareAtPrice === undefined) return {};
  const asked = price === undefined ? current?.asked : checked(currency, price, 'price');
  if (asked === undefined) throw rejected('Without a price there is nothing to compare.', 'compareAtPrice');
  const regular = regularPrice(currency, compareAtPrice, current);
  if (regular?.gt(asked)) return { price: number(regular), sale_price: number(asked) };
  if (compareAtPrice) throw rejected('compareAtPrice must be above the price.', 'compareAtPrice');
  // Where there is no sale yet, none has to be ended.
  return { price: number(asked), ...(current !== undefined && { sale_price: 0 }) };
}

/** The price something is compared with; null where it is not on sale. */
function regularPrice(currency: string, asked: Money | null | undefined, current: Priced | undefined): Big | null {
  if (asked === undefined) return current?.regular.gt(current.asked) ? current.regular : null;
  return asked === null ? null : checked(currency, asked, 'compareAtPrice');
}

function checked(currency: string, money: Money, path: string): Big {
  return new Big(numberIn(currency, money, path));
}

function number(amount: Big): number {
  return exactNumber(amount.toFixed(), 'price');
}
