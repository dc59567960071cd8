import {
  type ConnectedStore,
  GatewayError,
  type InventoryFilter,
  type InventoryLevelRecord,
  type ListOperation,
} from '#contract';
import { mapOne, type RecordReading, readRecords } from '#kit';
import { z } from 'zod';
import { id, quantity, text } from '../atoms.js';
import { API, checkedId } from '../record-calls.js';
import { type Group, where } from '../search-criteria.js';
import { numberedPage, searchAll } from '../search-page.js';
import { PRODUCT_ID, skuGroups } from './find-products.js';
import { SOURCE_ITEMS, withSources } from './places.js';

export const sourceItem = z.object({
  sku: id,
  source_code: z.string().min(1),
  quantity,
  status: z.coerce.number().nullish(),
});
export type SourceItem = z.infer<typeof sourceItem>;

/** Stock is kept by SKU: what the product is of which it is the stock has to be looked up. */
const stocked = z.object({ id, sku: id, type_id: text, visibility: z.coerce.number().nullish() });
export type Stocked = z.infer<typeof stocked>;

export function levelReading(products: readonly Stocked[]): RecordReading<SourceItem, InventoryLevelRecord> {
  const bySku = new Map(products.map((product) => [product.sku.toLowerCase(), product]));
  return {
    schema: sourceItem,
    map: (item) => mapLevel(item, bySku.get(item.sku.toLowerCase())),
    identify: (raw) => {
      const read = sourceItem.pick({ sku: true, source_code: true }).safeParse(raw).data;
      return read === undefined ? null : levelId(read);
    },
  };
}

const itemAsPrinted = { schema: sourceItem, map: (item: SourceItem) => item, identify: levelReading([]).identify };

function levelId({ sku, source_code: code }: Pick<SourceItem, 'sku' | 'source_code'>): string {
  return `${code}:${sku}`;
}

/**
 * The quantity is what lies there: what was ordered and not shipped yet is still in it, and told only for all sources that a
 * website sells from, by SKU (fact sheet, 5.8; recorded: inventory-source-items, inventory-salable-qty).
 */
export function mapLevel(item: SourceItem, product: Stocked | undefined): InventoryLevelRecord {
  // What is not found by itself is a variant mostly, and of which product is not told.
  const isOwn = product !== undefined && product.visibility !== 1;
  return {
    platformId: levelId(item),
    variantId: product?.id ?? null,
    productId: isOwn ? product.id : null,
    sku: item.sku,
    locationId: item.source_code,
    tracked: true,
    available: item.quantity,
    onHand: item.quantity,
    updatedAt: null,
  };
}

export const listInventory: ListOperation<InventoryFilter, InventoryLevelRecord> = {
  // Stock has no times, and does not touch those of its product (issue #37670).
  filters: { locationId: true, sku: true, variantId: true },
  sorts: ['createdAt'],
  maxPageSize: 100,
  async page(store, { filter: { locationId, sku, variantId } }, page) {
    const product = variantId === undefined ? undefined : await findStocked(store, variantId);
    if (variantId !== undefined && product === undefined) return { items: [], quarantined: [] };
    const groups = [
      ...(locationId === undefined ? [] : [where('source_code', 'eq', locationId)]),
      ...(sku === undefined ? [] : [where('sku', 'eq', sku)]),
      ...(product === undefined ? [] : [where('sku', 'eq', product.sku)]),
    ];
    // The number by which they are sorted is kept, but not told.
    const id = { column: 'source_item_id', field: 'source_item_id' };
    const selection = { path: SOURCE_ITEMS, where: groups, id, reading: itemAsPrinted };
    const read = await withSources(() => numberedPage(store, selection, page));
    const skus = read.items.map(({ record }) => record.sku);
    const products = product === undefined ? await findAllStocked(store, skus) : [product];
    const levels = readRecords(
      read.items.map(({ raw }) => raw),
      levelReading(products),
    );
    return { ...read, items: levels.items };
  },
};

const STOCKED_FIELDS = 'items[id,sku,type_id,visibility],total_count';

async function searchStocked(store: ConnectedStore, group: Group): Promise<readonly Stocked[]> {
  // Neither SKU nor number differs between scopes.
  const selection = { path: `${API}products`, where: [group], id: PRODUCT_ID, fields: STOCKED_FIELDS };
  return (await searchAll(store, selection)).flatMap((raw) => {
    const read = stocked.safeParse(raw);
    return read.success ? [read.data] : [];
  });
}

async function findAllStocked(store: ConnectedStore, skus: readonly string[]): Promise<readonly Stocked[]> {
  const found: Stocked[] = [];
  try {
    for (const group of skuGroups(skus)) found.push(...(await searchStocked(store, group)));
  } catch (error) {
    // Whoever may only see stock gets it by SKU.
    if (!GatewayError.is(error, 'platform_scope_missing')) throw error;
  }
  return found;
}

/** The product whose stock it is, by its number. */
export async function findStocked(store: ConnectedStore, variantId: string): Promise<Stocked | undefined> {
  const [found] = await searchStocked(store, where('entity_id', 'eq', checkedId(variantId, 'variant')));
  return found?.id === variantId ? found : undefined;
}

export async function findItem(store: ConnectedStore, sku: string, code: string): Promise<SourceItem | undefined> {
  const groups = [where('sku', 'eq', sku), where('source_code', 'eq', code)];
  const id = { column: 'source_item_id', field: 'source_item_id' };
  const [raw] = await withSources(() => searchAll(store, { path: SOURCE_ITEMS, where: groups, id }));
  return raw === undefined ? undefined : mapOne('magento', 'inventory.set', raw, itemAsPrinted).record;
}
