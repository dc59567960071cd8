import type {
  ConnectedStore,
  JsonValue,
  ListOperation,
  Mapped,
  OfProductFilter,
  Operation,
  ProductFilter,
  ProductRecord,
  Sort,
  VariantRecord,
} from '#contract';
import { mapOne, type RecordReading, readRecords } from '#kit';
import { z } from 'zod';
import { reference } from '../atoms.js';
import { countedRows } from '../counted-page.js';
import { type RecordNumber, readRow, readRows, recordNumber } from '../record-calls.js';
import { type Column, timedRows } from '../timed-page.js';
import { mapProduct, mapVariant, type ProductOfVariant, type ShopTerms, statusOf } from './product-record.js';
import { asPrinted, identify, type PlatformProduct, platformProduct, platformVariant } from './product-schema.js';
import { findWeightUnit } from './weight.js';

export const PRODUCTS = 'v3/catalog/products';
const INCLUDE = 'variants,images';

const COLUMNS: Readonly<Record<Sort, Column>> = {
  createdAt: { ascending: true, query: { sort: 'id', direction: 'asc' } },
  '-createdAt': { ascending: false, query: { sort: 'id', direction: 'desc' } },
  updatedAt: { ascending: true, query: { sort: 'date_modified', direction: 'asc' }, field: 'date_modified' },
  '-updatedAt': { ascending: false, query: { sort: 'date_modified', direction: 'desc' }, field: 'date_modified' },
};

export const listProducts: ListOperation<ProductFilter, ProductRecord> = {
  filters: { updatedSince: true, status: ['active', 'draft', 'archived'], sku: true, name: true, categoryId: true },
  sorts: ['-createdAt', 'createdAt', 'updatedAt', '-updatedAt'],
  // Each with up to 600 variants; an answer of 250 such products is larger than any that is read.
  maxPageSize: 50,
  async page(store, { filter, sort }, page) {
    const { sku, name, categoryId } = filter;
    const holders = sku === undefined ? undefined : await holdersOfSku(store, sku);
    if (holders?.length === 0) return { items: [], quarantined: [] };
    const query = {
      include: INCLUDE,
      name,
      ...(categoryId !== undefined && { 'categories:in': recordNumber(categoryId, 'category') }),
      ...(holders && { 'id:in': [...new Set(holders.map(({ productId }) => productId))].join(',') }),
      ...visibilityOf(filter.status),
    };
    const selection = { path: PRODUCTS, query, keeps: statusKept(filter.status) };
    const { rows, next } = await timedRows(store, selection, { filter, column: COLUMNS[sort] }, page);
    const read = readRecords(rows, productReading(await termsFor(store, rows)));
    return { ...read, ...(next !== undefined && { next }) };
  },
};

/** The platform filters by one visibility; what is too much for the status wanted is taken out. */
function visibilityOf(status: ProductFilter['status']): Readonly<Record<string, boolean>> {
  if (status === undefined || status.includes('archived')) return {};
  const seen = new Set(status.map((wanted) => wanted !== 'draft'));
  return seen.size === 1 ? { is_visible: seen.has(true) } : {};
}

const shown = platformProduct.pick({ is_visible: true, availability: true });

function statusKept(wanted: ProductFilter['status']): (raw: JsonValue) => boolean {
  return (raw) => {
    const read = shown.safeParse(raw).data;
    return wanted === undefined || read === undefined || wanted.includes(statusOf(read));
  };
}

const holder = z.object({ id: z.int().transform(String), product_id: z.int().transform(String), sku: z.string() });

/** The variants with this very SKU. A product without options has one that carries its SKU. */
export async function holdersOfSku(
  store: ConnectedStore,
  sku: string,
): Promise<readonly { readonly variantId: string; readonly productId: string }[]> {
  const { rows } = await readRows(store, 'v3/catalog/variants', { sku });
  return rows
    .flatMap((raw) => holder.safeParse(raw).data ?? [])
    .filter((found) => found.sku === sku)
    .map(({ id, product_id: productId }) => ({ variantId: id, productId }));
}

function productReading(terms: ShopTerms): RecordReading<PlatformProduct, ProductRecord> {
  return { schema: platformProduct, map: (product) => mapProduct(product, terms), identify };
}

const said = z.object({ brand_id: reference });
const brand = z.object({ id: z.int().transform(String), name: z.string() });

/** What the products of a page do not say of themselves: the shop's unit of weight, and the names of their brands. */
export async function termsFor(store: ConnectedStore, rows: readonly JsonValue[]): Promise<ShopTerms> {
  const weight = rows.length === 0 ? null : await findWeightUnit(store);
  const wanted = [...new Set(rows.flatMap((raw) => said.safeParse(raw).data?.brand_id ?? []))];
  const query = { 'id:in': wanted.join(','), include_fields: 'name', limit: 250 };
  const brands = wanted.length === 0 ? [] : (await readRows(store, 'v3/catalog/brands', query)).rows;
  const named = brands.flatMap((raw) => brand.safeParse(raw).data ?? []);
  return { currency: store.currency, weight, brands: new Map(named.map(({ id, name }) => [id, name])) };
}

export const getProduct: Operation<{ readonly platformId: string }, Mapped<ProductRecord>> = {
  run: (store, { platformId }) => wholeProduct(store, recordNumber(platformId, 'product')),
};

export async function wholeProduct(store: ConnectedStore, product: RecordNumber): Promise<Mapped<ProductRecord>> {
  const raw = await rawProduct(store, product);
  return mapOne('bigcommerce', 'products.get', raw, productReading(await termsFor(store, [raw])));
}

function rawProduct(store: ConnectedStore, product: RecordNumber): Promise<JsonValue> {
  return readRow(store, `${PRODUCTS}/${product}`, { include: INCLUDE });
}

/** A product as it is now, for what has to look at it before it is changed. */
export async function printedProduct(store: ConnectedStore, product: RecordNumber): Promise<PlatformProduct> {
  return mapOne('bigcommerce', 'products.get', await rawProduct(store, product), asPrinted).record;
}

export const listVariants: ListOperation<OfProductFilter, VariantRecord> = {
  filters: { productId: true },
  sorts: ['createdAt'],
  maxPageSize: 250,
  async page(store, { filter }, page) {
    const number = recordNumber(filter.productId, 'product');
    const { rows, next } = await countedRows(store, { path: `${PRODUCTS}/${number}/variants` }, page);
    const reading = variantReading(await readRow(store, `${PRODUCTS}/${number}`), await termsFor(store, rows));
    return { ...readRecords(rows, reading), ...(next !== undefined && { next }) };
  },
};

/** Variants take from their product what they do not say themselves. */
export function variantReading(
  rawProduct: JsonValue,
  terms: ShopTerms,
): RecordReading<PlatformVariantRaw, VariantRecord> {
  const product: ProductOfVariant = mapOne('bigcommerce', 'variants', rawProduct, asPrinted).record;
  return { schema: platformVariant, map: (variant) => mapVariant(variant, product, terms), identify };
}
type PlatformVariantRaw = z.infer<typeof platformVariant>;
