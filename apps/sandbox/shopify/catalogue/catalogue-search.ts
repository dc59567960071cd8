import type { SortValue } from '../graphql/connection.js';
import { sortableMoment } from '../graphql/moment.js';
import { decimalsOf } from '../orders/bag.js';
import { catalogueSlice, type Location } from './catalogue-slice.js';
import { isStandalone, type Collection, type Product, type Variant } from './product.js';
import {
  choiceField,
  exactField,
  momentField,
  notField,
  notSimulated,
  numberField,
  wordsField,
  type SearchFields,
} from './search-records.js';

/** A variant with the product it belongs to. */
export interface Row {
  readonly variant: Variant;
  readonly product: Product;
}

const variantStock = ({ levels }: Variant): number => levels.reduce((units, { available }) => units + available, 0);
const stock = ({ variants }: Product): number => variants.reduce((units, variant) => units + variantStock(variant), 0);

export const PRODUCT_FIELDS: SearchFields<Product> = {
  updated_at: momentField(({ updatedAt }) => updatedAt),
  created_at: momentField(({ createdAt }) => createdAt),
  published_at: momentField(({ publishedAt }) => publishedAt),
  id: numberField(({ id }) => [id]),
  variant_id: numberField(({ variants }) => variants.map(({ id }) => id)),
  inventory_total: numberField((product) => [stock(product)]),
  collection_id: ({ value }, { data }) => {
    const chosen = catalogueSlice.read(data).collections.find(({ id }) => id === Number(value));
    return ({ id }) => chosen?.productIds.includes(id) === true;
  },
  status: choiceField(({ status }) => [status]),
  gift_card: choiceField(({ giftCard }) => [String(giftCard)]),
  published_status: choiceField(({ publishedAt }) =>
    publishedAt === null ? ['unpublished', 'any'] : ['published', 'any'],
  ),
  sku: wordsField(({ variants }) => variants.map(({ sku }) => sku)),
  barcode: wordsField(({ variants }) => variants.map(({ barcode }) => barcode)),
  vendor: exactField(({ vendor }) => [vendor]),
  product_type: exactField(({ productType }) => [productType]),
  handle: exactField(({ handle }) => [handle]),
  title: wordsField(({ title }) => [title]),
  variant_title: wordsField(({ variants }) => variants.map(({ values }) => values.join(' / '))),
  tag: exactField(({ tags }) => tags),
  tag_not: notField(({ tags }) => tags),
  tracks_inventory: choiceField(({ variants }) => [String(variants.some(({ tracked }) => tracked))]),
  out_of_stock_somewhere: choiceField(({ variants }) => [
    String(variants.some(({ tracked, levels }) => tracked && levels.some(({ available }) => available <= 0))),
  ]),
  has_only_default_variant: choiceField((product) => [String(isStandalone(product))]),
  price: (term, context) => {
    const unit = 10 ** decimalsOf(context.shop.currency);
    return numberField<Product>(({ variants }) => variants.map(({ price }) => price / unit))(term, context);
  },
  ...notSimulated(
    'products',
    `bundles category_id combined_listing_role delivery_profile_id error_feedback has_only_composites has_variant_with_components
    is_price_reduced product_configuration_owner product_publication_status publication_ids publishable_status`,
  ),
  default: wordsField(({ title, vendor, productType, tags, variants }) => [
    ...[title, vendor, productType, ...tags],
    ...variants.map(({ sku }) => sku),
  ]),
};

