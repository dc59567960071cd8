import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { reading } from '../oauth/scopes.js';
import { notFound, ok, RestFailure, type Answer, type Call, type Endpoint } from '../rest/answer.js';
import { filterRows, type Fields } from '../rest/filters.js';
import { v3List } from '../rest/paging.js';
import { readV3 } from '../rest/read-body.js';
import type { Rows, Variant } from '../state/rows.js';
import type { StoreData } from '../state/store-data.js';
import { carryOutDue } from '../state/carry-out-due.js';
import { baseVariant, stockAt, toSell } from './stock.js';

/** docs: an inventory page holds up to 1000, an adjustment up to 2000 items. */
const MOST_SHOWN = 1_000;
const MOST_ITEMS = 2_000;

const READ = reading('store_inventory');
const quantity = z.number().int();
const itemSchema = z.object({
  location_id: z.number().int(),
  quantity,
  sku: z.string().exactOptional(),
  variant_id: z.number().int().exactOptional(),
  product_id: z.number().int().exactOptional(),
});
const adjustmentSchema = z.object({
  reason: z.string().max(255).optional(),
  items: z.array(itemSchema).min(1).max(MOST_ITEMS),
});

function atLocation(data: StoreData, variant: Variant, location: Rows['locations']): Readonly<Record<string, unknown>> {
  const stock = stockAt(data, variant.id, location.id);
  return {
    location_id: location.id,
    location_code: location.code,
    location_name: location.label,
    available_to_sell: toSell(stock),
    total_inventory_onhand: stock.on_hand,
    location_enabled: location.enabled,
    settings: {
      safety_stock: stock.safety_stock,
      is_in_stock: toSell(stock) > 0,
      warning_level: stock.warning_level,
      bin_picking_number: stock['bin_picking_number'] ?? '',
    },
  };
}

const VARIANT_FIELDS: Fields<Variant> = {
  sku: ({ sku }) => sku,
  variant_id: ({ id }) => id,
  product_id: ({ product_id: id }) => id,
};
const LOCATION_FIELDS: Fields<Rows['locations']> = {
  location_id: ({ id }) => id,
  location_code: ({ code }) => code,
};

function listItems({ data, query, now }: Call, only?: number): Answer {
  const { tables } = data;
  const all = only === undefined ? tables.locations.all() : tables.locations.where(({ id }) => id === only);
  const locations = filterRows(all, query, LOCATION_FIELDS, now);
  const tracked = tables.variants.where(
    ({ product_id: id }) => tables.products.find(id)?.inventory_tracking !== 'none',
  );
  return v3List(filterRows(tracked, query, VARIANT_FIELDS, now), query, {
    most: MOST_SHOWN,
    print(variant) {
      const { sku, id, product_id, sku_id } = variant;
      const identity = { sku, variant_id: id, product_id, sku_id };
      const at = locations.map((location) => atLocation(data, variant, location));
      return only === undefined ? { identity, locations: at } : { identity, ...at[0] };
    },
  });
}

/** The variant an item means. @throws {RestFailure} 422 in the platform's words */
function variantOf(data: StoreData, item: z.infer<typeof itemSchema>): Variant {
  const { tables } = data;
  if (tables.locations.find(item.location_id) === undefined)
    throw new RestFailure(422, `[Location with id ${item.location_id} was not found]`);
  const product = item.product_id === undefined ? undefined : tables.products.find(item.product_id);
  const variant =
    product === undefined
      ? tables.variants.where(
          ({ id, sku }) => id === item.variant_id || (item.sku !== undefined && sku === item.sku),
        )[0]
      : baseVariant(data, product);
  const name = item.sku ?? item.variant_id ?? item.product_id ?? '';
  if (variant === undefined) throw new RestFailure(422, `[Item ${name} was not found]`);
  const tracking = tables.products.find(variant.product_id)?.inventory_tracking;
  // Recorded in the spec's example of a 422.
  if (tracking === 'none') throw new RestFailure(422, `[Item ${name} is not tracked]`);
  return variant;
}

function adjust(call: Call, method: 'absolute' | 'relative'): Answer {
  const { data, body, now, emit } = call;
  const { items } = readV3(adjustmentSchema, body);
  const variants = items.map((item) => ({ item, variant: variantOf(data, item) }));
  for (const { item, variant } of variants) {
    if (method === 'absolute' && item.quantity < 0) throw new RestFailure(422, '[Quantity must not be negative]');
    const id = data.tables.adjustments.nextId();
    const due = { due_at: now + data.knobs.lagSeconds * 1_000, variant_id: variant.id, location_id: item.location_id };
    data.tables.adjustments.put({ id, ...due, quantity: item.quantity, method });
  }
  // docs: adjustments are carried out later; without a lag that is at once.
  carryOutDue(data, now, emit);
  return ok({ transaction_id: randomUUID() });
}

const settingsSchema = z.object({
  settings: z.array(
    z.object({
      identity: z.object({
        variant_id: z.number().int().exactOptional(),
        sku: z.string().exactOptional(),
        product_id: z.number().int().exactOptional(),
      }),
      safety_stock: quantity.min(0).exactOptional(),
      warning_level: quantity.min(0).exactOptional(),
      bin_picking_number: z.string().exactOptional(),
    }),
  ),
});

function changeSettings({ data, params, body }: Call): Answer {
  const locationId = Number(params['id']);
  for (const { identity, ...settings } of readV3(settingsSchema, body).settings) {
    const variant = variantOf(data, { ...identity, location_id: locationId, quantity: 0 });
    data.tables.stock.put({ ...stockAt(data, variant.id, locationId), ...settings });
  }
  return ok({ transaction_id: randomUUID() });
}

/** Stock by variant and location. */
export const INVENTORY_ENDPOINTS: readonly Endpoint[] = [
  { method: 'GET', path: '/v3/inventory/items', scopes: READ, handle: (call) => listItems(call) },
  {
    method: 'GET',
    path: '/v3/inventory/locations/:id/items',
    scopes: READ,
    handle(call) {
      const id = Number(call.params['id']);
      if (call.data.tables.locations.find(id) === undefined) throw notFound('Location not found.');
      return listItems(call, id);
    },
  },
  {
    method: 'PUT',
    path: '/v3/inventory/locations/:id/items',
    scopes: ['store_inventory'],
    handle: changeSettings,
  },
  {
    method: 'PUT',
    path: '/v3/inventory/adjustments/absolute',
    scopes: ['store_inventory'],
    handle: (call) => adjust(call, 'absolute'),
  },
  {
    method: 'POST',
    path: '/v3/inventory/adjustments/relative',
    scopes: ['store_inventory'],
    handle: (call) => adjust(call, 'relative'),
  },
];
