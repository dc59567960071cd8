import type { ConnectedStore, HttpCall, JsonValue, PageRequest } from '#contract';
import { readPageState, utcInstant } from '#kit';
import { z } from 'zod';
import type { Selection } from './counted-page.js';
import { broken, readRows, type Rows } from './record-calls.js';

// Where a list stands that the platform can bound by what it is sorted by: products and customers. The next page begins
// with the second of the last record again and drops what was given of it; so nothing that changes place while the list
// is read pushes another record across a page break unseen. Bounds are whole seconds and inclusive on both sides (fact
// sheet, g.4, of V2; of V3 the documents say "after", and no store was asked).
//
// Seldom (an import) more records share a second than are worth reading twice. That second is then read alone, by page
// numbers, from its beginning: what was given of it before comes once more.
//
// Products have no bound on their creation, but one on their numbers, which rise with it (products_catalog.v3.yml, `sort`).
const MAX_SEEN = 50;
const MAX_LIMIT = 250;

const second = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/);
const open = z.strictObject({ at: second, seen: z.array(z.int()).max(MAX_SEEN) });
const crowded = z.strictObject({ at: second, page: z.int().min(1) });
const numbered = z.strictObject({ id: z.int() });
const position = z.union([open, crowded, numbered]);
type Position = z.infer<typeof position>;

/** How a version of the API is asked for a part of a list, and how it prints times. */
export interface Dialect {
  read(store: ConnectedStore, path: string, query: NonNullable<HttpCall<unknown>['query']>): Promise<Rows>;
  /** Such as `date_modified:min`. */
  bound(field: 'date_created' | 'date_modified', side: 'min' | 'max'): string;
  /** @throws RangeError when it is no instant */
  instant(printed: string): string;
}

const V3: Dialect = { read: readRows, bound: (field, side) => `${field}:${side}`, instant: utcInstant };

/** What a list is sorted by, in the platform's words. */
export interface Column {
  /** V3, unless said otherwise. */
  readonly dialect?: Dialect;
  readonly ascending: boolean;
  /** Such as `{sort: 'date_modified', direction: 'asc'}`. */
  readonly query: NonNullable<HttpCall<unknown>['query']>;
  /** The field of a record that holds it; the number where there is none. */
  readonly field?: 'date_created' | 'date_modified';
}

/** The bounds in time that a list may be asked for with. */
export interface TimeFilter {
  readonly updatedSince?: Date;
  readonly createdSince?: Date;
  readonly createdUntil?: Date;
}

interface Row {
  readonly raw: JsonValue;
  readonly id: number | undefined;
  readonly at: string | undefined;
}

/** A page as it was printed, and where the list stands behind it. */
export interface TimedRows {
  readonly rows: readonly JsonValue[];
  readonly next?: Position;
}

/** One page of such a list, not mapped yet. */
export async function timedRows(
  store: ConnectedStore,
  { path, query, keeps = () => true }: Omit<Selection<never, never>, 'reading'>,
  { filter, column }: { readonly filter: TimeFilter; readonly column: Column },
  { size, state }: PageRequest,
): Promise<TimedRows> {
  const at = readPageState(position, state);
  const limit = Math.min(size + (at && 'seen' in at ? at.seen.length : 0), MAX_LIMIT);
  const asked = { ...query, ...boundsOf(filter, column, at), ...column.query, limit };
  const answer = await (column.dialect ?? V3).read(store, path, asked);
  const all = answer.rows.map((raw) => rowOf(raw, column));
  if (all.some((row) => isBehind(row, column, at))) throw broken('a list with records outside of what was asked for');
  const unknown = all.filter((row) => !isKnown(row, at));
  const fresh = unknown.slice(0, size);
  const next = placeAfter(at, fresh, column, answer.more || unknown.length > size);
  if (next !== undefined && JSON.stringify(next) === JSON.stringify(at)) throw broken('a list without a way to go on');
  const rows = fresh.map(({ raw }) => raw).filter(keeps);
  return { rows, ...(next !== undefined && { next }) };
}

