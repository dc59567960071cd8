import type { ConnectedStore, JsonValue, ProductChange, ProductInput } from '#contract';
import { globalId } from '../global-id.js';
import { MAX_ROWS, given, reject, requireTags } from '../order-input.js';
import { PRODUCT_WORD } from './statuses.js';
import { VARIANT_FIELDS, type VariantFields, optionValues, requireVariant, variantFields } from './variant-input.js';

type ProductFields = Omit<ProductChange, 'productId'>;

/** Fields of `ProductSetInput` that belong to the product itself. Lists replace what is there. */
export function productFields(input: ProductFields) {
  return given({
    title: input.name,
    descriptionHtml: input.description,
    status: input.status && PRODUCT_WORD[input.status],
    productType: input.type,
    vendor: input.vendor,
    tags: input.tags && [...input.tags],
    handle: input.handle,
    collections: input.categoryIds?.map((id) => globalId('Collection', id)),
    files: input.images?.map(({ url, alt }) => given({ originalSource: url, alt, contentType: 'IMAGE' })),
  });
}

/** A new product with all its variants. One without choices has the platform's own option, with its one value. */
export function newProduct({ variants, ...input }: ProductInput): JsonValue {
  const rows: readonly VariantFields[] = variants ?? (hasVariantFields(input) ? [input] : []);
  if (rows.length === 0) return productFields(input);
  const options = variants === undefined ? [{ name: 'Title', values: ['Default Title'] }] : optionsOf(variants);
  return {
    ...productFields(input),
    productOptions: options.map(({ name, values }, at) => ({
      name,
      position: at + 1,
      values: values.map((value) => ({ name: value })),
    })),
    variants: rows.map((row) => ({
      ...variantFields(row),
      optionValues: optionValues(row.options ?? [{ name: 'Title', value: 'Default Title' }]) ?? [],
    })),
  };
}

export function hasVariantFields(input: VariantFields): boolean {
  return VARIANT_FIELDS.some((name) => input[name] !== undefined);
}

type Variants = NonNullable<ProductInput['variants']>;

/** The options of a product with their values, in the order in which its variants name them. */
function optionsOf(variants: Variants): { readonly name: string; readonly values: readonly string[] }[] {
  const options = new Map<string, Set<string>>();
  for (const { name, value } of variants.flatMap((variant) => variant.options))
    options.set(name, (options.get(name) ?? new Set()).add(value));
  return [...options].map(([name, values]) => ({ name, values: [...values] }));
}

/** Checks everything that can be known before anything is sent. @throws GatewayError `request_rejected` */
export function requireProduct(
  store: ConnectedStore,
  operation: string,
  input: ProductFields & VariantFields & { readonly variants?: Variants | undefined },
): void {
  requireTags(operation, input.tags);
  requireVariant(store, operation, input);
  const { variants, images = [] } = input;
  if (images.length > MAX_ROWS) throw reject(operation, 'images', `Shopify takes at most ${MAX_ROWS} images`);
  if (variants === undefined) return;
  const both = VARIANT_FIELDS.find((name) => input[name] !== undefined);
  if (both !== undefined)
    throw reject(operation, both, 'In a product with variants, this belongs to each of them and not to the product');
  const names = optionsOf(variants).map(({ name }) => name);
  if (names.length > 3) throw reject(operation, 'variants', 'A product of Shopify has at most 3 options');
  for (const [at, variant] of variants.entries()) {
    requireVariant(store, operation, variant, `variants.${at}.`);
    if (
      variant.options.length !== names.length ||
      new Set(variant.options.map(({ name }) => name)).size !== names.length
    )
      throw reject(
        operation,
        `variants.${at}.options`,
        `Each variant has to say each option once: ${names.join(', ')}`,
      );
  }
}
