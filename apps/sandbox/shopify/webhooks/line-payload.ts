import { sum } from '../orders/bag.js';
import type { Allocation, Line, Order, Shipping, TaxAmount } from '../orders/order.js';
import { fulfilledUnits, unfulfilledUnits } from '../orders/order-status.js';
import { netOfShipping, refundedUnits, sumOfAllocations } from '../orders/order-totals.js';
import { gid } from '../views/gid.js';
import { restAmount, restMoneySet } from './rest-values.js';

/** A tax. */
export function taxPayload({ title, ppm, amount }: TaxAmount, { exchange }: Order) {
  return {
    channel_liable: false,
    price: restAmount(amount.shop, exchange.shopCurrency),
    price_set: restMoneySet(amount, exchange),
    rate: ppm / 1_000_000,
    title,
  };
}

function allocationPayload({ amount, discount }: Allocation, { exchange }: Order) {
  return {
    amount: restAmount(amount.shop, exchange.shopCurrency),
    amount_set: restMoneySet(amount, exchange),
    discount_application_index: discount,
  };
}

function fulfillmentStatus(order: Order, position: number): string | null {
  if (fulfilledUnits(order, position) === 0) return null;
  return unfulfilledUnits(order, position) === 0 ? 'fulfilled' : 'partial';
}

/** A line item. @param position of the line in its order */
export function linePayload(line: Line, position: number, order: Order) {
  const discount = sum(
    line.allocations
      .filter(({ discount: index }) => order.discounts[index]?.method === 'EACH')
      .map(({ amount }) => amount),
  );
  const { shopCurrency } = order.exchange;
  return {
    id: line.id,
    admin_graphql_api_id: gid('LineItem', line.id),
    attributed_staffs: [],
    current_quantity: line.quantity - refundedUnits(order, position),
    fulfillable_quantity: unfulfilledUnits(order, position),
    fulfillment_service: 'manual',
    fulfillment_status: fulfillmentStatus(order, position),
    gift_card: line.isGiftCard,
    grams: line.grams,
    name: line.variantTitle === null ? line.title : `${line.title} - ${line.variantTitle}`,
    price: restAmount(line.unitPrice.shop, shopCurrency),
    price_set: restMoneySet(line.unitPrice, order.exchange),
    product_exists: line.productId !== null,
    product_id: line.productId,
    properties: line.attributes.map(({ key, value }) => ({ name: key, value })),
    quantity: line.quantity,
    requires_shipping: line.requiresShipping,
    sku: line.sku,
    taxable: line.taxable,
    title: line.title,
    total_discount: restAmount(discount.shop, shopCurrency),
    total_discount_set: restMoneySet(discount, order.exchange),
    variant_id: line.variantId,
    variant_inventory_management: line.variantId === null ? null : 'shopify',
    variant_title: line.variantTitle,
    vendor: line.vendor,
    tax_lines: line.taxes.map((tax) => taxPayload(tax, order)),
    duties: [],
    discount_allocations: line.allocations.map((allocation) => allocationPayload(allocation, order)),
  };
}

/** A shipping line. */
export function shippingPayload(line: Shipping, order: Order) {
  const { exchange } = order;
  const net = netOfShipping(line);
  return {
    id: line.id,
    carrier_identifier: null,
    code: line.code,
    discounted_price: restAmount(net.shop, exchange.shopCurrency),
    discounted_price_set: restMoneySet(net, exchange),
    is_removed: line.removed,
    phone: null,
    price: restAmount(line.price.shop, exchange.shopCurrency),
    price_set: restMoneySet(line.price, exchange),
    requested_fulfillment_service_id: null,
    source: line.source,
    title: line.title,
    tax_lines: line.taxes.map((tax) => taxPayload(tax, order)),
    discount_allocations: line.allocations.map((allocation) => allocationPayload(allocation, order)),
    total_discount: restAmount(sumOfAllocations(line.allocations).shop, exchange.shopCurrency),
  };
}
