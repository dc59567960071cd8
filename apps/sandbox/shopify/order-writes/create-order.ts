import { randomBytes } from 'node:crypto';
import type { RequestContext } from '../graphql/request-context.js';
import { userError } from '../graphql/user-errors.js';
import { NOTHING, type Exchange } from '../orders/bag.js';
import type { Address, Order } from '../orders/order.js';
import { addressOfInput, type AddressInput } from './address-input.js';
import { answerOrder, commitOrder, momentOf } from './commit-order.js';
import { newFulfillment } from './create-fulfillment.js';
import type { OrderCreateInput, OrderCreateOptions } from './order-create-input.js';
import { mistakesIn } from './order-create-mistakes.js';
import { exchangeOf, lineOf, paymentsOf, shippingOf, withDiscount, withTaxes } from './order-create-parts.js';
import { buyerOf, rememberBuyer } from './order-customer.js';
import { releaseSent, takeStock } from './stock.js';
import { trackingOf } from './tracking-input.js';
import { tagsOf } from './update-order.js';

interface Arguments {
  readonly order: OrderCreateInput;
  readonly options?: OrderCreateOptions | null;
}

const FIRST_NUMBER = 1_000;
/** docs: an order an app creates carries the app's id as its source. */
const APP_SOURCE = '70411009';

function momentOrNull(text: string | null | undefined): number | null {
  const at = Date.parse(text ?? '');
  return Number.isNaN(at) ? null : Math.floor(at / 1_000) * 1_000;
}

function wares(input: OrderCreateInput, exchange: Exchange, context: RequestContext) {
  const lines = (input.lineItems ?? []).map((line) => lineOf(line, exchange, context));
  const shipping = (input.shippingLines ?? []).map((line) => shippingOf(line, exchange, context));
  const discounted = withDiscount({ lines, shipping, discounts: [] }, input.discountCode, exchange);
  return withTaxes(discounted, input, exchange);
}

function whoAndWhere(input: OrderCreateInput, context: RequestContext) {
  const buyer = buyerOf(input, context) ?? null;
  const address = (given: AddressInput | null | undefined): Address | null =>
    given ? addressOfInput(given, context.data.nextId()) : null;
  return {
    buyer,
    email: input.email ?? buyer?.email ?? null,
    phone: input.phone ?? null,
    billingAddress: address(input.billingAddress),
    shippingAddress: address(input.shippingAddress),
  };
}

function texts(input: OrderCreateInput) {
  return {
    name: input.name ?? null,
    note: input.note ?? null,
    poNumber: input.poNumber ?? null,
    sourceName: input.sourceName ?? APP_SOURCE,
    sourceIdentifier: input.sourceIdentifier ?? null,
    sourceUrl: input.sourceUrl ?? null,
    tags: tagsOf(input.tags ?? []),
    test: input.test === true,
    attributes: input.customAttributes ?? [],
    taxesIncluded: input.taxesIncluded === true,
    authorizationExpired: input.financialStatus === 'EXPIRED',
    processedAt: momentOrNull(input.processedAt),
    closedAt: momentOrNull(input.closedAt),
  };
}

function start(input: OrderCreateInput, context: RequestContext): Order {
  const exchange = exchangeOf(input, context);
  const at = momentOf(context);
  return {
    ...texts(input),
    ...whoAndWhere(input, context),
    ...wares(input, exchange, context),
    exchange,
    id: context.data.nextId(),
    number: Math.max(FIRST_NUMBER, ...context.orders.map(({ number }) => number)) + 1,
    confirmationNumber: randomBytes(5).toString('hex').slice(0, 9).toUpperCase(),
    createdAt: at,
    updatedAt: at,
    cancelledAt: null,
    cancelReason: null,
    staffNote: null,
    edited: false,
    tip: NOTHING,
    fees: [],
    transactions: [],
    fulfillments: [],
    refunds: [],
    returns: [],
    fulfillmentHold: null,
  };
}

/** Sends everything, or with `PARTIAL` the first line. */
function sent(input: OrderCreateInput, order: Order, context: RequestContext): Order['fulfillments'] {
  const { fulfillment, fulfillmentStatus: status } = input;
  if (!fulfillment && status !== 'FULFILLED') return [];
  const part = status === 'PARTIAL' ? order.lines.slice(0, 1) : order.lines;
  const units = part.map(({ quantity }, line) => ({ line, quantity }));
  const { trackingCompany: company, trackingNumber: number, trackingNumbers: numbers } = fulfillment ?? {};
  const made = newFulfillment(
    context,
    units,
    trackingOf({ company: company ?? null, number: number ?? null, numbers: numbers ?? null }),
  );
  return [{ ...made, displayStatus: fulfillment?.shipmentStatus ?? made.displayStatus }];
}

/** `orderCreate`. */
export function orderCreate({ order: input, options }: Arguments, context: RequestContext) {
  const userErrors = mistakesIn(input, context);
  if (userErrors.length > 0) return { order: null, userErrors };
  const started = start(input, context);
  const behaviour = options?.inventoryBehaviour ?? 'BYPASS';
  if (!takeStock(context, started, behaviour)) {
    const message = 'Inventory could not be claimed for all line items';
    return { order: null, userErrors: [userError(['order', 'lineItems'], message, 'INVENTORY_CLAIM_FAILED')] };
  }
  rememberBuyer(started.buyer, input, context);
  const paid = { ...started, transactions: paymentsOf(input, started, context) };
  const fulfillments = sent(input, paid, context);
  if (behaviour !== 'BYPASS') for (const { lines } of fulfillments) releaseSent(context, paid, lines);
  const saved = commitOrder(context, { ...paid, fulfillments });
  return { order: answerOrder(saved, context), userErrors: [] };
}
