import {
  type ConnectedStore,
  GatewayError,
  type JsonValue,
  type Losses,
  type OrderInput,
  type OrderRecord,
  type WriteAttempt,
  type WriteOperation,
  type Written,
} from '#contract';
import { z } from 'zod';
import { ADDRESS_LOSSES, addressBody, amountIn, REFERENCE_KEY, SHOP_SENDS_MAIL, unlessEmpty } from './order-body.js';
import { lineBodies } from './order-lines.js';
import { findOrderId } from './order-reference.js';
import { ORDERS } from './orders.js';
import { bodyOf, deleteCall, isMissing, readOne, rejected, writeCall } from './record-calls.js';

const INVALID_COUPON = 'woocommerce_rest_invalid_coupon';

const IN_BILLING = {
  fate: 'changed',
  why: 'The buyer is kept in the billing address; what that says itself goes first.',
} as const;

const losses: Losses = {
  ...ADDRESS_LOSSES,
  'customer.firstName': IN_BILLING,
  'customer.lastName': IN_BILLING,
  'customer.phone': IN_BILLING,
  'lineItems[].variantId': {
    fate: 'changed',
    why: 'A line of a product without choices names the product, and no variant of it.',
  },
  discountCodes: { fate: 'changed', why: 'WooCommerce keeps codes in lower case.' },
  tags: { fate: 'ignored', why: 'Orders of WooCommerce have no tags.' },
  test: { fate: 'ignored', why: 'WooCommerce has no test orders: this one is real.', values: ['true'] },
  placedAt: { fate: 'ignored', why: 'The date of an order is when WooCommerce makes it.' },
  reduceStock: {
    fate: 'ignored',
    why: 'WooCommerce takes the goods of a paid order from stock, and those of an unpaid one when it is paid.',
  },
  notifyCustomer: SHOP_SENDS_MAIL,
};

export const createOrder: WriteOperation<OrderInput, Written<OrderRecord>> = {
  losses,
  repeat: {
    kind: 'clientReference',
    why: 'The reference is kept in the order. WooCommerce cannot search it, so the orders of the last two days are read from its own database, newest first, and compared.',
    async find(store, input, { reference }) {
      const found = await findOrderId(store, sourceOf(input), reference, ['any', 'trash']);
      return found === undefined ? undefined : await readOne(store, ORDERS, found);
    },
  },
  async run(store, input, attempt) {
    const body = await bodyFor(store, input, attempt);
    try {
      return await writeCall(store, { method: 'POST', path: ORDERS.path, body }, ORDERS.reading);
    } catch (error) {
      if (!GatewayError.is(error) || error.context.platform?.code !== INVALID_COUPON) throw error;
      throw await withoutDraft(store, input, attempt, error);
    }
  },
};

/** Where the order says it came from; part of how it is found again, so it is always set. */
function sourceOf({ sourceName }: OrderInput): string {
  return sourceName ?? 'shopspan';
}

async function bodyFor(store: ConnectedStore, input: OrderInput, attempt: WriteAttempt): Promise<JsonValue> {
  const { currency } = store;
  if (input.currency !== undefined && input.currency !== currency) {
    throw rejected(`The shop sells in ${currency}: an order in ${input.currency} cannot be made.`, 'currency');
  }
  const head = headOf(input);
  const charges = chargesOf(input, currency);
  const lines = await lineBodies(store, input.lineItems);
  await requireCoupons(store, input.discountCodes ?? []);
  return bodyOf({
    ...head,
    line_items: lines,
    ...charges,
    meta_data: [{ key: REFERENCE_KEY, value: attempt.reference }],
  });
}

function headOf(input: OrderInput): Readonly<Record<string, JsonValue | undefined>> {
  const { customer, paymentMethod, paymentStatus } = input;
  const buyer = bodyOf({
    email: customer?.email,
    first_name: customer?.firstName,
    last_name: customer?.lastName,
    phone: customer?.phone,
  });
  return {
    status: 'pending',
    set_paid: paymentStatus === 'paid' ? true : undefined,
    created_via: sourceOf(input),
    customer_id: customer?.id === undefined ? undefined : customerNumber(customer.id),
    billing: unlessEmpty({ ...buyer, ...addressBody(input.billingAddress, 'billingAddress') }),
    shipping: unlessEmpty(addressBody(input.shippingAddress, 'shippingAddress')),
    payment_method: paymentMethod,
    payment_method_title: paymentMethod,
    customer_note: input.buyerNote,
  };
}

function customerNumber(platformId: string): number {
  if (!/^[1-9]\d{0,14}$/.test(platformId)) throw rejected('The shop has no such customer.', 'customer.id');
  return Number(platformId);
}

function chargesOf(input: OrderInput, currency: string): Readonly<Record<string, JsonValue | undefined>> {
  return {
    shipping_lines: input.shippingLines?.map(({ name, method, price }, index) => ({
      // The platform wants one; `other` is what its own screens write for none of the shop's.
      method_id: method ?? 'other',
      method_title: name,
      total: amountIn(currency, price, `shippingLines[${index}].price`),
    })),
    fee_lines: input.fees?.map(({ name, amount }, index) => ({
      name,
      total: amountIn(currency, amount, `fees[${index}].amount`),
    })),
    coupon_lines: input.discountCodes?.map((code) => ({ code })),
  };
}

const coupons = z.array(z.object({ code: z.string() }));

/** A code the shop does not know would leave a draft behind (recorded: err-400-order-bad-coupon). */
async function requireCoupons(store: ConnectedStore, codes: readonly string[]): Promise<void> {
  for (const [index, code] of codes.entries()) {
    const call = { path: 'wp-json/wc/v3/coupons', query: { code, per_page: 1, _fields: 'code' } };
    const { data } = await store.http({ ...call, effect: 'read', expect: coupons });
    const isKnown = data.some((coupon) => coupon.code.toLowerCase() === code.trim().toLowerCase());
    if (!isKnown) throw rejected(`The shop has no coupon ${code}.`, `discountCodes[${index}]`);
  }
}

/**
 * A coupon that exists but does not apply (too late, too often, too little bought) is refused only after the order was
 * saved as a draft. The draft is deleted again, and the error says so.
 */
async function withoutDraft(
  store: ConnectedStore,
  input: OrderInput,
  { reference }: WriteAttempt,
  refusal: GatewayError,
): Promise<GatewayError> {
  const draft = await findOrderId(store, sourceOf(input), reference, ['checkout-draft']);
  if (draft === undefined) return refusal;
  const context = { ...refusal.context, cause: refusal };
  try {
    await deleteCall(store, `${ORDERS.path}/${draft}`, { isCleaning: true });
  } catch (error) {
    if (!isMissing(error)) {
      return new GatewayError(
        refusal.code,
        `${refusal.message} The draft order ${draft} is left in the shop.`,
        context,
      );
    }
  }
  return new GatewayError(refusal.code, `${refusal.message} The draft it left in the shop was deleted.`, context);
}
