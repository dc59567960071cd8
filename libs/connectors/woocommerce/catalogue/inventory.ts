import {
  emulated,
  GatewayError,
  type InventoryFilter,
  type InventoryLevelRecord,
  type JsonValue,
  type ListOperation,
  type ListQuery,
  type Page,
  type PageRequest,
  type ConnectedStore,
} from '#contract';
import { anyJson, readPageState, type RecordReading } from '#kit';
import { z } from 'zod';
import { readOne } from '../record-calls.js';
import { windowedPage } from '../windowed-list.js';
import { mapLevel } from './map-product.js';
import { identify, type WooSold, wooSold } from './product-schema.js';
import { PRODUCTS } from './products.js';

export const levelReading: RecordReading<WooSold, InventoryLevelRecord> = { schema: wooSold, map: mapLevel, identify };

// The stock of variations is listed first, then that of products; the position says which of the two it belongs to.
const SOURCES = { variations: 'wp-json/wc/v3/variations', products: PRODUCTS } as const;
const state = z.strictObject({ of: z.enum(['variations', 'products']), at: anyJson.optional() });
type State = z.infer<typeof state>;

const nothing: Page<InventoryLevelRecord> = { items: [], quarantined: [] };

export const listInventory: ListOperation<InventoryFilter, InventoryLevelRecord> = emulated(
  {
    filters: { updatedSince: true, sku: true, variantId: true },
    sorts: ['updatedAt', '-updatedAt', 'createdAt', '-createdAt'],
    maxPageSize: 100,
    async page(store: ConnectedStore, query: ListQuery<InventoryFilter>, page: PageRequest) {
      const { variantId, sku } = query.filter;
      if (variantId !== undefined) return levelOf(store, variantId, query.filter);
      const at: State = readPageState(state, page.state) ?? { of: sku === undefined ? 'variations' : 'products' };
      const levels = await levelsOf(store, query, page.size, at);
      if (at.of === 'products' || levels.next !== undefined) return levels;
      const room = page.size - levels.items.length - levels.quarantined.length;
      if (room <= 0) return { ...levels, next: { of: 'products' } };
      const further = await levelsOf(store, query, room, { of: 'products' });
      return {
        items: [...levels.items, ...further.items],
        quarantined: [...levels.quarantined, ...further.quarantined],
        ...(further.next !== undefined && { next: further.next }),
      };
    },
  },
  'WooCommerce keeps stock in products and variations: variations are listed first, then products, each in the order asked for. A product with variations is listed without a variant where it has a stock of its own, which those variations share that have none.',
);

/** A page of one of the two; with a SKU `/products` gives both (recorded: products-list-by-sku-of-variation). */
async function levelsOf(
  store: ConnectedStore,
  query: ListQuery<InventoryFilter>,
  size: number,
  { of, at }: State,
): Promise<Page<InventoryLevelRecord>> {
  const { sku } = query.filter;
  const page = await windowedPage(
    store,
    { path: SOURCES[of], query: { sku }, reading: levelReading, keeps: (raw) => isStock(raw) && hasSku(raw, sku) },
    query,
    { size, ...(at !== undefined && { state: at }) },
  );
  return page.next === undefined ? page : { ...page, next: { of, at: page.next } };
}

/** A product that only groups its variations has no stock. */
function isStock(raw: JsonValue): boolean {
  const read = wooSold.pick({ type: true, manage_stock: true }).safeParse(raw).data;
  return read?.type.startsWith('variable') !== true || read.manage_stock !== false;
}

function hasSku(raw: JsonValue, sku: string | undefined): boolean {
  return sku === undefined || wooSold.pick({ sku: true }).safeParse(raw).data?.sku === sku;
}

/** `/products` gives a variation by its id too (recorded: variation-get-as-product). */
async function levelOf(
  store: ConnectedStore,
  variantId: string,
  { sku, updatedSince }: InventoryFilter,
): Promise<Page<InventoryLevelRecord>> {
  try {
    const level = await readOne(store, { path: PRODUCTS, what: 'variant', reading: levelReading }, variantId);
    const { record, raw } = level;
    const isOld = updatedSince !== undefined && Date.parse(record.updatedAt ?? '') < updatedSince.getTime();
    return isOld || record.variantId === null || isTrash(raw) || !hasSku(raw, sku)
      ? nothing
      : { ...nothing, items: [level] };
  } catch (error) {
    if (GatewayError.is(error, 'not_found')) return nothing;
    throw error;
  }
}

function isTrash(raw: JsonValue): boolean {
  return wooSold.pick({ status: true }).safeParse(raw).data?.status === 'trash';
}
