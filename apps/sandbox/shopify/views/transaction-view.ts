import { minus, sum } from '../orders/bag.js';
import type { Order, Transaction } from '../orders/order.js';
import { orderTotals } from '../orders/order-totals.js';
import { printMoment } from '../graphql/moment.js';
import { gid } from './gid.js';
import { moneyBagView } from './money-view.js';

const AUTHORIZED_DAYS_MS = 7 * 86_400_000;

/** Whether money can still be captured from this transaction. */
export function isCapturable(transaction: Transaction, order: Order): boolean {
  return transaction.kind === 'AUTHORIZATION' && orderTotals(order).capturable.shop > 0;
}

function gatewayView({ id, gateway, gatewayTitle, manual }: Transaction, order: Order) {
  return {
    gateway,
    formattedGateway: gatewayTitle,
    manualPaymentGateway: manual,
    paymentId: manual ? null : `r${id}.1`,
    accountNumber: gateway === 'shopify_payments' ? '•••• •••• •••• 4242' : null,
    settlementCurrency: manual ? null : order.exchange.shopCurrency,
  };
}

/** `OrderTransaction`. */
export function transactionView(transaction: Transaction, order: Order): Record<string, unknown> {
  const { id, kind, status, amount, rounding, parentId, errorCode, authorizationCode, at } = transaction;
  const bag = (value: typeof amount) => moneyBagView(value, order.exchange);
  const parent = order.transactions.find((one) => one.id === parentId);
  const captures = order.transactions.filter((one) => one.parentId === id && one.kind === 'CAPTURE');
  const capturable = isCapturable(transaction, order);
  return {
    ...gatewayView(transaction, order),
    ...{ kind, status, errorCode, authorizationCode },
    receiptJson: '{}',
    fees: [],
    id: gid('OrderTransaction', id),
    test: order.test,
    createdAt: printMoment(at),
    processedAt: printMoment(at),
    manuallyCapturable: capturable,
    multiCapturable: false,
    authorizationExpiresAt: kind === 'AUTHORIZATION' ? printMoment(at + AUTHORIZED_DAYS_MS) : null,
    amountSet: bag(amount),
    amountRoundingSet: rounding === null ? null : bag(rounding),
    // docs: only a suggested refund has a maximum
    maximumRefundableV2: null,
    parentTransaction: parent === undefined ? null : transactionView(parent, order),
    totalUnsettledSet: capturable ? bag(minus(amount, sum(captures.map((capture) => capture.amount)))) : null,
  };
}
