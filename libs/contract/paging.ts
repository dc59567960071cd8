import type { ConnectedStore } from './http.js';
import type { JsonValue } from './json.js';

/** Where a listing stands, in the connector's own terms. Sealed into an opaque cursor before it leaves the process. */
export type PageState = JsonValue;

/** A record together with what the platform sent for it. */
export interface Mapped<T> {
  readonly record: T;
  readonly raw: JsonValue;
}

/** A record that could not be mapped, and why. */
export interface Quarantined {
  readonly platformId: string | null;
  readonly reason: string;
  readonly raw: JsonValue;
}

export interface Page<T> {
  readonly items: readonly Mapped<T>[];
  readonly quarantined: readonly Quarantined[];
  /** Absent on the last page. A page may be empty and still have a next one. */
  readonly next?: PageState;
}

export interface PageRequest {
  /** At most this many records; never more than the operation's `maxPageSize`. */
  readonly size: number;
  readonly state?: PageState;
}

export const SORTS = ['updatedAt', '-updatedAt', 'createdAt', '-createdAt'] as const;
/** `-` means descending. */
export type Sort = (typeof SORTS)[number];

export interface ListQuery<Filter> {
  readonly filter: Filter;
  readonly sort: Sort;
}

/** Which filters the platform itself applies: all values of it, or only those named. */
export type FilterSupport<Filter> = { readonly [Name in keyof Filter]?: true | readonly string[] };

/** A list is one function of (filter, size, state); cursors and iteration are derived from it. */
export interface ListOperation<Filter, T> {
  readonly filters: FilterSupport<Filter>;
  /** The sorts offered; the first is the default without `updatedSince`, `updatedAt` the default with it. */
  readonly sorts: readonly [Sort, ...Sort[]];
  readonly maxPageSize: number;
  page(store: ConnectedStore, query: ListQuery<Filter>, page: PageRequest): Promise<Page<T>>;
}

export interface Operation<Input, Output> {
  run(store: ConnectedStore, input: Input): Promise<Output>;
}
