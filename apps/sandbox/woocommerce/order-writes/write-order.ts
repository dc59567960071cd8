import { randomBytes } from 'node:crypto';
import { Big } from '#contract';
import type { JsonValue } from '#contract';
import type { WooOrder } from '../order.js';
import { restError, type RestError } from '../rest-error.js';
import type { Address, Buyer, Coupon } from '../shop.js';
import {
  type Arguments,
  objectArgument,
  objectList,
  textArgument,
  textOr,
  truthArgument,
  wholeArgument,
} from './arguments.js';
import { type Written, writeLines } from './order-line.js';
import { writeMeta } from './order-meta.js';
import type { OrderShop } from './order-shop.js';
import { completePayment, enterStatus } from './order-status.js';
import { applyCoupons, recalculate } from './order-totals.js';
import { refundRest } from './write-refund.js';

const INVALID_CUSTOMER = restError(400, 'woocommerce_rest_invalid_customer_id', 'Customer ID is invalid.');
const COUPON_READ_ONLY = restError(400, 'woocommerce_rest_coupon_item_id_readonly', 'Coupon item ID is readonly.');
const COUPON_NO_CODE = invalidCoupon('Coupon code is required.');

// A body with one of these has the order worked out again (fact sheet, section 5.2).
const RECALCULATED = ['billing', 'shipping', 'line_items', 'shipping_lines', 'fee_lines', 'coupon_lines'];

/** `POST /orders`. What fails after the order was saved leaves it behind (recorded: err-400-order-bad-coupon.json). */
export function createOrder(body: Arguments, shop: OrderShop): Written<WooOrder> {
  const filled = fillOrder(emptyOrder(shop), body, shop);
  if ('error' in filled) return filled;
  const refusal = customerRefusal(body, shop);
  if (refusal) return { error: refusal };
  const id = shop.book.next(shop.shop, 'post');
  const numbered = { ...filled.value, id, number: numberOf(id, shop) };
  const priced = recalculate(numbered, shop.totalling);
  const discounted = withCoupons(priced, body, shop);
  if ('error' in discounted) return leaveDraft(priced, discounted.error, shop);
  const opened = shop.save(discounted.value);
  const asked = textArgument(body['status']) ?? 'pending';
  const entered = enterStatus(opened, asked === '' ? 'pending' : asked, shop, truthArgument(body['manual_update']));
  const refunded = asked === 'refunded' ? refundRest(entered, shop) : entered;
  const isPaid = body['set_paid'] !== undefined && truthArgument(body['set_paid']);
  const paid = isPaid ? completePayment(refunded, textArgument(body['transaction_id']), shop) : refunded;
  const saved = shop.save(paid);
  shop.report('order.created', saved.id);
  shop.report('order.updated', saved.id);
  return { value: saved };
}

/** `PUT /orders/{id}`. Every save bumps the date, also one that changes nothing (recorded: err-json-without-content-type.json). */
export function updateOrder(order: WooOrder, body: Arguments, shop: OrderShop): Written<WooOrder> {
  const filled = fillOrder(order, body, shop);
  if ('error' in filled) return filled;
  const refusal = customerRefusal(body, shop);
  if (refusal) return { error: refusal };
  const isTouched = RECALCULATED.some((member) => body[member] !== undefined && body[member] !== null);
  const priced = isTouched ? recalculate(filled.value, shop.totalling) : filled.value;
  const discounted = withCoupons(priced, body, shop);
  if ('error' in discounted) return discounted;
  const asked = textArgument(body['status']) ?? '';
  const status = asked === '' ? order.status : asked;
  const entered = enterStatus(discounted.value, status, shop, truthArgument(body['manual_update']));
  const refunded = status === 'refunded' && order.status !== 'refunded' ? refundRest(entered, shop) : entered;
  const pays = truthArgument(body['set_paid']) && needsPayment(refunded);
  const paid = pays ? completePayment(refunded, textArgument(body['transaction_id']), shop) : refunded;
  const saved = shop.save(paid);
  shop.report('order.updated', saved.id);
  return { value: saved };
}

function needsPayment({ status, totals }: WooOrder): boolean {
  return ['pending', 'failed', 'checkout-draft'].includes(status) && totals.total.gt(0);
}

function leaveDraft(order: WooOrder, error: RestError, shop: OrderShop): { readonly error: RestError } {
  const draft = shop.save({ ...order, status: 'checkout-draft' });
  return { error: { ...error, data: { status: error.status, new_draft_order_id: draft.id } } };
}

/** Checked only when it is named and not a guest's 0 (recorded: err-400-order-bad-customer.json). */
function customerRefusal(body: Arguments, { catalogue }: OrderShop): RestError | undefined {
  const id = wholeArgument(body['customer_id']) ?? 0;
  return id === 0 || catalogue.hasCustomer(id) ? undefined : INVALID_CUSTOMER;
}

function withCoupons(order: WooOrder, body: Arguments, shop: OrderShop): Written<WooOrder> {
  if (body['coupon_lines'] === undefined || body['coupon_lines'] === null) return { value: order };
  const coupons: Coupon[] = [];
  for (const asked of objectList(body['coupon_lines'])) {
    const coupon = askedCoupon(asked, order, shop);
    if ('status' in coupon) return { error: coupon };
    coupons.push(coupon);
  }
  return { value: applyCoupons(order, coupons, shop.totalling) };
}

