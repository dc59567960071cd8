import {
  type ConnectedStore,
  type InventoryAdjustment,
  type InventoryLevelRecord,
  type InventorySet,
  type JsonValue,
  type RepeatSafety,
  type WriteAttempt,
  type WriteOperation,
  type Written,
} from '#contract';
import { graphql, mapOne } from '#kit';
import { z } from 'zod';
import { json } from '../connection.js';
import { GRAPHQL_PATH } from '../documents.js';
import { globalId, notFound } from '../global-id.js';
import { mutate } from '../mutate.js';
import { reject } from '../order-input.js';
import {
  INVENTORY_ADJUST,
  INVENTORY_SET,
  ITEM_OF_VARIANT,
  LEVEL_AT,
  LEVEL_COST,
  levelReading,
} from './inventory-record.js';
import { locationIds } from './locations.js';

type Level = Written<InventoryLevelRecord>;

const repeat = {
  kind: 'native',
  why: 'The idempotency key goes along; Shopify remembers it for 24 hours.',
} as const satisfies RepeatSafety<never, never>;

export const setInventory: WriteOperation<InventorySet, Level> = {
  repeat,
  losses: {},
  async run(store, input, attempt) {
    const place = await placeOf(store, 'inventory.set', input);
    const quantity = {
      ...place,
      quantity: input.available,
      // Has to be named: null compares with nothing (docs: https://shopify.dev/changelog, 2026-04).
      changeFromQuantity: input.ifAvailable ?? null,
    };
    const change = { name: 'available', reason: 'correction', quantities: [quantity] };
    await send(store, 'inventory.set', INVENTORY_SET, 'inventorySetQuantities', change, attempt);
    return levelAt(store, 'inventory.set', place);
  },
};

export const adjustInventory: WriteOperation<InventoryAdjustment, Level> = {
  repeat,
  losses: {},
  async run(store, input, attempt) {
    const place = await placeOf(store, 'inventory.adjust', input);
    const { delta, reason = 'correction' } = input;
    // The platform's words for reasons are ours.
    const change = { name: 'available', reason, changes: [{ ...place, delta, changeFromQuantity: null }] };
    await send(store, 'inventory.adjust', INVENTORY_ADJUST, 'inventoryAdjustQuantities', change, attempt);
    return levelAt(store, 'inventory.adjust', place);
  },
};

async function send(
  store: ConnectedStore,
  operation: string,
  document: string,
  root: string,
  input: JsonValue,
  { key }: WriteAttempt,
): Promise<void> {
  // Nothing is left of a change that changed nothing.
  const answer = z.object({ inventoryAdjustmentGroup: z.unknown() });
  await mutate(store, { operation, document, root, variables: { input, key }, answer });
}

interface Place {
  readonly inventoryItemId: string;
  readonly locationId: string;
}

/** @throws GatewayError `not_found` for the variant; `request_rejected` where the place cannot be guessed */
async function placeOf(
  store: ConnectedStore,
  operation: string,
  { variantId, locationId }: { readonly variantId: string; readonly locationId?: string | undefined },
): Promise<Place> {
  const { productVariant } = await graphql(store, {
    path: GRAPHQL_PATH,
    document: ITEM_OF_VARIANT,
    variables: { id: globalId('ProductVariant', variantId) },
    effect: 'read',
    expect: z.object({ productVariant: z.object({ inventoryItem: z.object({ id: z.string() }) }).nullable() }),
    cost: 2,
  });
  if (productVariant === null) throw notFound('ProductVariant', variantId);
  const inventoryItemId = productVariant.inventoryItem.id;
  if (locationId !== undefined) return { inventoryItemId, locationId: globalId('Location', locationId) };
  const { nodes } = await locationIds(store, { first: 2, inactive: false });
  const [only, another] = nodes;
  if (only !== undefined && another === undefined) return { inventoryItemId, locationId: only.id };
  throw reject(
    operation,
    'locationId',
    only === undefined
      ? 'The shop has no location in use: name the location'
      : 'The shop has more than one location: name the one whose stock is meant',
  );
}

async function levelAt(
  store: ConnectedStore,
  operation: string,
  { inventoryItemId, locationId }: Place,
): Promise<Level> {
  const { inventoryItem } = await graphql(store, {
    path: GRAPHQL_PATH,
    document: LEVEL_AT,
    variables: { item: inventoryItemId, location: locationId },
    effect: 'read',
    expect: z.object({ inventoryItem: z.object({ inventoryLevel: json.nullable() }).nullable() }),
    cost: 1 + LEVEL_COST,
  });
  const raw = inventoryItem?.inventoryLevel ?? null;
  if (raw === null) throw notFound('Location', locationId, ' that stocks this variant');
  return mapOne('shopify', operation, raw, levelReading);
}
