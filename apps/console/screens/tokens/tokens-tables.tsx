import type { Tokens } from '#operator-api';
import { type Column, DataTable } from '../../parts/data-table.js';
import { Section } from '../../parts/page.js';
import { Place } from '../../parts/place.js';
import { Empty } from '../../parts/problem.js';
import { ReconnectButton } from '../../parts/reconnect-link.js';
import { WhoBadge } from '../../parts/state-badge.js';
import { When } from '../../parts/when.js';
import { count } from '../../words/numbers.js';
import { pathOf } from '../../words/safe-url.js';
import { storeName } from '../../words/store-name.js';

type Death = Tokens['nextDeaths'][number];
type Failure = Tokens['failures'][number];

const DEATHS: readonly Column<Death>[] = [
  {
    key: 'store',
    head: 'Store',
    wide: true,
    cell: ({ store }) => (
      <div className="break">
        <Place to={pathOf`/stores/${store.id}`}>{storeName(store)}</Place>
        <div className="attention-meta">
          {store.platform} · {store.appName}
        </div>
      </div>
    ),
  },
  { key: 'at', head: 'Ends', cell: ({ at }) => <When at={at} exact /> },
  { key: 'who', head: 'Who acts', cell: ({ who }) => <WhoBadge who={who} /> },
  { key: 'why', head: 'Why', wide: true, cell: ({ why }) => why },
  {
    key: 'action',
    head: 'Action',
    cell: ({ who, store }) =>
      who === 'merchant' ? <ReconnectButton storeId={store.id} name={storeName(store)} /> : null,
  },
];

/** The next to die, with what can be done. */
export function DeathsTable({ deaths }: { readonly deaths: readonly Death[] }) {
  return (
    <Section title="Next to end">
      <DataTable
        caption="Connections that end next"
        columns={DEATHS}
        rows={deaths}
        rowKey={({ store, at }) => `${store.id} ${at}`}
        empty={<Empty title="No end is known within 90 days" />}
      />
    </Section>
  );
}

const FAILURES: readonly Column<Failure>[] = [
  { key: 'code', head: 'Code', cell: ({ code }) => <span className="mono">{code}</span> },
  { key: 'platform', head: 'Platform', cell: ({ platform }) => platform },
  { key: 'count', head: 'Renewals', numeric: true, cell: ({ count: amount }) => count(amount) },
];

/** Why renewals failed. */
export function FailuresTable({ failures }: { readonly failures: readonly Failure[] }) {
  return (
    <Section title="Failed renewals, last 24 h">
      <DataTable
        caption="Failed renewals by error code"
        columns={FAILURES}
        rows={failures}
        rowKey={({ code, platform }) => `${code} ${platform}`}
        empty={<Empty title="No renewal failed" />}
      />
    </Section>
  );
}
