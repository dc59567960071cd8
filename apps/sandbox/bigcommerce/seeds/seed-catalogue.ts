import { iso } from '../amounts.js';
import { makeImage, makeProduct, makeVariant } from '../catalog/make-product.js';
import { makeLocation } from '../catalog/make-location.js';
import type { Rows, SeedRows, Variant } from '../state/rows.js';
import type { Store } from '../stores.js';
import { goodsOf, type Good } from './goods.js';

const DAY = 86_400_000;
const FIRST_PRODUCT = 77;
const FIRST_VARIANT = 358;
const SAFETY_STOCK = 2;

type Filled = Required<
  Pick<SeedRows, 'products' | 'variants' | 'options' | 'images' | 'brands' | 'categories' | 'locations' | 'stock'>
>;

function makeCategory(id: number, parentId: number, name: string, path: string): Rows['categories'] {
  const hex = id.toString(16).padStart(12, '0');
  return {
    id,
    category_uuid: `5e3b1c52-0f0d-4c2c-9d6a-${hex}`,
    tree_id: 1,
    parent_id: parentId,
    name,
    description: '',
    views: 0,
    sort_order: 0,
    page_title: '',
    meta_keywords: [],
    meta_description: '',
    layout_file: 'category.html',
    image_url: '',
    is_visible: true,
    search_keywords: '',
    default_product_sort: 'use_store_settings',
    url: { path: `/${path.toLowerCase().replaceAll(' ', '-')}/`, is_customized: false },
  };
}

/** The category at the end of a path, made with everything above it when it is not there yet. */
function categoryAt(path: string, rows: Filled): number {
  let parent = 0;
  const walked: string[] = [];
  for (const name of path.split('/')) {
    walked.push(name);
    const known = rows.categories.find((one) => one.name === name && one.parent_id === parent);
    const category = known ?? makeCategory(18 + rows.categories.length, parent, name, walked.join('/'));
    if (known === undefined) rows.categories.push(category);
    parent = category.id;
  }
  return parent;
}

function brandOf(name: string | undefined, { brands }: Filled): number {
  if (name === undefined) return 0;
  const known = brands.find((brand) => brand.name === name);
  if (known !== undefined) return known.id;
  const id = 36 + brands.length;
  brands.push({
    id,
    name,
    page_title: '',
    meta_keywords: [],
    meta_description: '',
    image_url: '',
    search_keywords: '',
  });
  return id;
}

/** Every combination of the options' values. */
function combine(options: readonly Rows['options'][]): readonly Variant['option_values'][] {
  return options.reduce<readonly Variant['option_values'][]>(
    (combined, option) =>
      combined.flatMap((before) =>
        option.option_values.map(({ id, label }) => [
          ...before,
          { id, label, option_id: option.id, option_display_name: option.display_name },
        ]),
      ),
    [[]],
  );
}

function addOptions(productId: number, { options = {} }: Good, rows: Filled): readonly Rows['options'][] {
  return Object.entries(options).map(([name, labels], place) => {
    const id = 110 + rows.options.length;
    const values = labels.map((label, index) => ({
      id: id * 10 + index,
      label,
      sort_order: index,
      value_data: null,
      is_default: index === 0,
    }));
    const option = {
      id,
      product_id: productId,
      name: `${name}${id}-${productId}`,
      display_name: name,
      type: 'rectangles',
      sort_order: place,
      config: {},
      option_values: values,
    };
    rows.options.push(option);
    return option;
  });
}

function addVariants(productId: number, good: Good, rows: Filled): number {
  const combinations = combine(addOptions(productId, good, rows));
  const firstId = FIRST_VARIANT + rows.variants.length;
  for (const [index, values] of combinations.entries()) {
    const id = firstId + index;
    const suffix = values.map(({ label }) => label.toUpperCase().slice(0, 4)).join('-');
    const sku = suffix === '' ? good.sku : `${good.sku}-${suffix}`;
    // The largest of a size costs more, so that one variant does not inherit its product's price.
    const dearer =
      index === combinations.length - 1 && combinations.length > 3 ? { price: Number(good.price) + 5 } : {};
    rows.variants.push(makeVariant({ id, product_id: productId, sku, option_values: values, ...dearer }));
    if (good.stock === undefined) continue;
    for (const location of rows.locations) {
      const here = location.id === 1 ? good.stock : Math.floor(good.stock / 4);
      const onHand = Math.max(0, here - index * 2);
      rows.stock.push({
        id: rows.stock.length + 1,
        variant_id: id,
        location_id: location.id,
        on_hand: onHand,
        safety_stock: onHand > 10 ? SAFETY_STOCK : 0,
        warning_level: 5,
        bin_picking_number: '',
      });
    }
  }
  return firstId;
}

function addImages(productId: number, good: Good, hash: string, at: number, rows: Filled): void {
  for (let index = 0; index < good.images; index += 1) {
    rows.images.push(
      makeImage(hash, {
        id: 400 + rows.images.length,
        productId,
        at,
        isThumbnail: index === 0,
        sortOrder: index,
        description: index === 0 ? good.name : '',
      }),
    );
  }
}

function addProduct(good: Good, index: number, store: Store, base: number, rows: Filled): void {
  const id = FIRST_PRODUCT + index;
  const at = base - (400 - index * 9) * DAY;
  const price = Number(good.price);
  const salePrice = Number(good.salePrice ?? 0);
  const baseVariant = addVariants(id, good, rows);
  const tracked = good.options === undefined ? 'product' : 'variant';
  const product = makeProduct(
    {
      id,
      name: good.name,
      type: good.digital === undefined ? 'physical' : 'digital',
      sku: good.sku,
      description: `<p>${good.name}</p>`,
      weight: good.weight,
      price,
      sale_price: salePrice,
      cost_price: Math.round(price / 2),
      categories: [categoryAt(good.category, rows)],
      brand_id: brandOf(good.brand, rows),
      is_visible: good.hidden === undefined,
      availability: good.disabled ? 'disabled' : good.preorder ? 'preorder' : 'available',
      inventory_tracking: good.stock === undefined ? 'none' : tracked,
      inventory_warning_level: good.stock === undefined ? 0 : 5,
      ...(good.options === undefined && { base_variant_id: baseVariant }),
      ...(good.preorder && { preorder_release_date: iso(base + 30 * DAY, '+00:00'), preorder_message: 'Ships soon.' }),
    },
    at,
  );
  rows.products.push({ ...product, date_modified: iso(at + index * 11 * DAY, '+00:00') });
  addImages(id, good, store.hash, at, rows);
}

/** Products with their variants, options, images, categories, brands, locations and stock. */
export function seedCatalogue(store: Store, base: number): Filled {
  const rows: Filled = {
    products: [],
    variants: [],
    options: [],
    images: [],
    brands: [],
    categories: [],
    locations: [
      makeLocation({ id: 1, code: 'BC-LOCATION-1', label: 'Default location', enabled: true }, store, base - 500 * DAY),
      makeLocation({ id: 2, code: 'WAREHOUSE', label: 'Warehouse', enabled: true }, store, base - 200 * DAY),
    ],
    stock: [],
  };
  for (const [index, good] of goodsOf(store).entries()) addProduct(good, index, store, base, rows);
  return rows;
}
