import { z } from 'zod';
import type { JsonValue } from '#contract';
import { noContent, notFound, ok, RestFailure, type Answer, type Call, type Endpoint } from '../rest/answer.js';
import { readV2 } from '../rest/read-body.js';
import type { Order, Shipment } from '../state/rows.js';
import { changeOrder } from './change-order.js';
import { makeShipment, trackingFields } from './make-shipment.js';
import { addressesOf, linesOf, shipmentsOf } from './order-body.js';
import { orderIn, READ_ORDERS } from './order-reads.js';
import { WRITE_ORDERS } from './order-writes.js';
import { PARTIALLY_SHIPPED, SHIPPED } from './statuses.js';

/** docs: these move on when something ships; a refunded, cancelled or completed order stays what it is. */
const MOVES = new Set([1, 3, 7, 8, 9, 11, 12]);

const tracking = {
  tracking_number: z.string().max(50).exactOptional(),
  tracking_link: z.string().exactOptional(),
  tracking_carrier: z.string().exactOptional(),
  shipping_provider: z
    .string()
    .regex(/^(|auspost|canadapost|endicia|usps|fedex|ups|upsready|upsonline|shipperhq|royalmail|carrier_\w+)$/)
    .exactOptional(),
  shipping_method: z.string().exactOptional(),
  comments: z.string().exactOptional(),
  merchant_shipping_cost: z.string().exactOptional(),
};
const createSchema = z.object({
  ...tracking,
  order_address_id: z.number().int(),
  items: z.array(z.object({ order_product_id: z.number().int(), quantity: z.number().int().min(1) })).min(1),
});

const invalid = (field: string, reason: string): RestFailure =>
  new RestFailure(400, `The field '${field}' is invalid.`, { field, invalid_reason: reason });

/** Adds to what went out; less than nothing when a parcel is taken back. */
function countShipped(call: Call, order: Order, { order_address_id: addressId, items }: Shipment, sign: 1 | -1): void {
  const { lines, orderAddresses } = call.data.tables;
  let moved = 0;
  for (const { order_product_id: id, quantity } of items) {
    const line = lines.find(id);
    if (line === undefined) continue;
    lines.put({ ...line, quantity_shipped: line.quantity_shipped + sign * quantity });
    moved += sign * quantity;
  }
  const address = orderAddresses.find(addressId);
  if (address !== undefined) orderAddresses.put({ ...address, items_shipped: address.items_shipped + moved });
  const physical = linesOf(call.data, order.id).filter(({ type }) => type === 'physical');
  const all = physical.every(({ quantity, quantity_shipped: shipped }) => shipped >= quantity);
  const status = sign === 1 && MOVES.has(order.status_id) ? (all ? SHIPPED : PARTIALLY_SHIPPED) : order.status_id;
  // docs: taking a parcel back does not move the order back.
  changeOrder(call, order, { items_shipped: order.items_shipped + moved, status_id: status });
}

function createShipment(call: Call): Answer {
  const { data, now, emit } = call;
  const order = orderIn(call);
  const given = readV2(createSchema, call.body);
  const address = addressesOf(data, order.id).find(({ id }) => id === given.order_address_id);
  if (address === undefined) throw invalid('order_address_id', 'Not an address of the order.');
  const items = given.items.map(({ order_product_id: id, quantity }) => {
    const line = linesOf(data, order.id).find((one) => one.id === id && one.order_address_id === address.id);
    if (line === undefined) throw invalid('order_product_id', 'Not a product of the order that goes to this address.');
    if (quantity > line.quantity - line.quantity_shipped) throw invalid('quantity', 'More than there is left to ship.');
    return { order_product_id: id, product_id: line.product_id, quantity };
  });
  const { items: _items, order_address_id: _address, ...fields } = given;
  const id = data.tables.shipments.nextId();
  const said = fields as Readonly<Record<string, JsonValue>>;
  const shipment = data.tables.shipments.put(makeShipment(said, { id, order, address, items, at: now }));
  emit('store/shipment/created', { type: 'shipment', id, orderId: order.id });
  countShipped(call, order, shipment, 1);
  return { status: 201, body: shipment };
}

/** @throws {RestFailure} 404 */
function shipmentIn(call: Call): Shipment {
  const shipment = shipmentsOf(call.data, orderIn(call).id).find(({ id }) => id === Number(call.params['shipmentId']));
  if (shipment === undefined) throw notFound();
  return shipment;
}

/** docs: only what is said about a parcel can be edited, not what is in it. */
function updateShipment(call: Call): Answer {
  const before = shipmentIn(call);
  const given = readV2(z.object(tracking), call.body) as Readonly<Record<string, JsonValue>>;
  const shipment = call.data.tables.shipments.put({ ...before, ...trackingFields({ ...before, ...given }) });
  call.emit('store/shipment/updated', { type: 'shipment', id: shipment.id, orderId: shipment.order_id });
  return ok(shipment);
}

function deleteShipment(call: Call, shipment: Shipment): void {
  call.data.tables.shipments.remove(({ id }) => id === shipment.id);
  countShipped(call, orderIn(call), shipment, -1);
  call.emit('store/shipment/deleted', { type: 'shipment', id: shipment.id, orderId: shipment.order_id });
}

const PATH = '/v2/orders/:id/shipments';

/** Parcels of an order. */
export const SHIPMENT_ENDPOINTS: readonly Endpoint[] = [
  { method: 'POST', path: PATH, scopes: WRITE_ORDERS, handle: createShipment },
  { method: 'GET', path: `${PATH}/:shipmentId`, scopes: READ_ORDERS, handle: (call) => ok(shipmentIn(call)) },
  { method: 'PUT', path: `${PATH}/:shipmentId`, scopes: WRITE_ORDERS, handle: updateShipment },
  {
    method: 'DELETE',
    path: `${PATH}/:shipmentId`,
    scopes: WRITE_ORDERS,
    handle(call) {
      deleteShipment(call, shipmentIn(call));
      return noContent;
    },
  },
  {
    method: 'DELETE',
    path: PATH,
    scopes: WRITE_ORDERS,
    handle(call) {
      for (const shipment of shipmentsOf(call.data, orderIn(call).id)) deleteShipment(call, shipment);
      return noContent;
    },
  },
];
