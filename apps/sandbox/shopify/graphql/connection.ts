import { z } from 'zod';
import { graphqlFailure } from './graphql-failure.js';

/** Shopify's limit of one page; docs: https://shopify.dev/docs/api/usage/pagination-graphql */
const MOST_PER_PAGE = 250;

/** The paging arguments every connection takes. */
export interface PageArguments {
  readonly first?: number | null;
  readonly last?: number | null;
  readonly after?: string | null;
  readonly before?: string | null;
  readonly reverse?: boolean | null;
}

/** What a list is sorted by: numbers by size, texts by their code units. Moments are texts that sort by time. */
export type SortValue = string | number;

/** A list that can be paged. */
export interface Listing<Item> {
  readonly items: readonly Item[];
  readonly idOf: (item: NoInfer<Item>) => number;
  /** Absent = by id. */
  readonly sortBy?: (item: NoInfer<Item>) => SortValue;
  readonly view: (item: NoInfer<Item>) => unknown;
}

const cursorSchema = z.object({ last_id: z.number().int(), last_value: z.union([z.string(), z.number()]) });
type Place = z.infer<typeof cursorSchema>;

/** recorded (Admin API 2025-01): base64 of `{"last_id":N,"last_value":"…"}`. */
function cursorOf(place: Place): string {
  return Buffer.from(JSON.stringify(place)).toString('base64');
}

/** recorded: a cursor that is not one of its own is answered with BAD_REQUEST "Malformed cursor". */
function readCursor(cursor: string): Place {
  try {
    return cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64').toString('utf8')));
  } catch {
    throw graphqlFailure('BAD_REQUEST', 'Malformed cursor');
  }
}

function compare(left: Place, right: Place): number {
  const [a, b] = [left.last_value, right.last_value];
  // Reported, not recorded: a cursor of another sort order is refused with this message.
  if (typeof a !== typeof b) throw graphqlFailure('BAD_REQUEST', 'Invalid cursor for current pagination sort.');
  // A list by id holds the id in both, and digits do not sort as text.
  const byId = a === String(left.last_id) && b === String(right.last_id);
  if (a !== b && !byId) return a < b ? -1 : 1;
  return left.last_id - right.last_id;
}

/** The wording of these refusals is not recorded; the code is. */
function pageSize({ first, last }: PageArguments): number {
  const size = first ?? last;
  if (size === undefined || size === null) throw graphqlFailure('BAD_REQUEST', 'you must provide one of first or last');
  if (first !== undefined && first !== null && last !== undefined && last !== null) {
    throw graphqlFailure('BAD_REQUEST', 'providing both first and last is not supported');
  }
  if (size < 0) throw graphqlFailure('BAD_REQUEST', 'first and last cannot be negative');
  if (size > MOST_PER_PAGE) throw graphqlFailure('BAD_REQUEST', `first and last cannot exceed ${MOST_PER_PAGE}`);
  return size;
}

interface Edge {
  readonly cursor: string;
  readonly node: unknown;
}

/** A page as the schema's `…Connection` types have it. */
export interface Connection {
  readonly edges: readonly Edge[];
  readonly nodes: readonly unknown[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

/** The rows between the two cursors of a request, as positions: from (included) to (not included). */
function between(
  sorted: readonly Place[],
  { after, before }: PageArguments,
  direction: 1 | -1,
): readonly [number, number] {
  const passed = (cursor: string, own: boolean): number => {
    const limit = readCursor(cursor);
    return sorted.filter((place) => direction * compare(place, limit) < (own ? 1 : 0)).length;
  };
  return [after ? passed(after, true) : 0, before ? passed(before, false) : sorted.length];
}

/**
 * Cuts one page out of a list.
 * @throws {GraphQLError} BAD_REQUEST on wrong paging arguments or a foreign cursor
 */
export function connection<Item>({ items, idOf, sortBy, view }: Listing<Item>, page: PageArguments): Connection {
  const size = pageSize(page);
  const direction = page.reverse === true ? -1 : 1;
  const rows = items.map((item) => {
    const id = idOf(item);
    return { item, place: { last_id: id, last_value: sortBy?.(item) ?? String(id) } };
  });
  rows.sort((left, right) => direction * compare(left.place, right.place));
  const places = rows.map(({ place }) => place);
  const [start, end] = between(places, page, direction);
  const forward = typeof page.first === 'number';
  const from = forward ? start : Math.max(start, end - size);
  const to = forward ? Math.min(end, start + size) : end;
  const edges = rows.slice(from, to).map(({ item, place }) => ({ cursor: cursorOf(place), node: view(item) }));
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: {
      hasNextPage: to < rows.length,
      hasPreviousPage: from > 0,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}
