import type { InventoryLevelRecord } from '#contract';
import type { RecordReading } from '#kit';
import { z } from 'zod';
import { connection } from '../connection.js';
import { text } from '../address.js';
import { instantOf } from './product-record.js';
import { identify, nonEmpty } from './read-one.js';

/**
 * How much lies where, for Admin API 2026-10; how cost is counted: `documents.ts`.
 *
 *   a level   1 + location 1 + quantities 1 + item 1 + variants 2 + F(1) x (1 + product 1) = 8
 */
export const LEVEL_COST = 8;

const LEVEL = `
fragment LevelFields on InventoryLevel {
  id updatedAt
  location { id }
  quantities(names: ["available", "on_hand"]) { name quantity }
  item { sku tracked variants(first: 1) { nodes { id product { id } } } }
}`;

export const LEVELS_OF_LOCATION = `query LevelsOfLocation($first: Int!, $after: String, $id: ID!) {
  location(id: $id) {
    inventoryLevels(first: $first, after: $after) { nodes { ...LevelFields } pageInfo { hasNextPage endCursor } }
  }
}${LEVEL}
`;

export const LEVELS_OF_VARIANT = `query LevelsOfVariant($first: Int!, $after: String, $id: ID!) {
  productVariant(id: $id) {
    inventoryItem {
      inventoryLevels(first: $first, after: $after) { nodes { ...LevelFields } pageInfo { hasNextPage endCursor } }
    }
  }
}${LEVEL}
`;

export const LEVEL_AT = `query LevelAt($item: ID!, $location: ID!) {
  inventoryItem(id: $item) { inventoryLevel(locationId: $location) { ...LevelFields } }
}${LEVEL}
`;

export const ITEM_OF_VARIANT = `query ItemOfVariant($id: ID!) {
  productVariant(id: $id) { inventoryItem { id } }
}
`;

export const INVENTORY_SET = `mutation InventorySet($input: InventorySetQuantitiesInput!, $key: String!) {
  inventorySetQuantities(input: $input) @idempotent(key: $key) {
    inventoryAdjustmentGroup { id }
    userErrors { field message code }
  }
}
`;

export const INVENTORY_ADJUST = `mutation InventoryAdjust($input: InventoryAdjustQuantitiesInput!, $key: String!) {
  inventoryAdjustQuantities(input: $input) @idempotent(key: $key) {
    inventoryAdjustmentGroup { id }
    userErrors { field message code }
  }
}
`;

const level = z.object({
  id: z.string().min(1),
  updatedAt: text,
  location: z.object({ id: z.string() }).nullish(),
  quantities: z.array(z.object({ name: z.string(), quantity: z.number().nullish() })).default([]),
  item: z.object({
    sku: text,
    tracked: z.boolean(),
    variants: connection(z.object({ id: z.string(), product: z.object({ id: z.string() }).nullish() })).nullish(),
  }),
});
export type PlatformLevel = z.infer<typeof level>;

export const levelReading: RecordReading<PlatformLevel, InventoryLevelRecord> = {
  schema: level,
  map: mapLevel,
  identify,
};

function mapLevel({ id, updatedAt, location, quantities, item }: PlatformLevel): InventoryLevelRecord {
  const [variant] = item.variants?.nodes ?? [];
  // The platform keeps numbers for what is not counted too; nothing follows from them.
  const quantity = (wanted: string) =>
    item.tracked ? (quantities.find(({ name }) => name === wanted)?.quantity ?? null) : null;
  return {
    platformId: id,
    variantId: variant?.id ?? null,
    productId: variant?.product?.id ?? null,
    sku: nonEmpty(item.sku),
    locationId: location?.id ?? null,
    tracked: item.tracked,
    available: quantity('available'),
    onHand: quantity('on_hand'),
    updatedAt: instantOf(updatedAt),
  };
}
