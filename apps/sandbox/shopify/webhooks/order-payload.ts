import { isNothing, NOTHING, sum, times, type Bag } from '../orders/bag.js';
import type { Buyer, Discount, Order } from '../orders/order.js';
import { financialStatus, fulfillmentStatus, orderName } from '../orders/order-status.js';
import { orderTotals, sumOfAllocations } from '../orders/order-totals.js';
import type { Shop } from '../shops.js';
import { gid } from '../views/gid.js';
import { linePayload, shippingPayload, taxPayload } from './line-payload.js';
import { fulfillmentPayload, refundPayload } from './part-payloads.js';
import { restAddress, restAmount, restMoment, restMomentOrNull, restMoneySet } from './rest-values.js';

const FULFILLMENT: Readonly<Record<string, string>> = { FULFILLED: 'fulfilled', PARTIALLY_FULFILLED: 'partial' };

/** The customer inside an order. */
export function buyerPayload(buyer: Buyer, shop: Shop) {
  return {
    id: buyer.id,
    created_at: restMoment(buyer.createdAt, shop),
    updated_at: restMoment(buyer.createdAt, shop),
    first_name: buyer.firstName,
    last_name: buyer.lastName,
    state: 'disabled',
    note: null,
    verified_email: buyer.email !== null,
    multipass_identifier: null,
    tax_exempt: false,
    email: buyer.email,
    phone: buyer.phone,
    currency: shop.currency,
    tax_exemptions: [],
    admin_graphql_api_id: gid('Customer', buyer.id),
    default_address: {
      ...restAddress(buyer.address),
      id: buyer.address.id,
      customer_id: buyer.id,
      country_name: buyer.address.country,
      default: true,
    },
  };
}

function codePayload({ title, target, value }: Discount, taken: Bag, { exchange }: Order) {
  const type = target === 'SHIPPING_LINE' ? 'shipping' : 'percent' in value ? 'percentage' : 'fixed_amount';
  return { code: title, amount: restAmount(taken.shop, exchange.shopCurrency), type };
}

function takenBy(discount: Discount, { lines, shipping }: Order): Bag {
  const parts = [...lines, ...shipping].flatMap(({ allocations }) => allocations);
  return sumOfAllocations(parts.filter((part) => part.discount === discount.index));
}

function applicationPayload(discount: Discount, { exchange }: Order) {
  const { value, kind, title } = discount;
  const shared = {
    target_type: discount.target.toLowerCase(),
    type: kind === 'code' ? 'discount_code' : kind,
    value: 'percent' in value ? value.percent.toFixed(1) : restAmount(value.amount.shop, exchange.shopCurrency),
    value_type: 'percent' in value ? 'percentage' : 'fixed_amount',
    allocation_method: discount.method.toLowerCase(),
    target_selection: discount.selection.toLowerCase(),
  };
  return kind === 'code' ? { ...shared, code: title } : { ...shared, title };
}

function amounts(order: Order) {
  const totals = orderTotals(order);
  const { exchange } = order;
  const text = ({ shop }: Bag): string => restAmount(shop, exchange.shopCurrency);
  const set = (bag: Bag) => restMoneySet(bag, exchange);
  const setOrNull = (bag: Bag) => (isNothing(bag) ? null : set(bag));
  const lineItems = sum(order.lines.map(({ unitPrice, quantity }) => times(unitPrice, quantity)));
  return {
    subtotal_price: text(totals.subtotal),
    subtotal_price_set: set(totals.subtotal),
    total_price: text(totals.total),
    total_price_set: set(totals.total),
    total_tax: text(totals.tax),
    total_tax_set: set(totals.tax),
    total_discounts: text(totals.discounts),
    total_discounts_set: set(totals.discounts),
    total_line_items_price: text(lineItems),
    total_line_items_price_set: set(lineItems),
    total_shipping_price_set: set(totals.shipping),
    total_outstanding: text(totals.outstanding),
    total_tip_received: text(order.tip),
    current_subtotal_price: text(totals.currentSubtotal),
    current_subtotal_price_set: set(totals.currentSubtotal),
    current_total_price: text(totals.currentTotal),
    current_total_price_set: set(totals.currentTotal),
    current_total_tax: text(totals.currentTax),
    current_total_tax_set: set(totals.currentTax),
    current_total_discounts: text(totals.currentDiscounts),
    current_total_discounts_set: set(totals.currentDiscounts),
    current_shipping_price_set: set(totals.currentShipping),
    current_total_duties_set: setOrNull(totals.duties),
    current_total_additional_fees_set: setOrNull(totals.fees),
    original_total_duties_set: setOrNull(totals.duties),
    original_total_additional_fees_set: setOrNull(totals.fees),
    total_cash_rounding_payment_adjustment_set: set(NOTHING),
    total_cash_rounding_refund_adjustment_set: set(NOTHING),
  };
}

