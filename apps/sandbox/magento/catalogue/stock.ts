import { num, type Row, text } from '../row.js';
import type { ShopData } from '../shop-data.js';
import { isSku } from '../orders/reservations.js';

/** The legacy stock item, which shows the source `default` (recorded: stock-item-get.json). */
export function stockItem({ tables }: ShopData, product: Row): Row {
  const shelf = tables.sourceItems.find((one) => isSku(one, text(product, 'sku')) && one['source_code'] === 'default');
  const isParent = product['type_id'] === 'configurable';
  return {
    item_id: num(product, 'id'),
    product_id: num(product, 'id'),
    stock_id: 1,
    qty: num(shelf ?? {}, 'quantity'),
    is_in_stock: isParent || shelf?.['status'] === 1,
    is_qty_decimal: false,
    show_default_notification_message: false,
    use_config_min_qty: true,
    min_qty: 0,
    use_config_min_sale_qty: 1,
    min_sale_qty: 1,
    use_config_max_sale_qty: true,
    max_sale_qty: 10000,
    use_config_backorders: true,
    backorders: 0,
    use_config_notify_stock_qty: true,
    notify_stock_qty: 1,
    use_config_qty_increments: true,
    qty_increments: 0,
    use_config_enable_qty_inc: true,
    enable_qty_increments: false,
    use_config_manage_stock: true,
    manage_stock: true,
    low_stock_date: null,
    is_decimal_divided: false,
    stock_status_changed_auto: 0,
  };
}

/** An absolute write, as everywhere in the inventory. */
export function putOnShelf({ tables }: ShopData, sku: string, source: string, quantity: number, status: number): void {
  const shelf = tables.sourceItems.find((one) => isSku(one, sku) && one['source_code'] === source);
  if (shelf) Object.assign(shelf, { quantity, status });
  else tables.sourceItems.push({ sku, source_code: source, quantity, status });
}
