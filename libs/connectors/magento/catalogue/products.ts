import {
  type ConnectedStore,
  GatewayError,
  type JsonValue,
  type ListOperation,
  type Mapped,
  type Operation,
  type Page,
  type PageRequest,
  type ProductFilter,
  type ProductRecord,
} from '#contract';
import { anyJson, mapOne, readPageState, readRecords } from '#kit';
import { z } from 'zod';
import { checkedId } from '../record-calls.js';
import { type Group, where } from '../search-criteria.js';
import { searchPage, type Selection } from '../search-page.js';
import { pageOfView } from '../store-view.js';
import { needsTerms, PRODUCT_ID, readingFor, readProduct, UNKNOWN_SETTINGS } from './find-products.js';
import { scopeOf } from './places.js';
import { insideProduct, mapProduct, PRODUCT_STATUS } from './product-record.js';
import { identify, isConfigurable, magentoProduct, type MagentoProduct, productAsPrinted } from './product-schema.js';
import { findTerms, type ShopTerms } from './shop-terms.js';
import { childReading, childrenOf } from './variants.js';

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
    const groups = groupsOf(query.filter);
    const read = await withTerms(store, page, (inner) =>
      pageOfView(store, 'website_id', inner, (within, innermost) =>
        searchPage(store, selected(store, [...groups, ...within]), query, innermost),
      ),
    );
    // The platform compares without regard to case and blanks at the end.
    if (sku === undefined) return read;
    return { ...read, items: read.items.filter(({ raw }) => skuOnly.safeParse(raw).data?.sku === sku) };
  },
};

const skuOnly = z.object({ sku: z.string() });

function selected(store: ConnectedStore, groups: readonly Group[]): Selection<MagentoProduct, MagentoProduct> {
  return { path: `${scopeOf(store)}products`, id: PRODUCT_ID, where: groups, reading: productAsPrinted };
}

function groupsOf({ status, sku, name, categoryId }: ProductFilter): readonly Group[] {
  return [
    ...(status === undefined ? [] : [where('status', 'in', wordsOf(status).join(','))]),
    ...(sku === undefined ? [] : [where('sku', 'eq', sku)]),
    ...(name === undefined ? [] : [where('name', 'like', `%${name}%`)]),
    ...(categoryId === undefined ? [] : [where('category_id', 'eq', checkedId(categoryId, 'category'))]),
  ];
}

function wordsOf(status: NonNullable<ProductFilter['status']>): readonly string[] {
  return status.map((wanted) => {
    const word = PRODUCT_STATUS.get(wanted);
    if (word !== undefined) return word;
    throw new GatewayError('filter_unsupported', `Magento cannot filter by status ${wanted}.`);
  });
}

const termsState = z.strictObject({
  terms: z.strictObject({ weightUnit: z.enum(['kg', 'lb']).nullable(), media: z.string().nullable() }).optional(),
  at: anyJson,
});

/** A page whose records may be weighed and pictured: the shop's settings are asked for once a list, and only then. */
async function withTerms(
  store: ConnectedStore,
  { size, state }: PageRequest,
  ask: (page: PageRequest) => Promise<Page<MagentoProduct>>,
): Promise<Page<ProductRecord>> {
  const known = readPageState(termsState, state);
  const printed = await ask({ size, ...(known && { state: known.at }) });
  const products = printed.items.map(({ record }) => record);
  const kept = known?.terms ?? (products.some(needsTerms) ? settingsOf(await findTerms(store)) : undefined);
  const reading = await readingFor(store, products, { currency: store.currency, ...(kept ?? UNKNOWN_SETTINGS) });
  const read = readRecords(
    printed.items.map(({ raw }) => raw),
    { schema: magentoProduct, map: (product) => mapProduct(product, reading), identify },
  );
  const quarantined = [...printed.quarantined, ...read.quarantined];
  if (printed.next === undefined) return { items: read.items, quarantined };
  return { items: read.items, quarantined, next: { ...(kept && { terms: kept }), at: printed.next } };
}

function settingsOf({ weightUnit, media }: ShopTerms) {
  return { weightUnit, media };
}

export const getProduct: Operation<{ readonly platformId: string }, Mapped<ProductRecord>> = {
  run: async (store, { platformId }) => wholeProduct(store, await readProduct(store, platformId)),
};

/** undefined: not to be had. A shop finds nothing or something; only where a recording stands for it, nobody answers. */
async function findChildren(store: ConnectedStore, product: MagentoProduct): Promise<readonly JsonValue[] | undefined> {
  try {
    return await childrenOf(store, product);
  } catch (error) {
    if (GatewayError.is(error, 'not_found')) return undefined;
    throw error;
  }
}

/** A product together with its variants, which it only names by their numbers. */
export async function wholeProduct(
  store: ConnectedStore,
  { record: product, raw }: Mapped<MagentoProduct>,
  terms?: ShopTerms,
): Promise<Mapped<ProductRecord>> {
  const children = isConfigurable(product) ? await findChildren(store, product) : undefined;
  const printed = readRecords(children ?? [], productAsPrinted);
  const reading = await readingFor(store, [product, ...printed.items.map(({ record }) => record)], terms);
  const variants = children && readRecords(children, childReading(product, reading));
  const map = (one: MagentoProduct) =>
    mapProduct(
      one,
      reading,
      variants?.items.map(({ record }) => insideProduct(record)),
    );
  const mapped = mapOne('magento', 'products.get', raw, { schema: magentoProduct, map, identify });
  const isComplete = variants === undefined || variants.quarantined.length === 0;
  return isComplete ? mapped : { raw, record: { ...mapped.record, variantsComplete: false } };
}
