import { Big } from '#contract';

/** What a member of a row may hold; it goes out as it stands. */
export type Cell = string | number | boolean | null | Cell[] | Row;

/**
 * One row of a table, with the names the REST API gives its columns. A column that was never written is absent, as the
 * API leaves out what is null (fact sheet, section 1). Columns that begin with `_` are the sandbox's own and never go out.
 */
export interface Row {
  [column: string]: Cell;
}

/** Columns are `decimal(20,4)`. */
const STORED_DECIMALS = 4;

/** A number column; absent and null count as 0. */
export function num(row: Row, column: string): number {
  const value = row[column];
  return typeof value === 'number' ? value : Number(typeof value === 'string' ? value : 0) || 0;
}

/** A column as text; absent and null count as empty. */
export function text(row: Row, column: string): string {
  const value = row[column];
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

export function isRow(cell: Cell | undefined): cell is Row {
  return typeof cell === 'object' && cell !== null && !Array.isArray(cell);
}

/** A member that is a row of its own; empty when absent. */
export function inner(row: Row, column: string): Row {
  const value = row[column];
  return isRow(value) ? value : {};
}

/** A member that is a list of rows, the list itself; a new empty one when absent. */
export function rowsOf(row: Row, column: string): Row[] {
  const value = row[column];
  return Array.isArray(value) ? value.filter(isRow) : [];
}

/** Exact to the four decimals that are stored. */
export function sumOf(...amounts: readonly number[]): number {
  return amounts
    .reduce((sum, amount) => sum.plus(amount), new Big(0))
    .round(STORED_DECIMALS)
    .toNumber();
}

/** Product and quotient, rounded half up as `PriceCurrency::round` does. */
export function share(amount: number, factor: number, divisor = 1, decimals = STORED_DECIMALS): number {
  return new Big(amount).times(factor).div(divisor).round(decimals).toNumber();
}

/** Adds to a number column, from 0 where it was never written. */
export function add(row: Row, column: string, amount: number): void {
  row[column] = sumOf(num(row, column), amount);
}

/** Adds to a column of the order's currency and to its twin of the base currency. */
export function addBoth(row: Row, column: string, amount: number, base: number): void {
  add(row, column, amount);
  add(row, `base_${column}`, base);
}

/** A copy that shares nothing with the original. */
export function copyOf(row: Row): Row {
  return structuredClone(row);
}

/** Adds to a member that is a list. */
export function append(row: Row, column: string, item: Row): void {
  const list = row[column];
  if (Array.isArray(list)) list.push(item);
  else row[column] = [item];
}
