import { append, num, type Row, rowsOf, text } from '../row.js';

/** Attributes that have a column of their own; all others lie in `custom_attributes`. */
export const PRODUCT_MEMBERS = [
  'id',
  'sku',
  'name',
  'attribute_set_id',
  'price',
  'status',
  'visibility',
  'type_id',
  'created_at',
  'updated_at',
  'weight',
  'extension_attributes',
  'product_links',
  'options',
  'media_gallery_entries',
  'tier_prices',
  'custom_attributes',
];

interface NewProduct {
  readonly id: number;
  readonly sku: string;
  readonly name: string;
  readonly price: number;
  readonly type: string;
  readonly urlKey: string;
  readonly now: string;
  readonly weight?: number;
}

/** A product as it is after a save without anything special (recorded: product-create.json). */
export function productRow({ id, sku, name, price, type, urlKey, now, weight }: NewProduct): Row {
  return {
    id,
    sku,
    name,
    attribute_set_id: 4,
    price,
    status: 1,
    visibility: 4,
    type_id: type,
    created_at: now,
    updated_at: now,
    ...(weight === undefined ? {} : { weight }),
    product_links: [],
    options: [],
    media_gallery_entries: [],
    tier_prices: [],
    custom_attributes: [
      { attribute_code: 'options_container', value: 'container2' },
      { attribute_code: 'msrp_display_actual_price_type', value: '0' },
      { attribute_code: 'url_key', value: urlKey },
      { attribute_code: 'required_options', value: '0' },
      { attribute_code: 'has_options', value: '0' },
      { attribute_code: 'tax_class_id', value: '2' },
      { attribute_code: 'category_ids', value: [] },
    ],
    _website_ids: [1],
    _categories: [],
  };
}

export function attributeOf(product: Row, code: string): Row | undefined {
  return rowsOf(product, 'custom_attributes').find((one) => one['attribute_code'] === code);
}

export function setAttribute(product: Row, code: string, value: string | string[]): void {
  const known = attributeOf(product, code);
  if (known) known['value'] = value;
  else append(product, 'custom_attributes', { attribute_code: code, value });
}

/** Puts a product into a category, or changes its place there. */
export function assignCategory(product: Row, categoryId: number, position: number): void {
  const link = rowsOf(product, '_categories').find((one) => num(one, 'category_id') === categoryId);
  if (link) link['position'] = position;
  else append(product, '_categories', { position, category_id: String(categoryId) });
  nameCategories(product);
}

export function leaveCategory(product: Row, categoryId: number): boolean {
  const links = rowsOf(product, '_categories');
  const others = links.filter((one) => num(one, 'category_id') !== categoryId);
  product['_categories'] = others;
  nameCategories(product);
  return others.length < links.length;
}

/** The ids are an attribute, too. */
export function nameCategories(product: Row): void {
  setAttribute(
    product,
    'category_ids',
    rowsOf(product, '_categories').map((one) => text(one, 'category_id')),
  );
}
