import {
  type ConnectedStore,
  type JsonValue,
  type Losses,
  type OrderInput,
  type OrderRecord,
  type WriteOperation,
  type Written,
  decimal,
  moneyOf,
  sum,
} from '#contract';
import { z } from 'zod';
import { type FoundVariant, variantsOf } from './find-variants.js';
import { globalId } from './global-id.js';
import { mutate } from './mutate.js';
import { customerInput, given, mailingAddress, moneyBag, requireCreatable } from './order-input.js';
import { ORDER_CREATE } from './order-write-documents.js';
import { readWritten } from './orders.js';

const PROVINCE = {
  fate: 'changed',
  why: "Shopify knows provinces by provinceCode and names them itself; a name alone is taken where it is the country's own.",
} as const;

const LOSSES: Losses = {
  fees: { fate: 'ignored', why: 'Shopify has no fees in orders that are created through its API.' },
  discountCodes: {
    fate: 'ignored',
    why: 'Shopify does not work out what a code is worth in orders that are created through its API.',
  },
  'customer.firstName': { fate: 'changed', why: 'A customer named by id keeps the name that Shopify knows.' },
  'customer.lastName': { fate: 'changed', why: 'A customer named by id keeps the name that Shopify knows.' },
  'lineItems[].name': { fate: 'changed', why: "Shopify adds the variant's own title to the name of a line." },
  placedAt: {
    fate: 'changed',
    why: 'It becomes the day in reports (processedAt); placedAt stays the time at which the order was created.',
  },
  'billingAddress.province': PROVINCE,
  'shippingAddress.province': PROVINCE,
};

export const createOrder: WriteOperation<OrderInput, Written<OrderRecord>> = {
  // The reference is kept in `sourceIdentifier`, for people to find. It does not decide: only the search looks for it, whose
  // index lags behind the records, and a custom id (`orderByIdentifier`) needs a definition set up in the shop.
  repeat: {
    kind: 'undecidable',
    why: 'Shopify takes no idempotency key for orders, and its search finds a new order only after some seconds.',
  },
  losses: LOSSES,
  async run(store, input, { reference }) {
    requireCreatable(store, input);
    const withPrices = input.paymentStatus === 'paid' || input.paymentMethod !== undefined;
    const variants = await variantsOf(store, input.lineItems, withPrices);
    const { order } = await mutate(store, {
      operation: 'orders.create',
      document: ORDER_CREATE,
      root: 'orderCreate',
      variables: { order: orderInput(store, input, variants, reference), options: options(input) },
      answer: z.object({ order: z.object({ id: z.string() }) }),
    });
    return readWritten(store, 'orders.create', order.id);
  },
};

/** Stock is taken whatever the policy of a product: an order that was made somewhere else has to be recorded. */
function options({ reduceStock = true, notifyCustomer = false }: OrderInput): JsonValue {
  return {
    inventoryBehaviour: reduceStock ? 'DECREMENT_IGNORING_POLICY' : 'BYPASS',
    sendReceipt: notifyCustomer,
    sendFulfillmentReceipt: false,
  };
}

function orderInput(
  store: ConnectedStore,
  input: OrderInput,
  variants: readonly (FoundVariant | undefined)[],
  reference: string,
): JsonValue {
  return given({
    lineItems: input.lineItems.map((line, at) => lineInput(line, variants[at])),
    currency: store.currency,
    customer: customerInput(input.customer),
    email: input.customer?.email,
    phone: input.customer?.phone,
    billingAddress: mailingAddress(input.billingAddress),
    shippingAddress: mailingAddress(input.shippingAddress),
    shippingLines: input.shippingLines?.map(({ name, method, price }) =>
      given({ title: name, code: method, priceSet: moneyBag(price) }),
    ),
    financialStatus: input.paymentStatus === 'paid' ? 'PAID' : 'PENDING',
    transactions: payments(store, input, variants),
    note: input.buyerNote,
    tags: input.tags && [...input.tags],
    sourceName: input.sourceName,
    sourceIdentifier: reference,
    test: input.test,
    processedAt: input.placedAt?.toISOString(),
  });
}

function lineInput(line: OrderInput['lineItems'][number], variant: FoundVariant | undefined): JsonValue {
  const { productId, sku, name, quantity, unitPrice } = line;
  return given({
    variantId: variant?.id,
    productId: productId === undefined ? undefined : globalId('Product', productId),
    sku,
    title: name,
    quantity,
    priceSet: unitPrice && moneyBag(unitPrice),
  });
}

/**
 * One payment over everything, so that it can be given back later and the order names how it was paid. The total is what
 * the platform makes of it: it adds no tax and no discount of its own to an order created so.
 */
function payments(
  { currency }: ConnectedStore,
  { lineItems, shippingLines = [], paymentStatus, paymentMethod, test }: OrderInput,
  variants: readonly (FoundVariant | undefined)[],
): JsonValue | undefined {
  if (paymentStatus !== 'paid' && paymentMethod === undefined) return undefined;
  const total = sum([
    ...lineItems.map(({ unitPrice, quantity }, at) =>
      decimal(unitPrice?.amount ?? variants[at]?.price ?? '0').times(quantity),
    ),
    ...shippingLines.map(({ price }) => decimal(price.amount)),
  ]);
  if (total.eq(0)) return undefined;
  return [
    given({
      kind: 'SALE',
      status: paymentStatus === 'paid' ? 'SUCCESS' : 'PENDING',
      gateway: paymentMethod ?? 'manual',
      amountSet: moneyBag(moneyOf(total, currency)),
      test,
    }),
  ];
}
