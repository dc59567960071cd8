import type { GraphQLResolveInfo } from 'graphql';
import { z } from 'zod';
import { idempotently } from '../graphql/idempotency.js';
import type { RequestContext } from '../graphql/request-context.js';
import { userError, type UserError } from '../graphql/user-errors.js';
import { decimalsOf, isNothing, minus, sum, type Bag } from '../orders/bag.js';
import type { Order, Refund, RefundLine, Transaction } from '../orders/order.js';
import { refundedUnits } from '../orders/order-totals.js';
import { bagOfAmount } from '../orders/parse-amount.js';
import { netPayment, planRefund, type RefundAsk } from '../orders/refund-plan.js';
import type { Shop } from '../shops.js';
import { numberOfGid } from '../views/gid.js';
import { orderParts } from '../views/order-parts-view.js';
import { answerOrder, commitOrder, momentOf, visibleOrder } from './commit-order.js';
import { newTransaction } from './order-state-changes.js';
import { restock } from './stock.js';

interface RefundInput {
  readonly orderId: string;
  readonly note?: string | null;
  readonly currency?: string | null;
  readonly allowOverRefunding?: boolean | null;
  readonly refundLineItems?:
    | readonly {
        readonly lineItemId: string;
        readonly quantity: number;
        readonly restockType?: string | null;
        readonly locationId?: string | null;
      }[]
    | null;
  readonly shipping?: { readonly amount?: unknown; readonly fullRefund?: boolean | null } | null;
  readonly transactions?:
    | readonly {
        readonly amount: unknown;
        readonly gateway: string;
        readonly kind: string;
        readonly parentId?: string | null;
      }[]
    | null;
}

interface Payload {
  readonly order: unknown;
  readonly refund: unknown;
  readonly userErrors: readonly UserError[];
}

const RESTOCK: Readonly<Record<string, RefundLine['restockType']>> = { RETURN: 'RETURN', CANCEL: 'CANCEL' };
const referenceSchema = z.object({ orderId: z.number(), refundId: z.number() });

const refuse = (...userErrors: readonly UserError[]): Payload => ({ order: null, refund: null, userErrors });

function lineOf(order: Order, globalId: string): number {
  const id = numberOfGid(globalId, 'LineItem');
  return order.lines.findIndex((line) => line.id === id);
}

function mistakesInLines({ refundLineItems }: RefundInput, order: Order): readonly UserError[] {
  const taken = new Map<number, number>();
  return (refundLineItems ?? []).flatMap(({ lineItemId, quantity }, index) => {
    const line = lineOf(order, lineItemId);
    if (line < 0) return [userError(['refundLineItems', index, 'lineItemId'], 'Line item does not exist')];
    const total = (taken.get(line) ?? 0) + quantity;
    taken.set(line, total);
    const left = (order.lines[line]?.quantity ?? 0) - refundedUnits(order, line);
    if (total <= left && quantity >= 0) return [];
    // recorded message
    const message = 'Quantity cannot refund more items than were purchased';
    return [userError(['refundLineItems', index, 'quantity'], message)];
  });
}

function parentOf(order: Order, globalId: string | null | undefined): Transaction | undefined {
  const id = numberOfGid(globalId ?? '', 'OrderTransaction');
  return order.transactions.find((one) => one.id === id);
}

/** An amount of the shop as its own pages print it, e.g. "$25.00". */
function printed(minor: number, { moneyFormat, currency }: Shop): string {
  const decimals = decimalsOf(currency);
  return moneyFormat.replace(/\{\{.*?\}\}/, (minor / 10 ** decimals).toFixed(decimals));
}

