import { createHash, randomUUID } from 'node:crypto';
import { type Cell, isRow, type Row, text } from '../row.js';
import { idIn, type RestCall, type RestRoute } from './rest-call.js';
import { NO_ENTITY, RestError } from './rest-error.js';

const STATUS = { complete: 1, failed: 3, open: 4 } as const;

/** How long operations stay open: a consumer that cron starts every minute (fact sheet, section 5.13). */
const CONSUMER_SECONDS = 10;

/**
 * `/async/V1/…` takes one operation, `/async/bulk/V1/…` a list. Parameters of the path are called `by<Name>` there and
 * come with the body. @returns undefined for an ordinary path
 */
export function bulkPath(path: string): { readonly path: string; readonly isBulk: boolean } | undefined {
  const match = /^\/async(\/bulk)?(\/V1\/.*)$/.exec(path);
  if (!match) return undefined;
  const plain = (match[2] ?? '').replace(/\/by([A-Z]\w*)/g, (_whole, name: string) => `/${lowerFirst(name)}`);
  return { path: plain, isBulk: match[1] !== undefined };
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** Recorded: async-bulk-product.json. The work is done at once, its result is told a little later. */
export function acceptBulk(call: RestCall, route: RestRoute, operations: readonly Cell[]): Row {
  const uuid = randomUUID();
  const done = operations.map((body, id) => ({ id, ...carryOut(call, route, isRow(body) ? body : {}) }));
  call.data.tables.bulks.push({ bulk_id: uuid, _at: call.at, _path: route.path, operations: done });
  call.state.book.wrote(call.shop);
  const hash = (body: Cell | undefined): string => createHash('sha256').update(JSON.stringify(body)).digest('hex');
  return {
    bulk_uuid: uuid,
    request_items: done.map(({ id }) => ({ id, data_hash: hash(operations[id]), status: 'accepted' })),
    errors: false,
  };
}

function carryOut(call: RestCall, route: RestRoute, body: Row): Row {
  const path = Object.fromEntries(
    Object.keys(call.path).map((name): [string, string] => {
      const value = body[name];
      return [name, typeof value === 'string' || typeof value === 'number' ? String(value) : ''];
    }),
  );
  try {
    const result = route.answer({ ...call, path: { ...call.path, ...path }, body });
    return {
      status: STATUS.complete,
      result_message: 'Service execution success',
      result_serialized_data: JSON.stringify(result),
    };
  } catch (error) {
    if (!(error instanceof RestError)) throw error;
    return { status: STATUS.failed, result_message: error.message, error_code: 0 };
  }
}

function bulkOf(call: RestCall): Row {
  const bulk = call.data.tables.bulks.find((one) => one['bulk_id'] === call.path['bulkUuid']);
  if (!bulk) throw NO_ENTITY;
  return bulk;
}

function operationsOf(call: RestCall, bulk: Row, isDetailed: boolean): Row[] {
  const operations = Array.isArray(bulk['operations']) ? bulk['operations'].filter(isRow) : [];
  const isOpen = call.at < Number(bulk['_at']) + CONSUMER_SECONDS;
  return operations.map(({ id = 0, ...done }) => {
    if (isOpen) return { id, status: STATUS.open };
    const { result_serialized_data: _hidden, ...short } = done;
    return { id, ...(isDetailed ? done : short) };
  });
}

function statusOf(call: RestCall, isDetailed: boolean): Row {
  const bulk = bulkOf(call);
  const operations = operationsOf(call, bulk, isDetailed);
  return {
    operations_list: operations,
    user_type: 1,
    bulk_id: bulk['bulk_id'] ?? '',
    description: `Topic async${text(bulk, '_path')}`,
    start_time: call.now,
    user_id: 1,
    operation_count: operations.length,
  };
}

const BULK = 'Magento_Logging::system_magento_logging_bulk_operations';

export const bulkRoutes: readonly RestRoute[] = [
  { method: 'GET', path: '/V1/bulk/:bulkUuid/status', resource: BULK, answer: (call) => statusOf(call, false) },
  { method: 'GET', path: '/V1/bulk/:bulkUuid/detailed-status', resource: BULK, answer: (call) => statusOf(call, true) },
  {
    method: 'GET',
    path: '/V1/bulk/:bulkUuid/operation-status/:status',
    resource: BULK,
    answer: (call) =>
      operationsOf(call, bulkOf(call), false).filter((one) => one['status'] === idIn(call, 'status')).length,
  },
];
