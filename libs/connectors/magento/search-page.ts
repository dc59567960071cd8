import {
  type ConnectedStore,
  GatewayError,
  type JsonValue,
  type ListQuery,
  type Page,
  type PageRequest,
  type Sort,
} from '#contract';
import { anyJson, readPageState, type RecordReading, readRecords } from '#kit';
import { z } from 'zod';
import { id as idAtom, list } from './atoms.js';
import { type Group, type Search, searchParameters, where } from './search-criteria.js';

/** A collection that can be searched, and what of it is asked for besides bounds in time. */
export interface Selection<Raw, T> {
  readonly path: string;
  readonly where?: readonly Group[];
  /** The record's number: how a search calls it, and how the record does. Both mostly `entity_id`. */
  readonly id: { readonly column: string; readonly field: string };
  readonly reading: RecordReading<Raw, T>;
  /** Which fields are answered, in the platform's notation; absent: all. `items` and `total_count` must be among them. */
  readonly fields?: string;
}

/** The bounds in time that a list may be asked for with. */
export interface TimeFilter {
  readonly updatedSince?: Date;
  readonly createdSince?: Date;
  readonly createdUntil?: Date;
}

type TimeColumn = 'created_at' | 'updated_at';

// Where a list stands: the last record given, by what it is sorted by and its number. The next page is what lies behind
// it, asked for as a first page of its own. So it is all the same how a page beyond the last is answered (the last one
// again before 2.4, nothing after: issues #8099, #26986), and no record that changes place while the list is read can
// push another one across a page break unseen. Oldest change first, a record that changes is met again at the end.
// A list that knows no times has none in its position.
const TIME = /^(?:\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2})?$/;
const behind = z.strictObject({ at: z.string().regex(TIME), id: z.int().positive() });
// Only where not one record of a page says where it lies.
const counted = z.strictObject({ page: z.int().min(2).max(1_000_000) });
const position = z.union([behind, counted]);
type Behind = z.infer<typeof behind>;
type Position = z.infer<typeof position>;

/** One page of a collection that has both times, sorted by one of them. */
export async function searchPage<Raw, T>(
  store: ConnectedStore,
  selection: Selection<Raw, T>,
  { filter, sort }: ListQuery<TimeFilter>,
  page: PageRequest,
): Promise<Page<T>> {
  const asked = { ...selection, where: [...(selection.where ?? []), ...timeGroups(filter)] };
  return await pageBy(store, asked, { column: columnOf(sort), direction: directionOf(sort) }, page);
}

/** One page of a collection in the order of its numbers, such as one whose records have no times. */
export async function numberedPage<Raw, T>(
  store: ConnectedStore,
  selection: Selection<Raw, T>,
  page: PageRequest,
  direction: 'ASC' | 'DESC' = 'ASC',
): Promise<Page<T>> {
  return await pageBy(store, selection, { direction }, page);
}

type Searched = Pick<Selection<never, never>, 'id' | 'where'>;

interface Order {
  readonly column?: TimeColumn;
  readonly direction: 'ASC' | 'DESC';
}

function columnOf(sort: Sort): TimeColumn {
  return sort.endsWith('createdAt') ? 'created_at' : 'updated_at';
}

function directionOf(sort: Sort): 'ASC' | 'DESC' {
  return sort.startsWith('-') ? 'DESC' : 'ASC';
}

/** Whole seconds, UTC without a zone. What is asked since an instant begins in its second, what ends before one with it. */
export function timeGroups({ updatedSince, createdSince, createdUntil }: TimeFilter): readonly Group[] {
  const floor = (time: Date) => printed(Math.floor(time.getTime() / 1000));
  const ceil = (time: Date) => printed(Math.ceil(time.getTime() / 1000));
  return [
    ...(updatedSince ? [where('updated_at', 'gteq', floor(updatedSince))] : []),
    ...(createdSince ? [where('created_at', 'gteq', floor(createdSince))] : []),
    ...(createdUntil ? [where('created_at', 'lt', ceil(createdUntil))] : []),
  ];
}

// The one spelling that is documented; one with a zone is taken too (recorded: orders-list-updated-since-iso8601), but
// what becomes of the zone is the database's business.
function printed(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ');
}

