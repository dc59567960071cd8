import {
  Big,
  type ConnectedStore,
  type JsonValue,
  type Losses,
  type Money,
  type ProductChange,
  type VariantInput,
} from '#contract';
import { z } from 'zod';
import { amountIn } from '../order-body.js';
import { bodyOf, checkedId, rejected } from '../record-calls.js';
import { PRODUCT_STATUS } from './map-product.js';
import { askWeightUnit, weightIn } from './weight.js';

export type Body = Readonly<Record<string, JsonValue>>;
export type ProductFields = Omit<ProductChange, 'productId'>;
export type VariantFields = Pick<VariantInput, 'sku' | 'barcode' | 'price' | 'compareAtPrice' | 'weight' | 'tracked'>;

export const PRODUCT_LOSSES: Losses = {
  description: { fate: 'changed', why: 'WordPress takes out the HTML it holds unsafe, such as scripts.' },
  type: { fate: 'ignored', why: 'The type of a WooCommerce product follows from whether it has variants.' },
  vendor: { fate: 'ignored', why: 'WooCommerce keeps brands as a list of their own, which is only read.' },
  handle: {
    fate: 'changed',
    why: 'WordPress makes it fit for an address, and adds a number where another product has it.',
  },
  categoryIds: { fate: 'changed', values: [''], why: 'A product without a category is put into the default one.' },
  'images[].url': { fate: 'changed', why: 'The shop downloads the picture and shows its own copy.' },
};

export const VARIANT_LOSSES: Losses = {
  weight: { fate: 'changed', why: 'The shop weighs in one unit; a weight in another one is converted to it.' },
};

/** A text as HTML, which is what WordPress keeps: `<`, `>` and `&` are what they were when it is read again. */
export function asHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

// What `sanitize_text_field` would change: tags, encoded bytes, white space at the ends and more than one in a row; and
// backslashes, which WordPress takes for escapes.
const SANITIZED = /<|\\|%[\da-f]{2}|[\t\r\n]|^\s|\s$|\s{2}/i;

/** A text that must be kept to the letter, because something is found again by it. */
export function kept(text: string, path: string, also?: RegExp): string {
  if (!SANITIZED.test(text) && also?.test(text) !== true) return text;
  throw rejected('WooCommerce would not keep this text as it is.', path);
}

/** @throws GatewayError `request_rejected`; nothing was sent but, for tags, that there are such */
export async function productBody(store: ConnectedStore, fields: ProductFields): Promise<Body> {
  const { name, description, status, handle, categoryIds, images } = fields;
  return bodyOf({
    name: name === undefined ? undefined : asHtml(name),
    description,
    status: status === undefined ? undefined : PRODUCT_STATUS.get(status)?.[0],
    slug: handle,
    categories: categoryIds?.map((id) => ({ id: Number(checkedId(id, 'category')) })),
    images: images?.map(({ url, alt }) => bodyOf({ src: url, alt })),
    tags: fields.tags && (await tagsNamed(store, fields.tags)),
  });
}

const made = z.object({
  create: z.array(
    z.object({
      id: z.int(),
      error: z.object({ data: z.object({ resource_id: z.int().nullish() }).nullish() }).nullish(),
    }),
  ),
});
const BATCH = 100;

/**
 * Products take tags by their ids only. One call makes those that are missing and names those that exist: a name that is
 * taken is answered with the id that has it (fact sheet, 4.4 and 4.5). A tag nobody uses does no harm.
 */
async function tagsNamed(store: ConnectedStore, tags: readonly string[]): Promise<JsonValue[]> {
  const names = [...new Set(tags)];
  const ids: number[] = [];
  for (let from = 0; from < names.length; from += BATCH) {
    const create = names.slice(from, from + BATCH).map((name) => ({ name: asHtml(name) }));
    const path = 'wp-json/wc/v3/products/tags/batch';
    const { data } = await store.http({ method: 'POST', path, body: { create }, effect: 'write', expect: made });
    ids.push(...data.create.map((tag) => tag.error?.data?.resource_id ?? tag.id));
  }
  if (ids.length !== names.length || ids.some((id) => id <= 0)) throw rejected('The shop refused a tag.', 'tags');
  return ids.map((id) => ({ id }));
}

/** What an item costs now, as the shop keeps it. */
export interface Priced {
  readonly price: string | number | null;
  readonly regular_price: string | number | null;
  readonly on_sale: boolean;
}

/** Whether what was left out has to be known before the prices can be written. */
export function pricesDepend({ price, compareAtPrice }: VariantFields): boolean {
  return (price === undefined) !== (compareAtPrice === undefined);
}

/** @param current what the item costs now, where it exists */
export async function variantBody(store: ConnectedStore, fields: VariantFields, current?: Priced): Promise<Body> {
  const { sku, barcode, weight, tracked } = fields;
  const local = {
    sku: sku === undefined ? undefined : kept(sku, 'sku'),
    // Anything else is dropped, which would make it another number.
    global_unique_id: barcode === undefined ? undefined : kept(barcode, 'barcode', /[^\d-]/),
    ...priceBody(store.currency, fields, current),
    manage_stock: tracked,
  };
  return bodyOf({ ...local, weight: weight && weightIn(await askWeightUnit(store), weight) });
}

function priceBody(currency: string, fields: VariantFields, current: Priced | undefined): Body {
  const { price, compareAtPrice } = fields;
  if (price === undefined && compareAtPrice === undefined) return {};
  const asked = price === undefined ? textOf(current?.price) : amountIn(currency, price, 'price');
  const regular = regularPrice(currency, compareAtPrice, current);
  if (regular === null) return bodyOf({ regular_price: asked ?? undefined, sale_price: current && '' });
  if (asked === null) throw rejected('Without a price there is nothing to compare.', 'compareAtPrice');
  if (new Big(regular).gt(asked)) {
    // A period that was set for an earlier sale would end this one, or keep it from beginning.
    const always = current === undefined ? {} : { date_on_sale_from: '', date_on_sale_to: '' };
    return { regular_price: regular, sale_price: asked, ...always };
  }
  if (compareAtPrice) throw rejected('compareAtPrice must be above the price.', 'compareAtPrice');
  return { regular_price: asked, sale_price: '' };
}

/** The price something is compared with; null where it is not on sale. */
function regularPrice(currency: string, asked: Money | null | undefined, current: Priced | undefined): string | null {
  if (asked === undefined) return current?.on_sale === true ? textOf(current.regular_price) : null;
  return asked === null ? null : amountIn(currency, asked, 'compareAtPrice');
}

function textOf(amount: string | number | null | undefined): string | null {
  return amount === null || amount === undefined ? null : String(amount);
}
