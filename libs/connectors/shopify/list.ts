import {
  type ConnectedStore,
  GatewayError,
  type JsonValue,
  type ListOperation,
  type ListQuery,
  type PageState,
  type Sort,
} from '#contract';
import { graphql, readPageState, readRecords, type RecordReading } from '#kit';
import { z } from 'zod';
import { type Rows, connection, json } from './connection.js';
import { GRAPHQL_PATH, connectionCost } from './documents.js';

/** How a connection of the platform is read as one of our lists. */
export interface ListSource<Filter, Raw, T> {
  readonly document: string;
  /** Where the connection is in the answer: `['orders']`, or `['order', 'returns']`. */
  readonly path: readonly [string, ...string[]];
  readonly filters: ListOperation<Filter, T>['filters'];
  readonly sorts: readonly [Sort, ...Sort[]];
  readonly maxPageSize: number;
  /** Units reserved for one node with all its fields, by the arithmetic of `documents.ts`. */
  readonly nodeCost: number;
  /** What lies around the connection, such as the order its rows belong to. */
  readonly baseCost?: number;
  /** All variables but `first` and `after`. */
  variables(query: ListQuery<Filter>, store: ConnectedStore): Readonly<Record<string, JsonValue>>;
  /** The error for an owner that is null, such as the order whose returns were asked for. */
  missing?(filter: Filter): GatewayError;
  /** Reads again by itself what did not fit into the page, or turns nodes into other rows. */
  readonly whole?: (
    store: ConnectedStore,
    nodes: readonly JsonValue[],
    filter: Filter,
  ) => JsonValue[] | Promise<JsonValue[]>;
  readonly reading: RecordReading<Raw, T> | ((filter: Filter, store: ConnectedStore) => RecordReading<Raw, T>);
  /** Whether a record is one that was asked for: the platform's search may find more. */
  readonly fits?: (filter: Filter, record: T) => boolean;
}

const pageState = z.object({ after: z.string(), size: z.int().positive().optional() });
type From = z.infer<typeof pageState>;

/** A list over one connection: paged by cursor, smaller where the platform finds a page too dear, ended without fail. */
export function listOf<Filter extends object, Raw, T>(source: ListSource<Filter, Raw, T>): ListOperation<Filter, T> {
  return {
    filters: source.filters,
    sorts: source.sorts,
    maxPageSize: source.maxPageSize,
    async page(store, query, { size, state }) {
      const { filter } = query;
      const from = readPageState(pageState, state);
      const wanted = Math.min(size, from?.size ?? size, source.maxPageSize);
      const variables = { after: from?.after ?? null, ...source.variables(query, store) };
      const { rows, size: used } = await readRows(store, source, filter, variables, wanted);
      const next = nextState(rows, from, used < size ? used : undefined);
      const nodes = (await source.whole?.(store, rows.nodes, filter)) ?? rows.nodes;
      const reading = typeof source.reading === 'function' ? source.reading(filter, store) : source.reading;
      const { items, quarantined } = readRecords(nodes, reading);
      const found = items.filter(({ record }) => source.fits?.(filter, record) ?? true);
      return { items: found, quarantined, ...(next === undefined ? {} : { next }) };
    },
  };
}

/** Whether there is more is what `hasNextPage` says: a page may be empty in the middle (issue Shopify/shopify-api-js #947). */
function nextState(rows: Rows<JsonValue>, from: From | undefined, size: number | undefined): PageState | undefined {
  if (!rows.hasNextPage) return undefined;
  return { after: cursorAfter(rows, from?.after), ...(size === undefined ? {} : { size }) };
}

/** @throws GatewayError `platform_contract_broken` for a list that goes on where it was: it would never end. */
export function cursorAfter({ endCursor }: Pick<Rows<unknown>, 'endCursor'>, previous: string | undefined): string {
  if (endCursor !== null && endCursor !== previous) return endCursor;
  throw new GatewayError('platform_contract_broken', 'A list of the shop goes on, but its cursor does not', {
    platform: { id: 'shopify' },
  });
}

/** Asks for fewer records while the platform finds the query too dear; the size that worked is kept for the next page. */
async function readRows<Filter extends object, Raw, T>(
  store: ConnectedStore,
  source: ListSource<Filter, Raw, T>,
  filter: Filter,
  variables: Readonly<Record<string, JsonValue>>,
  size: number,
): Promise<{ readonly rows: Rows<JsonValue>; readonly size: number }> {
  try {
    const data = await graphql(store, {
      path: GRAPHQL_PATH,
      document: source.document,
      variables: { first: size, ...variables },
      effect: 'read',
      expect: connectionAt(source.path),
      cost: (source.baseCost ?? 0) + connectionCost(size, source.nodeCost),
    });
    if (data === null) throw source.missing?.(filter) ?? new TypeError('a list without an owner has no missing one');
    return { rows: data, size };
  } catch (error) {
    const tooDear = GatewayError.is(error) && error.context.platform?.code === 'MAX_COST_EXCEEDED';
    if (!tooDear || size <= 1) throw error;
    return readRows(store, source, filter, variables, Math.floor(size / 2));
  }
}

/** The connection at a path; null where what should hold it is null. */
function connectionAt([name, ...deeper]: readonly string[]): z.ZodType<Rows<JsonValue> | null> {
  if (name === undefined) return connection(json);
  const below = connectionAt(deeper);
  const place = z.object({ [name]: deeper.length === 0 ? below : below.nullable() });
  return place.transform((found) => found[name] ?? null);
}
