import {
  type ConnectedStore,
  emulated,
  GatewayError,
  type InventoryAdjustment,
  type InventoryLevelRecord,
  type InventorySet,
  type WriteOperation,
  type Written,
} from '#contract';
import { anyJson } from '#kit';
import { rejected, writeCall } from '../record-calls.js';
import { findItem, findStocked, mapLevel, type SourceItem, type Stocked } from './inventory.js';
import { SOURCE_ITEMS } from './places.js';

export const setInventory: WriteOperation<InventorySet, Written<InventoryLevelRecord>> = {
  repeat: { kind: 'sameEffect', why: 'It sets the number; one that is right already is not written again.' },
  losses: {},
  async run(store, { variantId, locationId, available, ifAvailable }) {
    const place = await readPlace(store, variantId, locationId);
    const before = place.item?.quantity ?? 0;
    if (place.item !== undefined && before === available) return asLevel(place.item, place.product);
    // Nothing on the platform's side keeps a shipment from changing it between this look and the write.
    if (ifAvailable !== undefined && before !== ifAvailable) {
      const context = { platform: { id: 'magento' } };
      throw new GatewayError('conflict', `There are ${before} now, not ${ifAvailable}.`, context);
    }
    return writeStock(store, place, available);
  },
};

export const adjustInventory: WriteOperation<InventoryAdjustment, Written<InventoryLevelRecord>> = emulated(
  {
    repeat: {
      kind: 'undecidable',
      why: 'A second try would add once more, and nothing tells whether the first arrived.',
    },
    losses: { reason: { fate: 'ignored', why: 'Magento keeps no reason for it.' } },
    async run(store: ConnectedStore, { variantId, locationId, delta }: InventoryAdjustment) {
      const place = await readPlace(store, variantId, locationId);
      return writeStock(store, place, (place.item?.quantity ?? 0) + delta);
    },
  },
  'Magento only sets a number: it is read and written back changed. What is shipped in between is lost from the count.',
);

interface StockPlace {
  readonly product: Stocked;
  readonly code: string;
  /** Absent where the source does not have the product yet. */
  readonly item: SourceItem | undefined;
}

async function readPlace(store: ConnectedStore, variantId: string, code: string | undefined): Promise<StockPlace> {
  if (code === undefined) throw rejected('Stock lies in a source: name it as the location.', 'locationId');
  const product = await findStocked(store, variantId);
  if (product === undefined)
    throw new GatewayError('not_found', 'There is no such variant.', { platform: { id: 'magento' } });
  if (product.type_id === 'configurable')
    throw rejected('This is the id of a product with variants, not of one of them.', 'variantId');
  return { product, code, item: await findItem(store, product.sku, code) };
}

/** `[]` is answered (recorded: inventory-source-items-post), so the level is what was sent. */
async function writeStock(
  store: ConnectedStore,
  { product, code, item }: StockPlace,
  quantity: number,
): Promise<Written<InventoryLevelRecord>> {
  // A source may be out of a product whatever its number says; what is put there can be sold.
  const status = quantity > 0 ? 1 : (item?.status ?? 0);
  const written = { sku: product.sku, source_code: item?.source_code ?? code, quantity, status };
  await writeCall(store, { path: SOURCE_ITEMS, body: { sourceItems: [written] }, expect: anyJson });
  return asLevel(written, product);
}

function asLevel(item: SourceItem, product: Stocked): Written<InventoryLevelRecord> {
  const { sku, source_code, quantity, status = null } = item;
  return { record: mapLevel(item, product), raw: { sku, source_code, quantity, status } };
}
