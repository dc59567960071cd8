import type { KeyRow } from '#operator-api';
import { post } from '../../api/client.js';
import { ActionButton } from '../../parts/action-button.js';
import { type Column, DataTable } from '../../parts/data-table.js';
import { useTenSeconds } from '../../parts/now.js';
import { Section } from '../../parts/page.js';
import { Empty } from '../../parts/problem.js';
import { Badge } from '../../parts/state-badge.js';
import { When } from '../../parts/when.js';
import { pathOf } from '../../words/safe-url.js';

const COLUMNS: readonly Column<KeyRow>[] = [
  {
    key: 'name',
    head: 'Key',
    wide: true,
    cell: ({ name, lastFour }) => (
      <>
        {name} <span className="mono dim">…{lastFour}</span>
      </>
    ),
  },
  { key: 'state', head: 'State', cell: (row) => <KeyState row={row} /> },
  {
    key: 'scopes',
    head: 'Scopes',
    wide: true,
    cell: ({ scopes }) => <span className="mono">{scopes.length === 0 ? 'none' : scopes.join(' ')}</span>,
  },
  {
    key: 'addresses',
    head: 'From addresses',
    cell: ({ allowedAddresses }) =>
      allowedAddresses.length === 0 ? (
        <span className="dim">any</span>
      ) : (
        <span className="mono">{allowedAddresses.join(', ')}</span>
      ),
  },
  { key: 'created', head: 'Made', cell: ({ createdAt }) => <When at={createdAt} /> },
  { key: 'used', head: 'Last used', cell: ({ lastUsedAt }) => <When at={lastUsedAt} never="never" /> },
  { key: 'ends', head: 'Ends', cell: ({ expiresAt }) => <When at={expiresAt} never="never" /> },
  { key: 'revoke', head: 'Action', cell: (row) => <Revoke row={row} /> },
];

function KeyState({ row: { revokedAt, expiresAt } }: { readonly row: KeyRow }) {
  const now = useTenSeconds();
  if (revokedAt !== null) return <Badge words={{ word: 'Revoked', tone: 'still', icon: 'ban' }} />;
  if (expiresAt !== null && Date.parse(expiresAt) <= now) {
    return <Badge words={{ word: 'Ended', tone: 'still', icon: 'clock' }} />;
  }
  return <Badge words={{ word: 'Valid', tone: 'good', icon: 'check' }} />;
}

function Revoke({ row: { id, name, lastFour, revokedAt } }: { readonly row: KeyRow }) {
  if (revokedAt !== null) {
    return (
      <span className="dim">
        <When at={revokedAt} />
      </span>
    );
  }
  return (
    <ActionButton
      needs="admin"
      label="Revoke"
      about={`${name} …${lastFour}`}
      look="danger"
      icon="ban"
      confirm={{
        title: `Revoke ${name} …${lastFour}?`,
        text: 'Whoever uses this key is refused from the next request on. It cannot be undone; its app must use another key.',
      }}
      act={{
        send: () => post(pathOf`/ops/keys/${id}/revoke`),
        told: () => `${name} …${lastFour} was revoked.`,
      }}
    />
  );
}

/** API keys of an app. */
export function KeysSection({ keys }: { readonly keys: readonly KeyRow[] }) {
  return (
    <Section title="API keys" lead="The keys themselves are kept nowhere.">
      <DataTable
        caption="API keys"
        columns={COLUMNS}
        rows={keys}
        rowKey={({ id }) => id}
        empty={<Empty title="It has no key" />}
      />
    </Section>
  );
}
