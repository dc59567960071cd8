import { databaseTime } from '../database-time.js';
import { num, type Row, sumOf, text } from '../row.js';
import type { MagentoShop } from '../shop.js';
import type { ShopData } from '../shop-data.js';
import { addressOf, type SeedPlan } from './seed-plan.js';

const HOUR = 3_600;
const CARTS = 12;

/** Carts of the last days: some left long ago, one in use, one empty. No recording has one; fields from the API's schema. */
export function seedCarts(shop: MagentoShop, data: ShopData, plan: SeedPlan, base: number): void {
  const sold = data.tables.products.filter((one) => one['type_id'] === 'simple' && one['status'] === 1);
  for (let index = 0; index < CARTS; index += 1) {
    const buyer = plan.buyers[index % plan.buyers.length];
    const product = sold[index % sold.length];
    if (!buyer || !product) return;
    const customer = data.tables.customers.find((one) => one['email'] === buyer.email);
    const at = databaseTime(base - (CARTS - index - 1) * 9 * HOUR - HOUR / 4);
    const id = 10_000 + data.next('cart');
    const items = index === CARTS - 2 ? [] : [itemOf(data, product, id, 1 + (index % 3))];
    const quantity = sumOf(...items.map((item) => num(item, 'qty')));
    data.tables.carts.push({
      id,
      created_at: at,
      updated_at: at,
      is_active: index % 6 !== 5,
      is_virtual: false,
      items,
      items_count: items.length,
      items_qty: quantity,
      customer: customer ?? { email: null, firstname: null, lastname: null },
      billing_address: { id: data.next('quote_address'), ...addressOf(buyer), email: buyer.email, same_as_billing: 0 },
      orig_order_id: 0,
      currency: currencyOf(shop),
      customer_is_guest: customer === undefined,
      customer_note_notify: true,
      customer_tax_class_id: 3,
      store_id: 1,
      extension_attributes: { shipping_assignments: [] },
    });
  }
}

function itemOf(data: ShopData, product: Row, cartId: number, quantity: number): Row {
  return {
    item_id: data.next('quote_item'),
    sku: text(product, 'sku'),
    qty: quantity,
    name: text(product, 'name'),
    price: num(product, 'price'),
    product_type: 'simple',
    quote_id: String(cartId),
  };
}

function currencyOf({ currency }: MagentoShop): Row {
  return {
    global_currency_code: currency,
    base_currency_code: currency,
    store_currency_code: currency,
    quote_currency_code: currency,
    store_to_base_rate: 0,
    store_to_quote_rate: 0,
    base_to_global_rate: 1,
    base_to_quote_rate: 1,
  };
}
