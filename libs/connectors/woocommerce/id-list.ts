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
  const { records, offset, limit, isCutShort } = await ask(store, selection, at, size);
  const ids = records.map(idOf);
  const known = ids.filter((id) => id !== undefined);
  if (known.some((id, index) => id <= (known[index - 1] ?? 0))) throw broken('records that are not sorted by id');
  if (offset > 0 && (known[0] ?? Infinity) > at.last) return steppedBack(at, limit);
  const fresh = records.filter((_, index) => (ids[index] ?? Infinity) > at.last).slice(0, size);
  const read = readRecords(fresh.filter(selection.keeps ?? (() => true)), selection.reading);
  if (records.length < limit && !isCutShort) return read;
  const next = { ...placeAfter(at, offset, known, size), idle: fresh.length > 0 ? 0 : at.idle + 1 };
  if (next.idle > MAX_IDLE || known.length === 0) throw broken('no way to go on');
  return { ...read, next };
}

async function ask(
  store: ConnectedStore,
  { path, query }: Pick<Selection<never, never>, 'path' | 'query'>,
  at: Place,
  size: number,
): Promise<{ records: readonly JsonValue[]; offset: number; limit: number; isCutShort: boolean }> {
  const offset = Math.max(at.before - 1, 0);
  const limit = Math.min(at.before > 0 ? size + 1 : size, MAX_PAGE);
  const reply = await store.http({
    path,
    query: { ...query, orderby: 'id', order: 'asc', per_page: limit, ...(offset > 0 && { offset }) },
    effect: 'read',
    expect: z.array(anyJson),
  });
  // A page may be short before the end too: what the key's owner may not see is taken out after counting.
  const isCutShort = Number(reply.header('x-wp-total') ?? NaN) > offset + limit;
  return { records: reply.data, offset, limit, isCutShort };
}

function idOf(raw: JsonValue): number | undefined {
  return row.safeParse(raw).data?.id;
}

function steppedBack<T>(at: Place, by: number): Page<T> {
  if (at.idle >= MAX_IDLE) throw broken('other records each time');
  return { items: [], quarantined: [], next: { ...at, before: Math.max(at.before - by, 0), idle: at.idle + 1 } };
}

function placeAfter({ last }: Place, offset: number, ids: readonly number[], size: number): Omit<Place, 'idle'> {
  const behind = ids.filter((id) => id > last).slice(0, size);
  const reached = behind.at(-1) ?? last;
  return { last: reached, before: offset + ids.filter((id) => id <= reached).length };
}
