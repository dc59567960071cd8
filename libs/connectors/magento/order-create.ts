import {
  type AddressInput,
  type Big,
  type ConnectedStore,
  decimal,
  emulated,
  type JsonValue,
  type Losses,
  type Mapped,
  type OrderInput,
  type OrderRecord,
  sum,
  type WriteOperation,
  type Written,
} from '#contract';
import { anyJson, mapOne } from '#kit';
import { z } from 'zod';
import { id } from './atoms.js';
import { CUSTOMER, customerAsPrinted } from './catalogue/customers.js';
import { orderAddressBody, orderAddressLosses } from './order-address.js';
import { newLines, totalOfLines, twice } from './order-create-lines.js';
import { ENTITY, ORDERS } from './orders.js';
import { amountIn, API, bodyOf, halfDone, isMissing, readOne, rejected, writeCall } from './record-calls.js';
import { where } from './search-criteria.js';
import { searchAll } from './search-page.js';
import { askViews, chosenOf } from './store-view.js';

type Body = Readonly<Record<string, JsonValue>>;

// What comes with the platform, and a page of an order can be shown for whether a shop offers it or not. One that the shop
// has no module for breaks that page.
const METHODS: ReadonlySet<string> = new Set(['checkmo', 'banktransfer', 'cashondelivery', 'purchaseorder']);

const IN_BILLING = {
  fate: 'changed',
  why: 'The phone number of an order is that of its addresses; what they say themselves goes first.',
} as const;

const losses: Losses = {
  ...orderAddressLosses('billingAddress.'),
  ...orderAddressLosses('shippingAddress.'),
  'customer.phone': IN_BILLING,
  'shippingLines[].name': {
    fate: 'changed',
    why: 'An order of Magento has one way of shipping: several are made one.',
  },
  'shippingLines[].method': {
    fate: 'changed',
    why: 'A way of shipping is carrier and method with a line between: others are written as custom_custom.',
  },
  fees: { fate: 'changed', why: 'Magento has no fees: each is written as a line that nothing has to be sent for.' },
  discountCodes: { fate: 'ignored', why: 'Magento applies codes to carts only: give the prices with the discount.' },
  paymentMethod: {
    fate: 'changed',
    why: 'Only what comes with every Magento can be written: checkmo, banktransfer, cashondelivery or purchaseorder. Others are written as checkmo.',
  },
  tags: { fate: 'ignored', why: 'Orders of Magento have no tags.' },
  sourceName: { fate: 'ignored', why: 'Magento names the store view as the source of an order.' },
  test: { fate: 'ignored', why: 'Magento has no test orders: this one is real.', values: ['true'] },
  placedAt: {
    fate: 'changed',
    why: 'Magento may keep the time at which the order was written to it instead.',
  },
  reduceStock: {
    fate: 'ignored',
    why: 'Magento reserves stock only for what was bought in a cart: set the stock beside the order.',
  },
  notifyCustomer: { fate: 'ignored', why: 'Magento sends no mail for an order that is written as it is.' },
};

export const createOrder = emulated<WriteOperation<OrderInput, Written<OrderRecord>>>(
  {
    losses,
    repeat: {
      kind: 'clientReference',
      why: "The reference is kept in the order as ext_order_id, which is searched in the shop's own database.",
      async find(store, input, { reference }) {
        const [raw] = await searchAll(store, {
          ...ORDERS,
          id: ENTITY,
          where: [where('ext_order_id', 'eq', reference)],
        });
        if (raw === undefined) return undefined;
        return await settled(store, mapOne('magento', 'orders.create', raw, ORDERS.reading), input);
      },
    },
    async run(store, input, { reference }) {
      const body = await bodyFor(store, input, reference);
      const number = await writeCall(store, { path: ORDERS.path, body, expect: z.object({ entity_id: id }) });
      return await settled(store, await readOne(store, ORDERS, number.entity_id), input);
    },
  },
  'The order is written as it is sent, as those of marketplaces are: Magento works out no tax and no discount for it, reserves no stock and sends no mail.',
);

/** A paid order has an invoice; one that an earlier try has left without is given it now. */
async function settled(
  store: ConnectedStore,
  order: Mapped<OrderRecord>,
  { paymentStatus }: OrderInput,
): Promise<Mapped<OrderRecord>> {
  if (paymentStatus !== 'paid' || order.record.paymentStatus === 'paid') return order;
  const { platformId } = order.record;
  try {
    const body = { capture: true, notify: false };
    await writeCall<JsonValue>(store, { path: `${API}order/${platformId}/invoice`, body, expect: anyJson });
  } catch (error) {
    throw halfDone(`The order ${platformId} was made, but it is not marked as paid`, error);
  }
  return await readOne(store, ORDERS, platformId);
}

/** The store view that the order is written to, which decides on its number and currency: the first unless one is meant. */
async function viewOf(store: ConnectedStore, wanted: string | undefined): Promise<number> {
  const { id: number, base_currency_code: books } = chosenOf(store, await askViews(store));
  const currency = wanted ?? store.currency;
  if (books === currency && store.currency === currency) return number;
  throw rejected(
    `The shop keeps its books in ${books ?? 'no currency'}: an order in ${currency} cannot be made.`,
    'currency',
  );
}

