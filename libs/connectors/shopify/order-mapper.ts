import {
  Big,
  type JsonValue,
  type OrderRecord,
  type ShippingLine,
  type TaxLine,
  Unreadable,
  addUpOrder,
  moneyOf,
  sum,
} from '#contract';
import { type RecordReading, utcInstant } from '#kit';
import { addressOf } from './address.js';
import { isCutShort } from './connection.js';
import {
  type ReadAmount,
  allocated,
  amountOf,
  amountsIn,
  discountsOf,
  feesOf,
  lineAmount,
  requireCurrency,
  taxOf,
  tipLine,
} from './order-amounts.js';
import { fulfillmentOf, instantOf, lineItemOf, refundOf, unitsByLine } from './order-rows.js';
import { type PlatformOrder, platformOrder } from './order-schema.js';
import { FULFILLMENT, PAYMENT, statusOf } from './order-status.js';

/** The most shipments or refunds of one order that are asked for, which is the most the platform hands out. */
const LIST_BOUND = 250;

export const orderReading: RecordReading<PlatformOrder, OrderRecord> = {
  schema: platformOrder,
  map: mapOrder,
  identify: orderId,
};

/** The global id of a raw order, if it has one. */
export function orderId(raw: JsonValue): string | null {
  const id = typeof raw === 'object' && raw !== null && 'id' in raw ? raw['id'] : null;
  return typeof id === 'string' ? id : null;
}

function mapOrder(order: PlatformOrder): OrderRecord {
  requireWhole(order);
  const read = amountsIn(order.currencyCode);
  return {
    platformId: order.id,
    number: order.name,
    ...statuses(order),
    ...money(order, read),
    taxesIncluded: order.taxesIncluded,
    customer: customer(order),
    billingAddress: order.billingAddress && addressOf(order.billingAddress),
    shippingAddress: order.shippingAddress && addressOf(order.shippingAddress),
    fulfillments: (order.fulfillments ?? []).map(fulfillmentOf),
    refunds: order.refunds.map((refund) => refundOf(refund, order.currencyCode, read)),
    paymentMethods: order.paymentGatewayNames,
    buyerNote: order.note,
    merchantNote: null,
    tags: order.tags,
    sourceName: order.sourceName,
    test: order.test,
    placedAt: utcInstant(order.createdAt),
    updatedAt: utcInstant(order.updatedAt),
    canceledAt: instantOf(order.cancelledAt),
  };
}

/** Half an order must not look like an order: quantities would be missing, and perhaps money. */
function requireWhole(order: PlatformOrder): void {
  const longest = Math.max(order.fulfillments?.length ?? 0, order.refunds.length);
  if (isCutShort(order) || longest >= LIST_BOUND) throw new Unreadable('the order has more rows than can be read');
}

/**
 * An order the merchant closed is `archived`, the word the platform's own screen uses: it may be closed by hand while
 * unpaid or unshipped, so `completed` would promise too much and is never said.
 */
function statuses(
  order: PlatformOrder,
): Pick<OrderRecord, 'status' | 'paymentStatus' | 'fulfillmentStatus' | 'platformStatus'> {
  const words = {
    financial: order.displayFinancialStatus,
    fulfillment: order.displayFulfillmentStatus,
    return: order.returnStatus,
    cancelReason: order.cancelReason,
  };
  return {
    status: order.cancelledAt ? 'canceled' : order.closed ? 'archived' : 'open',
    paymentStatus: statusOf(PAYMENT, order.displayFinancialStatus),
    fulfillmentStatus: statusOf(FULFILLMENT, order.displayFulfillmentStatus),
    platformStatus: Object.fromEntries(
      Object.entries(words).flatMap(([name, word]) => (typeof word === 'string' ? [[name, word]] : [])),
    ),
  };
}

/** Cash rounding is no part of the sum: by the schema it applies to what was received or refunded, not to the total. */
function money(order: PlatformOrder, read: ReadAmount) {
  const currency = order.currencyCode;
  const tip = tipLine(order, read);
  const lines = order.lineItems.nodes.filter((line) => line !== tip);
  const fees = feesOf(order, tip, read);
  const units = unitsByLine(order);
  const totals = addUpOrder({
    currency,
    taxesIncluded: order.taxesIncluded,
    lines: lines.map((line) => lineAmount(line, currency, read)),
    discount: sum([...lines, ...order.shippingLines.nodes].map((row) => allocated(row.discountAllocations, read))),
    shipping: sum(order.shippingLines.nodes.map((line) => read(line.originalPriceSet))),
    fees: fees.map(({ amount }) => new Big(amount.amount)),
    tax: amountOf(order.totalTaxSet, read),
    total: read(order.totalPriceSet),
    refunded: read(order.totalRefundedSet),
  });
  return {
    currency,
    totals,
    presentment: presentment(order),
    lineItems: lines.map((line) => lineItemOf(line, units, currency, read)),
    shippingLines: shippingLines(order, read),
    fees,
    taxLines: taxLines(order, read),
    discounts: discountsOf(order, read),
  };
}

function presentment({ currencyCode, totalPriceSet }: PlatformOrder): OrderRecord['presentment'] {
  const seen = totalPriceSet.presentmentMoney;
  if (seen?.currencyCode === undefined || seen.currencyCode === currencyCode) return null;
  requireCurrency(seen.currencyCode);
  return { currency: seen.currencyCode, total: moneyOf(seen.amount, seen.currencyCode) };
}

function shippingLines(order: PlatformOrder, read: ReadAmount): ShippingLine[] {
  return order.shippingLines.nodes.map((line, position) => ({
    // The schema lets a shipping line be without an id.
    id: line.id ?? String(position),
    name: line.title,
    method: line.code,
    price: moneyOf(read(line.originalPriceSet), order.currencyCode),
    discount: moneyOf(allocated(line.discountAllocations, read), order.currencyCode),
    tax: moneyOf(taxOf(line, read), order.currencyCode),
  }));
}

function taxLines(order: PlatformOrder, read: ReadAmount): TaxLine[] {
  return order.taxLines.map(({ title, rate, priceSet }) => ({
    name: title,
    // A JSON number: printed plainly, never as 1e-7.
    rate: rate === null ? null : new Big(rate).toFixed(),
    amount: moneyOf(read(priceSet), order.currencyCode),
  }));
}

/**
 * Who bought. Guests have no id and are named by their billing address. The e-mail address is that of the order, the one
 * the platform's `email:` filter looks at, and not the customer's present one.
 */
function customer({ customer: known, email, phone, billingAddress }: PlatformOrder): OrderRecord['customer'] {
  if (known === null && email === null && phone === null) return null;
  const { firstName = null, lastName = null } = known ?? billingAddress ?? {};
  return { id: known?.id ?? null, email, firstName, lastName, phone };
}
