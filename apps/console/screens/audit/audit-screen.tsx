import { auditPage, type AuditRow } from '#operator-api';
import type { Column } from '../../parts/data-table.js';
import { SearchField, useFilters } from '../../parts/filters.js';
import { Page } from '../../parts/page.js';
import { PagedTable, useList } from '../../parts/paged-table.js';
import { EmptyCard } from '../../parts/problem.js';
import { When } from '../../parts/when.js';

const COLUMNS: readonly Column<AuditRow>[] = [
  { key: 'sequence', head: 'Number', cell: ({ sequence }) => <span className="mono">{sequence}</span> },
  { key: 'at', head: 'When', cell: ({ at }) => <When at={at} /> },
  { key: 'actor', head: 'Who', wide: true, cell: ({ actor }) => actor },
  { key: 'action', head: 'What', cell: ({ action }) => <span className="mono">{action}</span> },
  { key: 'target', head: 'On what', wide: true, cell: ({ target }) => <span className="mono">{target}</span> },
  { key: 'details', head: 'Details', wide: true, cell: ({ details }) => <Details details={details} /> },
];

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function Details({ details }: { readonly details: AuditRow['details'] }) {
  const entries = Object.entries(details);
  if (entries.length === 0) return <span className="dim">none</span>;
  return (
    <ul className="scopes">
      {entries.map(([name, value]) => (
        <li key={name}>
          <span className="dim">{name}</span> <span className="mono">{textOf(value)}</span>
        </li>
      ))}
    </ul>
  );
}

/** Who did what, newest first; nothing in it can be changed. */
export default function AuditScreen() {
  const filters = useFilters();
  const list = useList(auditPage, '/ops/audit', {
    action: filters.value('action'),
    actor: filters.value('actor'),
    target: filters.value('target'),
  });
  return (
    <Page
      title="Audit log"
      lead="Who did what, newest first. Each entry is chained to the one before: audit:verify checks it."
    >
      <div className="filters" role="search">
        <SearchField filters={filters} name="actor" label="Who" />
        <SearchField filters={filters} name="action" label="What" placeholder="stop.set" />
        <SearchField filters={filters} name="target" label="On what" />
      </div>
      <PagedTable
        list={list}
        caption="Entries of the audit log"
        noun="entries"
        columns={COLUMNS}
        rowKey={({ sequence }) => sequence}
        empty={<EmptyCard title="No entry is like that" />}
      />
    </Page>
  );
}
