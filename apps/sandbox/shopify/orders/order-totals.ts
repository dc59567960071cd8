import { isNothing, minus, NOTHING, sum, times, type Bag } from './bag.js';
import type { Allocation, Line, Order, Refund, RefundLine, Shipping, TaxAmount } from './order.js';

/** Everything Shopify calculates from an order's parts, in whole minor units. */
export interface OrderTotals {
  /** Lines after line and order discounts. */
  readonly subtotal: Bag;
  /** Line, order and shipping discounts together. */
  readonly discounts: Bag;
  /** Before discounts; what Shopify calls total shipping price. */
  readonly shipping: Bag;
  readonly discountedShipping: Bag;
  readonly tax: Bag;
  readonly duties: Bag;
  readonly fees: Bag;
  readonly total: Bag;
  readonly currentSubtotal: Bag;
  readonly currentDiscounts: Bag;
  readonly currentShipping: Bag;
  readonly currentTax: Bag;
  readonly currentTotal: Bag;
  readonly received: Bag;
  readonly refunded: Bag;
  readonly refundedShipping: Bag;
  readonly discrepancy: Bag;
  readonly capturable: Bag;
  readonly outstanding: Bag;
}

export function sumOfTaxes(taxes: readonly TaxAmount[]): Bag {
  return sum(taxes.map(({ amount }) => amount));
}

export function sumOfAllocations(allocations: readonly Allocation[]): Bag {
  return sum(allocations.map(({ amount }) => amount));
}

/** What a line costs after all its discounts. */
export function netOfLine(line: Line): Bag {
  return minus(times(line.unitPrice, line.quantity), sumOfAllocations(line.allocations));
}

/** What a shipping line costs after its discounts. */
export function netOfShipping(shipping: Shipping): Bag {
  return minus(shipping.price, sumOfAllocations(shipping.allocations));
}

/** What a refund gives back by calculation, before any discrepancy. Duties, tips and fees are not part of it. */
export function calculatedRefund({ lines, shipping }: Pick<Refund, 'lines' | 'shipping'>, taxesIncluded: boolean): Bag {
  const tax = taxesIncluded ? NOTHING : sum([...lines.map((l) => sumOfTaxes(l.taxes)), ...shipping.map((s) => s.tax)]);
  return sum([...lines.map((line) => line.subtotal), ...shipping.map((line) => line.subtotal), tax]);
}

function moneyMoved(order: Order, kinds: readonly string[]): Bag {
  const counted = order.transactions.filter(({ kind, status }) => status === 'SUCCESS' && kinds.includes(kind));
  return sum(counted.map(({ amount }) => amount));
}

function capturable(order: Order): Bag {
  const voided = order.transactions.some(({ kind, status }) => kind === 'VOID' && status === 'SUCCESS');
  if (voided || order.authorizationExpired) return NOTHING;
  const authorized = moneyMoved(order, ['AUTHORIZATION']);
  return isNothing(authorized) ? NOTHING : minus(authorized, moneyMoved(order, ['CAPTURE']));
}

type RestockType = RefundLine['restockType'];

/**
 * Units of a line refunded or removed so far.
 * @param types only refunds of these restock types
 */
export function refundedUnits(
  order: Pick<Order, 'refunds'>,
  line: number,
  types: readonly RestockType[] = ['CANCEL', 'RETURN', 'NO_RESTOCK'],
): number {
  return refundLines(order, line)
    .filter(({ restockType }) => types.includes(restockType))
    .reduce((units, { quantity }) => units + quantity, 0);
}

function keptDiscounts(order: Order): Bag {
  const kept = order.lines.map((line, position) => {
    const left = line.quantity - refundedUnits(order, position);
    const gross = times(line.unitPrice, left);
    const back = sum(refundLines(order, position).map(({ subtotal }) => subtotal));
    return minus(gross, minus(netOfLine(line), back));
  });
  return sum([...kept, ...activeShipping(order).map(({ allocations }) => sumOfAllocations(allocations))]);
}

function refundLines(order: Pick<Order, 'refunds'>, line: number): readonly RefundLine[] {
  return order.refunds.flatMap(({ lines }) => lines).filter((refunded) => refunded.line === line);
}

function activeShipping(order: Order): readonly Shipping[] {
  return order.shipping.filter(({ removed }) => !removed);
}

function asPlaced(order: Order) {
  const shipping = activeShipping(order);
  const subtotal = sum(order.lines.map(netOfLine));
  const discounts = sum([...order.lines, ...shipping].map(({ allocations }) => sumOfAllocations(allocations)));
  const discountedShipping = sum(shipping.map(netOfShipping));
  const tax = sum([...order.lines, ...shipping].map(({ taxes }) => sumOfTaxes(taxes)));
  const duties = sum(order.lines.map(({ duty }) => duty));
  const fees = sum(order.fees.map(({ price }) => price));
  const taxOnTop = order.taxesIncluded ? NOTHING : tax;
  const total = sum([subtotal, discountedShipping, order.tip, duties, fees, taxOnTop]);
  return {
    subtotal,
    discounts,
    shipping: sum(shipping.map(({ price }) => price)),
    discountedShipping,
    tax,
    duties,
    fees,
    total,
  };
}

/** Orders never change, and a page asks for the same totals many times. */
const known = new WeakMap<Order, OrderTotals>();

/** An order's totals, as placed and as they stand after refunds and edits. */
export function orderTotals(order: Order): OrderTotals {
  const totals = known.get(order) ?? calculateTotals(order);
  known.set(order, totals);
  return totals;
}

function calculateTotals(order: Order): OrderTotals {
  const placed = asPlaced(order);
  const refundedLines = order.refunds.flatMap(({ lines }) => lines);
  const refundedShipping = order.refunds.flatMap(({ shipping }) => shipping);
  const discrepancy = sum(order.refunds.map((refund) => refund.discrepancy?.amount ?? NOTHING));
  const given = sum(order.refunds.map((refund) => calculatedRefund(refund, order.taxesIncluded)));
  const taxBack = sum([
    ...refundedLines.map(({ taxes }) => sumOfTaxes(taxes)),
    ...refundedShipping.map(({ tax }) => tax),
  ]);
  const received = moneyMoved(order, ['SALE', 'CAPTURE']);
  const refunded = moneyMoved(order, ['REFUND']);
  const currentTotal = sum([minus(placed.total, given), discrepancy]);
  return {
    ...placed,
    currentSubtotal: minus(placed.subtotal, sum(refundedLines.map(({ subtotal }) => subtotal))),
    currentDiscounts: keptDiscounts(order),
    currentShipping: minus(placed.discountedShipping, sum(refundedShipping.map(({ subtotal }) => subtotal))),
    currentTax: minus(placed.tax, taxBack),
    currentTotal,
    received,
    refunded,
    refundedShipping: sum(refundedShipping.map(({ subtotal }) => subtotal)),
    discrepancy,
    capturable: capturable(order),
    outstanding: minus(currentTotal, minus(received, refunded)),
  };
}
