import { randomUUID } from 'node:crypto';
import type { RequestContext } from '../graphql/request-context.js';
import { userError } from '../graphql/user-errors.js';
import type { Order } from '../orders/order.js';
import { visibleOrder } from './commit-order.js';
import { addJob } from './jobs.js';

interface CancelArguments {
  readonly orderId: string;
  readonly reason: string;
  readonly restock: boolean;
  readonly refund?: boolean | null;
  readonly refundMethod?: {
    readonly originalPaymentMethodsRefund?: boolean | null;
    readonly storeCreditRefund?: { readonly expiresAt?: string | null } | null;
  } | null;
  readonly staffNote?: string | null;
}

const LONGEST_NOTE = 255;

function refuse(field: string, message: string, code: string) {
  const error = userError([field], message, code);
  return { job: null, orderCancelUserErrors: [error], userErrors: [error] };
}

function mistakeIn(
  order: Order,
  { staffNote, refundMethod }: CancelArguments,
): readonly [string, string, string] | undefined {
  // recorded messages
  if (order.cancelledAt !== null)
    return ['orderId', 'Cannot cancel an order that has already been canceled', 'INVALID'];
  if (order.fulfillments.some(({ status }) => status === 'SUCCESS')) {
    return ['orderId', 'Cannot cancel an order that has outstanding fulfillments', 'INVALID'];
  }
  if ((staffNote ?? '').length > LONGEST_NOTE) {
    return ['staffNote', `Staff note is too long (maximum is ${LONGEST_NOTE} characters)`, 'INVALID'];
  }
  if (refundMethod?.storeCreditRefund && order.buyer === null) {
    return ['refundMethod', 'Customer is required for a store credit refund', 'STORE_CREDIT_REFUND_MISSING_CUSTOMER'];
  }
  return undefined;
}

/** `orderCancel`: answers with a job; the order is cancelled when the job is done. */
export function orderCancel(args: CancelArguments, context: RequestContext) {
  const order = visibleOrder(args.orderId, context);
  if (order === undefined) return refuse('orderId', 'Order does not exist', 'NOT_FOUND');
  const mistake = mistakeIn(order, args);
  if (mistake !== undefined) return refuse(...mistake);
  const { refund, refundMethod, reason, restock, staffNote } = args;
  const id = `gid://shopify/Job/${randomUUID()}`;
  const money = refundMethod?.originalPaymentMethodsRefund ?? refund ?? false;
  addJob(context, {
    id,
    cancel: { orderId: order.id, reason, restock, refund: money, staffNote: staffNote ?? null },
  });
  return { job: { id, done: false }, orderCancelUserErrors: [], userErrors: [] };
}
