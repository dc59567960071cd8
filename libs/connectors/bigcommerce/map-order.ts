import {
  addUpOrder,
  type Address,
  Big,
  decimal,
  type Fee,
  type Fulfillment,
  type LineItem,
  minorUnitDecimals,
  moneyOf,
  type OrderFulfillmentStatus,
  type OrderRecord,
  type Refund,
  sum,
  unitPrice,
} from '#contract';
import { orNull } from '#kit';
import { exact, instantOf, mailInstant } from './atoms.js';
import {
  linesOf,
  type OrderLine,
  type RawOrder,
  type RawRefund,
  type RawShipment,
  type ShippingConsignment,
  type V2Address,
} from './order-schema.js';
import { meaningOf, paymentOf } from './order-status.js';

/**
 * An order as BigCommerce prints it, with its lines, shipments and refunds. Its prices contain tax or not as the shop's
 * own do (`is_tax_inclusive_pricing`), and so do its discounts. Store credit and gift certificates are ways of paying:
 * they do not lessen the total.
 * @throws Unreadable when the parts do not add up; RangeError for an amount or date that is none.
 */
export function mapOrder(order: RawOrder): OrderRecord {
  const lines = linesOf(order);
  const refunded = sum(order.refunds.map(({ total_amount: amount }) => exact(amount)));
  const currency = order.default_currency_code;
  return {
    platformId: order.id,
    number: order.id,
    status: order.is_deleted === true ? 'archived' : meaningOf(order.status_id).order,
    paymentStatus: paymentOf(
      order,
      refunded.lte(0) ? 'none' : refunded.gte(exact(order.total_inc_tax)) ? 'all' : 'some',
    ),
    fulfillmentStatus: fulfillmentStatusOf(order, lines),
    platformStatus: {
      status: String(order.status_id),
      ...(order.status !== null && { label: order.status }),
      ...(order.payment_status !== null && { payment: order.payment_status }),
    },
    currency,
    totals: totalsOf(order, lines, refunded),
    presentment: presentmentOf(order),
    taxesIncluded: taxesIncluded(order),
    customer: customerOf(order),
    billingAddress: addressOf(order.billing_address),
    shippingAddress: addressOf(order.consignments.shipping[0]),
    lineItems: lines.map((line) => lineItemOf(line, order)),
    shippingLines: shippingLinesOf(order),
    fees: feesOf(order),
    // Rates are kept apart from the order, at one more call for each (README); the sum is in `totals`.
    taxLines: [],
    discounts: discountsOf(lines, currency),
    fulfillments: order.shipments.map(mapShipment),
    refunds: order.refunds.map((refund) => mapRefund(refund, currency)),
    paymentMethods: order.payment_method === null ? [] : [order.payment_method],
    buyerNote: order.customer_message,
    merchantNote: order.staff_notes,
    tags: [],
    sourceName: order.external_source ?? order.order_source,
    test: false,
    placedAt: mailInstant(order.date_created),
    updatedAt: mailInstant(order.date_modified ?? order.date_created),
    // No date is kept of it.
    canceledAt: null,
  };
}

function taxesIncluded(order: RawOrder): boolean {
  return order.is_tax_inclusive_pricing === true;
}

/** The amount with or without tax, as this order's prices are. */
function based(order: RawOrder, inclusive: string | number, exclusive: string | number): Big {
  return exact(taxesIncluded(order) ? inclusive : exclusive);
}

function lineAmount(line: OrderLine, order: RawOrder): Big {
  return based(order, line.total_inc_tax, line.total_ex_tax);
}

function totalsOf(order: RawOrder, lines: readonly OrderLine[], refunded: Big): OrderRecord['totals'] {
  return addUpOrder({
    currency: order.default_currency_code,
    taxesIncluded: taxesIncluded(order),
    lines: lines.map((line) => lineAmount(line, order)),
    // What a coupon takes off is not in the other number.
    discount: exact(order.discount_amount).plus(exact(order.coupon_discount)),
    shipping: shippingOf(order),
    fees: chargesOf(order).map(({ amount }) => amount),
    tax: exact(order.total_tax),
    total: exact(order.total_inc_tax),
    refunded,
  });
}