async function pageBy<Raw, T>(
  store: ConnectedStore,
  selection: Selection<Raw, T>,
  order: Order,
  { size, state }: PageRequest,
): Promise<Page<T>> {
  const at = readPageState(position, state);
  const answer = await ask(store, selection, searchFor(selection, order, size, at));
  const rows = answer.items.map((raw) => ({ raw, place: placeOf(raw, selection, order) }));
  const fresh = rows.filter(({ place }) => place === undefined || isFresh(at, place, order));
  const read = readRecords(
    fresh.map(({ raw }) => raw),
    selection.reading,
  );
  if (!answer.more || rows.length === 0) return read;
  const last = fresh.findLast(({ place }) => place !== undefined)?.place;
  const next = last ?? { page: (at && 'page' in at ? at.page : 1) + 1 };
  if (fresh.length === 0 || JSON.stringify(next) === JSON.stringify(at)) throw broken('no way to go on');
  return { ...read, next };
}

function searchFor(selection: Searched, order: Order, size: number, at: Position | undefined): Search {
  const { where: groups = [], id } = selection;
  const columns = order.column === undefined ? [id.column] : [order.column, id.column];
  const sort = columns.map((field) => ({ field, direction: order.direction }));
  if (at === undefined) return { where: groups, sort, size };
  if ('page' in at) return { where: groups, sort, size, page: at.page };
  return { where: [...groups, ...groupsBehind(at, id.column, order)], sort, size };
}

/** Behind (t, n): not before t, and after t or with a number above n. Groups all hold, of a group one condition must. */
function groupsBehind({ at, id }: Behind, number: string, { column, direction }: Order): readonly Group[] {
  const after = direction === 'ASC' ? 'gt' : 'lt';
  const numbered = where(number, after, `${id}`);
  if (column === undefined) return [numbered];
  return [where(column, `${after}eq`, at), [...where(column, after, at), ...numbered]];
}

function isFresh(at: Position | undefined, place: Behind, { direction }: Order): boolean {
  if (at === undefined || 'page' in at) return true;
  const [first, second] = direction === 'ASC' ? [at, place] : [place, at];
  return first.at < second.at || (first.at === second.at && first.id < second.id);
}

const record = z.record(z.string(), z.unknown());

function placeOf(raw: JsonValue, { id: { field } }: Searched, { column }: Order): Behind | undefined {
  const row = record.safeParse(raw).data ?? {};
  const at = column === undefined ? '' : row[column] || null;
  return behind.safeParse({ id: Number(idAtom.safeParse(row[field]).data), at }).data;
}

const answered = z.object({
  // `null` on a page beyond the last, where only some fields are asked for (recorded: orders-list-page-beyond-last).
  items: list(anyJson),
  total_count: z.coerce.number().int().nullish().catch(null),
  search_criteria: z.object({ page_size: z.int().positive(), current_page: z.int().positive() }).nullish().catch(null),
});

interface Answer {
  readonly items: readonly JsonValue[];
  readonly more: boolean;
}

/** One search; `more` says whether records lie beyond this page, by the size that the platform says it has used. */
async function ask(
  store: ConnectedStore,
  { path, fields }: Pick<Selection<never, never>, 'path' | 'fields'>,
  search: Search,
): Promise<Answer> {
  const query = { ...searchParameters(search), fields };
  const { items, ...said } = (await store.http({ path, query, effect: 'read', expect: answered })).data;
  const used = said.search_criteria ?? { page_size: search.size, current_page: search.page ?? 1 };
  const reached = (used.current_page - 1) * used.page_size + items.length;
  const total = said.total_count ?? null;
  return { items, more: total === null ? items.length >= used.page_size : reached < total };
}

/** All of a small collection, such as the shipments of one order. @throws GatewayError when it has more than `most` */
export async function searchAll(
  store: ConnectedStore,
  selection: Pick<Selection<never, never>, 'path' | 'where' | 'fields' | 'id'>,
  most = 200,
): Promise<readonly JsonValue[]> {
  const sort = [{ field: selection.id.column, direction: 'ASC' } as const];
  const { items, more } = await ask(store, selection, { where: selection.where ?? [], sort, size: most });
  if (more && items.length >= most) throw broken(`more than ${most} records`);
  return items;
}

/** The error for a list that cannot be trusted any more. */
export function broken(what: string): GatewayError<'platform_contract_broken'> {
  return new GatewayError('platform_contract_broken', `magento answered a list with ${what}.`, {
    platform: { id: 'magento' },
  });
}
