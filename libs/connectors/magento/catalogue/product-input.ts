import {
  Big,
  type ConnectedStore,
  type JsonValue,
  type Losses,
  type ProductChange,
  type VariantInput,
} from '#contract';
import { weightIn } from '#kit';
import { amountIn, bodyOf, checkedId, rejected } from '../record-calls.js';
import { type Prices, pricesOf } from './product-record.js';
import type { MagentoProduct } from './product-schema.js';
import { askTerms, type ShopTerms } from './shop-terms.js';

export type Body = Readonly<Record<string, JsonValue>>;
export type ProductFields = Omit<ProductChange, 'productId'>;
export type VariantFields = Pick<VariantInput, 'sku' | 'barcode' | 'price' | 'compareAtPrice' | 'weight' | 'tracked'>;
export type Fields = ProductFields & VariantFields;

export const PRODUCT_LOSSES: Losses = {
  status: {
    fate: 'changed',
    values: ['archived'],
    why: 'Magento only enables and disables a product; one to be archived is disabled.',
  },
  type: { fate: 'ignored', why: 'The type of a Magento product follows from whether it has variants.' },
  vendor: { fate: 'ignored', why: 'Magento keeps manufacturers as an attribute that each shop sets up for itself.' },
  tags: { fate: 'ignored', why: 'Magento keeps no tags.' },
  handle: { fate: 'changed', why: 'Magento makes it fit for an address.' },
  images: { fate: 'ignored', why: 'Magento takes pictures as files only, not by their addresses.' },
};

export const VARIANT_LOSSES: Losses = {
  barcode: { fate: 'ignored', why: 'Magento keeps no barcodes unless a shop has an attribute of its own for them.' },
  weight: { fate: 'changed', why: 'The shop weighs in one unit; a weight in another one is converted to it.' },
  tracked: {
    fate: 'changed',
    why: 'It is written, but Magento tells it only of a single product whose SKU may stand in an address; elsewhere it reads as null.',
  },
};

const LONGEST_SKU = 64;

/** The platform would cut blanks off its ends, and what is longer than 64 characters is refused with a 500 by some. */
export function checkedSku(sku: string): string {
  if (sku.length > LONGEST_SKU) throw rejected(`A SKU has at most ${LONGEST_SKU} characters in Magento.`, 'sku');
  if (sku === '' || sku.trim() !== sku) throw rejected('A SKU must not be empty, or begin or end with a blank.', 'sku');
  return sku;
}

/** What a body is made with. */
export interface Writing {
  readonly currency: string;
  /** undefined: no weight is to be written. */
  readonly terms: ShopTerms | undefined;
  /** What there is now, where it exists. */
  readonly current: MagentoProduct | undefined;
}

/** Asks for what is needed to write these fields; the shop's unit, if there is a weight among them. */
export async function writingFor(
  store: ConnectedStore,
  fields: readonly VariantFields[],
  current?: MagentoProduct,
): Promise<Writing> {
  const isWeighed = fields.some(({ weight }) => weight !== undefined);
  return { currency: store.currency, terms: isWeighed ? await askTerms(store) : undefined, current };
}

/**
 * The fields of a product that were given; the platform leaves the others as they are, also within
 * `extension_attributes`. @throws GatewayError `request_rejected`
 */
export function productBody(fields: Fields, writing: Writing, more: Body = {}): Body {
  const { name, sku, status, description, handle, tracked } = fields;
  const prices = pricesBody(fields, writing);
  const extension = bodyOf({
    category_links: fields.categoryIds && linksOf(fields.categoryIds, writing.current),
    stock_item: tracked === undefined ? undefined : stockBody(tracked, writing.current),
  });
  const attributes = { description, url_key: handle, ...prices.attributes };
  return bodyOf({
    sku: sku === undefined ? undefined : checkedSku(sku),
    name,
    status: status === undefined ? undefined : status === 'active' ? 1 : 2,
    price: prices.price,
    weight: weightOf(fields, writing),
    extension_attributes: Object.keys(extension).length === 0 ? undefined : extension,
    custom_attributes: attributesBody(attributes),
    ...more,
  });
}

