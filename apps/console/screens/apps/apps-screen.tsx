import { type AppRow, appsPage } from '#operator-api';
import type { Column } from '../../parts/data-table.js';
import { SearchField, useFilters } from '../../parts/filters.js';
import { Page } from '../../parts/page.js';
import { PagedTable, useList } from '../../parts/paged-table.js';
import { Place } from '../../parts/place.js';
import { EmptyCard } from '../../parts/problem.js';
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
  const list = useList(appsPage, '/ops/apps', { search: filters.value('search') });
  return (
    <Page title="Apps" lead="Who calls the gateway, with which keys and limits.">
      <div className="filters" role="search">
        <div className="search">
          <SearchField filters={filters} name="search" label="Search" placeholder="Name of app or tenant, or id" />
        </div>
      </div>
      <PagedTable
        list={list}
        caption="Apps"
        noun="apps"
        columns={COLUMNS}
        rowKey={({ id }) => id}
        empty={<EmptyCard title="No app is like that" />}
      />
    </Page>
  );
}
