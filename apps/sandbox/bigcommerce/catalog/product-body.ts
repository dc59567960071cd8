import type { Product, Rows, Variant } from '../state/rows.js';
import type { StoreData } from '../state/store-data.js';
import { baseVariant, levelOf, variantsOf } from './stock.js';

const positive = (value: unknown): number | undefined => (typeof value === 'number' && value > 0 ? value : undefined);

/** docs: an empty price inherits the product's; the calculated price is what a shopper sees. */
export function variantBody(data: StoreData, variant: Variant): Readonly<Record<string, unknown>> {
  const product = data.tables.products.find(variant.product_id);
  const price = variant.sale_price ?? variant.price ?? positive(product?.['sale_price']) ?? product?.price ?? 0;
  return {
    ...variant,
    calculated_price: price,
    calculated_weight: variant.weight ?? product?.weight ?? 0,
    inventory_level: levelOf(data, variant.id),
  };
}

export const imagesOf = ({ tables }: StoreData, productId: number): readonly Rows['images'][] =>
  tables.images
    .where(({ product_id: id }) => id === productId)
    .toSorted((left, right) => left.sort_order - right.sort_order || left.id - right.id);

export const optionsOf = ({ tables }: StoreData, productId: number): readonly Rows['options'][] =>
  tables.options.where(({ product_id: id }) => id === productId);

/** docs: the catalogue's stock of a product: nothing when untracked, its variants' together when each has its own. */
export function productLevel(data: StoreData, product: Product): number {
  if (product.inventory_tracking === 'none') return 0;
  return variantsOf(data, product.id).reduce((sum, { id }) => sum + levelOf(data, id), 0);
}

const INCLUDES: Readonly<Record<string, (data: StoreData, product: Product) => unknown>> = {
  variants: (data, { id }) => variantsOf(data, id).map((variant) => variantBody(data, variant)),
  images: (data, { id }) => imagesOf(data, id),
  primary_image: (data, { id }) => imagesOf(data, id).find(({ is_thumbnail: is }) => is) ?? null,
  options: (data, { id }) => optionsOf(data, id),
  modifiers: () => [],
  custom_fields: (_data, product) => product['custom_fields'],
  bulk_pricing_rules: () => [],
  videos: () => [],
  parent_relations: () => [],
  channels: (_data, { channels }) => channels,
};

/** A product with whatever `include` asks for; `include_fields` and `exclude_fields` choose among its own fields. */
export function productBody(
  data: StoreData,
  product: Product,
  query: URLSearchParams,
): Readonly<Record<string, unknown>> {
  const { custom_fields: _custom, channels: _channels, ...own } = product;
  const base: Record<string, unknown> = {
    ...own,
    calculated_price: positive(product['sale_price']) ?? product.price,
    inventory_level: productLevel(data, product),
    base_variant_id: baseVariant(data, product)?.id ?? null,
  };
  const split = (name: string): readonly string[] => (query.get(name) ?? '').split(',').filter((one) => one !== '');
  const [wanted, unwanted] = [split('include_fields'), new Set(split('exclude_fields'))];
  const kept = Object.entries(base).filter(
    ([field]) => field === 'id' || ((wanted.length === 0 || wanted.includes(field)) && !unwanted.has(field)),
  );
  const included = split('include').flatMap((name) => {
    const make = INCLUDES[name];
    return make === undefined ? [] : [[name, make(data, product)] as const];
  });
  return { ...Object.fromEntries(kept), ...Object.fromEntries(included) };
}
