import type { Cell, Row } from '../row.js';
import { compare, fulfils } from './conditions.js';
import type { RestCall } from './rest-call.js';
import { internalError } from './rest-error.js';
import { echo, readCriteria, type SearchCriteria } from './search-criteria.js';

/** A table that can be searched. */
export interface Searchable {
  readonly rows: readonly Row[];
  /** Columns that exist although no row has them now. */
  readonly columns?: readonly string[];
  /** A column's value where it is not the row's own member of that name. */
  readonly read?: (row: Row, column: string) => Cell | undefined;
  /** What the answer shows of a row; absent = the row. */
  readonly print?: (row: Row) => Row;
  readonly isCriteriaOptional?: boolean;
}

/**
 * Answers a search. A page past the end is empty, with the true count (recorded: orders-list-page-beyond-last-no-fields.json).
 * @throws {RestError} 400 for malformed criteria, 500 for an unknown field (recorded: err-400-bad-field.json)
 */
export function searchPage(call: RestCall, table: Searchable): Row {
  const criteria = readCriteria(call.query, call.shop.limitsInput, table.isCriteriaOptional);
  const found = sorted(filtered(table, criteria, call), table, criteria, call);
  const page = pageOf(found, criteria);
  return {
    items: page.map(table.print ?? ((row) => row)),
    search_criteria: echo(criteria),
    total_count: found.length,
  };
}

function filtered(table: Searchable, { groups }: SearchCriteria, call: RestCall): readonly Row[] {
  for (const { field } of groups.flat()) checkColumn(table, field, call);
  return table.rows.filter((row) =>
    groups.every(
      (filters) =>
        filters.length === 0 ||
        filters.some(({ field, value, condition }) => fulfils(cellOf(table, row, field), condition, value)),
    ),
  );
}

/** Anything but ASC is descending (fact sheet, section 4). */
function sorted(
  rows: readonly Row[],
  table: Searchable,
  { sortOrders }: SearchCriteria,
  call: RestCall,
): readonly Row[] {
  for (const { field } of sortOrders) checkColumn(table, field, call);
  return [...rows].sort((left, right) => {
    for (const { field, direction } of sortOrders) {
      const order = orderOf(cellOf(table, left, field), cellOf(table, right, field));
      if (order !== 0) return direction === 'ASC' ? order : -order;
    }
    return 0;
  });
}

/** Nulls come first. */
function orderOf(left: Cell | undefined, right: Cell | undefined): number {
  const [a, b] = [left ?? null, right ?? null];
  if (a === null || b === null) return Number(a !== null) - Number(b !== null);
  return compare(a, typeof b === 'object' ? '' : String(b));
}

function pageOf(rows: readonly Row[], { pageSize, currentPage = 1 }: SearchCriteria): readonly Row[] {
  if (pageSize === undefined || pageSize <= 0) return rows;
  const start = (Math.max(currentPage, 1) - 1) * pageSize;
  return rows.slice(start, start + pageSize);
}

function cellOf(table: Searchable, row: Row, column: string): Cell | undefined {
  return table.read?.(row, column) ?? row[column];
}

function checkColumn(table: Searchable, column: string, call: RestCall): void {
  const isKnown =
    table.columns?.includes(column) === true || table.rows.some((row) => cellOf(table, row, column) !== undefined);
  // An empty table does not tell its columns; nothing would be found anyway.
  if (!isKnown && table.rows.length > 0) throw internalError(call.at);
}