/**
 * An own setting counts only beside the one that says so (recorded: product-create). Of what exists, what is left out stays
 * (seen in the platform's own code), and so does a number that somebody else is just counting down.
 */
function stockBody(tracked: boolean, current: MagentoProduct | undefined): Body {
  const own = { use_config_manage_stock: false, manage_stock: tracked };
  return current === undefined ? { qty: 0, is_in_stock: !tracked, ...own } : own;
}

export function attributesBody(values: Readonly<Record<string, string | undefined>>): JsonValue | undefined {
  const given = Object.entries(bodyOf(values)).map(([code, value]) => ({ attribute_code: code, value }));
  return given.length === 0 ? undefined : given;
}

/** All links there are to be: a category it is in already keeps the place that the merchant gave the product there. */
function linksOf(categoryIds: readonly string[], current: MagentoProduct | undefined): JsonValue {
  const links = current?.extension_attributes?.category_links ?? [];
  return [...new Set(categoryIds)].map((categoryId) => ({
    position: links.find((link) => link.category_id === categoryId)?.position ?? 0,
    category_id: checkedId(categoryId, 'category'),
  }));
}

function weightOf({ weight }: VariantFields, { terms }: Writing): number | undefined {
  if (weight === undefined) return undefined;
  const unit = terms?.weightUnit;
  if (!unit) throw rejected('The shop does not say whether it weighs in pounds or kilograms.', 'weight');
  try {
    return Number(weightIn(unit, weight));
  } catch (error) {
    throw error instanceof RangeError ? rejected(error.message, 'weight') : error;
  }
}

interface PricesBody {
  readonly price?: number;
  readonly attributes: Readonly<Record<string, string>>;
}

/** `price` is what is crossed out while there is a special price below it. */
function pricesBody(fields: VariantFields, { currency, current }: Writing): PricesBody {
  if (fields.price === undefined && fields.compareAtPrice === undefined) return { attributes: {} };
  const { asked, regular } = pricesAsked(fields, currency, current && pricesOf(current, currency, new Date()));
  const isSale = asked !== undefined && regular !== undefined && new Big(regular).gt(asked);
  if (fields.compareAtPrice && !isSale) throw rejected('compareAtPrice must be above a price.', 'compareAtPrice');
  if (asked === undefined) return { attributes: {} };
  return isSale
    ? { price: numberOf(regular), attributes: specialPrice(asked, current) }
    : { price: numberOf(asked), attributes: specialPrice('', current) };
}

/** What is to be asked for, and the price it is compared with; the one that was not given stays as it is. */
function pricesAsked({ price, compareAtPrice }: VariantFields, currency: string, now: Prices | undefined) {
  const asked = price === undefined ? now?.price?.amount : amountIn(currency, price, 'price').toFixed();
  if (compareAtPrice === null) return { asked };
  const kept = now?.compareAtPrice?.amount;
  return { asked, regular: compareAtPrice ? amountIn(currency, compareAtPrice, 'compareAtPrice').toFixed() : kept };
}

/** A period that was set for an earlier sale would end this one, or keep it from beginning. */
function specialPrice(amount: string, current: MagentoProduct | undefined): Readonly<Record<string, string>> {
  if (current !== undefined) return { special_price: amount, special_from_date: '', special_to_date: '' };
  return amount === '' ? {} : { special_price: amount };
}

/** The platform takes amounts as JSON numbers. @throws GatewayError `request_rejected` for one that no such number can hold */
export function numberOf(amount: string): number {
  const number = Number(amount);
  if (new Big(number).eq(amount)) return number;
  throw rejected(`Magento cannot take ${amount} to the last digit.`);
}
