/** What a field of a record must be. `in` takes values joined by commas; `like` takes `%` for anything. */
export interface Condition {
  readonly field: string;
  readonly is: 'eq' | 'neq' | 'gt' | 'gteq' | 'lt' | 'lteq' | 'in' | 'nin' | 'like' | 'null' | 'notnull';
  readonly value: string;
}

/** Conditions one of which must hold; of several groups, all must. */
export type Group = readonly Condition[];

export interface Search {
  readonly where: readonly Group[];
  readonly sort: readonly { readonly field: string; readonly direction: 'ASC' | 'DESC' }[];
  readonly size: number;
  readonly page?: number;
}

// Parameters are sorted for the signature in natural order there and in byte order by most who sign. The two agree as
// long as no index has two digits (fact sheet, 2.2).
const MOST_INDEXES = 10;

/** One condition by itself. */
export function where(field: string, is: Condition['is'], value: string): Group {
  return [{ field, is, value }];
}

/**
 * The parameters of a search. There must be some, or the answer is 400; and without a size everything is answered at once
 * (recorded: orders-list-no-criteria; docs: https://developer.adobe.com/commerce/webapi/rest/use-rest/performing-searches).
 * The names are those of the platform's own examples; it takes other spellings too.
 */
export function searchParameters({ where: groups, sort, size, page = 1 }: Search): Readonly<Record<string, string>> {
  if (Math.max(groups.length, sort.length, ...groups.map(({ length }) => length)) > MOST_INDEXES) {
    throw new RangeError('a search has at most ten groups, filters and sorts');
  }
  const parameters: Record<string, string> = {};
  for (const [group, conditions] of groups.entries()) {
    for (const [filter, { field, is, value }] of conditions.entries()) {
      const name = `searchCriteria[filter_groups][${group}][filters][${filter}]`;
      parameters[`${name}[field]`] = field;
      parameters[`${name}[value]`] = value;
      parameters[`${name}[condition_type]`] = is;
    }
  }
  for (const [index, { field, direction }] of sort.entries()) {
    parameters[`searchCriteria[sortOrders][${index}][field]`] = field;
    parameters[`searchCriteria[sortOrders][${index}][direction]`] = direction;
  }
  return { ...parameters, 'searchCriteria[pageSize]': `${size}`, 'searchCriteria[currentPage]': `${page}` };
}
