import type { ConnectedStore, HttpCall, JsonValue, Mapped, OrderRecord, Written } from '#contract';
import { anyJson, mapOne, type RecordReading } from '#kit';
import { z } from 'zod';
import { mailInstant } from './atoms.js';
import { mapOrder } from './map-order.js';
import { linesOf, type RawOrder, rawOrder } from './order-schema.js';
import { missing, type RecordNumber, recordNumber, type Rows } from './record-calls.js';
import type { Dialect } from './timed-page.js';

type Query = NonNullable<HttpCall<unknown>['query']>;

/** With it an order comes with its lines, its addresses and its fees: otherwise each is a call of its own. */
export const WHOLE_ORDER: Query = { include: 'consignments.line_items,fees', consignment_structure: 'object' };

export const orderReading: RecordReading<RawOrder, OrderRecord> = {
  schema: rawOrder,
  map: mapOrder,
  identify: (raw) => rawOrder.pick({ id: true }).safeParse(raw).data?.id ?? null,
};

/** An order as it was printed, for what has to look at it before it writes. */
export const orderAsPrinted: RecordReading<RawOrder, RawOrder> = { ...orderReading, map: (order) => order };

/** The path of an order, or of what belongs to it. */
export function orderPath(number: RecordNumber, below = ''): string {
  return `v2/orders/${number}${below}`;
}

/** Nothing left to list is answered with 204 and no body (docs: API status codes; fact sheet, c). */
const v2Rows = z.array(anyJson).optional();
const v3Rows = z.object({ data: z.array(anyJson) }).optional();

/** The rows of a V2 collection that one call answers. V2 does not say how many there are. */
export async function readV2Rows(store: ConnectedStore, path: string, query: Query): Promise<Rows> {
  const { data = [] } = await store.http({ path, query, effect: 'read', expect: v2Rows });
  return { rows: data, total: null, more: data.length > 0 && data.length === query['limit'] };
}

/** Of V2. Both bounds are inclusive, and whole seconds (bigcommerce-api-ruby issues 43 and 60). */
export const V2: Dialect = { read: readV2Rows, bound: (field, side) => `${side}_${field}`, instant: mailInstant };

const MOST = 250;

/** All rows of what belongs to one order; seldom more than one call. */
export async function allV2Rows(store: ConnectedStore, path: string): Promise<readonly JsonValue[]> {
  const all: JsonValue[] = [];
  for (let page = 1; ; page += 1) {
    const { rows, more } = await readV2Rows(store, path, { page, limit: MOST });
    all.push(...rows);
    if (!more) return all;
  }
}

/** One order with its lines, as it was printed. */
export async function readOrder(store: ConnectedStore, platformId: string): Promise<JsonValue> {
  const path = orderPath(recordNumber(platformId, 'order'));
  const { data } = await store.http({ path, query: WHOLE_ORDER, effect: 'read', expect: anyJson.optional() });
  if (data === undefined) throw missing('order');
  return data;
}

/** The same, read. Shipments and refunds are not fetched. */
export async function readPrinted(store: ConnectedStore, platformId: string): Promise<RawOrder> {
  return mapOne('bigcommerce', 'orders.get', await readOrder(store, platformId), orderAsPrinted).record;
}

/** One order and all that belongs to it: one call, one more if something was sent, and one if something was given back. */
export async function readWhole(store: ConnectedStore, platformId: string): Promise<Mapped<OrderRecord>> {
  const [whole] = await withParts(store, [await readOrder(store, platformId)]);
  return mapOne('bigcommerce', 'orders.get', whole ?? null, orderReading);
}

/** What a write answered, with what belongs to the order. */
export async function wholeOf(store: ConnectedStore, printed: JsonValue): Promise<Written<OrderRecord>> {
  const [whole] = await withParts(store, [printed]);
  return mapOne('bigcommerce', 'orders.get', whole ?? null, orderReading);
}

/**
 * Orders with their shipments and refunds beside them. Refunds of all of them come in one call; shipments take one for each
 * order of which something was sent.
 */
export async function withParts(store: ConnectedStore, printed: readonly JsonValue[]): Promise<readonly JsonValue[]> {
  // One that cannot be read is not worth a call.
  const orders = printed.map((raw) => rawOrder.safeParse(raw).data);
  const refunds = await refundsOf(
    store,
    orders.flatMap((order) => (order !== undefined && mayBeRefunded(order) ? [order.id] : [])),
  );
  return await Promise.all(
    printed.map(async (raw, index) => {
      const order = orders[index];
      if (order === undefined || !isRecord(raw)) return raw;
      const shipments = mayBeSent(order) ? await allV2Rows(store, shipmentsPath(order.id)) : [];
      return { ...raw, shipments: [...shipments], refunds: refunds.filter((refund) => isOf(refund, order.id)) };
    }),
  );
}

export function shipmentsPath(orderId: string): string {
  return orderPath(recordNumber(orderId, 'order'), '/shipments');
}

function isRecord(raw: JsonValue): raw is { readonly [key: string]: JsonValue } {
  return typeof raw === 'object' && raw !== null && !Array.isArray(raw);
}

const refundHead = z.object({ order_id: z.union([z.int(), z.string()]) });

function isOf(refund: JsonValue, orderId: string): boolean {
  return String(refundHead.safeParse(refund).data?.order_id) === orderId;
}

// The order's own `refunded_amount` is always 0 (orders.v2.oas2.yml), but a refund moves one of these.
const REFUNDED_STATUSES: ReadonlySet<number> = new Set([4, 14]);

function mayBeRefunded(order: RawOrder): boolean {
  const { status_id: id, payment_status: word } = order;
  return (
    REFUNDED_STATUSES.has(id) ||
    /refund/.test(word ?? '') ||
    linesOf(order).some(({ quantity_refunded: quantity }) => (quantity ?? 0) > 0)
  );
}

function mayBeSent(order: RawOrder): boolean {
  return (order.items_shipped ?? 0) > 0 || linesOf(order).some(({ quantity_shipped: quantity }) => (quantity ?? 0) > 0);
}

/** The refunds of some orders, oldest first. */
export async function refundsOf(store: ConnectedStore, orderIds: readonly string[]): Promise<readonly JsonValue[]> {
  const all: JsonValue[] = [];
  for (let page = 1; orderIds.length > 0; page += 1) {
    const query = { 'order_id:in': orderIds.join(','), page, limit: MOST };
    const call = { path: 'v3/orders/payment_actions/refunds', query };
    const { data } = await store.http({ ...call, effect: 'read', expect: v3Rows });
    all.push(...(data?.data ?? []));
    if ((data?.data.length ?? 0) < MOST) break;
  }
  return all;
}
