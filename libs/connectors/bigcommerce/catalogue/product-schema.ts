import type { JsonValue } from '#contract';
import type { RecordReading } from '#kit';
import { z } from 'zod';
import { amount, id, list, optionalAmount, reference, text } from '../atoms.js';

const count = z
  .int()
  .nullish()
  .transform((value) => value ?? null);

export const platformVariant = z.object({
  id,
  sku: text,
  upc: text,
  gtin: text,
  // null: as its product.
  price: optionalAmount,
  sale_price: optionalAmount,
  calculated_price: optionalAmount,
  weight: optionalAmount,
  inventory_level: count,
  // Empty for the one variant of a product without options (product-variants_catalog.v3.yml).
  option_values: list(z.object({ label: z.string(), option_display_name: z.string() })),
});
export type PlatformVariant = z.infer<typeof platformVariant>;

export const platformProduct = z.object({
  id,
  name: z.string(),
  type: text,
  description: text,
  price: amount,
  sale_price: optionalAmount,
  calculated_price: optionalAmount,
  weight: optionalAmount,
  categories: list(id).nullish(),
  brand_id: reference,
  inventory_level: count,
  inventory_tracking: text,
  is_visible: z.boolean(),
  availability: z.string(),
  custom_url: z.object({ url: text }).nullish(),
  images: list(z.object({ id, url_standard: text, image_url: text, description: text })),
  variants: z.array(platformVariant).optional(),
  date_created: text,
  date_modified: text,
});
export type PlatformProduct = z.infer<typeof platformProduct>;

const numbered = z.object({ id });

export function identify(raw: JsonValue): string | null {
  return numbered.safeParse(raw).data?.id ?? null;
}

/** A product as it was printed, for what has to look at it before it is mapped. */
export const asPrinted: RecordReading<PlatformProduct, PlatformProduct> = {
  schema: platformProduct,
  map: (product) => product,
  identify,
};
