import { type PlatformRow, platforms } from '#operator-api';
import { useLive } from '../../api/live.js';
import { type Column, DataTable } from '../../parts/data-table.js';
import { Page } from '../../parts/page.js';
import { Place } from '../../parts/place.js';
import { Answered, EmptyCard } from '../../parts/problem.js';
import { Badge } from '../../parts/state-badge.js';
import { availabilityWords } from '../../words/health.js';
import { count, counted, milliseconds, percent } from '../../words/numbers.js';
import { pathOf, queryOf } from '../../words/safe-url.js';
import { ErrorClasses, Sunset, StopNote } from './platform-parts.js';

const COLUMNS: readonly Column<PlatformRow>[] = [
  {
    key: 'name',
    head: 'Platform',
    cell: ({ id, name, stop }) => (
      <>
        <Place to={pathOf`/platforms/${id}`}>{name}</Place>
        <StopNote stop={stop} />
      </>
    ),
  },
  {
    key: 'availability',
    head: 'Answers, 24 h',
    cell: ({ availability }) => (
      <>
        <Badge words={availabilityWords(availability)} />{' '}
        <span>{availability === null ? '' : percent(availability)}</span>
      </>
    ),
  },
  {
    key: 'latency',
    head: 'Latency, 1 h',
    numeric: true,
    cell: ({ lastHour: { medianMs, slowMs, calls } }) => (
      <>
        {milliseconds(medianMs)}
        <div className="attention-meta">95 of 100: {milliseconds(slowMs)}</div>
        <div className="attention-meta">{counted(calls, 'call')}</div>
      </>
    ),
  },
  {
    key: 'stores',
    head: 'Stores',
    numeric: true,
    cell: ({ id, stores }) => <Place to={`/stores${queryOf({ platform: id })}`}>{count(stores.total)}</Place>,
  },
  { key: 'errors', head: 'Errors, 24 h', wide: true, cell: ({ errors }) => <ErrorClasses errors={errors} /> },
  {
    key: 'budget',
    head: 'Budget used',
    cell: ({ budgetUsed }) =>
      budgetUsed === null ? (
        <span className="dim">none told</span>
      ) : (
        <>
          {percent(budgetUsed.mean)}
          <div className="attention-meta">worst store {percent(budgetUsed.worst)}</div>
        </>
      ),
  },
  { key: 'version', head: 'API version', cell: (row) => <Sunset row={row} /> },
];

/** Platforms as the stores here meet them. */
export default function PlatformsScreen() {
  const asked = useLive(platforms, '/ops/platforms');
  return (
    <Page
      title="Platforms"
      lead="How platforms answer, as seen from here."
      aside={<Place to="/capabilities">What each can do</Place>}
    >
      <Answered asked={asked}>
        {({ data }) => (
          <DataTable
            caption="Platforms"
            columns={COLUMNS}
            rows={data}
            rowKey={({ id }) => id}
            empty={<EmptyCard title="No platform is known" />}
          />
        )}
      </Answered>
    </Page>
  );
}
