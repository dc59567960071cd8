import type { ConnectedStore, Mapped, ProductInput, ProductRecord } from '#contract';
import { after, type Body, bodyOf, inOurWords, recordNumber, rejected, writeRow } from '../record-calls.js';
import {
  NEW_VARIANT_LOSSES,
  OUR_WORDS,
  PRODUCT_LOSSES,
  productBody,
  VARIANT_LOSSES,
  variantBody,
  type VariantFields,
} from './product-input.js';
import { imageBody } from './product-images.js';
import { identify } from './product-schema.js';
import { PRODUCTS, wholeProduct } from './products.js';
import { findWeightUnit, type ShopWeight } from './weight.js';

export const NEW_PRODUCT_LOSSES = { ...PRODUCT_LOSSES, ...VARIANT_LOSSES, ...NEW_VARIANT_LOSSES };

/** Made in one call, its options and variants with it; then it is read as it stands. */
export async function createProduct(store: ConnectedStore, input: ProductInput): Promise<Mapped<ProductRecord>> {
  const isWeighed = [input, ...(input.variants ?? [])].some(({ weight }) => weight !== undefined);
  const body = newProduct(store.currency, input, isWeighed ? await findWeightUnit(store) : undefined);
  const made = await inOurWords(OUR_WORDS, () => writeRow(store, 'POST', PRODUCTS, body));
  const number = recordNumber(identify(made) ?? '', 'product');
  return after(`product ${number} was made`, () => wholeProduct(store, number));
}

function newProduct(currency: string, input: ProductInput, shopWeight: ShopWeight | null | undefined): Body {
  const { variants, images, ...fields } = input;
  const { price, compareAtPrice, ...named } = fields;
  // What is said of the price holds for the variants that say nothing of it; a sale of the product itself would for all.
  const own = variantBody(currency, variants === undefined ? fields : { ...named, price }, shopWeight);
  const parts = variants?.map(({ options, ...part }) => ({
    ...variantBody(currency, isPriced(part) ? part : { ...part, price, compareAtPrice }, shopWeight),
    option_values: options.map(({ name, value }) => ({ option_display_name: name, label: value })),
  }));
  const prices = (parts ?? []).flatMap((part: Body) => (typeof part['price'] === 'number' ? [part['price']] : []));
  return {
    // All four have to be there (products_catalog.v3.yml). A variant without a price has that of its product.
    type: 'physical',
    weight: 0,
    price: prices.length === 0 ? 0 : Math.min(...prices),
    ...own,
    ...productBody(fields),
    ...visibility(input),
    ...trackingOf(input),
    ...bodyOf({
      images: images?.map(imageBody),
      variants: parts,
    }),
  };
}

function isPriced({ price, compareAtPrice }: VariantFields): boolean {
  return price !== undefined || compareAtPrice !== undefined;
}

/** This platform has no product without a price: one that was given none would be sold for nothing. */
function visibility({ status, price, variants }: ProductInput): Body {
  const hasPrice = price !== undefined || (variants?.every((variant) => variant.price !== undefined) ?? false);
  if (hasPrice) return status === undefined ? { is_visible: true } : {};
  if (status === 'active') throw rejected('A product of BigCommerce without a price would cost nothing.', 'price');
  return status === undefined ? { is_visible: false } : {};
}

/** Only where something is said of it; what the platform does otherwise is its own business. */
function trackingOf({ tracked, variants }: ProductInput): Body {
  const wishes = [tracked, ...(variants ?? []).map((variant) => variant.tracked)].filter((wish) => wish !== undefined);
  if (wishes.length === 0) return {};
  const counted = variants === undefined ? 'product' : 'variant';
  return { inventory_tracking: wishes.includes(true) ? counted : 'none' };
}
