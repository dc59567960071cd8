import { GatewayError, type JsonValue, type PageState } from '#contract';
import { z } from 'zod';
import type { SortColumn } from './order-window.js';

// Where a list of orders stands: the second of the sorted column that its last order lies in, and which orders of that
// second were given. The next page begins with the same second again and leaves those out. It counts no pages, so an
// order that changes place while the list is read cannot push another one across a page break unseen:
//
// - by creation nothing moves;
// - by update, oldest first, an order that changes moves to the end and is met there, once more if it was given before;
// - by update, newest first, it moves before the beginning: this sort is a view, not a way to keep up with a shop.
//
// Seldom (a bulk edit) more orders share a second than fit into an address. They are then skipped by number: within a
// second the platform sorts by id, so the last order given is asked for again, and if it is not the first of the answer,
// orders left that second meanwhile: its rest would be skipped too far, and the second is read again from its beginning.
const MAX_EXCLUDED = 300;
const MAX_REWINDS = 5;
const MAX_PAGE = 100;

const second = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/);
const orderId = z.int().positive();
const listed = z.strictObject({ second, seen: z.array(orderId).max(MAX_EXCLUDED) });
const counted = z.strictObject({ second, last: orderId, count: z.int().min(0), rewinds: z.int().min(0) });
const position = z.union([listed, counted]);
export type Position = z.infer<typeof position>;

const placeInTime = second.optional().catch(undefined);
const row = z.object({
  id: z.union([z.string(), z.number()]).transform(Number).pipe(orderId).optional().catch(undefined),
  date_created_gmt: placeInTime,
  date_modified_gmt: placeInTime,
});

/** What paging needs of an order, whether it can be mapped or not. */
export interface Row {
  readonly raw: JsonValue;
  readonly id: number | undefined;
  readonly second: string | undefined;
}
type Placed = Row & { readonly id: number; readonly second: string };

/** @throws GatewayError `cursor_invalid` */
export function readPosition(state: PageState | undefined): Position | undefined {
  if (state === undefined) return undefined;
  const read = position.safeParse(state);
  if (!read.success) throw new GatewayError('cursor_invalid', 'This cursor does not belong to a list of orders.');
  return read.data;
}

export function readRow(raw: JsonValue, { field }: SortColumn): Row {
  const read = row.safeParse(raw).data;
  return { raw, id: read?.id, second: read?.[field] };
}

/** How many to ask for, and what to leave out. */
export function skipParameters(
  at: Position | undefined,
  size: number,
): { readonly per_page: number; readonly exclude?: string; readonly offset?: number } {
  if (at === undefined || ('seen' in at && at.seen.length === 0)) return { per_page: size };
  if ('seen' in at) return { per_page: size, exclude: at.seen.join(',') };
  // One more, because the first one is known.
  return at.count < 2 ? { per_page: size } : { per_page: Math.min(size + 1, MAX_PAGE), offset: at.count - 1 };
}

export interface Advance {
  /** The orders of an answer that were not given before. */
  readonly fresh: readonly Row[];
  /** Where the list stands after them; undefined when the answer holds none by which it could go on. */
  readonly position: Position | undefined;
  /** The answer was of no use: the list does not end with it, however short it is. */
  readonly again: boolean;
}

/** @throws GatewayError `platform_contract_broken` when the answer does not begin where it was asked to. */
export function advance(at: Position | undefined, rows: readonly Row[], { ascending }: SortColumn): Advance {
  const isBehind = (row: Placed): boolean =>
    at !== undefined && (ascending ? row.second < at.second : row.second > at.second);
  const isKnown = (row: Row): boolean => {
    if (at === undefined || row.id === undefined) return false;
    if ('seen' in at) return at.seen.includes(row.id);
    return row.second === at.second && (ascending ? row.id <= at.last : row.id >= at.last);
  };
  const placed = rows.filter(isPlaced);
  if (placed.some(isBehind)) throw broken('orders outside of the time asked for');
  const [first] = rows;
  if (at !== undefined && 'count' in at && at.count > 1 && !(first !== undefined && isKnown(first))) {
    return { fresh: [], position: rewound(at), again: true };
  }
  const last = placed.at(-1);
  const fresh = rows.filter((row) => !isKnown(row));
  return { fresh, position: last && positionAfter(at, placed, last, isKnown(last)), again: false };
}

function isPlaced(row: Row): row is Placed {
  return row.id !== undefined && row.second !== undefined;
}

function positionAfter(at: Position | undefined, rows: readonly Placed[], last: Placed, isKnown: boolean): Position {
  const ids = rows.filter((row) => row.second === last.second).map(({ id }) => id);
  if (at?.second !== last.second) return { second: last.second, seen: ids };
  if ('count' in at) {
    return { ...at, last: isKnown ? at.last : last.id, count: Math.max(at.count - 1, 0) + rows.length };
  }
  const seen = [...new Set([...at.seen, ...ids])];
  return seen.length <= MAX_EXCLUDED
    ? { second: last.second, seen }
    : { second: last.second, last: last.id, count: seen.length, rewinds: 0 };
}

function rewound(at: z.infer<typeof counted>): Position {
  if (at.rewinds >= MAX_REWINDS) throw broken('other orders each time the same second is asked for');
  return { ...at, count: 0, rewinds: at.rewinds + 1 };
}

/** The error for a list that cannot be trusted any more. */
export function broken(what: string): GatewayError<'platform_contract_broken'> {
  return new GatewayError('platform_contract_broken', `woocommerce answered a list of orders with ${what}.`, {
    platform: { id: 'woocommerce' },
  });
}
