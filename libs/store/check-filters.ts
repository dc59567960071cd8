import { GatewayError, type ListOperation, type ListQuery, type Sort } from '#contract';

/**
 * Refuses what a platform cannot filter itself: a filter is never ignored and never applied inside one page.
 * @throws GatewayError `filter_unsupported` naming filter and platform
 */
export function checkFilters<Filter extends object, T>(
  platform: string,
  operation: ListOperation<Filter, T>,
  filter: Filter,
  sort: Sort | undefined,
): ListQuery<Filter> {
  const supported = new Map(Object.entries<true | readonly string[] | undefined>(operation.filters));
  for (const [name, value] of Object.entries<unknown>(filter as Readonly<Record<string, unknown>>)) {
    if (value === undefined) continue;
    const support = supported.get(name);
    if (support === undefined) throw unsupported(platform, name, `${platform} cannot filter by ${name}.`);
    const wrong = support === true ? undefined : wordsOf(value).find((word) => !support.includes(word));
    if (wrong !== undefined) throw unsupported(platform, name, `${platform} cannot filter by ${name}=${wrong}.`);
  }
  if (sort !== undefined && !operation.sorts.includes(sort)) {
    throw unsupported(platform, 'sort', `${platform} cannot sort by ${sort}.`);
  }
  return { filter, sort: sort ?? defaultSort(operation, filter) };
}

function wordsOf(value: unknown): string[] {
  return [value].flat().filter((word) => typeof word === 'string');
}

function defaultSort<Filter extends object, T>(operation: ListOperation<Filter, T>, filter: Filter): Sort {
  const changes = 'updatedSince' in filter && filter.updatedSince !== undefined;
  return changes && operation.sorts.includes('updatedAt') ? 'updatedAt' : operation.sorts[0];
}

function unsupported(platform: string, path: string, message: string): GatewayError<'filter_unsupported'> {
  return new GatewayError('filter_unsupported', message, { platform: { id: platform }, fields: [{ path, message }] });
}
