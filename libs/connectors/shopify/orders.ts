import {
  type ConnectedStore,
  GatewayError,
  type JsonValue,
  type ListOperation,
  type Mapped,
  type Operation,
  type OrderFilter,
  type OrderRecord,
  type Sort,
  Unreadable,
} from '#contract';
import { graphql, readRecord, readRecords } from '#kit';
import { z } from 'zod';
import { type Rows, connection, isCutShort, json } from './connection.js';
import {
  COST,
  GRAPHQL_PATH,
  MAX_PAGE_SIZE,
  ORDERS_PAGE,
  ORDER_BY_ID,
  ORDER_LINE_ITEMS,
  pageCost,
} from './documents.js';
import { orderId, orderReading } from './order-mapper.js';
import { ORDER_FILTERS, fits, searchQuery } from './order-query.js';

/** 50 pages of 250 lines; an order with more is quarantined rather than read for minutes. */
const MAX_LINE_PAGES = 50;

const SORT_KEYS: Readonly<Record<Sort, { readonly sortKey: string; readonly reverse: boolean }>> = {
  '-createdAt': { sortKey: 'CREATED_AT', reverse: true },
  createdAt: { sortKey: 'CREATED_AT', reverse: false },
  '-updatedAt': { sortKey: 'UPDATED_AT', reverse: true },
  updatedAt: { sortKey: 'UPDATED_AT', reverse: false },
};

const pageState = z.object({ after: z.string(), size: z.int().positive().optional() });
type PageState = z.infer<typeof pageState>;

export const listOrders: ListOperation<OrderFilter, OrderRecord> = {
  filters: ORDER_FILTERS,
  sorts: ['-createdAt', 'createdAt', 'updatedAt', '-updatedAt'],
  maxPageSize: MAX_PAGE_SIZE,
  async page(store, { filter, sort }, { size, state }) {
    const from = readState(state);
    const wanted = Math.min(size, from?.size ?? size, MAX_PAGE_SIZE);
    const variables = { after: from?.after ?? null, query: searchQuery(filter), ...SORT_KEYS[sort] };
    const { rows, size: used } = await readPage(store, variables, wanted);
    const next = nextState(rows, from, used < size ? used : undefined);
    const { items, quarantined } = readRecords(await wholeOrders(store, rows.nodes), orderReading);
    const found = items.filter(({ record }) => fits(filter, record));
    return { items: found, quarantined, ...(next === undefined ? {} : { next }) };
  },
};

export const getOrder: Operation<{ readonly platformId: string }, Mapped<OrderRecord>> = {
  async run(store, { platformId }) {
    const raw = await readOrder(store, globalId(platformId));
    if (raw === null) throw notFound(platformId);
    try {
      return { record: readRecord(raw, orderReading), raw };
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      throw new GatewayError('record_unreadable', error.message, { operation: 'orders.get', cause: error });
    }
  },
};

function readState(state: JsonValue | undefined): PageState | undefined {
  if (state === undefined) return undefined;
  const read = pageState.safeParse(state);
  if (!read.success) throw new GatewayError('cursor_invalid', 'This cursor is not one of this list');
  return read.data;
}

/** Whether there is more is what `hasNextPage` says: a page may be empty in the middle (issue Shopify/shopify-api-js #947). */
function nextState(
  rows: Rows<JsonValue>,
  from: PageState | undefined,
  size: number | undefined,
): JsonValue | undefined {
  if (!rows.hasNextPage) return undefined;
  return { after: cursorAfter(rows, from?.after), ...(size === undefined ? {} : { size }) };
}

/** @throws GatewayError `platform_contract_broken` for a list that goes on where it was: it would never end. */
function cursorAfter({ endCursor }: Rows<JsonValue>, previous: string | undefined): string {
  if (endCursor !== null && endCursor !== previous) return endCursor;
  throw new GatewayError('platform_contract_broken', 'A list of the shop goes on, but its cursor does not', {
    platform: { id: 'shopify' },
  });
}

