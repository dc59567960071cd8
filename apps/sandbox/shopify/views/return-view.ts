import { connection, type PageArguments } from '../graphql/connection.js';
import { printMoment, printMomentOrNull } from '../graphql/moment.js';
import { portion } from '../orders/bag.js';
import type { Fulfillment, Order, Return, ReturnLine } from '../orders/order.js';
import { orderName } from '../orders/order-status.js';
import { netOfLine } from '../orders/order-totals.js';
import { reasonByName, reasonView } from '../orders/return-reasons.js';
import type { RequestContext } from '../graphql/request-context.js';
import { fulfillmentLineView } from './fulfillment-view.js';
import { gid } from './gid.js';
import { moneyBagView } from './money-view.js';

/** A line of a parcel and the position of its goods in the order. */
export function sentLine(order: Order, id: number): Fulfillment['lines'][number] | undefined {
  return order.fulfillments.flatMap(({ lines }) => lines).find((line) => line.id === id);
}

/** `ReturnLineItem`. */
function returnLineView(line: ReturnLine, { status }: Return, order: Order, context: RequestContext) {
  const sent = sentLine(order, line.fulfillmentLineId);
  const goods = sent && order.lines[sent.line];
  if (sent === undefined || goods === undefined) return null;
  const processed = line.processed ?? (status === 'CLOSED' ? line.quantity : 0);
  return {
    __typename: 'ReturnLineItem',
    id: gid('ReturnLineItem', line.id),
    quantity: line.quantity,
    customerNote: line.customerNote,
    processedQuantity: processed,
    processableQuantity: line.quantity - processed,
    unprocessedQuantity: line.quantity - processed,
    refundedQuantity: 0,
    refundableQuantity: line.quantity,
    returnReason: line.reason,
    returnReasonNote: line.note,
    returnReasonDefinition: reasonView(reasonByName(line.reason)),
    fulfillmentLineItem: () => fulfillmentLineView(sent, order, context),
    withCodeDiscountedTotalPriceSet: moneyBagView(
      portion(netOfLine(goods), line.quantity, goods.quantity),
      order.exchange,
    ),
  };
}

/** `Return`, without what refers back to its order. */
export function returnView(one: Return, order: Order, context: RequestContext) {
  const idOf = ({ id }: { readonly id: number }): number => id;
  return {
    id: gid('Return', one.id),
    name: `${orderName(order)}-R${order.returns.indexOf(one) + 1}`,
    status: one.status,
    totalQuantity: one.lines.reduce((units, { quantity }) => units + quantity, 0),
    createdAt: printMoment(one.createdAt),
    closedAt: printMomentOrNull(one.closedAt),
    requestApprovedAt: printMomentOrNull(one.approvedAt),
    decline: one.decline,
    refunds: (page: PageArguments) => connection({ items: [], idOf: () => 0, view: () => null }, page),
    returnLineItems: (page: PageArguments) =>
      connection({ items: one.lines, idOf, view: (line) => returnLineView(line, one, order, context) }, page),
  };
}
