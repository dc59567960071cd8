import type { AppDetail } from '#operator-api';
import { type Column, DataTable } from '../../parts/data-table.js';
import { Section } from '../../parts/page.js';
import { Place } from '../../parts/place.js';
import { Empty } from '../../parts/problem.js';
import { DisabledBadge } from '../../parts/state-badge.js';
import { When } from '../../parts/when.js';
import { pathOf } from '../../words/safe-url.js';

type OAuthClient = AppDetail['clientList'][number];

const COLUMNS: readonly Column<OAuthClient>[] = [
  {
    key: 'name',
    head: 'Client',
    wide: true,
    cell: ({ id, name, kind }) => (
      <>
        {name} <span className="dim">({kind})</span>
        <div className="attention-meta mono">{id}</div>
      </>
    ),
  },
  {
    key: 'state',
    head: 'State',
    cell: ({ disabledAt }) => <DisabledBadge disabledAt={disabledAt} holds="Valid" />,
  },
  { key: 'scopes', head: 'Scopes', wide: true, cell: ({ scopes }) => <span className="mono">{scopes.join(' ')}</span> },
  {
    key: 'redirects',
    head: 'Leads back to',
    wide: true,
    // Addresses of browsers' apps are told, never linked: nobody needs to open them from here.
    cell: ({ redirectUris }) =>
      redirectUris.length === 0 ? (
        <span className="dim">nowhere</span>
      ) : (
        redirectUris.map((uri) => (
          <div key={uri} className="mono">
            {uri}
          </div>
        ))
      ),
  },
  {
    key: 'store',
    head: 'Only for',
    cell: ({ storeId }) =>
      storeId === null ? (
        <span className="dim">all its stores</span>
      ) : (
        <Place to={pathOf`/stores/${storeId}`}>{storeId}</Place>
      ),
  },
  { key: 'created', head: 'Made', cell: ({ createdAt }) => <When at={createdAt} /> },
];

/** OAuth clients of an app. */
export function OAuthClientsSection({ clients }: { readonly clients: readonly OAuthClient[] }) {
  return (
    <Section title="OAuth clients">
      <DataTable
        caption="OAuth clients"
        columns={COLUMNS}
        rows={clients}
        rowKey={({ id }) => id}
        empty={<Empty title="It has no OAuth client" />}
      />
    </Section>
  );
}
