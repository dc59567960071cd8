import { locationsOf } from '../catalogue/catalogue-slice.js';
import { locationView } from '../catalogue/views.js';
import { connection, type PageArguments } from '../graphql/connection.js';
import { printMoment, printMomentOrNull } from '../graphql/moment.js';
import { portion, times } from '../orders/bag.js';
import type { Fulfillment, Order, ParcelEvent } from '../orders/order.js';
import { orderName } from '../orders/order-status.js';
import { netOfLine } from '../orders/order-totals.js';
import type { RequestContext } from '../graphql/request-context.js';
import { homeLocationOf } from '../orders/home-location.js';
import { gid } from './gid.js';
import { lineView } from './line-view.js';
import { moneyBagView } from './money-view.js';

/** `Location`: the one orders are sent from. */
export function homeLocationView(context: RequestContext) {
  const home = homeLocationOf(context.shop).id;
  const location = locationsOf(context.shop).find(({ id }) => id === home);
  return location === undefined ? null : locationView(location, context);
}

/** `FulfillmentLineItem`. */
export function fulfillmentLineView(
  { id, line: position, quantity }: Fulfillment['lines'][number],
  order: Order,
  context: RequestContext,
) {
  const line = order.lines[position];
  if (line === undefined) return null;
  return {
    id: gid('FulfillmentLineItem', id),
    quantity,
    originalTotalSet: moneyBagView(times(line.unitPrice, quantity), order.exchange),
    discountedTotalSet: moneyBagView(portion(netOfLine(line), quantity, line.quantity), order.exchange),
    lineItem: () => lineView(line, position, order, context),
  };
}

/** `FulfillmentEvent`. */
export function eventView({ id, happenedAt, createdAt, estimatedDeliveryAt, ...event }: ParcelEvent) {
  return {
    ...event,
    id: gid('FulfillmentEvent', id),
    happenedAt: printMoment(happenedAt),
    createdAt: printMoment(createdAt),
    estimatedDeliveryAt: printMomentOrNull(estimatedDeliveryAt),
  };
}

const MANUAL_SERVICE = {
  id: gid('FulfillmentService', 'manual'),
  handle: 'manual',
  serviceName: 'Manual',
  type: 'MANUAL',
};

/** `Fulfillment`, without what refers back to its order. @param position of the parcel in its order, from 0 */
export function fulfillmentView(fulfillment: Fulfillment, position: number, order: Order, context: RequestContext) {
  const { id, status, displayStatus, at, inTransitAt, deliveredAt, changedAt, lines, events } = fulfillment;
  return {
    id: gid('Fulfillment', id),
    legacyResourceId: String(id),
    name: `${orderName(order)}-F${position + 1}`,
    status,
    displayStatus,
    createdAt: printMoment(at),
    updatedAt: printMoment(changedAt ?? Math.max(at, inTransitAt ?? 0, deliveredAt ?? 0)),
    inTransitAt: printMomentOrNull(inTransitAt),
    deliveredAt: printMomentOrNull(deliveredAt),
    estimatedDeliveryAt: printMomentOrNull(events.at(-1)?.estimatedDeliveryAt ?? null),
    originAddress: null,
    service: MANUAL_SERVICE,
    events: (page: PageArguments) => connection({ items: events, idOf: (event) => event.id, view: eventView }, page),
    requiresShipping: lines.some(({ line }) => order.lines[line]?.requiresShipping === true),
    totalQuantity: lines.reduce((units, { quantity }) => units + quantity, 0),
    location: () => homeLocationView(context),
    trackingInfo: ({ first }: { first?: number | null }) => fulfillment.tracking.slice(0, first ?? undefined),
    fulfillmentLineItems: (page: PageArguments) =>
      connection(
        { items: lines, idOf: (part) => part.id, view: (part) => fulfillmentLineView(part, order, context) },
        page,
      ),
  };
}
