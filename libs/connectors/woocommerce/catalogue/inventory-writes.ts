import {
  type ConnectedStore,
  emulated,
  GatewayError,
  type InventoryAdjustment,
  type InventoryLevelRecord,
  type InventorySet,
  type Mapped,
  type WriteOperation,
  type Written,
} from '#contract';
import { anyJson, mapOne } from '#kit';
import { checkedId, readOne, rejected } from '../record-calls.js';
import { levelReading } from './inventory.js';
import { identify, type WooSold, wooSold } from './product-schema.js';
import { PRODUCTS } from './products.js';

const NO_PLACES = { fate: 'ignored', why: 'WooCommerce keeps one stock number, without locations.' } as const;

export const setInventory: WriteOperation<InventorySet, Written<InventoryLevelRecord>> = {
  repeat: { kind: 'sameEffect', why: 'It sets the number; one that is right already is not written again.' },
  losses: { locationId: NO_PLACES },
  async run(store, { variantId, available, ifAvailable }) {
    const item = await readStock(store, variantId);
    const before = availableOf(item.record);
    if (before === available) return asLevel(item);
    // Nothing on the platform's side keeps an order from changing it between this look and the write.
    if (ifAvailable !== undefined && before !== ifAvailable) {
      const context = { platform: { id: 'woocommerce' } };
      throw new GatewayError('conflict', `There are ${before ?? 'uncounted'} now, not ${ifAvailable}.`, context);
    }
    return writeStock(store, item.record, available);
  },
};

export const adjustInventory: WriteOperation<InventoryAdjustment, Written<InventoryLevelRecord>> = emulated(
  {
    repeat: {
      kind: 'undecidable',
      why: 'A second try would add once more, and nothing tells whether the first arrived.',
    },
    losses: { locationId: NO_PLACES, reason: { fate: 'ignored', why: 'WooCommerce keeps no reason for it.' } },
    async run(store: ConnectedStore, { variantId, delta }: InventoryAdjustment) {
      const item = await readStock(store, variantId);
      const before = availableOf(item.record);
      if (before === null) throw rejected('Its stock is not counted yet: set it first.', 'variantId');
      return writeStock(store, item.record, before + delta);
    },
  },
  'WooCommerce only sets a number: it is read and written back changed. What is sold in between is lost from the count.',
);

const asSold = { schema: wooSold, map: (item: WooSold) => item, identify };

async function readStock(store: ConnectedStore, variantId: string): Promise<Mapped<WooSold>> {
  const item = await readOne(store, { path: PRODUCTS, what: 'variant', reading: asSold }, variantId);
  if (item.record.status === 'trash')
    throw new GatewayError('not_found', 'There is no such variant.', { platform: { id: 'woocommerce' } });
  if (item.record.type.startsWith('variable'))
    throw rejected('This is the id of a product with variants, not of one of them.', 'variantId');
  return item;
}

function availableOf({ manage_stock: tracked, stock_quantity: quantity }: WooSold): number | null {
  return tracked === false ? null : (quantity ?? 0);
}

function asLevel({ raw }: Pick<Mapped<WooSold>, 'raw'>): Mapped<InventoryLevelRecord> {
  return mapOne('woocommerce', 'inventory.list', raw, levelReading);
}

/** A variation that sells from the stock of its product stays so: the number is that of the product. */
async function writeStock(
  store: ConnectedStore,
  item: WooSold,
  available: number,
): Promise<Written<InventoryLevelRecord>> {
  const isShared = item.manage_stock === 'parent';
  const parent = item.type === 'variation' ? `${PRODUCTS}/${checkedId(item.parent_id ?? '', 'product')}` : PRODUCTS;
  const path = isShared
    ? parent
    : item.type === 'variation'
      ? `${parent}/variations/${item.id}`
      : `${parent}/${item.id}`;
  const body = { manage_stock: true, stock_quantity: available };
  const { data } = await store.http({ method: 'PUT', path, body, effect: 'write', expect: anyJson });
  const answered = mapOne('woocommerce', 'inventory.list', data, asSold);
  // Silently so where the shop counts no stock at all, and for products of other shops.
  if (answered.record.manage_stock === false)
    throw rejected('The shop does not count the stock of this product.', 'variantId');
  return asLevel(isShared ? await readStock(store, item.id) : answered);
}
