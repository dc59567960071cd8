import { createHash } from 'node:crypto';
import { copyOf, num, type Row, share, sumOf, text } from '../row.js';
import { databaseTime } from '../database-time.js';
import type { MagentoShop } from '../shop.js';
import type { ShopData } from '../shop-data.js';
import type { OrderDraft } from './order-draft.js';
import { itemsOf, moneyItems } from './order-items.js';
import { additionalInformation } from './payment-methods.js';
import { taxRateFor } from './pricing.js';
import { reserve } from './reservations.js';

/** Places an order as the checkout does: prices, numbers, addresses, payment, and its stock set aside. */
export function placeOrder(shop: MagentoShop, data: ShopData, draft: OrderDraft): Row {
  const { view } = draft;
  const order = blankOrder(shop, data, draft);
  const address = draft.shipping ?? draft.billing;
  const tax = taxRateFor(shop, text(address, 'country_id'), num(address, 'region_id'));
  const terms = {
    shop,
    data,
    orderId: num(order, 'entity_id'),
    storeId: view.id,
    tax,
    discountPercent: draft.discount?.percent ?? 0,
    ruleId: draft.discount?.ruleId,
    exchange: shop.rates[view.currency] ?? 1,
    now: text(order, 'created_at'),
  };
  order['items'] = draft.lines.flatMap((line) => itemsOf(line, terms));
  if (tax) order['_tax'] = { tax_id: data.next('tax'), code: tax.code, percent: tax.percent };
  addTotals(order, shop, terms.exchange);
  addAddresses(order, data, draft);
  order['payment'] = paymentOf(order, draft.payment);
  order['status_histories'] = [];
  data.tables.orders.push(order);
  reserve(data, order, 'order_placed');
  return order;
}

/** Numbers of one store view are a sequence of their own, with its id before them from the second on. */
export function nextIncrementId(data: ShopData, storeId: number, kind: string): string {
  const number = String(data.next(`${kind}_number_${storeId}`)).padStart(9, '0');
  return storeId > 1 ? `${storeId}${number}` : number;
}

function blankOrder(shop: MagentoShop, data: ShopData, draft: OrderDraft): Row {
  const { view, customer, billing, discount } = draft;
  const now = databaseTime(draft.at);
  const id = data.next('order');
  return {
    ...(discount
      ? { applied_rule_ids: String(discount.ruleId), coupon_code: discount.code, discount_description: discount.code }
      : {}),
    base_currency_code: shop.currency,
    base_to_global_rate: 1,
    base_to_order_rate: shop.rates[view.currency] ?? 1,
    created_at: now,
    customer_email: draft.email,
    customer_firstname: billing['firstname'] ?? '',
    customer_group_id: customer?.['group_id'] ?? 0,
    ...(customer ? { customer_id: num(customer, 'id') } : {}),
    customer_is_guest: Number(!customer),
    customer_lastname: billing['lastname'] ?? '',
    customer_note_notify: 1,
    entity_id: id,
    global_currency_code: shop.currency,
    increment_id: nextIncrementId(data, view.id, 'order'),
    order_currency_code: view.currency,
    protect_code: createHash('md5').update(`${shop.host} ${id}`).digest('hex'),
    quote_id: id,
    remote_ip: '127.0.0.1',
    ...(draft.shipping ? { shipping_description: 'Flat Rate - Fixed', _shipping_method: 'flatrate_flatrate' } : {}),
    state: 'new',
    status: 'pending',
    store_currency_code: view.currency,
    store_id: view.id,
    store_name: `${shop.websiteName}\n${shop.groupName}\n${view.name}`,
    store_to_base_rate: 0,
    store_to_order_rate: 0,
    updated_at: now,
  };
}

/** grand total = subtotal + shipping + tax + discount (negative) + compensation (fact sheet, section 7). */
function addTotals(order: Row, shop: MagentoShop, exchange: number): void {
  const items = moneyItems(order);
  const isVirtual = items.every((item) => item['is_virtual'] === 1);
  const pieces = sumOf(...items.filter((item) => item['is_virtual'] !== 1).map((item) => num(item, 'qty_ordered')));
  const shipping = isVirtual ? 0 : shop.shipping.amount * (shop.shipping.per === 'item' ? pieces : 1);
  for (const [prefix, rate] of [
    ['', exchange],
    ['base_', 1],
  ] as const) {
    Object.assign(order, totalsOf(items, prefix, share(shipping, rate, 1, shop.decimals)));
  }
  Object.assign(order, {
    is_virtual: Number(isVirtual),
    total_item_count: items.length,
    total_qty_ordered: sumOf(...items.map((item) => num(item, 'qty_ordered'))),
    weight: sumOf(...items.map((item) => num(item, 'row_weight'))),
    shipping_discount_tax_compensation_amount: 0,
    base_shipping_discount_tax_compensation_amnt: 0,
  });
}

function totalsOf(items: readonly Row[], prefix: '' | 'base_', shipping: number): Row {
  const total = (column: string): number => sumOf(...items.map((item) => num(item, prefix + column)));
  const [subtotal, tax, discount] = [total('row_total'), total('tax_amount'), total('discount_amount')];
  const compensation = total('discount_tax_compensation_amount');
  const grandTotal = sumOf(subtotal, shipping, tax, -discount, compensation);
  const values: Row = {
    // PHP would print minus zero as 0, too.
    discount_amount: discount === 0 ? 0 : -discount,
    discount_tax_compensation_amount: compensation,
    grand_total: grandTotal,
    shipping_amount: shipping,
    shipping_discount_amount: 0,
    shipping_incl_tax: shipping,
    shipping_tax_amount: 0,
    subtotal,
    subtotal_incl_tax: total('row_total_incl_tax'),
    tax_amount: tax,
    total_due: grandTotal,
  };
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [prefix + name, value]));
}

/** The shipping address is written first, so its number is the lower one (recorded: order-get-pending.json). */
function addAddresses(order: Row, data: ShopData, { shipping, billing, email }: OrderDraft): void {
  const write = (address: Row, kind: string): Row => ({
    ...copyOf(address),
    address_type: kind,
    email,
    entity_id: data.next('order_address'),
    parent_id: num(order, 'entity_id'),
  });
  if (shipping) order['_shipping_address'] = write(shipping, 'shipping');
  order['billing_address'] = write(billing, 'billing');
  order['billing_address_id'] = num(order['billing_address'], 'entity_id');
}

export function paymentOf(order: Row, method: string): Row {
  return {
    account_status: null,
    additional_information: additionalInformation(method),
    amount_ordered: num(order, 'grand_total'),
    base_amount_ordered: num(order, 'base_grand_total'),
    base_shipping_amount: num(order, 'base_shipping_amount'),
    cc_last4: null,
    entity_id: num(order, 'entity_id'),
    method,
    parent_id: num(order, 'entity_id'),
    shipping_amount: num(order, 'shipping_amount'),
  };
}
