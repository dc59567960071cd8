import { connection, type PageArguments } from '../graphql/connection.js';
import { printMoment } from '../graphql/moment.js';
import type { FulfillmentOrder, FulfillmentOrderLine } from '../orders/fulfillment-orders.js';
import type { Order } from '../orders/order.js';
import { orderName } from '../orders/order-status.js';
import type { RequestContext } from '../graphql/request-context.js';
import { homeLocationView } from './fulfillment-view.js';
import { homeLocationOf } from '../orders/home-location.js';
import { gid } from './gid.js';
import { lineView } from './line-view.js';

function lineOfView(
  { id, line: position, total, remaining }: FulfillmentOrderLine,
  order: Order,
  context: RequestContext,
) {
  const line = order.lines[position];
  if (line === undefined) return null;
  const lineItem = () => lineView(line, position, order, context);
  return {
    id: gid('FulfillmentOrderLineItem', id),
    totalQuantity: total,
    remainingQuantity: remaining,
    productTitle: line.title,
    variantTitle: line.variantTitle,
    requiresShipping: line.requiresShipping,
    sku: line.sku,
    vendor: line.vendor,
    lineItem,
    variant: () => lineItem().variant(),
  };
}

function assignedView(context: RequestContext) {
  const { address1, city, province, zip, countryCode, phone } = context.shop.address;
  const location = () => homeLocationView(context);
  return {
    ...{ address1, city, province, zip, countryCode, phone },
    address2: null,
    name: homeLocationOf(context.shop).name,
    location,
  };
}

function destinationView({ id, shippingAddress, email }: Order) {
  if (shippingAddress === null) return null;
  return { ...shippingAddress, id: gid('FulfillmentOrderDestination', id), email };
}

const HELD = { displayReason: 'Other', handle: '', heldByRequestingApp: false, reason: 'OTHER', reasonNotes: null };

/** `FulfillmentOrder`, without what refers back to its order. */
export function fulfillmentOrderView(
  { id, status, lines, actions }: FulfillmentOrder,
  order: Order,
  context: RequestContext,
) {
  return {
    id: gid('FulfillmentOrder', id),
    status,
    requestStatus: 'UNSUBMITTED',
    createdAt: printMoment(order.createdAt),
    updatedAt: printMoment(order.updatedAt),
    fulfillAt: printMoment(order.createdAt),
    fulfillBy: null,
    orderId: gid('Order', order.id),
    orderName: orderName(order),
    orderProcessedAt: printMoment(order.processedAt ?? order.createdAt),
    assignedLocation: assignedView(context),
    destination: destinationView(order),
    fulfillmentHolds: status === 'ON_HOLD' ? [{ ...HELD, id: gid('FulfillmentHold', id) }] : [],
    supportedActions: actions.map((action) => ({ action, externalUrl: null })),
    lineItems: (page: PageArguments) =>
      connection({ items: lines, idOf: (line) => line.id, view: (line) => lineOfView(line, order, context) }, page),
  };
}
