import type { ConnectedStore, JsonValue, ListOperation, OfProductFilter, Page, VariantRecord } from '#contract';
import { anyJson, readPageState, type RecordReading, readRecords } from '#kit';
import { z } from 'zod';
import { where } from '../search-criteria.js';
import { mapChild, mapOnlyVariant, type Reading } from './product-record.js';
import {
  childIdsOf,
  identify,
  isConfigurable,
  magentoProduct,
  type MagentoProduct,
  productAsPrinted,
} from './product-schema.js';
import { BY_SKU, findProducts, readingFor, searchedProduct } from './find-products.js';
import { GLOBAL } from './places.js';

export function childReading(parent: MagentoProduct, reading: Reading): RecordReading<MagentoProduct, VariantRecord> {
  return { schema: magentoProduct, map: (child) => mapChild(child, parent, reading), identify };
}

export function onlyVariantReading(reading: Reading): RecordReading<MagentoProduct, VariantRecord> {
  return { schema: magentoProduct, map: (product) => mapOnlyVariant(product, reading), identify };
}

// As many numbers as fit into an address well.
const BATCH = 100;

/** The variants of a configurable product in the order of their numbers, or those of them that are named. */
export async function childrenOf(
  store: ConnectedStore,
  product: MagentoProduct,
  ids: readonly string[] = childIdsOf(product),
): Promise<readonly JsonValue[]> {
  const found: JsonValue[] = [];
  // Not `/children`: that has the SKU in its path, and tells neither websites nor links of a variant.
  for (let from = 0; from < ids.length; from += BATCH) {
    const numbers = ids.slice(from, from + BATCH).join(',');
    found.push(...(await findProducts(store, [where('entity_id', 'in', numbers)])));
  }
  return found;
}

/** All that a variant is made of, and by which replay tells this list from reading the product. */
export const VARIANT_FIELDS =
  'items[id,sku,name,price,type_id,created_at,updated_at,weight,extension_attributes,custom_attributes],total_count';

const behind = z.strictObject({ behind: z.int().positive() });

export const listVariants: ListOperation<OfProductFilter, VariantRecord> = {
  filters: { productId: true },
  sorts: ['createdAt'],
  maxPageSize: BATCH,
  async page(store, { filter: { productId } }, { size, state }) {
    if (productId.startsWith(BY_SKU)) return recordedChildren(store, productId);
    const from = readPageState(behind, state)?.behind ?? 0;
    const product = await searchedProduct(store, productId, VARIANT_FIELDS);
    if (!isConfigurable(product.record)) {
      return readRecords([product.raw], onlyVariantReading(await readingFor(store, [product.record])));
    }
    const ids = childIdsOf(product.record).filter((id) => Number(id) > from);
    const children = await childrenOf(store, product.record, ids.slice(0, size));
    const printed = readRecords(children, productAsPrinted).items.map(({ record }) => record);
    const read = readRecords(
      children,
      childReading(product.record, await readingFor(store, [product.record, ...printed])),
    );
    return ids.length <= size ? read : { ...read, next: { behind: Number(ids[size - 1]) } };
  },
};

/**
 * A log may hold the list that the platform has of them. It goes by the SKU of a product of which it says nothing else, so
 * what the choices are called is not known.
 */
async function recordedChildren(store: ConnectedStore, productId: string): Promise<Page<VariantRecord>> {
  const path = `${GLOBAL}configurable-products/${encodeURIComponent(productId.slice(BY_SKU.length))}/children`;
  const { data } = await store.http({ path, effect: 'read', expect: z.array(anyJson) });
  const printed = readRecords(data, productAsPrinted).items.map(({ record }) => record);
  const reading = await readingFor(store, printed);
  const map = (child: MagentoProduct) => ({ ...mapOnlyVariant(child, reading), productId, name: child.name });
  return readRecords(data, { schema: magentoProduct, map, identify });
}
