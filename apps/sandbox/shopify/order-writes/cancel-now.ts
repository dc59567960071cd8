import { isNothing } from '../orders/bag.js';
import type { Order, Refund } from '../orders/order.js';
import { refundedUnits } from '../orders/order-totals.js';
import { ordersOf } from '../orders/orders-slice.js';
import { netPayment, planRefund, spreadOverPayments } from '../orders/refund-plan.js';
import { restock } from './stock.js';
import { commitOrder, momentOf, type WriteContext } from './commit-order.js';
import { newTransaction } from './order-state-changes.js';

/** How an order is cancelled. */
export interface Cancellation {
  readonly orderId: number;
  readonly reason: string;
  readonly restock: boolean;
  readonly refund: boolean;
  readonly staffNote: string | null;
}

/** Takes every unit off the order and, if asked to, gives the money back. */
function refundOfCancellation(order: Order, how: Cancellation, context: WriteContext): Order {
  const next = (): number => context.data.nextId();
  const restockType = how.restock ? ('CANCEL' as const) : ('NO_RESTOCK' as const);
  const lines = order.lines.map(({ quantity }, line) => ({
    line,
    quantity: quantity - refundedUnits(order, line),
    restockType,
  }));
  const plan = planRefund(order, { lines, shipping: how.refund ? 'all' : null }, next);
  const amount = how.refund ? netPayment(order) : null;
  const transactions = spreadOverPayments(order, amount ?? { shop: 0, presentment: 0 }).map(
    ({ payment, amount: part }) => {
      const { gateway, gatewayTitle, manual, id: parentId } = payment;
      return newTransaction(context, { kind: 'REFUND', amount: part, gateway, gatewayTitle, manual, parentId });
    },
  );
  const difference =
    amount === null || isNothing(amount)
      ? null
      : { shop: plan.calculated.shop - amount.shop, presentment: plan.calculated.presentment - amount.presentment };
  const refund: Refund = {
    id: next(),
    at: momentOf(context),
    note: null,
    lines: plan.lines,
    shipping: plan.shipping,
    discrepancy: difference === null || isNothing(difference) ? null : { id: next(), amount: difference },
    transactionIds: transactions.map(({ id }) => id),
  };
  return { ...order, refunds: [...order.refunds, refund], transactions: [...order.transactions, ...transactions] };
}

/** What of the money was only authorized is given up. */
function withVoid(order: Order, context: WriteContext): Order {
  const open = order.transactions.filter(
    ({ id, kind, status }) =>
      kind === 'AUTHORIZATION' && status === 'SUCCESS' && !order.transactions.some(({ parentId }) => parentId === id),
  );
  const voids = open.map(({ id: parentId, amount, gateway, gatewayTitle, manual }) =>
    newTransaction(context, { kind: 'VOID', amount, gateway, gatewayTitle, manual, parentId }),
  );
  return voids.length === 0 ? order : { ...order, transactions: [...order.transactions, ...voids] };
}

/** Cancels an order, unless it is gone or cancelled by now. */
export function cancelNow(context: WriteContext, how: Cancellation): void {
  const order = ordersOf(context.data).find(({ id }) => id === how.orderId);
  if (order === undefined || order.cancelledAt !== null) return;
  if (how.restock)
    restock(
      context,
      order,
      order.lines.map(({ quantity }, line) => ({
        line,
        quantity: quantity - refundedUnits(order, line),
        locationId: null,
      })),
    );
  const at = momentOf(context);
  const refunded = withVoid(refundOfCancellation(order, how, context), context);
  const cancelled = { cancelledAt: at, cancelReason: how.reason, staffNote: how.staffNote };
  commitOrder(context, { ...refunded, ...cancelled, fulfillmentHold: null }, order);
}
