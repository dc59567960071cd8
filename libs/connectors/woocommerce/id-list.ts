import type { ConnectedStore, JsonValue, Page, PageRequest } from '#contract';
import { anyJson, readPageState, readRecords } from '#kit';
import { z } from 'zod';
import { broken } from './position.js';
import type { Selection } from './windowed-list.js';

// Where a list stands that the platform can only sort by id (customers, categories, webhooks): the last id given, and how
// many records up to it there are believed to be. The next page is asked for with that last record once more. If records
// before it were deleted meanwhile, the answer begins behind it: what lies between would be lost, so the list steps back
// until it begins at or before the last id, and drops what was given. New records have higher ids and are met at the end.
const MAX_PAGE = 100;
const MAX_IDLE = 50;

const count = z.int().min(0).max(1_000_000_000);
const place = z.strictObject({ last: count, before: count, idle: z.int().min(0).max(MAX_IDLE) });
type Place = z.infer<typeof place>;

const row = z.object({ id: z.union([z.string(), z.number()]).transform(Number).pipe(z.int().positive()) });

/** One page of a collection that has no bounds in time, in the order of ids. */
export async function idPage<Raw, T>(
  store: ConnectedStore,
  selection: Selection<Raw, T>,
  { size, state }: PageRequest,
): Promise<Page<T>> {
  const at = readPageState(place, state) ?? { last: 0, before: 0, idle: 0 };
  const { records, ids, offset, isLast } = await askBehind(store, selection, at, size);
  // A recorded first page may have been asked for in another order; a list that goes on cannot.
  if (state !== undefined && !isSorted(ids)) throw broken('records that are not sorted by id');
  const fresh = records.filter((raw) => (idOf(raw) ?? Infinity) > at.last).slice(0, size);
  const read = readRecords(kept(fresh, selection), selection.reading);
  if (isLast) return read;
  const next = { ...placeAfter(at, offset, ids, size), idle: fresh.length > 0 ? 0 : at.idle + 1 };
  if (next.idle > MAX_IDLE || ids.length === 0) throw broken('no way to go on');
  return { ...read, next };
}

interface Answer {
  readonly records: readonly JsonValue[];
  readonly ids: readonly number[];
  readonly offset: number;
  readonly isLast: boolean;
}
type Asked = Pick<Selection<never, never>, 'path' | 'query'>;

/** Steps back, each time twice as far, until the answer begins with a record that was given. */
async function askBehind(store: ConnectedStore, asked: Asked, { last, before }: Place, size: number): Promise<Answer> {
  const limit = Math.min(before > 0 ? size + 1 : size, MAX_PAGE);
  let offset = Math.max(before - 1, 0);
  for (let step = limit; ; step *= 2) {
    const answer = await ask(store, asked, offset, limit);
    if (offset === 0 || (answer.ids[0] ?? Infinity) <= last) return answer;
    offset = Math.max(offset - step, 0);
  }
}

async function ask(store: ConnectedStore, { path, query }: Asked, offset: number, limit: number): Promise<Answer> {
  const reply = await store.http({
    path,
    query: { ...query, orderby: 'id', order: 'asc', per_page: limit, ...(offset > 0 && { offset }) },
    effect: 'read',
    expect: z.array(anyJson),
  });
  const records = reply.data;
  // A page may be short before the end too: what the key's owner may not see is taken out after counting.
  const isCutShort = Number(reply.header('x-wp-total') ?? NaN) > offset + limit;
  const ids = records.map(idOf).filter((id) => id !== undefined);
  return { records, ids, offset, isLast: records.length < limit && !isCutShort };
}

function kept(records: readonly JsonValue[], { keeps }: Pick<Selection<never, never>, 'keeps'>): readonly JsonValue[] {
  return keeps === undefined ? records : records.filter(keeps);
}

function idOf(raw: JsonValue): number | undefined {
  return row.safeParse(raw).data?.id;
}

function isSorted(ids: readonly number[]): boolean {
  return ids.every((id, index) => id > (ids[index - 1] ?? 0));
}

function placeAfter({ last }: Place, offset: number, ids: readonly number[], size: number): Omit<Place, 'idle'> {
  const behind = ids.filter((id) => id > last).slice(0, size);
  const reached = Math.max(last, ...behind);
  return { last: reached, before: offset + ids.filter((id) => id <= reached).length };
}
