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
import { type MagentoOrder, magentoOrder } from './order-schema.js';
import { STATUS_FILTER, wordsOf } from './order-status.js';
import { API, readOne, rejected } from './record-calls.js';
import { type Group, where } from './search-criteria.js';
import { searchPage } from './search-page.js';
import { pageOfView } from './store-view.js';

const reading: RecordReading<MagentoOrder, OrderRecord> = {
  schema: magentoOrder,
  map: mapOrder,
  identify: (raw) => magentoOrder.pick({ entity_id: true }).safeParse(raw).data?.entity_id ?? null,
};

export const ORDERS = { path: `${API}orders`, what: 'order', reading };

/** How orders and what belongs to them are numbered. */
export const ENTITY = { column: 'entity_id', field: 'entity_id' } as const;

export const listOrders: ListOperation<OrderFilter, OrderRecord> = {
  filters: {
    updatedSince: true,
    createdSince: true,
    createdUntil: true,
    status: STATUS_FILTER,
    platformStatus: true,
    customerEmail: true,
    number: true,
  },
  sorts: ['-createdAt', 'createdAt', 'updatedAt', '-updatedAt'],
  maxPageSize: 100,
  async page(store, query, page) {
    const groups = [...statusGroups(query.filter), ...exactGroups(query.filter)];
    return await pageOfView(store, 'store_id', page, (within, inner) =>
      searchPage(store, { ...ORDERS, id: ENTITY, where: [...groups, ...within] }, query, inner),
    );
  },
};

function exactGroups({ customerEmail, number }: OrderFilter): readonly Group[] {
  return [
    ...(customerEmail === undefined ? [] : [where('customer_email', 'eq', customerEmail)]),
    ...(number === undefined ? [] : [where('increment_id', 'eq', number)]),
  ];
}

/** An order without a state counts as what its status says: (no state, or one of these) and (one of these, or the status). */
function statusGroups({ status = [], platformStatus = [] }: OrderFilter): readonly Group[] {
  const words = status.map((one) => {
    const found = wordsOf(one);
    if (found.states.length > 0) return found;
    throw new GatewayError('filter_unsupported', `Magento cannot filter by status ${one}.`);
  });
  const [inState] = where('state', 'in', words.flatMap(({ states }) => states).join(','));
  const statuses = words.flatMap((word) => word.statuses).join(',');
  const named = platformStatus.map(checkedWord).join(',');
  return [
    ...(inState === undefined || words.length === 0
      ? []
      : [
          [inState, ...where('state', 'null', '1')],
          [inState, ...where('status', 'in', statuses)],
        ]),
    ...(named === '' ? [] : [[...where('status', 'in', named), ...where('state', 'in', named)]]),
  ];
}

function checkedWord(word: string): string {
  if (/^[\w-]{1,40}$/.test(word)) return word;
  throw rejected(`No order has the status ${word}.`, 'platformStatus');
}

export const getOrder: Operation<{ readonly platformId: string }, Mapped<OrderRecord>> = {
  run: (store, { platformId }) => readOne(store, ORDERS, platformId),
};
