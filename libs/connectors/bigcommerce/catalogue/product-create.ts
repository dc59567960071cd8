import type { ConnectedStore, Mapped, ProductInput, ProductRecord } from '#contract';
import { after, type Body, bodyOf, inOurWords, recordNumber, rejected, writeRow } from '../record-calls.js';
import {
  NEW_VARIANT_LOSSES,
  OUR_WORDS,
  PRODUCT_LOSSES,
  productBody,
  VARIANT_LOSSES,
  variantBody,
} from './product-input.js';
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
  const own = variantBody(currency, fields, shopWeight);
  const parts = variants?.map(({ options, ...part }) => ({
    ...variantBody(currency, part, shopWeight),
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
      images: images?.map(({ url, alt }, index) =>
        bodyOf({ image_url: url, description: alt, is_thumbnail: index === 0, sort_order: index }),
      ),
      variants: parts,
    }),
  };
}

/** This platform has no product without a price: one that was given none would be sold for nothing. */
function visibility({ status, price, variants }: ProductInput): Body {
  const isPriced = price !== undefined || (variants?.every((variant) => variant.price !== undefined) ?? false);
  if (isPriced) return status === undefined ? { is_visible: true } : {};
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
