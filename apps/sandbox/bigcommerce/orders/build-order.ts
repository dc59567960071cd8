import { Big, type JsonValue } from '#contract';
import { addPrices, four, priceOf, rfc2822, times, type Price } from '../amounts.js';
import type { Order, OrderAddress, OrderLine, Rows } from '../state/rows.js';
import type { Store } from '../stores.js';
import type { CouponPlan, FeePlan, LinePlan, NextId, OrderPlan, OrderRows } from './order-plan.js';
import { statusName } from './statuses.js';

const ZERO = '0.0000';
const NONE: Price = { ex: new Big(0), inc: new Big(0) };

/** The three fields an amount with tax is printed in. */
function triple(name: string, { ex, inc }: Price, prefix = ''): Record<string, string> {
  return {
    [`${prefix}${name}_ex_tax`]: four(ex),
    [`${prefix}${name}_inc_tax`]: four(inc),
    [`${prefix}${name}_tax`]: four(inc.minus(ex)),
  };
}

/** docs: what an order takes off is spread over its lines by their share. */
function spread(discount: Big, lines: readonly LinePlan[], store: Store): readonly Big[] {
  const worth = lines.map(({ price, quantity }) => (store.pricesIncludeTax ? price.inc : price.ex).times(quantity));
  const whole = worth.reduce((sum, one) => sum.plus(one), new Big(0));
  let left = discount;
  return worth.map((one, index) => {
    const share =
      index === worth.length - 1 || whole.eq(0) ? left : discount.times(one).div(whole).round(4, Big.roundDown);
    left = left.minus(share);
    return share;
  });
}

/** What a line says about things nobody did. */
const LINE_DEFAULTS = {
  ...{ order_pickup_method_id: 0, quantity_shipped: 0, quantity_refunded: 0, is_refunded: false, return_id: 0 },
  // docs: kept for compatibility, never anything else.
  refund_amount: ZERO,
  ...{ base_cost_price: ZERO, cost_price_inc_tax: ZERO, cost_price_ex_tax: ZERO, cost_price_tax: ZERO },
  ...{ width: ZERO, height: ZERO, depth: ZERO, fixed_shipping_cost: ZERO },
  ...{ wrapping_id: 0, wrapping_name: '', base_wrapping_cost: ZERO, wrapping_message: '' },
  ...triple('wrapping_cost', NONE),
  ...{ event_name: null, event_date: '', ebay_item_id: '', ebay_transaction_id: '', option_set_id: null },
  ...{ parent_order_product_id: null, is_bundled_product: false, bin_picking_number: '' },
  ...{ gift_certificate_id: null, configurable_fields: [] },
};

function makeLine(
  plan: LinePlan,
  ids: { id: number; orderId: number; addressId: number },
  discounts: OrderLine['applied_discounts'],
  store: Store,
): OrderLine {
  const total = times(plan.price, plan.quantity);
  const entered = store.pricesIncludeTax ? plan.price.inc : plan.price.ex;
  const off = discounts.reduce((sum, { amount }) => sum.plus(amount), new Big(0));
  const offInc = store.pricesIncludeTax ? off : priceOf(off, false, store.taxPpm, 4).inc;
  const prices = { ...triple('price', plan.price), ...triple('total', total) };
  return {
    ...{ id: ids.id, order_id: ids.orderId, product_id: plan.productId, variant_id: plan.variantId },
    ...LINE_DEFAULTS,
    order_address_id: ids.addressId,
    ...{ name: plan.name, name_customer: plan.name, name_merchant: plan.name },
    ...{ sku: plan.sku, upc: plan.upc ?? '', type: plan.type },
    base_price: four(entered),
    base_total: four(entered.times(plan.quantity)),
    discounted_total_inc_tax: four(total.inc.minus(offInc)),
    quantity: plan.quantity,
    weight: plan.weight,
    external_id: plan.externalId ?? null,
    brand: plan.brand,
    applied_discounts: discounts,
    product_options: plan.options.map((option, index) => ({
      id: ids.id * 10 + index,
      order_product_id: ids.id,
      ...option,
    })),
    price_ex_tax: four(plan.price.ex),
    price_inc_tax: four(plan.price.inc),
    total_ex_tax: prices['total_ex_tax'] ?? ZERO,
    total_inc_tax: prices['total_inc_tax'] ?? ZERO,
    total_tax: prices['total_tax'] ?? ZERO,
    price_tax: prices['price_tax'] ?? ZERO,
  };
}

