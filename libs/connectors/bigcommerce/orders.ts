import {
  emulated,
  type JsonValue,
  type ListOperation,
  type Mapped,
  type Operation,
  type OrderFilter,
  type OrderRecord,
  type Sort,
} from '#contract';
import { readRecords } from '#kit';
import { z } from 'zod';
import { orderReading, readWhole, V2, WHOLE_ORDER, withParts } from './order-calls.js';
import { INCOMPLETE, numbersOf, STATUS_NUMBERS } from './order-status.js';
import { rejected } from './record-calls.js';
import { type Column, timedRows } from './timed-page.js';

const SORTS: Readonly<Record<Sort, Column>> = {
  createdAt: column('date_created', true),
  '-createdAt': column('date_created', false),
  updatedAt: column('date_modified', true),
  '-updatedAt': column('date_modified', false),
};

function column(field: 'date_created' | 'date_modified', ascending: boolean): Column {
  return { dialect: V2, field, ascending, query: { sort: `${field}:${ascending ? 'asc' : 'desc'}` } };
}

export const listOrders = emulated<ListOperation<OrderFilter, OrderRecord>>(
  {
    filters: {
      updatedSince: true,
      createdSince: true,
      createdUntil: true,
      // The platform takes one number of a status; several are sorted out here.
      status: ['open', 'completed', 'canceled'],
      platformStatus: true,
      customerEmail: true,
      number: true,
    },
    sorts: ['-createdAt', 'createdAt', 'updatedAt', '-updatedAt'],
    // Shipments are a call for each order, and 150 calls in 30 seconds are all that a shop's apps have together.
    maxPageSize: 50,
    async page(store, { filter, sort }, page) {
      const { number } = filter;
      if (number !== undefined && !/^[1-9]\d{0,9}$/.test(number)) return { items: [], quarantined: [] };
      const wanted = statusesIn(filter);
      if (wanted.size === 0) return { items: [], quarantined: [] };
      const query = {
        ...WHOLE_ORDER,
        status_id: wanted.size === 1 ? [...wanted][0] : undefined,
        email: filter.customerEmail,
        min_id: number,
        max_id: number,
      };
      const selection = { path: 'v2/orders', query, keeps: (raw: JsonValue) => isWanted(raw, wanted) };
      const { rows, next } = await timedRows(store, selection, { filter, column: SORTS[sort] }, page);
      const read = readRecords(await withParts(store, rows), orderReading);
      return { ...read, ...(next !== undefined && { next }) };
    },
  },
  'A page costs one call, one more if money of one of its orders was given back, and one for each order of which something was sent. Purchases that were never finished are left out, and so are other statuses where several are asked for: a page may hold less than it could.',
);

const statusHead = z.object({ status_id: z.int() });

/** An order without a readable status is not lost: it is quarantined with its reason. */
function isWanted(raw: JsonValue, wanted: ReadonlySet<number>): boolean {
  const id = statusHead.safeParse(raw).data?.status_id;
  // A number that is new to us is one of no filter, and shown where none is set.
  return id === undefined || wanted.has(id) || (!STATUS_NUMBERS.includes(id) && wanted.size === ALL);
}

const ALL = STATUS_NUMBERS.length - 1;

/**
 * Which numbers are asked for. Without a filter all but 0: what never got beyond the checkout is no order yet. Asked for by
 * its number, it is given.
 */
function statusesIn({ status = [], platformStatus = [] }: OrderFilter): ReadonlySet<number> {
  const meant = new Set(status.flatMap(numbersOf));
  const named = platformStatus.map(numberOf);
  if (named.length === 0)
    return status.length === 0 ? new Set(STATUS_NUMBERS.filter((one) => one !== INCOMPLETE)) : meant;
  return new Set(status.length === 0 ? named : named.filter((one) => meant.has(one)));
}

/** The number alone is the platform's own: its names are the merchant's to change. */
function numberOf(word: string): number {
  if (/^\d{1,3}$/.test(word)) return Number(word);
  throw rejected('Statuses of BigCommerce are asked for by their number, such as 11.', 'platformStatus');
}

export const getOrder: Operation<{ readonly platformId: string }, Mapped<OrderRecord>> = {
  run: (store, { platformId }) => readWhole(store, platformId),
};
