import {
  type ConnectedStore,
  GatewayError,
  type InventoryAdjustment,
  type InventoryLevelRecord,
  type InventorySet,
  type JsonValue,
  type WriteOperation,
  type Written,
} from '#contract';
import { mapOne, pause } from '#kit';
import { z } from 'zod';
import { type Body, missing, readRow, readRows, type RecordNumber, recordNumber, rejected } from '../record-calls.js';
import { levelAsPrinted, levelReading, levelsAt, type PlatformLevel } from './inventory.js';
import { placeMeant } from './locations.js';
import { PRODUCTS } from './products.js';

/** What a level belongs to, and where it lies. */
interface Place {
  readonly variant: RecordNumber;
  readonly location: RecordNumber;
  /** A product that is counted as a whole is named itself: "please update stock by product id" (inventory.v3.yml). */
  readonly owner: Body;
  readonly tracking: ReadonlyMap<string, string>;
  readonly filter: Readonly<Record<string, number>>;
}

interface Level {
  readonly raw: JsonValue;
  readonly printed: PlatformLevel;
}

export const setInventory: WriteOperation<InventorySet, Written<InventoryLevelRecord>> = {
  repeat: { kind: 'sameEffect', why: 'It sets the number.' },
  losses: {},
  async run(store, { variantId, locationId, available, ifAvailable }) {
    const place = await placeOf(store, variantId, locationId);
    const before = await levelAt(store, place);
    const { safety, left } = standOf(before);
    // Nothing on the platform's side keeps an order from changing it between this look and the write.
    if (ifAvailable !== undefined && left !== ifAvailable)
      throw new GatewayError('conflict', `There are ${left ?? 'none counted'} now, not ${ifAvailable}.`, {
        platform: { id: 'bigcommerce' },
      });
    if (available + safety < 0) throw rejected('BigCommerce holds no stock below zero.', 'available');
    await adjust(store, 'PUT', 'absolute', place, available + safety);
    return levelAfter(store, place, before, available);
  },
};

export const adjustInventory: WriteOperation<InventoryAdjustment, Written<InventoryLevelRecord>> = {
  repeat: {
    kind: 'undecidable',
    why: 'A second try would add once more, and nothing tells whether the first arrived.',
  },
  losses: {},
  async run(store, { variantId, locationId, delta, reason }) {
    const place = await placeOf(store, variantId, locationId);
    const before = await levelAt(store, place);
    await adjust(store, 'POST', 'relative', place, delta, reason);
    const { left } = standOf(before);
    return levelAfter(store, place, before, (left ?? 0) + delta);
  },
};

const holder = z.object({ id: z.int().transform(String), product_id: z.int().transform(String) });
const counted = z.object({ inventory_tracking: z.string() });

async function placeOf(store: ConnectedStore, variantId: string, locationId: string | undefined): Promise<Place> {
  const variant = recordNumber(variantId, 'variant');
  const { rows } = await readRows(store, 'v3/catalog/variants', { id: variant });
  const found = rows.flatMap((raw) => holder.safeParse(raw).data ?? []).find(({ id }) => id === variantId);
  if (found === undefined) throw missing('variant');
  const product = recordNumber(found.product_id, 'product');
  const raw = await readRow(store, `${PRODUCTS}/${product}`, { include_fields: 'inventory_tracking' });
  const tracking = counted.safeParse(raw).data?.inventory_tracking ?? 'variant';
  if (tracking === 'none')
    throw rejected('The stock of this product is not counted: set `tracked` on it first.', 'variantId');
  const isWhole = tracking === 'product';
  return {
    variant,
    location: await placeMeant(store, locationId),
    owner: isWhole ? { product_id: product } : { variant_id: variant },
    tracking: new Map([[found.product_id, tracking]]),
    filter: isWhole ? { 'product_id:in': product } : { 'variant_id:in': variant },
  };
}

/** undefined where nothing was ever counted there. */
async function levelAt(store: ConnectedStore, { location, filter }: Place): Promise<Level | undefined> {
  const [raw] = (await readRows(store, levelsAt(location), { ...filter, limit: 1 })).rows;
  if (raw === undefined) return undefined;
  return { raw, printed: mapOne('bigcommerce', 'inventory', raw, levelAsPrinted).record };
}

/** What can be sold is what lies there without the safety stock; the platform is told what lies there. */
function standOf(level: Level | undefined): { readonly safety: number; readonly left: number | null } {
  return {
    safety: level?.printed.settings?.safety_stock ?? 0,
    left: level?.printed.available_to_sell ?? null,
  };
}

async function adjust(
  store: ConnectedStore,
  method: 'PUT' | 'POST',
  kind: 'absolute' | 'relative',
  { location, owner }: Place,
  quantity: number,
  reason?: string,
): Promise<void> {
  const body = { ...(reason !== undefined && { reason }), items: [{ location_id: location, ...owner, quantity }] };
  const path = `v3/inventory/adjustments/${kind}`;
  await store.http({ method, path, body, effect: 'write', expect: z.unknown() });
}

const LOOKS = 4;
const FIRST_WAIT_MS = 250;

/**
 * The level as it stands afterwards. Adjustments are carried out a little later: as long as the old number is answered it
 * is asked again; at last the answer is what was asked for.
 */
async function levelAfter(
  store: ConnectedStore,
  place: Place,
  before: Level | undefined,
  expected: number,
): Promise<Written<InventoryLevelRecord>> {
  const old = standOf(before).left;
  let level = await levelAt(store, place);
  for (let look = 1; look < LOOKS && isOld(level, old, expected); look += 1) {
    await pause(FIRST_WAIT_MS * 2 ** (look - 1), store.signal);
    level = await levelAt(store, place);
  }
  if (level === undefined) return { raw: null, record: recordOf(undefined, place, expected) };
  const { raw } = level;
  return { raw, record: recordOf(raw, place, isOld(level, old, expected) ? expected : undefined) };
}

function isOld(level: Level | undefined, old: number | null, expected: number): boolean {
  return old !== expected && standOf(level).left === old;
}

function recordOf(raw: JsonValue | undefined, place: Place, expected: number | undefined): InventoryLevelRecord {
  const { variant, location, tracking } = place;
  const whose = { sku: null, variant_id: variant, product_id: Number([...tracking.keys()][0]) };
  const shown = raw ?? { identity: whose, available_to_sell: expected ?? null };
  const { record } = mapOne('bigcommerce', 'inventory', shown, levelReading(location, tracking));
  const own = { ...record, platformId: `${variant}-${location}`, variantId: String(variant) };
  return expected === undefined ? own : { ...own, available: expected, onHand: null };
}