async function bodyFor(store: ConnectedStore, input: OrderInput, reference: string): Promise<JsonValue> {
  const storeId = await viewOf(store, input.currency);
  const buyer = await buyerOf(store, input);
  const lines = await newLines(store, input, storeId);
  const shipping = shippingOf(input, store.currency);
  const subtotal = totalOfLines(lines);
  const isVirtual = lines.every((line) => line.isVirtual);
  const addresses = await addressesOf(store, input, buyer);
  const total = subtotal.plus(shipping.price);
  const entity = bodyOf({
    ...buyer.fields,
    store_id: storeId,
    ext_order_id: reference,
    state: 'new',
    status: 'pending',
    created_at: input.placedAt?.toISOString().slice(0, 19).replace('T', ' '),
    customer_note: input.buyerNote,
    is_virtual: isVirtual ? 1 : 0,
    total_item_count: lines.length,
    total_qty_ordered: lines.reduce((count, { quantity }) => count + quantity, 0),
    ...currenciesOf(store.currency),
    ...totalsOf(subtotal, shipping.price, total),
    ...(!isVirtual && shipping.fields),
    items: lines.map((line) => line.body),
    billing_address: { ...addresses.billing, address_type: 'billing' },
    payment: { method: methodOf(input.paymentMethod), ...twice('amount_ordered', total) },
    ...(!isVirtual && assignment(addresses.shipping, shipping.method)),
  });
  return { entity };
}

function methodOf(wanted = ''): string {
  return METHODS.has(wanted) ? wanted : 'checkmo';
}

function currenciesOf(currency: string): Body {
  return {
    base_currency_code: currency,
    order_currency_code: currency,
    store_currency_code: currency,
    global_currency_code: currency,
    base_to_order_rate: 1,
    base_to_global_rate: 1,
  };
}

function totalsOf(subtotal: Big, shipping: Big, total: Big): Body {
  return {
    ...twice('subtotal', subtotal),
    ...twice('subtotal_incl_tax', subtotal),
    ...twice('shipping_amount', shipping),
    ...twice('shipping_incl_tax', shipping),
    ...twice('shipping_tax_amount', decimal('0')),
    ...twice('discount_amount', decimal('0')),
    ...twice('tax_amount', decimal('0')),
    ...twice('grand_total', total),
    ...twice('total_due', total),
  };
}

interface Shipping {
  readonly price: Big;
  readonly method: string;
  readonly fields: Body;
}

function shippingOf({ shippingLines = [] }: OrderInput, currency: string): Shipping {
  const prices = shippingLines.map(({ price }, index) => amountIn(currency, price, `shippingLines[${index}].price`));
  const given = shippingLines.map(({ method = '' }) => method).find((method) => /^[A-Za-z0-9]+_\w+$/.test(method));
  const names = shippingLines.map(({ name }) => name).join(', ');
  return {
    price: sum(prices),
    method: given ?? 'custom_custom',
    fields: names === '' ? {} : { shipping_description: names },
  };
}

/** The one place an order takes its shipping address from, and how it is sent (fact sheet, 5.2). */
function assignment(address: Body, method: string): Body {
  const shipping = { address: { ...address, address_type: 'shipping' }, method };
  return { extension_attributes: { shipping_assignments: [{ shipping, items: [] }] } };
}

interface Buyer {
  readonly email: string;
  readonly names: AddressInput;
  readonly fields: Body;
}

/** An order names its buyer itself, also one who has an account. @throws GatewayError `request_rejected` */
async function buyerOf(store: ConnectedStore, { customer = {} }: OrderInput): Promise<Buyer> {
  const known = customer.id === undefined ? undefined : await accountOf(store, customer.id);
  const { email, firstName, lastName } = { ...known?.names, ...customer };
  if (!email) throw rejected('Magento keeps no order without the e-mail address of its buyer.', 'customer.email');
  const names = { firstName, lastName, phone: customer.phone };
  const fields = bodyOf({
    customer_id: known?.number,
    customer_is_guest: known === undefined ? 1 : 0,
    customer_email: email,
    customer_firstname: firstName,
    customer_lastname: lastName,
  });
  return { email, names: withoutGaps(names), fields };
}

type Names = NonNullable<OrderInput['customer']>;

function withoutGaps(names: { readonly [K in keyof AddressInput]: AddressInput[K] | null | undefined }): Omit<
  Names,
  'id'
> {
  return Object.fromEntries(Object.entries(names).filter(([, value]) => value !== undefined && value !== null));
}

async function accountOf(
  store: ConnectedStore,
  platformId: string,
): Promise<{ readonly number: number; readonly names: Omit<Names, 'id'> }> {
  try {
    const { record } = await readOne(store, { ...CUSTOMER, reading: customerAsPrinted }, platformId);
    const names = withoutGaps({ firstName: record.firstname, lastName: record.lastname });
    return { number: Number(record.id), names: { ...names, ...(record.email && { email: record.email }) } };
  } catch (error) {
    throw isMissing(error) ? rejected('The shop has no such customer.', 'customer.id') : error;
  }
}

/** One address stands for both where only one is given; the platform says itself what it misses in it. */
async function addressesOf(
  store: ConnectedStore,
  { billingAddress, shippingAddress }: OrderInput,
  { email, names }: Buyer,
): Promise<{ readonly billing: Body; readonly shipping: Body }> {
  const given = billingAddress ?? shippingAddress;
  if (given === undefined) throw rejected('Magento keeps no order without an address.', 'billingAddress');
  const body = async (address: AddressInput) => ({
    ...(await orderAddressBody(store, { ...names, ...address })),
    email,
  });
  const billing = await body(given);
  return { billing, shipping: shippingAddress === undefined ? billing : await body(shippingAddress) };
}
