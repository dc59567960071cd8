import {
  addUpOrder,
  type Address,
  Big,
  type LineItem,
  minorUnitDecimals,
  moneyOf,
  type OrderRecord,
  unitPrice,
} from '#contract';
import { naiveUtcInstant, orNull } from '#kit';
import {
  discountOf,
  feesOf,
  lineAmounts,
  shippingAmounts,
  type Side,
  sideOf,
  topLines,
  totalOf,
} from './order-amounts.js';
import type { MagentoAddress, MagentoItem, MagentoOrder } from './order-schema.js';
import { shippedOf, statusesOf } from './order-status.js';

/**
 * An order as the platform prints it, in the currency of the shop's books. Its amounts are without tax whatever the
 * shop shows; `grand_total` never changes on a refund.
 * @throws Unreadable when the parts do not add up; RangeError for an amount or date that is none.
 */
export function mapOrder(order: MagentoOrder): OrderRecord {
  const side = sideOf(order);
  const { currency } = side;
  const { state, status } = order;
  const shippingAddress = addressOf(shippingOf(order)?.address);
  return {
    platformId: order.entity_id,
    number: order.increment_id ?? order.entity_id,
    ...statusesOf(order, side),
    platformStatus: { ...(state !== null && { state }), ...(status !== null && { status }) },
    currency,
    totals: totalsOf(order, side),
    presentment: presentmentOf(order, side),
    taxesIncluded: false,
    customer: customerOf(order),
    billingAddress: addressOf(order.billing_address),
    shippingAddress,
    lineItems: topLines(order).map((item) => lineItemOf(item, order, side)),
    ...partsOf(order, side),
    // Neither is part of an order; both have lists of their own.
    fulfillments: [],
    refunds: [],
    paymentMethods: order.payment?.method ? [order.payment.method] : [],
    buyerNote: order.customer_note,
    merchantNote: null,
    tags: [],
    // Website, store and store view, one a line.
    sourceName: order.store_name?.split('\n').join(' / ') ?? null,
    test: false,
    placedAt: naiveUtcInstant(order.created_at),
    updatedAt: naiveUtcInstant(order.updated_at ?? order.created_at),
    // No date is kept of it.
    canceledAt: null,
  };
}

function totalsOf(order: MagentoOrder, side: Side): OrderRecord['totals'] {
  const { product, wrapping } = feesOf(order, side);
  return addUpOrder({
    currency: side.currency,
    taxesIncluded: false,
    lines: topLines(order).map((item) => lineAmounts(item, side).before),
    discount: discountOf(order, side),
    shipping: shippingAmounts(order, side).price,
    fees: [product, wrapping],
    tax: side.pick(order.base_tax_amount, order.tax_amount),
    total: totalOf(order, side),
    refunded: side.pick(order.base_total_refunded, order.total_refunded),
  });
}

function presentmentOf(order: MagentoOrder, { currency, isBase }: Side): OrderRecord['presentment'] {
  const { order_currency_code: seen, grand_total: total } = order;
  if (!isBase || seen === null || seen === currency) return null;
  return { currency: seen, total: moneyOf(total, seen) };
}

/** Its part for what was chosen of it is a line of its own there (recorded: order-get-after-refunds; issue #21231). */
function lineItemOf(item: MagentoItem, order: MagentoOrder, side: Side): LineItem {
  const { before, discount, tax } = lineAmounts(item, side);
  const { currency } = side;
  const chosen = item.product_type === 'configurable' ? order.items.find(isPartOf(item)) : item;
  const total = before.minus(discount).round(minorUnitDecimals(currency), Big.roundHalfUp);
  return {
    id: item.item_id,
    productId: item.product_id,
    variantId: chosen?.product_id ?? null,
    sku: item.sku,
    name: item.name ?? item.sku ?? '',
    options: optionsOf(item),
    quantity: item.qty_ordered,
    fulfilledQuantity: shippedOf(item, order),
    refundedQuantity: item.qty_refunded,
    unitPrice: moneyOf(unitPrice(before, new Big(item.qty_ordered), currency), currency),
    discount: moneyOf(discount, currency),
    tax: moneyOf(tax, currency),
    total: moneyOf(total, currency),
  };
}