function makeAddress(
  { person, method, cost }: OrderPlan['addresses'][number],
  ids: { id: number; orderId: number },
  { items, handling, store }: { items: number; handling: Price; store: Store },
): OrderAddress {
  const entered = (price: Price): string => four(store.pricesIncludeTax ? price.inc : price.ex);
  return {
    id: ids.id,
    order_id: ids.orderId,
    ...person,
    items_total: items,
    items_shipped: 0,
    shipping_method: method,
    base_cost: entered(cost),
    cost_tax: four(cost.inc.minus(cost.ex)),
    cost_tax_class_id: 2,
    base_handling_cost: entered(handling),
    handling_cost_tax: four(handling.inc.minus(handling.ex)),
    handling_cost_tax_class_id: 2,
    shipping_zone_id: 1,
    shipping_zone_name: store.country,
    form_fields: [],
    cost_ex_tax: four(cost.ex),
    cost_inc_tax: four(cost.inc),
    handling_cost_ex_tax: four(handling.ex),
    handling_cost_inc_tax: four(handling.inc),
  };
}

interface Sums {
  readonly subtotal: Price;
  readonly subtotalTax: Big;
  readonly shipping: Price;
  readonly total: Price;
}

/** What the order comes to. Discounts are in the form prices are entered in and lower the tax. */
function sumUp(plan: OrderPlan, store: Store): Sums {
  const subtotal = addPrices(plan.lines.map(({ price, quantity }) => times(price, quantity)));
  const shipping = addPrices(plan.addresses.map(({ cost }) => cost));
  const off = plan.discount.plus(plan.coupon?.discount ?? 0);
  const less = priceOf(off, store.pricesIncludeTax, store.taxPpm, store.decimalPlaces);
  const all = addPrices([subtotal, shipping, plan.handling, ...plan.fees.map(({ cost }) => cost)]);
  return {
    subtotal,
    subtotalTax: subtotal.inc.minus(subtotal.ex).minus(less.inc.minus(less.ex)),
    shipping,
    total: { ex: all.ex.minus(less.ex), inc: all.inc.minus(less.inc) },
  };
}

/** What an order says about things nobody did. */
const ORDER_DEFAULTS = {
  ...{ base_wrapping_cost: ZERO, ...triple('wrapping_cost', NONE), wrapping_cost_tax_class_id: 3 },
  // docs: kept for compatibility; what was refunded is only in the refunds.
  refunded_amount: ZERO,
  ...{ store_credit_amount: ZERO, gift_certificate_amount: ZERO, ip_address: '127.0.0.1', ip_address_v6: '' },
  ...{ currency_id: 1, default_currency_id: 1, currency_exchange_rate: '1.0000000000' },
  store_default_to_transactional_exchange_rate: '1.0000000000',
  ...{ staff_notes: '', customer_message: '', is_deleted: false, ebay_order_id: '0', cart_id: null },
  ...{ is_email_opt_in: false, credit_card_type: null, order_source: 'www', channel_id: 1, external_source: null },
  ...{ external_id: null, external_merchant_id: null, external_order_id: '', tax_provider_id: 'BasicTaxProvider' },
};

function makeOrder(plan: OrderPlan, id: number, store: Store): Order {
  const { subtotal, subtotalTax, shipping, total } = sumUp(plan, store);
  const physical = plan.lines.filter(({ type }) => type === 'physical');
  const entered = (price: Price): string => four(store.pricesIncludeTax ? price.inc : price.ex);
  return {
    id,
    ...ORDER_DEFAULTS,
    customer_id: plan.customerId,
    ...{ date_created: rfc2822(plan.at), date_modified: rfc2822(plan.at), date_shipped: '' },
    ...{ status_id: plan.statusId, status: statusName(plan.statusId), custom_status: statusName(plan.statusId) },
    ...{ subtotal_ex_tax: four(subtotal.ex), subtotal_inc_tax: four(subtotal.inc), subtotal_tax: four(subtotalTax) },
    base_shipping_cost: entered(shipping),
    ...triple('shipping_cost', shipping),
    shipping_cost_tax_class_id: 2,
    base_handling_cost: entered(plan.handling),
    ...triple('handling_cost', plan.handling),
    handling_cost_tax_class_id: 2,
    ...{ total_ex_tax: four(total.ex), total_inc_tax: four(total.inc), total_tax: four(total.inc.minus(total.ex)) },
    items_total: plan.lines.reduce((sum, { quantity }) => sum + quantity, 0),
    items_shipped: 0,
    ...{ payment_method: plan.paymentMethod, payment_provider_id: '', payment_status: plan.paymentStatus },
    order_is_digital: physical.length === 0,
    ...{ geoip_country: store.country, geoip_country_iso2: store.countryCode, currency_code: store.currency },
    ...{ default_currency_code: store.currency, store_default_currency_code: store.currency },
    discount_amount: four(plan.discount),
    coupon_discount: four(plan.coupon?.discount ?? 0),
    shipping_address_count: plan.addresses.length,
    billing_address: { ...plan.billing, form_fields: [] },
    ...{ customer_locale: store.language, is_tax_inclusive_pricing: store.pricesIncludeTax },
    ...plan.fields,
  };
}

