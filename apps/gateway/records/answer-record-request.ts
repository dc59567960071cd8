import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Caller, requireScope } from '#auth';
import {
  type GetShape,
  GatewayError,
  type ListShape,
  type OperationShape,
  readRecordId,
  type Sort,
  type WriteShape,
} from '#contract';
import type { StoreRow } from '#persistence';
import type { Runtime } from '#runtime';
import {
  executeWrite,
  getRecord,
  listRecords,
  planRequest,
  presentRecord,
  readReferences,
  requireStore,
  storeOfRecord,
} from '#store';
import type { z } from 'zod';
import { abortOnClose } from '../http/abort-on-close.js';
import { callerOf } from '../http/access.js';
import { given, storeUuid } from '../routes/query-schemas.js';
import type { RecordRoute } from './record-routes.js';
import { kindOfField } from './record-schemas.js';

/** One request to the store API, its query checked. */
export interface RecordRequest {
  readonly query: Readonly<Record<string, unknown>>;
  readonly parameters: Readonly<Record<string, string>>;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

interface Asking extends RecordRequest {
  readonly runtime: Runtime;
  readonly route: RecordRoute;
  readonly caller: Caller;
  readonly personalData: boolean;
  readonly includeRaw: boolean;
}

/** Carries out whichever operation a route stands for. @throws GatewayError */
export async function answerRecordRequest(
  runtime: Runtime,
  route: RecordRoute,
  shape: OperationShape,
  asked: RecordRequest,
): Promise<unknown> {
  const caller = callerOf(asked.request);
  const includeRaw = asked.query['include'] !== undefined;
  // The platform's payload cannot be masked.
  if (includeRaw) requireScope(caller, 'read:customers.pii');
  const personalData = caller.scopes.has('read:customers.pii');
  const asking: Asking = { ...asked, runtime, route, caller, personalData, includeRaw };
  switch (shape.shape) {
    case 'get':
      return await answerGet(asking, shape);
    case 'list':
      return await answerList(asking, shape);
    case 'write':
      return await answerWrite(asking, shape);
  }
}

async function answerGet({ runtime, route, caller, ...asking }: Asking, shape: GetShape<z.ZodType>): Promise<unknown> {
  const { parameters, reply, personalData, includeRaw } = asking;
  const request = { operation: route.operation, shape, id: parameters['id'] ?? '', personalData, includeRaw };
  return await getRecord(runtime.stores, caller, request, abortOnClose(reply));
}

async function answerList(asking: Asking, shape: ListShape<z.ZodType, z.ZodType>): Promise<unknown> {
  const { runtime, route, caller, reply, personalData, includeRaw } = asking;
  const { store, limit, cursor, sort, include: _, ...filter } = asking.query;
  const inPath = fieldsInPath(asking);
  const stores = inPath === undefined ? storesOf(store) : [(await storeInPath(asking, shape.filter)).id];
  const list = await listRecords(
    runtime.stores,
    caller,
    {
      operation: route.operation,
      shape,
      stores,
      filter: given({ ...filter, ...inPath }),
      // What the query's own schema has let through.
      sort: sort as Sort | undefined,
      limit: Number(limit),
      cursor: typeof cursor === 'string' ? cursor : undefined,
      personalData,
      includeRaw,
    },
    abortOnClose(reply),
  );
  const { data, quarantined, nextCursor, asOf } = list;
  const freshness = { mode: 'live', oldestAsOf: asOf.toISOString(), stores: stores.length, stale: 0, worst: [] };
  return { data, quarantined, nextCursor, freshness };
}

function storesOf(store: unknown): string[] {
  const ids = Array.isArray(store) ? store : [];
  return [...new Set(ids.map(String))].map(storeUuid);
}

/** What the path says of the filter or input; undefined where it says nothing. */
function fieldsInPath({ route, parameters }: Asking): Readonly<Record<string, string>> | undefined {
  const entries = Object.entries(route.parameters).map(([name, field]) => [field, parameters[name] ?? '']);
  return entries.length === 0 ? undefined : (Object.fromEntries(entries) as Readonly<Record<string, string>>);
}

/** @throws GatewayError `not_found` */
async function storeInPath({ runtime, route, caller, parameters }: Asking, schema: z.ZodType): Promise<StoreRow> {
  const [name = '', field = ''] = Object.entries(route.parameters)[0] ?? [];
  const kind = kindOfField(schema, field);
  if (kind === undefined) throw new TypeError(`${route.operation}: ${field} names no record`);
  return (await storeOfRecord(runtime.stores, caller, kind, parameters[name] ?? '')).row;
}

async function answerWrite(asking: Asking, shape: WriteShape<z.ZodType, z.ZodType | null>): Promise<unknown> {
  const { runtime, route, caller, request, reply, query } = asking;
  const { operation } = route;
  const sent = readInput(asking, shape.input);
  const store = await storeOfWrite(asking, shape.input, sent);
  const input = readReferences(store.id, shape.input, sent);
  const identity = Object.values(route.parameters);
  if (query['dryRun'] === true) {
    void reply.status(200);
    return { dryRun: true, ...planRequest({ operation, store, input, identity }) };
  }
  const idempotencyKey = readKey(request, shape.keyRequired);
  const { written, dropped, replayed } = await executeWrite(runtime.stores, caller, {
    ...{ operation, store, input, identity, idempotencyKey },
  });
  if (replayed) void reply.header('idempotency-replayed', 'true');
  void reply.status(route.method === 'POST' && operation.endsWith('.create') && !replayed ? 201 : 200);
  if (written === null || shape.record === null) return { data: null, dropped };
  const schema = { kind: shape.kind, schema: shape.record };
  const data = presentRecord(store, schema, written.record, asking.personalData);
  return { data: asking.includeRaw ? { ...data, raw: written.raw } : data, dropped };
}

/** The body together with what the path says, checked as a whole. */
function readInput(asking: Asking, schema: z.ZodType): Readonly<Record<string, unknown>> {
  const { body } = asking.request;
  const sent = typeof body === 'object' && body !== null ? body : {};
  const read = schema.safeParse({ ...sent, ...fieldsInPath(asking) });
  if (read.success) return read.data as Readonly<Record<string, unknown>>;
  const fields = read.error.issues
    .slice(0, 20)
    .map(({ path, message }) => ({ path: path.map(String).join('.'), message }));
  const [first] = fields;
  const where = first === undefined || first.path === '' ? '' : `${first.path}: `;
  throw new GatewayError('request_invalid', `${where}${first?.message ?? 'The request is not well-formed.'}`, {
    fields,
  });
}

async function storeOfWrite(
  asking: Asking,
  schema: z.ZodType,
  input: Readonly<Record<string, unknown>>,
): Promise<StoreRow> {
  const { runtime, route, caller, query } = asking;
  switch (route.storeFrom) {
    case 'path':
      return await storeInPath(asking, schema);
    case 'variantId': {
      const found = readRecordId('variant', typeof input['variantId'] === 'string' ? input['variantId'] : '');
      if (found === undefined) throw new GatewayError('not_found', 'There is no such variant.');
      return await requireStore(runtime.stores, caller, found.storeId);
    }
    case 'query': {
      const [id] = storesOf(query['store']);
      if (id === undefined) throw new GatewayError('store_required', 'Name the store to write to: ?store=sto_...');
      return await requireStore(runtime.stores, caller, id);
    }
  }
}

/** @throws GatewayError `idempotency_key_required`, `request_invalid` */
function readKey({ headers }: FastifyRequest, required: boolean): string | undefined {
  const key = headers['idempotency-key'];
  if (key === undefined) {
    if (!required) return undefined;
    throw new GatewayError('idempotency_key_required', 'This request must carry an Idempotency-Key header.');
  }
  if (typeof key === 'string' && /^[\x21-\x7e]{1,255}$/.test(key)) return key;
  throw new GatewayError('request_invalid', 'An Idempotency-Key is at most 255 visible ASCII characters.');
}
