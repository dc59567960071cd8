import type { StoreRow } from '#operator-api';
import type { Column } from '../../parts/data-table.js';
import { Place } from '../../parts/place.js';
import { StateBadge, WhoBadge } from '../../parts/state-badge.js';
import { When } from '../../parts/when.js';
import { pathOf } from '../../words/safe-url.js';
import { storeName } from '../../words/store-name.js';

function NameCell({ row }: { readonly row: StoreRow }) {
  return (
    <div className="break">
      <Place to={pathOf`/stores/${row.id}`}>{storeName(row)}</Place>
      <div className="attention-meta">
        {row.domain} · {row.platform}
        {row.mode === 'test' ? ' · test' : ''}
      </div>
      <div className="attention-meta">
        {row.appName} of {row.tenantName}
      </div>
    </div>
  );
}

function DeathCell({ row: { health } }: { readonly row: StoreRow }) {
  if (health.diesAt === null) return <span className="dim">none known</span>;
  return (
    <>
      <When at={health.diesAt} />
      {health.dying ? <div className="dying">dying</div> : null}
    </>
  );
}

/** Of a store. */
export const STORE_COLUMNS: readonly Column<StoreRow>[] = [
  { key: 'name', head: 'Store', wide: true, cell: (row) => <NameCell row={row} /> },
  {
    key: 'state',
    head: 'State, who acts',
    cell: ({ health }) => (
      <div className="stacked">
        <StateBadge state={health.state} />
        <WhoBadge who={health.who} />
      </div>
    ),
  },
  {
    key: 'reason',
    head: 'Reason',
    wide: true,
    cell: ({ health }) => <span title={health.reason}>{health.sentence}</span>,
  },
  { key: 'since', head: 'Since', cell: ({ health }) => <When at={health.since} /> },
  { key: 'dies', head: 'Dies', cell: (row) => <DeathCell row={row} /> },
  { key: 'renewal', head: 'Next renewal', cell: ({ nextRefreshAt }) => <When at={nextRefreshAt} never="none" /> },
  { key: 'error', head: 'Last error', cell: ({ lastError }) => <LastError error={lastError} /> },
];

function LastError({ error }: { readonly error: StoreRow['lastError'] }) {
  if (error === null) return <span className="dim">none</span>;
  return (
    <div title={error.message}>
      <span className="mono">{error.code}</span>
      <div className="attention-meta">
        <When at={error.at} />
      </div>
    </div>
  );
}
