import { GatewayError, type JsonValue, type PageState } from '#contract';
import { z } from 'zod';
import type { SortColumn } from './window.js';

// Where a list stands that the platform can bound by time (orders, products, variations, coupons): the second of the
// sorted column that its last record lies in, and which records of that second were given. The next page begins with the
// same second again, and drops those of it. It counts no pages, so a record that changes place while the list is read
// cannot push another one across a page break unseen:
//
// - by creation nothing moves;
// - by update, oldest first, a record that changes moves to the end and is met there, once more if it was given before.
//   For that, records given are dropped here and not by `exclude`: the platform would leave them out at their new place too;
// - by update, newest first, it moves before the beginning: this sort is a view, not a way to keep up with a shop.
//
// Seldom (a bulk edit) more records share a second than are worth reading twice. Such a second is read alone, and what was
// given of it is skipped by number. Within a second the platform sorts by id: the last record given is asked for again,
// and if it does not come first, records left that second meanwhile, more would be skipped than was given, and the second
// is read again from its beginning.
const MAX_OVERLAP = 50;
const MAX_REWINDS = 5;
const MAX_PAGE = 100;

const second = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/);
const recordId = z.int().positive();
const open = z.strictObject({ second, seen: z.array(recordId).max(MAX_OVERLAP) });
const crowded = z.strictObject({ second, last: recordId, count: z.int().min(0), rewinds: z.int().min(0) });
const position = z.union([open, crowded]);
export type Position = z.infer<typeof position>;
type Crowded = z.infer<typeof crowded>;

const placeInTime = second.optional().catch(undefined);
const row = z.object({
  id: z.union([z.string(), z.number()]).transform(Number).pipe(recordId).optional().catch(undefined),
  date_created_gmt: placeInTime,
  date_modified_gmt: placeInTime,
});

/** What paging needs of a record, whether it can be mapped or not. */
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
  if (!read.success) throw new GatewayError('cursor_invalid', 'This cursor does not belong to this list.');
  return read.data;
}

export function readRow(raw: JsonValue, { field }: SortColumn): Row {
  const read = row.safeParse(raw).data;
  return { raw, id: read?.id, second: read?.[field] };
}

export function isCrowded(at: Position | undefined): at is Crowded {
  return at !== undefined && 'count' in at;
}

/** How many to ask for: besides those wanted also those known, as far as the platform gives so many. */
export function skipParameters(at: Position | undefined, size: number): { per_page: number; offset?: number } {
  if (!isCrowded(at)) return { per_page: Math.min(size + (at?.seen.length ?? 0), MAX_PAGE) };
  return at.count < 2 ? { per_page: size } : { per_page: Math.min(size + 1, MAX_PAGE), offset: at.count - 1 };
}

export interface Advance {
  /** The records of an answer that were not given before, at most as many as wanted. */
  readonly fresh: readonly Row[];
  /** Where the list stands after them; undefined when the answer holds none by which it could go on. */
  readonly position: Position | undefined;
  /** The list does not end with this answer, however short it is. */
  readonly goesOn: boolean;
}

/** @throws GatewayError `platform_contract_broken` when the answer does not begin where it was asked to. */
export function advance(at: Position | undefined, answer: readonly Row[], size: number, column: SortColumn): Advance {
  const isBehind = ({ second: at_ }: Row): boolean =>
    at !== undefined && at_ !== undefined && (column.ascending ? at_ < at.second : at_ > at.second);
  if (answer.some(isBehind)) throw broken('records outside of the time asked for');
  const isKnown = (given: Row): boolean => wasGiven(at, given, column);
  const [first] = answer;
  if (isCrowded(at) && at.count > 1 && !(first !== undefined && isKnown(first))) {
    return { fresh: [], position: rewound(at), goesOn: true };
  }
  const tooMany = answer.filter((given) => !isKnown(given))[size];
  const rows = tooMany === undefined ? answer : answer.slice(0, answer.indexOf(tooMany));
  const placed = rows.filter(isPlaced);
  const last = placed.at(-1);
  return {
    fresh: rows.filter((given) => !isKnown(given)),
    position: last && positionAfter(at, placed, last, isKnown(last)),
    goesOn: tooMany !== undefined,
  };
}

/** A record that was given and has changed since is not known: it lies elsewhere now. */
function wasGiven(at: Position | undefined, given: Row, { ascending }: SortColumn): boolean {
  if (at === undefined || given.id === undefined || given.second !== at.second) return false;
  return isCrowded(at) ? (ascending ? given.id <= at.last : given.id >= at.last) : at.seen.includes(given.id);
}

function isPlaced(given: Row): given is Placed {
  return given.id !== undefined && given.second !== undefined;
}

function positionAfter(at: Position | undefined, rows: readonly Placed[], last: Placed, isKnown: boolean): Position {
  if (isCrowded(at)) {
    return { ...at, last: isKnown ? at.last : last.id, count: Math.max(at.count - 1, 0) + rows.length };
  }
  const ids = rows.filter((given) => given.second === last.second).map(({ id }) => id);
  const seen = [...new Set([...(at?.second === last.second ? at.seen : []), ...ids])];
  return seen.length <= MAX_OVERLAP
    ? { second: last.second, seen }
    : { second: last.second, last: last.id, count: seen.length, rewinds: 0 };
}

/** Where the list goes on after a crowded second. */
export function positionBehind({ second: over }: Crowded, { ascending }: SortColumn): Position {
  const next = new Date(Date.parse(`${over}Z`) + (ascending ? 1000 : -1000));
  return { second: next.toISOString().slice(0, 19), seen: [] };
}

function rewound(at: Crowded): Position {
  if (at.rewinds >= MAX_REWINDS) throw broken('other records each time the same second is asked for');
  return { ...at, count: 0, rewinds: at.rewinds + 1 };
}

/** The error for a list that cannot be trusted any more. */
export function broken(what: string): GatewayError<'platform_contract_broken'> {
  return new GatewayError('platform_contract_broken', `woocommerce answered a list with ${what}.`, {
    platform: { id: 'woocommerce' },
  });
}
