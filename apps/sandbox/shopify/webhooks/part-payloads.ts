import { NOTHING } from '../orders/bag.js';
import { fulfillmentOrdersOf } from '../orders/fulfillment-orders.js';
import { homeLocationOf } from '../orders/home-location.js';
import type { Fulfillment, Order, Refund, Return, Transaction } from '../orders/order.js';
import { orderName } from '../orders/order-status.js';
import { sumOfTaxes } from '../orders/order-totals.js';
import type { Shop } from '../shops.js';
import { gid } from '../views/gid.js';
import { linePayload, shippingPayload } from './line-payload.js';
import { restAddress, restAmount, restMoment, restMoneySet } from './rest-values.js';

const locationId = (shop: Shop): number => homeLocationOf(shop).id;

/** `fulfillments/create` and `fulfillments/update`. */
export function fulfillmentPayload(one: Fulfillment, order: Order, shop: Shop) {
  const numbers = one.tracking.flatMap(({ number }) => (number === null ? [] : [number]));
  const urls = one.tracking.flatMap(({ url }) => (url === null ? [] : [url]));
  return {
    id: one.id,
    order_id: order.id,
    status: one.status.toLowerCase(),
    created_at: restMoment(one.at, shop),
    service: 'manual',
    updated_at: restMoment(one.changedAt ?? Math.max(one.at, one.deliveredAt ?? 0), shop),
    tracking_company: one.tracking[0]?.company ?? null,
    shipment_status: one.events.at(-1)?.status.toLowerCase() ?? null,
    location_id: locationId(shop),
    origin_address: null,
    email: order.email,
    destination: restAddress(order.shippingAddress),
    line_items: one.lines.flatMap(({ line: position, quantity }) => {
      const line = order.lines[position];
      return line === undefined ? [] : [{ ...linePayload(line, position, order), quantity }];
    }),
    tracking_number: numbers[0] ?? null,
    tracking_numbers: numbers,
    tracking_url: urls[0] ?? null,
    tracking_urls: urls,
    receipt: {},
    name: `${orderName(order)}.${order.fulfillments.indexOf(one) + 1}`,
    admin_graphql_api_id: gid('Fulfillment', one.id),
  };
}

/** `order_transactions/create`. */
export function transactionPayload(one: Transaction, order: Order, shop: Shop) {
  const { exchange } = order;
  const currency = exchange.presentmentCurrency;
  return {
    id: one.id,
    order_id: order.id,
    kind: one.kind.toLowerCase(),
    gateway: one.gateway,
    status: one.status.toLowerCase(),
    message: null,
    created_at: restMoment(one.at, shop),
    test: order.test,
    authorization: one.authorizationCode,
    location_id: null,
    user_id: null,
    parent_id: one.parentId,
    processed_at: restMoment(one.at, shop),
    device_id: null,
    error_code: one.errorCode,
    source_name: order.sourceName,
    receipt: {},
    amount: restAmount(one.amount.presentment, currency),
    currency,
    payment_id: `${orderName(order)}.${order.transactions.indexOf(one) + 1}`,
    manual_payment_gateway: one.manual,
    amount_rounding: null,
    admin_graphql_api_id: gid('OrderTransaction', one.id),
  };
}

/** Numbers, where every other amount is a text (webhook schema refunds/create). */
function asNumber(minor: number, currency: string): number {
  return Number(restAmount(minor, currency));
}

function refundLinePayload(one: Refund['lines'][number], order: Order, shop: Shop) {
  const { exchange } = order;
  const line = order.lines[one.line];
  const tax = sumOfTaxes(one.taxes);
  return {
    id: one.id,
    quantity: one.quantity,
    line_item_id: line?.id ?? null,
    location_id: one.restockType === 'NO_RESTOCK' ? null : locationId(shop),
    restock_type: one.restockType.toLowerCase(),
    subtotal: asNumber(one.subtotal.shop, exchange.shopCurrency),
    total_tax: asNumber(tax.shop, exchange.shopCurrency),
    subtotal_set: restMoneySet(one.subtotal, exchange),
    total_tax_set: restMoneySet(tax, exchange),
    line_item: line === undefined ? null : linePayload(line, one.line, order),
  };
}

function adjustmentPayload({ id, amount }: NonNullable<Refund['discrepancy']>, refund: Refund, order: Order) {
  const { exchange } = order;
  return {
    id,
    amount: restAmount(amount.shop, exchange.shopCurrency),
    amount_set: restMoneySet(amount, exchange),
    kind: 'refund_discrepancy',
    order_id: order.id,
    reason: 'Refund discrepancy',
    refund_id: refund.id,
    tax_amount: restAmount(0, exchange.shopCurrency),
    tax_amount_set: restMoneySet(NOTHING, exchange),
  };
}

/** `refunds/create`. */
export function refundPayload(refund: Refund, order: Order, shop: Shop) {
  const { exchange } = order;
  return {
    id: refund.id,
    order_id: order.id,
    created_at: restMoment(refund.at, shop),
    note: refund.note,
    user_id: null,
    processed_at: restMoment(refund.at, shop),
    duties: [],
    total_duties_set: restMoneySet(NOTHING, exchange),
    return: null,
    refund_shipping_lines: refund.shipping.flatMap(({ id, line, subtotal, tax }) => {
      const shipping = order.shipping[line];
      if (shipping === undefined) return [];
      const amounts = {
        subtotal_amount_set: restMoneySet(subtotal, exchange),
        tax_amount_set: restMoneySet(tax, exchange),
      };
      return [{ id, shipping_line: shippingPayload(shipping, order), ...amounts }];
    }),
    restock: refund.lines.some(({ restockType }) => restockType !== 'NO_RESTOCK'),
    admin_graphql_api_id: gid('Refund', refund.id),
    order_adjustments: refund.discrepancy === null ? [] : [adjustmentPayload(refund.discrepancy, refund, order)],
    refund_line_items: refund.lines.map((line) => refundLinePayload(line, order, shop)),
    transactions: order.transactions
      .filter(({ id }) => refund.transactionIds.includes(id))
      .map((one) => transactionPayload(one, order, shop)),
  };
}

/** `returns/…`. */
export function returnPayload(one: Return, order: Order) {
  return {
    id: one.id,
    admin_graphql_api_id: gid('Return', one.id),
    status: one.status.toLowerCase(),
    order_id: order.id,
    order: { id: order.id, admin_graphql_api_id: gid('Order', order.id) },
    total_return_line_items: one.lines.reduce((units, { quantity }) => units + quantity, 0),
    name: `${orderName(order)}-R${order.returns.indexOf(one) + 1}`,
    return_line_items: one.lines.map(({ id, quantity, reason, note, customerNote }) => ({
      id,
      admin_graphql_api_id: gid('ReturnLineItem', id),
      quantity,
      return_reason: reason.toLowerCase(),
      return_reason_note: note,
      customer_note: customerNote,
    })),
    return_shipping_fees: [],
    exchange_line_items: [],
    total_exchange_line_items: 0,
  };
}

/** `fulfillment_orders/order_routing_complete`, `…/placed_on_hold` and `…/hold_released`. */
export function fulfillmentOrderPayload(order: Order) {
  const [work] = fulfillmentOrdersOf(order);
  if (work === undefined) return undefined;
  return {
    fulfillment_order: { id: gid('FulfillmentOrder', work.id), status: work.status.toLowerCase() },
  };
}
