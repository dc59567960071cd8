import type { ConnectedStore, InventoryFilter, InventoryLevelRecord, JsonValue, ListOperation } from '#contract';
import { anyJson, readPageState, type RecordReading, readRecords } from '#kit';
import { z } from 'zod';
import { id, text } from '../atoms.js';
import { countedRows } from '../counted-page.js';
import { readRows, type RecordNumber, recordNumber } from '../record-calls.js';
import { locationNumbers } from './locations.js';
import { PRODUCTS } from './products.js';

const count = z
  .int()
  .nullish()
  .transform((value) => value ?? null);
const number = id.nullish().transform((value) => value ?? null);

const platformLevel = z.object({
  // Of a product that is counted as a whole, `variant_id` is that of its base variant, or none (no store was asked).
  identity: z.object({ sku: text, variant_id: number, product_id: number }),
  available_to_sell: count,
  total_inventory_onhand: count,
  settings: z.object({ safety_stock: count }).nullish(),
});
export type PlatformLevel = z.infer<typeof platformLevel>;

export const levelAsPrinted: RecordReading<PlatformLevel, PlatformLevel> = {
  schema: platformLevel,
  map: (level) => level,
  identify: identifyLevel,
};

function identifyLevel(raw: JsonValue): string | null {
  const { identity } = z.object({ identity: platformLevel.shape.identity }).safeParse(raw).data ?? {};
  return identity?.variant_id ?? identity?.product_id ?? null;
}

/** How products are counted: `none`, `product` or `variant`; the stock itself does not say it. */
export type Tracking = ReadonlyMap<string, string>;

export function levelReading(
  location: RecordNumber,
  tracking: Tracking,
): RecordReading<PlatformLevel, InventoryLevelRecord> {
  return {
    schema: platformLevel,
    map: (level) => mapLevel(level, location, tracking.get(level.identity.product_id ?? '') ?? 'variant'),
    identify: identifyLevel,
  };
}

function mapLevel(level: PlatformLevel, location: RecordNumber, tracking: string): InventoryLevelRecord {
  const { sku, variant_id: variantId, product_id: productId } = level.identity;
  const isCounted = tracking !== 'none';
  const owner = variantId ?? (productId === null ? null : `product-${productId}`);
  if (owner === null) throw new RangeError('stock that belongs to nothing');
  return {
    platformId: `${owner}-${location}`,
    variantId,
    productId,
    sku,
    locationId: String(location),
    tracked: isCounted,
    available: isCounted ? level.available_to_sell : null,
    onHand: isCounted ? level.total_inventory_onhand : null,
    updatedAt: null,
  };
}

export const levelsAt = (location: RecordNumber): string => `v3/inventory/locations/${location}/items`;

// Locations are read one after another, in the order of their numbers; `v3/inventory/items` would answer as many levels
// for each item as there are locations.
const position = z.strictObject({ location: z.int().positive(), at: anyJson.optional() });

export const listInventory: ListOperation<InventoryFilter, InventoryLevelRecord> = {
  // No time is kept of a level.
  filters: { locationId: true, sku: true, variantId: true },
  sorts: ['createdAt'],
  maxPageSize: 250,
  async page(store, { filter }, { size, state }) {
    const { locationId, sku, variantId } = filter;
    const at = readPageState(position, state);
    const only = locationId === undefined ? undefined : recordNumber(locationId, 'location');
    const location =
      at === undefined ? (only ?? (await locationBehind(store, 0))) : recordNumber(String(at.location), 'location');
    if (location === undefined) return { items: [], quarantined: [] };
    const variant = variantId === undefined ? undefined : recordNumber(variantId, 'variant');
    const asked = { path: levelsAt(location), query: { 'sku:in': sku, 'variant_id:in': variant } };
    const { rows, next } = await countedRows(store, asked, { size, ...(at?.at !== undefined && { state: at.at }) });
    const kept = rows.filter((raw) => hasSku(raw, sku));
    const read = readRecords(kept, levelReading(location, await trackingOf(store, kept)));
    if (next !== undefined) return { ...read, next: { location, at: { ...next } } };
    const following = only === undefined ? await locationBehind(store, location) : undefined;
    return following === undefined ? read : { ...read, next: { location: following } };
  },
};

async function locationBehind(store: ConnectedStore, location: number): Promise<RecordNumber | undefined> {
  return (await locationNumbers(store)).find((candidate) => candidate > location);
}

// A comma asks for several.
function hasSku(raw: JsonValue, sku: string | undefined): boolean {
  return sku === undefined || platformLevel.safeParse(raw).data?.identity.sku === sku;
}

const tracked = z.object({ id: z.int().transform(String), inventory_tracking: z.string() });

/** How the products of some levels are counted: one call for a page of them. */
export async function trackingOf(store: ConnectedStore, levels: readonly JsonValue[]): Promise<Tracking> {
  const products = levels.flatMap((raw) => platformLevel.safeParse(raw).data?.identity.product_id ?? []);
  const wanted = [...new Set(products)];
  if (wanted.length === 0) return new Map();
  const query = { 'id:in': wanted.join(','), include_fields: 'inventory_tracking', limit: 250 };
  const { rows } = await readRows(store, PRODUCTS, query);
  return new Map(
    rows.flatMap((raw) => tracked.safeParse(raw).data ?? []).map((one) => [one.id, one.inventory_tracking]),
  );
}
