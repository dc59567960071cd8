import { dateBound, type DateParameter } from './date-filter.js';
import { type ListQuery, readPaging, readSelection } from './list-query.js';
import type { ParameterReader } from './parameter-reader.js';

/** What every list of posts (orders, products, variations, coupons) may be asked. */
export interface PostQuery<OrderBy extends string> extends ListQuery<OrderBy> {
  readonly context: 'view' | 'edit';
  readonly after: DateParameter | undefined;
  readonly before: DateParameter | undefined;
  readonly modifiedAfter: DateParameter | undefined;
  readonly modifiedBefore: DateParameter | undefined;
  readonly datesAreGmt: boolean;
}

/** Reads in the order of the route's arguments, which is the order wrong ones are named in. */
export function readPostQuery<OrderBy extends string>(
  reader: ParameterReader,
  orderBy: readonly OrderBy[],
  standard: OrderBy,
): PostQuery<OrderBy> {
  return {
    context: reader.oneOf('context', ['view', 'edit'], 'view'),
    ...readPaging(reader),
    after: reader.date('after'),
    before: reader.date('before'),
    modifiedAfter: reader.date('modified_after'),
    modifiedBefore: reader.date('modified_before'),
    datesAreGmt: reader.boolean('dates_are_gmt'),
    ...readSelection(reader, 'desc', orderBy, standard),
  };
}

interface Post {
  readonly id: number;
  readonly createdAt: number;
  readonly modifiedAt: number;
}

/** All bounds are exclusive (fact sheet, section 4.2; recorded: orders-modified-after-boundary-exact-gmt-flag.json). */
export function matchesPostQuery(post: Post, query: PostQuery<string>, timeZone: string): boolean {
  const bound = (date: DateParameter | undefined): number | undefined =>
    date && dateBound(date, query.datesAreGmt, timeZone);
  return (
    isBetween(post.createdAt, bound(query.after), bound(query.before)) &&
    isBetween(post.modifiedAt, bound(query.modifiedAfter), bound(query.modifiedBefore)) &&
    (query.include.length === 0 || query.include.includes(post.id)) &&
    !query.exclude.includes(post.id)
  );
}

function isBetween(instant: number, after: number | undefined, before: number | undefined): boolean {
  return (after === undefined || instant > after) && (before === undefined || instant < before);
}

/** Every word occurs somewhere. */
export function matchesSearch(search: string, ...texts: readonly string[]): boolean {
  const text = texts.join('\n').toLowerCase();
  const words = search.toLowerCase().split(/\s+/);
  return words.every((word) => text.includes(word));
}

type Key = number | string;

/** Ties are broken by id in the same direction (fact sheet, section 4.2). */
export function sortPosts<Row extends Post>(
  rows: readonly Row[],
  query: PostQuery<string>,
  keyOf: (row: Row) => Key,
): readonly Row[] {
  const { include, order, orderBy } = query;
  if (orderBy === 'include' || orderBy === 'post__in') {
    return [...rows].sort((a, b) => include.indexOf(a.id) - include.indexOf(b.id));
  }
  const direction = order === 'asc' ? 1 : -1;
  const key = (row: Row): Key => {
    if (orderBy === 'id') return row.id;
    if (orderBy === 'date') return row.createdAt;
    return orderBy === 'modified' ? row.modifiedAt : keyOf(row);
  };
  return [...rows].sort((a, b) => direction * (compare(key(a), key(b)) || a.id - b.id));
}

function compare(a: Key, b: Key): number {
  return typeof a === 'string' && typeof b === 'string' ? a.localeCompare(b) : Number(a) - Number(b);
}
