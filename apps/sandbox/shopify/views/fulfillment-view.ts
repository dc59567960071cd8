import { connection, type PageArguments } from '../graphql/connection.js';
import { printMoment, printMomentOrNull } from '../graphql/moment.js';
import { portion, times } from '../orders/bag.js';
import type { Fulfillment, Order } from '../orders/order.js';
import { netOfLine } from '../orders/order-totals.js';
import type { Shop } from '../shops.js';
import { gid } from './gid.js';
import { lineView } from './line-view.js';
import { moneyBagView } from './money-view.js';

/** `Location`: each shop has one. */
export function locationView(shop: Shop) {
  const id = shop.id + 17;
  return { id: gid('Location', id), legacyResourceId: String(id), name: shop.address.address1 };
}

function partView({ id, line: position, quantity }: Fulfillment['lines'][number], order: Order, shop: Shop) {
  const line = order.lines[position];
  if (line === undefined) return null;
  return {
    id: gid('FulfillmentLineItem', id),
    quantity,
    originalTotalSet: moneyBagView(times(line.unitPrice, quantity), order.exchange),
    discountedTotalSet: moneyBagView(portion(netOfLine(line), quantity, line.quantity), order.exchange),
    lineItem: () => lineView(line, position, order, shop),
  };
}

/** `Fulfillment`. @param position of the parcel in its order, from 0 */
export function fulfillmentView(fulfillment: Fulfillment, position: number, order: Order, shop: Shop) {
  const { id, status, displayStatus, at, inTransitAt, deliveredAt, lines } = fulfillment;
  return {
    id: gid('Fulfillment', id),
    legacyResourceId: String(id),
    name: `#${order.number}-F${position + 1}`,
    status,
    displayStatus,
    createdAt: printMoment(at),
    updatedAt: printMoment(Math.max(at, inTransitAt ?? 0, deliveredAt ?? 0)),
    inTransitAt: printMomentOrNull(inTransitAt),
    deliveredAt: printMomentOrNull(deliveredAt),
    estimatedDeliveryAt: null,
    requiresShipping: lines.some(({ line }) => order.lines[line]?.requiresShipping === true),
    totalQuantity: lines.reduce((units, { quantity }) => units + quantity, 0),
    location: locationView(shop),
    trackingInfo: ({ first }: { first?: number | null }) => fulfillment.tracking.slice(0, first ?? undefined),
    fulfillmentLineItems: (page: PageArguments) =>
      connection({ items: lines, idOf: (part) => part.id, view: (part) => partView(part, order, shop) }, page),
  };
}