/** Asks for fewer orders while the platform finds the query too dear; the size that worked is kept for the next page. */
async function readPage(
  store: ConnectedStore,
  variables: Readonly<Record<string, JsonValue>>,
  size: number,
): Promise<{ readonly rows: Rows<JsonValue>; readonly size: number }> {
  try {
    const data = await graphql(store, {
      path: GRAPHQL_PATH,
      document: ORDERS_PAGE,
      variables: { first: size, ...variables },
      effect: 'read',
      expect: z.object({ orders: connection(json) }),
      cost: pageCost(size),
    });
    return { rows: data.orders, size };
  } catch (error) {
    const tooDear = GatewayError.is(error) && error.context.platform?.code === 'MAX_COST_EXCEEDED';
    if (!tooDear || size <= 1) throw error;
    return readPage(store, variables, Math.floor(size / 2));
  }
}

/** Reads again by itself what did not fit into the page. An order deleted in between is left out. */
async function wholeOrders(store: ConnectedStore, nodes: readonly JsonValue[]): Promise<JsonValue[]> {
  const whole: JsonValue[] = [];
  for (const node of nodes) {
    const id = isCutShort(node) ? orderId(node) : null;
    if (id === null) {
      whole.push(node);
      continue;
    }
    const order = await readOrder(store, id).catch(cutShort(node));
    if (order !== null) whole.push(order);
  }
  return whole;
}

/** What will be refused every time costs that order, which is quarantined then, and not the page for ever. */
function cutShort(node: JsonValue): (error: unknown) => JsonValue {
  return (error) => {
    if (GatewayError.is(error, 'request_rejected', 'platform_contract_broken')) return node;
    throw error;
  };
}

/** The raw order with all its lines, or null when the shop has none of that id, or none that young. */
async function readOrder(store: ConnectedStore, id: string): Promise<JsonValue> {
  const data = await graphql(store, {
    path: GRAPHQL_PATH,
    document: ORDER_BY_ID,
    variables: { id },
    effect: 'read',
    expect: z.object({ order: json.optional(), orderByIdentifier: json.optional() }),
    cost: COST.order,
  });
  const raw = data.order ?? data.orderByIdentifier ?? null;
  const lines = z.object({ lineItems: connection(json) }).safeParse(raw);
  if (!lines.success || !lines.data.lineItems.hasNextPage || !isRecord(raw)) return raw;
  return { ...raw, lineItems: await readLines(store, id, lines.data.lineItems) };
}

async function readLines(store: ConnectedStore, id: string, first: Rows<JsonValue>): Promise<JsonValue> {
  let rows = first;
  let after: string | undefined;
  const nodes = [...first.nodes];
  for (let page = 1; rows.hasNextPage && page < MAX_LINE_PAGES; page += 1) {
    after = cursorAfter(rows, after);
    const data = await graphql(store, {
      path: GRAPHQL_PATH,
      document: ORDER_LINE_ITEMS,
      variables: { id, after },
      effect: 'read',
      expect: z.object({ order: z.object({ lineItems: connection(json) }) }),
      cost: COST.moreLines,
    });
    rows = data.order.lineItems;
    nodes.push(...rows.nodes);
  }
  return { nodes, pageInfo: { hasNextPage: rows.hasNextPage } };
}

/** Accepts the number that older integrations keep; the platform's own id is the global one. */
function globalId(platformId: string): string {
  if (/^\d{1,20}$/.test(platformId)) return `gid://shopify/Order/${platformId}`;
  if (/^gid:\/\/shopify\/Order\/\d{1,20}$/.test(platformId)) return platformId;
  throw notFound(platformId);
}

function isRecord(value: JsonValue): value is Readonly<Record<string, JsonValue>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function notFound(platformId: string): GatewayError<'not_found'> {
  return new GatewayError('not_found', `The shop has no order ${platformId.slice(0, 60)}, or shows only younger ones`, {
    platform: { id: 'shopify' },
    operation: 'orders.get',
  });
}
