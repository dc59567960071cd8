import type { ConnectedStore, JsonValue, Mapped, Operation, OrderFilter, OrderRecord, Sort, Written } from '#contract';
import { GatewayError } from '#contract';
import { graphql, mapOne } from '#kit';
import { z } from 'zod';
import { type Rows, connection, isCutShort, json } from './connection.js';
import { COST, GRAPHQL_PATH, MAX_PAGE_SIZE, ORDERS_PAGE, ORDER_BY_ID, ORDER_LINE_ITEMS } from './documents.js';
import { globalId, notFound } from './global-id.js';
import { cursorAfter, listOf } from './list.js';
import { orderId, orderReading } from './order-mapper.js';
import { ORDER_FILTERS, fits, searchQuery } from './order-query.js';
import type { PlatformOrder } from './order-schema.js';

/** 50 pages of 250 lines; an order with more is quarantined rather than read for minutes. */
const MAX_LINE_PAGES = 50;

const SORT_KEYS: Readonly<Record<Sort, { readonly sortKey: string; readonly reverse: boolean }>> = {
  '-createdAt': { sortKey: 'CREATED_AT', reverse: true },
  createdAt: { sortKey: 'CREATED_AT', reverse: false },
  '-updatedAt': { sortKey: 'UPDATED_AT', reverse: true },
  updatedAt: { sortKey: 'UPDATED_AT', reverse: false },
};

export const listOrders = listOf<OrderFilter, PlatformOrder, OrderRecord>({
  document: ORDERS_PAGE,
  path: ['orders'],
  filters: ORDER_FILTERS,
  sorts: ['-createdAt', 'createdAt', 'updatedAt', '-updatedAt'],
  maxPageSize: MAX_PAGE_SIZE,
  nodeCost: COST.orderInPage,
  variables: ({ filter, sort }) => ({ query: searchQuery(filter), ...SORT_KEYS[sort] }),
  whole: wholeOrders,
  reading: orderReading,
  fits,
});

const YOUNGER = ', or shows only younger ones';

export const getOrder: Operation<{ readonly platformId: string }, Mapped<OrderRecord>> = {
  async run(store, { platformId }) {
    const raw = await readOrder(store, globalId('Order', platformId));
    if (raw === null) throw notFound('Order', platformId, YOUNGER);
    return mapOne('shopify', 'orders.get', raw, orderReading);
  },
};

/** The order as it stands after a write. */
export async function readWritten(store: ConnectedStore, operation: string, id: string): Promise<Written<OrderRecord>> {
  const raw = await readOrder(store, id);
  if (raw === null) throw notFound('Order', id, YOUNGER);
  return mapOne('shopify', operation, raw, orderReading);
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

function isRecord(value: JsonValue): value is Readonly<Record<string, JsonValue>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