/** One that the order has already is not looked at again. */
function askedCoupon(asked: Arguments, order: WooOrder, { catalogue, now }: OrderShop): Coupon | RestError {
  if ((wholeArgument(asked['id']) ?? 0) !== 0) return COUPON_READ_ONLY;
  const code = textOr(asked['code'], '').trim().toLowerCase();
  if (code === '') return COUPON_NO_CODE;
  const coupon = catalogue.coupon(code);
  if (!coupon) return invalidCoupon(`Coupon &quot;${code}&quot; cannot be applied because it does not exist.`);
  const { id, type, amount, expiresAt } = coupon;
  const isApplied = order.couponLines.some((line) => line.coupon.code === code);
  const isExpired = expiresAt !== null && expiresAt <= now;
  if (isExpired && !isApplied) return invalidCoupon(`Coupon &quot;${code}&quot; has expired.`);
  return { id, code, type, amount };
}

function invalidCoupon(message: string): RestError {
  return restError(400, 'woocommerce_rest_invalid_coupon', message);
}

/** Everything but status and coupons, which come last. */
function fillOrder(order: WooOrder, body: Arguments, shop: OrderShop): Written<WooOrder> {
  const written = writeLines(order, body, shop);
  if ('error' in written) return written;
  const { value } = written;
  const billing = objectArgument(body['billing']) ?? {};
  const shipping = objectArgument(body['shipping']) ?? {};
  const phone = textArgument(shipping['phone']);
  return {
    value: {
      ...value,
      ...simpleFields(value, body),
      buyer: {
        ...buyerWith(value.buyer, billing),
        customerId: wholeArgument(body['customer_id']) ?? value.buyer.customerId,
      },
      shipTo: { ...value.shipTo, ...addressWith(value.shipTo, shipping), ...(phone === undefined ? {} : { phone }) },
      meta: writeMeta(value.meta, body['meta_data'], shop.totalling.metaId, false),
    },
  };
}

type SimpleFields = Pick<WooOrder, 'gateway' | 'transactionId' | 'note' | 'createdVia' | 'parentId' | 'currency'>;

function simpleFields(order: WooOrder, body: Arguments): SimpleFields {
  const text = (name: string, before: string): string => textArgument(body[name]) ?? before;
  const parentId = wholeArgument(body['parent_id']) ?? order.parentId;
  const currency = textArgument(body['currency']) ?? order.currency;
  return {
    gateway: {
      id: text('payment_method', order.gateway.id),
      title: text('payment_method_title', order.gateway.title),
    },
    transactionId: text('transaction_id', order.transactionId),
    note: text('customer_note', order.note),
    createdVia: text('created_via', order.createdVia),
    ...(parentId === undefined ? {} : { parentId }),
    ...(currency === undefined || currency === '' ? {} : { currency }),
  };
}

function addressWith(address: Address, asked: Arguments): Address {
  const text = (name: string, before: string): string => textArgument(asked[name]) ?? before;
  return {
    firstName: text('first_name', address.firstName),
    lastName: text('last_name', address.lastName),
    company: text('company', address.company),
    address1: text('address_1', address.address1),
    address2: text('address_2', address.address2),
    city: text('city', address.city),
    state: text('state', address.state),
    postcode: text('postcode', address.postcode),
    country: text('country', address.country).toUpperCase(),
  };
}

function buyerWith(buyer: Buyer, asked: Arguments): Buyer {
  const email: JsonValue | undefined = asked['email'];
  return {
    ...addressWith(buyer, asked),
    customerId: buyer.customerId,
    email: email === null ? '' : (textArgument(email) ?? buyer.email),
    phone: textArgument(asked['phone']) ?? buyer.phone,
  };
}

const NOBODY: Address = {
  firstName: '',
  lastName: '',
  company: '',
  address1: '',
  address2: '',
  city: '',
  state: '',
  postcode: '',
  country: '',
};

/** Recorded: order-create-minimal-pending.json. */
function emptyOrder({ now }: OrderShop): WooOrder {
  const none = new Big(0);
  return {
    id: 0,
    number: '',
    status: 'pending',
    orderKey: `wc_order_${randomBytes(12).toString('base64url').replace(/[-_]/g, 'x').slice(0, 13)}`,
    createdVia: 'rest-api',
    createdAt: now,
    modifiedAt: now,
    paidAt: null,
    completedAt: null,
    buyer: { ...NOBODY, customerId: 0, email: '', phone: '' },
    shipTo: NOBODY,
    gateway: { id: '', title: '' },
    transactionId: '',
    note: '',
    meta: [],
    lines: [],
    taxLines: [],
    shippingLines: [],
    feeLines: [],
    couponLines: [],
    refunds: [],
    totals: {
      discount: none,
      discountTax: none,
      shipping: none,
      shippingTax: none,
      cartTax: none,
      total: none,
      totalTax: none,
    },
    stockReduced: false,
  };
}

/** A sequential-number plugin counts on from the last order. */
function numberOf(id: number, { shop, book }: OrderShop): string {
  const prefix = shop.plan.numberPrefix;
  if (prefix === undefined) return String(id);
  const last = book.of(shop).map((order) => Number(order.number.slice(prefix.length)));
  return `${prefix}${last.reduce((most, number) => Math.max(most, number || 0), 1000) + 1}`;
}
