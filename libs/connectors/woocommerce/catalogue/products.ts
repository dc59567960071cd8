import {
  type ConnectedStore,
  GatewayError,
  type JsonValue,
  type ListOperation,
  type Mapped,
  type Operation,
  type Page,
  type PageRequest,
  type PageState,
  type ProductFilter,
  type ProductRecord,
  type ProductVariant,
  type VariantRecord,
} from '#contract';
import { anyJson, mapOne, readPageState, type RecordReading, readRecords } from '#kit';
import { z } from 'zod';
import { idPage } from '../id-list.js';
import { readOne } from '../record-calls.js';
import { windowedPage } from '../windowed-list.js';
import { insideProduct, mapProduct, mapVariation, PRODUCT_STATUS, type ShopTerms } from './map-product.js';
import {
  asPrinted,
  hasVariations,
  identify,
  type WooProduct,
  wooProduct,
  type WooVariation,
  wooVariation,
} from './product-schema.js';
import { findWeightUnit, weightUnit } from './weight.js';

export const PRODUCTS = 'wp-json/wc/v3/products';
export const AS_PRINTED = { path: PRODUCTS, what: 'product', reading: asPrinted };

function productReading(
  terms: ShopTerms,
  variations?: readonly ProductVariant[],
): RecordReading<WooProduct, ProductRecord> {
  return { schema: wooProduct, map: (product) => mapProduct(product, terms, variations), identify };
}

/** A page whose records may be weighed: the unit is asked once a list, and only where something has a weight. */
const weighedState = z.strictObject({ unit: weightUnit.nullable().optional(), at: anyJson });

/**
 * Reads a page, finds out the unit of its weights, and maps it.
 * @param ask gives the page as printed
 */
export async function weighedPage<Raw extends Pick<WooVariation, 'weight'>, T>(
  store: ConnectedStore,
  { size, state }: PageRequest,
  ask: (page: PageRequest) => Promise<Page<Raw>>,
  readingFor: (terms: ShopTerms) => RecordReading<Raw, T>,
): Promise<Page<T>> {
  const known = readPageState(weighedState, state);
  const printed = await ask({ size, ...(known && { state: known.at }) });
  const isWeighed = printed.items.some(({ record }) => record.weight !== null);
  const unit = known?.unit === undefined && isWeighed ? await findWeightUnit(store) : known?.unit;
  const read = readRecords(
    printed.items.map(({ raw }) => raw),
    readingFor({ currency: store.currency, weightUnit: unit ?? null }),
  );
  const quarantined = [...printed.quarantined, ...read.quarantined];
  if (printed.next === undefined) return { items: read.items, quarantined };
  const next: PageState = { ...(unit !== undefined && { unit }), at: printed.next };
  return { items: read.items, quarantined, next };
}

export const listProducts: ListOperation<ProductFilter, ProductRecord> = {
  filters: {
    updatedSince: true,
    createdSince: true,
    createdUntil: true,
    status: [...PRODUCT_STATUS.keys()],
    sku: true,
    name: true,
    categoryId: true,
  },
  sorts: ['-createdAt', 'createdAt', 'updatedAt', '-updatedAt'],
  maxPageSize: 100,
  async page(store, query, page) {
    const { sku } = query.filter;
    const include = sku === undefined ? undefined : await productsWithSku(store, sku);
    if (include?.length === 0) return { items: [], quarantined: [] };
    const asked = {
      ...AS_PRINTED,
      query: { ...parametersOf(query.filter), ...(include && { include: include.join(',') }) },
      keeps: statusKept(query.filter),
    };
    return weighedPage(
      store,
      page,
      (inner) => windowedPage(store, asked, query, inner),
      (terms) => productReading(terms),
    );
  },
};

function parametersOf({ status, name, categoryId }: ProductFilter): Readonly<Record<string, string>> {
  const words = wordsOf(status);
  return {
    // One status is understood by every version, several only since 9.x; what an older one gives too much is taken out.
    ...(words.length === 1 ? { status: words.join() } : words.length > 1 ? { include_status: words.join(',') } : {}),
    ...(name !== undefined && { search: name, search_fields: 'name' }),
    ...(categoryId !== undefined && { category: categoryId }),
  };
}

