import type { ParameterReader } from './parameter-reader.js';

/** What every list may be asked. */
export interface ListQuery<OrderBy extends string> {
  readonly page: number;
  readonly perPage: number;
  readonly offset: number | undefined;
  readonly search: string;
  readonly include: readonly number[];
  readonly exclude: readonly number[];
  readonly order: 'asc' | 'desc';
  readonly orderBy: OrderBy;
}

type Paging = Pick<ListQuery<string>, 'page' | 'perPage' | 'search'>;

/** Lists of posts read their dates between this and {@link readSelection}: wrong arguments are named in that order. */
export function readPaging(reader: ParameterReader): Paging {
  return {
    page: reader.integer('page', { minimum: 1 }) ?? 1,
    perPage: reader.integer('per_page', { minimum: 1, maximum: 100 }) ?? 10,
    search: reader.text('search') ?? '',
  };
}

export function readSelection<OrderBy extends string>(
  reader: ParameterReader,
  order: 'asc' | 'desc',
  orderBy: readonly OrderBy[],
  standard: OrderBy,
): Omit<ListQuery<OrderBy>, keyof Paging> {
  return {
    exclude: reader.integers('exclude'),
    include: reader.integers('include'),
    offset: reader.integer('offset'),
    order: reader.oneOf('order', ['asc', 'desc'], order),
    orderBy: reader.oneOf('orderby', orderBy, standard),
  };
}

/** Of terms and users, which go upwards and know no dates. */
export function readListQuery<OrderBy extends string>(
  reader: ParameterReader,
  orderBy: readonly OrderBy[],
  standard: OrderBy,
): ListQuery<OrderBy> {
  reader.oneOf('context', ['view', 'edit'], 'view');
  return { ...readPaging(reader), ...readSelection(reader, 'asc', orderBy, standard) };
}

export function pageOf<Row>(
  rows: readonly Row[],
  { page, perPage, offset }: Pick<ListQuery<string>, 'page' | 'perPage' | 'offset'>,
): readonly Row[] {
  const start = Math.max(offset ?? (page - 1) * perPage, 0);
  return rows.slice(start, start + perPage);
}
