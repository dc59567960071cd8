import { append, num, type Row, rowsOf, sumOf, text } from '../row.js';
import {
  addComment,
  type DocumentComment,
  documentItems,
  documentRow,
  type OrderWork,
  type Quantities,
  touch,
} from './documents.js';
import { settleState, startProcessing, toShip } from './order-rules.js';
import { isSku, reserve } from './reservations.js';

interface Shipping {
  readonly quantities: Quantities;
  readonly tracks: readonly Row[];
  readonly sourceCode: string;
  readonly comment?: DocumentComment;
}

/** Ships what is asked for, takes it off the shelf and gives its reservation back. */
export function shipOrder(work: OrderWork, { quantities, tracks, sourceCode, comment }: Shipping): Row {
  const { order, data } = work;
  const wanted = (item: Row): number => (quantities ? (quantities.get(num(item, 'item_id')) ?? 0) : toShip(item));
  const shipment = { ...documentRow(work, 'shipment'), packages: [] };
  const chosen = rowsOf(order, 'items').filter((item) => toShip(item) > 0 && wanted(item) > 0);
  const sent = new Set(chosen.map((item) => num(item, 'item_id')));
  const items = documentItems(
    work,
    'shipment',
    shipment,
    (item) => (sent.has(num(item, 'item_id')) ? wanted(item) : 0),
    (item) => ({
      price: num(item, 'price'),
      ...('weight' in item ? { weight: num(item, 'weight') } : {}),
    }),
  ).filter((item) => sent.has(num(item, 'order_item_id')));
  Object.assign(shipment, { items, tracks: [], total_qty: sumOf(...items.map((item) => num(item, 'qty'))) });
  Object.assign(shipment, { extension_attributes: { source_code: sourceCode } });
  for (const track of tracks) addTrack(work, shipment, track);
  addComment(work, shipment, 'shipment', comment);
  for (const item of chosen) {
    item['qty_shipped'] = sumOf(num(item, 'qty_shipped'), wanted(item));
    takeFromShelf(work, item, wanted(item), sourceCode);
  }
  data.tables.shipments.push(shipment);
  startProcessing(order);
  settleState(order);
  touch(work);
  return shipment;
}

function takeFromShelf({ data, order }: OrderWork, item: Row, quantity: number, sourceCode: string): void {
  const shelf = data.tables.sourceItems.find(
    (one) => isSku(one, text(item, 'sku')) && one['source_code'] === sourceCode,
  );
  if (shelf) shelf['quantity'] = sumOf(num(shelf, 'quantity'), -quantity);
  reserve(data, order, 'shipment_created', new Map([[text(item, 'sku'), quantity]]));
}

/** Recorded: shipment-get.json, shipment-track-add.json. */
export function addTrack({ data, order, now }: Omit<OrderWork, 'shop'>, shipment: Row, given: Row): Row {
  const track: Row = {
    order_id: num(order, 'entity_id'),
    created_at: now,
    entity_id: data.next('track'),
    parent_id: num(shipment, 'entity_id'),
    updated_at: now,
    weight: given['weight'] ?? null,
    qty: given['qty'] ?? null,
    description: given['description'] ?? null,
    track_number: text(given, 'track_number'),
    title: text(given, 'title'),
    carrier_code: text(given, 'carrier_code'),
  };
  append(shipment, 'tracks', track);
  return track;
}