function texts(order: Order, shop: Shop) {
  const token = order.confirmationNumber.toLowerCase();
  return {
    id: order.id,
    admin_graphql_api_id: gid('Order', order.id),
    app_id: 580_111,
    browser_ip: null,
    buyer_accepts_marketing: false,
    cart_token: null,
    checkout_token: null,
    client_details: null,
    confirmation_number: order.confirmationNumber,
    confirmed: true,
    contact_email: order.email,
    currency: order.exchange.shopCurrency,
    presentment_currency: order.exchange.presentmentCurrency,
    customer_locale: order.buyer?.locale ?? null,
    email: order.email,
    phone: order.phone,
    landing_site: null,
    location_id: null,
    name: orderName(order),
    note: order.note,
    note_attributes: order.attributes.map(({ key, value }) => ({ name: key, value })),
    number: order.number - 1_000,
    order_number: order.number,
    order_status_url: `https://${shop.host}/${shop.id}/orders/${token}/authenticate?key=${token}`,
    payment_gateway_names: [...new Set(order.transactions.map(({ gateway }) => gateway))],
    po_number: order.poNumber,
    reference: null,
    referring_site: null,
    source_identifier: order.sourceIdentifier,
    source_name: order.sourceName,
    source_url: order.sourceUrl,
    tags: order.tags.join(', '),
    tax_exempt: false,
    taxes_included: order.taxesIncluded,
    duties_included: false,
    estimated_taxes: false,
    test: order.test,
    token,
    user_id: null,
  };
}

/** The body of `orders/…` webhooks. */
export function orderPayload(order: Order, shop: Shop) {
  const taxes = [...order.lines, ...order.shipping.filter(({ removed }) => !removed)].flatMap((line) => line.taxes);
  const codes = order.discounts.filter(({ kind }) => kind === 'code');
  return {
    ...texts(order, shop),
    ...amounts(order),
    cancel_reason: order.cancelReason?.toLowerCase() ?? null,
    cancelled_at: restMomentOrNull(order.cancelledAt, shop),
    closed_at: restMomentOrNull(order.closedAt, shop),
    created_at: restMoment(order.createdAt, shop),
    processed_at: restMoment(order.processedAt ?? order.createdAt, shop),
    updated_at: restMoment(order.updatedAt, shop),
    financial_status: financialStatus(order).toLowerCase(),
    fulfillment_status: FULFILLMENT[fulfillmentStatus(order)] ?? null,
    total_weight: order.lines.reduce((grams, line) => grams + line.grams * line.quantity, 0),
    billing_address: restAddress(order.billingAddress),
    shipping_address: restAddress(order.shippingAddress),
    customer: order.buyer === null ? null : buyerPayload(order.buyer, shop),
    discount_codes: codes.map((one) => codePayload(one, takenBy(one, order), order)),
    discount_applications: order.discounts.map((one) => applicationPayload(one, order)),
    fulfillments: order.fulfillments.map((one) => fulfillmentPayload(one, order, shop)),
    line_items: order.lines.map((line, position) => linePayload(line, position, order)),
    refunds: order.refunds.map((one) => refundPayload(one, order, shop)),
    returns: [],
    shipping_lines: order.shipping.map((line) => shippingPayload(line, order)),
    tax_lines: taxes.map((tax) => taxPayload(tax, order)),
  };
}