function shippingOf(order: RawOrder): Big {
  return based(order, order.shipping_cost_inc_tax, order.shipping_cost_ex_tax);
}

/** In the currency the buyer saw; what is paid is always the transactional one. */
function presentmentOf(order: RawOrder): OrderRecord['presentment'] {
  const { currency_code: currency, currency_exchange_rate: rate } = order;
  if (currency === null || rate === null || currency === order.default_currency_code) return null;
  return {
    currency,
    total: moneyOf(
      exact(order.total_inc_tax).times(decimal(rate)).round(minorUnitDecimals(currency), Big.roundHalfUp),
      currency,
    ),
  };
}

function customerOf({ customer_id: id, billing_address: billing }: RawOrder): OrderRecord['customer'] {
  const { email = null, first_name: firstName = null, last_name: lastName = null, phone = null } = billing ?? {};
  return orNull({ id, email, firstName, lastName, phone });
}

function addressOf(address: V2Address | null | undefined): Address | null {
  if (!address) return null;
  return orNull({
    firstName: address.first_name,
    lastName: address.last_name,
    company: address.company,
    address1: address.street_1,
    address2: address.street_2,
    city: address.city,
    // Its full name (fact sheet, f).
    province: address.state,
    provinceCode: null,
    country: address.country,
    countryCode: address.country_iso2,
    postalCode: address.zip,
    phone: address.phone,
  });
}

/** What has to be sent, counted; without such lines the status alone would say that something is missing. */
function fulfillmentStatusOf(order: RawOrder, lines: readonly OrderLine[]): OrderFulfillmentStatus {
  const said = meaningOf(order.status_id).fulfillment;
  const physical = lines.filter(({ type }) => type === null || type === 'physical');
  if (lines.length > 0 && physical.length === 0) return 'notRequired';
  // What was given back need not be sent any more.
  const sent = physical.map((line) => ({
    all: line.quantity - (line.quantity_refunded ?? 0),
    sent: line.quantity_shipped ?? 0,
  }));
  if (sent.some((line) => line.sent > 0)) {
    return sent.every((line) => line.sent >= line.all) ? 'fulfilled' : 'partiallyFulfilled';
  }
  return said ?? 'unfulfilled';
}

function lineItemOf(line: OrderLine, order: RawOrder): LineItem {
  const currency = order.default_currency_code;
  const before = lineAmount(line, order);
  const discount = sum(line.applied_discounts.map(({ amount }) => exact(amount)));
  return {
    id: line.id,
    productId: line.product_id,
    variantId: line.variant_id,
    sku: line.sku,
    name: line.name ?? '',
    options: line.product_options.map(({ display_name: name, display_value: value }) => ({
      name: name ?? '',
      value: value ?? '',
    })),
    quantity: line.quantity,
    fulfilledQuantity: line.quantity_shipped ?? 0,
    refundedQuantity: line.quantity_refunded ?? 0,
    unitPrice: moneyOf(unitPrice(before, decimal(line.quantity), currency), currency),
    discount: moneyOf(discount, currency),
    tax: moneyOf(exact(line.total_tax), currency),
    total: moneyOf(before.minus(discount), currency),
  };
}

/** One for each address. What was set for the whole order by hand is one line of it. */
function shippingLinesOf(order: RawOrder): OrderRecord['shippingLines'] {
  const { shipping } = order.consignments;
  const money = (value: Big) => moneyOf(value, order.default_currency_code);
  const cost = (one: ShippingConsignment) => based(order, one.cost_inc_tax, one.cost_ex_tax);
  const line = (one: ShippingConsignment | undefined, price: Big, tax: Big) => ({
    id: one?.id ?? '0',
    name: one?.shipping_method ?? '',
    method: null,
    price: money(price),
    discount: money(new Big(0)),
    tax: money(tax),
  });
  const whole = shippingOf(order);
  if (sum(shipping.map(cost)).eq(whole)) return shipping.map((one) => line(one, cost(one), exact(one.cost_tax)));
  return [line(shipping[0], whole, exact(order.shipping_cost_tax ?? 0))];
}

