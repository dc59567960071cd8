import { Big, decimal, type JsonValue } from '#contract';
import { anyJson, type RecordReading } from '#kit';
import { z } from 'zod';
import { id, list as plainList, reference, text } from '../atoms.js';

/**
 * A JSON number or, in custom attributes, a text such as `39.000000` (recorded: products-list-page1). Six decimals are kept
 * there; what lies beyond is the dust of a float.
 */
export const exactAmount = z.union([z.number(), z.string()]).transform((value, context) => {
  try {
    const exact = typeof value === 'number' ? new Big(value) : decimal(value);
    return decimal(exact.round(6, Big.roundHalfUp).toFixed()).toFixed();
  } catch {
    context.addIssue({ code: 'custom', message: `not an amount: ${String(value).slice(0, 40)}` });
    return z.NEVER;
  }
});

/** PHP prints a list with a gap in it as an object. */
function list<T extends z.ZodType>(item: T) {
  const values = (value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.values(value) : value;
  return z.preprocess(values, plainList(item));
}

const optionalAmount = z
  .union([z.literal(''), exactAmount])
  .nullish()
  .transform((value) => value || null);

export const customAttributes = list(z.object({ attribute_code: z.string(), value: anyJson.optional() })).transform(
  (entries): ReadonlyMap<string, JsonValue> => new Map(entries.map((one) => [one.attribute_code, one.value ?? null])),
);

/** One choice a configurable product offers, by the attribute its variants differ in. */
const configurableOption = z.object({
  attribute_id: id,
  label: text,
  position: z.number().nullish(),
  values: list(z.object({ value_index: id })),
});
export type ConfigurableOption = z.infer<typeof configurableOption>;

// Of a single product only; lists leave it out (recorded: products-list-page1, product-get-simple).
const stockItem = z.object({ qty: z.number().nullish(), manage_stock: z.boolean().nullish() }).nullish();

export const magentoProduct = z.object({
  id,
  sku: id,
  name: z.string(),
  price: optionalAmount,
  status: z.union([z.string(), z.number()]).nullish(),
  type_id: text,
  created_at: text,
  updated_at: text,
  weight: optionalAmount,
  extension_attributes: z
    .object({
      category_links: list(z.object({ category_id: id, position: z.number().nullish() })),
      stock_item: stockItem,
      configurable_product_options: list(configurableOption),
      configurable_product_links: list(id),
    })
    .nullish(),
  media_gallery_entries: list(
    z.object({ id: reference, label: text, file: text, position: z.number().nullish(), media_type: text }),
  ),
  custom_attributes: customAttributes,
});
export type MagentoProduct = z.infer<typeof magentoProduct>;

const numbered = z.object({ id });

export function identify(raw: JsonValue): string | null {
  return numbered.safeParse(raw).data?.id ?? null;
}

/** A product as it was printed, for what has to look at it before it is mapped. */
export const productAsPrinted: RecordReading<MagentoProduct, MagentoProduct> = {
  schema: magentoProduct,
  map: (product) => product,
  identify,
};

export function isConfigurable({ type_id: type }: Pick<MagentoProduct, 'type_id'>): boolean {
  return type === 'configurable';
}

export function optionsOf(product: MagentoProduct): readonly ConfigurableOption[] {
  const options = product.extension_attributes?.configurable_product_options ?? [];
  return [...options].sort((left, right) => (left.position ?? 0) - (right.position ?? 0));
}

export function childIdsOf(product: MagentoProduct): readonly string[] {
  const ids = product.extension_attributes?.configurable_product_links ?? [];
  return [...ids].sort((left, right) => Number(left) - Number(right));
}

/** The text of a custom attribute; null where it is not set or no text. */
export function attributeText(product: Pick<MagentoProduct, 'custom_attributes'>, code: string): string | null {
  const value = product.custom_attributes.get(code);
  return typeof value === 'string' || typeof value === 'number' ? String(value) || null : null;
}
