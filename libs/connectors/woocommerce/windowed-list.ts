import type { ConnectedStore, JsonValue, ListQuery, Page, PageRequest } from '#contract';
import { anyJson, type RecordReading, readRecords } from '#kit';
import { z } from 'zod';
import { advance, broken, isCrowded, positionBehind, readPosition, readRow, skipParameters } from './position.js';
import { SORT_COLUMNS, type TimeFilter, windowParameters } from './window.js';

/** A collection and what of it is asked for, besides its bounds in time. */
export interface Selection<Raw, T> {
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly reading: RecordReading<Raw, T>;
  /** Takes out what the platform's search found too much. */
  readonly keeps?: (raw: JsonValue) => boolean;
}

/**
 * One page of a collection that the platform can bound by time: orders, refunds, products, variations, coupons. See
 * position.ts for why it counts no pages.
 */
export async function windowedPage<Raw, T>(
  store: ConnectedStore,
  { path, query, reading, keeps = () => true }: Selection<Raw, T>,
  { filter, sort }: ListQuery<TimeFilter>,
  { size, state }: PageRequest,
): Promise<Page<T>> {
  const column = SORT_COLUMNS[sort];
  const at = readPosition(state);
  const skip = skipParameters(at, size);
  const reply = await store.http({
    path,
    query: {
      ...windowParameters(filter, column, at && { second: at.second, alone: isCrowded(at) }),
      ...skip,
      ...query,
      orderby: column.orderby,
      order: column.ascending ? 'asc' : 'desc',
    },
    effect: 'read',
    expect: z.array(anyJson),
  });
  const rows = reply.data.map((raw) => readRow(raw, column));
  const { fresh, position, goesOn } = advance(at, rows, size, column);
  const records = fresh.map(({ raw }) => raw).filter(keeps);
  const read = readRecords(records, reading);
  // A page may be short before the end too: what the key's owner may not see is taken out after counting.
  const isCutShort = Number(reply.header('x-wp-total') ?? NaN) - (skip.offset ?? 0) > skip.per_page;
  if (!goesOn && rows.length < skip.per_page && !isCutShort) {
    return isCrowded(at) ? { ...read, next: positionBehind(at, column) } : read;
  }
  if (position === undefined || JSON.stringify(position) === JSON.stringify(at)) throw broken('no way to go on');
  return { ...read, next: position };
}
