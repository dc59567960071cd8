import {
  GatewayError,
  type JsonValue,
  type ListQuery,
  type Order,
  type OrderFilter,
  type OrderRecord,
  type Page,
  publicId,
  requireOperation,
  type Sort,
} from '#contract';
import { connectorOf } from '#connectors';
import type { StoreRow } from '#persistence';
import { callStore, requireStore } from './call-store.js';
import { checkFilters } from './check-filters.js';
import type { Reader, StoreContext } from './context.js';
import { openCursor, type Position, queryDigest, sealCursor } from './cursor.js';
import { presentOrder } from './present-order.js';

export interface OrderListRequest {
  /** Ids of stores; read one after the other. */
  readonly stores: readonly string[];
  readonly filter: OrderFilter;
  readonly sort: Sort | undefined;
  readonly limit: number;
  readonly cursor: string | undefined;
  readonly personalData: boolean;
  readonly includeRaw: boolean;
}

export interface QuarantinedOrder {
  readonly storeId: string;
  readonly platformId: string | null;
  readonly reason: string;
  readonly raw?: JsonValue;
}

export interface OrderList {
  readonly data: readonly (Order & { readonly raw?: JsonValue })[];
  readonly quarantined: readonly QuarantinedOrder[];
  readonly nextCursor: string | null;
  readonly asOf: Date;
}

// Platforms page in smaller steps than a caller may ask for. A page is cut here rather than kept waiting: `limit` is
// the most, not a promise, and the cursor goes on where it stopped.
const ENOUGH_AFTER_MS = 4000;

/**
 * Reads orders live from their platforms, page by page to the end.
 * @throws GatewayError `store_required`, `not_found`, `filter_unsupported`, `cursor_invalid`, or what a platform answered
 */
export async function listOrders(
  context: StoreContext,
  reader: Reader,
  request: OrderListRequest,
  signal: AbortSignal,
): Promise<OrderList> {
  if (request.stores.length === 0) throw new GatewayError('store_required', 'Name the store: ?store=sto_...');
  const stores = await Promise.all(request.stores.map((id) => requireStore(context, reader, id)));
  const queries = stores.map(({ platform }) =>
    checkFilters(platform, requireOperation(connectorOf(platform), 'orders', 'list'), request.filter, request.sort),
  );
  const digest = queryDigest(reader, { stores: request.stores, filter: request.filter, sort: request.sort ?? null });
  const start =
    request.cursor === undefined ? { store: 0, state: undefined } : openCursor(context.cursors, digest, request.cursor);
  const gathered = await gather(context, request, stores, queries, start, signal);
  const { data, quarantined, next } = gathered;
  const nextCursor = next === undefined ? null : sealCursor(context.cursors, digest, next);
  return { data, quarantined, nextCursor, asOf: context.connections.now() };
}

interface Gathered {
  readonly data: OrderList['data'];
  readonly quarantined: readonly QuarantinedOrder[];
  readonly next: Position | undefined;
}

async function gather(
  context: StoreContext,
  request: OrderListRequest,
  stores: readonly StoreRow[],
  queries: readonly ListQuery<OrderFilter>[],
  start: Position,
  signal: AbortSignal,
): Promise<Gathered> {
  const data: (Order & { raw?: JsonValue })[] = [];
  const quarantined: QuarantinedOrder[] = [];
  const until = context.connections.elapsed() + ENOUGH_AFTER_MS;
  let position: Position | undefined = start;
  while (position !== undefined) {
    const [store, query] = [stores[position.store], queries[position.store]];
    if (store === undefined || query === undefined) return { data, quarantined, next: undefined };
    const size = request.limit - data.length - quarantined.length;
    const page: Page<OrderRecord> = await readPage(context, store, query, size, position.state, signal);
    for (const { record, raw } of page.items) {
      const order = presentOrder(store, record, request.personalData);
      data.push(request.includeRaw ? { ...order, raw } : order);
    }
    quarantined.push(...page.quarantined.map((broken) => presentQuarantined(store, broken, request.includeRaw)));
    position = nextPosition(position, page, stores.length);
    const filled = data.length + quarantined.length;
    if (filled >= request.limit || (filled > 0 && context.connections.elapsed() > until)) break;
  }
  return { data, quarantined, next: position };
}

function presentQuarantined(
  store: StoreRow,
  { platformId, reason, raw }: Page<unknown>['quarantined'][number],
  includeRaw: boolean,
) {
  return { storeId: publicId('store', store.id), platformId, reason, ...(includeRaw ? { raw } : {}) };
}

async function readPage(
  context: StoreContext,
  store: StoreRow,
  query: ListQuery<OrderFilter>,
  size: number,
  state: JsonValue | undefined,
  signal: AbortSignal,
): Promise<Page<OrderRecord>> {
  return await callStore(context, store, signal, async ({ connector, store: connected }) => {
    const operation = requireOperation(connector, 'orders', 'list');
    const bounded = Math.min(size, operation.maxPageSize);
    return await operation.page(connected, query, state === undefined ? { size: bounded } : { size: bounded, state });
  });
}

function nextPosition({ store, state }: Position, page: Page<unknown>, stores: number): Position | undefined {
  if (page.next !== undefined) {
    if (JSON.stringify(page.next) === JSON.stringify(state)) {
      throw new GatewayError('platform_contract_broken', 'The platform answered the same page twice.');
    }
    return { store, state: page.next };
  }
  return store + 1 < stores ? { store: store + 1, state: undefined } : undefined;
}
