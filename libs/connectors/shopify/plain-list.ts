import { GatewayError, type JsonValue, type ListOperation, type OfOrderFilter } from '#contract';
import { graphql, readPageState, readRecords, type RecordReading } from '#kit';
import { z } from 'zod';
import { json } from './connection.js';
import { GRAPHQL_PATH } from './documents.js';
import { globalId, notFound } from './global-id.js';

/** The order that owns the rows, as far as they need it. */
export interface Owner {
  readonly id: string;
  readonly currency: string;
}

interface PlainSource<Raw, T> {
  readonly operation: string;
  readonly document: string;
  /** The field of the order that is the list. */
  readonly field: string;
  readonly cost: number;
  reading(owner: Owner): RecordReading<Raw, T>;
}

/** The most rows such a list hands out. */
const MOST = 250;
const pageState = z.object({ offset: z.int().positive().max(MOST) });
const owner = z.looseObject({ id: z.string(), currencyCode: z.string() });

/**
 * A list of an order that has no cursor: read whole, oldest first, so that rows added meanwhile move none of those before,
 * and handed out page by page. What lies beyond its bound cannot be read, and that is said.
 */
export function plainListOf<Raw, T>(source: PlainSource<Raw, T>): ListOperation<OfOrderFilter, T> {
  return {
    filters: { orderId: true },
    sorts: ['createdAt'],
    maxPageSize: MOST,
    async page(store, { filter: { orderId } }, { size, state }) {
      const offset = readPageState(pageState, state)?.offset ?? 0;
      const { order } = await graphql(store, {
        path: GRAPHQL_PATH,
        document: source.document,
        variables: { id: globalId('Order', orderId) },
        effect: 'read',
        expect: z.object({ order: owner.nullable() }),
        cost: source.cost,
      });
      if (order === null) throw notFound('Order', orderId);
      const rows = z.array(json).safeParse(order[source.field]);
      if (!rows.success) throw broken(source);
      if (rows.data.length >= MOST) throw tooMany(source);
      const reading = source.reading({ id: order.id, currency: order.currencyCode });
      const page = readRecords(rows.data.slice(offset, offset + size), reading);
      const next: JsonValue = { offset: offset + size };
      return { ...page, ...(rows.data.length > offset + size ? { next } : {}) };
    },
  };
}

function broken({ operation, field }: { readonly operation: string; readonly field: string }): GatewayError {
  return new GatewayError('platform_contract_broken', `Shopify answered an order without its ${field}`, {
    platform: { id: 'shopify' },
    operation,
  });
}

function tooMany({ operation, field }: { readonly operation: string; readonly field: string }): GatewayError {
  return new GatewayError('record_unreadable', `The order has more ${field} than Shopify hands out (${MOST})`, {
    platform: { id: 'shopify' },
    operation,
  });
}
