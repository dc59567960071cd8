import type { ConnectedStore, HttpCall, JsonValue, Page, PageRequest } from '#contract';
import { readPageState, type RecordReading, readRecords } from '#kit';
import { z } from 'zod';
import { readRows } from './record-calls.js';

// Where a list stands that the platform can only number: categories, locations, stock, variants, addresses. Their order is
// not documented. When fewer records are there than before, some were deleted while the list is read, and others moved to
// the page before: that page is given once more, so that none is lost; a record may then come twice.
const counted = z.strictObject({ page: z.int().min(1).max(1_000_000), total: z.int().min(0).nullable() });

/** A collection and what of it is asked for. */
export interface Selection<Raw, T> {
  readonly path: string;
  readonly query?: HttpCall<unknown>['query'];
  readonly reading: RecordReading<Raw, T>;
  /** Takes out what the platform's search found too much. */
  readonly keeps?: (raw: JsonValue) => boolean;
}

/** A page of a numbered list as it was printed. */
export interface CountedRows {
  readonly rows: readonly JsonValue[];
  readonly next?: { readonly page: number; readonly total: number | null };
}

/** One page of a list that is numbered, not mapped yet. */
export async function countedRows(
  store: ConnectedStore,
  { path, query }: Pick<Selection<never, never>, 'path' | 'query'>,
  { size, state }: PageRequest,
): Promise<CountedRows> {
  const at = readPageState(counted, state) ?? { page: 1, total: null };
  const ask = (page: number) => readRows(store, path, { ...query, page, limit: size });
  let answer = await ask(at.page);
  const isShrunk = at.total !== null && answer.total !== null && answer.total < at.total && at.page > 1;
  const { total } = answer;
  if (isShrunk) answer = await ask(at.page - 1);
  const next = { page: isShrunk ? at.page : at.page + 1, total };
  return answer.more ? { rows: answer.rows, next } : { rows: answer.rows };
}

/** One page of a list that is numbered. */
export async function countedPage<Raw, T>(
  store: ConnectedStore,
  selection: Selection<Raw, T>,
  page: PageRequest,
): Promise<Page<T>> {
  const { rows, next } = await countedRows(store, selection, page);
  const read = readRecords(rows.filter(selection.keeps ?? (() => true)), selection.reading);
  return { ...read, ...(next !== undefined && { next }) };
}
