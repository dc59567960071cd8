import {
  GatewayError,
  type ListOperation,
  type Mapped,
  type Operation,
  type OrderFilter,
  type OrderRecord,
  type OrderStatus,
} from '#contract';
import type { RecordReading } from '#kit';
import { mapOrder } from './map-order.js';
import { type WooOrder, wooOrder } from './order-schema.js';
import { STATUS_FILTER } from './order-status.js';
import { type Place, readOne, rejected } from './record-calls.js';
import { windowedPage } from './windowed-list.js';

const reading: RecordReading<WooOrder, OrderRecord> = {
  schema: wooOrder,
  map: mapOrder,
  identify: (raw) => wooOrder.pick({ id: true }).safeParse(raw).data?.id ?? null,
};

export const ORDERS: Place<WooOrder, OrderRecord> = { path: 'wp-json/wc/v3/orders', what: 'order', reading };

export const listOrders: ListOperation<OrderFilter, OrderRecord> = {
  // The platform's search is fuzzy and takes names, numbers and addresses alike, so no exact filter is built on it.
  filters: {
    updatedSince: true,
    createdSince: true,
    createdUntil: true,
    status: [...STATUS_FILTER.keys()],
    platformStatus: true,
  },
  sorts: ['-createdAt', 'createdAt', 'updatedAt', '-updatedAt'],
  maxPageSize: 100,
  async page(store, query, page) {
    const words = statusWords(query.filter);
    if (words?.length === 0) return { items: [], quarantined: [] };
    return await windowedPage(store, { ...ORDERS, query: { status: words?.join(',') } }, query, page);
  },
};

/** Which of the platform's statuses are asked for; without any it lists every status but `trash`. */
function statusWords({ status = [], platformStatus = [] }: OrderFilter): readonly string[] | undefined {
  const meant = status.flatMap(wordsOf);
  for (const word of platformStatus) {
    // A list to the platform, and `any` a word for all of them.
    const isWord = /^[\w-]{1,40}$/.test(word) && word !== 'any';
    if (!isWord) throw rejected(`No order has the status ${word}.`, 'platformStatus');
  }
  if (meant.length === 0 || platformStatus.length === 0) {
    const words = new Set([...meant, ...platformStatus]);
    return words.size === 0 ? undefined : [...words];
  }
  return [...new Set(meant)].filter((word) => platformStatus.includes(word));
}

function wordsOf(status: OrderStatus): readonly string[] {
  const words = STATUS_FILTER.get(status);
  if (words !== undefined) return words;
  throw new GatewayError('filter_unsupported', `WooCommerce cannot filter by status ${status}.`);
}

export const getOrder: Operation<{ readonly platformId: string }, Mapped<OrderRecord>> = {
  run: (store, { platformId }) => readOne(store, ORDERS, platformId),
};
