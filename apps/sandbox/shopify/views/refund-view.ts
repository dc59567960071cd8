import { connection, type PageArguments } from '../graphql/connection.js';
import { printMoment } from '../graphql/moment.js';
import { NOTHING, portion, sum } from '../orders/bag.js';
import type { Order, Refund, RefundLine } from '../orders/order.js';
import { sumOfTaxes } from '../orders/order-totals.js';
import type { RequestContext } from '../graphql/request-context.js';
import { homeLocationView } from './fulfillment-view.js';
import { gid } from './gid.js';
import { lineView } from './line-view.js';
import { moneyBagView } from './money-view.js';
import { shippingView } from './shipping-view.js';
import { transactionView } from './transaction-view.js';

function refundLineView(refunded: RefundLine, order: Order, context: RequestContext) {
  const { id, line: position, quantity, restockType, subtotal, taxes } = refunded;
  const line = order.lines[position];
  if (line === undefined) return null;
  const restocked = restockType !== 'NO_RESTOCK';
  return {
    id: gid('RefundLineItem', id),
    quantity,
    restockType,
    restocked,
    location: () => (restocked ? homeLocationView(context) : null),
    priceSet: moneyBagView(portion(subtotal, 1, quantity), order.exchange),
    subtotalSet: moneyBagView(subtotal, order.exchange),
    totalTaxSet: moneyBagView(sumOfTaxes(taxes), order.exchange),
    lineItem: () => lineView(line, position, order, context),
  };
}

function refundShippingView({ id, line: position, subtotal, tax }: Refund['shipping'][number], order: Order) {
  const line = order.shipping[position];
  if (line === undefined) return null;
  return {
    id: gid('RefundShippingLine', id),
    shippingLine: shippingView(line, position, order),
    subtotalAmountSet: moneyBagView(subtotal, order.exchange),
    taxAmountSet: moneyBagView(tax, order.exchange),
  };
}

function adjustmentView({ id, amount }: NonNullable<Refund['discrepancy']>, order: Order) {
  return {
    id: gid('OrderAdjustment', id),
    reason: 'REFUND_DISCREPANCY',
    amountSet: moneyBagView(amount, order.exchange),
    taxAmountSet: moneyBagView(NOTHING, order.exchange),
  };
}

/** `Refund`. */
export function refundView(refund: Refund, order: Order, context: RequestContext) {
  const idOf = ({ id }: { readonly id: number }): number => id;
  const transactions = order.transactions.filter(({ id }) => refund.transactionIds.includes(id));
  const adjustments = refund.discrepancy === null ? [] : [refund.discrepancy];
  return {
    id: gid('Refund', refund.id),
    legacyResourceId: String(refund.id),
    createdAt: printMoment(refund.at),
    processedAt: printMoment(refund.at),
    updatedAt: printMoment(refund.at),
    note: refund.note,
    duties: [],
    return: null,
    totalRefundedSet: moneyBagView(sum(transactions.map(({ amount }) => amount)), order.exchange),
    refundLineItems: (page: PageArguments) =>
      connection({ items: refund.lines, idOf, view: (line) => refundLineView(line, order, context) }, page),
    refundShippingLines: (page: PageArguments) =>
      connection({ items: refund.shipping, idOf, view: (line) => refundShippingView(line, order) }, page),
    orderAdjustments: (page: PageArguments) =>
      connection({ items: adjustments, idOf, view: (one) => adjustmentView(one, order) }, page),
    transactions: (page: PageArguments) =>
      connection({ items: transactions, idOf, view: (one) => transactionView(one, order) }, page),
  };
}