// `auto-draft` is no product yet and cannot be asked for.
function wordsOf(status: ProductFilter['status']): readonly string[] {
  const words = (status ?? []).flatMap((wanted) => {
    const meant = PRODUCT_STATUS.get(wanted);
    if (meant !== undefined) return meant.filter((word) => word !== 'auto-draft');
    throw new GatewayError('filter_unsupported', `WooCommerce cannot filter by status ${wanted}.`);
  });
  return [...new Set(words)];
}

const statusOnly = z.object({ status: z.string() });

function statusKept({ status }: ProductFilter): (raw: JsonValue) => boolean {
  const words = wordsOf(status);
  return (raw) => words.length === 0 || words.includes(statusOnly.safeParse(raw).data?.status ?? words[0] ?? '');
}

/** What has this very SKU: products, and variations too (recorded: products-list-by-sku-of-variation). */
export async function findBySku(store: ConnectedStore, sku: string): Promise<readonly Mapped<WooProduct>[]> {
  // The platform takes a comma for several and compares without regard to case and accents.
  const query = { sku, per_page: 100, status: 'any' };
  const { data } = await store.http({ path: PRODUCTS, query, effect: 'read', expect: z.array(anyJson) });
  return readRecords(data, asPrinted).items.filter(({ record }) => record.sku === sku);
}

async function productsWithSku(store: ConnectedStore, sku: string): Promise<readonly string[]> {
  const found = await findBySku(store, sku);
  return [...new Set(found.map(({ record }) => (record.type === 'variation' && record.parent_id) || record.id))];
}

export const getProduct: Operation<{ readonly platformId: string }, Mapped<ProductRecord>> = {
  run: async (store, { platformId }) => wholeProduct(store, await readProduct(store, platformId)),
};

/** @throws GatewayError `not_found` for a variation, which has an id of the same kind, and for what lies in the trash */
export async function readProduct(store: ConnectedStore, platformId: string): Promise<Mapped<WooProduct>> {
  const product = await readOne(store, AS_PRINTED, platformId);
  const { type, status } = product.record;
  if (type !== 'variation' && status !== 'trash') return product;
  throw new GatewayError('not_found', 'There is no such product.', { platform: { id: 'woocommerce' } });
}

/** A product together with its variations, which it only names. */
export async function wholeProduct(
  store: ConnectedStore,
  { record: product, raw }: Mapped<WooProduct>,
): Promise<Mapped<ProductRecord>> {
  const variations = hasVariations(product) ? await readVariations(store, product.id) : undefined;
  const weights = [product, ...(variations?.items.map(({ record }) => record) ?? [])].map(({ weight }) => weight);
  const unit = weights.some((weight) => weight !== null) ? await findWeightUnit(store) : null;
  const terms = { currency: store.currency, weightUnit: unit };
  const variants = readRecords(variations?.items.map((item) => item.raw) ?? [], variationReading(product.id, terms));
  const isComplete = [...(variations?.quarantined ?? []), ...variants.quarantined].length === 0;
  const mapped = mapOne(
    'woocommerce',
    'products.get',
    raw,
    productReading(terms, variations && variants.items.map(({ record }) => insideProduct(record))),
  );
  return isComplete ? mapped : { raw, record: { ...mapped.record, variantsComplete: false } };
}

export function variationReading(productId: string, terms: ShopTerms): RecordReading<WooVariation, VariantRecord> {
  const map = (variation: WooVariation) => mapVariation(variation, productId, terms);
  return { schema: wooVariation, map, identify };
}

export const variationAsPrinted = {
  schema: wooVariation,
  map: (variation: WooVariation) => variation,
  identify,
};

export function variationPage(
  store: ConnectedStore,
  productId: string,
  page: PageRequest,
): Promise<Page<WooVariation>> {
  return idPage(store, { path: `${PRODUCTS}/${productId}/variations`, reading: variationAsPrinted }, page);
}

async function readVariations(store: ConnectedStore, productId: string): Promise<Page<WooVariation>> {
  let { items, quarantined, next } = await variationPage(store, productId, { size: 100 });
  while (next !== undefined) {
    const page: Page<WooVariation> = await variationPage(store, productId, { size: 100, state: next });
    items = [...items, ...page.items];
    quarantined = [...quarantined, ...page.quarantined];
    next = page.next;
  }
  return { items, quarantined };
}
