import type { Emit } from '../state/emit.js';
import type { Product, Rows, Variant } from '../state/rows.js';
import type { StoreData } from '../state/store-data.js';

export const DEFAULT_LOCATION = 1;
/** docs: beyond this nothing is saved. */
const MOST_STOCK = 2_147_483_647;

type Stock = Rows['stock'];

export const variantsOf = ({ tables }: StoreData, productId: number): readonly Variant[] =>
  tables.variants.where(({ product_id: id }) => id === productId);

export function stockAt({ tables }: StoreData, variantId: number, locationId: number): Stock {
  const known = tables.stock.where((row) => row.variant_id === variantId && row.location_id === locationId)[0];
  const empty = { on_hand: 0, safety_stock: 0, warning_level: 0, bin_picking_number: '' };
  return known ?? { id: tables.stock.nextId(), variant_id: variantId, location_id: locationId, ...empty };
}

/** docs: what may still be sold is what is there without the safety stock. */
export const toSell = ({ on_hand: onHand, safety_stock: safety }: Stock): number => Math.max(0, onHand - safety);

/** docs: the catalogue's level is what all locations together may sell. */
export function levelOf({ tables }: StoreData, variantId: number): number {
  const enabled = new Set(tables.locations.where(({ enabled }) => enabled).map(({ id }) => id));
  return tables.stock
    .where((row) => row.variant_id === variantId && enabled.has(row.location_id))
    .reduce((sum, row) => sum + toSell(row), 0);
}

/** The variant a product without options has. */
export const baseVariant = (data: StoreData, product: Product): Variant | undefined =>
  variantsOf(data, product.id).find(({ option_values: values }) => values.length === 0);

export interface StockChange {
  readonly variantId: number;
  readonly locationId: number;
  readonly method: 'absolute' | 'relative';
  readonly quantity: number;
  /** An order took it. */
  readonly byOrder?: boolean;
}

/** Changes stock and tells the hooks of the variant, the product and the channel. */
export function changeStock(
  data: StoreData,
  { variantId, locationId, method, quantity, byOrder = false }: StockChange,
  emit: Emit,
): void {
  const { tables } = data;
  const variant = tables.variants.find(variantId);
  const before = stockAt(data, variantId, locationId);
  const onHand = method === 'absolute' ? quantity : before.on_hand + quantity;
  if (variant === undefined || onHand > MOST_STOCK) return;
  tables.stock.put({ ...before, on_hand: onHand });
  const product = tables.products.find(variant.product_id);
  const inventory = { product_id: variant.product_id, method, value: quantity };
  const scope = byOrder ? 'inventory/order/updated' : 'inventory/updated';
  if (variant.option_values.length > 0) {
    emit(`store/sku/${scope}`, { type: 'sku', id: variantId, inventory: { ...inventory, variant_id: variantId } });
  }
  emit(`store/product/${scope}`, { type: 'product', id: variant.product_id, inventory });
  const simple = variant.option_values.length === 0;
  const where = { product_id: variant.product_id, location_id: locationId, ...(!simple && { variant_id: variantId }) };
  for (const channel of product?.channels ?? []) {
    emit(`store/channel/${channel}/inventory/product/stock_changed`, where);
  }
}

/** The catalogue writes the default location's stock, through the inventory. */
export function writeLevel(data: StoreData, variantId: number, level: number, emit: Emit): void {
  const { safety_stock: safety } = stockAt(data, variantId, DEFAULT_LOCATION);
  changeStock(data, { variantId, locationId: DEFAULT_LOCATION, method: 'absolute', quantity: level + safety }, emit);
}
