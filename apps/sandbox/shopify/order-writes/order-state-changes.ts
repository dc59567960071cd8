import type { RequestContext } from '../graphql/request-context.js';
import { userError } from '../graphql/user-errors.js';
import { minus, sum, type Bag } from '../orders/bag.js';
import type { Order, Transaction } from '../orders/order.js';
import { orderTotals } from '../orders/order-totals.js';
import { removeOrder } from '../orders/orders-slice.js';
import { bagOfAmount } from '../orders/parse-amount.js';
import { gid, numberOfGid } from '../views/gid.js';
import { transactionView } from '../views/transaction-view.js';
import { answerOrder, commitOrder, momentOf, visibleOrder } from './commit-order.js';

interface ById {
  readonly input: { readonly id: string };
}

const MISSING = 'Order does not exist';

/** A payment step without a payment provider behind it. */
export function newTransaction(
  context: Pick<RequestContext, 'data' | 'now'>,
  given: Pick<Transaction, 'kind' | 'amount'> & Partial<Transaction>,
): Transaction {
  return {
    id: context.data.nextId(),
    status: 'SUCCESS',
    gateway: 'manual',
    gatewayTitle: 'Manual',
    manual: true,
    rounding: null,
    parentId: null,
    errorCode: null,
    authorizationCode: null,
    at: momentOf(context),
    ...given,
  };
}

function change({ input }: ById, context: RequestContext, make: (order: Order) => Order) {
  const order = visibleOrder(input.id, context);
  if (order === undefined) return { order: null, userErrors: [userError(['id'], MISSING)] };
  const after = make(order);
  const saved = after === order ? order : commitOrder(context, after, order);
  return { order: answerOrder(saved, context), userErrors: [] };
}

/** `orderClose`: archives; closing a closed order changes nothing. */
export function orderClose(args: ById, context: RequestContext) {
  return change(args, context, (order) =>
    order.closedAt === null ? { ...order, closedAt: momentOf(context) } : order,
  );
}

/** `orderOpen`: takes it out of the archive. */
export function orderOpen(args: ById, context: RequestContext) {
  return change(args, context, (order) => (order.closedAt === null ? order : { ...order, closedAt: null }));
}

/** `orderMarkAsPaid`: records a manual payment of all that is owed. */
export function orderMarkAsPaid({ input }: ById, context: RequestContext) {
  const order = visibleOrder(input.id, context);
  if (order === undefined) return { order: null, userErrors: [userError(['id'], MISSING)] };
  const { outstanding } = orderTotals(order);
  if (outstanding.shop <= 0 || order.cancelledAt !== null) {
    // recorded message
    return { order: null, userErrors: [userError(['id'], 'Order cannot be marked as paid.')] };
  }
  const payment = newTransaction(context, { kind: 'SALE', amount: outstanding });
  const settled = order.transactions.filter(({ status }) => status !== 'PENDING');
  const saved = commitOrder(context, { ...order, transactions: [...settled, payment] }, order);
  return { order: answerOrder(saved, context), userErrors: [] };
}

interface CaptureInput {
  readonly id: string;
  readonly parentTransactionId: string;
  readonly amount: unknown;
  readonly currency?: string | null;
  readonly finalCapture?: boolean | null;
}

function refuseTransaction(field: readonly string[] | null, message: string, code?: string) {
  return { transaction: null, userErrors: [userError(field, message, code)] };
}

function authorizationOf(order: Order, globalId: string): Transaction | undefined {
  const id = numberOfGid(globalId, 'OrderTransaction');
  return order.transactions.find((one) => one.id === id && one.kind === 'AUTHORIZATION' && one.status === 'SUCCESS');
}

function openAmount(authorization: Transaction, order: Order): Bag {
  const captures = order.transactions.filter(
    ({ parentId, kind }) => parentId === authorization.id && kind === 'CAPTURE',
  );
  return minus(authorization.amount, sum(captures.map(({ amount }) => amount)));
}

/** `orderCapture`. The wording of its refusals is believed, not recorded. */
export function orderCapture({ input }: { readonly input: CaptureInput }, context: RequestContext) {
  const order = visibleOrder(input.id, context);
  if (order === undefined) return refuseTransaction(['id'], MISSING);
  const authorization = authorizationOf(order, input.parentTransactionId);
  if (authorization === undefined || orderTotals(order).capturable.shop <= 0) {
    return refuseTransaction(['parentTransactionId'], 'Transaction is not capturable');
  }
  const amount = bagOfAmount(input.amount, input.currency, order);
  if (amount === undefined || amount.shop <= 0)
    return refuseTransaction(['amount'], 'Amount must be greater than zero');
  if (amount.presentment > openAmount(authorization, order).presentment) {
    return refuseTransaction(['amount'], 'Amount exceeds the amount authorized');
  }
  const { gateway, gatewayTitle, manual, id: parentId } = authorization;
  const capture = newTransaction(context, { kind: 'CAPTURE', amount, gateway, gatewayTitle, manual, parentId });
  const saved = commitOrder(context, { ...order, transactions: [...order.transactions, capture] }, order);
  return { transaction: transactionView(capture, saved), userErrors: [] };
}

/** `transactionVoid`: gives up an authorization nothing was captured from. */
export function transactionVoid(
  { parentTransactionId }: { readonly parentTransactionId: string },
  context: RequestContext,
) {
  const id = numberOfGid(parentTransactionId, 'OrderTransaction');
  const order = context.visible.find(({ transactions }) => transactions.some((one) => one.id === id));
  const field = ['parentTransactionId'];
  if (order === undefined) return refuseTransaction(field, 'Transaction does not exist', 'TRANSACTION_NOT_FOUND');
  const authorization = authorizationOf(order, parentTransactionId);
  if (authorization === undefined) {
    return refuseTransaction(field, 'Parent transaction must be a successful authorization', 'AUTH_NOT_SUCCESSFUL');
  }
  const { gateway, gatewayTitle, manual, id: parentId, amount } = authorization;
  if (order.transactions.some((one) => one.parentId === parentId)) {
    return refuseTransaction(field, 'Parent transaction is not voidable', 'AUTH_NOT_VOIDABLE');
  }
  const made = newTransaction(context, { kind: 'VOID', amount, gateway, gatewayTitle, manual, parentId });
  const saved = commitOrder(context, { ...order, transactions: [...order.transactions, made] }, order);
  return { transaction: transactionView(made, saved), userErrors: [] };
}

/** `orderDelete`. docs: an order of a payment provider can be deleted only once it is archived or cancelled. */
export function orderDelete({ orderId }: { readonly orderId: string }, context: RequestContext) {
  const refuse = (message: string, code: string) => ({
    deletedId: null,
    userErrors: [userError(['orderId'], message, code)],
  });
  const order = visibleOrder(orderId, context);
  if (order === undefined) return refuse(MISSING, 'NOT_FOUND');
  const paidOnline = order.transactions.some(({ manual, status }) => !manual && status === 'SUCCESS');
  const settled = order.cancelledAt !== null || order.closedAt !== null || order.test;
  if (paidOnline && !settled) return refuse('Order cannot be deleted', 'INVALID');
  removeOrder(context.data, order.id);
  context.notify('ORDERS_DELETE', { id: order.id });
  return { deletedId: gid('Order', order.id), userErrors: [] };
}