export const VARIANT_FIELDS: SearchFields<Row> = {
  updated_at: momentField(({ variant }) => variant.updatedAt),
  id: numberField(({ variant }) => [variant.id]),
  product_id: numberField(({ product }) => [product.id]),
  sku: wordsField(({ variant }) => [variant.sku]),
  barcode: wordsField(({ variant }) => [variant.barcode]),
  title: wordsField(({ variant }) => [variant.values.join(' / ')]),
  vendor: exactField(({ product }) => [product.vendor]),
  product_type: exactField(({ product }) => [product.productType]),
  product_status: choiceField(({ product }) => [product.status]),
  product_ids: ({ value }) => {
    const wanted = value.split(',').map(Number);
    return ({ product }) => wanted.includes(product.id);
  },
  inventory_quantity: numberField(({ variant }) => [variantStock(variant)]),
  taxable: choiceField(({ variant }) => [String(variant.taxable)]),
  managed: choiceField(({ variant }) => [String(variant.tracked)]),
  gift_card: choiceField(({ product }) => [String(product.giftCard)]),
  tag: exactField(({ product }) => product.tags),
  tag_not: notField(({ product }) => product.tags),
  ...notSimulated(
    'variants',
    `collection delivery_profile_id exclude_composite exclude_variants_with_components location_id managed_by option1 option2 option3
    product_publication_status publishable_status published_status requires_components`,
  ),
  default: wordsField(({ variant, product }) => [product.title, variant.sku, variant.barcode]),
};

export const ITEM_FIELDS: SearchFields<Row> = {
  updated_at: momentField(({ variant }) => variant.itemUpdatedAt),
  created_at: momentField(({ variant }) => variant.createdAt),
  id: numberField(({ variant }) => [variant.itemId]),
  sku: wordsField(({ variant }) => [variant.sku]),
  default: wordsField(({ variant }) => [variant.sku]),
};

export const COLLECTION_FIELDS: SearchFields<Collection> = {
  updated_at: momentField(({ updatedAt }) => updatedAt),
  id: numberField(({ id }) => [id]),
  product_id: numberField(({ productIds }) => productIds),
  title: wordsField(({ title }) => [title]),
  handle: exactField(({ handle }) => [handle]),
  collection_type: choiceField(({ smart }) => [smart ? 'smart' : 'custom']),
  published_status: choiceField(() => ['published', 'any']),
  ...notSimulated('collections', 'product_publication_status publishable_status published_at'),
  default: wordsField(({ title }) => [title]),
};

export const LOCATION_FIELDS: SearchFields<Location> = {
  id: numberField(({ id }) => [id]),
  name: wordsField(({ name }) => [name]),
  location_id: numberField(({ id }) => [id]),
  active: choiceField(({ isActive }) => [String(isActive)]),
  legacy: choiceField(() => ['false']),
  ...notSimulated('locations', 'city country created_at geolocated pickup_in_store province zip'),
  default: wordsField(({ name }) => [name]),
};

/** What a list can be sorted by. */
export type Sortings<Item> = Readonly<Record<string, (item: Item) => SortValue>>;

export const PRODUCT_SORTINGS: Sortings<Product> = {
  CREATED_AT: ({ createdAt }) => sortableMoment(createdAt),
  UPDATED_AT: ({ updatedAt }) => sortableMoment(updatedAt),
  PUBLISHED_AT: ({ publishedAt }) => (publishedAt === null ? '' : sortableMoment(publishedAt)),
  INVENTORY_TOTAL: stock,
  PRODUCT_TYPE: ({ productType }) => productType.toLowerCase(),
  TITLE: ({ title }) => title.toLowerCase(),
  VENDOR: ({ vendor }) => vendor.toLowerCase(),
};

export const VARIANT_SORTINGS: Sortings<Row> = {
  SKU: ({ variant }) => (variant.sku ?? '').toLowerCase(),
  TITLE: ({ variant }) => variant.values.join(' / ').toLowerCase(),
  FULL_TITLE: ({ variant, product }) => `${product.title} - ${variant.values.join(' / ')}`.toLowerCase(),
  NAME: ({ variant, product }) => `${product.title} - ${variant.values.join(' / ')}`.toLowerCase(),
  INVENTORY_QUANTITY: ({ variant }) => variantStock(variant),
  INVENTORY_LEVELS_AVAILABLE: ({ variant }) => variantStock(variant),
  INVENTORY_MANAGEMENT: ({ variant }) => String(variant.tracked),
  INVENTORY_POLICY: ({ variant }) => variant.policy,
  POSITION: ({ variant, product }) => product.variants.indexOf(variant) + 1,
};

export const COLLECTION_SORTINGS: Sortings<Collection> = {
  UPDATED_AT: ({ updatedAt }) => sortableMoment(updatedAt),
  TITLE: ({ title }) => title.toLowerCase(),
};
