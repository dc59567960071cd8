import type { Cell } from '../row.js';

type Comparison = (order: number) => boolean;

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  eq: (order) => order === 0,
  neq: (order) => order !== 0,
  gt: (order) => order > 0,
  gteq: (order) => order >= 0,
  moreq: (order) => order >= 0,
  from: (order) => order >= 0,
  lt: (order) => order < 0,
  lteq: (order) => order <= 0,
  to: (order) => order <= 0,
};

/**
 * Whether a column fulfils a condition, as MySQL sees it: null fulfils nothing but `null`, text is compared without regard
 * to case, numbers as numbers, dates whatever stands between day and time (recorded: orders-list-updated-since-iso8601.json).
 * An unknown condition type counts as `eq` and is no error (observed on 2.4.7: status 200).
 */
export function fulfils(cell: Cell | undefined, condition: string, value: string): boolean {
  const isNull = cell === undefined || cell === null;
  if (condition === 'null') return isNull;
  if (condition === 'notnull') return !isNull;
  if (isNull) return false;
  switch (condition) {
    case 'in':
      return value.split(',').some((one) => compare(cell, one) === 0);
    case 'nin':
      return value.split(',').every((one) => compare(cell, one) !== 0);
    case 'like':
      return isLike(cell, value);
    case 'nlike':
      return !isLike(cell, value);
    case 'finset':
      return membersOf(cell).includes(value);
    case 'nfinset':
      return !membersOf(cell).includes(value);
    default:
      return (COMPARISONS[condition] ?? isEqual)(compare(cell, value));
  }
}

const isEqual: Comparison = (order) => order === 0;

/** @returns how the column's value stands to the given one */
export function compare(cell: Cell, value: string): number {
  if (Array.isArray(cell)) return membersOf(cell).includes(value) ? 0 : 1;
  if (typeof cell === 'number') return cell - (Number.parseFloat(value) || 0);
  if (typeof cell === 'boolean') return Number(cell) - (Number.parseFloat(value) || Number(value === 'true'));
  const own = plain(cell);
  return own.localeCompare(isDate(own) ? dateText(value) : plain(value).trimEnd(), 'en', { sensitivity: 'accent' });
}

function plain(cell: Cell): string {
  return typeof cell === 'object' ? '' : String(cell);
}

function isDate(text: string): boolean {
  return /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text);
}

/** MySQL drops the zone and adds midnight. */
function dateText(value: string): string {
  const [, day = value, time = '00:00:00'] = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?))?/.exec(value) ?? [];
  return time.length === 5 ? `${day} ${time}:00` : `${day} ${time}`;
}

function membersOf(cell: Cell): string[] {
  return Array.isArray(cell) ? cell.map(plain) : plain(cell).split(',');
}

function isLike(cell: Cell, pattern: string): boolean {
  const source = pattern
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('%', '.*')
    .replaceAll('_', '.');
  return new RegExp(`^${source}$`, 'isu').test(plain(cell));
}