function isPartOf({ item_id: parent }: MagentoItem): (item: MagentoItem) => boolean {
  return (item) => item.parent_item_id === parent;
}

/** What was chosen goes by the numbers of attributes and options; what the buyer wrote is text. */
function optionsOf({ product_option: option }: MagentoItem): LineItem['options'] {
  const { configurable_item_options: chosen = [], custom_options: custom = [] } = option?.extension_attributes ?? {};
  return [...chosen, ...custom].map(({ option_id: name, option_value: value }) => ({
    name,
    value: String(value ?? ''),
  }));
}

function customerOf(order: MagentoOrder): OrderRecord['customer'] {
  return orNull({
    id: order.customer_is_guest ? null : order.customer_id,
    email: order.customer_email,
    firstName: order.customer_firstname ?? order.billing_address?.firstname ?? null,
    lastName: order.customer_lastname ?? order.billing_address?.lastname ?? null,
    phone: order.billing_address?.telephone ?? null,
  });
}

/** Where it is shipped to, and how: the order keeps both only here (recorded: order-get-pending). */
function shippingOf({ extension_attributes: more }: MagentoOrder) {
  return more?.shipping_assignments[0]?.shipping ?? null;
}

/** An address as the platform prints it; null where nothing of it is filled in. */
export function addressOf(address: MagentoAddress): Address | null {
  if (!address) return null;
  const [street = null, ...more] = [address.street ?? []].flat().filter((line) => line !== null && line !== '');
  return orNull({
    firstName: address.firstname,
    lastName: address.lastname,
    company: address.company,
    address1: street,
    address2: more.length === 0 ? null : more.join(', '),
    city: address.city,
    province: address.region || null,
    provinceCode: address.region_code,
    country: null,
    countryCode: address.country_id,
    postalCode: address.postcode,
    phone: address.telephone,
  });
}

type Parts = Pick<OrderRecord, 'shippingLines' | 'fees' | 'taxLines' | 'discounts'>;

function partsOf(order: MagentoOrder, side: Side): Parts {
  const { currency, pick } = side;
  const money = (value: string | Big) => moneyOf(value, currency);
  const { product, wrapping } = feesOf(order, side);
  return {
    shippingLines: shippingLinesOf(order, side),
    fees: [
      ...(product.eq(0)
        ? []
        : [{ kind: 'other' as const, name: 'Fixed product tax', amount: money(product), tax: null }]),
      ...(wrapping.eq(0)
        ? []
        : [{ kind: 'giftWrap' as const, name: 'Gift wrapping', amount: money(wrapping), tax: null }]),
    ],
    taxLines: (order.extension_attributes?.applied_taxes ?? []).map((tax) => ({
      name: tax.title ?? tax.code ?? '',
      rate: tax.percent ? new Big(tax.percent).div(100).toFixed() : null,
      amount: money(pick(tax.base_amount, tax.amount)),
    })),
    discounts: discountsOf(order, money(discountOf(order, side))),
  };
}

function shippingLinesOf(order: MagentoOrder, side: Side): OrderRecord['shippingLines'] {
  const { price, discount, tax } = shippingAmounts(order, side);
  const [name, method] = [order.shipping_description, shippingOf(order)?.method ?? null];
  if (name === null && method === null && price.eq(0)) return [];
  const money = (value: Big) => moneyOf(value, side.currency);
  // An order has one way of shipping, without a number.
  const line = { id: method ?? 'shipping', name: name ?? method ?? '', method };
  return [{ ...line, price: money(price), discount: money(discount), tax: money(tax) }];
}

function discountsOf(order: MagentoOrder, amount: OrderRecord['totals']['discount']): OrderRecord['discounts'] {
  const code = order.coupon_code;
  if (code === null && /^[0.]+$/.test(amount.amount)) return [];
  return [{ code, name: order.discount_description ?? code ?? '', amount }];
}
