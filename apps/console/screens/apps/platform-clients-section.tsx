import type { AppDetail } from '#operator-api';
import { type Column, DataTable } from '../../parts/data-table.js';
import { Section } from '../../parts/page.js';
import { Outside, Place } from '../../parts/place.js';
import { Empty } from '../../parts/problem.js';
import { When } from '../../parts/when.js';
import { pathOf } from '../../words/safe-url.js';

type PlatformClient = AppDetail['platformClients'][number];

function Address({ url }: { readonly url: string | null }) {
  return url === null ? <span className="dim">none</span> : <Outside url={url} />;
}

const COLUMNS: readonly Column<PlatformClient>[] = [
  {
    key: 'platform',
    head: 'Platform',
    cell: ({ platform }) => <Place to={pathOf`/platforms/${platform}`}>{platform}</Place>,
  },
  { key: 'client', head: 'Client id', cell: ({ clientId }) => <span className="mono">{clientId}</span> },
  { key: 'callback', head: 'Callback address', wide: true, cell: ({ callbackUrl }) => <Address url={callbackUrl} /> },
  { key: 'webhook', head: 'Webhook address', wide: true, cell: ({ webhookUrl }) => <Address url={webhookUrl} /> },
  {
    key: 'previous',
    head: 'Old secret until',
    cell: ({ previousSecretUntil }) => <When at={previousSecretUntil} never="none" />,
  },
  { key: 'updated', head: 'Changed', cell: ({ updatedAt }) => <When at={updatedAt} /> },
];

/** The app's own clients at platforms, with the addresses to register there. */
export function PlatformClientsSection({ clients }: { readonly clients: readonly PlatformClient[] }) {
  return (
    <Section title="Platform clients" lead="Its own clients at platforms, and the addresses that are registered there.">
      <DataTable
        caption="Platform clients"
        columns={COLUMNS}
        rows={clients}
        rowKey={({ platform, clientId }) => `${platform} ${clientId}`}
        empty={<Empty title="It has no client of its own" />}
      />
    </Section>
  );
}
