import type { AmountPrinter } from './amount-printer.js';
import { lineItemBody, metaBody, taxBody, taxLineBody } from './item-body.js';
import { localText, utcText } from './local-time.js';
import {
  type CouponLine,
  type FeeLine,
  type MetaDatum,
  needsProcessing,
  type ShippingLine,
  type WooOrder,
} from './order.js';
import { phpJson } from './php-json.js';
import { lineTax } from './money-rounding.js';
import type { JsonObject } from './response-fields.js';
import type { Address, WooShop } from './shop.js';

/** The WooCommerce version the shapes were recorded from. */
export const WOOCOMMERCE_VERSION = '10.5.2';

export interface BodyOptions {
  readonly shop: WooShop;
  /** The site's address without a trailing slash. */
  readonly siteUrl: string;
  readonly print: AmountPrinter;
}

/** An order as `GET /orders/{id}` prints it, without `_links`. */
export function orderBody(order: WooOrder, options: BodyOptions): JsonObject {
  const { shop, print, siteUrl } = options;
  return {
    id: order.id,
    parent_id: order.parentId ?? 0,
    status: order.status,
    currency: order.currency ?? shop.currency,
    version: WOOCOMMERCE_VERSION,
    prices_include_tax: shop.pricesIncludeTax,
    ...localDates(order, shop),
    ...totalsBody(order, print),
    order_key: order.orderKey,
    ...customerBody(order),
    payment_method: order.gateway.id,
    payment_method_title: order.gateway.title,
    transaction_id: order.transactionId,
    created_via: order.createdVia,
    cart_hash: '',
    number: order.number,
    meta_data: byKey(order.meta).map(metaBody),
    ...itemsBody(order, options),
    payment_url: `${siteUrl}/checkout/order-pay/${order.id}/?pay_for_order=true&key=${order.orderKey}`,
    is_editable: ['pending', 'on-hold', 'auto-draft'].includes(order.status),
    needs_payment: order.totals.total.gt(0) && ['pending', 'failed', 'checkout-draft'].includes(order.status),
    needs_processing: needsProcessing(order),
    ...utcDates(order),
    currency_symbol: symbolOf(order, shop),
  };
}

/** Guests have no link to a customer. */
export function orderLinks(order: WooOrder, siteUrl: string): JsonObject {
  const collection = `${siteUrl}/wp-json/wc/v3/orders`;
  const self = `${collection}/${order.id}`;
  const customer = order.buyer.customerId;
  return {
    self: [{ href: self, targetHints: { allow: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] } }],
    collection: [{ href: collection }],
    email_templates: [{ embeddable: true, href: `${self}/actions/email_templates` }],
    ...(customer === 0 ? {} : { customer: [{ href: `${siteUrl}/wp-json/wc/v3/customers/${customer}` }] }),
  };
}

function customerBody(order: WooOrder): JsonObject {
  return {
    customer_id: order.buyer.customerId,
    billing: { ...addressBody(order.buyer), email: order.buyer.email, phone: order.buyer.phone },
    shipping: { ...addressBody(order.shipTo), phone: order.shipTo.phone ?? '' },
    ...browserBody(order),
    customer_note: order.note,
  };
}

/** Nobody's browser made an order of the API (recorded: order-create.json); the address is one for documentation (RFC 5737). */
function browserBody({ createdVia, id }: WooOrder): JsonObject {
  if (createdVia === 'rest-api') return { customer_ip_address: '', customer_user_agent: '' };
  return {
    customer_ip_address: `203.0.113.${(id % 250) + 1}`,
    customer_user_agent: 'Mozilla/5.0 (X11; Linux x86_64)',
  };
}

/** The order tables give meta data in the order of their index, which is by key (recorded: order-get-after-refunds.json). */
function byKey(meta: readonly MetaDatum[]): readonly MetaDatum[] {
  return [...meta].sort((a, b) => (a.key === b.key ? 0 : a.key < b.key ? -1 : 1));
}

function symbolOf({ currency }: WooOrder, shop: WooShop): string {
  if (currency === undefined || currency === shop.currency) return shop.currencySymbol;
  const parts = new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay: 'narrowSymbol' });
  return parts.formatToParts(0).find((part) => part.type === 'currency')?.value ?? currency;
}

