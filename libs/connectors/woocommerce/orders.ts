import {
  GatewayError,
  type ListOperation,
  type Mapped,
  type Operation,
  type OrderFilter,
  type OrderRecord,
} from '#contract';
import type { RecordReading } from '#kit';
import { mapOrder } from './map-order.js';
import { type WooOrder, wooOrder } from './order-schema.js';
import { STATUS_FILTER } from './order-status.js';
import { type Place, readOne } from './record-calls.js';
import { windowedPage } from './windowed-list.js';

const reading: RecordReading<WooOrder, OrderRecord> = {
  schema: wooOrder,
  map: mapOrder,
  identify: (raw) => wooOrder.pick({ id: true }).safeParse(raw).data?.id ?? null,
};

export const ORDERS: Place<WooOrder, OrderRecord> = { path: 'wp-json/wc/v3/orders', what: 'order', reading };

export const listOrders: ListOperation<OrderFilter, OrderRecord> = {
  // The platform's search is fuzzy and takes names, numbers and addresses alike, so no exact filter is built on it.
  filters: { updatedSince: true, createdSince: true, createdUntil: true, status: [...STATUS_FILTER.keys()] },
  sorts: ['-createdAt', 'createdAt', 'updatedAt', '-updatedAt'],
  maxPageSize: 100,
  page: (store, query, page) => windowedPage(store, { ...ORDERS, query: statusParameter(query.filter) }, query, page),
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
  run: (store, { platformId }) => readOne(store, ORDERS, platformId),
};
