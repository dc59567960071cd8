import { Stack } from '@mantine/core';
import { auditPage, type AuditRow } from '#operator-api';
import { useLive } from '../../api/live.js';
import { type Column, DataTable } from '../../parts/data-table.js';
import { SearchField, useFilters } from '../../parts/filters.js';
import { Page } from '../../parts/page.js';
import { PAGE_SIZE, Pages, usePaging } from '../../parts/pages.js';
import { Answered, Empty } from '../../parts/problem.js';
import { When } from '../../parts/when.js';
import { queryOf } from '../../words/safe-url.js';

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
  const query = {
    action: filters.value('action'),
    actor: filters.value('actor'),
    target: filters.value('target'),
  };
  const paging = usePaging(queryOf(query));
  const path = `/ops/audit${queryOf({ ...query, limit: String(PAGE_SIZE), cursor: paging.cursor })}`;
  const asked = useLive(auditPage, path, { keep: true });
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
      <Answered asked={asked}>
        {({ data, total, nextCursor }) => (
          <Stack gap="sm">
            {data.length === 0 ? (
              <div className="card">
                <Empty title="No entry is like that" />
              </div>
            ) : (
              <DataTable
                caption="Entries of the audit log"
                columns={COLUMNS}
                rows={data}
                rowKey={({ sequence }) => sequence}
                busy={asked.isPlaceholderData}
              />
            )}
            <Pages paging={paging} shown={data.length} total={total} nextCursor={nextCursor} noun="entries" />
          </Stack>
        )}
      </Answered>
    </Page>
  );
}