function makeTaxes(
  lines: readonly OrderLine[],
  addresses: readonly OrderAddress[],
  orderId: number,
  store: Store,
  next: NextId,
): readonly Rows['orderTaxes'][] {
  const row = (amount: string, fields: Readonly<Record<string, JsonValue>>): Rows['orderTaxes'] => ({
    id: next('orderTaxes'),
    order_id: orderId,
    ...{ tax_rate_id: 1, sales_tax_id: '', tax_class_id: 0, name: store.taxName, class: 'Default Tax Class' },
    ...{ rate: (store.taxPpm / 10_000).toFixed(4), priority: 1, priority_amount: amount, line_amount: amount },
    order_pickup_method_id: 0,
    ...fields,
  });
  const taxed = lines.filter(({ total_tax: tax }) => !new Big(tax).eq(0));
  return [
    ...taxed.map(({ id, order_address_id, total_tax: tax }) =>
      row(tax, { order_address_id, order_product_id: String(id), line_item_type: 'item' }),
    ),
    ...addresses
      .filter(({ cost_ex_tax: ex, cost_inc_tax: inc }) => ex !== inc)
      .map(({ id, cost_ex_tax: ex, cost_inc_tax: inc }) =>
        row(four(new Big(inc).minus(ex)), { order_address_id: id, order_product_id: '', line_item_type: 'shipping' }),
      ),
  ];
}

function makeCoupons(coupon: CouponPlan | undefined, orderId: number, next: NextId): readonly Rows['orderCoupons'][] {
  if (coupon === undefined) return [];
  const { couponId, code, amount, type, discount } = coupon;
  const shared = { id: next('orderCoupons'), order_id: orderId, coupon_id: couponId };
  return [{ ...shared, code, amount, type, discount: Number(discount) }];
}

function makeFee({ name, cost }: FeePlan, orderId: number, store: Store, next: NextId): Rows['fees'] {
  return {
    ...{ id: next('fees'), order_id: orderId, type: 'custom_fee' },
    ...{ display_name_customer: name, display_name_merchant: name, source: 'v2', tax_class_id: null },
    base_cost: four(store.pricesIncludeTax ? cost.inc : cost.ex),
    ...{ cost_ex_tax: four(cost.ex), cost_inc_tax: four(cost.inc), cost_tax: four(cost.inc.minus(cost.ex)) },
  };
}

/** Makes an order with all its parts. The platform neither applies promotions nor taxes to an order made over the API. */
export function buildOrder(plan: OrderPlan, store: Store, next: NextId): OrderRows {
  const order = makeOrder(plan, next('orders'), store);
  const orderId = order.id;
  const placed = plan.addresses.map((address, index) => ({ address, index, id: next('orderAddresses') }));
  const addresses = placed.map(({ address, index, id }) => {
    const mine = plan.lines.filter((line) => line.type === 'physical' && line.address === index);
    const items = mine.reduce((sum, { quantity }) => sum + quantity, 0);
    return makeAddress(address, { id, orderId }, { items, handling: index === 0 ? plan.handling : NONE, store });
  });
  const { coupon } = plan;
  const shares = spread(coupon?.discount ?? new Big(0), plan.lines, store);
  const manual = spread(plan.discount, plan.lines, store);
  const lines = plan.lines.map((line, index) => {
    const off = (amount: Big | undefined, what: Readonly<Record<string, JsonValue>>) =>
      amount === undefined || amount.eq(0) ? [] : [{ ...what, amount: four(amount), target: 'order' }];
    const discounts = [
      ...off(shares[index], { id: 'coupon', name: coupon?.name ?? '', code: coupon?.code ?? null }),
      ...off(manual[index], { id: 'manual-discount', name: 'Manual Discount', code: null }),
    ];
    const addressId = line.type === 'physical' ? (placed[line.address]?.id ?? 0) : 0;
    return makeLine(line, { id: next('lines'), orderId, addressId }, discounts, store);
  });
  return {
    order,
    lines,
    addresses,
    coupons: makeCoupons(coupon, orderId, next),
    taxes: makeTaxes(lines, addresses, orderId, store, next),
    fees: plan.fees.map((fee) => makeFee(fee, orderId, store, next)),
  };
}