interface Charge {
  readonly kind: Fee['kind'];
  readonly name: string;
  readonly amount: Big;
  readonly tax: Big;
}

/** Fees of the order, and what handling and gift wrapping cost beside them. */
function chargesOf(order: RawOrder): readonly Charge[] {
  const own = order.fees.map((fee): Charge => {
    const tax = exact(fee.cost_tax ?? 0);
    const inclusive = exact(fee.cost_inc_tax);
    const name = fee.display_name_customer ?? fee.display_name_merchant ?? '';
    return { kind: 'fee', name, amount: taxesIncluded(order) ? inclusive : inclusive.minus(tax), tax };
  });
  const handling = based(order, order.handling_cost_inc_tax, order.handling_cost_ex_tax);
  const wrapping = based(order, order.wrapping_cost_inc_tax, order.wrapping_cost_ex_tax);
  const others: readonly Charge[] = [
    { kind: 'handling', name: 'Handling', amount: handling, tax: exact(order.handling_cost_tax ?? 0) },
    { kind: 'giftWrap', name: 'Gift wrapping', amount: wrapping, tax: exact(order.wrapping_cost_tax ?? 0) },
  ];
  return [...own, ...others.filter(({ amount }) => !amount.eq(0))];
}

function feesOf(order: RawOrder): OrderRecord['fees'] {
  const money = (value: Big) => moneyOf(value, order.default_currency_code);
  return chargesOf(order).map(({ kind, name, amount, tax }) => ({
    kind,
    name,
    amount: money(amount),
    tax: money(tax),
  }));
}

/** A discount is spread over the lines; what belongs together has one code or one name. */
function discountsOf(lines: readonly OrderLine[], currency: string): OrderRecord['discounts'] {
  const found = new Map<string, { readonly code: string | null; readonly name: string; readonly amount: Big }>();
  for (const { id, code, name, amount } of lines.flatMap((line) => line.applied_discounts)) {
    const key = JSON.stringify([code, name, code === null ? id : null]);
    const before = found.get(key)?.amount ?? new Big(0);
    found.set(key, { code, name: name ?? code ?? id ?? '', amount: before.plus(exact(amount)) });
  }
  return [...found.values()].map(({ code, name, amount }) => ({ code, name, amount: moneyOf(amount, currency) }));
}

/** A shipment is there from the moment the goods are with the carrier; what becomes of them is not kept. */
export function mapShipment(shipment: RawShipment): Fulfillment {
  const company = shipment.shipping_provider_display_name ?? shipment.shipping_provider ?? shipment.tracking_carrier;
  const tracking = {
    company,
    number: shipment.tracking_number,
    url: shipment.tracking_link ?? shipment.generated_tracking_link,
  };
  return {
    id: shipment.id,
    status: 'shipped',
    platformStatus: null,
    tracking: Object.values(tracking).every((part) => part === null) ? [] : [tracking],
    lineItems: shipment.items.map(({ order_product_id: lineItemId, quantity }) => ({ lineItemId, quantity })),
    createdAt: mailInstant(shipment.date_created),
    updatedAt: null,
  };
}

export function mapRefund(refund: RawRefund, currency: string): Refund {
  const lines = refund.items.filter(({ item_type: type }) => type === 'PRODUCT');
  return {
    id: refund.id,
    amount: moneyOf(exact(refund.total_amount), currency),
    reason: refund.reason ?? refund.items.find(({ reason }) => reason !== null)?.reason ?? null,
    lineItems: lines.map(({ item_id: lineItemId, quantity, requested_amount: amount }) => ({
      lineItemId,
      quantity: quantity ?? 0,
      amount: amount === null ? null : moneyOf(exact(amount), currency),
    })),
    createdAt: instantOf(refund.created),
  };
}
