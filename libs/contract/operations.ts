import type { z } from 'zod';
import { howEmulated, isUnsupported, NOT_BUILT, type Unsupported } from './capability.js';
import { GatewayError } from './errors.js';
import type { FilterOf } from './fields.js';
import type { FilterSupport, ListOperation, Mapped, Operation, Sort } from './paging.js';
import { type GetShape, type ListShape, type OperationShape, RESOURCES, type WriteShape } from './resources.js';
import type { Shop } from './shop.js';
import type { WebhookRegistration, WebhookSubscription } from './webhook.js';
import type { RepeatSafety, WriteOperation, Written } from './write.js';

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

/** An operation as its shape says it must be. */
type OperationOf<S> =
  S extends ListShape<infer F, infer R>
    ? ListOperation<FilterOf<F>, z.output<R>>
    : S extends GetShape<infer R>
      ? Operation<{ readonly platformId: string }, Mapped<z.output<R>>>
      : S extends WriteShape<infer I, infer R>
        ? WriteOperation<z.output<I>, R extends z.ZodType ? Written<z.output<R>> : null>
        : never;

type Asked = {
  readonly [R in keyof typeof RESOURCES]: {
    readonly [O in keyof (typeof RESOURCES)[R]]: OperationOf<(typeof RESOURCES)[R][O]>;
  };
};

/** Every operation with its input and output. */
export interface Operations extends Asked {
  readonly shop: { readonly get: Operation<void, Shop> };
  readonly webhooks: {
    readonly list: ListOperation<object, WebhookSubscription>;
    readonly register: WriteOperation<WebhookRegistration, Written<WebhookSubscription>>;
    readonly remove: WriteOperation<{ readonly platformId: string }, null>;
  };
}

type Named<R extends ResourceName, O> = O extends keyof Operations[R] ? Operations[R][O] : never;

/** Every operation is written or declared `unsupported(reason)`; leaving one out does not compile. */
export type OperationTable = {
  readonly [R in ResourceName]: R extends 'shop'
    ? { readonly get: Operations['shop']['get'] }
    : Unsupported | { readonly [O in OperationName<R>]: Named<R, O> | Unsupported };
};

/** The shape of an operation by its name, such as `orders.list`; undefined for those that no caller may ask for. */
export function shapeOf(operation: string): OperationShape | undefined {
  const [resource = '', name = ''] = operation.split('.');
  const found: Readonly<Record<string, Readonly<Record<string, OperationShape>>>> = RESOURCES;
  return Object.hasOwn(found, resource) ? found[resource]?.[name] : undefined;
}

export interface Capability {
  /** `resource.operation`, e.g. `orders.list`. */
  readonly operation: string;
  readonly support: 'native' | 'emulated' | 'none';
  /** The reason for `none`, the price of `emulated`. */
  readonly note?: string;
  readonly filters?: Readonly<Record<string, true | readonly string[]>>;
  readonly sorts?: readonly Sort[];
  /** Of a write: how it is made safe to repeat, and why that holds. */
  readonly repeat?: { readonly kind: RepeatSafety<never, never>['kind']; readonly why: string };
  /** Of a write: the fields that are not written as they are sent. */
  readonly losses?: readonly { readonly path: string; readonly fate: 'ignored' | 'changed'; readonly why: string }[];
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
  const details = isList(entry) ? { filters: supportOf(entry.filters), sorts: entry.sorts } : writeDetails(entry);
  return how === undefined
    ? { operation, support: 'native', ...details }
    : { operation, support: 'emulated', note: how, ...details };
}

function writeDetails(entry: unknown): Pick<Capability, 'repeat' | 'losses'> {
  if (!isWrite(entry)) return {};
  const { kind, why } = entry.repeat;
  const losses = Object.entries(entry.losses).map(([path, loss]) => ({ path, fate: loss.fate, why: loss.why }));
  return { repeat: { kind, why }, losses };
}

function isWrite(entry: unknown): entry is WriteOperation<never, never> {
  return typeof entry === 'object' && entry !== null && 'repeat' in entry && 'losses' in entry;
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
  if (entry === undefined || isUnsupported(entry))
    throw unsupportedOperation(connector.id, `${resource}.${name}`, entry);
  // The table's type guarantees it: an entry that is not `Unsupported` is the settled operation of that name.
  return entry as Operations[R][O];
}

/** What every record has, whatever it is. */
export interface AnyRecord {
  readonly platformId: string;
}
export type AnyList = ListOperation<Readonly<Record<string, unknown>>, AnyRecord>;
export type AnyGet = Operation<{ readonly platformId: string }, Mapped<AnyRecord>>;
export type AnyWrite = WriteOperation<Readonly<Record<string, unknown>>, Written<AnyRecord> | null>;

interface Operating {
  readonly id: string;
  readonly operations: OperationTable;
}

/**
 * Operations by their name, for what serves all of them alike: the API, replay, the conformance suite. The caller has
 * checked input against the operation's shape.
 * @throws GatewayError `operation_unsupported` with the platform's reason; TypeError for a name of another shape
 */
export const requireNamed = {
  list: (connector: Operating, operation: string): AnyList => named(connector, operation, 'page') as AnyList,
  get: (connector: Operating, operation: string): AnyGet => named(connector, operation, 'run') as AnyGet,
  write: (connector: Operating, operation: string): AnyWrite => named(connector, operation, 'repeat') as AnyWrite,
};

// The table's type guarantees input and output; a caller that holds only a name has given that knowledge up.
function named(connector: Operating, operation: string, mark: string): unknown {
  const [resource = '', name = ''] = operation.split('.');
  const known = resourceNames().find((candidate) => candidate === resource);
  const entry = known === undefined ? undefined : entryOf(connector.operations, known, name);
  if (entry === undefined || isUnsupported(entry)) throw unsupportedOperation(connector.id, operation, entry);
  if (typeof entry !== 'object' || entry === null || !(mark in entry))
    throw new TypeError(`${operation} is of another shape`);
  return entry;
}

function unsupportedOperation(
  platform: string,
  operation: string,
  entry: Unsupported | undefined,
): GatewayError<'operation_unsupported'> {
  const reason = entry?.reason ?? 'there is no such operation';
  return new GatewayError('operation_unsupported', `${operation} on ${platform}: ${reason}`, {
    platform: { id: platform },
    operation,
  });
}
