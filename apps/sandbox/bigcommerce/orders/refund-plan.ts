import { z } from 'zod';
import { Big, sum } from '#contract';
import { RestFailure } from '../rest/answer.js';
import type { Order, OrderLine, Refund } from '../state/rows.js';
import type { StoreData } from '../state/store-data.js';
import { addressesOf, feesOf, linesOf } from './order-body.js';

const reason = z.string().exactOptional();
const id = z.number().int();
const amount = z.number().positive();
const adjustments = z.array(z.object({ amount: z.number(), description: z.string().exactOptional() })).exactOptional();
const itemSchema = z.discriminatedUnion('item_type', [
  z.object({
    item_type: z.enum(['PRODUCT', 'GIFT_WRAPPING']),
    item_id: id,
    quantity: z.number().int().min(1),
    reason,
    adjustments,
  }),
  z.object({ item_type: z.enum(['SHIPPING', 'HANDLING', 'ORDER', 'FEE', 'TAX']), item_id: id, amount, reason }),
]);

export const quoteSchema = z.object({
  items: z.array(itemSchema).default([]),
  tax_adjustment_amount: amount.exactOptional(),
});
export type RefundRequest = z.infer<typeof quoteSchema>;
type Item = RefundRequest['items'][number];

/** docs: the money must have arrived. Statuses in which it has, where no gateway says so. */
const PAID = new Set([2, 3, 4, 8, 10, 11, 13, 14]);
const ARRIVED = new Set(['captured', 'paid', 'partially refunded']);

/** One item with what it comes to. */
export interface PlannedItem {
  readonly item: Item;
  readonly amount: Big;
  readonly tax: Big;
}

/** What a refund comes to. */
export interface RefundPlan {
  readonly items: readonly PlannedItem[];
  readonly total: Big;
  readonly tax: Big;
  readonly orderLevel: Big;
  readonly adjustment: Big;
}

const ERROR_TYPE = 'https://developer.bigcommerce.com/api-docs/getting-started/api-status-codes';

/** The spec's own form of a 422 here: a list below `data`. */
export function refuse(title: string): RestFailure {
  return new RestFailure(422, title, {}, { data: [{ status: 422, title, type: ERROR_TYPE }] });
}

const refundsOf = ({ tables }: StoreData, orderId: number): readonly Refund[] =>
  tables.refunds.where(({ order_id: of }) => of === orderId);

/** What was given back of an order so far. */
export function refundedSoFar(data: StoreData, orderId: number): Big {
  return sum(refundsOf(data, orderId).map(({ total_amount: total }) => new Big(total)));
}

function givenBack(data: StoreData, order: Order, type: string, itemId: number): Big {
  const items = refundsOf(data, order.id).flatMap((refund) => refund.items);
  const mine = items.filter((item) => item.item_type === type && item.item_id === itemId);
  return sum(mine.map(({ requested_amount: asked }) => new Big(asked)));
}

function planLine(data: StoreData, line: OrderLine, item: Item & { quantity: number }): PlannedItem {
  if (item.quantity > line.quantity - line.quantity_refunded) {
    throw refuse(`Item ${line.id} cannot be refunded: more than is left.`);
  }
  const share = new Big(item.quantity).div(line.quantity);
  const adjusted = sum(
    (('adjustments' in item ? item.adjustments : undefined) ?? []).map((one) => new Big(one.amount)),
  );
  const worth = new Big(line.discounted_total_inc_tax);
  const rate = new Big(line.total_inc_tax).eq(0) ? new Big(0) : new Big(line.total_tax).div(line.total_inc_tax);
  const places = data.store.decimalPlaces;
  const exact = worth.times(share);
  return {
    item,
    amount: exact.round(places, Big.roundHalfUp).plus(adjusted),
    tax: exact.times(rate).round(places, Big.roundHalfUp),
  };
}

/** The most an item with an amount can give back. */
function ceilingOf(data: StoreData, order: Order, item: Item): Big {
  const address = addressesOf(data, order.id).find(({ id: of }) => of === item.item_id);
  if (item.item_type === 'ORDER') return new Big(order.total_inc_tax).minus(refundedSoFar(data, order.id));
  if (item.item_type === 'FEE') {
    const fee = feesOf(data, order.id).find(({ id: of }) => of === item.item_id);
    return new Big(fee?.cost_inc_tax ?? 0).minus(givenBack(data, order, 'FEE', item.item_id));
  }
  const cost = item.item_type === 'SHIPPING' ? address?.cost_inc_tax : address?.handling_cost_inc_tax;
  return new Big(cost ?? 0).minus(givenBack(data, order, item.item_type, item.item_id));
}

function planItem(data: StoreData, order: Order, item: Item): PlannedItem {
  if ('quantity' in item) {
    const line = linesOf(data, order.id).find(({ id: of }) => of === item.item_id);
    if (line === undefined) throw refuse(`Item ${item.item_id} is not part of the order.`);
    return planLine(data, line, item);
  }
  const asked = new Big(item.amount);
  if (asked.gt(ceilingOf(data, order, item)))
    throw refuse(`${item.item_type} ${item.item_id} cannot be refunded: more than is left.`);
  return { item, amount: asked, tax: new Big(0) };
}

/** Works out a refund. @throws {RestFailure} 422 when it cannot be made */
export function planRefund(data: StoreData, order: Order, request: RefundRequest): RefundPlan {
  const paid = order.payment_status === '' ? PAID.has(order.status_id) : ARRIVED.has(order.payment_status);
  if (!paid) throw refuse('Order cannot be refunded: its payment is not settled, or it is refunded already.');
  const items = request.items.map((item) => planItem(data, order, item));
  const extra = new Big(request.tax_adjustment_amount ?? 0);
  const total = sum(items.map(({ amount: one }) => one)).plus(extra);
  const left = new Big(order.total_inc_tax).minus(refundedSoFar(data, order.id));
  if (total.lte(0)) throw refuse('There is nothing to refund.');
  // Lines are rounded each for itself, so the whole may be a unit more than what was paid.
  if (total.minus(left).gt('0.05')) throw refuse('More than what is left of the order.');
  return {
    items,
    total: total.gt(left) ? left : total,
    tax: sum(items.map(({ tax }) => tax)).plus(extra),
    orderLevel: sum(items.filter(({ item }) => item.item_type === 'ORDER').map(({ amount: one }) => one)),
    adjustment: new Big(0),
  };
}
