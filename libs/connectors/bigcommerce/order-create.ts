import {
  type ConnectedStore,
  type JsonValue,
  type Losses,
  type OrderInput,
  type OrderRecord,
  type WriteAttempt,
  type WriteOperation,
  type Written,
} from '#contract';
import { anyJson } from '#kit';
import { z } from 'zod';
import { mailTime, numberIn } from './atoms.js';
import { ADDRESS_LOSSES, addressBody, ORDER_WORDS } from './order-body.js';
import { readV2Rows, WHOLE_ORDER, wholeOf } from './order-calls.js';
import { amountText, lineBodies } from './order-lines.js';
import { AWAITING_FULFILLMENT, AWAITING_PAYMENT } from './order-status.js';
import { type Body, bodyOf, inOurWords, recordNumber, rejected } from './record-calls.js';

const referenced = z.object({ external_order_id: z.string() });

const IN_BILLING = {
  fate: 'changed',
  why: 'The buyer is kept in the billing address; what that says itself goes first.',
} as const;

const losses: Losses = {
  ...ADDRESS_LOSSES,
  'customer.firstName': IN_BILLING,
  'customer.lastName': IN_BILLING,
  'customer.phone': IN_BILLING,
  'lineItems[].sku': {
    fate: 'changed',
    why: 'A line of a product of the shop has the SKU of that product.',
  },
  'lineItems[].variantId': {
    fate: 'changed',
    why: 'A product without options has one variant all the same: the line names it.',
  },
  'shippingLines[].name': {
    fate: 'changed',
    why: 'BigCommerce keeps one way of shipping for an address: the first name is kept, and the prices are added up.',
  },
  'shippingLines[].method': { fate: 'ignored', why: 'BigCommerce keeps the name of the shipping alone.' },
  discountCodes: { fate: 'ignored', why: 'BigCommerce applies no coupons to orders that are made by its API.' },
  tags: { fate: 'ignored', why: 'Orders of BigCommerce have no tags.' },
  test: { fate: 'ignored', why: 'BigCommerce has no test orders: this one is real.', values: ['true'] },
  reduceStock: {
    fate: 'ignored',
    why: 'Whether and when the goods of an order are taken from stock is set in the shop.',
  },
  notifyCustomer: {
    fate: 'ignored',
    why: 'BigCommerce sends no mail for an order that is made by its API.',
    values: ['true'],
  },
};

export const createOrder: WriteOperation<OrderInput, Written<OrderRecord>> = {
  losses,
  repeat: {
    kind: 'clientReference',
    why: 'The reference is kept as `external_order_id`, by which the platform lists orders.',
    async find(store, _, { reference }) {
      const query = { ...WHOLE_ORDER, external_order_id: reference };
      const { rows } = await readV2Rows(store, 'v2/orders', query);
      // A filter that a platform does not know is left out by it: what it lists is looked at.
      const found = rows.find((raw) => referenced.safeParse(raw).data?.external_order_id === reference);
      return found === undefined ? undefined : await wholeOf(store, found);
    },
  },
  async run(store, input, attempt) {
    const body = await bodyFor(store, input, attempt);
    const call = { method: 'POST' as const, path: 'v2/orders', query: WHOLE_ORDER, body };
    const printed = await inOurWords(ORDER_WORDS, async () => {
      const reply = await store.http({ ...call, effect: 'write', expect: anyJson });
      return reply.data;
    });
    return await wholeOf(store, printed);
  },
};

async function bodyFor(store: ConnectedStore, input: OrderInput, { reference }: WriteAttempt): Promise<JsonValue> {
  const currency = input.currency ?? store.currency;
  const billing = billingOf(input);
  const head = bodyOf({
    status_id: input.paymentStatus === 'paid' ? AWAITING_FULFILLMENT : AWAITING_PAYMENT,
    customer_id: input.customer?.id === undefined ? undefined : customerNumber(input.customer.id),
    default_currency_code: input.currency,
    payment_method: input.paymentMethod,
    customer_message: input.buyerNote,
    external_source: input.sourceName,
    external_order_id: reference,
    date_created: input.placedAt && mailTime(input.placedAt),
    ...shippingOf(input, currency),
    fees: feesOf(input, currency),
  });
  const products = await lineBodies(store, input.lineItems, currency);
  return { ...head, billing_address: billing, products: [...products] };
}

/** The platform wants one, and where the buyer gave none the goods go where they are sent to. */
function billingOf({ billingAddress, shippingAddress, customer }: OrderInput): Body {
  const address = billingAddress ?? shippingAddress;
  if (address === undefined) throw rejected('BigCommerce takes no order without an address.', 'billingAddress');
  const path = billingAddress === undefined ? 'shippingAddress' : 'billingAddress';
  if ((address.postalCode?.length ?? 0) < 2)
    throw rejected('BigCommerce takes no billing address without a postal code.', `${path}.postalCode`);
  const buyer = bodyOf({
    email: customer?.email,
    first_name: customer?.firstName,
    last_name: customer?.lastName,
    phone: customer?.phone,
  });
  return { ...buyer, ...addressBody(address, path) };
}

function customerNumber(platformId: string): number {
  if (!/^[1-9]\d{0,9}$/.test(platformId)) throw rejected('The shop has no such customer.', 'customer.id');
  return recordNumber(platformId, 'customer');
}

/** With and without tax is the same: the platform adds none to a cost that is given. */
function shippingOf({ shippingAddress, shippingLines, customer }: OrderInput, currency: string): Body {
  const method = shippingLines?.[0]?.name;
  const address = { ...addressBody(shippingAddress, 'shippingAddress'), ...bodyOf({ shipping_method: method }) };
  const prices = shippingLines?.map(({ price }, index) => numberIn(currency, price, `shippingLines[${index}].price`));
  const cost = prices && amountText(prices);
  return bodyOf({
    // Without one the goods go to the billing address.
    shipping_addresses:
      shippingAddress === undefined ? undefined : [{ ...address, ...bodyOf({ email: customer?.email }) }],
    base_shipping_cost: cost,
    shipping_cost_ex_tax: cost,
    shipping_cost_inc_tax: cost,
  });
}

function feesOf({ fees }: OrderInput, currency: string): readonly Body[] | undefined {
  return fees?.map(({ name, amount }, index) => {
    const cost = amountText([numberIn(currency, amount, `fees[${index}].amount`)]);
    const names = { display_name_customer: name, display_name_merchant: name };
    return { type: 'custom_fee', ...names, source: 'shopspan', cost_ex_tax: cost, cost_inc_tax: cost };
  });
}
