import { Stack } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { z } from 'zod';
import { useLive } from '../api/live.js';
import type { Trouble } from '../api/problem.js';
import { queryOf } from '../words/safe-url.js';
import { type Column, DataTable } from './data-table.js';
import { PAGE_SIZE, Pages, type Paging, usePaging } from './pages.js';
import { Answered } from './problem.js';

/** A page as the gateway answers it. */
interface PageOf<T> {
  readonly data: readonly T[];
  readonly nextCursor: string | null;
  readonly total: number;
}

interface List<P> {
  readonly paging: Paging;
  readonly asked: UseQueryResult<P, Trouble>;
}

/**
 * A list of the gateway, a page at a time; another query begins at its first page.
 * @param query narrows and sorts it; empty values are left out
 */
export function useList<S extends z.ZodType<PageOf<unknown>>>(
  schema: S,
  path: string,
  query: Readonly<Record<string, string>> = {},
): List<z.output<S>> {
  const paging = usePaging(queryOf(query));
  const page = { ...query, limit: String(PAGE_SIZE), cursor: paging.cursor };
  return { paging, asked: useLive(schema, `${path}${queryOf(page)}`, { keep: true }) };
}

interface PagedTableProps<T> {
  readonly list: List<PageOf<T>>;
  readonly caption: string;
  readonly columns: readonly Column<T>[];
  readonly rowKey: (row: T) => string;
  /** What stands there instead while there are no rows. */
  readonly empty: ReactNode;
  /** What is counted, for whoever hears the list. */
  readonly noun: string;
}

/** The rows of a list, and the way to the others. */
export function PagedTable<T>({ list: { paging, asked }, noun, ...table }: PagedTableProps<T>) {
  return (
    <Answered asked={asked}>
      {({ data, total, nextCursor }) => (
        <Stack gap="sm">
          <DataTable {...table} rows={data} busy={asked.isPlaceholderData} />
          <Pages paging={paging} shown={data.length} total={total} nextCursor={nextCursor} noun={noun} />
        </Stack>
      )}
    </Answered>
  );
}
