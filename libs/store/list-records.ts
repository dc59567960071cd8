import {
  type AnyRecord,
  GatewayError,
  type JsonValue,
  type ListQuery,
  type ListShape,
  type Page,
  publicId,
  requireNamed,
  type Sort,
} from '#contract';
import { connectorOf } from '#connectors';
import type { OpenedStore } from '#connections';
import type { StoreRow } from '#persistence';
import type { z } from 'zod';
import { callStore, requireStore } from './call-store.js';
import { checkFilters } from './check-filters.js';
import type { Reader, StoreContext } from './context.js';
import { openCursor, type Position, queryDigest, sealCursor } from './cursor.js';
import { type PresentedRecord, presentRecord, readReferences } from './present-record.js';

export interface ListRequest {
  /** Such as `orders.list`. */
  readonly operation: string;
  readonly shape: ListShape<z.ZodType, z.ZodType>;
  /** Ids of stores; read one after the other. */
  readonly stores: readonly string[];
  /** With ids of our API. */
  readonly filter: Readonly<Record<string, unknown>>;
  readonly sort: Sort | undefined;
  readonly limit: number;
  readonly cursor: string | undefined;
  readonly personalData: boolean;
  readonly includeRaw: boolean;
}

export interface QuarantinedRecord {
  readonly storeId: string;
  readonly platformId: string | null;
  readonly reason: string;
  readonly raw?: JsonValue;
}

export interface RecordList {
  readonly data: readonly PresentedRecord[];
  readonly quarantined: readonly QuarantinedRecord[];
  readonly nextCursor: string | null;
  readonly asOf: Date;
}

type Filter = Readonly<Record<string, unknown>>;

// Platforms page in smaller steps than a caller may ask for. A page is cut here rather than kept waiting: `limit` is
// the most, not a promise, and the cursor goes on where it stopped.
const ENOUGH_AFTER_MS = 4000;

/**
 * Reads records live from their platforms, page by page to the end.
 * @throws GatewayError `store_required`, `not_found`, `filter_unsupported`, `operation_unsupported`, `cursor_invalid`, or
 * what a platform answered
 */
export async function listRecords(
  context: StoreContext,
  reader: Reader,
  request: ListRequest,
  signal: AbortSignal,
): Promise<RecordList> {
  const { operation, shape, filter, sort } = request;
  if (request.stores.length === 0) throw new GatewayError('store_required', 'Name the store: ?store=sto_...');
  const stores = await Promise.all(request.stores.map((id) => requireStore(context, reader, id)));
  const queries = stores.map(({ id, platform }) =>
    checkFilters(
      platform,
      requireNamed.list(connectorOf(platform), operation),
      readReferences(id, shape.filter, filter),
      sort,
    ),
  );
  const digest = queryDigest(reader, { operation, stores: request.stores, filter, sort: sort ?? null });
  const start =
    request.cursor === undefined ? { store: 0, state: undefined } : openCursor(context.cursors, digest, request.cursor);
  const { data, quarantined, next } = await gather(context, request, stores, queries, start, signal);
  const nextCursor = next === undefined ? null : sealCursor(context.cursors, digest, next);
  return { data, quarantined, nextCursor, asOf: context.connections.now() };
}

interface Gathered {
  readonly data: RecordList['data'];
  readonly quarantined: readonly QuarantinedRecord[];
  readonly next: Position | undefined;
}

async function gather(
  context: StoreContext,
  request: ListRequest,
  stores: readonly StoreRow[],
  queries: readonly ListQuery<Filter>[],
  start: Position,
  signal: AbortSignal,
): Promise<Gathered> {
  const { kind, record: schema } = request.shape;
  const data: PresentedRecord[] = [];
  const quarantined: QuarantinedRecord[] = [];
  const until = context.connections.elapsed() + ENOUGH_AFTER_MS;
  let position: Position | undefined = start;
  while (position !== undefined) {
    const [store, query] = [stores[position.store], queries[position.store]];
    if (store === undefined || query === undefined) return { data, quarantined, next: undefined };
    const size = request.limit - data.length - quarantined.length;
    const page = await readPage(context, request.operation, store, query, size, position.state, signal);
    for (const { record, raw } of page.items) {
      const shown = presentRecord(store, { kind, schema }, record, request.personalData);
      data.push(request.includeRaw ? { ...shown, raw } : shown);
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
  operation: string,
  store: StoreRow,
  query: ListQuery<Filter>,
  size: number,
  state: JsonValue | undefined,
  signal: AbortSignal,
): Promise<Page<AnyRecord>> {
  const read = async ({ connector, store: connected }: OpenedStore) => {
    const list = requireNamed.list(connector, operation);
    const bounded = Math.min(size, list.maxPageSize);
    return await list.page(connected, query, state === undefined ? { size: bounded } : { size: bounded, state });
  };
  return await callStore(context, store, signal, read, { operation });
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
