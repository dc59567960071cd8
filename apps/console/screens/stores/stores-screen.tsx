import { Stack } from '@mantine/core';
import { HEALTH_STATES } from '#contract';
import { STORE_SORTS, type StoresPage, storesPage, WHO_ACTS } from '#operator-api';
import { ChoiceField, type Filters, SearchField, useFilters } from '../../parts/filters.js';
import { Page } from '../../parts/page.js';
import { PagedTable, useList } from '../../parts/paged-table.js';
import { EmptyCard } from '../../parts/problem.js';
import { stateWords, WHO } from '../../words/health.js';
import { count } from '../../words/numbers.js';
import { STORE_COLUMNS } from './store-columns.js';

const FILTERS = ['search', 'who', 'state', 'platform', 'app', 'dying', 'sort'] as const;

/** Every store, narrowed and sorted. */
export default function StoresScreen() {
  const filters = useFilters();
  const query = Object.fromEntries(FILTERS.map((name) => [name, filters.value(name)]));
  const list = useList(storesPage, '/ops/stores', query);
  return (
    <Page title="Stores" lead="Every connection, how it is and whom it waits for.">
      <StoreFilters filters={filters} counts={list.asked.data?.counts} />
      <PagedTable
        list={list}
        caption="Stores"
        noun="stores"
        columns={STORE_COLUMNS}
        rowKey={({ id }) => id}
        empty={<NoStores narrowed={FILTERS.some((name) => name !== 'sort' && query[name] !== '')} />}
      />
    </Page>
  );
}

function NoStores({ narrowed }: { readonly narrowed: boolean }) {
  if (narrowed) return <EmptyCard title="No store is like that">Change or clear the filters above.</EmptyCard>;
  return (
    <EmptyCard title="No store is connected yet">
      A merchant connects one by a link of an app: POST /v1/connect-sessions.
    </EmptyCard>
  );
}

const SORT_LABELS: Readonly<Record<(typeof STORE_SORTS)[number], string>> = {
  urgency: 'Most urgent first',
  name: 'Name',
  since: 'Longest like that',
  diesAt: 'Next to die',
};

const SORTS = STORE_SORTS.filter((sort) => sort !== 'urgency').map((sort) => ({
  value: sort,
  label: SORT_LABELS[sort],
}));

const DYING = [
  { value: 'true', label: 'Within 14 days' },
  { value: 'false', label: 'Not dying' },
];

interface StoreFiltersProps {
  readonly filters: Filters;
  readonly counts: StoresPage['counts'] | undefined;
}

function StoreFilters({ filters, counts }: StoreFiltersProps) {
  const amount = (value: number | undefined) => (value === undefined ? '' : ` (${count(value)})`);
  const states = HEALTH_STATES.map((state) => ({
    value: state,
    label: `${stateWords(state).word}${amount(counts?.state[state])}`,
  }));
  const platforms = Object.entries(counts?.platform ?? {}).map(([id, stores]) => ({
    value: id,
    label: `${id}${amount(stores)}`,
  }));
  return (
    <Stack gap="sm" role="search">
      <WhoChips filters={filters} counts={counts?.who} />
      <div className="filters">
        <div className="search">
          <SearchField filters={filters} name="search" label="Search" placeholder="Name, domain, account or id" />
        </div>
        <ChoiceField filters={filters} name="state" label="State" options={states} />
        <ChoiceField
          filters={filters}
          name="platform"
          label="Platform"
          options={known(platforms, filters.value('platform'))}
        />
        <ChoiceField filters={filters} name="dying" label="Dying" options={DYING} />
        <ChoiceField filters={filters} name="sort" label="Sort by" all={SORT_LABELS.urgency} options={SORTS} />
      </div>
      <AppChip filters={filters} />
    </Stack>
  );
}

interface Option {
  readonly value: string;
  readonly label: string;
}

/** What the address names is offered too, before the counts are here. */
function known(options: readonly Option[], chosen: string): readonly Option[] {
  const isKnown = chosen === '' || options.some(({ value }) => value === chosen);
  return isKnown ? options : [...options, { value: chosen, label: chosen }];
}

interface WhoChipsProps {
  readonly filters: Filters;
  readonly counts: StoresPage['counts']['who'] | undefined;
}

function WhoChips({ filters, counts }: WhoChipsProps) {
  const chosen = filters.value('who');
  const choices = [{ who: '', label: 'Everybody' }, ...WHO_ACTS.map((who) => ({ who, label: WHO[who].word }))];
  return (
    <div className="chips" role="group" aria-label="Who must act">
      {choices.map(({ who, label }) => (
        <button
          key={who}
          type="button"
          className="chip"
          aria-pressed={chosen === who}
          onClick={() => filters.set('who', who)}
        >
          {label}
          {who === '' || counts?.[who] === undefined ? null : <span className="dim">{count(counts[who])}</span>}
        </button>
      ))}
    </div>
  );
}

/** One app's stores: reached from the app; taken back here. */
function AppChip({ filters }: { readonly filters: Filters }) {
  const app = filters.value('app');
  if (app === '') return null;
  return (
    <div className="chips">
      <button type="button" className="chip" aria-pressed="true" onClick={() => filters.set('app', '')}>
        App {app} <span aria-hidden="true">×</span>
        <span className="sr-only">: show all apps</span>
      </button>
    </div>
  );
}
