import type { JsonValue } from '#contract';
import type { RecordReading } from '#kit';
import { z } from 'zod';
import { amount, id, list, quantity, reference, text } from '../atoms.js';

// An amount that was never entered is printed as '' (recorded: product-get-variable).
const price = amount
  .nullish()
  .transform((value) => (value === '' || value === null || value === undefined ? null : value));
const flag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? false);
// `"parent"`: the variation sells from the stock of its product. Plugins print "yes".
const manageStock = z
  .union([z.boolean(), z.string()])
  .nullish()
  .transform((value): boolean | 'parent' => (value === 'parent' ? value : value === true || value === 'yes'));

const attribute = z.object({
  id: reference,
  name: z.string(),
  position: z.int().nullish(),
  visible: flag,
  variation: flag,
  options: list(z.string()),
});
export type WooAttribute = z.infer<typeof attribute>;

const sold = {
  id,
  parent_id: reference,
  sku: text,
  global_unique_id: text,
  price,
  regular_price: price,
  on_sale: flag,
  weight: amount.nullish().transform((value) => value || null),
  manage_stock: manageStock,
  stock_quantity: quantity.nullish().transform((value) => value ?? null),
  date_created_gmt: text,
  date_modified_gmt: text,
};

export const wooVariation = z.object({
  ...sold,
  name: text,
  attributes: list(z.object({ id: reference, name: z.string(), option: z.string() })),
});
export type WooVariation = z.infer<typeof wooVariation>;

const term = z.object({ id, name: z.string() });

export const wooProduct = z.object({
  ...sold,
  name: z.string(),
  type: z.string().min(1),
  status: z.string().min(1),
  slug: text,
  permalink: text,
  description: text,
  categories: list(term),
  tags: list(term),
  // Since WooCommerce 9.6.
  brands: list(term),
  images: list(z.object({ id: z.union([z.string(), z.int()]).nullish(), src: text, alt: text })),
  // Those of a variation, which `/products` gives too, have another shape (recorded: variation-get-as-product).
  attributes: z.union([list(attribute), z.array(z.unknown()).transform((): WooAttribute[] => [])]),
  variations: list(reference),
});
export type WooProduct = z.infer<typeof wooProduct>;

/** What both have, and all that stock is about. */
export const wooSold = wooProduct.pick({
  id: true,
  parent_id: true,
  type: true,
  status: true,
  sku: true,
  manage_stock: true,
  stock_quantity: true,
  date_modified_gmt: true,
});
export type WooSold = z.infer<typeof wooSold>;

/** Plugins add kinds of their own that have variations. */
export function hasVariations({ type, variations }: Pick<WooProduct, 'type' | 'variations'>): boolean {
  return type === 'variable' || variations.length > 0;
}

const numbered = z.object({ id });

export function identify(raw: JsonValue): string | null {
  return numbered.safeParse(raw).data?.id ?? null;
}

/** A product as it was printed, for what has to look at it before it is mapped. */
export const asPrinted: RecordReading<WooProduct, WooProduct> = {
  schema: wooProduct,
  map: (product) => product,
  identify,
};