/** The money to move, or what is wrong with it. */
function moneyOf(
  input: RefundInput,
  order: Order,
  context: RequestContext,
): { readonly money: readonly Transaction[] } | { readonly error: UserError } {
  const made: Transaction[] = [];
  for (const [index, { amount, parentId }] of (input.transactions ?? []).entries()) {
    const parent = parentOf(order, parentId);
    // recorded message
    if (parent === undefined)
      return { error: userError(['transactions'], 'Transactions require a parent_id associated with the order') };
    const bag = bagOfAmount(amount, input.currency, order);
    if (bag === undefined) return { error: userError(['transactions', index, 'amount'], 'Amount is not a number') };
    // Not recorded: the wording.
    if (bag.shop <= 0) return { error: userError(['transactions', index, 'amount'], 'Amount must be greater than 0') };
    const { gateway, gatewayTitle, manual, id } = parent;
    made.push(newTransaction(context, { kind: 'REFUND', amount: bag, gateway, gatewayTitle, manual, parentId: id }));
  }
  const total = sum(made.map(({ amount }) => amount));
  const most = netPayment(order);
  if (total.shop > most.shop && input.allowOverRefunding !== true) {
    // recorded message
    const message = `Refund amount ${printed(total.shop, context.shop)} is greater than net payment received ${printed(most.shop, context.shop)}`;
    return { error: userError(null, message) };
  }
  return { money: made };
}

function askOf({ refundLineItems, shipping, currency }: RefundInput, order: Order): RefundAsk {
  const amount: Bag | undefined = bagOfAmount(shipping?.amount ?? '', currency, order);
  return {
    lines: (refundLineItems ?? []).map(({ lineItemId, quantity, restockType }) => ({
      line: lineOf(order, lineItemId),
      quantity,
      restockType: RESTOCK[restockType ?? ''] ?? 'NO_RESTOCK',
    })),
    shipping: shipping?.fullRefund === true ? 'all' : (amount ?? null),
  };
}

function putBack({ refundLineItems }: RefundInput, order: Order, context: RequestContext): void {
  const units = (refundLineItems ?? [])
    .filter(({ restockType, locationId }) => RESTOCK[restockType ?? ''] !== undefined && Boolean(locationId))
    .map(({ lineItemId, quantity, locationId }) => ({
      line: lineOf(order, lineItemId),
      quantity,
      locationId: numberOfGid(locationId ?? '', 'Location') ?? null,
    }));
  restock(context, order, units);
}

function answer(orderId: number, refundId: number, context: RequestContext): Payload {
  const order = context.visible.find(({ id }) => id === orderId);
  const refund = order?.refunds.find(({ id }) => id === refundId);
  if (order === undefined || refund === undefined) return refuse(userError(['orderId'], 'Order does not exist'));
  const own = () => answerOrder(order, context);
  return { order: own(), refund: orderParts(order, context, own).refund(refund), userErrors: [] };
}

function create(input: RefundInput, context: RequestContext) {
  const order = visibleOrder(input.orderId, context);
  // recorded message
  if (order === undefined) return { payload: refuse(userError(['orderId'], 'Order does not exist')) };
  const mistakes = mistakesInLines(input, order);
  if (mistakes.length > 0) return { payload: refuse(...mistakes) };
  const moved = moneyOf(input, order, context);
  if ('error' in moved) return { payload: refuse(moved.error) };
  const { money } = moved;
  const next = (): number => context.data.nextId();
  const plan = planRefund(order, askOf(input, order), next);
  const difference = minus(plan.calculated, sum(money.map(({ amount }) => amount)));
  const refund: Refund = {
    id: next(),
    at: momentOf(context),
    note: input.note ?? null,
    lines: plan.lines,
    shipping: plan.shipping,
    discrepancy: money.length === 0 || isNothing(difference) ? null : { id: next(), amount: difference },
    transactionIds: money.map(({ id }) => id),
  };
  putBack(input, order, context);
  const [transactions, refunds] = [
    [...order.transactions, ...money],
    [...order.refunds, refund],
  ];
  commitOrder(context, { ...order, transactions, refunds }, order);
  const reference = { orderId: order.id, refundId: refund.id };
  return { payload: answer(order.id, refund.id, context), reference };
}

/** `refundCreate`. Must carry `@idempotent`. */
export function refundCreate(
  { input }: { readonly input: RefundInput },
  context: RequestContext,
  info: GraphQLResolveInfo,
): Payload {
  return idempotently<Payload>(context, info, {
    input,
    run: () => create(input, context),
    replay(reference) {
      const { orderId, refundId } = referenceSchema.parse(reference);
      return answer(orderId, refundId, context);
    },
    refuse,
  });
}
