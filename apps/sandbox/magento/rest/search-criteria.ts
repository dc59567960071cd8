import type { PhpArray, PhpValue } from '../../php-query.js';
import type { Row } from '../row.js';
import { RestError, required, unsupported, wrongType } from './rest-error.js';

interface Filter {
  readonly field: string;
  readonly value: string;
  readonly condition: string;
}

interface SortOrder {
  readonly field: string;
  readonly direction?: string;
}

/** What a list is asked for. */
export interface SearchCriteria {
  /** Groups are joined by AND, the filters of one by OR. */
  readonly groups: readonly (readonly Filter[])[];
  readonly sortOrders: readonly SortOrder[];
  readonly pageSize?: number;
  readonly currentPage?: number;
}

const MAX_PAGE_SIZE = 300;
const DEFAULT_PAGE_SIZE = 20;

const EVERYTHING: SearchCriteria = { groups: [], sortOrders: [] };

/**
 * Reads `searchCriteria[…]` with its names in either spelling (fact sheet, section 4). A bare `searchCriteria=` means
 * everything (recorded: sales-rules.json); without any the answer is 400 (recorded: orders-list-no-criteria.json).
 * @param isOptional a few lists do without (recorded: inventory-sources.json)
 * @throws {RestError}
 */
export function readCriteria(query: PhpArray, limitsInput: boolean, isOptional = false): SearchCriteria {
  const given = query.get('searchCriteria') ?? query.get('search_criteria');
  if (given === undefined && !isOptional) throw required('searchCriteria');
  const criteria = given instanceof Map ? criteriaOf(given) : EVERYTHING;
  if (!limitsInput) return criteria;
  if ((criteria.pageSize ?? 0) > MAX_PAGE_SIZE) {
    throw new RestError(400, 'Maximum SearchCriteria pageSize is %max', { max: MAX_PAGE_SIZE });
  }
  return { pageSize: DEFAULT_PAGE_SIZE, ...criteria };
}

function criteriaOf(given: PhpArray): SearchCriteria {
  const members = named(given, ['filter_groups', 'sort_orders', 'page_size', 'current_page']);
  const [pageSize, currentPage] = [wholeNumber(members.get('page_size')), wholeNumber(members.get('current_page'))];
  return {
    groups: listOf(members.get('filter_groups')).map((group) =>
      listOf(named(group, ['filters']).get('filters')).map(filterOf),
    ),
    sortOrders: listOf(members.get('sort_orders')).map(sortOrderOf),
    ...(pageSize === undefined ? {} : { pageSize }),
    ...(currentPage === undefined ? {} : { currentPage }),
  };
}

function filterOf(given: PhpArray): Filter {
  const members = named(given, ['field', 'value', 'condition_type']);
  return {
    field: textIn(members, 'field') ?? '',
    value: textIn(members, 'value') ?? '',
    condition: textIn(members, 'condition_type') ?? 'eq',
  };
}

function sortOrderOf(given: PhpArray): SortOrder {
  const members = named(given, ['field', 'direction']);
  const direction = textIn(members, 'direction')?.toUpperCase();
  if (direction !== undefined && direction !== 'ASC' && direction !== 'DESC') {
    throw new RestError(
      400,
      'The sort order has to be specified as ASC for ascending order or DESC for descending order.',
    );
  }
  return { field: textIn(members, 'field') ?? '', ...(direction === undefined ? {} : { direction }) };
}

/** The members by their snake_case names. */
function named(given: PhpArray, known: readonly string[]): PhpArray {
  const members: PhpArray = new Map();
  for (const [name, value] of given) {
    const snake = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    if (!known.includes(snake)) throw unsupported(snake);
    members.set(snake, value);
  }
  return members;
}

function listOf(given: PhpValue | undefined): PhpArray[] {
  if (!(given instanceof Map)) return [];
  return [...given.values()].filter((value): value is PhpArray => value instanceof Map);
}

function textIn(members: PhpArray, name: string): string | undefined {
  const value = members.get(name);
  if (value instanceof Map) return [...value.values()].filter((one) => typeof one === 'string').join(',');
  return value;
}

function wholeNumber(value: PhpValue | undefined): number | undefined {
  if (value === undefined || value === '') return undefined;
  if (typeof value !== 'string' || !/^-?\d+$/.test(value))
    throw wrongType(typeof value === 'string' ? value : '', 'int');
  return Number(value);
}

/** The criteria as the answer repeats them (recorded: orders-list-page1.json). */
export function echo({ groups, sortOrders, pageSize, currentPage }: SearchCriteria): Row {
  return {
    filter_groups: groups.map((filters) => ({
      filters: filters.map(({ field, value, condition }) => ({ field, value, condition_type: condition })),
    })),
    ...(sortOrders.length === 0 ? {} : { sort_orders: sortOrders.map((order) => ({ ...order })) }),
    ...(pageSize === undefined ? {} : { page_size: pageSize }),
    ...(currentPage === undefined ? {} : { current_page: currentPage }),
  };
}