function boundsOf(
  filter: TimeFilter,
  column: Column,
  at: Position | undefined,
): NonNullable<HttpCall<unknown>['query']> {
  const floor = (time: Date): string => print(Math.floor(time.getTime() / 1000));
  const { dialect = V3 } = column;
  const bounds: Record<string, string | number> = {
    ...(filter.updatedSince && { [dialect.bound('date_modified', 'min')]: floor(filter.updatedSince) }),
    ...(filter.createdSince && { [dialect.bound('date_created', 'min')]: floor(filter.createdSince) }),
    // The last second that begins before it.
    ...(filter.createdUntil && {
      [dialect.bound('date_created', 'max')]: print(Math.ceil(filter.createdUntil.getTime() / 1000) - 1),
    }),
  };
  return at === undefined ? bounds : { ...bounds, ...boundsAt(at, column) };
}

function boundsAt(
  at: Position,
  { ascending, field = 'date_modified', dialect = V3 }: Column,
): NonNullable<HttpCall<unknown>['query']> {
  if ('id' in at) return { [ascending ? 'id:greater' : 'id:less']: at.id };
  const isAlone = 'page' in at;
  return {
    ...((ascending || isAlone) && { [dialect.bound(field, 'min')]: at.at }),
    ...((!ascending || isAlone) && { [dialect.bound(field, 'max')]: at.at }),
    ...(isAlone && { page: at.page }),
  };
}

function print(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}

const printed = z.object({
  id: z.int(),
  date_created: z.string().optional().catch(undefined),
  date_modified: z.string().optional().catch(undefined),
});

function rowOf(raw: JsonValue, { field, dialect = V3 }: Column): Row {
  const read = printed.safeParse(raw).data;
  return { raw, id: read?.id, at: field && secondOf(read?.[field], dialect) };
}

/** A record without a readable time is quarantined by whoever maps it; here it only has no place. */
function secondOf(time: string | undefined, dialect: Dialect): string | undefined {
  try {
    return time === undefined ? undefined : `${dialect.instant(time).slice(0, 19)}Z`;
  } catch {
    return undefined;
  }
}

function isBehind({ id, at: own }: Row, { ascending }: Column, at: Position | undefined): boolean {
  if (at === undefined) return false;
  if ('id' in at) return id !== undefined && (ascending ? id <= at.id : id >= at.id);
  return own !== undefined && (ascending ? own < at.at : own > at.at);
}

function isKnown({ id, at: own }: Row, at: Position | undefined): boolean {
  return at !== undefined && 'seen' in at && own === at.at && id !== undefined && at.seen.includes(id);
}

function placeAfter(
  at: Position | undefined,
  fresh: readonly Row[],
  column: Column,
  goesOn: boolean,
): Position | undefined {
  if (at !== undefined && 'page' in at) return goesOn ? { at: at.at, page: at.page + 1 } : behindSecond(at.at, column);
  if (!goesOn) return undefined;
  return column.field === undefined ? lastNumber(fresh) : lastSecond(at && 'seen' in at ? at : undefined, fresh);
}

function lastNumber(fresh: readonly Row[]): Position {
  const last = fresh.findLast(({ id }) => id !== undefined)?.id;
  if (last === undefined) throw broken('a list without numbers');
  return { id: last };
}

function lastSecond(at: z.infer<typeof open> | undefined, fresh: readonly Row[]): Position {
  const last = fresh.findLast(({ at: own }) => own !== undefined)?.at ?? at?.at;
  if (last === undefined) throw broken('a list without times');
  const given = fresh.filter(({ at: own }) => own === last).flatMap(({ id }) => (id === undefined ? [] : [id]));
  const before = at?.at === last ? at.seen : [];
  const seen = [...new Set([...before, ...given])];
  return seen.length <= MAX_SEEN ? { at: last, seen } : { at: last, page: 1 };
}

/** Where a list goes on after a second that was read alone. */
function behindSecond(over: string, { ascending }: Column): Position {
  return { at: print(Date.parse(over) / 1000 + (ascending ? 1 : -1)), seen: [] };
}
