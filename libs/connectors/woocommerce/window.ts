import type { Sort } from '#contract';

/** The bounds in time that a list may be asked for with. */
export interface TimeFilter {
  readonly updatedSince?: Date;
  readonly createdSince?: Date;
  readonly createdUntil?: Date;
}

/** How the platform names what a list is sorted by. */
export interface SortColumn {
  readonly ascending: boolean;
  readonly orderby: 'date' | 'modified';
  /** The parameters that bound it, and the field of a record that holds it. */
  readonly after: 'after' | 'modified_after';
  readonly before: 'before' | 'modified_before';
  readonly field: 'date_created_gmt' | 'date_modified_gmt';
}

const CREATED = { orderby: 'date', after: 'after', before: 'before', field: 'date_created_gmt' } as const;
const UPDATED = {
  orderby: 'modified',
  after: 'modified_after',
  before: 'modified_before',
  field: 'date_modified_gmt',
} as const;

export const SORT_COLUMNS: Readonly<Record<Sort, SortColumn>> = {
  createdAt: { ...CREATED, ascending: true },
  '-createdAt': { ...CREATED, ascending: false },
  updatedAt: { ...UPDATED, ascending: true },
  '-updatedAt': { ...UPDATED, ascending: false },
};

/**
 * The parameters for a filter, and for a page that begins with a given second of the sorted column, or holds that second
 * alone. Of two bounds at the same end the tighter one counts.
 *
 * The platform keeps whole seconds and compares strictly (recorded: orders-modified-after-boundary-exact-gmt-flag and
 * -minus-1s-): what is asked since an instant begins one second before it, rounded down; what is asked until an instant
 * ends before it, rounded up. So two windows that touch may share the second they touch in, and none is lost. UTC without
 * a zone and `dates_are_gmt` is the one spelling that is read right everywhere: with the flag an offset is dropped, and
 * without it the time is the shop's own (recorded: orders-modified-after-boundary-minus-30min-offset).
 */
export function windowParameters(
  { createdSince, createdUntil, updatedSince }: TimeFilter,
  column: SortColumn,
  from?: { readonly second: string; readonly alone: boolean },
): Readonly<Record<string, string | boolean>> {
  const bounds: Bounds = new Map([
    ['after', createdSince && Math.floor(createdSince.getTime() / 1000) - 1],
    ['before', createdUntil && Math.ceil(createdUntil.getTime() / 1000)],
    ['modified_after', updatedSince && Math.floor(updatedSince.getTime() / 1000) - 1],
  ]);
  if (from !== undefined) narrow(bounds, column, Date.parse(`${from.second}Z`) / 1000, from.alone);
  const parameters: Record<string, string | boolean> = { dates_are_gmt: true };
  for (const [name, bound] of bounds) if (bound !== undefined) parameters[name] = print(bound);
  return parameters;
}

/** Whole seconds since 1970, themselves outside. */
type Bounds = Map<SortColumn['after' | 'before'], number | undefined>;

function narrow(bounds: Bounds, { ascending, after, before }: SortColumn, second: number, alone: boolean): void {
  if (ascending || alone) bounds.set(after, Math.max(second - 1, bounds.get(after) ?? -Infinity));
  if (!ascending || alone) bounds.set(before, Math.min(second + 1, bounds.get(before) ?? Infinity));
}

function print(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(/\.000Z$/, '');
}
