import type { JsonValue } from '#contract';
import { iso } from '../amounts.js';
import type { Product, Rows, Variant } from '../state/rows.js';

/** What a product is without anybody saying so. Stock, options, variants and images live in tables of their own. */
const DEFAULTS = {
  sku: '',
  description: '',
  width: 0,
  depth: 0,
  height: 0,
  cost_price: 0,
  retail_price: 0,
  sale_price: 0,
  map_price: 0,
  tax_class_id: 0,
  product_tax_code: '',
  categories: [],
  brand_id: 0,
  inventory_warning_level: 0,
  inventory_tracking: 'none',
  fixed_cost_shipping_price: 0,
  is_free_shipping: false,
  is_visible: true,
  is_featured: false,
  related_products: [-1],
  warranty: '',
  bin_picking_number: '',
  layout_file: '',
  upc: '',
  mpn: '',
  gtin: '',
  search_keywords: '',
  availability: 'available',
  availability_description: '',
  gift_wrapping_options_type: 'any',
  gift_wrapping_options_list: [],
  sort_order: 0,
  condition: 'New',
  is_condition_shown: false,
  order_quantity_minimum: 0,
  order_quantity_maximum: 0,
  page_title: '',
  meta_keywords: [],
  meta_description: '',
  view_count: 0,
  preorder_release_date: null,
  preorder_message: '',
  is_preorder_only: false,
  is_price_hidden: false,
  price_hidden_label: '',
  open_graph_type: 'product',
  open_graph_title: '',
  open_graph_description: '',
  open_graph_use_meta_description: true,
  open_graph_use_product_name: true,
  open_graph_use_image: true,
  date_last_imported: '',
  reviews_rating_sum: 0,
  reviews_count: 0,
  total_sold: 0,
  custom_fields: [],
  channels: [1],
} as const satisfies Readonly<Record<string, JsonValue>>;

/** What can be written of a product; its variants, images and stock are written elsewhere. */
export const PRODUCT_FIELDS: ReadonlySet<string> = new Set([
  ...Object.keys(DEFAULTS),
  ...['name', 'type', 'weight', 'price', 'custom_url'],
]);

/** A product as the catalogue keeps it. */
export function makeProduct(
  given: Readonly<Record<string, JsonValue>> & {
    readonly id: number;
    readonly name: string;
    readonly type: string;
    readonly weight: number;
    readonly price: number;
  },
  at: number,
): Product {
  const slug = given.name
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
  const dates = { date_created: iso(at, '+00:00'), date_modified: iso(at, '+00:00') };
  const url = { url: `/${slug}/`, is_customized: false };
  // The caller has checked what it was given; lists in the defaults are read only because they are shared.
  return {
    ...structuredClone(DEFAULTS),
    ...dates,
    custom_url: url,
    option_set_id: null,
    ...given,
  } as unknown as Product;
}

/** A variant that inherits everything from its product, as the platform makes one. */
export function makeVariant(
  given: Readonly<Record<string, JsonValue>> & {
    readonly id: number;
    readonly product_id: number;
    readonly sku: string;
    readonly option_values: Variant['option_values'];
  },
): Variant {
  return {
    sku_id: given.option_values.length === 0 ? null : given.id,
    price: null,
    sale_price: null,
    retail_price: null,
    map_price: null,
    cost_price: 0,
    weight: null,
    width: null,
    height: null,
    depth: null,
    is_free_shipping: false,
    fixed_cost_shipping_price: null,
    purchasing_disabled: false,
    purchasing_disabled_message: '',
    image_url: '',
    upc: '',
    mpn: '',
    gtin: '',
    inventory_warning_level: 0,
    bin_picking_number: '',
    ...given,
  };
}

/** docs: the addresses of an image's four sizes on the store's CDN. */
export function makeImage(
  hash: string,
  {
    id,
    productId,
    at,
    ...given
  }: {
    id: number;
    productId: number;
    at: number;
    isThumbnail: boolean;
    sortOrder: number;
    description: string;
    file?: string;
  },
): Rows['images'] {
  const file = given.file ?? `${productId}/${id}`;
  const cdn = `https://cdn11.bigcommerce.com/s-${hash}/products/${productId}/images/${id}`;
  const size = (name: string, pixels: number): string =>
    `${cdn}/${file.replaceAll('/', '_')}__${name}.${pixels}.${pixels}.jpg`;
  return {
    id,
    product_id: productId,
    is_thumbnail: given.isThumbnail,
    sort_order: given.sortOrder,
    description: given.description,
    image_file: `${file}.jpg`,
    url_zoom: size('zoom', 1280),
    url_standard: size('standard', 386),
    url_thumbnail: size('thumbnail', 220),
    url_tiny: size('tiny', 44),
    date_modified: iso(at, '+00:00'),
  };
}
