import {
  GatewayError,
  type JsonValue,
  type ListOperation,
  type Mapped,
  type Operation,
  type OrderFilter,
  type OrderRecord,
  Unreadable,
} from '#contract';
import { readRecord, type RecordReading, readRecords } from '#kit';
import { z } from 'zod';
import { mapOrder } from './map-order.js';
import { advance, broken, isCrowded, positionBehind, readPosition, readRow, skipParameters } from './order-position.js';
import { type WooOrder, wooOrder } from './order-schema.js';
import { STATUS_FILTER } from './order-status.js';
import { SORT_COLUMNS, windowParameters } from './order-window.js';

const COLLECTION = 'wp-json/wc/v3/orders';

// The body came out of a JSON document; what an order must hold is the mapper's business, one by one.
const anyRecord = z.custom<JsonValue>((value) => value !== undefined);

const reading: RecordReading<WooOrder, OrderRecord> = {
  schema: wooOrder,
  map: mapOrder,
  identify: (raw) => wooOrder.pick({ id: true }).safeParse(raw).data?.id ?? null,
};

export const listOrders: ListOperation<OrderFilter, OrderRecord> = {
  // The platform's search is fuzzy and takes names, numbers and addresses alike, so no exact filter is built on it.
  filters: { updatedSince: true, createdSince: true, createdUntil: true, status: [...STATUS_FILTER.keys()] },
  sorts: ['-createdAt', 'createdAt', 'updatedAt', '-updatedAt'],
  maxPageSize: 100,
  async page(store, { filter, sort }, { size, state }) {
    const column = SORT_COLUMNS[sort];
    const at = readPosition(state);
    const skip = skipParameters(at, size);
    const reply = await store.http({
      path: COLLECTION,
      query: {
        ...windowParameters(filter, column, at && { second: at.second, alone: isCrowded(at) }),
        ...skip,
        ...statusParameter(filter),
        orderby: column.orderby,
        order: column.ascending ? 'asc' : 'desc',
      },
      effect: 'read',
      expect: z.array(anyRecord),
    });
    const rows = reply.data.map((raw) => readRow(raw, column));
    const { fresh, position, goesOn } = advance(at, rows, size, column);
    const records = fresh.map(({ raw }) => raw);
    const read = readRecords(records, reading);
    // A page may be short before the end too: what the key's owner may not see is taken out after counting.
    const isCutShort = Number(reply.header('x-wp-total') ?? NaN) - (skip.offset ?? 0) > skip.per_page;
    if (!goesOn && rows.length < skip.per_page && !isCutShort) {
      return isCrowded(at) ? { ...read, next: positionBehind(at, column) } : read;
    }
    if (position === undefined || JSON.stringify(position) === JSON.stringify(at)) throw broken('no way to go on');
    return { ...read, next: position };
  },
};

/** Without it the platform lists every status but `trash`. */
function statusParameter({ status }: OrderFilter): { status?: string } {
  if (status === undefined || status.length === 0) return {};
  const words = status.flatMap((value) => {
    const meant = STATUS_FILTER.get(value);
    if (meant === undefined)
      throw new GatewayError('filter_unsupported', `WooCommerce cannot filter by status ${value}.`);
    return meant;
  });
  return { status: [...new Set(words)].join(',') };
}

export const getOrder: Operation<{ readonly platformId: string }, Mapped<OrderRecord>> = {
  async run(store, { platformId }) {
    if (!/^[1-9]\d{0,17}$/.test(platformId)) throw new GatewayError('not_found', 'There is no such order.');
    const reply = await store.http({ path: `${COLLECTION}/${platformId}`, effect: 'read', expect: anyRecord });
    return { record: readOrder(reply.data, platformId), raw: reply.data };
  },
};

function readOrder(raw: JsonValue, platformId: string): OrderRecord {
  const answered = reading.identify(raw);
  if (answered !== platformId) throw broken(`order ${answered ?? 'without id'} where ${platformId} was asked for`);
  try {
    return readRecord(raw, reading);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    throw new GatewayError('record_unreadable', error.message, { platform: { id: 'woocommerce' }, cause: error });
  }
}
