import {
  addUpOrder,
  type Address,
  type Big,
  decimal,
  type LineItem,
  moneyOf,
  type OrderRecord,
  sum,
  unitPrice,
} from '#contract';
import { naiveUtcInstant, orNull } from '#kit';
import { decodeEntities } from './entities.js';
import type { WooMeta } from './atoms.js';
import type { WooAddress, WooLineItem, WooOrder } from './order-schema.js';
import { statusesOf } from './order-status.js';
import { shipmentsOf } from './shipments.js';

/**
 * An order as WooCommerce prints it. Its amounts are without tax whatever `prices_include_tax` says: that only tells how
 * the catalogue is kept. `total` never changes on a refund.
 * @throws Unreadable when the parts do not add up; RangeError for an amount or date that is none.
 */
export function mapOrder(order: WooOrder): OrderRecord {
  return {
    platformId: order.id,
    number: order.number ?? order.id,
    ...statusesOf(order, decimal(order.total), refundedOf(order)),
    platformStatus: { status: order.status },
    currency: order.currency,
    totals: totalsOf(order),
    presentment: null,
    taxesIncluded: false,
    customer: customerOf(order),
    billingAddress: addressOf(order.billing),
    shippingAddress: addressOf(order.shipping),
    lineItems: order.line_items.map((line) => lineItemOf(line, order.currency)),
    ...partsOf(order),
    fulfillments: shipmentsOf(order.meta_data),
    paymentMethods: [order.payment_method ?? order.payment_method_title ?? []].flat(),
    buyerNote: order.customer_note,
    merchantNote: null,
    tags: [],
    sourceName: order.created_via,
    test: false,
    placedAt: naiveUtcInstant(order.date_created_gmt),
    updatedAt: naiveUtcInstant(order.date_modified_gmt ?? order.date_created_gmt),
    // No date is kept of it.
    canceledAt: null,
  };
}

function totalsOf(order: WooOrder): OrderRecord['totals'] {
  const lines = order.line_items.map(amountsOf);
  return addUpOrder({
    currency: order.currency,
    taxesIncluded: false,
    lines: lines.map(({ before }) => before),
    discount: sum(lines.map(({ discount }) => discount)),
    shipping: decimal(order.shipping_total),
    fees: order.fee_lines.map(({ total }) => decimal(total)),
    tax: decimal(order.total_tax),
    total: decimal(order.total),
    refunded: refundedOf(order),
  });
}

/** Refunds are printed as negative amounts. */
function refundedOf({ refunds }: WooOrder): Big {
  return sum(refunds.map(({ total }) => decimal(total).abs()));
}

/** A line that was priced up by hand has no discount: its price is the higher one. */
function amountsOf(line: WooLineItem): { readonly before: Big; readonly discount: Big } {
  const subtotal = decimal(line.subtotal);
  const total = decimal(line.total);
  const before = total.gt(subtotal) ? total : subtotal;
  return { before, discount: before.minus(total) };
}

function lineItemOf(line: WooLineItem, currency: string): LineItem {
  const { before, discount } = amountsOf(line);
  return {
    id: line.id,
    productId: line.product_id,
    variantId: line.variation_id,
    sku: line.sku,
    name: decodeEntities(line.name),
    options: line.meta_data.flatMap(optionOf),
    quantity: line.quantity,
    fulfilledQuantity: null,
    // The order names its refunds without their lines.
    refundedQuantity: null,
    unitPrice: moneyOf(unitPrice(before, decimal(line.quantity), currency), currency),
    discount: moneyOf(discount, currency),
    tax: moneyOf(line.total_tax, currency),
    total: moneyOf(line.total, currency),
  };
}

/** What the buyer chose and what plugins added for people; keys that begin with `_` are bookkeeping. */
function optionOf(meta: WooMeta): LineItem['options'] {
  const value = words(meta.display_value) ?? words(meta.value);
  if (meta.key.startsWith('_') || value === undefined) return [];
  return [{ name: decodeEntities(words(meta.display_key) ?? meta.key), value: decodeEntities(value) }];
}

function words(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

function customerOf({ customer_id: id, billing }: WooOrder): OrderRecord['customer'] {
  const { email = null, first_name: firstName = null, last_name: lastName = null, phone = null } = billing ?? {};
  return orNull({ id, email, firstName, lastName, phone });
}

// Countries without a list of states take any text there; a code of such a list is short and in capitals.
const STATE_CODE = /^(?:[A-Z]{1,3}|\d{1,3}|[A-Z]{2}\d{1,3}|[A-Z]{2}-[A-Z0-9]{1,4})$/;

/** An address as the platform prints it; null where nothing of it is filled in. */
export function addressOf(address: WooAddress): Address | null {
  if (!address) return null;
  const isCode = STATE_CODE.test(address.state ?? '');
  return orNull({
    firstName: address.first_name,
    lastName: address.last_name,
    company: address.company,
    address1: address.address_1,
    address2: address.address_2,
    city: address.city,
    province: isCode ? null : address.state,
    provinceCode: isCode ? address.state : null,
    country: null,
    countryCode: address.country,
    postalCode: address.postcode,
    phone: address.phone,
  });
}

type Parts = Pick<OrderRecord, 'shippingLines' | 'fees' | 'taxLines' | 'discounts' | 'refunds'>;

function partsOf(order: WooOrder): Parts {
  const money = (value: string | number | Big) => moneyOf(value, order.currency);
  return {
    shippingLines: order.shipping_lines.map((line) => ({
      id: line.id,
      name: decodeEntities(line.method_title ?? ''),
      method: line.method_id,
      price: money(line.total),
      discount: money(0),
      tax: money(line.total_tax),
    })),
    fees: order.fee_lines.map((line) => ({
      kind: 'fee',
      name: decodeEntities(line.name ?? ''),
      amount: money(line.total),
      tax: money(line.total_tax),
    })),
    taxLines: order.tax_lines.map((line) => ({
      name: decodeEntities(line.label ?? ''),
      rate: line.rate_percent ? decimal(line.rate_percent).div(100).toFixed() : null,
      amount: money(decimal(line.tax_total).plus(decimal(line.shipping_tax_total))),
    })),
    discounts: order.coupon_lines.map(({ code, discount }) => ({ code, name: code, amount: money(discount) })),
    refunds: order.refunds.map(({ id, reason, total }) => ({
      id,
      amount: money(decimal(total).abs()),
      reason,
      lineItems: [],
      createdAt: null,
    })),
  };
}
