import { Stack } from '@mantine/core';
import { type AppRow, appsPage } from '#operator-api';
import { useLive } from '../../api/live.js';
import { type Column, DataTable } from '../../parts/data-table.js';
import { SearchField, useFilters } from '../../parts/filters.js';
import { Page } from '../../parts/page.js';
import { PAGE_SIZE, Pages, usePaging } from '../../parts/pages.js';
import { Place } from '../../parts/place.js';
import { Answered, Empty } from '../../parts/problem.js';
import { Badge } from '../../parts/state-badge.js';
import { count } from '../../words/numbers.js';
import { pathOf, queryOf } from '../../words/safe-url.js';

const COLUMNS: readonly Column<AppRow>[] = [
  {
    key: 'name',
    head: 'App',
    wide: true,
    cell: ({ id, name, tenantName, mode }) => (
      <>
        <Place to={pathOf`/apps/${id}`}>{name}</Place>
        <div className="attention-meta">
          {tenantName}
          {mode === 'test' ? ' · test' : ''}
        </div>
      </>
    ),
  },
  { key: 'state', head: 'State', cell: ({ suspendedAt }) => <AppState suspendedAt={suspendedAt} /> },
  {
    key: 'stores',
    head: 'Stores',
    numeric: true,
    cell: ({ id, stores }) => <Place to={`/stores${queryOf({ app: id })}`}>{count(stores)}</Place>,
  },
  { key: 'keys', head: 'Keys', numeric: true, cell: ({ keys }) => count(keys) },
  { key: 'clients', head: 'OAuth clients', numeric: true, cell: ({ clients }) => count(clients) },
  {
    key: 'limit',
    head: 'Requests a minute',
    numeric: true,
    cell: ({ limit }) => `${count(limit.perMinute)}${limit.own ? ' (own)' : ''}`,
  },
  {
    key: 'refused',
    head: 'Refused, 1 h',
    numeric: true,
    cell: ({ refusedLastHour }) =>
      refusedLastHour === 0 ? <span className="dim">0</span> : <strong>{count(refusedLastHour)}</strong>,
  },
];

/** Whether an app may call. */
export function AppState({ suspendedAt }: { readonly suspendedAt: string | null }) {
  const words =
    suspendedAt === null
      ? ({ word: 'May call', tone: 'good', icon: 'check' } as const)
      : ({ word: 'Suspended', tone: 'still', icon: 'pause' } as const);
  return <Badge words={words} />;
}

/** Who calls the gateway. */
export default function AppsScreen() {
  const filters = useFilters();
  const search = filters.value('search');
  const paging = usePaging(search);
  const path = `/ops/apps${queryOf({ search, limit: String(PAGE_SIZE), cursor: paging.cursor })}`;
  const asked = useLive(appsPage, path, { keep: true });
  return (
    <Page title="Apps" lead="Who calls the gateway, with which keys and limits.">
      <div className="filters" role="search">
        <div className="search">
          <SearchField filters={filters} name="search" label="Search" placeholder="Name of app or tenant, or id" />
        </div>
      </div>
      <Answered asked={asked}>
        {({ data, total, nextCursor }) => (
          <Stack gap="sm">
            {data.length === 0 ? (
              <div className="card">
                <Empty title="No app is like that" />
              </div>
            ) : (
              <DataTable
                caption="Apps"
                columns={COLUMNS}
                rows={data}
                rowKey={({ id }) => id}
                busy={asked.isPlaceholderData}
              />
            )}
            <Pages paging={paging} shown={data.length} total={total} nextCursor={nextCursor} noun="apps" />
          </Stack>
        )}
      </Answered>
    </Page>
  );
}
