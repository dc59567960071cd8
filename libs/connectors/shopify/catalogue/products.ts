import {
  type ConnectedStore,
  type JsonValue,
  type OfProductFilter,
  type ProductFilter,
  type ProductRecord,
  type ProductStatus,
  GatewayError,
  type VariantRecord,
} from '#contract';
import { isCutShort } from '../connection.js';
import { globalId, notFound } from '../global-id.js';
import { listOf } from '../list.js';
import { wordsFor } from '../order-status.js';
import { allOf, quoted, times } from '../search.js';
import { PRODUCTS_PAGE, PRODUCT_BY_ID, PRODUCT_COST, VARIANTS_PAGE, VARIANT_BY_ID } from './product-documents.js';
import { type OwnedVariant, type PlatformProduct, productReading, variantReading } from './product-record.js';
import { type OneSource, getOf, identify, readRaw, sortKeys } from './read-one.js';
import { PRODUCT } from './statuses.js';

export const oneProduct = {
  type: 'Product',
  document: PRODUCT_BY_ID,
  root: 'product',
  cost: PRODUCT_COST.product,
  reading: productReading,
};

export const oneVariant = {
  type: 'ProductVariant',
  document: VARIANT_BY_ID,
  root: 'productVariant',
  cost: PRODUCT_COST.variant,
  reading: variantReading,
};

export const getProduct = getOf('products.get', oneProduct);

/** The search's index lags some seconds behind the records; it finds SKUs by their beginnings. */
export const listProducts = listOf<ProductFilter, PlatformProduct, ProductRecord>({
  document: PRODUCTS_PAGE,
  path: ['products'],
  filters: {
    updatedSince: true,
    createdSince: true,
    createdUntil: true,
    status: ['active', 'draft', 'archived'],
    sku: true,
    name: true,
    categoryId: true,
  },
  sorts: ['-createdAt', 'createdAt', 'updatedAt', '-updatedAt'],
  maxPageSize: 100,
  nodeCost: PRODUCT_COST.productInPage,
  variables: ({ filter, sort }) => ({ query: productQuery(filter), ...sortKeys(sort) }),
  whole: (store, nodes) => wholeRecords(store, oneProduct, nodes),
  reading: (_filter, store) => productReading(store),
  fits: ({ sku, status }, record) =>
    (status === undefined || status.length === 0 || status.includes(record.status)) &&
    (sku === undefined || !record.variantsComplete || record.variants.some((variant) => variant.sku === sku)),
});

export const listVariants = listOf<OfProductFilter, OwnedVariant, VariantRecord>({
  document: VARIANTS_PAGE,
  path: ['product', 'variants'],
  filters: { productId: true },
  sorts: ['createdAt'],
  maxPageSize: 250,
  nodeCost: PRODUCT_COST.variant,
  baseCost: 1,
  variables: ({ filter }) => ({ id: globalId('Product', filter.productId) }),
  missing: ({ productId }) => notFound('Product', productId),
  reading: (_filter, store) => variantReading(store),
});

function productQuery(filter: ProductFilter): string | null {
  return allOf([
    ...times(filter),
    // Named also when all are wanted: the documented default is `active` (schema, `products(query:)`).
    `status:${statusWords(filter.status).join(',')}`,
    ...(filter.sku === undefined ? [] : [`sku:${quoted(filter.sku)}`]),
    ...(filter.name === undefined ? [] : [`title:${quoted(filter.name)}`]),
    ...(filter.categoryId === undefined ? [] : [`collection_id:${numericId('Collection', filter.categoryId)}`]),
  ]);
}

function statusWords(statuses: readonly ProductStatus[] = []): readonly string[] {
  const words = statuses.length === 0 ? Object.keys(PRODUCT) : statuses.flatMap((status) => wordsFor(PRODUCT, status));
  if (words.length === 0)
    throw new GatewayError('filter_unsupported', 'Shopify cannot look for products of that status');
  return words.map((word) => word.toLowerCase());
}

/** A search takes the bare number. */
export function numericId(type: string, platformId: string): string {
  return /\d+$/.exec(globalId(type, platformId).split('?')[0] ?? '')?.[0] ?? '';
}

/**
 * Reads again by itself what did not fit into the page; what was deleted in between is left out. What will be refused
 * every time costs that record, which is quarantined or says that it is incomplete, and not the page for ever.
 */
export async function wholeRecords<Raw, T>(
  store: ConnectedStore,
  source: OneSource<Raw, T>,
  nodes: readonly JsonValue[],
): Promise<JsonValue[]> {
  const whole: JsonValue[] = [];
  for (const node of nodes) {
    const id = isCutShort(node) ? identify(node) : null;
    if (id === null) {
      whole.push(node);
      continue;
    }
    const read = await readRaw(store, source, id).catch(asItWas(node));
    if (read !== null) whole.push(read);
  }
  return whole;
}

function asItWas(node: JsonValue): (error: unknown) => JsonValue {
  return (error) => {
    if (GatewayError.is(error, 'request_rejected', 'platform_contract_broken')) return node;
    throw error;
  };
}