function localDates(order: WooOrder, shop: WooShop): JsonObject {
  const print = (instant: number | null): string | null =>
    instant === null ? null : localText(instant, shop.timeZone);
  return {
    date_created: print(order.createdAt),
    date_modified: print(order.modifiedAt),
    date_completed: print(order.completedAt),
    date_paid: print(order.paidAt),
  };
}

function utcDates(order: WooOrder): JsonObject {
  const print = (instant: number | null): string | null => (instant === null ? null : utcText(instant));
  return {
    date_created_gmt: print(order.createdAt),
    date_modified_gmt: print(order.modifiedAt),
    date_completed_gmt: print(order.completedAt),
    date_paid_gmt: print(order.paidAt),
  };
}

function totalsBody({ totals }: WooOrder, print: AmountPrinter): JsonObject {
  return {
    discount_total: print(totals.discount),
    discount_tax: print(totals.discountTax),
    shipping_total: print(totals.shipping),
    shipping_tax: print(totals.shippingTax),
    cart_tax: print(totals.cartTax),
    total: print(totals.total),
    total_tax: print(totals.totalTax),
  };
}

function addressBody(address: Address): JsonObject {
  return {
    first_name: address.firstName,
    last_name: address.lastName,
    company: address.company,
    address_1: address.address1,
    address_2: address.address2,
    city: address.city,
    state: address.state,
    postcode: address.postcode,
    country: address.country,
  };
}

function itemsBody(order: WooOrder, { shop, print }: BodyOptions): JsonObject {
  return {
    line_items: order.lines.map((line) => lineItemBody(line, shop, print)),
    tax_lines: order.taxLines.map((line) => taxLineBody(line, print)),
    shipping_lines: order.shippingLines.map((line) => shippingLineBody(line, shop, print)),
    fee_lines: order.feeLines.map((line) => feeLineBody(line, shop, print)),
    coupon_lines: order.couponLines.map(couponLineBody),
    // The sign is put in front of whatever is printed, so a refund of nothing is `-0.00` (recorded: order-get-after-refunds.json).
    refunds: order.refunds.map(({ id, reason, amount }) => ({ id, reason, total: `-${print(amount)}` })),
  };
}

export function shippingLineBody(line: ShippingLine, shop: WooShop, print: AmountPrinter): JsonObject {
  return {
    id: line.id,
    method_title: line.title,
    method_id: line.methodId,
    instance_id: line.instanceId ?? '',
    total: print(line.total),
    total_tax: print(lineTax(line.taxes, shop)),
    taxes: line.taxes.map((tax) => taxBody(tax, print)),
    tax_status: 'taxable',
    meta_data: (line.meta ?? []).map(metaBody),
  };
}

export function feeLineBody(line: FeeLine, shop: WooShop, print: AmountPrinter): JsonObject {
  return {
    id: line.id,
    name: line.name,
    tax_class: line.taxClass ?? '',
    tax_status: line.untaxed ? 'none' : 'taxable',
    amount: '',
    total: print(line.total),
    total_tax: print(lineTax(line.taxes, shop)),
    taxes: line.taxes.map((tax) => taxBody(tax, print)),
    meta_data: (line.meta ?? []).map(metaBody),
  };
}

/** Discounts are not padded with zeros, and a fixed discount's type is missing in the meta datum: recorded so. */
function couponLineBody({ id, metaId, coupon, discount, discountTax }: CouponLine): JsonObject {
  const type = coupon.type === 'fixed_cart' ? null : coupon.type;
  const info = phpJson([coupon.id, coupon.code, type, Number(coupon.amount)]);
  return {
    id,
    code: coupon.code,
    discount: discount.toFixed(),
    discount_tax: discountTax.toFixed(),
    meta_data: [{ id: metaId, key: 'coupon_info', value: info, display_key: 'coupon_info', display_value: info }],
    discount_type: coupon.type,
    nominal_amount: Number(coupon.amount),
    free_shipping: false,
  };
}
