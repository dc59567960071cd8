import { atMost, isNothing, minus, NOTHING, portion, sum, type Bag } from './bag.js';
import type { Order, Refund, RefundLine, Transaction } from './order.js';
import { refundLine } from './order-refund.js';
import { calculatedRefund, netOfShipping, orderTotals, sumOfTaxes } from './order-totals.js';

/** What a refund is asked to give back. */
export interface RefundAsk {
  readonly lines: readonly {
    /** Position in the order's lines. */
    readonly line: number;
    readonly quantity: number;
    readonly restockType: RefundLine['restockType'];
  }[];
  /** An amount before tax, or everything that is left. */
  readonly shipping: Bag | 'all' | null;
}

/** What a refund comes to by calculation. */
export interface RefundPlan {
  readonly lines: readonly RefundLine[];
  readonly shipping: Refund['shipping'];
  readonly subtotal: Bag;
  readonly tax: Bag;
  readonly calculated: Bag;
}

/** What shipping is left to refund, tax not counted. */
export function shippingLeft(order: Order): Bag {
  const paid = sum(order.shipping.filter(({ removed }) => !removed).map(netOfShipping));
  const back = sum(order.refunds.flatMap(({ shipping }) => shipping).map(({ subtotal }) => subtotal));
  return minus(paid, back);
}

function planShipping(order: Order, asked: RefundAsk['shipping'], next: () => number): Refund['shipping'] {
  const left = shippingLeft(order);
  const amount = asked === 'all' ? left : asked === null ? NOTHING : atMost(asked, left);
  const position = order.shipping.findIndex(({ removed }) => !removed);
  const line = order.shipping[position];
  if (line === undefined || isNothing(amount)) return [];
  const tax = portion(sumOfTaxes(line.taxes), amount.shop, netOfShipping(line).shop);
  return [{ id: next(), line: position, subtotal: amount, tax }];
}

/** @param next hands out record ids */
export function planRefund(order: Order, ask: RefundAsk, next: () => number): RefundPlan {
  const lines = ask.lines.flatMap(({ line, quantity, restockType }) =>
    refundLine(order, { ids: { next } }, line, quantity, restockType),
  );
  const shipping = planShipping(order, ask.shipping, next);
  return {
    lines,
    shipping,
    subtotal: sum(lines.map((line) => line.subtotal)),
    tax: sum([...lines.map(({ taxes }) => sumOfTaxes(taxes)), ...shipping.map((part) => part.tax)]),
    calculated: calculatedRefund({ lines, shipping }, order.taxesIncluded),
  };
}

/** What is left of the money received. */
export function netPayment(order: Order): Bag {
  const { received, refunded } = orderTotals(order);
  return minus(received, refunded);
}

/** What of a payment has not been given back. */
export function leftOfPayment(payment: Transaction, order: Order): Bag {
  const back = order.transactions.filter(
    ({ parentId, kind, status }) => parentId === payment.id && kind === 'REFUND' && status === 'SUCCESS',
  );
  return minus(payment.amount, sum(back.map(({ amount }) => amount)));
}

/** Spreads an amount over the payments it can go back to, oldest first. */
export function spreadOverPayments(order: Order, amount: Bag): readonly { payment: Transaction; amount: Bag }[] {
  const parts: { payment: Transaction; amount: Bag }[] = [];
  let left = amount;
  for (const payment of order.transactions) {
    if (payment.status !== 'SUCCESS' || (payment.kind !== 'SALE' && payment.kind !== 'CAPTURE')) continue;
    const part = atMost(left, leftOfPayment(payment, order));
    if (part.shop <= 0) continue;
    parts.push({ payment, amount: part });
    left = minus(left, part);
  }
  return parts;
}
