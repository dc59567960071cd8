import { howEmulated, isUnsupported, NOT_BUILT, type Unsupported } from './capability.js';
import { GatewayError } from './errors.js';
import type { OrderFilter, OrderRecord } from './order.js';
import type { FilterSupport, ListOperation, Mapped, Operation, Sort } from './paging.js';
import type { Shop } from './shop.js';

/** The one list of operations. Each is native, emulated or unsupported with its reason in every connector. */
export const OPERATION_NAMES = {
  shop: ['get'],
  orders: ['list', 'get', 'create', 'update', 'cancel'],
  fulfillments: ['list', 'create', 'update'],
  refunds: ['list', 'create'],
  returns: ['list', 'create'],
  transactions: ['list'],
  products: ['list', 'get', 'create', 'update', 'delete', 'upsertBySku'],
  variants: ['list', 'create', 'update', 'delete'],
  inventory: ['list', 'set', 'adjust'],
  locations: ['list'],
  customers: ['list', 'get', 'create', 'update', 'delete'],
  addresses: ['list', 'create', 'update', 'delete'],
  categories: ['list', 'get', 'create', 'update', 'delete'],
  coupons: ['list', 'get', 'create', 'update', 'delete'],
  carts: ['list', 'get'],
  webhooks: ['list', 'register', 'remove'],
} as const;

export type ResourceName = keyof typeof OPERATION_NAMES;
export type OperationName<R extends ResourceName> = (typeof OPERATION_NAMES)[R][number];

/** The operations whose input and output are settled. The others are named above and may only be `unsupported`. */
export interface Operations {
  readonly shop: { readonly get: Operation<void, Shop> };
  readonly orders: {
    readonly list: ListOperation<OrderFilter, OrderRecord>;
    readonly get: Operation<{ readonly platformId: string }, Mapped<OrderRecord>>;
  };
}

type Settled<R extends ResourceName, O> = R extends keyof Operations
  ? O extends keyof Operations[R]
    ? Operations[R][O]
    : never
  : never;

/** Every operation is written or declared `unsupported(reason)`; leaving one out does not compile. */
export type OperationTable = {
  readonly [R in ResourceName]: R extends 'shop'
    ? { readonly get: Operations['shop']['get'] }
    : Unsupported | { readonly [O in OperationName<R>]: Settled<R, O> | Unsupported };
};

export interface Capability {
  /** `resource.operation`, e.g. `orders.list`. */
  readonly operation: string;
  readonly support: 'native' | 'emulated' | 'none';
  /** The reason for `none`, the price of `emulated`. */
  readonly note?: string;
  readonly filters?: Readonly<Record<string, true | readonly string[]>>;
  readonly sorts?: readonly Sort[];
}

function entryOf(table: OperationTable, resource: ResourceName, name: string): unknown {
  const entry: unknown = table[resource];
  if (isUnsupported(entry)) return entry;
  return Object.entries(entry as object).find(([key]) => key === name)?.[1];
}

/** The run-time face of the table: API, console and documents are drawn from this. */
export function capabilities(table: OperationTable): Capability[] {
  return resourceNames().flatMap((resource) =>
    OPERATION_NAMES[resource].map((name) => describe(`${resource}.${name}`, entryOf(table, resource, name))),
  );
}

function describe(operation: string, entry: unknown): Capability {
  if (isUnsupported(entry)) return { operation, support: 'none', note: entry.reason };
  const how = howEmulated(entry);
  const list = isList(entry) ? { filters: supportOf(entry.filters), sorts: entry.sorts } : {};
  return how === undefined
    ? { operation, support: 'native', ...list }
    : { operation, support: 'emulated', note: how, ...list };
}

function isList(entry: unknown): entry is ListOperation<object, unknown> {
  return typeof entry === 'object' && entry !== null && 'filters' in entry && 'sorts' in entry;
}

function supportOf(filters: FilterSupport<object>): Readonly<Record<string, true | readonly string[]>> {
  return Object.fromEntries(Object.entries(filters as Readonly<Record<string, true | readonly string[]>>));
}

export function resourceNames(): ResourceName[] {
  // Object.keys widens to string; the object is a closed constant.
  return Object.keys(OPERATION_NAMES) as ResourceName[];
}

/** How many operations a connector still owes. */
export function countNotBuilt(table: OperationTable): number {
  return capabilities(table).filter(({ support, note }) => support === 'none' && note === NOT_BUILT).length;
}

/**
 * The operation, typed, for callers that hold "some connector".
 * @throws GatewayError `operation_unsupported` with the platform's reason.
 */
export function requireOperation<R extends keyof Operations, O extends keyof Operations[R] & string>(
  connector: { readonly id: string; readonly operations: OperationTable },
  resource: R,
  name: O,
): Operations[R][O] {
  const entry = entryOf(connector.operations, resource, name);
  if (entry === undefined || isUnsupported(entry)) {
    const reason = isUnsupported(entry) ? entry.reason : NOT_BUILT;
    throw new GatewayError('operation_unsupported', `${resource}.${name} on ${connector.id}: ${reason}`, {
      platform: { id: connector.id },
      operation: `${resource}.${name}`,
    });
  }
  // The table's type guarantees it: an entry that is not `Unsupported` is the settled operation of that name.
  return entry as Operations[R][O];
}
